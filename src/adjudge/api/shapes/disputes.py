"""Forms of disputes before a body of out-of-court settlement."""

from typing import Annotated, Any

from pydantic import Field

from adjudge.api.shapes.appeals import AttachedShape, DocumentNames
from adjudge.api.shapes.clocks import ClockShape
from adjudge.api.shapes.shape import Body, Moment, Name, Shape, Text
from adjudge.institution.hearing.settlement import Found
from adjudge.records.rows import DisputeState


class DisputeShape(Shape):
    """A dispute about a decision, before a body of out-of-court settlement."""

    id: str
    state: DisputeState
    decision: str
    appeal: str = Field(description="The appeal before it, or empty.")
    advertiser: str
    body: str = Field(description="What the body is called.")
    reference: str
    referred_at: Moment
    due_at: Moment
    outcome: str = Field(
        description="For whom the body found: `for_advertiser`, `partly`, `for_platform`; empty before."
    )
    recommended: str = Field(description="What it found, in its own words.")
    decided_at: Moment | None
    recorded_by: str = Field(description="Which side recorded the outcome: `advertiser` or `platform`.")
    documents: list[str]
    ended_at: Moment | None
    result: str = Field(description="The decision by which the outcome was carried out, or empty.")
    reason: str = Field(description="The last reason that was given.")


class DisputeWholeShape(DisputeShape):
    """A dispute, with its clocks and documents, and the decisions that could carry its outcome out."""

    subject: str
    clocks: list[ClockShape]
    attached: list[AttachedShape]
    later: list[str] = Field(
        description="Decisions in force on the same subject; for advertisers it is empty."
    )


class PackShape(Shape):
    """All of a dispute that both sides may see (`adjudge-dispute/1`); numbers and instants are texts in it."""

    format: str
    at: Moment
    dispute: dict[str, Any]
    decision: dict[str, Any]
    statement: dict[str, str]
    result: dict[str, Any] | None
    appeals: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    notices: list[dict[str, Any]]
    log: list[dict[str, Any]]


class DisputeToRefer(Body):
    """Which decision was brought before which body."""

    decision: Name
    body: Annotated[str, Field(max_length=2_000)]
    reference: Annotated[str, Field(max_length=2_000)] = ""
    reason: Text = ""


class OutcomeToRecord(Body):
    """What the body found. Members name a document of the body that shows it."""

    outcome: Annotated[Found, Field(strict=False)]
    text: Text
    documents: DocumentNames = Field(default_factory=list)


class CarryingOut(Body):
    """By which decision the outcome is carried out, and why so."""

    decision: Name
    reason: Text
