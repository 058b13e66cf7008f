"""Sealed parts: what an entry says of persons, kept beside it, so that it can be expunged and leave a tombstone.

Not encryption: who holds a part reads it. The entry holds the digest alone, and the salt in the part keeps anyone from
finding out what an expunged part said by trying likely contents.
"""

import re
from dataclasses import dataclass

from adjudge.basis.digest import Digest, Json, canonical_bytes, digest_of
from adjudge.basis.instant import Instant
from adjudge.basis.reading.canonical import read_canonical
from adjudge.basis.said import say
from adjudge.errors import BugError
from adjudge.ledger.entry import Entry
from adjudge.ledger.fields import LONGEST_WRITTEN, instant, is_digest, texts_of, whole_number
from adjudge.ledger.flaw import Finding, wrong_shape

PART_FORMAT, TOMBSTONE_FORMAT = "adjudge-part/1", "adjudge-tombstone/1"
EXPUNGED = "part:expunged"
"""The kind of the entry by which a part is expunged: its subject is the part's digest, its body says why."""
SALT_BYTES = 16
_SALT = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A content and the salt, in 32 hexadecimal digits, that was drawn for it alone."""

    salt: str
    content: Json

    @property
    def form(self) -> dict[str, Json]:
        """The tree that is hashed."""
        return {"content": self.content, "format": PART_FORMAT, "salt": self.salt}

    @property
    def digest(self) -> Digest:
        """What an entry holds of it."""
        return digest_of(self.form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """Where a part stood: its digest, when and why it was expunged, and the number of the entry that says so."""

    digest: Digest
    at: Instant
    why: str
    entry: int

    @property
    def form(self) -> dict[str, Json]:
        """The tree that is written."""
        return {
            "at": str(self.at),
            "digest": self.digest,
            "entry": str(self.entry),
            "format": TOMBSTONE_FORMAT,
            "why": self.why,
        }


def sealed(content: Json, salt: bytes) -> Part:
    """A part of that content; `salt` is 16 bytes from the system's source of randomness, drawn for this part alone.

    Raises BugError for what could not be read back: numbers, endless texts, halves of characters.
    """
    if len(salt) != SALT_BYTES:
        raise BugError(say("a sealed part needs a salt of 16 bytes"))
    part = Part(salt=salt.hex(), content=content)
    try:
        written = canonical_bytes(part.form)
    except ValueError:
        written = b""
    if len(written) > LONGEST_WRITTEN or read_canonical(written) is None:
        raise BugError(say("this content cannot be sealed"))
    return part


def expunging(tombstone: Tombstone, actor: str) -> Entry:
    """The entry that expunges a part: what stands in a tombstone is said in the log itself, and signed with it."""
    return Entry(
        seq=tombstone.entry,
        at=tombstone.at,
        actor=actor,
        kind=EXPUNGED,
        subject=tombstone.digest,
        body={"why": tombstone.why},
    )


def is_said_by(tombstone: Tombstone, entry: Entry) -> bool:
    """Whether the entry is the one that expunged the part, for that reason at that time."""
    said = (entry.seq, entry.at, entry.kind, entry.subject, entry.body.get("why"))
    return said == (tombstone.entry, tombstone.at, EXPUNGED, tombstone.digest, tombstone.why)


def part_of(tree: dict[str, Json]) -> Part | Finding:
    """A part from its tree."""
    salt = tree.get("salt")
    if tree.keys() != {"content", "format", "salt"} or tree["format"] != PART_FORMAT:
        return _NO_PART
    if not isinstance(salt, str) or not _SALT.fullmatch(salt):
        return _NO_PART
    return Part(salt=salt, content=tree["content"])


def tombstone_of(tree: dict[str, Json]) -> Tombstone | Finding:
    """A tombstone from its tree."""
    texts = texts_of(tree, "at", "digest", "entry", "format", "why")
    if texts is None or len(tree) != len(texts):
        return _NO_TOMBSTONE
    at, digest, entry, written, why = texts
    when, number = instant(at), whole_number(entry)
    if written != TOMBSTONE_FORMAT or when is None or number is None or not is_digest(digest):
        return _NO_TOMBSTONE
    return Tombstone(digest=Digest(digest), at=when, why=why, entry=number)


_NO_PART = wrong_shape(say("this is not a sealed part as its format asks for it"))
_NO_TOMBSTONE = wrong_shape(say("this is not a tombstone as its format asks for it"))
