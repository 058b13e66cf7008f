"""What is asked: for whom, at which instants, by which rules, and what is to be reached. LANGUAGE.md 6.3.

Not the answer, which is in `recourse`. Everything is handed in; nothing is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from adjudge.basis.ids import FactName, SubjectId
from adjudge.basis.instant import Instant
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import live
from adjudge.facts.vocabulary import Fact
from adjudge.language.package import MeasureKind, Package, Rule
from adjudge.reasons.roles import holder
from adjudge.spec.concrete import Surroundings
from adjudge.spec.resolve import surroundings


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the search stops. It says so where it did."""

    ways: int = 200
    """Ways that are found, of each kind of power."""
    calls: int = 50_000
    """Questions put to the solver."""
    combined: int = 4_096
    """Combinations of options of the facts that one leaf reads together."""
    values: int = 40
    """Values of one fact that differ in effect."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One subject of a case. `target` is the severest measure that may remain; None asks for no measure at all."""

    package: Package
    claims: tuple[Claim, ...]
    subject: Subject
    valid_at: Instant
    known_at: Instant
    territory: str | None = None
    target: MeasureKind | None = None
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force about subjects of this kind in the territory."""
        return self._in_force(self.territory)

    @cached_property
    def everywhere(self) -> tuple[Rule, ...]:
        """Those in force in any territory: a way must not bring their measures either."""
        return self.rules if self.territory is None else self._in_force(None)

    def _in_force(self, territory: str | None) -> tuple[Rule, ...]:
        found = self.package.in_force(self.valid_at, self.known_at, territory)
        return tuple(rule for rule in found if rule.subject is self.subject.kind)

    @cached_property
    def live(self) -> tuple[Claim, ...]:
        """The claims that count."""
        return tuple(live(self.claims, self.valid_at, self.known_at))

    @cached_property
    def around(self) -> Surroundings:
        """What is in force besides rules."""
        return surroundings(self.package, self.valid_at)

    @property
    def facts(self) -> Mapping[FactName, Fact]:
        """The declarations."""
        return self.package.vocabulary.facts

    def holder(self, name: FactName) -> SubjectId:
        """Of whom a fact is asked."""
        return holder(self.subject, name, self.around)

    def is_too_severe(self, kind: MeasureKind) -> bool:
        """Whether a measure must go for the target to be reached."""
        return self.target is None or kind.severity > self.target.severity
