"""Where the effect of a fact's values changes, read from the conditions: `age < 18` cuts just below 18.

Only where a fact, or a field of a record, stands alone on one side of a comparison; where it is computed with, nothing
is said of the values between those that were tried.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.engines.point.closures import Entries, Known, function_of
from adjudge.facts.value import Value
from adjudge.language.core import Bound, Expr, FactValue, FieldValue, Operation, Operator, parts
from adjudge.language.failure import EvaluationError
from adjudge.language.operators import Concrete

MOST_TRIED = 400
"""Combinations of values of other facts for which the other side of a comparison is worked out."""
Part = FactValue | Bound | FieldValue
"""What is cut."""
_BELOW, _ABOVE, _BOTH = (False,), (True,), (False, True)
_CUTS: Mapping[Operator, tuple[bool, ...]] = {
    Operator.LESS: _BELOW,
    Operator.AT_LEAST: _BELOW,
    Operator.GREATER: _ABOVE,
    Operator.AT_MOST: _ABOVE,
    Operator.EQUAL: _BOTH,
    Operator.UNEQUAL: _BOTH,
    Operator.IN: _BOTH,
}
"""Whether a comparison with a value cuts just below it or just above it."""
_TURNED = {
    Operator.LESS: Operator.GREATER,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.GREATER: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
}
"""What is said of the right side."""


class ComputedError(Exception):
    """Something is computed with the part: where its effect changes is not known."""


@dataclass(frozen=True, slots=True)
class Around:
    """With what the other sides of comparisons are worked out: `found` gives the values of another fact."""

    found: Callable[[FactName], Sequence[Value]]
    entries: Entries
    now: Instant


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of the part with something else. `variables` are the facts over which bound names range."""

    operator: Operator
    other: Expr
    variables: Mapping[str, FactName]

    @property
    def beside(self) -> tuple[FactName, ...]:
        """The facts that the other side reads."""
        names = [part.fact for part in _all(self.other) if isinstance(part, FactValue)]
        bound = [self.variables[part.name] for part in _all(self.other) if isinstance(part, Bound)]
        return tuple(dict.fromkeys((*names, *bound)))

    def ends(self, around: Around) -> Iterator[tuple[Concrete, bool]]:
        """The values with which the part is compared, each with where it cuts. Raises ComputedError beyond a limit."""
        for value in self._values(around):
            items = value if self.operator is Operator.IN and isinstance(value, tuple) else (value,)
            for item in items:
                yield from ((item, above) for above in _CUTS[self.operator])

    def _values(self, around: Around) -> Iterator[Concrete]:
        function = function_of(self.other, around.entries)
        names = self.beside
        columns = [around.found(name) for name in names]
        for number, chosen in enumerate(product(*columns)):
            if number >= MOST_TRIED:
                raise ComputedError
            facts = dict(zip(names, chosen, strict=True))
            variables = {name: facts[fact] for name, fact in self.variables.items() if fact in facts}
            try:
                yield function(Known(facts, variables, around.now))
            except EvaluationError:
                continue  # the comparison errs whatever the part is


def comparisons(expr: Expr, part: Part, variables: Mapping[str, FactName]) -> Iterator[Comparison]:
    """The comparisons of a part in an atom. Raises ComputedError where it stands anywhere else."""
    if isinstance(expr, Operation) and expr.operator in _CUTS:
        found = _compared(expr, part)
        if found is not None:
            yield Comparison(*found, variables)
            return
    if expr == part or (isinstance(part, FieldValue) and expr == part.record):
        raise ComputedError
    if isinstance(part, FieldValue) and isinstance(expr, FieldValue) and expr.record == part.record:
        return  # another field
    for below in parts(expr):
        yield from comparisons(below, part, variables)


def _compared(expr: Operation, part: Part) -> tuple[Operator, Expr] | None:
    """The part on one side, and what it is compared with; None where neither side is the part alone."""
    left, right = expr.arguments
    if left == part and not _reads(right, part):
        return expr.operator, right
    if right == part and expr.operator is not Operator.IN and not _reads(left, part):
        return _TURNED.get(expr.operator, expr.operator), left
    return None


def _reads(expr: Expr, part: Part) -> bool:
    """Whether anything of the same value stands in an expression: of a record, another field too."""
    root = part.record if isinstance(part, FieldValue) else part
    return any(item == root for item in _all(expr))


def _all(expr: Expr) -> Iterable[Expr]:
    yield expr
    for part in parts(expr):
        yield from _all(part)
