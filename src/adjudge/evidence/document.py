"""A document and its provenance: who published it, when, where it can be found, and how far that was checked.

Not a claim: a document says nothing by itself; claims are readings of it. The text here is our own summary.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.ids import DocumentId
from adjudge.basis.instant import Instant


class Precision(StrEnum):
    """How exactly the date of publication is known; beyond it, the date is a placeholder."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """How near we stand to the source."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Metadata and our summary, per language. `published` is None where the source bears no date."""

    id: DocumentId
    kind: str
    title: str
    publisher: str
    language: str
    precision: Precision
    status: Status
    sources: tuple[str, ...]
    summary: Mapping[str, str]
    published: Instant | None = None
    note: Mapping[str, str] = field(default_factory=dict)
