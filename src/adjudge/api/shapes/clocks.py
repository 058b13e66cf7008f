"""Forms of clocks, and of the calendar by which they are counted."""

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from adjudge.api.shapes.shape import Body, Moment, Shape, Text
from adjudge.basis.instant import parse_date
from adjudge.clocks.term import ClockKind, Consequence, Unit
from adjudge.records.rows import ClockState


def _day(value: object) -> dt.date:
    found = parse_date(value) if isinstance(value, str) else None
    if found is None or found >= dt.date.max:
        raise PydanticCustomError("last_day", "write `2026-12-24`")
    return found


LastDay = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A last day that is sent, which counts whole by the institution's calendar."""


class ExtensionShape(Shape):
    """More time for a clock, which was told."""

    due_at: Moment
    at: Moment
    by: str = Field(description="Who gave it; empty for advertisers.")
    reason: str


class ClockShape(Shape):
    """A clock that binds the platform. Its term and its consequence stay as they were told."""

    id: str
    kind: ClockKind
    state: ClockState
    of: str = Field(description="The appeal or dispute for which it runs.")
    decision: str
    advertiser: str
    started_at: Moment
    count: int
    unit: Unit
    consequence: Consequence = Field(description="What is declared for its end.")
    due_at: Moment = Field(description="The first instant at which it is too late.")
    ended_at: Moment | None
    latest_at: Moment | None = Field(
        description="To when it can be extended; null of clocks that began before that was kept."
    )
    extensions: list[ExtensionShape]


class ClockNowShape(ClockShape):
    """A clock, with what holds now."""

    overdue: bool = Field(description="Its time is over, and what it is for was not done.")
    foreseen: Consequence = Field(description="What can follow at its end as things stand now.")


class MoreTime(Body):
    """Until when, and why. The reason is told to the advertiser."""

    until: LastDay
    reason: Text


class CalendarShape(Shape):
    """A year of the institution's calendar."""

    id: str = Field(description="The year.")
    country: str
    zone: str
    closed: list[dt.date] = Field(
        description="Days from Monday to Friday on which no business is done: holidays, and days that were closed."
    )
