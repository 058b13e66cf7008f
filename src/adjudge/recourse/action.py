"""What can be done about a fact: change it, or prove something of it. LANGUAGE.md 6.3.

Not the claims that follow: `apply` makes them.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from adjudge.basis.ids import FactName, SubjectId
from adjudge.facts.claim import NoOther, Stance
from adjudge.facts.value import Value, value_key
from adjudge.facts.vocabulary import Changer
from adjudge.recourse.ranges import ALONE, Spread

PROOF_EFFORT = 1
"""To file a document costs the same for every fact; what it takes to make the fact true is a change."""
CHANGED_WEIGHT = 4
"""The weight with which a fact that was changed is asserted."""


class Power(StrEnum):
    """In whose power something lies, from the advertiser's own to that of others."""

    CHANGE = "change"
    """The advertiser changes a fact."""
    PROVE = "prove"
    """The advertiser proves something."""
    OTHERS = "others"
    """The platform or a third party would have to change a fact."""

    @property
    def rank(self) -> int:
        """Smaller is more within the advertiser's reach."""
        return list(Power).index(self)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, and others that have the same effect on every rule concerned. `unread` are fields that no rule reads.

    `spread` says what lies between them where they are ordered: they were tried, and stand for it.
    """

    value: Value
    others: tuple[Value, ...] = ()
    unread: tuple[str, ...] = ()
    spread: Spread = ALONE

    @property
    def all(self) -> tuple[Value, ...]:
        """The value and the others."""
        return (self.value, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A single-valued fact gets another value. `before` are the values that are asserted now."""

    fact: FactName
    holder: SubjectId
    before: tuple[Value, ...]
    to: Choice
    by: Changer
    effort: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A many-valued fact gets one value more."""

    fact: FactName
    holder: SubjectId
    value: Choice
    by: Changer
    effort: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A many-valued fact loses a value."""

    fact: FactName
    holder: SubjectId
    value: Value
    by: Changer
    effort: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another claim of the same weight that would do the same."""

    value: Value | NoOther
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One claim more, of the least weight that suffices. `others` do the same.

    `spread` is that of the values that are asserted.
    """

    fact: FactName
    holder: SubjectId
    value: Value | NoOther
    stance: Stance
    weight: int
    others: tuple[Alternative, ...] = ()
    unread: tuple[str, ...] = ()
    spread: Spread = ALONE
    effort: int = field(default=PROOF_EFFORT)

    @property
    def asserted(self) -> tuple[Value, ...]:
        """The values of which any one may be asserted."""
        said = (Alternative(self.value, self.stance), *self.others)
        return tuple(
            item.value
            for item in said
            if item.stance is Stance.ASSERTS and not isinstance(item.value, NoOther)
        )

    @property
    def denied(self) -> tuple[Value, ...]:
        """The values of which any one may be denied."""
        said = (Alternative(self.value, self.stance), *self.others)
        return tuple(
            item.value
            for item in said
            if item.stance is Stance.DENIES and not isinstance(item.value, NoOther)
        )


Action = Replacement | Addition | Removal | Proof


def power_of(action: Action) -> Power:
    """In whose power an action lies."""
    if isinstance(action, Proof):
        return Power.PROVE
    return Power.CHANGE if action.by is Changer.ADVERTISER else Power.OTHERS


def spread_of(action: Action) -> Spread:
    """For what the values of an action stand."""
    match action:
        case Replacement():
            return action.to.spread
        case Addition():
            return action.value.spread
        case Proof():
            return action.spread
        case Removal():
            return ALONE


def exactly(action: Action) -> Action:
    """An action whose values stand for themselves only."""
    match action:
        case Replacement():
            return replace(action, to=replace(action.to, spread=ALONE))
        case Addition():
            return replace(action, value=replace(action.value, spread=ALONE))
        case Proof():
            return replace(action, spread=ALONE)
        case Removal():
            return action


def action_key(action: Action) -> tuple[object, ...]:
    """A total order over actions, for output that is the same on every run."""
    match action:
        case Replacement():
            return action.fact, 0, value_key(action.to.value), 0, ""
        case Addition():
            return action.fact, 1, value_key(action.value.value), 0, ""
        case Removal():
            return action.fact, 2, value_key(action.value), 0, ""
        case Proof():
            key = ("", "") if isinstance(action.value, NoOther) else value_key(action.value)
            return action.fact, 3, key, action.weight, action.stance.value
