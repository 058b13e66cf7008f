"""Forms of the public register. What is not declared here is withheld: see `adjudge.redaction`."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from adjudge.api.shapes.decisions import MeasureState
from adjudge.api.shapes.shape import Moment, Shape
from adjudge.language.package import MeasureKind

Texts = dict[str, str]


class RegisterState(StrEnum):
    """Where a public decision stands, as it is asked for."""

    IN_FORCE = "in_force"
    OVER = "over"
    LIFTED = "lifted"
    SUPERSEDED = "superseded"
    REVERSED = "reversed"
    VARIED = "varied"
    LAPSED = "lapsed"
    NO_MEASURE = "no_measure"


class RegisteredMeasure(Shape):
    """A measure that a decision applies."""

    rule: str
    kind: MeasureKind
    territories: list[str] = Field(description="Countries (ISO 3166-1), or those left out where `all_but`.")
    all_but: bool
    surfaces: list[str] = Field(description="Surfaces, or those left out where `surfaces_all_but`.")
    surfaces_all_but: bool
    start: Moment
    end: Moment | None = Field(description="Null where it lasts until it is lifted.")
    lifted_at: Moment | None
    state: MeasureState = Field(description="How it stands at the time of this answer.")


class RegisteredAppeal(Shape):
    """How an appeal against the decision ended; `granted` by silence, since nobody answered in time."""

    outcome: Literal["upheld", "varied", "reversed", "granted"]
    ended_at: Moment | None
    decision: str = Field(
        description="The decision by which it ended; empty where it was granted by silence."
    )
    days: int = Field(description="Whole days from its filing to its end.")


class RegisteredGround(Shape):
    """A rule that was applied, as it was published."""

    id: str
    title: Texts
    ground: str = Field(description="`law` or `terms`; empty where the version is gone.")
    clause: str
    url: str


class RegisteredFact(Shape):
    """A fact on which the decision rests, by its name in the vocabulary of the version."""

    name: str
    value: str = Field(description="Empty where it is withheld.")
    withheld: Literal["personal_data", "not_said", "declared", "protected"] | None
    weight: int = Field(description="The greatest weight among what was read, from 1 to 5.")
    against: bool = Field(description="Whether it counts against the measure, and was answered.")
    sources: list[str] = Field(description="The kinds of documents in which it was read.")


class RegisteredName(Shape):
    """A form of a name that was verified."""

    text: str
    script: str
    language: str


class RegisteredReply(Shape):
    """The advertiser's own words, or that they were refused, and on which declared ground."""

    state: Literal["shown", "refused"]
    text: str
    language: str
    at: Moment
    ground: str


class RegisteredWithheld(Shape):
    """What is withheld, and why."""

    what: Literal["advertiser", "subject", "statement", "people", "evidence", "value", "appeal"]
    why: Literal["personal_data", "not_said", "declared", "protected"]


class RegisteredShape(Shape):
    """A decision that was issued, and what became of it, as far as it is public."""

    id: str
    entry: int = Field(description="The entry of the log by which it was issued.")
    policy: str
    version: str
    package: str = Field(description="The digest of the version, which names every byte of it.")
    issued_at: Moment | None
    automated: bool
    state: Literal["issued", "superseded", "lapsed"]
    standing: Literal[
        "stands", "no_measure", "superseded", "reversed", "varied", "lapsed", "lifted", "over"
    ] = Field(description="Where it stands at the time of this answer.")
    until: Moment | None = Field(description="When its last measure ends; null where one has no end.")
    territory: str
    subject_kind: str
    source: str = Field(description="What led to it. DSA Art. 17(3)(b).")
    departs: str = Field(description="`milder` or `no_measure` where a person departed from the rules.")
    advertiser: list[RegisteredName] = Field(description="Empty where it is withheld.")
    rules: list[str]
    grounds: list[RegisteredGround]
    facts: list[RegisteredFact]
    measures: list[RegisteredMeasure]
    supersedes: str
    superseded_by: str
    appeals: list[RegisteredAppeal]
    missed: list[str] = Field(description="The kinds of clocks of the platform that ran out.")
    reply: RegisteredReply | None
    withheld: list[RegisteredWithheld]


class CountedLine(Shape):
    """A line of a table of counts."""

    key: list[str] = Field(description="By what it counts.")
    counts: list[int | None] = Field(description="How many; null where the count is withheld.")


class StatisticsShape(Shape):
    """Counts of public decisions. Counts below `least` are withheld, and so much more that none follows from others."""

    total: int | None
    least: int
    months: list[CountedLine]
    states: list[CountedLine]
    rules: list[CountedLine] = Field(description="By policy and rule.")
    countries: list[CountedLine] = Field(description="`*` is everywhere, `many` more than are counted apart.")
    kinds: list[CountedLine]
    by_rule_and_kind: list[CountedLine]
    appeals: list[CountedLine] = Field(description="By rule: reversed, varied, upheld, granted by silence.")
    spans: list[CountedLine] = Field(description="How long appeals took.")
    missed: list[CountedLine] = Field(description="Clocks of the platform that ran out, by kind.")
    apart: list[CountedLine] = Field(description="By rule: as the rules say, and milder by a person's word.")
    automated: list[CountedLine]

    @classmethod
    def tables(cls) -> list[str]:
        """The names of the tables."""
        return [name for name in cls.model_fields if name not in {"total", "least"}]
