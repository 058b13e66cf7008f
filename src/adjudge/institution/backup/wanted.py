"""The documents that rows speak of, of any number: on the disk while one looks for them, and forgotten afterwards."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from adjudge.basis.said import say
from adjudge.errors import UnavailableError

DOCUMENTS, NOTICES = "adjudge.document", "adjudge.notice"
SPEAKING = frozenset({DOCUMENTS, NOTICES})
"""The tables whose rows speak of documents."""


@contextmanager
def _told() -> Iterator[None]:
    """A disk that is full while one looks, as a failure of ours."""
    try:
        yield
    except sqlite3.Error as error:
        message = say("the folder for temporary files cannot be used: {reason}", reason=str(error))
        raise UnavailableError(
            message, hint=say("make room on its disk, or name another one in `TMPDIR`")
        ) from error


def _unnamed() -> sqlite3.Connection:
    """A database without a name: SQLite keeps it in a temporary file that is gone with the connection."""
    connection = sqlite3.connect("", isolation_level=None)
    connection.execute("CREATE TABLE wanted (digest TEXT PRIMARY KEY, found INTEGER) WITHOUT ROWID")
    connection.execute("BEGIN")
    return connection


@dataclass(frozen=True, slots=True)
class _Document:
    """Of a row of documents what says whether its bytes are kept."""

    blob: str = ""
    expunged_at: Any = None


@dataclass(frozen=True, slots=True)
class _Notice:
    """Of a row of notices the digests of its forms."""

    forms: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Wanted:
    """Digests of documents, in order, each once."""

    connection: sqlite3.Connection = field(default_factory=_unnamed)

    def note(self, table: str, data: str) -> None:
        """Take in what a row of one of these tables speaks of. Raises ValueError where it is none."""
        try:
            if table == NOTICES:
                self._want(*msgspec.json.decode(data, type=_Notice).forms.values())
                return
            row = msgspec.json.decode(data, type=_Document)
        except RecursionError as error:
            raise ValueError(table) from error
        if row.blob and row.expunged_at is None:
            self._want(row.blob)

    def found(self, digest: str) -> bool:
        """Note that one is there; whether anybody wants it."""
        with _told():
            done = self.connection.execute("UPDATE wanted SET found = 1 WHERE digest = ?", (digest,))
        return done.rowcount == 1

    def __iter__(self) -> Iterator[str]:
        """All of them."""
        for (digest,) in self.connection.execute("SELECT digest FROM wanted ORDER BY digest"):
            yield str(digest)

    def missing(self) -> Iterator[str]:
        """Those that were not found."""
        for (digest,) in self.connection.execute("SELECT digest FROM wanted WHERE found = 0 ORDER BY digest"):
            yield str(digest)

    def _want(self, *digests: str) -> None:
        values = [(digest,) for digest in digests]
        with _told():
            self.connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?, 0)", values)


@dataclass(slots=True)
class Names:
    """The names of documents that went by, as one digest."""

    count: int = 0
    bytes: int = 0
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, digest: str, size: int) -> None:
        """One more."""
        self._hash.update(f"{digest} {size}\n".encode())
        self.count += 1
        self.bytes += size

    @property
    def digest(self) -> str:
        """Over all of them."""
        return f"sha256:{self._hash.hexdigest()}"
