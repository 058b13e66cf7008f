"""Forms of appeals, of requests for reasons, and of what is written in them."""

from typing import Annotated, Self

from pydantic import Field

from adjudge.api.shapes.clocks import ClockShape
from adjudge.api.shapes.shape import Body, Moment, Name, Shape, Text
from adjudge.institution.hearing.appeal import MOST_DOCUMENTS
from adjudge.records.rows import AppealKind, AppealState, DocumentRow

DocumentNames = Annotated[list[Name], Field(max_length=MOST_DOCUMENTS)]
"""Ids of documents that were received before."""


class PointShape(Shape):
    """One point of an appeal, in the appellant's words, and the answer to it."""

    id: str
    text: str
    answer: str


class AppealShape(Shape):
    """An appeal against a decision, or a request for its reasons."""

    id: str
    kind: AppealKind
    state: AppealState
    decision: str
    matter: str
    advertiser: str
    appellant: str = Field(description="What whoever filed it was: `advertiser` or `staff`.")
    filed_by: str = Field(description="The person; for advertisers it is empty where staff filed it.")
    filed_at: Moment
    language: str
    points: list[PointShape]
    documents: list[str]
    assignee: str = Field(description="Whose it is; empty where nobody has it, and for advertisers.")
    acknowledged_at: Moment | None
    ended_at: Moment | None
    outcome: str = Field(description="`upheld`, `varied` or `reversed`; empty until it is decided.")
    result: str = Field(description="The decision that it led to, or whose reasons were stated; or empty.")
    answer: str = Field(description="Of a request for reasons: the answer.")
    held_until: Moment | None = Field(description="Not before then is it handled: handling is suspended.")
    rests: list[str] = Field(description="Kinds of measure that rest while it is open.")
    unfounded: bool = Field(description="It was found manifestly unfounded.")


class MessageShape(Shape):
    """A message in an appeal."""

    id: str
    appeal: str
    side: str = Field(description="Who wrote: `advertiser` or `platform`.")
    author: str = Field(description="The person; for advertisers it is empty where the platform wrote.")
    at: Moment
    text: str
    documents: list[str]


class AttachedShape(Shape):
    """A document that came with an appeal, a message or an outcome."""

    id: str
    title: str
    received_at: Moment
    media_type: str
    file_name: str
    size: int
    expunged_at: Moment | None

    @classmethod
    def of(cls, row: DocumentRow) -> Self:
        """From its row."""
        return cls(
            id=row.id,
            title=str(row.content.get("title") or ""),
            received_at=str(row.received_at),
            media_type=row.media_type,
            file_name=row.file_name,
            size=row.size,
            expunged_at=str(row.expunged_at) if row.expunged_at is not None else None,
        )


class AppealWholeShape(AppealShape):
    """An appeal, with what it is about, its clocks, and the last of what was written in it."""

    subject: str = Field(description="What the decision is about.")
    clocks: list[ClockShape]
    messages: list[MessageShape] = Field(description="The last 20, in order.")
    message_count: int
    attached: list[AttachedShape] = Field(description="The last 100 documents that came with it.")
    proposal: str = Field(
        description="The proposal that waits, by which it would be decided; empty without, and for advertisers."
    )


class QueuedShape(AppealShape):
    """An appeal in the queue, with the clock that is due next."""

    due: ClockShape | None
    overdue: bool


class CountsShape(Shape):
    """How many appeals there are in each part of the queue; advertisers have the last two parts alone."""

    mine: int | None
    unassigned: int | None
    overdue: int | None
    open: int
    ended: int


class AppealableShape(Shape):
    """Until when a decision can be appealed."""

    id: str = Field(description="The decision.")
    until: Moment | None = Field(
        description="The first instant at which it is too late; null while nothing proves that it was told."
    )


class AssignableShape(Shape):
    """Somebody to whom an appeal can be assigned."""

    id: str
    name: str


class AppealToFile(Body):
    """An appeal in one's own words. Of one text the paragraphs are the points."""

    decision: Name
    kind: Annotated[AppealKind, Field(strict=False)] = AppealKind.APPEAL
    points: Annotated[list[Text], Field(max_length=200)] = Field(default_factory=list)
    documents: DocumentNames = Field(default_factory=list)
    language: Annotated[str, Field(max_length=35)] = ""


class MessageToWrite(Body):
    """What is written, and the documents that go with it."""

    text: Text = ""
    documents: DocumentNames = Field(default_factory=list)


class Told(Body):
    """What is told, in words."""

    text: Text
