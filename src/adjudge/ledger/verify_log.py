"""Checks a whole log with nothing but its file: every line, the tree over all entries, every checkpoint.

Not whether what the entries say is true: only that it was said then, in this order, and that nothing was changed since.
"""

from typing import BinaryIO, assert_never

from adjudge.basis.instant import Instant
from adjudge.basis.said import Said, say
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.entry import Entry
from adjudge.ledger.flaw import Finding, Flaw, wrong_shape
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.log_file import Header, Read, read_lines
from adjudge.ledger.part import Part, Tombstone
from adjudge.ledger.report import Findings, LogReport
from adjudge.ledger.signatures import flaws_of_checkpoint, flaws_of_kept, flaws_of_key
from adjudge.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash
from adjudge.ledger.verify_parts import PartsCheck


def verify_log(
    stream: BinaryIO, given: VerifierKey | None = None, kept: SignedCheckpoint | None = None
) -> LogReport:
    """Verify a log, by the given key or, where none is given, by the one that it names itself.

    `kept` is a checkpoint of this log from earlier: the log must still begin with what it covered.
    """
    lines = read_lines(stream)
    first = next(lines, None)
    header = first.found if first is not None else _NO_HEADER
    if not isinstance(header, Header):
        finding = header if isinstance(header, Finding) else _NO_HEADER
        return LogReport(key=given, key_is_given=given is not None, findings=(finding.at(1),))
    check = _Check(header, given, kept)
    for line in lines:
        check.take(line)
    return check.report()


class _Check:
    """Where the verification of a log stands."""

    def __init__(self, header: Header, given: VerifierKey | None, kept: SignedCheckpoint | None) -> None:
        self.key, self.key_is_given, self.kept = given or header.key, given is not None, kept
        self.findings = Findings()
        self.parts = PartsCheck(self.findings, are_included=header.parts_included)
        self.frontier = Frontier()
        self.entries = self.checkpoints = self.due = self.covered = 0
        self.signed_to = -1
        self.covered_root = EMPTY_ROOT
        self.first: Instant | None = None
        self.last: Instant | None = None
        self.fits = True
        for finding in flaws_of_key(header.key, given):
            self.findings.add(finding.at(1))
        if kept is not None:
            for finding in flaws_of_kept(kept, self.key):
                self.findings.add(finding)
        self._compare_kept()

    def take(self, line: Read) -> None:
        """Check one line behind the header."""
        match line.found:
            case Finding():
                self.findings.add(line.found.at(line.number))
            case Header():
                self._add(Flaw.OUT_OF_PLACE, say("a log has one header, on its first line"), line.number)
            case Entry():
                self._take_entry(line.found, line)
            case Part():
                self.parts.take_part(line.found, line.number)
            case Tombstone():
                self.parts.take_tombstone(line.found, line.number)
            case SignedCheckpoint():
                self._take_checkpoint(line.found, line.number)
            case _:
                assert_never(line.found)

    def _take_entry(self, entry: Entry, line: Read) -> None:
        if entry.seq != self.due:
            found, due = str(entry.seq), str(self.due)
            message = say("the entry has the number {found}, where {due} is due", found=found, due=due)
            self._add(Flaw.WRONG_NUMBER, message, line.number)
        if self.last is not None and entry.at < self.last:
            at, last = str(entry.at), str(self.last)
            message = say("the entry is of {at}, and the one before it of {last}", at=at, last=last)
            self._add(Flaw.TIME_GOES_BACK, message, line.number)
        self.due = entry.seq + 1
        self.first, self.last = self.first or entry.at, entry.at
        self.entries += 1
        self.frontier, _ = self.frontier.grown(leaf_hash(line.content))
        self.parts.take_entry(entry, line.number)
        self._compare_kept()

    def _take_checkpoint(self, signed: SignedCheckpoint, number: int) -> None:
        self.parts.settle()
        self.checkpoints += 1
        size = signed.checkpoint.size
        flaws = list(flaws_of_checkpoint(signed, self.key))
        for finding in flaws:
            self.findings.add(finding.at(number))
        if self.entries <= self.signed_to:
            message = say("there is no entry between this checkpoint and the one before it")
            self._add(Flaw.OUT_OF_PLACE, message, number)
        if self.fits and size != self.entries:
            found, entries = str(size), str(self.entries)
            message = say("the checkpoint covers {found} entries, and {entries} stand before it", found=found,
                          entries=entries)  # fmt: skip
            self._add(Flaw.WRONG_SIZE, message, number)
            self.fits = False
        if self.fits and signed.checkpoint.root != self.frontier.root:
            self._add(Flaw.WRONG_ROOT, self._not_as_signed(), number)
            self.fits = False
        if self.fits and not flaws:
            self.covered, self.covered_root = size, signed.checkpoint.root
        self.signed_to = self.entries

    def _not_as_signed(self) -> Said:
        """Where to look: what an earlier checkpoint covers is as it was."""
        first, last = str(self.covered), str(self.entries - 1)
        return say("the checkpoint does not fit: one of the entries {first} to {last} is not what was signed",
                   first=first, last=last)  # fmt: skip

    def _compare_kept(self) -> None:
        """At the size of the checkpoint that was kept."""
        if self.kept is None or self.kept.checkpoint.size != self.entries:
            return
        if self.kept.checkpoint.root != self.frontier.root:
            size = str(self.entries)
            message = say("the first {size} entries are not those of the checkpoint that was kept", size=size)
            self._add(Flaw.REWRITTEN, message)

    def report(self) -> LogReport:
        """What was found, at the end."""
        self.parts.finish()
        if self.kept is not None and self.kept.checkpoint.size > self.entries:
            size, entries = str(self.kept.checkpoint.size), str(self.entries)
            message = say("the checkpoint that was kept covers {size} entries, and the file holds {entries}",
                          size=size, entries=entries)  # fmt: skip
            self._add(Flaw.SHORTENED, message)
        if self.signed_to < self.entries:
            message = say(
                "no checkpoint covers the entries from {first} on", first=str(max(self.signed_to, 0))
            )
            self._add(Flaw.UNSIGNED_ENTRIES, message)
        return LogReport(
            key=self.key,
            key_is_given=self.key_is_given,
            entries=self.entries,
            checkpoints=self.checkpoints,
            covered=self.covered,
            root=self.covered_root,
            first=self.first,
            last=self.last,
            parts=self.parts.counts,
            parts_included=self.parts.are_included,
            findings=tuple(self.findings.kept),
            left_out=self.findings.left_out,
        )

    def _add(self, flaw: Flaw, message: Said, line: int | None = None) -> None:
        self.findings.add(Finding(flaw=flaw, message=message, line=line))


_NO_HEADER = wrong_shape(say("this is not the header of a log"))
