"""What a part has as its value where the text and the dated entries alone decide it.

Not an evaluator: facts and variables are unknown here. Lint asks it what can only fail and what is true
without a claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from adjudge.basis.instant import Instant
from adjudge.basis.said import Said
from adjudge.facts.value import Record
from adjudge.facts.vocabulary import Taxonomy
from adjudge.language.core import (
    Bound,
    Constant,
    Expr,
    FactValue,
    FieldValue,
    ListEntry,
    ListMacro,
    ListOf,
    Now,
    Operation,
    Operator,
    ParamEntry,
)
from adjudge.language.failure import EvaluationError, no_code
from adjudge.language.operators import APPLIED, Concrete


class Unsettled(Enum):
    """Why a part has no value here: it depends on what is not known, or it fails."""

    UNKNOWN = "unknown"
    FAILED = "failed"


UNKNOWN, FAILED = Unsettled.UNKNOWN, Unsettled.FAILED
Folded = Concrete | Unsettled

_HARMLESS: dict[Operator, tuple[Concrete, ...]] = {
    Operator.MATCHES: ("", ""),
    Operator.DIVIDE: (1, 1),
    Operator.REMAINDER: (1, 1),
    Operator.MONEY: ("0", "EUR"),
}
"""Stand-ins for unknown arguments: what fails with these fails with all, the other being at fault."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is in force at an instant; `now` is None where the time itself is to count as unknown."""

    now: Instant | None
    lists: Mapping[str, Concrete]
    params: Mapping[str, Concrete]
    taxonomies: Mapping[str, Taxonomy]


@dataclass(slots=True)
class Folder:
    """Folds the parts of one atom at one moment; `failures` holds each innermost part that fails, and why."""

    moment: Moment
    failures: list[tuple[Expr, Said]] = field(default_factory=list)

    def value(self, expr: Expr) -> Folded:
        """The value, or why there is none. What has no entry in force fails without a word."""
        match expr:
            case Constant():
                return expr.value
            case FactValue() | Bound() | ListMacro():
                return UNKNOWN
            case Now():
                return UNKNOWN if self.moment.now is None else self.moment.now
            case ListEntry():
                return self.moment.lists.get(expr.name, FAILED)
            case ParamEntry():
                return self.moment.params.get(expr.name, FAILED)
            case ListOf():
                return self._list([self.value(item) for item in expr.items])
            case FieldValue():
                return self._field(self.value(expr.record), expr.name)
            case Operation():
                return self._operation(expr, [self.value(argument) for argument in expr.arguments])

    def _list(self, items: list[Folded]) -> Folded:
        settled = tuple(item for item in items if not isinstance(item, Unsettled))
        return settled if len(settled) == len(items) else _unsettled(items)

    def _field(self, record: Folded, name: str) -> Folded:
        if isinstance(record, Unsettled):
            return record
        found = record.get(name) if isinstance(record, Record) else None
        return UNKNOWN if found is None else found

    def _operation(self, expr: Operation, arguments: list[Folded]) -> Folded:
        if expr.operator in {Operator.AND, Operator.OR}:
            return _logic(expr.operator, arguments)
        if FAILED in arguments:
            return FAILED
        if expr.operator is Operator.NOT:
            return UNKNOWN if arguments[0] is UNKNOWN else not arguments[0]
        if expr.operator is Operator.UNDER:
            return self._under(expr, arguments[1])
        if UNKNOWN in arguments:
            return self._with_unknown(expr, arguments)
        return self._applied(expr, [item for item in arguments if not isinstance(item, Unsettled)])

    def _applied(self, expr: Operation, arguments: list[Concrete]) -> Folded:
        try:
            return APPLIED[expr.operator](*arguments)
        except EvaluationError as error:
            return self._fail(expr, error.reason)

    def _with_unknown(self, expr: Operation, arguments: list[Folded]) -> Folded:
        """Whether the known arguments make a failure certain."""
        harmless = _HARMLESS.get(expr.operator)
        if harmless is None:
            return UNKNOWN
        probes = [
            probe if isinstance(item, Unsettled) else item
            for item, probe in zip(arguments, harmless, strict=True)
        ]
        return FAILED if self._applied(expr, probes) is FAILED else UNKNOWN

    def _under(self, expr: Operation, above: Folded) -> Folded:
        """The code asked about is a fact's or a variable's, so that only a wrong node can be told."""
        if not isinstance(above, str) or above in self.moment.taxonomies[expr.taxonomy]:
            return UNKNOWN
        return self._fail(expr, no_code(above, expr.taxonomy))

    def _fail(self, expr: Expr, reason: Said) -> Unsettled:
        self.failures.append((expr, reason))
        return FAILED


def _unsettled(items: list[Folded]) -> Unsettled:
    return FAILED if FAILED in items else UNKNOWN


def _logic(operator: Operator, operands: list[Folded]) -> Folded:
    """CEL's `&&` and `||`: an operand that decides absorbs what the others lack."""
    deciding = operator is Operator.OR
    if any(operand is deciding for operand in operands):
        return deciding
    if any(isinstance(operand, Unsettled) for operand in operands):
        return UNKNOWN if UNKNOWN in operands else FAILED
    return not deciding
