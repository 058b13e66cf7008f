"""Forms of how the institution answers: the keys of the procedure file, in JSON."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from adjudge.api.shapes.shape import Body, Shape, Text
from adjudge.clocks.term import ClockKind, Consequence, Unit
from adjudge.institution.binding.procedure import LINK_DAYS, LONGEST_LINK
from adjudge.institution.binding.serving_terms import (
    ADS,
    LONGEST_STALE,
    LONGEST_SURFACE,
    MOST_SURFACES,
    SHORTEST_STALE,
    STALE_AFTER,
)
from adjudge.language.package import MeasureKind

Days = Annotated[int, Field(ge=0, le=366)]
RegisterName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S+$")]


class TermShape(Shape):
    """A clock as it is declared: its term, and what follows at its end."""

    count: int
    unit: Unit
    consequence: Consequence


class MisuseTerms(Shape):
    """From when on appeals count as misuse, and for how long their handling can be suspended."""

    least_number: int = Field(description="Appeals in a year that were found manifestly unfounded.")
    least_share: int = Field(description="Of a hundred that were decided.")
    longest_days: int


class RetentionTerms(Shape):
    """After how many days what is no longer needed is expunged, by rule; 0 means kept."""

    documents: int
    contacts: int
    messages: int
    people: int


class RegisterOpen(StrEnum):
    """Whether there is a public register."""

    YES = "yes"
    NO = "no"


class RegisterNames(StrEnum):
    """Whose names it tells: of legal persons, where they are verified, or of nobody."""

    LEGAL = "legal"
    NONE = "none"


class RegisterTerms(Shape):
    """What is public of decisions. What is personal is withheld whatever is settled."""

    open: RegisterOpen
    names: RegisterNames
    after_days: int = Field(description="Days after which a decision is shown.")
    least: int = Field(description="The smallest count that statistics tell.")
    facts: list[str] = Field(description="Facts whose values are not told.")
    rules: list[str] = Field(description="Rules of which no decision is shown.")


class RegisterTermsToSettle(Body):
    """The terms; what is left out is as the program declares it."""

    open: Annotated[RegisterOpen, Field(strict=False)] = RegisterOpen.YES
    names: Annotated[RegisterNames, Field(strict=False)] = RegisterNames.LEGAL
    after_days: Days = 0
    least: Annotated[int, Field(ge=2, le=1_000)] = 5
    facts: Annotated[list[RegisterName], Field(max_length=100)] = Field(default_factory=list)
    rules: Annotated[list[RegisterName], Field(max_length=100)] = Field(default_factory=list)


class WhenStale(StrEnum):
    """What becomes of measures of a kind where a server of ads was not told for too long."""

    KEEP = "keep"
    ALLOW = "allow"
    DENY = "deny"


class UnknownLanding(StrEnum):
    """What holds for an ad of which it is unknown where it leads."""

    ALLOW = "allow"
    DENY = "deny"


class WhenChanged(StrEnum):
    """What becomes of an ad that is not as it was approved."""

    REVIEW = "review"
    HOLD = "hold"
    RUN = "run"


class ProcedureShape(Shape):
    """How the institution answers. What was not settled is as the program declares it."""

    id: str
    country: str = Field(
        description="By whose holidays business days are counted (ISO 3166-1); empty for none."
    )
    zone: str
    closed: list[dt.date] = Field(description="Further days on which nobody works.")
    clocks: dict[ClockKind, TermShape]
    relief: list[MeasureKind] = Field(description="Kinds of measure that rest while an appeal is open.")
    advance_days: int = Field(description="Days before its time at which the end of all advertising is told.")
    reminder_days: int
    link_days: int = Field(
        description="Days for which the link in a notice by mail lets its reader in; 0 sends none."
    )
    mediators: list[str]
    misuse: MisuseTerms
    retention: RetentionTerms
    surfaces: list[str] = Field(
        description="What counts as advertising, as servers name it: a measure that names no surface holds there."
    )
    when_stale: dict[MeasureKind, WhenStale] = Field(
        description="What holds where a server of ads was not told for too long, by kind of measure."
    )
    stale_after: int = Field(description="Seconds after which that is too long.")
    unknown_landing: UnknownLanding
    changed: WhenChanged = Field(
        description="An ad that is not as it was approved goes back to review and does not run (`review`), does not "
        "run (`hold`), or goes back to review and runs (`run`)."
    )
    public: RegisterTerms


class TermToSettle(Body):
    """A clock: its term, and what follows at its end."""

    count: Annotated[int, Field(ge=1, le=366)]
    unit: Annotated[Unit, Field(strict=False)] = Unit.DAYS
    consequence: Annotated[Consequence, Field(strict=False)]


class ClocksToSettle(Body):
    """The clocks; one that is left out is as the program declares it."""

    acknowledge: TermToSettle | None = None
    answer: TermToSettle | None = None
    decide: TermToSettle | None = None
    settle: TermToSettle | None = None
    carry_out: TermToSettle | None = None


class MisuseToSettle(Body):
    """The thresholds; one that is left out is as the program declares it."""

    least_number: Annotated[int, Field(ge=2, le=10_000)] | None = None
    least_share: Annotated[int, Field(ge=1, le=100)] | None = None
    longest_days: Annotated[int, Field(ge=1, le=180)] | None = None


Kept = Annotated[int, Field(ge=0, le=36_500)]


class RetentionToSettle(Body):
    """The rules of retention; what one that is left out names is kept."""

    documents: Kept = 0
    contacts: Kept = 0
    messages: Kept = 0
    people: Kept = 0


Stale = Annotated[WhenStale, Field(strict=False)]


class WhenStaleToSettle(Body):
    """What holds by kind of measure; measures of one that is left out go on."""

    notify: Stale = WhenStale.KEEP
    label: Stale = WhenStale.KEEP
    require: Stale = WhenStale.KEEP
    limit: Stale = WhenStale.KEEP
    suspend: Stale = WhenStale.KEEP
    exclude: Stale = WhenStale.KEEP


class ProcedureToSettle(Body):
    """What is settled, whole: what is left out is as the program declares it, and not as it was."""

    country: Annotated[str, Field(max_length=2)] = ""
    zone: Annotated[str, Field(min_length=1, max_length=100)] = "UTC"
    closed: Annotated[
        list[Annotated[str, Field(max_length=10, json_schema_extra={"format": "date"})]],
        Field(max_length=400),
    ] = Field(default_factory=list)
    clocks: ClocksToSettle = Field(default_factory=ClocksToSettle)
    relief: Annotated[list[Annotated[MeasureKind, Field(strict=False)]], Field(max_length=6)] = Field(
        default_factory=list
    )
    advance_days: Days = 0
    reminder_days: Days = 7
    link_days: Annotated[int, Field(ge=0, le=LONGEST_LINK)] = LINK_DAYS
    mediators: Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=20)] = Field(
        default_factory=list
    )
    misuse: MisuseToSettle = Field(default_factory=MisuseToSettle)
    retention: RetentionToSettle = Field(default_factory=RetentionToSettle)
    surfaces: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=LONGEST_SURFACE)]], Field(max_length=MOST_SURFACES)
    ] = Field(default_factory=lambda: [ADS])
    when_stale: WhenStaleToSettle = Field(default_factory=WhenStaleToSettle)
    stale_after: Annotated[int, Field(ge=SHORTEST_STALE, le=LONGEST_STALE)] = STALE_AFTER
    unknown_landing: Annotated[UnknownLanding, Field(strict=False)] = UnknownLanding.ALLOW
    changed: Annotated[WhenChanged, Field(strict=False)] = WhenChanged.REVIEW
    public: RegisterTermsToSettle = Field(default_factory=RegisterTermsToSettle)
    reason: Text
