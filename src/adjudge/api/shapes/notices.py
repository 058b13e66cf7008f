"""Forms of notices, of their deliveries, and of letters that were not sent."""

from pydantic import Field

from adjudge.api.shapes.shape import Moment, Shape
from adjudge.records.rows import Channel, DeliveryState, NoticeState, Purpose


class NoticeShape(Shape):
    """A notice: what is told to an advertiser. Its words are had by `/notices/{notice_id}/content`."""

    id: str
    purpose: Purpose
    state: NoticeState
    advertiser: str
    about: str = Field(description="The decision of which it tells; empty where it tells of none.")
    of: str = Field(
        description="The appeal, clock, procedure for misuse or dispute of which it tells, or empty."
    )
    owed_at: Moment
    language: str
    title: str
    made_at: Moment | None
    opened_at: Moment | None = Field(description="When somebody of the advertiser first opened it.")
    replaces: str = Field(description="The notice that it corrects, or empty.")
    forms: dict[str, str] = Field(description="By media type the digest of the bytes that were sent.")


class NoticeWholeShape(NoticeShape):
    """A notice, with those that took its place."""

    replaced_by: list[str]


class DeliveryShape(Shape):
    """The delivery of a notice by one channel to one address."""

    id: str
    notice: str
    advertiser: str
    channel: Channel
    address: str
    state: DeliveryState
    message: str = Field(description="The name under which it is sent, the same at each attempt.")
    due_at: Moment
    first_due_at: Moment
    attempts: int
    last_error: str = Field(description="What failed last; empty for advertisers.")
    delivered_at: Moment | None
    proof: str = Field(description="What the receiving server answered; empty for advertisers.")


class LetterShape(Shape):
    """A letter that was not sent."""

    id: str
    language: str
    sender: str
    addressee: list[str]
    references: list[str]
    day: Moment
    title: str
    text: str
