"""Forms of matters."""

from pydantic import Field

from adjudge.api.shapes.shape import Body, Moment, Name, Shape, Text


class MatterShape(Shape):
    """A matter: an advertiser and its ads under one policy."""

    id: str
    advertiser: str
    policy: str
    territory: str
    state: str
    opened_at: Moment
    source: str
    detection: str
    notified: list[str]
    assignee: str = Field(
        description="The person who works on it; empty where nobody does, and for advertisers."
    )
    reason: str
    title: dict[str, str]


class MatterToOpen(Body):
    """What is said of a matter that is opened."""

    advertiser: Name
    policy: Name
    reason: Text
    territory: str = Field(default="", max_length=100)
    title: dict[str, str] = Field(default_factory=dict)


class Reason(Body):
    """Why."""

    reason: Text = Field(description="It stands in the log in the clear, and for ever: name no person in it.")


class Assignment(Body):
    """To whom, and why."""

    person: Name
    reason: Text
