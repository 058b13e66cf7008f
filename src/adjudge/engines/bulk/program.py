"""The conditions of all rules as one list of steps over columns of masks, every distinct part once.

NOT is pushed down to the leaves, where it costs nothing. A step joins columns that earlier steps made. Not bound to
any library of columns: a kernel runs it, SQL may be written from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from adjudge.language.core import And, Atom, Condition, Has, Member, Not, Or, Quantified

Leaf = Atom | Has | Member | Quantified


class Load(NamedTuple):
    """A leaf, or its NOT, as a column of masks; `leaf` is its number."""

    leaf: int
    negated: bool


class Join(NamedTuple):
    """AND or OR of columns made by earlier steps. Of none: certain, or impossible."""

    is_and: bool
    below: tuple[int, ...]


Step = Load | Join


@dataclass(slots=True)
class Program:
    """Steps in an order in which each names only earlier ones. Equal conditions have one number."""

    leaves: list[Leaf] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    _leaf_numbers: dict[Leaf, int] = field(default_factory=dict)
    _step_numbers: dict[Step, int] = field(default_factory=dict)

    def add(self, condition: Condition) -> int:
        """The number of the step that gives a condition's column."""
        return self._add(condition, negated=False)

    def leaf(self, leaf: Leaf) -> int:
        """The number of a leaf; places are not compared, so that a leaf written twice is one."""
        found = self._leaf_numbers.setdefault(leaf, len(self.leaves))
        if found == len(self.leaves):
            self.leaves.append(leaf)
        return found

    def _add(self, condition: Condition, *, negated: bool) -> int:
        match condition:
            case Not():
                return self._add(condition.operand, negated=not negated)
            case And() | Or():
                is_and = isinstance(condition, And) is not negated
                return self._join(condition.operands, is_and=is_and, negated=negated)
            case _:
                return self._step(Load(self.leaf(condition), negated))

    def _join(self, operands: Sequence[Condition], *, is_and: bool, negated: bool) -> int:
        below: set[int] = set()
        for operand in operands:
            number = self._add(operand, negated=negated)
            step = self.steps[number]
            # An AND in an AND is one AND, so that more parts are seen to be the same.
            below.update(step.below if isinstance(step, Join) and step.is_and is is_and else (number,))
        if len(below) == 1:
            return below.pop()
        return self._step(Join(is_and, tuple(sorted(below))))

    def _step(self, step: Step) -> int:
        found = self._step_numbers.setdefault(step, len(self.steps))
        if found == len(self.steps):
            self.steps.append(step)
        return found


class Run(NamedTuple):
    """A step with the register in which its column is made, and those whose columns are done with after it."""

    number: int
    step: Step
    register: int
    below: tuple[int, ...]


def scheduled(steps: Sequence[Step], roots: Sequence[int]) -> tuple[list[Run], list[int], int]:
    """The steps that the roots need, each with a register that is used again when its column is done with.

    Roots keep theirs. Given back: the runs, the register of each root, and how many registers there are.
    """
    needed = _needed(steps, roots)
    last_use: dict[int, int] = {}
    for number in needed:
        step = steps[number]
        for other in step.below if isinstance(step, Join) else ():
            last_use[other] = number
    kept, free, where, runs, count = set(roots), list[int](), dict[int, int](), list[Run](), 0
    for number in needed:
        step = steps[number]
        below = step.below if isinstance(step, Join) else ()
        if free:
            register = free.pop()
        else:
            register, count = count, count + 1
        where[number] = register
        runs.append(Run(number, step, register, tuple(where[other] for other in below)))
        free += [where[other] for other in below if last_use[other] == number and other not in kept]
    return runs, [where[root] for root in roots], count


def _needed(steps: Sequence[Step], roots: Sequence[int]) -> list[int]:
    """What the roots need, each step just before the first that reads it, so that few columns wait at once."""
    found: dict[int, None] = {}
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        number, ready = stack.pop()
        if number in found:
            continue
        step = steps[number]
        if ready or isinstance(step, Load):
            found[number] = None
            continue
        stack.append((number, True))
        stack.extend((other, False) for other in reversed(step.below))
    return list(found)
