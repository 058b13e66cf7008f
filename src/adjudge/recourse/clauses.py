"""Formulas as clauses for a SAT solver, each part once and in the one direction needed (Plaisted, Greenbaum).

Not a normal form of anything: a literal that is made here implies its formula, no more. Formulas are used unnegated
only, so that this is enough.
"""

from collections.abc import Iterable

TRUE, FALSE = 10**9, -(10**9)
"""Literals that are folded away."""


class Clauses:
    """Variables from 1 on, and clauses over them."""

    def __init__(self) -> None:
        """Empty."""
        self.count = 0
        self.found: list[list[int]] = []
        self._made: dict[tuple[str, tuple[int, ...]], int] = {}

    def variable(self) -> int:
        """A new variable."""
        self.count += 1
        return self.count

    def add(self, literals: Iterable[int]) -> None:
        """A clause; nothing where it holds in any case."""
        clause = set(literals)
        if TRUE not in clause and not any(-literal in clause for literal in clause):
            self.found.append(sorted(clause - {FALSE}))

    def any_of(self, literals: Iterable[int]) -> int:
        """A literal that implies that one of some holds."""
        parts = set(literals) - {FALSE}
        if TRUE in parts or any(-literal in parts for literal in parts):
            return TRUE
        if len(parts) < 2:  # noqa: PLR2004 - nothing to join
            return next(iter(parts), FALSE)
        key = "any", tuple(sorted(parts))
        if key not in self._made:
            made = self._made[key] = self.variable()
            self.found.append([-made, *key[1]])
        return self._made[key]

    def all_of(self, literals: Iterable[int]) -> int:
        """A literal that implies that all of some hold."""
        parts = set(literals) - {TRUE}
        if FALSE in parts or any(-literal in parts for literal in parts):
            return FALSE
        if len(parts) < 2:  # noqa: PLR2004 - as above
            return next(iter(parts), TRUE)
        key = "all", tuple(sorted(parts))
        if key not in self._made:
            made = self._made[key] = self.variable()
            self.found.extend([-made, literal] for literal in key[1])
        return self._made[key]

    def exactly_one(self, literals: list[int]) -> None:
        """Exactly one of some holds."""
        self.found.append(list(literals))
        self.found.extend([-one, -other] for n, one in enumerate(literals) for other in literals[:n])
