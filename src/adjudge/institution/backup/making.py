"""A backup made from an institution that runs: everything as it was at one instant, written aside and proven first.

Nobody has to stop: others write meanwhile, and what they write is in the next backup. The keys are not in it unless
somebody says so, since whoever holds a backup with its keys can sign another log in the institution's name.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from adjudge.basis.said import say
from adjudge.errors import UnavailableError
from adjudge.institution.backup import archive
from adjudge.institution.backup.archive import ArchiveWriter, document_name
from adjudge.institution.backup.manifest import Documents, Manifest, fingerprint, manifest_bytes, signature_of
from adjudge.institution.backup.progress import Progress, counted, silent
from adjudge.institution.backup.verifying import Verified, verify
from adjudge.institution.backup.wanted import SPEAKING, Names, Wanted
from adjudge.institution.house import House, refused
from adjudge.institution.on_database import LOG_KEY, SECRET_KEY, Opened
from adjudge.institution.record.log import last_checkpoint, sign_now
from adjudge.ledger.checkpoint import Checkpoint, SignedCheckpoint, read_checkpoint, sign
from adjudge.ledger.log_file import Header, line_bytes
from adjudge.ledger.proof import root_at
from adjudge.ledger.signer import Signer
from adjudge.records.shelf import DOCUMENTS

DATABASE = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where the institution is, by Django's name of its database, and whether its keys come along."""

    alias: str = DATABASE
    with_keys: bool = False
    progress: Progress = silent


def back_up(opened: Opened, path: Path, asked: Asked) -> Verified:
    """Write a backup to a new file, and read it again: what came of that. The file is there if nothing is wrong.

    Raises RefusedError where a file is there already, UnavailableError where the disk or the database does not answer.
    """
    if os.path.lexists(path):
        message = say("{path} is there already", path=str(path))
        raise refused("already-there", message, say("a backup is never written over: name another file"))
    with _aside(path) as (stream, keep):
        _write(opened, stream, asked)
        stream.flush()
        os.fsync(stream.fileno())
        stream.seek(0)
        found = verify(stream, given=opened.signer.verifier, progress=asked.progress)
        if found.is_verified:
            keep()
    return found


