"""The file of a backup: a tar of known members in one order, written as they come and read with suspicion.

Not a tar reader for others' files: no links, no folders, no long names. A name is compared with what it may be and is
never a path; each member stands once, since the order allows no second one.
"""

import gzip
import hashlib
import io
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.errors import RefusedError
from adjudge.institution.house import refused

LOG, MANIFEST, SIGNATURE = "log.jsonl.gz", "manifest.json", "manifest.sig"
TABLES, DOCUMENTS, KEYS = "tables/", "documents/", "keys/"
_RANKS = (
    re.compile(r"log\.jsonl\.gz"),
    re.compile(r"tables/[a-z]{1,40}\.[a-z]{1,40}\.jsonl\.gz"),
    re.compile(r"documents/[0-9a-f]{2}/[0-9a-f]{62}"),
    re.compile(r"keys/(?:log|secret)\.key"),
    re.compile(r"manifest\.json"),
    re.compile(r"manifest\.sig"),
)
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
CHUNK = 1 << 20
LEVEL = 3
"""How hard is compressed: rows say the same words again and again, and more effort gains little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A member as it was written: the digest of its bytes in the file, and its length and lines before compression."""

    digest: str
    bytes: int
    lines: int = 0


class _Sink(io.RawIOBase):
    """Passes bytes on, and counts and hashes them."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.size, self.hash = stream, 0, hashlib.sha256()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Pass bytes on."""
        self.stream.write(content)
        self.hash.update(content)
        self.size += len(content)
        return len(content)


@dataclass(slots=True)
class Packing:
    """A compressed member while it is written, line by line."""

    stream: BinaryIO
    length: int = 0
    lines: int = 0

    def write(self, line: bytes) -> None:
        """Add a line, with its line end."""
        self.stream.write(line)
        self.length += len(line)
        self.lines += 1


@dataclass(slots=True)
class ArchiveWriter:
    """A backup while it is written, into a file in which one can go back. `written` has all but the documents."""

    stream: BinaryIO
    written: dict[str, Written] = field(default_factory=dict)

    @contextmanager
    def packed(self, name: str) -> Iterator[Packing]:
        """A compressed member, whose length is known when it is written; its head is put in behind."""
        start = self.stream.tell()
        self.stream.write(_head(name, 0))
        sink = _Sink(self.stream)
        with gzip.GzipFile(
            filename="", mode="wb", fileobj=cast("BinaryIO", sink), mtime=0, compresslevel=LEVEL
        ) as packed:
            packing = Packing(cast("BinaryIO", packed))
            yield packing
        self.stream.write(_padding(sink.size))
        end = self.stream.tell()
        self.stream.seek(start)
        self.stream.write(_head(name, sink.size))
        self.stream.seek(end)
        digest = f"sha256:{sink.hash.hexdigest()}"
        self.written[name] = Written(digest=digest, bytes=packing.length, lines=packing.lines)

    def plain(self, name: str, content: bytes) -> Written:
        """A member as it is."""
        for piece in (_head(name, len(content)), content, _padding(len(content))):
            self.stream.write(piece)  # not joined: it may be large
        written = Written(digest=f"sha256:{hashlib.sha256(content).hexdigest()}", bytes=len(content))
        if not name.startswith(DOCUMENTS):
            self.written[name] = written
        return written

    def finish(self) -> None:
        """The end of the file."""
        self.stream.write(END)


def document_name(digest: str) -> str:
    """The member that holds a document."""
    hexadecimal = digest.removeprefix("sha256:")
    return f"{DOCUMENTS}{hexadecimal[:2]}/{hexadecimal[2:]}"


