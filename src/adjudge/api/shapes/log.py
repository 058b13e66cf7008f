"""Forms of the log: entries, checkpoints, proofs. Hashes are in base64, as docs/reference/log-format.md has them."""

from typing import Any

from pydantic import Field

from adjudge.api.shapes.shape import Moment, Shape


class CheckpointShape(Shape):
    """The log as it was signed at a size."""

    id: str = Field(description="The size, as text.")
    origin: str
    size: int
    root: str
    note: str = Field(description="The signed note (C2SP tlog-checkpoint), to be kept and held to the key.")


class LogShape(Shape):
    """The log as it is now."""

    size: int
    root: str
    key: str = Field(description="The public key by which its checkpoints are signed.")
    checkpoint: CheckpointShape | None


class EntryShape(Shape):
    """An entry of the log."""

    id: str = Field(description="Its number, as text.")
    seq: int
    at: Moment
    actor: str
    kind: str
    subject: str
    body: dict[str, Any]
    private: list[str] = Field(description="The digests of its sealed parts.")
    canonical: str = Field(description="What is hashed: the entry in canonical JSON, to be encoded in UTF-8.")


class InclusionShape(Shape):
    """That the entry is in the tree (RFC 9162 2.1.3): the proof leads from its leaf to the root."""

    entry: int
    leaf: str
    size: int
    root: str
    proof: list[str]


class ConsistencyShape(Shape):
    """That the log only grew (RFC 9162 2.1.4): the later tree begins with the earlier one."""

    first: int
    first_root: str
    second: int
    second_root: str
    proof: list[str]


class DiscrepancyShape(Shape):
    """Something that is kept and is not what the log says."""

    where: str
    entry: int | None = Field(description="The entry that speaks of it; null where none does.")
    message: str


class AuditShape(Shape):
    """Everything that is kept, held to the log."""

    entries: int
    signed: int = Field(description="Entries that a checkpoint covers.")
    rows: int
    silent_parts: int = Field(description="Sealed parts that are gone, so that nothing could be compared.")
    findings: list[DiscrepancyShape]
