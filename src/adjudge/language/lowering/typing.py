"""Which types the operators and functions take, and what they give.

Not evaluation. One table for operators, one for functions; LANGUAGE.md 3.9 in the order of its list.
"""

from dataclasses import dataclass

from adjudge.facts.type import CodeType, ListType, RecordType, Simple, Type
from adjudge.language.core import Operator

_B, _I, _D, _S = Simple.BOOL, Simple.INT, Simple.DECIMAL, Simple.STRING
_DATE, _TIME, _SPAN = Simple.DATE, Simple.TIMESTAMP, Simple.DURATION
_MOMENTS = (_DATE, _TIME)

_ORDERED = {_B, _I, _D, _S, _DATE, _TIME, _SPAN, Simple.MONEY}
_ALIKE = ({_I, _D}, {_DATE, _TIME})
CODED = (Simple.COUNTRY, Simple.LANGUAGE)
"""Types whose literals are written as texts and checked against a standard."""

_ARITHMETIC: dict[tuple[Operator, Type, Type], Type] = {
    **{(op, _I, _I): _I for op in (Operator.MULTIPLY, Operator.DIVIDE, Operator.REMAINDER)},
    **{(op, kind, kind): kind for op in (Operator.ADD, Operator.SUBTRACT) for kind in (_I, _D, _SPAN)},
    (Operator.MULTIPLY, _D, _D): _D,
    (Operator.ADD, _S, _S): _S,
    **{(op, moment, _SPAN): _TIME for op in (Operator.ADD, Operator.SUBTRACT) for moment in _MOMENTS},
    **{(Operator.ADD, _SPAN, moment): _TIME for moment in _MOMENTS},
    **{(Operator.SUBTRACT, one, other): _SPAN for one in _MOMENTS for other in _MOMENTS},
}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes (each parameter one of several types) and gives."""

    operator: Operator
    parameters: tuple[tuple[Type, ...], ...]
    result: Type
    as_method: bool
    as_function: bool = False


_TEXT = (_S, Simple.LANGUAGE)
FUNCTIONS: dict[str, Signature] = {
    "size": Signature(Operator.SIZE, ((_S,),), _I, as_method=True, as_function=True),
    "startsWith": Signature(Operator.STARTS_WITH, (_TEXT, (_S,)), _B, as_method=True),
    "endsWith": Signature(Operator.ENDS_WITH, (_TEXT, (_S,)), _B, as_method=True),
    "contains": Signature(Operator.CONTAINS, (_TEXT, (_S,)), _B, as_method=True),
    "matches": Signature(Operator.MATCHES, (_TEXT, (_S,)), _B, as_method=True, as_function=True),
    "date": Signature(Operator.DATE, ((_S, _DATE),), _DATE, as_method=False, as_function=True),
    "timestamp": Signature(
        Operator.TIMESTAMP, ((_S, _TIME, _DATE),), _TIME, as_method=False, as_function=True
    ),
    "duration": Signature(Operator.DURATION, ((_S, _SPAN),), _SPAN, as_method=False, as_function=True),
    "money": Signature(Operator.MONEY, ((_S,), (_S,)), Simple.MONEY, as_method=False, as_function=True),
}
ONLY_IN_CEL = frozenset(
    """exists_one map filter int uint double string bytes bool type dyn getDate getDayOfMonth getDayOfWeek getDayOfYear
    getFullYear getHours getMilliseconds getMinutes getMonth getSeconds""".split()
)
"""Functions and macros of CEL that version 1 leaves out."""


def are_comparable(one: Type | None, other: Type | None) -> bool:
    """Whether `==` may stand between two types; None (unknown, or of an empty list) fits beside every type."""
    if (
        one is None
        or other is None
        or one == other
        or any({one, other} <= alike for alike in _alike(one, other))
    ):
        return True
    if isinstance(one, ListType) and isinstance(other, ListType):
        return are_comparable(one.element, other.element)
    if isinstance(one, RecordType) and isinstance(other, RecordType):
        return dict(one.fields) == dict(other.fields)
    return False


def _alike(one: Type, other: Type) -> tuple[set[Simple], ...]:
    return _ALIKE if isinstance(one, Simple) and isinstance(other, Simple) else ()


def is_text_for(text: Type | None, coded: Type | None) -> bool:
    """Whether `text` is the type of texts and `coded` one whose values are written as texts."""
    return text is _S and (coded in CODED or isinstance(coded, CodeType))


def are_ordered(one: Type | None, other: Type | None) -> bool:
    """Whether `<` may stand between two types."""
    known = all(kind is None or kind in _ORDERED for kind in (one, other))
    return known and are_comparable(one, other)


def arithmetic(operator: Operator, left: Type, right: Type) -> Type | None:
    """The type of a sum, product and so on; None where the operator does not take these types."""
    if operator is Operator.ADD and isinstance(left, ListType) and isinstance(right, ListType):
        return left if left.element is not None and are_comparable(left, right) else right
    return _ARITHMETIC.get((operator, left, right))
