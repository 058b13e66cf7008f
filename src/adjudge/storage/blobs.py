"""Bytes by their digest, in a folder: `ab/cdef…`. Written aside and moved to their place, whole or not at all."""

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.said import say
from adjudge.errors import BugError, UnavailableError

_DIGEST = re.compile(r"sha256:([0-9a-f]{2})([0-9a-f]{62})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FolderBlobs:
    """Bytes in a folder of their own. `waits`: until the disk has each; who fills a fresh folder waits at the end."""

    folder: Path
    waits: bool = True

    def put(self, content: bytes) -> str:
        """Keep bytes; their digest. Raises UnavailableError where the disk does not take them."""
        digest = digest_of_bytes(content)
        place = self._place(digest)
        try:
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                _write_whole(place, content, waits=self.waits)
        except OSError as error:
            message = say("the document cannot be kept: {reason}", reason=error.strerror or str(error))
            hint = say("nothing was changed; make room on the disk, and try again")
            raise UnavailableError(message, hint=hint) from error
        return digest

    def get(self, digest: str) -> bytes | None:
        """Bytes by digest."""
        try:
            return self._place(digest).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            message = say("the document cannot be read: {reason}", reason=error.strerror or str(error))
            raise UnavailableError(message) from error

    def has(self, digest: str) -> bool:
        """Whether there are bytes of that digest."""
        try:
            self._place(digest).stat()
        except FileNotFoundError:
            return False
        except OSError as error:
            message = say("the document cannot be read: {reason}", reason=error.strerror or str(error))
            raise UnavailableError(message) from error
        return True

    def delete(self, digest: str) -> None:
        """Forget bytes; nothing where there are none. Raises UnavailableError where the disk does not let go."""
        try:
            self._place(digest).unlink(missing_ok=True)
        except OSError as error:
            message = say("the document cannot be deleted: {reason}", reason=error.strerror or str(error))
            hint = say("look who may write to its folder; the next daily round tries it again")
            raise UnavailableError(message, hint=hint) from error

    def _place(self, digest: str) -> Path:
        found = _DIGEST.fullmatch(digest)
        if found is None:
            raise BugError("this is no digest of bytes")
        return self.folder / found.group(1) / found.group(2)


def _write_whole(place: Path, content: bytes, *, waits: bool) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if waits:
                os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
