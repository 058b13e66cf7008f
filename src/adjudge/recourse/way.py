"""What a search for recourse came to, as values: ways, what each cures and leaves, and whether they are all.

Not sentences: `adjudge.answers.recourse.view` says these values.
"""

from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.ids import FactName, RuleId
from adjudge.language.package import MeasureKind
from adjudge.outcome import Verdict
from adjudge.recourse.action import Action, Power, Removal, Replacement, power_of


class Purpose(StrEnum):
    """What an action does for the rules that a way cures."""

    CHANGE = "change"
    EXCEPTION = "exception"
    """It is a proof of an exception, or of an exemption."""
    CONTRARY = "contrary"
    """It is a proof against the rule itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a way. `exceptions` are those that a proof serves: rule and exception, or rule and its own id."""

    action: Action
    documents: tuple[str, ...]
    """Kinds of document that can prove it."""
    purpose: Purpose
    exceptions: tuple[tuple[RuleId, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One minimal set of actions, with what the spec says of the claims after it.

    `cures` are the rules that are met no longer, with their verdicts; `lifts` those still met whose measure applies no
    longer. `remains` are the measures that still apply.
    """

    steps: tuple[Step, ...]
    cures: tuple[tuple[RuleId, Verdict], ...]
    lifts: tuple[RuleId, ...]
    remains: tuple[tuple[RuleId, MeasureKind], ...]
    elsewhere: tuple[tuple[RuleId, MeasureKind], ...] = ()
    """Measures that still apply in other territories than the one asked, as they did before."""
    referred: bool
    contested: tuple[RuleId, ...]
    """Rules that this way makes contested: it obtains a person's decision, not a release."""
    is_detour: bool = False
    """Whether a way about the same facts needs less, or nobody else: minimal all the same, but no first choice."""

    @property
    def cost(self) -> int:
        """The sum of efforts."""
        return sum(step.action.effort for step in self.steps)

    @property
    def alters(self) -> bool:
        """Whether something that is so now would be otherwise; a proof and a record more leave it as it is."""
        return any(isinstance(step.action, Replacement | Removal) for step in self.steps)

    @property
    def ends_contested(self) -> bool:
        """Whether a person would have to decide because of what this way does."""
        return bool(self.contested)

    @property
    def power(self) -> Power:
        """In whose power the whole way lies: that of its step which is furthest from the advertiser's reach."""
        return max((power_of(step.action) for step in self.steps), key=lambda power: power.rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """A fact without which a rule would not be met, and which the advertiser cannot change."""

    rule: RuleId
    fact: FactName
    protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recourse:
    """The answer. `measures` are those that apply now; where none is too severe, there is nothing to look for.

    `complete` is False where a limit was hit, so that there may be further ways, cheaper ones among them.
    """

    target: MeasureKind | None
    measures: tuple[tuple[RuleId, MeasureKind], ...]
    lifted: tuple[RuleId, ...]
    """The rules whose measures are too severe for the target."""
    ways: tuple[Way, ...]
    turning: tuple[Turning, ...]
    complete: bool

    @property
    def is_needed(self) -> bool:
        """Whether some measure is too severe."""
        return bool(self.lifted)

    def of(self, power: Power) -> tuple[Way, ...]:
        """The ways to a release that lie in one power, without detours."""
        return tuple(
            way for way in self.ways if way.power is power and not way.ends_contested and not way.is_detour
        )

    @property
    def to_a_person(self) -> tuple[Way, ...]:
        """The ways to a person's decision, without detours."""
        return tuple(way for way in self.ways if way.ends_contested and not way.is_detour)

    @property
    def detours(self) -> tuple[Way, ...]:
        """The ways that need more than another about the same facts."""
        return tuple(way for way in self.ways if way.is_detour)

    @property
    def own(self) -> tuple[Way, ...]:
        """The ways to a release that the advertiser can go without others."""
        return (*self.of(Power.CHANGE), *self.of(Power.PROVE))
