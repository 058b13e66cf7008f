"""Whether two texts of one file say the same: equal nodes, save that conditions are equal as trees.

Stricter than the meaning: the order of keys and rules has none, and is compared all the same.
"""

from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.language.expression.parser import parse
from adjudge.language.expression.tokens import ExpressionError
from adjudge.language.formatting.conditions import exceptions_of, rules_of


def same(one: Node, other: Node, *, moves: bool) -> bool:
    """Compare two roots. With `moves` the keys of rules and of exceptions may have changed their order."""
    conditions, movable = _special(one)
    return _same(one, other, conditions, movable if moves else frozenset())


def _special(root: Node) -> tuple[frozenset[int], frozenset[int]]:
    """The identities of the nodes of conditions, and of rules and exceptions."""
    owners = [owner for rule in rules_of(root) for owner in (rule, *exceptions_of(rule))]
    conditions = (id(owner.items["when"]) for owner in owners if "when" in owner.items)
    return frozenset(conditions), frozenset(id(owner) for owner in owners)


def _same(one: Node, other: Node, conditions: frozenset[int], movable: frozenset[int]) -> bool:
    """Recursion is bounded by the depth that reading allows."""
    match one, other:
        case Scalar(), Scalar():
            if id(one) in conditions:
                return _same_condition(one.text, other.text)
            return one.text == other.text and one.kind == other.kind
        case Sequence(), Sequence():
            return len(one.items) == len(other.items) and all(
                _same(item, twin, conditions, movable)
                for item, twin in zip(one.items, other.items, strict=True)
            )
        case Mapping(), Mapping():
            keys, others = list(one.items), list(other.items)
            if id(one) in movable:
                keys, others = sorted(keys), sorted(others)
            return keys == others and all(
                _same(one.items[key], other.items[key], conditions, movable) for key in keys
            )
        case _:
            return False


def _same_condition(one: str, other: str) -> bool:
    try:
        return one == other or parse(one) == parse(other)
    except ExpressionError:
        return False
