"""Forms of replies in the public register, as those have them who may read the matter."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from adjudge.api.shapes.shape import Body, Moment, Shape, Text
from adjudge.records.rows import ReplyState


class ReplyGround(StrEnum):
    """The declared grounds on which a reply is refused, and no others."""

    OTHERS = "others"
    UNLAWFUL = "unlawful"
    ELSEWHERE = "elsewhere"


class ReplyShape(Shape):
    """The advertiser's own words beside its decision."""

    id: str = Field(description="The decision.")
    advertiser: str
    state: ReplyState
    text: str = Field(description="Empty where it was taken back.")
    language: str
    given_by: str
    given_at: Moment
    ended_at: Moment | None = Field(description="When it was taken back or refused.")
    ground: str = Field(description="Of a refusal: `others`, `unlawful` or `elsewhere`.")
    reason: str = Field(description="Why it was refused, in words.")
    refused_by: str = Field(description="Empty for advertisers.")
    answer: str = Field(description="What the advertiser answered to the refusal.")
    answered_at: Moment | None


class ReplyToGive(Body):
    """One's own words, and the language that they are in: by default the one in which the advertiser is written to."""

    text: Annotated[Text, Field(max_length=2_000)]
    language: Annotated[str, Field(max_length=35)] = ""


class RefusalToGive(Body):
    """On which ground, and why."""

    ground: Annotated[ReplyGround, Field(strict=False)]
    reason: Text
