"""Dimensions from their nodes, and whether a vocabulary has facts of the kind that they need.

A dimension is the name of a fact, or a mapping with the fact and the lower bounds of bands.
"""

from collections.abc import Iterable
from decimal import Decimal

from adjudge.basis.ids import FactName
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Shape, key_named
from adjudge.basis.said import say
from adjudge.facts.claim import Subject
from adjudge.facts.type import RecordType, Simple
from adjudge.facts.value import parse_decimal
from adjudge.facts.vocabulary import Fact, Kind, Vocabulary
from adjudge.population.model import Dimension

MOST_DIMENSIONS = 20
MOST_BANDS = 50
_MEASURED = frozenset({Simple.INT, Simple.DECIMAL, Simple.MONEY})


def read_dimensions(shape: Shape, node: Node | None) -> tuple[Dimension, ...]:
    """`dimensions`, in the order in which they are written."""
    fields = shape.mapping(node, key_named("dimensions"))
    if fields is None:
        return ()
    if len(fields.node.items) > MOST_DIMENSIONS:
        message = say("there are more than {most} dimensions", most=str(MOST_DIMENSIONS))
        shape.problem("file-too-large", message, node, say("keep those that matter"))
        return ()
    read = [
        _dimension(shape, name, item)
        for name, item in fields.node.items.items()
        if shape.name(fields.node.keys[name], say("a name"))
    ]
    return tuple(item for item in read if item is not None)


def _dimension(shape: Shape, name: str, node: Node) -> Dimension | None:
    if isinstance(node, Scalar):
        text = shape.text(node, say("the fact"))
        return Dimension(name=name, fact=FactName(text)) if text else None
    fields = shape.mapping(node, say("a dimension"))
    if fields is None:
        return None
    text = shape.text(fields.required("fact"), say("the fact"))
    bands = _bands(shape, fields.optional("bands"))
    fields.done()
    return Dimension(name=name, fact=FactName(text), bands=bands) if text else None


def _bands(shape: Shape, node: Node | None) -> tuple[Decimal, ...]:
    items = shape.sequence(node, key_named("bands"))
    read = [_bound(shape, item) for item in items[:MOST_BANDS]]
    bounds = tuple(bound for bound in read if bound is not None)
    if len(items) > MOST_BANDS or list(bounds) != sorted(set(bounds)):
        hint = say("write at most {most} bounds, each greater than the one before", most=str(MOST_BANDS))
        shape.problem("bad-value", say("the bands are not in rising order"), node, hint)
        return ()
    return bounds


def _bound(shape: Shape, node: Node) -> Decimal | None:
    bound = parse_decimal(node.text) if isinstance(node, Scalar) else None
    if bound is None:
        shape.problem("bad-value", say("a bound of a band is a number"), node, say("write `1000`"))
    return bound


def check_dimension(
    dimension: Dimension,
    subjects: Iterable[Subject],
    vocabulary: Vocabulary,
    node: Node | None,
    log: ProblemLog,
) -> None:
    """Whether a dimension is a fact with one value that some subject can have, and its bands fit it."""
    shape, name = Shape(log), quoted(dimension.fact)
    fact = vocabulary.facts.get(dimension.fact)
    if fact is None:
        known = [str(item) for item in vocabulary.facts]
        hint = did_you_mean(dimension.fact, known) or say("name a fact of the vocabulary")
        message = say("the vocabulary declares no fact {fact}", fact=name)
        shape.problem("unknown-fact", message, node, hint)
    elif fact.many or isinstance(fact.type, RecordType):
        message = say("{fact} has no single plain value by which results could be told apart", fact=name)
        hint = say("name a fact with one value that is no record")
        shape.problem("many-valued-fact", message, node, hint)
    elif dimension.bands and fact.type not in _MEASURED:
        message = say("{fact} is neither a number nor an amount, so that it has no bands", fact=name)
        shape.problem("type-error", message, node, say("remove the bands"))
    elif not _is_readable(fact, subjects):
        message = say("no subject of the population has a fact of the kind of {fact}", fact=name)
        shape.problem("wrong-subject", message, node, say("name a fact of the subjects' own kind"))


def _is_readable(fact: Fact, subjects: Iterable[Subject]) -> bool:
    """An ad has the facts of its advertiser too. LANGUAGE.md 1.1."""
    return any(fact.kind in {subject.kind, Kind.ADVERTISER} for subject in subjects)
