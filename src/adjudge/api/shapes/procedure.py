"""Forms of how the institution answers: the keys of the procedure file, in JSON."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from adjudge.api.shapes.shape import Body, Shape, Text
from adjudge.clocks.term import ClockKind, Consequence, Unit
from adjudge.language.package import MeasureKind

Days = Annotated[int, Field(ge=0, le=366)]


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
    mediators: list[str]
    misuse: MisuseTerms
    retention: RetentionTerms


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
    mediators: Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=20)] = Field(
        default_factory=list
    )
    misuse: MisuseToSettle = Field(default_factory=MisuseToSettle)
    retention: RetentionToSettle = Field(default_factory=RetentionToSettle)
    reason: Text
