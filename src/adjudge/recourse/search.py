"""All minimal sets of actions that the clauses allow, by a SAT solver under assumptions.

A model is taken, whatever can be left out of it is left out, and every set that contains what is left is blocked; until
there is no model. The sets are then all that are minimal under inclusion, unless a limit was hit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from pysat.solvers import Solver

from adjudge.recourse.encode import Encoding, Part
from adjudge.recourse.question import Limits

SOLVER = "minisat22"


@dataclass(frozen=True, slots=True)
class Found:
    """A minimal set, by the variables of its parts, and whether it was found where a release was asked for."""

    parts: frozenset[int]
    of_release: bool


class Search:
    """One search. `hit` says whether a limit ended it early."""

    def __init__(self, encoding: Encoding, limits: Limits) -> None:
        """The clauses are given to the solver once."""
        self.encoding = encoding
        self.limits = limits
        self.hit = False
        self.calls = 0
        # What is dearest is tried first when parts are left out, so that the cheap stays.
        self.parts = sorted(encoding.parts, key=lambda part: (-part.is_others, -part.effort, -part.variable))
        self._solver = Solver(name=SOLVER, bootstrap_with=encoding.clauses.found)
        self._solver.set_phases([-variable for variable in range(1, encoding.clauses.count + 1)])

    def __enter__(self) -> Self:
        """The solver lives outside of Python's memory."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self._solver.delete()

    def block(self, literals: Iterable[int]) -> None:
        """One clause more."""
        self._solver.add_clause(list(literals))

    def minimal(self, *, with_others: bool, release: bool) -> Iterator[Found]:
        """Minimal sets in the advertiser's own power, or with that of others; to a release, or to the target alone.

        The caller blocks what it is given before it asks for the next.
        """
        chosen = [part for part in self.parts if with_others or not part.is_others]
        base = [-part.variable for part in self.parts if part.is_others and not with_others]
        base.append(self.encoding.release if release else -self.encoding.release)
        for _ in range(self.limits.ways):
            model = self._model(base)
            if model is None:
                return
            reduced = self._reduced(chosen, base, model)
            if self.hit:
                return  # what is left may not be minimal
            yield Found(reduced, release)
        if self._model(base) is not None:
            self.hit = True

    def _model(self, assumptions: list[int]) -> set[int] | None:
        if self.calls >= self.limits.calls:
            self.hit = True
            return None
        self.calls += 1
        return set(self._solver.get_model() or ()) if self._solver.solve(assumptions=assumptions) else None

    def _reduced(self, chosen: list[Part], base: list[int], model: set[int]) -> frozenset[int]:
        """The part of a model that is minimal; nothing that can be relied on where the calls ran out."""
        off = [-part.variable for part in chosen if part.variable not in model]
        doubtful = [part.variable for part in chosen if part.variable in model]
        needed: list[int] = []
        while doubtful:
            variable = doubtful.pop(0)
            smaller = self._model([*base, *off, -variable])
            if smaller is None:
                needed.append(variable)
            else:
                off += [-variable, *(-other for other in doubtful if other not in smaller)]
                doubtful = [other for other in doubtful if other in smaller]
                off += [-other for other in needed if other not in smaller]
                needed = [other for other in needed if other in smaller]
        return frozenset(needed)
