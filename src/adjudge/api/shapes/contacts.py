"""Forms of how an advertiser is reached."""

from typing import Annotated

from pydantic import Field

from adjudge.api.shapes.shape import Body, Shape, Text


class ContactShape(Shape):
    """How an advertiser is reached beside its page."""

    id: str = Field(description="The advertiser.")
    language: str
    emails: list[str]
    webhook: str


class ContactSettledShape(ContactShape):
    """How an advertiser is reached from now on."""

    webhook_secret: str = Field(
        description="What signs the posts to the webhook, where it was just made: it is told this once. Else empty."
    )
    notices_taken_along: int = Field(
        description="Notices that waited for an address that is gone, and go to those of now."
    )


class ContactToSettle(Body):
    """How an advertiser is to be reached, whole: an address that is left out is taken away."""

    language: Annotated[str, Field(max_length=35)]
    emails: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)] = Field(
        default_factory=list
    )
    webhook: Annotated[str, Field(max_length=2_000)] = ""
    new_secret: bool = False
    reason: Text
