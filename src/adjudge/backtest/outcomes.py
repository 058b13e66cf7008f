"""The port to an engine: the outcomes of a package for all subjects, as one class number for each subject.

Subjects with the same verdicts, measures and referral are one class, and there are few classes beside many subjects:
everything that is counted afterwards is counted by class, in SQL.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from adjudge.basis.ids import RuleId
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind, Package
from adjudge.outcome import Verdict

if TYPE_CHECKING:
    from adjudge.backtest.tables import Tables

TENS = 10
"""A pair in a table is ten times the weight for, and the weight against."""


@dataclass(frozen=True, slots=True)
class OutcomeClass:
    """What subjects of one class have in common. `rules` are sorted by id, `measures` those that apply."""

    kind: Kind
    rules: tuple[tuple[RuleId, Verdict], ...]
    measures: tuple[tuple[RuleId, MeasureKind], ...]
    referred: bool

    @property
    def severest(self) -> MeasureKind | None:
        """The severest kind of measure that applies."""
        return max((kind for _, kind in self.measures), key=lambda kind: kind.severity, default=None)


class Outcomes(Protocol):
    """Evaluates a package at the question's V and K."""

    def __call__(
        self, package: Package, tables: "Tables", into: str, *, territory: str | None
    ) -> tuple[OutcomeClass, ...]:
        """Make the table `into (row INTEGER, class INTEGER)` with every subject, and say what the classes are."""
        ...

    def pairs(self, package: Package, tables: "Tables", into: str) -> tuple[RuleId, ...]:
        """Make the table `into (row, p0, p1, ...)` with the pair of each rule, and say in which order the rules stand.

        What stands there for a rule about another kind of subject is nobody's business.
        """
        ...
