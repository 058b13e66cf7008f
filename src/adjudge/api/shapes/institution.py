"""Forms of what statements of reasons say of the platform."""

from typing import Annotated

from pydantic import Field

from adjudge.api.shapes.shape import Body, Shape, Text

Texts = Annotated[dict[str, Text], Field(max_length=20, description="By language.")]


class InstitutionShape(Shape):
    """What every statement of reasons says of the platform."""

    id: str
    platform: dict[str, str] = Field(description="Its name, by language.")
    complaint: str
    settlement: str
    review: dict[str, str] = Field(description="How complaints are decided, by language.")
    languages: list[str] = Field(description="In which statements are written.")


class InstitutionToSettle(Body):
    """The same anew, with the keys of its file (docs/reference/formats.md), and why."""

    platform: Texts
    complaint: Annotated[str, Field(min_length=1, max_length=2_000)]
    settlement: Annotated[str, Field(min_length=1, max_length=2_000)]
    review: Texts = Field(default_factory=dict)
    languages: Annotated[list[Annotated[str, Field(max_length=20)]], Field(min_length=1, max_length=20)]
    reason: Text
