"""A stated reason as a condition over the vocabulary. LANGUAGE.md 6.4: a free-text reason is tested the same way.

Not a rule of anybody's policy: it has no ground, no measure and no exceptions, and only its verdict is asked for.
The language's own reader parses and types it, so that a bad one has its problems with carets.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import ALWAYS, FIRST
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Scalar, span_within
from adjudge.basis.span import Source, Span
from adjudge.basis.weight import Standard
from adjudge.facts.type import ListType, Simple, Type
from adjudge.facts.vocabulary import Kind
from adjudge.language.expression.parser import read_expression
from adjudge.language.expression.syntax import Place
from adjudge.language.lowering.graded import Lowering
from adjudge.language.lowering.inside import Inside
from adjudge.language.lowering.scope import Scope
from adjudge.language.package import WORLDWIDE, Dated, Ground, Package, Plain, Rule, RuleKind, Written

REASON = RuleId("stated-reason")
WHERE = "--reason"


def reason_rule(text: str, kind: Kind, standard: Standard, package: Package, log: ProblemLog) -> Rule | None:
    """A reason that was given apart, as a rule that stands alone; None with problems."""
    span = Span(Source(WHERE, text), 0, len(text))
    return read_reason(Scalar(text, plain=False, span=span, path=WHERE), kind, standard, package, log)


def read_reason(
    scalar: Scalar, kind: Kind, standard: Standard, package: Package, log: ProblemLog
) -> Rule | None:
    """A reason that stands in a file, as a rule that stands alone; None with problems, each at its place there."""
    written = _written(scalar, kind, package, log)
    if written is None:
        return None
    return Rule(
        id=REASON,
        title={},
        subject=kind,
        kind=RuleKind.RESTRICTION,
        ground=Ground("", ""),
        when=written,
        standard=standard,
        territory=WORLDWIDE,
        measure=None,
    )


def with_only(package: Package, *rules: Rule) -> Package:
    """The package with these rules alone, as if published and in force at any time: lists and parameters stay."""
    asked = tuple(replace(rule, in_force=ALWAYS) for rule in rules)
    return replace(package, rules=asked, published_at=FIRST)


def _written(scalar: Scalar, kind: Kind, package: Package, log: ProblemLog) -> Written | None:
    span_of = _span_of(scalar)
    syntax = read_expression(scalar.text, log, span_of)
    if syntax is None:
        return None
    scope = Scope(package.vocabulary, kind, _list_types(package.lists), _param_types(package.params))
    core = Lowering(Inside(scope, log, span_of)).condition(syntax)
    return None if core is None else Written(scalar.text, syntax, core, scalar.span, scalar)


def _span_of(scalar: Scalar) -> Callable[[Place], Span | None]:
    return lambda place: span_within(scalar, place.start, place.end)


def _list_types(table: Dated) -> dict[str, ListType]:
    return {name: ListType(_type_in(table, name)) for name in table}


def _param_types(table: Dated) -> dict[str, Type]:
    types = {name: _type_in(table, name) for name in table}
    return {name: kind for name, kind in types.items() if kind is not None}


def _type_in(table: Dated, name: str) -> Simple | None:
    """The type that all values of a name share: it was checked when the package was read. LANGUAGE.md 3.8."""
    for entry in table[name]:
        values = entry.value if isinstance(entry.value, tuple) else (entry.value,)
        if values:
            return _type_of(values[0])
    return None


def _type_of(value: Plain) -> Simple:
    match value:
        case bool():
            return Simple.BOOL
        case int():
            return Simple.INT
        case Decimal():
            return Simple.DECIMAL
        case str():
            return Simple.STRING
