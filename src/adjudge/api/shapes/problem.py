"""What an answer says where a request was not carried out (RFC 9457, application/problem+json)."""

from pydantic import Field

from adjudge.api.shapes.shape import Moment, Shape


class FoundShape(Shape):
    """One thing that stands in the way, and what would put it right."""

    code: str
    message: str
    hint: str = ""
    where: str = Field(default="", description="The place in the request, as a path of names.")
    line: int | None = Field(default=None, description="Of a text that was sent: the line, from 1.")
    column: int | None = None


class ChangedShape(Shape):
    """An entry of the log that came since the caller looked."""

    seq: int
    at: Moment
    kind: str
    by: str


class Problem(Shape):
    """Why a request was not carried out, in the words that the pages use, and what to do."""

    type: str = Field(description="The address of a page that explains the code.")
    title: str
    status: int
    code: str
    detail: str
    hint: str = ""
    findings: list[FoundShape] = Field(default_factory=list)
    changed: list[ChangedShape] = Field(default_factory=list)
    request: str = Field(default="", description="The id of the request, as it stands in the program's log.")
