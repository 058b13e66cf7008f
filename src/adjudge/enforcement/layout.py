"""The layout of a snapshot: a header that says where each section lies and what its digest is, then the sections.

Little-endian, each section at a multiple of 64 bytes. The header is canonical JSON (RFC 8785), and what is signed is
its digest; it holds the digests of all sections, so that the signature covers every byte. docs/reference/snapshot.md
says the same for readers in other languages.

| section | what it holds |
|---|---|
| `filter` | bits; the upper bits of a key's CRC-32 name one. Where it is 0, the key is not in the table |
| `prints` | u64 of each slot: the second half of the key's hash |
| `tails` | u32 of each slot: the lower half of the first half of the hash |
| `marks` | u32 of each slot: the number of a pattern, or of a list (highest bit set), or EMPTY |
| `decisions` | u32 of each slot: the decision, where the mark is a pattern |
| `lists` | u32: of each list its length, then of each measure the pattern and the decision |
| `patterns` | 32 bytes each: scope u32, 0 u32, start i64, end i64 (ns since 1970), first pause u32, pauses u32 |
| `pauses` | i64 pairs: from, until |
| `scopes` | JSON: kind, reason, territories, all but those, surfaces, all but those |
| `names` | JSON: ids of decisions that are not made of the prefix and a number |
| `suffixes` | text: the public suffix rules, a line each |
| `idn` | JSON: what UTS 46 makes of characters in names of hosts |
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

MAGIC = b"ADJSNAP\x01"
ALIGNED = 64
FIXED = 16
"""Bytes before the header: the magic number, the header's length (u32), the seal's length (u32)."""
LONGEST_HEADER = 1 << 20
EMPTY = 0xFFFF_FFFF
LISTED = 0x8000_0000
"""Bit of a mark: it is the place of a list, and not the number of a pattern."""
NAMED = 0x8000_0000
"""Bit of a decision: it is the place of a name, and not the number in an id."""
FROM_EVER, FOR_EVER = -(2**63), 2**63 - 1
PATTERN = "<IIqqII"
PATTERN_SIZE = 32
SECTIONS = (
    "filter",
    "prints",
    "tails",
    "marks",
    "decisions",
    "lists",
    "patterns",
    "pauses",
    "scopes",
    "names",
    "suffixes",
    "idn",
)


class BadSnapshotError(ValueError):
    """The bytes are no snapshot that can be used; the message says why. Whoever had another one keeps it."""

    kind = "damaged"
    """Under which it is counted."""


class UntrustedSnapshotError(BadSnapshotError):
    """It is not sealed by anybody whom one trusts."""

    kind = "untrusted"


class OlderSnapshotError(BadSnapshotError):
    """It tells less than the one that is in use."""

    kind = "older"


@dataclass(frozen=True, slots=True)
class Section:
    """Where a section lies, in bytes from the beginning of the file, and its digest."""

    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says. `told` is all of it; `digest` is that of the snapshot as a whole."""

    told: dict[str, Any]
    sections: dict[str, Section]
    digest: str
    seal: bytes
    end: int


def read_header(head: bytes, size: int) -> Header:
    """The header of a file of `size` bytes, from its beginning. Raises BadSnapshotError."""
    if len(head) < FIXED or head[:8] != MAGIC:
        raise BadSnapshotError("this is no snapshot of this version")
    length, sealed = int.from_bytes(head[8:12], "little"), int.from_bytes(head[12:16], "little")
    if length > LONGEST_HEADER or sealed > LONGEST_HEADER or FIXED + length + sealed > len(head):
        raise BadSnapshotError("the header is cut off")
    text = head[FIXED : FIXED + length]
    try:
        told = json.loads(text)
        sections = {name: Section(*told["sections"][name]) for name in SECTIONS}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadSnapshotError("the header cannot be read") from error
    end = told.get("size")
    if type(end) is not int or end != size:
        raise BadSnapshotError("the file does not have the length that its header says")
    for item in sections.values():
        if not (
            type(item.offset) is type(item.length) is int
            and item.offset % ALIGNED == 0
            and 0 <= item.offset <= item.offset + item.length <= size
        ):
            raise BadSnapshotError("a section lies outside of the file")
    seal = head[FIXED + length : FIXED + length + sealed]
    return Header(told, sections, f"sha256:{sha256(text).hexdigest()}", seal, end)


def aligned(length: int) -> int:
    """The next multiple of the alignment."""
    return -(-length // ALIGNED) * ALIGNED
