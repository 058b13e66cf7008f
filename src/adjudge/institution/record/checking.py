"""A receipt that somebody brings, checked as anybody could, and held against the log as it is now.

Not a way to read the log: what is told is what the receipt itself says, and whether it stands here.
"""

from dataclasses import dataclass

from adjudge.basis.said import Said, say
from adjudge.institution.house import House
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.proof import root_at
from adjudge.ledger.receipt import Receipt, read_receipt
from adjudge.ledger.report import ReceiptReport
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.records.ports import Reading

LARGEST = 1_000_000
"""Bytes of a receipt that are looked at."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it: whether the receipt holds by itself, and what our log says of it where it does not agree."""

    report: ReceiptReport
    doubt: Said | None

    @property
    def holds(self) -> bool:
        """Whether it is real, and our log holds what it says."""
        return self.report.is_verified and self.doubt is None


def check_receipt(house: House, key: VerifierKey, content: bytes) -> Checked:
    """Check a receipt by our own key, and against our log."""
    whole = content.replace(b"\r\n", b"\n").strip() + b"\n"
    report, receipt = verify_receipt(whole, key), read_receipt(whole)
    if not isinstance(receipt, Receipt) or not report.is_verified:
        return Checked(report, None)
    with house.records.reading() as records:
        return Checked(report, _doubt(records, receipt))


def _doubt(records: Reading, receipt: Receipt) -> Said | None:
    covered = receipt.checkpoint.checkpoint
    if covered.size > records.size():
        return say("our log is shorter than it was when the receipt was made")
    if records.entry(receipt.entry.seq) != receipt.entry:
        return say("our log says something else at this number")
    if root_at(covered.size, records) != covered.root:
        return say("our log is not as it was when the receipt was made")
    return None
