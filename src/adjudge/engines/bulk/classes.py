"""Values of one fact put together where no leaf of the plan can tell them apart.

A leaf over one fact sees of a value whether it satisfies the leaf (or why it errs), and whether it is one of the
constants to which denials speak (LANGUAGE.md 3.2, 3.6). Values that agree in this for all leaves of the fact are one
class: what holds of one claimed with some weights holds of any other claimed with the same.

Every distinct value is looked at once, however many subjects have it. The meaning of expressions is that of the point
engine's closures, thus of `adjudge.language.operators`.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from adjudge.basis.ids import FactName
from adjudge.basis.said import Said
from adjudge.engines.bulk.plan import Plan, PlannedLeaf, Reading
from adjudge.engines.point.closures import Entries, Known, function_of
from adjudge.facts.value import Value
from adjudge.language.core import Atom, Condition, Expr, Has, Member, Not, Quantified, compared_with
from adjudge.language.failure import EvaluationError
from adjudge.language.operators import Concrete, equal

Seen = bool | Said
"""What a leaf makes of one value: satisfied or not, or why it errs."""
See = Callable[[Value], Seen]
_HASHED = (str, int, Decimal)
"""Constants that equal a value of their fact exactly where Python's equality says so."""


class Classes:
    """The classes of one fact's values, numbered from 1 as they are met."""

    def __init__(self, plan: Plan, fact: FactName) -> None:
        """Made of the leaves that read this fact alone."""
        leaves = [leaf for leaf in plan.leaves if leaf.reading is Reading.ALONE and leaf.facts == (fact,)]
        sees = {leaf.number: see for leaf in leaves if (see := _see(leaf, plan)) is not None}
        self._sees = list(sees.values())
        self._places = {number: place for place, number in enumerate(sees)}
        self._constants = {leaf.number: tuple(_constants(leaf.condition, plan)) for leaf in leaves}
        self._hashed: set[Concrete] = set()
        self._compared: list[Concrete] = []
        for constant in (item for constants in self._constants.values() for item in constants):
            if isinstance(constant, _HASHED):
                self._hashed.add(constant)
            else:
                self._compared.append(constant)
        self._numbers: dict[tuple[tuple[Seen, ...], Value | None], int] = {}

    def of(self, value: Value) -> int:
        """The number of a value's class."""
        key = (tuple(see(value) for see in self._sees), value if self._is_constant(value) else None)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def seen_by(self, leaf: int) -> list[Seen]:
        """What a leaf makes of each class; nothing, where it makes nothing of any value."""
        place = self._places.get(leaf)
        return [seen[place] if place is not None else False for seen, _ in self._numbers]

    def constants_of(self, leaf: int) -> list[int | None]:
        """The classes of the constants with which a leaf compares; None of one that nobody claims."""
        numbered = [(value, number) for (_, value), number in self._numbers.items() if value is not None]
        return [
            next((number for value, number in numbered if _same(value, constant)), None)
            for constant in self._constants[leaf]
        ]

    def _is_constant(self, value: Value) -> bool:
        return value in self._hashed or any(_same(value, other) for other in self._compared)


def _same(value: Value, other: Concrete) -> bool:
    try:
        return equal(value, other)
    except EvaluationError:
        return False


def _see(leaf: PlannedLeaf, plan: Plan) -> See | None:
    """What a leaf makes of a value; None for `has`, which makes nothing of it."""
    condition, entries = leaf.condition, plan.context.entries
    match condition:
        case Atom():
            name = leaf.facts[0]
            return _seen(condition.expr, plan, lambda value: Known({name: value}, {}, plan.now))
        case Quantified():
            body: Condition = condition.body
            while isinstance(body, Not):
                body = body.operand
            assert isinstance(body, Atom)  # noqa: S101 - LANGUAGE.md 3.1: a body is an atom or its NOT
            variable = condition.variable
            return _seen(body.expr, plan, lambda value: Known({}, {variable: value}, plan.now))
        case Member():
            return _equality(condition.value, plan, entries)
        case Has():
            return None


def _seen(expr: Expr, plan: Plan, known: Callable[[Value], Known]) -> See:
    truth = function_of(expr, plan.context.entries)

    def see(value: Value) -> Seen:
        try:
            return truth(known(value)) is True
        except EvaluationError as error:
            return error.reason

    return see


def _equality(expr: Expr, plan: Plan, entries: Entries) -> See | None:
    """`v in f`: whether the value is v; None where v errs, so that nothing is made of any value."""
    try:
        other = function_of(expr, entries)(Known({}, {}, plan.now))
    except EvaluationError:
        return None

    def see(value: Value) -> Seen:
        try:
            return equal(value, other)
        except EvaluationError as error:
            return error.reason

    return see


def _constants(condition: Condition, plan: Plan) -> Iterable[Concrete]:
    """What a leaf compares its fact with, so that denials of it count."""
    if isinstance(condition, Member):
        compared: Expr | None = condition.value
    else:
        compared = compared_with(condition) if isinstance(condition, Atom) else None
    if compared is None:
        return ()
    try:
        value = function_of(compared, plan.context.entries)(Known({}, {}, plan.now))
    except EvaluationError:
        return ()
    return value if isinstance(value, tuple) else (value,)