@contextmanager
def _aside(path: Path) -> "Iterator[tuple[BinaryIO, _Keep]]":
    """A file beside the path that nobody takes for a backup, and what moves it there; else nothing is left of it."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as stream:
            yield stream, _Keep(aside, path)
    except OSError as error:
        message = say(
            "{path} cannot be written: {reason}", path=str(path), reason=error.strerror or str(error)
        )
        hint = say("check the folder, its permissions and the space on the disk")
        raise UnavailableError(message, hint=hint) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()


@dataclass(frozen=True, slots=True)
class _Keep:
    aside: Path
    path: Path

    def __call__(self) -> None:
        """Give the file its name, for good. Raises FileExistsError where somebody was first."""
        try:
            os.link(self.aside, self.path)
        except FileExistsError:
            raise
        except OSError:  # a disk that knows no second name for a file
            self.aside.rename(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _write(opened: Opened, stream: BinaryIO, asked: Asked) -> None:
    from adjudge.storage.copies.snapshot import snapshot  # noqa: PLC0415 - models are known once Django is configured
    from adjudge.storage.records import DatabaseRecords  # noqa: PLC0415

    house, writer = opened.house, ArchiveWriter(stream)
    with contextlib.suppress(
        UnavailableError
    ):  # as where the disk is full: then it is signed in the backup alone
        sign_now(house, opened.signer)
    with snapshot(asked.alias) as alias:
        then = replace(house, records=DatabaseRecords(alias))
        told = _told_of(alias)
        last = _signed(then, opened.signer)
        made_at = house.clock()
        _write_log(writer, alias, last, opened.signer, asked.progress)
        wanted = _write_tables(writer, alias, asked.progress)
    documents = _write_documents(writer, house, wanted, asked.progress)
    if asked.with_keys:
        writer.plain(f"{archive.KEYS}{LOG_KEY}", f"{opened.settings.log_key}\n".encode())
        writer.plain(f"{archive.KEYS}{SECRET_KEY}", f"{opened.settings.secret_key}\n".encode())
    manifest = manifest_bytes(
        Manifest(
            made_at=str(made_at),
            database=told.vendor,
            migrations=told.migrations,
            key=str(opened.signer.verifier),
            secret=fingerprint(opened.settings.secret_key),
            checkpoint=last.note,
            members=dict(writer.written),
            documents=documents,
        )
    )
    writer.plain(archive.MANIFEST, manifest)
    writer.plain(archive.SIGNATURE, signature_of(manifest, opened.signer))
    writer.finish()


def _signed(then: House, signer: Signer) -> SignedCheckpoint:
    """The checkpoint of the instant; signed anew where somebody wrote since the last one was."""
    with then.records.reading() as records:
        size, known = records.size(), last_checkpoint(records)
        if known is not None and known.checkpoint.size == size:
            return known
        root = root_at(size, records)
    found = read_checkpoint(sign(Checkpoint(origin=signer.name, size=size, root=root), signer))
    if not isinstance(found, SignedCheckpoint):
        raise TypeError(found)
    return found


def _write_log(
    writer: ArchiveWriter, alias: str, last: SignedCheckpoint, signer: Signer, progress: Progress
) -> None:
    """The log as `adjudge log export` would write it, up to the checkpoint."""
    from adjudge.storage.copies.log_lines import log_lines  # noqa: PLC0415

    newest, end = b"", line_bytes(last)
    with writer.packed(archive.LOG) as packing:
        packing.write(line_bytes(Header(key=signer.verifier, parts_included=True)))
        for line in counted(log_lines(alias, last.checkpoint.size), say("log"), progress):
            packing.write(line)
            newest = line
        if newest != end:
            packing.write(end)


def _write_tables(writer: ArchiveWriter, alias: str, progress: Progress) -> Wanted:
    """Every table; the documents of which its rows speak."""
    from adjudge.storage.copies.tables import labels, rows  # noqa: PLC0415

    wanted = Wanted()
    for label in labels(alias):
        what = say("table {name}", name=label)
        with writer.packed(f"{archive.TABLES}{label}.jsonl.gz") as packing:
            for line in counted(rows(alias, label), what, progress):
                packing.write(line)
                if label in SPEAKING:
                    wanted.note(label, msgspec.json.decode(line)["data"])
    return wanted


@dataclass(frozen=True, slots=True)
class _Database:
    vendor: str
    migrations: dict[str, str]


def _told_of(alias: str) -> _Database:
    """Of which kind the database is, and its state.

    Raises RefusedError where a later program has migrated it, or where it holds what this one was not told of.
    """
    from adjudge.storage.copies.building import is_postgres, unknown  # noqa: PLC0415
    from adjudge.storage.copies.tables import applied, left_out  # noqa: PLC0415

    migrations = applied(alias)
    others, later = unknown(migrations)
    if later:
        message = say("the database is ahead of this program: {names}", names=tuple(later))
        hint = say("take the backup with the version that migrated it: it knows all tables")
        raise refused("database-ahead", message, hint)
    if unset := left_out(alias):
        message = say("the backup would leave out tables of sign-in: {names}", names=tuple(unset))
        hint = say(
            "set `ADJUDGE_OIDC_*` as they are for `adjudge up`, also where a backup is taken by itself, as by cron"
        )
        raise refused("unknown-part", message, hint)
    own = {app: name for app, name in migrations.items() if app not in others}
    return _Database("postgresql" if is_postgres(alias) else "sqlite", own)


def _write_documents(writer: ArchiveWriter, house: House, wanted: Wanted, progress: Progress) -> Documents:
    """The bytes of every document. One that was expunged since the instant is gone, and named as such."""
    names, gone = Names(), []
    for digest in counted(wanted, say("documents"), progress):
        content = house.blobs.get(digest)
        if content is None and is_gone(house, digest):
            gone.append(digest)
        elif content is not None:
            writer.plain(document_name(digest), content)
            names.add(digest, len(content))
    return Documents(count=names.count, bytes=names.bytes, digest=names.digest, gone=tuple(gone))


def is_gone(house: House, digest: str) -> bool:
    """Whether a document that was wanted is wanted by nobody any more."""
    with house.records.reading() as records:
        rows = records.find(DOCUMENTS, blob=digest)
    return bool(rows) and all(row.expunged_at is not None for row in rows)
