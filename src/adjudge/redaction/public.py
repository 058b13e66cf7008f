"""A decision as the public may see it: a value that holds nothing else. Every public face is made of it, never of rows.

Not how it is made: that is `adjudge.redaction.redact`, the only place where one comes into being. Times are texts, as
the log writes them, so that the value is its own exchange form.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from adjudge.redaction.folding import token


class Why(StrEnum):
    """Why something is withheld."""

    PERSONAL = "personal_data"
    UNSAID = "not_said"
    """Nobody has said that it is no natural person: then it is treated as one."""
    DECLARED = "declared"
    """By the terms of the register."""
    PROTECTED = "protected"
    """A fact that the vocabulary protects."""


class What(StrEnum):
    """What of a decision can be withheld."""

    ADVERTISER = "advertiser"
    SUBJECT = "subject"
    STATEMENT = "statement"
    PEOPLE = "people"
    EVIDENCE = "evidence"
    VALUE = "value"
    APPEAL = "appeal"


class State(StrEnum):
    """Where a public decision stands."""

    STANDS = "stands"
    EMPTY = "no_measure"
    """It puts no measure on anything: what was looked at may go on."""
    SUPERSEDED = "superseded"
    REVERSED = "reversed"
    VARIED = "varied"
    LAPSED = "lapsed"
    LIFTED = "lifted"
    OVER = "over"
    """All its measures have come to their end: told by the day, and not kept."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """That something is withheld, and why; never how much of it."""

    what: What
    why: Why


@dataclass(frozen=True, slots=True)
class PublicName:
    """A form of a name that was verified, in its script (ISO 15924)."""

    text: str
    script: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFact:
    """A fact on which a rule rests, by its name in the published vocabulary; its value where that may be told.

    `sources` are the kinds of documents in which it was read, `weight` the greatest weight among them. It counts
    `against` the measure where the decision has answered it.
    """

    name: str
    value: str = ""
    withheld: Why | None = None
    weight: int = 0
    against: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRule:
    """A rule that was applied, by its name in the published version. `ground` is `law` or `terms`."""

    id: str
    title: dict[str, str] = field(default_factory=dict)
    ground: str = ""
    clause: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMeasure:
    """A measure: of which rule, what, where, from when until when. `rests` while it has no effect."""

    rule: str
    kind: str
    territories: tuple[str, ...] = ()
    all_but: bool = True
    surfaces: tuple[str, ...] = ()
    surfaces_all_but: bool = True
    start: str
    end: str = ""
    lifted_at: str = ""
    rests: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAppeal:
    """How an appeal ended: `upheld`, `varied`, `reversed` or `granted` by silence, after so many days."""

    outcome: str
    ended_at: str = ""
    decision: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReply:
    """The advertiser's own words, or that they were refused, and on which declared ground."""

    state: str
    text: str = ""
    language: str = ""
    at: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDecision:
    """A decision. `until` is when its last measure ends; empty where one has no end, or there is none."""

    id: str
    entry: int
    issued_at: str
    state: State
    until: str = ""
    supersedes: str = ""
    superseded_by: str = ""
    policy: str = ""
    version: str = ""
    package: str = ""
    territory: str = ""
    subject_kind: str = ""
    source: str = ""
    automated: bool = False
    departs: str = ""
    """Where a person took a milder measure than the rules would have: `milder` or `no_measure`."""
    advertiser: tuple[PublicName, ...] = ()
    rules: tuple[PublicRule, ...] = ()
    facts: tuple[PublicFact, ...] = ()
    measures: tuple[PublicMeasure, ...] = ()
    appeals: tuple[PublicAppeal, ...] = ()
    missed: tuple[str, ...] = ()
    """The kinds of clocks that bind the platform and ran out."""
    reply: PublicReply | None = None
    withheld: tuple[Withheld, ...] = ()

    @property
    def name(self) -> str:
        """By which the advertiser is called; empty where its name is withheld."""
        return self.advertiser[0].text if self.advertiser else ""

    @property
    def key(self) -> str:
        """By which all that is shown of the same advertiser is found: of its public name, and of nothing else."""
        return token("a", self.name) if self.advertiser else ""

    @property
    def named(self) -> tuple[str, ...]:
        """The other decisions that it names."""
        appeals = (appeal.decision for appeal in self.appeals)
        return tuple(filter(None, (self.supersedes, self.superseded_by, *appeals)))

    def state_at(self, at: str) -> State:
        """Where it stands at a time: it may be over by then."""
        return State(state_at(self.state, self.until, at))


def state_at(state: str, until: str, at: str) -> str:
    """The one place where it is told what is over: what stands whose end, if it has one, has come."""
    return State.OVER.value if state == State.STANDS.value and has_come(until, at) else state


def has_come(until: str, at: str) -> bool:
    """Whether an end, if there is one, has come at a time. Without its `Z` an instant sorts before its fractions."""
    return bool(until) and until.removesuffix("Z") <= at.removesuffix("Z")


def shown_form(found: PublicDecision) -> dict[str, Any]:
    """As JSON has it."""
    form: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))  # with lists, as it is read again
    return form


def names_form(names: tuple[PublicName, ...]) -> list[dict[str, Any]]:
    """Names as the form of a decision has them."""
    form: list[dict[str, Any]] = msgspec.to_builtins(names)
    return list(form)


def public_from(form: dict[str, Any]) -> PublicDecision:
    """From its form; fields that are new since it was kept have their defaults."""
    return msgspec.convert(form, PublicDecision)
