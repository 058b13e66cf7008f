"""A backup checked with nothing but its file: no database, no network, no trust in whoever kept it.

Every member against the manifest, the manifest against its signature, the log as `adjudge verify` checks it, every row
that it can be read, every document that it is the one that a row speaks of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

import msgspec

from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.errors import RefusedError
from adjudge.institution.backup import archive
from adjudge.institution.backup.archive import (
    Member,
    Window,
    Written,
    content_of,
    damaged,
    document_name,
    lines_of,
    members,
    unpacked,
)
from adjudge.institution.backup.manifest import (
    LONGEST,
    LONGEST_SIGNATURE,
    Documents,
    Manifest,
    fingerprint,
    is_signed,
    read_manifest,
)
from adjudge.institution.backup.progress import Progress, counted, silent
from adjudge.institution.backup.wanted import SPEAKING, Names, Wanted
from adjudge.institution.on_database import LOG_KEY
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.report import LogReport
from adjudge.ledger.signer import read_signer
from adjudge.ledger.verify_log import verify_log

LONGEST_ROW = 64 * 1024 * 1024
LONGEST_DOCUMENT = 1_000_000_000
"""As much as a setting may allow of one."""
LONGEST_KEY = 4_096
MOST_FAULTS = 100
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a verification found. Without a manifest nothing could be read, and `faults` says why."""

    manifest: Manifest | None = None
    log: LogReport | None = None
    rows: int = 0
    documents: int = 0
    faults: tuple[Said, ...] = ()
    size: int = 0
    """Bytes of the file."""

    @property
    def is_verified(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.faults and self.log is not None and self.log.is_verified


def verify(
    stream: BinaryIO,
    *,
    given: VerifierKey | None = None,
    kept: SignedCheckpoint | None = None,
    progress: Progress = silent,
) -> Verified:
    """Verify a backup, by the given key or by the one that it names itself. `kept` is a checkpoint from elsewhere."""
    check = _Check(stream, progress)
    try:
        check.run(given, kept)
    except RefusedError as error:
        check.add(cast("Said", error.message))
    return Verified(
        manifest=check.manifest,
        log=check.log,
        rows=check.rows,
        documents=check.names.count,
        faults=tuple(check.faults),
        size=stream.seek(0, 2),
    )


@dataclass(slots=True)
class _Check:
    """Where the verification stands."""

    stream: BinaryIO
    progress: Progress
    manifest: Manifest | None = None
    log: LogReport | None = None
    rows: int = 0
    faults: list[Said] = field(default_factory=list)
    wanted: Wanted = field(default_factory=Wanted)
    names: Names = field(default_factory=Names)

    def add(self, message: Said) -> None:
        """Note what is wrong; the first of it is enough."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(message)

    def run(self, given: VerifierKey | None, kept: SignedCheckpoint | None) -> None:
        """All members, in their order."""
        self.manifest, key = self._manifest(given)
        seen = set()
        for member in members(self.stream):
            if member.name.startswith(archive.DOCUMENTS):
                self._document(member)
            elif member.name not in {archive.MANIFEST, archive.SIGNATURE}:
                seen.add(member.name)
                self._member(member, self.manifest, key, kept)
        for name in sorted({archive.LOG, *self.manifest.members} - seen):
            self.add(say("{name} is not there", name=quoted(name)))
        self._compare_documents(self.manifest.documents)

    def _manifest(self, given: VerifierKey | None) -> tuple[Manifest, VerifierKey]:
        """The manifest, read before everything else: it says how much of each member there is."""
        found = {item.name: item for item in members(self.stream) if item.name in _LAST}
        if found.keys() != _LAST:
            raise damaged(say("the backup has no manifest with its signature"))
        content = content_of(self.stream, found[archive.MANIFEST], LONGEST)
        signature = content_of(self.stream, found[archive.SIGNATURE], LONGEST_SIGNATURE)
        manifest = read_manifest(content)
        own = manifest.log_key
        if given is not None and given != own:
            message = say("the backup is of the log with the key {own}, not of the given {given}",
                          own=str(own), given=str(given))  # fmt: skip
            self.add(message)
        key = given or own
        if not is_signed(content, signature, key):
            self.add(say("the manifest is not signed by the key {key}", key=str(key)))
        return manifest, key

    def _member(
        self, member: Member, manifest: Manifest, key: VerifierKey, kept: SignedCheckpoint | None
    ) -> None:
        written = manifest.members.get(member.name)
        if written is None:
            self.add(say("the manifest does not name {name}", name=quoted(member.name)))
            return
        window = Window(self.stream, member)
        try:
            if member.name == archive.LOG:
                self._log(window, member, written, key, kept)
            elif member.name.startswith(archive.TABLES):
                self._table(window, member, written)
            else:
                self._key(member, manifest)
        finally:
            if window.digest() != written.digest:
                self.add(say("{name} is not what was written", name=quoted(member.name)))

    def _log(
        self,
        window: Window,
        member: Member,
        written: Written,
        key: VerifierKey,
        kept: SignedCheckpoint | None,
    ) -> None:
        with unpacked(window, member, written.bytes) as stream:
            told = _Told(stream, self.progress)
            self.log = verify_log(cast("BinaryIO", told), key, kept)
        assert self.manifest is not None  # noqa: S101 - it was read first
        tree = self.manifest.signed.checkpoint
        if (self.log.covered, self.log.root) != (tree.size, tree.root):
            self.add(say("the log is not the one of the checkpoint in the manifest"))

    def _table(self, window: Window, member: Member, written: Written) -> None:
        label = label_of(member.name)
        with unpacked(window, member, written.bytes) as stream:
            count, before = 0, None
            lines = lines_of(stream, member.name, LONGEST_ROW)
            for line in counted(lines, say("table {name}", name=label), self.progress):
                row = row_of(line, member.name)
                if before is not None and not _is_behind(row.get("id"), before):
                    raise damaged(say("{name} has rows twice, or out of order", name=quoted(member.name)))
                if label in SPEAKING:
                    self._note(label, row, member.name)
                before, count = row.get("id"), count + 1
        self.rows += count
        if count != written.lines:
            message = say("{name} has {found} rows, and the manifest says {lines}", name=quoted(member.name),
                          found=count, lines=written.lines)  # fmt: skip
            self.add(message)

    def _note(self, label: str, row: Row, name: str) -> None:
        try:
            self.wanted.note(label, str(row.get("data")))
        except ValueError as error:
            raise damaged(say("{name} has a row that cannot be read", name=quoted(name))) from error

    def _key(self, member: Member, manifest: Manifest) -> None:
        text = content_of(self.stream, member, LONGEST_KEY).decode("ascii", errors="replace").strip()
        signer = read_signer(text) if member.name.endswith(LOG_KEY) else None
        is_own = signer is not None and signer.verifier == manifest.log_key
        if not is_own and fingerprint(text) != manifest.secret:
            self.add(say("{name} is not the key of this backup", name=quoted(member.name)))

    def _document(self, member: Member) -> None:
        if member.size > LONGEST_DOCUMENT:
            message = say(
                "{name} has more than {most} bytes", name=quoted(member.name), most=LONGEST_DOCUMENT
            )
            raise damaged(message)
        digest = Window(self.stream, member).digest()
        if document_name(digest) != member.name:
            self.add(say("{name} is not what was written", name=quoted(member.name)))
        elif not self.wanted.found(digest):
            self.add(say("no row speaks of {name}", name=quoted(member.name)))
        self.names.add(digest, member.size)
        self.progress(say("documents"), self.names.count)

    def _compare_documents(self, told: Documents) -> None:
        missing, gone = set(), frozenset(told.gone)
        for digest in self.wanted.missing():
            missing.add(digest)
            if digest not in gone:
                self.add(say("the document {digest} is not there", digest=quoted(digest, 100)))
            if len(missing) > MOST_FAULTS + len(gone):
                break
        if (self.names.count, self.names.bytes, self.names.digest) != (told.count, told.bytes, told.digest):
            self.add(say("the documents are not those of the manifest"))


_LAST = frozenset({archive.MANIFEST, archive.SIGNATURE})


@dataclass(slots=True)
class _Told:
    """A stream that tells of the lines that are read from it."""

    stream: Any
    progress: Progress
    count: int = 0

    def readline(self, most: int) -> bytes:
        """The next line."""
        self.count += 1
        if self.count % 1_000 == 0:
            self.progress(say("log"), self.count)
        line: bytes = self.stream.readline(most)
        return line


def label_of(name: str) -> str:
    """The table of a member."""
    return name.removeprefix(archive.TABLES).removesuffix(".jsonl.gz")


def row_of(line: bytes, name: str) -> Row:
    """A row from its line. Raises RefusedError where it is none."""
    try:
        return msgspec.json.decode(line, type=Row)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise damaged(say("{name} has a row that cannot be read", name=quoted(name))) from error


def rows_of(stream: BinaryIO, member: Member, manifest: Manifest) -> Iterator[Row]:
    """The rows of a table, of a backup that was verified before."""
    window = Window(stream, member)
    with unpacked(window, member, manifest.members[member.name].bytes) as lines:
        for line in lines_of(lines, member.name, LONGEST_ROW):
            yield row_of(line, member.name)


def _is_behind(key: object, before: object) -> bool:
    if isinstance(key, str) and isinstance(before, str):
        return key > before
    return isinstance(key, int) and isinstance(before, int) and key > before
