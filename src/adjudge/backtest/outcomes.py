"""The port to an engine: the outcomes of a package for all subjects, as one class number for each subject.

Subjects with the same verdicts, pairs, measures and referral are one class, and there are few classes beside many
subjects: everything that is counted afterwards is counted by class, in SQL.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from adjudge.basis.ids import RuleId
from adjudge.basis.weight import Pair
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind, Package
from adjudge.outcome import Verdict

if TYPE_CHECKING:
    from adjudge.backtest.tables import Tables


@dataclass(frozen=True, slots=True)
class OutcomeClass:
    """What subjects of one class have in common. `rules` are sorted by id, `measures` those that apply.

    `pairs` are those of the rules in their order, where they were asked for.
    """

    kind: Kind
    rules: tuple[tuple[RuleId, Verdict], ...]
    measures: tuple[tuple[RuleId, MeasureKind], ...]
    referred: bool
    pairs: tuple[Pair, ...] = ()

    @property
    def severest(self) -> MeasureKind | None:
        """The severest kind of measure that applies."""
        return max((kind for _, kind in self.measures), key=lambda kind: kind.severity, default=None)


class Outcomes(Protocol):
    """Evaluates a package at the question's V and K."""

    def __call__(
        self, package: Package, tables: "Tables", into: str, *, territory: str | None, pairs: bool = False
    ) -> tuple[OutcomeClass, ...]:
        """Make the table `into (row INTEGER, class INTEGER)` with every subject, and say what the classes are.

        With `pairs` subjects with unlike pairs are in unlike classes.
        """
        ...
