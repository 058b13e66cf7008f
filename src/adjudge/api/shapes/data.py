"""Forms of data that are brought in."""

from typing import Annotated

from pydantic import Field

from adjudge.api.shapes.problem import FoundShape
from adjudge.api.shapes.shape import Body, Shape, Text


class RowsSent(Body):
    """What comes with a file of rows, as fields of a form."""

    mapping: Text = Field(description="YAML, as a mapping file: how columns become fields.")
    policy: str = Field(
        default="", max_length=500, description="By whose vocabulary claims are read; claims need one."
    )
    delimiter: str = Field(
        default="", max_length=1, description="Of a CSV file; left out, it is told by the header."
    )


class RowsToBring(RowsSent):
    """The same, why it comes in, and whether rows that are refused may be left out."""

    reason: Text
    skip_bad: Annotated[bool, Field(strict=False)] = Field(
        default=False, description="Bring in the other rows where some are refused, in place of none."
    )


class CameShape(Shape):
    """What came of a file: rows are taken or refused; objects are brought in now, or were known already."""

    rows: int
    taken: int
    refused: int
    brought: int
    known: int
    entries: list[int] = Field(description="Numbers of the entries that were written.")
    left_out: list[FoundShape] = Field(
        description="What is wrong with rows that did not come in, the first 200."
    )
