"""An exported log: one file, each line canonical JSON, with entries, their sealed parts or tombstones, and checkpoints.

Not its verification (`adjudge.ledger.verify`): here a line is read for what it is, whatever stands before it. Lines are
read one by one, so that a log of any length needs little memory.

The order: a header; entries by number, each followed by its parts and tombstones in the order in which it names them;
a checkpoint behind the last entry that it covers. The last line is a checkpoint.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, assert_never

from adjudge.basis.digest import Json, canonical_bytes
from adjudge.basis.reading.canonical import read_canonical
from adjudge.basis.said import say
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.entry import FORMAT as ENTRY_FORMAT
from adjudge.ledger.entry import NOT_CANONICAL, Entry, entry_bytes, entry_of
from adjudge.ledger.fields import texts_of
from adjudge.ledger.flaw import Finding, Flaw, wrong_shape
from adjudge.ledger.key import VerifierKey, read_key
from adjudge.ledger.part import PART_FORMAT, TOMBSTONE_FORMAT, Part, Tombstone, part_of, tombstone_of

LOG_FORMAT, CHECKPOINT_FORMAT = "adjudge-log/1", "adjudge-checkpoint/1"
FIRST_BYTES = b'{"format":"' + LOG_FORMAT.encode() + b'"'
"""What a log begins with, since keys are sorted."""
LONGEST_LINE = 8 * 1024 * 1024
INCLUDED, WITHHELD = "included", "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Whose log it is (its origin is the name of its key), and whether the sealed parts are meant to be in the file."""

    key: VerifierKey
    parts_included: bool

    @property
    def form(self) -> dict[str, Json]:
        """The tree that is written."""
        parts = INCLUDED if self.parts_included else WITHHELD
        return {"format": LOG_FORMAT, "key": str(self.key), "origin": self.key.name, "parts": parts}


Line = Header | Entry | Part | Tombstone | SignedCheckpoint


@dataclass(frozen=True, slots=True)
class Read:
    """A line with its number, from 1, its bytes without the line end, and what it is or what is wrong with it."""

    number: int
    content: bytes
    found: Line | Finding


def line_bytes(line: Line) -> bytes:
    """A line as it is written, with its line end."""
    match line:
        case Entry():
            return entry_bytes(line) + b"\n"
        case SignedCheckpoint():
            return canonical_bytes({"format": CHECKPOINT_FORMAT, "note": line.note}) + b"\n"
        case Header() | Part() | Tombstone():
            return canonical_bytes(line.form) + b"\n"
        case _:
            assert_never(line)


def read_lines(stream: BinaryIO) -> Iterator[Read]:
    """Every line; it ends with the first that has no end or is endless, since nothing behind it can be told apart."""
    number = 0
    while content := stream.readline(LONGEST_LINE + 1):
        number += 1
        if content.endswith(b"\n"):
            yield Read(number, content[:-1], _read_line(content[:-1]))
            continue
        yield Read(number, content, _TOO_LONG if len(content) > LONGEST_LINE else _CUT)
        return


def _read_line(content: bytes) -> Line | Finding:
    tree = read_canonical(content)
    if tree is None:
        return NOT_CANONICAL
    match tree.get("format"):
        case str(name) if name == ENTRY_FORMAT:
            return entry_of(tree)
        case str(name) if name == PART_FORMAT:
            return part_of(tree)
        case str(name) if name == TOMBSTONE_FORMAT:
            return tombstone_of(tree)
        case str(name) if name == CHECKPOINT_FORMAT:
            return _checkpoint_of(tree)
        case str(name) if name == LOG_FORMAT:
            return _header_of(tree)
    return wrong_shape(say("this is no line of a log: its format is not known"))


def _checkpoint_of(tree: dict[str, Json]) -> SignedCheckpoint | Finding:
    note = tree.get("note")
    if len(tree) != 2 or not isinstance(note, str):  # noqa: PLR2004 - format and note
        return wrong_shape(say("this is not a checkpoint as its line asks for it"))
    return read_checkpoint(note)


def _header_of(tree: dict[str, Json]) -> Header | Finding:
    texts = texts_of(tree, "key", "origin", "parts")
    if texts is None or len(tree) != 4 or texts[2] not in {INCLUDED, WITHHELD}:  # noqa: PLR2004 - and the format
        return _NO_HEADER
    key = read_key(texts[0])
    if key is None or key.name != texts[1]:
        return _NO_HEADER
    return Header(key=key, parts_included=texts[2] == INCLUDED)


_NO_HEADER = wrong_shape(say("this is not the header of a log as its format asks for it"))
_TOO_LONG = Finding(
    flaw=Flaw.LINE_TOO_LONG, message=say("the line has more than {most} bytes", most=LONGEST_LINE)
)
_CUT = Finding(flaw=Flaw.LINE_CUT, message=say("the last line has no line end"))
