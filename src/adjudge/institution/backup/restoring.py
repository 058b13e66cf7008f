"""An institution made from a backup, in an empty data folder and an empty database; all of it or nothing.

The backup was verified before. Its tables are made as they were when it was taken, filled, and brought up to date; then
every row is held to the log. What was done after the backup was taken is lost, and whoever restores is told so.
"""

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from adjudge.basis.problem import quoted
from adjudge.basis.said import say
from adjudge.errors import BugError, Finding, RefusedError
from adjudge.institution.backup import archive
from adjudge.institution.backup.archive import Member, Window, content_of, lines_of, members, unpacked
from adjudge.institution.backup.aside import Aside, aside_of, give_up
from adjudge.institution.backup.keys import Keys, chosen_keys
from adjudge.institution.backup.manifest import Manifest, newer
from adjudge.institution.backup.progress import Progress, counted, silent
from adjudge.institution.backup.verifying import LONGEST_DOCUMENT, Row, Verified, label_of, rows_of
from adjudge.institution.house import House, refused
from adjudge.institution.on_database import DOCUMENTS, prepared
from adjudge.institution.queue.mending import make_queue
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.register.mending import mend_register
from adjudge.ledger.log_file import LONGEST_LINE
from adjudge.ledger.proof import root_at
from adjudge.settings.schema import Settings

if TYPE_CHECKING:
    from adjudge.storage.copies.tables import Known

