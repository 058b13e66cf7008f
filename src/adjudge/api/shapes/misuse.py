"""Forms of misuse of appeals."""

from pydantic import Field

from adjudge.api.shapes.clocks import LastDay
from adjudge.api.shapes.shape import Body, Moment, Name, Shape, Text
from adjudge.records.rows import MisuseState


class FiguresShape(Shape):
    """What the record says of an advertiser's appeals in the year up to now."""

    id: str = Field(description="The advertiser.")
    filed: int
    decided: int
    unfounded: int = Field(description="Of those decided, how many were manifestly unfounded.")
    share: int = Field(description="Of a hundred that were decided, so many were manifestly unfounded.")


class MisuseShape(Shape):
    """A procedure for misuse: a warning, then perhaps a suspension of handling appeals until a day."""

    id: str
    state: MisuseState
    advertiser: str
    author: str = Field(description="Who warned; empty for advertisers.")
    warned_at: Moment
    criteria: dict[str, str] = Field(
        description="What was weighed: `number`, `share`, `gravity`, `intention`."
    )
    reason: str
    suspended_at: Moment | None
    until: Moment | None = Field(description="The first instant at which appeals are handled again.")
    confirmed_by: str = Field(description="Who suspended; empty for advertisers.")
    ended_at: Moment | None = Field(
        description="When a person ended it; a suspension ends by itself on its day, without this."
    )


class WarningToGive(Body):
    """Whom to warn, and what was weighed; the numbers are counted."""

    advertiser: Name
    gravity: Text
    intention: Text
    reason: Text


class Suspension(Body):
    """Until the end of which day, and why."""

    until: LastDay
    reason: Text