def _head(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


# --- reading ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the file: where its bytes begin and how many they are."""

    name: str
    start: int
    size: int


def members(stream: BinaryIO) -> Iterator[Member]:
    """All members, in their order. Raises RefusedError where the file is cut off, altered, or none of ours."""
    length, place, before = os.fstat(stream.fileno()).st_size, 0, (-1, "")
    while True:
        stream.seek(place)
        head = stream.read(BLOCK)
        if head == END[:BLOCK]:
            break
        member = _member(head, place)
        rank = _rank(member.name)
        if (rank, member.name) <= before:
            raise damaged(say("{name} stands twice, or out of its place", name=quoted(member.name)))
        before = (rank, member.name)
        padding = _padding(member.size)
        place = member.start + member.size + len(padding)
        if place > length:
            raise damaged(say("the file ends within {name}", name=quoted(member.name)))
        stream.seek(member.start + member.size)
        if stream.read(len(padding)) != padding:
            raise damaged(say("there is something behind {name} that is not of it", name=quoted(member.name)))
        yield member
    if stream.read() != END[BLOCK:]:
        raise damaged(say("there is something behind the end of the backup"))


def _member(head: bytes, place: int) -> Member:
    """A head read. What stands in it beside name, length and kind is what we write, or the head is none of ours."""
    try:
        found = tarfile.TarInfo.frombuf(head, "ascii", "strict")
        is_ours = found.size >= 0 and head == _head(found.name, found.size)
    except (tarfile.HeaderError, ValueError) as error:
        message = say("there is no member of a backup at byte {place}", place=str(place))
        raise damaged(message if head else say("the file is cut off")) from error
    if not is_ours:
        raise damaged(say("there is no member of a backup at byte {place}", place=str(place)))
    return Member(name=found.name, start=place + BLOCK, size=found.size)


def _rank(name: str) -> int:
    for rank, pattern in enumerate(_RANKS):
        if pattern.fullmatch(name):
            return rank
    raise damaged(say("{name} is no member of a backup", name=quoted(name)))


class Window(io.RawIOBase):
    """The bytes of a member and no others, hashed as they are read."""

    def __init__(self, stream: BinaryIO, member: Member) -> None:
        self._stream, self._place, self._end = stream, member.start, member.start + member.size
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """The next bytes; others read elsewhere in the file meanwhile."""
        self._stream.seek(self._place)
        content = self._stream.read(min(len(buffer), self._end - self._place))
        buffer[: len(content)] = content
        self._hash.update(content)
        self._place += len(content)
        return len(content)

    def digest(self) -> str:
        """The digest of the whole member: what was not asked for is read too."""
        while self.read(CHUNK):
            pass
        return f"sha256:{self._hash.hexdigest()}"


def content_of(stream: BinaryIO, member: Member, most: int) -> bytes:
    """The bytes of a small member. Raises RefusedError where there are more than that."""
    if member.size > most:
        message = say("{name} has more than {most} bytes", name=quoted(member.name), most=most)
        raise damaged(message)
    stream.seek(member.start)
    return stream.read(member.size)


class Unpacked(io.RawIOBase):
    """A compressed member unpacked, but never more of it than the manifest says that there is."""

    def __init__(self, window: Window, member: Member, most: int) -> None:
        self._packed = gzip.GzipFile(fileobj=cast("BinaryIO", window), mode="rb")
        self._name, self.left = member.name, most

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """The next bytes. Raises RefusedError where they cannot be had, or are too many."""
        try:
            content = self._packed.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise damaged(say("{name} cannot be unpacked", name=quoted(self._name))) from error
        if len(content) > self.left:
            raise damaged(say("{name} is longer than the manifest says", name=quoted(self._name)))
        self.left -= len(content)
        buffer[: len(content)] = content
        return len(content)


def unpacked(window: Window, member: Member, most: int) -> "io.BufferedReader":
    """A compressed member as a stream, from which whoever reads lines says how long one may be."""
    return io.BufferedReader(Unpacked(window, member, most), CHUNK)


def lines_of(stream: "io.BufferedReader", name: str, longest: int) -> Iterator[bytes]:
    """Lines without their ends. Raises RefusedError where one has no end or is endless."""
    while line := stream.readline(longest + 1):
        if not line.endswith(b"\n"):
            raise damaged(say("{name} has a line without an end, or an endless one", name=quoted(name)))
        yield line[:-1]


def damaged(message: Said) -> RefusedError:
    """What is said of a file that is not as it was written."""
    return refused(
        "damaged-backup", message, say("take another copy of the backup: this one was altered or cut off")
    )
