"""Checks the sealed parts of a log as its lines go by: each is there, expunged with an entry that says so, or missing.

Not damage to the tree: entries hold digests only, so that a log without any of its parts still verifies.
"""

from adjudge.basis.digest import Digest
from adjudge.basis.said import say
from adjudge.ledger.entry import Entry
from adjudge.ledger.flaw import Finding, Flaw
from adjudge.ledger.part import EXPUNGED, Part, Tombstone, is_said_by
from adjudge.ledger.report import Findings, PartCounts


class PartsCheck:
    """Where the check stands. What it remembers grows with expunged parts only, not with entries."""

    def __init__(self, findings: Findings, *, are_included: bool) -> None:
        """Missing parts are findings where they are meant to be in the file."""
        self.are_included = are_included
        self._findings = findings
        self._entry, self._line = -1, 0
        self._pending: list[Digest] = []
        self._expunged: set[Digest] = set()
        self._unproven: dict[int, list[tuple[int, Tombstone]]] = {}
        self._counts = {"present": 0, "expunged": 0, "absent": 0}

    @property
    def counts(self) -> PartCounts:
        """How many parts are there and how many are not."""
        return PartCounts(**self._counts)

    def take_entry(self, entry: Entry, line: int) -> None:
        """Begin with an entry: its parts are to follow."""
        self.settle()
        self._entry, self._line, self._pending = entry.seq, line, list(entry.private)
        for its_line, tombstone in self._unproven.pop(entry.seq, ()):
            if not is_said_by(tombstone, entry):
                self._note_unproven(tombstone, its_line)
        if entry.kind == EXPUNGED and entry.subject not in self._expunged:
            message = say(
                "the entry expunges the part {digest}, and no tombstone stands for it", digest=entry.subject
            )
            self._findings.add(Finding(flaw=Flaw.TOMBSTONE_MISSING, message=message, line=line))

    def take_part(self, part: Part, line: int) -> None:
        """A part that follows its entry."""
        if self._take(part.digest, "present"):
            return
        message = say("no entry before it names the part {digest} in this place", digest=part.digest)
        self._findings.add(Finding(flaw=Flaw.FOREIGN_PART, message=message, line=line))

    def take_tombstone(self, tombstone: Tombstone, line: int) -> None:
        """A tombstone that stands where the part stood; the entry that expunged it comes later."""
        if not self._take(tombstone.digest, "expunged"):
            message = say("no entry before it names the part {digest} in this place", digest=tombstone.digest)
            self._findings.add(Finding(flaw=Flaw.FOREIGN_PART, message=message, line=line))
        if tombstone.entry <= self._entry:
            self._note_unproven(tombstone, line)
        else:
            self._unproven.setdefault(tombstone.entry, []).append((line, tombstone))
        self._expunged.add(tombstone.digest)

    def settle(self) -> None:
        """No more parts of the last entry follow."""
        self._leave_out(len(self._pending))

    def finish(self) -> None:
        """No more lines follow."""
        self.settle()
        for tombstones in self._unproven.values():
            for line, tombstone in tombstones:
                self._note_unproven(tombstone, line)

    def _take(self, digest: Digest, kind: str) -> bool:
        """Whether the part is due; those before it are not there."""
        if digest not in self._pending:
            return False
        self._leave_out(self._pending.index(digest))
        self._pending.pop(0)
        self._counts[kind] += 1
        return True

    def _leave_out(self, count: int) -> None:
        for digest in self._pending[:count]:
            self._counts["absent"] += 1
            if self.are_included:
                seq = str(self._entry)
                message = say("the part {digest} of entry {seq} is not in the file", digest=digest, seq=seq)
                self._findings.add(Finding(flaw=Flaw.PART_MISSING, message=message, line=self._line))
        del self._pending[:count]

    def _note_unproven(self, tombstone: Tombstone, line: int) -> None:
        entry = str(tombstone.entry)
        message = say("entry {entry} does not say what the tombstone says of it", entry=entry)
        self._findings.add(Finding(flaw=Flaw.TOMBSTONE_UNPROVEN, message=message, line=line))
