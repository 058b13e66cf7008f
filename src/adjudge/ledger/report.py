"""What a verification found: how far a log or a receipt can be relied on, by which key, and what is wrong.

Not the verification (`adjudge.ledger.verify_log`, `adjudge.ledger.verify_receipt`), and not its words for people.
"""

from collections import Counter
from dataclasses import dataclass, field

from adjudge.basis.instant import Instant
from adjudge.ledger.entry import Entry
from adjudge.ledger.flaw import Finding, Flaw
from adjudge.ledger.key import VerifierKey

MOST_OF_A_KIND = 10
"""Findings kept of one flaw: one line that was taken away may spoil all that follow."""


@dataclass(slots=True)
class Findings:
    """Everything found so far; of one flaw the first ones, and how many more there were."""

    kept: list[Finding] = field(default_factory=list)
    left_out: int = 0
    _counts: Counter[Flaw] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Note a finding."""
        self._counts[finding.flaw] += 1
        if self._counts[finding.flaw] <= MOST_OF_A_KIND:
            self.kept.append(finding)
        else:
            self.left_out += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCounts:
    """Sealed parts that entries name: in the file, expunged with a tombstone, and neither."""

    present: int = 0
    expunged: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReport:
    """A log. `covered` counts the entries below the last checkpoint that is signed and fits them; `root` is theirs."""

    key: VerifierKey | None
    key_is_given: bool
    entries: int = 0
    checkpoints: int = 0
    covered: int = 0
    root: bytes = b""
    first: Instant | None = None
    last: Instant | None = None
    parts: PartCounts = field(default_factory=PartCounts)
    parts_included: bool = True
    findings: tuple[Finding, ...] = ()
    left_out: int = 0

    @property
    def is_verified(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.findings

    @property
    def lacks_parts_only(self) -> bool:
        """Whether the entries are as they were signed, and only parts beside them are missing."""
        return bool(self.findings) and {item.flaw for item in self.findings} == {Flaw.PART_MISSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptReport:
    """A receipt; `entry` is None where the file could not be read as one."""

    key: VerifierKey | None
    key_is_given: bool
    entry: Entry | None = None
    size: int = 0
    root: bytes = b""
    parts: PartCounts = field(default_factory=PartCounts)
    findings: tuple[Finding, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointReport:
    """A checkpoint by itself: what was signed, by which key; nothing of the entries below it."""

    key: VerifierKey
    size: int
    root: bytes
    findings: tuple[Finding, ...] = ()
    key_is_given: bool = True

    @property
    def is_verified(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.findings


Report = LogReport | ReceiptReport | CheckpointReport
"""What was verified."""