DATABASE = "default"
AUTHENTICATORS = "mfa.authenticator"
QUEUE, REGISTER = "adjudge.queuerecord", "adjudge.registerrecord"
SEALED = frozenset({"totp", "recovery_codes"})
"""Second factors whose secrets are encrypted by the key of the institution."""
MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """Where to restore, and what whoever restores has said.

    `alias` is Django's name of the database: that of the settings, or, where they name none, the file `staged` of
    them. `new_keys`: go on with new keys where those of the backup are not at hand. `as_it_is`: also where rows are not
    what the log says.
    """

    settings: Settings
    alias: str = DATABASE
    keys: Path | None = None
    new_keys: bool = False
    as_it_is: bool = False
    progress: Progress = silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of it. `left_out` counts second factors that nobody could have read."""

    rows: int = 0
    documents: int = 0
    left_out: int = 0
    new_log_key: bool = False
    new_secret_key: bool = False
    findings: Sequence[Discrepancy] = ()
    had_been_done: bool = False
    """A restore that was cut off at its very end had put everything there."""


def staged(settings: Settings) -> Settings:
    """The settings by which Django is told of the database that is built: a file lies aside until it is whole."""
    return replace(settings, data=Aside(settings.data).folder)


def restore(stream: BinaryIO, found: Verified, into: Into) -> Restored:
    """Restore a backup that was verified. Raises RefusedError where there is something already, or what fits not."""
    from adjudge.storage.copies.building import tables_of  # noqa: PLC0415 - models are known once Django is configured

    manifest = found.manifest
    if manifest is None or not found.is_verified:
        raise BugError("a backup is verified before it is restored")
    _refuse_unknown(manifest)
    keys = chosen_keys(stream, manifest, into.settings, into.keys, new_keys=into.new_keys)
    with aside_of(into.settings.data) as aside:
        there = tables_of(into.alias) if into.settings.database_url else []
        if there and _is_done(manifest, into.alias, aside, there):
            aside.done()
            return Restored(had_been_done=True)
        if there:
            raise _not_empty(there)
        aside.begin()
        try:
            restored = _Restoring(stream, manifest, into, keys, aside).run()
        except BaseException:
            with contextlib.suppress(OSError):
                give_up(aside)
            raise
        aside.done()
        return restored


def _is_done(manifest: Manifest, alias: str, aside: Aside, tables: list[str]) -> bool:
    """Whether a restore of this very backup was cut off behind its end: the pieces are its own, and so is the log."""
    from adjudge.storage.records import DatabaseRecords  # noqa: PLC0415

    if aside.ready_for != manifest.digest or not {"adjudge_head", "adjudge_node"} <= {*tables}:
        return False
    tree = manifest.signed.checkpoint
    with DatabaseRecords(alias).reading() as records:
        return records.size() == tree.size and root_at(tree.size, records) == tree.root


def _refuse_unknown(manifest: Manifest) -> None:
    from adjudge.storage.copies.building import unknown  # noqa: PLC0415

    parts, later = unknown(manifest.migrations)
    if later:
        raise newer(manifest.program)
    if parts:
        message = say("the backup has parts that are not installed here: {names}", names=tuple(parts))
        hint = say(
            "set `ADJUDGE_OIDC_*` as they were where it was taken: sign-in is part of what is restored"
        )
        raise refused("unknown-part", message, hint)


def _not_empty(tables: list[str]) -> RefusedError:
    message = say("the database is not empty: {names}", names=tuple(map(quoted, tables[:10])))
    hint = say("nothing is ever restored over something: make a new database, and name it")
    return refused("not-empty", message, hint)


@dataclass(slots=True)
class _Restoring:
    """Where a restore stands."""

    stream: BinaryIO
    manifest: Manifest
    into: Into
    keys: Keys
    aside: Aside
    rows: int = 0
    left_out: int = 0
    documents: int = 0

    def run(self) -> Restored:
        """Everything, and then to its place: the database last, or, where it is a server, all of it at once."""
        from adjudge.storage.copies.building import whole  # noqa: PLC0415

        is_file = not self.into.settings.database_url
        self.keys.write(self.aside.folder)
        prepared(staged(self.into.settings))  # the keys that are new, where it was said that some are
        with whole(self.into.alias):
            self._build()
            self._put_documents()
            findings = self._held_to_log()
            if not is_file:
                self.aside.place(self.manifest.digest)
        if is_file:
            self.aside.place(self.manifest.digest)
        return Restored(
            rows=self.rows,
            documents=self.documents,
            left_out=self.left_out,
            new_log_key=self.keys.is_new_log,
            new_secret_key=not self.keys.secret,
            findings=findings,
        )

    def _build(self) -> None:
        from adjudge.storage.copies import building  # noqa: PLC0415
        from adjudge.storage.copies.tables import columns  # noqa: PLC0415
        from adjudge.storage.records import DatabaseRecords  # noqa: PLC0415

        alias = self.into.alias
        known = building.at_state(alias, self.manifest.migrations)
        with building.loading(alias):
            for member in members(self.stream):
                if member.name == archive.LOG:
                    self._load_log(member)
                elif member.name.startswith(archive.TABLES):
                    self._load_table(member, known)
        building.reset_sequences(alias)
        building.forward(alias)
        if not columns(QUEUE, known):
            make_queue(DatabaseRecords(alias))  # the program that took the backup had none
        if not columns(REGISTER, known):
            mend_register(DatabaseRecords(alias))
        building.analysed(alias)

    def _load_log(self, member: Member) -> None:
        from adjudge.storage.copies.building import set_head  # noqa: PLC0415
        from adjudge.storage.copies.log_lines import all_of  # noqa: PLC0415

        # The old key's checkpoints are of another log, though of the same entries.
        with_checkpoints = not self.keys.is_new_log
        with unpacked(Window(self.stream, member), member, self._length(member)) as packed:
            lines = counted(lines_of(packed, member.name, LONGEST_LINE), say("log"), self.into.progress)
            size = all_of(self.into.alias, lines, with_checkpoints=with_checkpoints)
        set_head(self.into.alias, size)

    def _length(self, member: Member) -> int:
        return self.manifest.members[member.name].bytes

    def _load_table(self, member: Member, known: "Known") -> None:
        from adjudge.storage.copies.tables import columns, load  # noqa: PLC0415

        label = label_of(member.name)
        there = columns(label, known)
        if not there:
            raise _of_another_shape(label)
        lines = counted(
            rows_of(self.stream, member, self.manifest), say("table {name}", name=label), self.into.progress
        )
        if label == AUTHENTICATORS and not self.keys.secret:
            lines = self._readable(lines)
        self.rows += load(self.into.alias, label, _shaped(lines, there, label), known)

    def _readable(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Second factors but those that a lost key encrypts."""
        for row in rows:
            if row.get("type") in SEALED:
                self.left_out += 1
            else:
                yield row

    def _put_documents(self) -> None:
        from adjudge.storage.blobs import FolderBlobs  # noqa: PLC0415

        blobs = FolderBlobs(self.aside.folder / DOCUMENTS, waits=False)
        for member in members(self.stream):
            if member.name.startswith(archive.DOCUMENTS):
                blobs.put(content_of(self.stream, member, LONGEST_DOCUMENT))
                self.documents += 1
                self.into.progress(say("documents"), self.documents)

    def _held_to_log(self) -> Sequence[Discrepancy]:
        """Hold every row to the log. Raises RefusedError for what does not fit, unless it was asked for as it is."""
        from adjudge.storage.blobs import FolderBlobs  # noqa: PLC0415
        from adjudge.storage.copies.ahead import AheadRecords  # noqa: PLC0415

        house = House(
            records=AheadRecords(self.into.alias),
            blobs=FolderBlobs(self.aside.folder / DOCUMENTS),
            clock=lambda: self.manifest.at,
            random=os.urandom,
        )
        self.into.progress(say("rows beside the log"), 0)
        findings = check_now(house, self.manifest.log_key).findings
        if findings and not self.into.as_it_is:
            raise _unfit(findings)
        return findings


def _shaped(rows: Iterator[Row], columns: frozenset[str], label: str) -> Iterator[Row]:
    """Rows with the columns that the table has. Raises RefusedError for others."""
    for row in rows:
        if row.keys() != columns:
            raise _of_another_shape(label)
        yield row


def _of_another_shape(label: str) -> RefusedError:
    message = say("the table {name} is of another shape than its migrations say", name=quoted(label))
    return refused("damaged-backup", message, say("restore it by the program that made it"))


def _unfit(findings: Sequence[Discrepancy]) -> RefusedError:
    message = say("what was restored is not what its log says; nothing of it is kept")
    hint = say(
        "the backup was so when it was taken: take an earlier one, or restore it as it is with `--as-it-is`"
    )
    told = tuple(
        Finding("not-as-the-log", f"{item.where}: {item.message}") for item in findings[:MOST_FINDINGS]
    )
    return RefusedError(message, hint=hint, findings=told)
