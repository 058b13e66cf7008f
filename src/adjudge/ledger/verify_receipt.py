"""Checks a receipt with nothing but its file, and says what is wrong with it. RFC 9162 2.1.3.2.

Not whether the log still holds the entry: for that the log is verified, with the receipt's checkpoint as the one kept.
"""

from collections.abc import Iterator

from adjudge.basis.said import say
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.entry import entry_bytes
from adjudge.ledger.flaw import Finding, Flaw
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.prove import proves_inclusion
from adjudge.ledger.receipt import Receipt, read_receipt
from adjudge.ledger.report import PartCounts, ReceiptReport
from adjudge.ledger.signatures import flaws_of_checkpoint, flaws_of_kept, flaws_of_key
from adjudge.ledger.tree import leaf_hash


def verify_receipt(
    content: bytes, given: VerifierKey | None = None, kept: SignedCheckpoint | None = None
) -> ReceiptReport:
    """Verify the bytes of a receipt, by the given key or, where none is given, by the one that it names itself.

    `kept` is a checkpoint of the log from elsewhere. One of another size cannot be compared with a receipt alone, and
    is passed over.
    """
    receipt = read_receipt(content)
    if isinstance(receipt, Finding):
        return ReceiptReport(key=given, key_is_given=given is not None, findings=(receipt,))
    key = given or receipt.key
    checkpoint, handed = receipt.checkpoint.checkpoint, len(receipt.parts)
    return ReceiptReport(
        key=key,
        key_is_given=given is not None,
        entry=receipt.entry,
        size=checkpoint.size,
        root=checkpoint.root,
        parts=PartCounts(present=handed, absent=len(receipt.entry.private) - handed),
        findings=(*_flaws(receipt, key), *_flaws_beside(kept, receipt, key)),
    )


def _flaws(receipt: Receipt, key: VerifierKey) -> Iterator[Finding]:
    yield from flaws_of_key(receipt.key, key)
    yield from flaws_of_checkpoint(receipt.checkpoint, key)
    checkpoint, entry = receipt.checkpoint.checkpoint, receipt.entry
    leaf = leaf_hash(entry_bytes(entry))
    if not proves_inclusion(receipt.proof, leaf, entry.seq, checkpoint.size, checkpoint.root):
        message = say("the proof does not show that entry {seq} is below the checkpoint", seq=str(entry.seq))
        yield Finding(flaw=Flaw.NOT_INCLUDED, message=message)
    yield from _flaws_of_parts(receipt)


def _flaws_beside(kept: SignedCheckpoint | None, receipt: Receipt, key: VerifierKey) -> Iterator[Finding]:
    """Of the receipt's checkpoint beside one that was kept."""
    own = receipt.checkpoint.checkpoint
    if kept is None or kept.checkpoint.size != own.size:
        return
    yield from flaws_of_kept(kept, key)
    if kept.checkpoint.root != own.root:
        message = say("the checkpoint of the receipt is not the one of that size that was kept")
        yield Finding(flaw=Flaw.REWRITTEN, message=message)


def _flaws_of_parts(receipt: Receipt) -> Iterator[Finding]:
    """The entry's own parts only, in its order and each once, so that a receipt has one form."""
    named = iter(receipt.entry.private)
    for part in receipt.parts:
        digest = part.digest
        if digest not in named:  # which takes from the iterator up to it
            message = say("the entry does not name the part {digest}, or not in this place", digest=digest)
            yield Finding(flaw=Flaw.FOREIGN_PART, message=message)
