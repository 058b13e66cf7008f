"""What all forms have: instants as text, nothing that is not declared, and no value taken for one of another type."""

from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from adjudge.basis.instant import Instant, parse_instant


def _told(value: object) -> object:
    return str(value) if isinstance(value, Instant) else value


def _instant(value: object) -> Instant:
    if isinstance(value, Instant):
        return value
    found = parse_instant(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("write `2026-11-22`, or `2026-11-22T12:00:00Z`")
    return found


Moment = Annotated[str, BeforeValidator(_told), WithJsonSchema({"type": "string", "format": "date-time"})]
"""An instant that is told, in UTC."""
When = Annotated[
    Instant,
    BeforeValidator(_instant),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}
    ),
]
"""An instant that is sent: with its time, in UTC, or a day, which begins at 00:00 UTC."""
Text = Annotated[str, StringConstraints(max_length=50_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
"""The id of something."""
Json = Any
"""A tree of JSON, of the form that the place named beside it describes."""


class Shape(Schema):
    """A form of an answer."""

    model_config = ConfigDict(from_attributes=True)

    def tagged(self) -> "Shape":
        """That of which the tag is made: all of it, but for what is drafted anew each time that it is asked for."""
        return self


class Body(Schema):
    """A form of a request: what is not declared is refused, and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True)


class Bytes(Shape):
    """In place of a form where the answer is a file; `media` beside it names the types that it may be of."""


S = TypeVar("S", bound=Shape)


class Page(Shape, Generic[S]):
    """A part of a list. `next` leads to the following one, and is null at the end."""

    items: list[S]
    next: str | None = Field(
        description="What to send as `cursor` for the next part; null where this is the last."
    )
