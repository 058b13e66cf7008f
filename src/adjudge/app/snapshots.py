"""A snapshot, or a folder of them, read to be shown, compared and proven; without an institution.

Not asked whether an ad may run: `adjudge.serve` does that, and quickly.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.said import Said, say, verbatim
from adjudge.enforcement.current import CURRENT, Current, file_name, read_current
from adjudge.enforcement.layout import BadSnapshotError, Header
from adjudge.enforcement.seal import SEAL
from adjudge.enforcement.table import Held, Table, table_of
from adjudge.enforcement.terms import Terms, terms_of
from adjudge.errors import RefusedError, UnavailableError
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.fields import base64_text
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.root_of_file import root_of_first
from adjudge.ledger.verify_log import verify_log
from adjudge.serve.reading import mapped, verify
from adjudge.serve.trust import TrustedKey, check_seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A file every byte of which is what its header says; whose it is was not asked."""

    path: Path
    header: Header
    terms: Terms
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A snapshot with what has changed since. `current` is what the folder says of them, None of a file alone."""

    base: Read
    delta: Read | None = None
    current: Current | None = None
    seal: bytes = b""

    @property
    def files(self) -> tuple[Read, ...]:
        """The base, and the delta where there is one."""
        return (self.base,) if self.delta is None else (self.base, self.delta)

    @property
    def newest(self) -> Read:
        """That which tells of more of the log."""
        return self.delta or self.base

    def held(self) -> Held:
        """What is said of each key."""
        return Held(self.base.table, self.delta.table if self.delta is not None else None)


def read_offered(path: Path) -> Offered:
    """A file, or what a folder offers. Raises RefusedError where it is damaged, UnavailableError."""
    with told_of(path):
        return _of_folder(path) if path.is_dir() else Offered(base=_read(path))


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """While it is read. Raises RefusedError where it is damaged, also where that shows late, and UnavailableError."""
    try:
        yield
    except BadSnapshotError as error:
        message = say("{path} is no snapshot that can be used: {reason}", path=str(path), reason=str(error))
        raise RefusedError(message, hint=say("take it anew from where it was published")) from error
    except OSError as error:
        reason = verbatim(error.strerror.lower()) if error.strerror else say("unknown reason")
        message = say("{path} cannot be read: {reason}", path=str(path), reason=reason)
        raise UnavailableError(message, hint=say("check the path and the permissions")) from error


def _of_folder(path: Path) -> Offered:
    current, seal = read_current((path / CURRENT).read_bytes())
    base = _read(path / current.base)
    delta = _read(path / current.delta) if current.delta else None
    for found in (base, delta):
        if found is not None and found.path.name != file_name(
            found.header.digest, found.terms.log_size, delta=found is delta
        ):
            raise BadSnapshotError(f"{found.path.name} is not the file that is named so")
    if delta is not None and delta.terms.base != base.header.digest:
        raise BadSnapshotError("the delta is that of another base")
    return Offered(base=base, delta=delta, current=current, seal=seal)


def _read(path: Path) -> Read:
    whole, header = mapped(path)
    verify(whole, header)
    table = table_of(memoryview(whole), header)
    return Read(path=path, header=header, terms=terms_of(header.told), table=table)


# --- proven ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a snapshot is held to: the key of the log, a checkpoint that somebody kept, the log as a file."""

    key: VerifierKey
    checkpoint: SignedCheckpoint | None = None
    log: Path | None = None


def flaws_of(offered: Offered, proof: Proof) -> Iterator[Said]:
    """What does not hold; nothing where all is as it should be. Raises UnavailableError."""
    for item in offered.files:
        yield from _flaws_of_seal(item, proof.key)
    current = offered.current
    if current is not None and not _is_sealed(current.signed(), offered.seal, current.origin, proof.key):
        yield say("{file} is not sealed by the key", file=CURRENT)
    if current is not None and (current.origin, current.log_size) != (
        offered.newest.terms.origin,
        offered.newest.terms.log_size,
    ):
        yield say("{file} tells of another size of the log than the snapshot", file=CURRENT)
    if proof.log is not None:
        yield from _flaws_by_log(offered, proof.log, proof)
    elif proof.checkpoint is not None:
        yield from _flaws_by_checkpoint(offered, proof.checkpoint, proof.key)


def _flaws_of_seal(item: Read, key: VerifierKey) -> Iterator[Said]:
    trusted = TrustedKey(name=key.name, id=key.id, public=key.public)
    try:
        check_seal(item.header, [trusted])
    except BadSnapshotError as error:
        yield say("{file}: {reason}", file=item.path.name, reason=verbatim(str(error)))


def _is_sealed(text: str, seal: bytes, origin: str, key: VerifierKey) -> bool:
    own = len(seal) == SEAL and seal[:4] == key.id and origin == key.name
    return own and key.has_signed(text, seal[4:])


def _flaws_by_checkpoint(offered: Offered, kept: SignedCheckpoint, key: VerifierKey) -> Iterator[Said]:
    """Held to a checkpoint of the same size; of other sizes nothing can be said without the log."""
    size = kept.checkpoint.size
    same = [item for item in offered.files if item.terms.log_size == size]
    if kept.checkpoint.origin != key.name or not kept.is_signed_by(key):
        yield say("the checkpoint is not signed by the key")
    if not same:
        yield say(
            "the checkpoint covers {size} entries, and the snapshot tells of {told}: name the log too",
            size=str(size),
            told=str(offered.newest.terms.log_size),
        )
    for item in same:
        if item.terms.log_root != base64_text(kept.checkpoint.root):
            yield say("{file} tells of another log than the checkpoint", file=item.path.name)


def _flaws_by_log(offered: Offered, log: Path, proof: Proof) -> Iterator[Said]:
    """Held to a log that is sound itself, and begins with what each file tells of."""
    try:
        with log.open("rb") as stream:
            report = verify_log(stream, proof.key, proof.checkpoint)
            if not (report.is_verified or report.lacks_parts_only):
                yield say("the log itself does not hold: see {command}", command="`adjudge verify`")
            for item in offered.files:
                stream.seek(0)
                root = root_of_first(stream, item.terms.log_size)
                if root is None:
                    yield say("{file} tells of more entries than the log has", file=item.path.name)
                elif item.terms.log_root != base64_text(root):
                    yield say("{file} tells of another log", file=item.path.name)
    except OSError as error:
        reason = verbatim(error.strerror.lower()) if error.strerror else say("unknown reason")
        message = say("{path} cannot be read: {reason}", path=str(log), reason=reason)
        raise UnavailableError(message, hint=say("check the path and the permissions")) from error
