"""Receipts: whoever holds one shows what was said and that it was there; no bit of it can be changed unnoticed."""

from dataclasses import replace

import pytest

from adjudge.basis.digest import canonical_bytes
from adjudge.basis.reading.canonical import read_canonical
from adjudge.ledger.flaw import Flaw
from adjudge.ledger.log_file import LONGEST_LINE
from adjudge.ledger.receipt import Receipt, receipt_bytes
from adjudge.ledger.report import ReceiptReport
from adjudge.ledger.signer import signer_of
from adjudge.ledger.verify_receipt import verify_receipt
from tests.rooms.ledger.logs import ORIGIN, SIGNER, Log, entry, log_of, part

LOG = log_of(120)
PERSON, ADDRESS = part("person 70"), part("address 70")
RECEIPT = LOG.receipt(70, PERSON, ADDRESS)
CONTENT = receipt_bytes(RECEIPT)
KEY = SIGNER.verifier
OTHER_KEY = signer_of(ORIGIN, bytes(32)).verifier


def flaws(report: ReceiptReport) -> set[Flaw]:
    return {finding.flaw for finding in report.findings}


def of(receipt: Receipt) -> set[Flaw]:
    return flaws(verify_receipt(receipt_bytes(receipt), KEY))


def test_a_receipt_verifies_with_nothing_but_its_file() -> None:
    report = verify_receipt(CONTENT)
    assert report.is_verified
    assert report.entry == RECEIPT.entry
    assert (report.size, report.root) == (120, LOG.frontier.root)
    assert not report.key_is_given
    assert verify_receipt(CONTENT, KEY) == replace(report, key_is_given=True)


@pytest.mark.parametrize("seq", range(0, 120, 7))
def test_every_entry_has_a_receipt(seq: int) -> None:
    assert verify_receipt(receipt_bytes(LOG.receipt(seq)), KEY).is_verified


def test_the_only_entry_of_a_log_has_a_receipt_without_a_proof() -> None:
    receipt = log_of(1).receipt(0)
    assert receipt.proof == ()
    assert of(receipt) == set()


@pytest.mark.parametrize("key", [None, KEY])
def test_no_bit_of_a_receipt_can_be_changed(key: object) -> None:
    given = KEY if key else None
    for at in range(len(CONTENT)):
        for bit in range(8):
            changed = bytearray(CONTENT)
            changed[at] ^= 1 << bit
            assert not verify_receipt(bytes(changed), given).is_verified, (at, bit)


def test_no_byte_of_a_receipt_can_be_removed_doubled_or_put_in() -> None:
    for at in range(len(CONTENT)):
        before, own, after = CONTENT[:at], CONTENT[at : at + 1], CONTENT[at + 1 :]
        assert not verify_receipt(before + after).is_verified, at
        assert not verify_receipt(before + own * 2 + after).is_verified, at
        assert not verify_receipt(before + b" " + own + after).is_verified, at


@pytest.mark.parametrize("end", [b"", b"\n\n", b"\r\n", b"\n{}\n", b"\n\x00"])
def test_a_receipt_ends_with_its_line(end: bytes) -> None:
    assert not verify_receipt(CONTENT[:-1] + end).is_verified


def test_a_receipt_of_endless_length_is_not_read() -> None:
    assert flaws(verify_receipt(CONTENT[:-1] + b" " * LONGEST_LINE)) == {Flaw.LINE_TOO_LONG}


def test_a_receipt_of_a_checkpoint_that_another_key_signed_is_not_verified() -> None:
    assert flaws(verify_receipt(CONTENT, OTHER_KEY)) == {Flaw.OTHER_KEY, Flaw.NOT_SIGNED}
    forged = Log(signer=signer_of(ORIGIN, bytes(32)))
    forged.say()
    content = receipt_bytes(forged.receipt(0))
    assert verify_receipt(content).is_verified
    assert flaws(verify_receipt(content, KEY)) == {Flaw.OTHER_KEY, Flaw.NOT_SIGNED}
    assert flaws(verify_receipt(receipt_bytes(replace(forged.receipt(0), key=KEY)))) == {Flaw.NOT_SIGNED}


def test_a_checkpoint_of_another_log_is_not_taken() -> None:
    other = Log(signer=signer_of("example.com/other", bytes(range(32))))
    other.say()
    assert of(replace(other.receipt(0), key=KEY)) == {Flaw.WRONG_ORIGIN, Flaw.NOT_SIGNED}


def test_the_proof_of_another_entry_is_not_taken() -> None:
    assert of(replace(RECEIPT, proof=LOG.receipt(71).proof)) == {Flaw.NOT_INCLUDED}
    assert of(replace(RECEIPT, proof=RECEIPT.proof[:-1])) == {Flaw.NOT_INCLUDED}
    assert of(replace(RECEIPT, proof=(*RECEIPT.proof, bytes(32)))) == {Flaw.NOT_INCLUDED}
    assert Flaw.NOT_INCLUDED in of(replace(RECEIPT, entry=entry(70)))
    assert of(replace(RECEIPT, checkpoint=LOG.checkpoint(100))) == {Flaw.NOT_INCLUDED}
    assert of(replace(RECEIPT, checkpoint=LOG.checkpoint(70))) == {Flaw.NOT_INCLUDED}


def test_parts_may_be_kept_back_but_not_added_doubled_or_exchanged() -> None:
    assert verify_receipt(receipt_bytes(replace(RECEIPT, parts=()))).parts.absent == 2
    assert of(replace(RECEIPT, parts=(ADDRESS,))) == set()
    for parts in ((part("other"),), (PERSON, PERSON), (ADDRESS, PERSON), (PERSON, ADDRESS, part("other"))):
        assert of(replace(RECEIPT, parts=parts)) == {Flaw.FOREIGN_PART}


def test_a_checkpoint_in_a_receipt_has_one_signature() -> None:
    line = RECEIPT.checkpoint.note.splitlines(keepends=True)[-1]
    tree = read_canonical(CONTENT[:-1])
    assert tree is not None
    tree["checkpoint"] = RECEIPT.checkpoint.note + line.replace(ORIGIN, "witness.example")
    assert flaws(verify_receipt(canonical_bytes(tree) + b"\n", KEY)) == {Flaw.WRONG_SHAPE}


@pytest.mark.parametrize(
    "changes",
    [{"parts": None}, {"parts": [None]}, {"proof": None}, {"proof": ["AAAA"]}, {"key": "x"}, {"entry": None},
     {"entry": {}}, {"checkpoint": ""}, {"more": ""}, {"format": "adjudge-receipt/2"}],
)  # fmt: skip
def test_what_is_not_exactly_a_receipt_is_refused(changes: dict[str, object]) -> None:
    tree: dict[str, object] = {**(read_canonical(CONTENT[:-1]) or {}), **changes}
    content = canonical_bytes(tree) + b"\n"  # type: ignore[arg-type]
    report = verify_receipt(content)
    assert flaws(report) == {Flaw.WRONG_SHAPE}
    assert report.entry is None


def test_a_checkpoint_that_was_kept_is_compared_where_it_has_the_same_size() -> None:
    rewritten = Log()
    for seq in range(120):
        rewritten.say(kind="decision:issued" if seq != 3 else "decision:other")
    assert verify_receipt(CONTENT, KEY, LOG.checkpoint()).is_verified
    assert flaws(verify_receipt(CONTENT, KEY, rewritten.checkpoint())) == {Flaw.REWRITTEN}
    assert verify_receipt(CONTENT, KEY, rewritten.checkpoint(100)).is_verified
