"""Forms of what is kept for how long, and of legal holds."""

from pydantic import Field

from adjudge.api.shapes.shape import Body, Moment, Name, Shape, Text


class DueShape(Shape):
    """Something whose days are over."""

    rule: str
    id: str
    advertiser: str = Field(description="Whose it is; empty for people of the platform.")
    since: Moment
    standing: list[str] = Field(description="What stands in the way; empty where it would go now.")


class DueList(Shape):
    """What is due."""

    items: list[DueShape]


class HoldToMake(Body):
    """What to hold, and why."""

    of: Name = Field(description="A matter, or an advertiser.")
    reason: Text


class HoldShape(Shape):
    """Whether a matter or an advertiser is held, and the entry that says so."""

    id: str
    held: bool
    entry: int
    at: Moment
