"""An archive that is handed on while it is written: no more of it lies in memory than the piece that is added.

The digest and the size of each file are noted on the way. Names in it are ours, and never a path from outside.
"""

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from adjudge.basis.digest import Digest, Hashing

FIRST_YEAR, LAST_YEAR = 1980, 2107
"""The years in which the format knows days."""
_FOR_ITS_OWNER = 0o600 << 16


@dataclass(frozen=True, slots=True)
class Noted:
    """A file of the archive: how many bytes, and their digest."""

    size: int
    digest: Digest


class _Pieces:
    """What was written since it was last taken. Nothing can be read back, or written anywhere but at the end."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self.waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        content, self.waiting = b"".join(self.waiting), []
        return content


@dataclass(slots=True)
class Zipped:
    """An archive under way; every file bears the same day."""

    day: dt.date
    noted: dict[str, Noted] = field(default_factory=dict)
    _pieces: _Pieces = field(default_factory=_Pieces)
    _archive: zipfile.ZipFile | None = None

    def add(self, name: str, content: Iterable[bytes], *, is_large: bool = False) -> Iterator[bytes]:
        """Add a file. `is_large` where it may have more than 2 GiB, for which the format has a form of its own."""
        if self._archive is None:
            # What can only be written to is all that it needs here.
            self._archive = zipfile.ZipFile(self._pieces, "w", zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]
        hashing, size = Hashing(), 0
        with self._archive.open(self._info(name), "w", force_zip64=is_large) as file:
            for piece in content:
                hashing.add(piece)
                size += len(piece)
                file.write(piece)
                yield self._pieces.taken()
        self.noted[name] = Noted(size, hashing.digest)
        yield self._pieces.taken()

    def end(self) -> Iterator[bytes]:
        """The list of what is in it, with which an archive ends."""
        if self._archive is not None:
            self._archive.close()
        yield self._pieces.taken()

    def _info(self, name: str) -> zipfile.ZipInfo:
        year = min(max(self.day.year, FIRST_YEAR), LAST_YEAR)
        info = zipfile.ZipInfo(name, (year, self.day.month, self.day.day, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = _FOR_ITS_OWNER
        return info
