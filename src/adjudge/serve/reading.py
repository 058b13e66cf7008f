"""The bytes of a snapshot: mapped into memory, held to the digests of their header, and cut into sections.

Explicitly not what they mean. The file is opened once: what was verified is what is asked, whoever replaces it. A file
that somebody may write to is copied into memory: were it mapped, to write over it would end the processes that ask it.
"""

import json
import mmap
import os
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from adjudge.enforcement.layout import (
    ALIGNED,
    FIXED,
    LONGEST_HEADER,
    SECTIONS,
    BadSnapshotError,
    Header,
    read_header,
)

CHUNK = 1 << 20
_WRITABLE = 0o222
Whole = mmap.mmap | bytes
"""All bytes of a file: mapped, or copied."""


def mapped(path: Path | str) -> tuple[Whole, Header]:
    """A file in memory, with its header. Raises BadSnapshotError, OSError."""
    if sys.byteorder != "little":
        raise BadSnapshotError("this machine reads numbers the other way round")
    with Path(path).open("rb") as file:
        status = os.fstat(file.fileno())
        header = read_header(file.read(FIXED + 2 * LONGEST_HEADER), status.st_size)
        if not status.st_mode & _WRITABLE:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), header
        file.seek(0)
        whole = file.read(status.st_size + 1)
        return whole, read_header(whole[: FIXED + 2 * LONGEST_HEADER], len(whole))


def verify(file: Whole, header: Header) -> None:
    """Hold every byte to the header. Raises BadSnapshotError.

    Reads the whole file once. Bytes between sections are nothing, and must be nothing.
    """
    at = FIXED + len(header.seal) + int.from_bytes(file[8:12], "little")
    with memoryview(file) as view:
        for name in SECTIONS:
            section = header.sections[name]
            if not 0 <= section.offset - at < ALIGNED or any(view[at : section.offset]):
                raise BadSnapshotError("there are bytes between the sections")
            at = section.offset + section.length
            if f"sha256:{_digest(view, section.offset, at)}" != section.digest:
                raise BadSnapshotError(f"the section {name} is not what was sealed")
    if at != header.end:
        raise BadSnapshotError("there are bytes behind the last section")


def _digest(view: memoryview, start: int, end: int) -> str:
    whole = sha256()
    for at in range(start, end, CHUNK):
        whole.update(view[at : min(at + CHUNK, end)])
    return whole.hexdigest()


def section(view: memoryview, header: Header, name: str, kind: Literal["B", "I", "Q"]) -> "memoryview[int]":
    """A section as numbers of a kind. Raises BadSnapshotError."""
    found = header.sections[name]
    part = view[found.offset : found.offset + found.length]
    try:
        return part.cast(kind)
    except TypeError as error:
        raise BadSnapshotError(f"the section {name} has a length that does not fit it") from error


def json_of(view: memoryview, header: Header, name: str) -> Any:  # noqa: ANN401 - JSON
    """What a section of JSON says. Raises BadSnapshotError."""
    try:
        return json.loads(bytes(section(view, header, name, "B")))
    except (ValueError, RecursionError) as error:
        raise BadSnapshotError(f"the section {name} cannot be read") from error


def list_of(view: memoryview, header: Header, name: str) -> Sequence[object]:
    """The list that a section of JSON is. Raises BadSnapshotError."""
    found = json_of(view, header, name)
    if not isinstance(found, list):
        raise BadSnapshotError(f"the section {name} is no list")
    return found
