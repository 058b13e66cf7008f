"""A receipt: one entry, the parts handed to whoever receives it, and the proof that a signed checkpoint covers it.

Not the entry's only proof of life: the log holds it too. With the receipt its holder shows that it was there, and what
it said, needing neither the log nor whoever keeps it. The file is one line of canonical JSON with its line end.
"""

from dataclasses import dataclass

from adjudge.basis.digest import Json, canonical_bytes
from adjudge.basis.reading.canonical import read_canonical
from adjudge.basis.said import say
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.entry import NOT_CANONICAL, Entry, entry_of
from adjudge.ledger.fields import base64_bytes, base64_text, list_of_texts, texts_of
from adjudge.ledger.flaw import Finding, Flaw, wrong_shape
from adjudge.ledger.key import VerifierKey, read_key
from adjudge.ledger.log_file import LONGEST_LINE
from adjudge.ledger.part import Part, part_of
from adjudge.ledger.proof import Proof
from adjudge.ledger.tree import HASH_BYTES

FORMAT = "adjudge-receipt/1"
_KEYS = {"checkpoint", "entry", "format", "key", "parts", "proof"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The parts stand in the order in which the entry names them; those that are not handed over are left out."""

    entry: Entry
    parts: tuple[Part, ...]
    proof: Proof
    checkpoint: SignedCheckpoint
    key: VerifierKey


def receipt_bytes(receipt: Receipt) -> bytes:
    """The file."""
    tree: dict[str, Json] = {
        "checkpoint": receipt.checkpoint.note,
        "entry": receipt.entry.form,
        "format": FORMAT,
        "key": str(receipt.key),
        "parts": [part.form for part in receipt.parts],
        "proof": [base64_text(step) for step in receipt.proof],
    }
    return canonical_bytes(tree) + b"\n"


def looks_like_receipt(content: bytes) -> bool:
    """Whether a file calls itself a receipt. Inside an entry's texts the quotes would be escaped."""
    return content.startswith(b'{"checkpoint":"') and b'"format":"' + FORMAT.encode() + b'"' in content


def read_receipt(content: bytes) -> Receipt | Finding:
    """A receipt from the bytes of its file; whether it proves anything is another question."""
    if len(content) > LONGEST_LINE:
        return Finding(
            flaw=Flaw.LINE_TOO_LONG, message=say("the receipt has more than {most} bytes", most=LONGEST_LINE)
        )
    if not content.endswith(b"\n"):
        return Finding(flaw=Flaw.LINE_CUT, message=say("the receipt has no line end"))
    tree = read_canonical(content[:-1])
    return _receipt_of(tree) if tree is not None else NOT_CANONICAL


def _receipt_of(tree: dict[str, Json]) -> Receipt | Finding:
    texts, steps = texts_of(tree, "checkpoint", "format", "key"), list_of_texts(tree.get("proof"))
    entry, parts = tree.get("entry"), _parts_of(tree.get("parts"))
    if tree.keys() != _KEYS or texts is None or texts[1] != FORMAT or not isinstance(entry, dict):
        return _NO_RECEIPT
    found, checkpoint, key = entry_of(entry), read_checkpoint(texts[0]), read_key(texts[2])
    proof = _proof_of(steps) if steps is not None else None
    if isinstance(found, Finding):
        return found
    if isinstance(checkpoint, Finding):
        return checkpoint
    if key is None or parts is None or proof is None:
        return _NO_RECEIPT
    return Receipt(entry=found, parts=parts, proof=proof, checkpoint=checkpoint, key=key)


def _parts_of(tree: Json) -> tuple[Part, ...] | None:
    if not isinstance(tree, list):
        return None
    read = [part_of(item) if isinstance(item, dict) else None for item in tree]
    parts = tuple(item for item in read if isinstance(item, Part))
    return parts if len(parts) == len(tree) else None


def _proof_of(steps: tuple[str, ...]) -> Proof | None:
    read = tuple(filter(None, (base64_bytes(step, HASH_BYTES) for step in steps)))
    return read if len(read) == len(steps) else None


_NO_RECEIPT = wrong_shape(say("this is not a receipt as the format of receipts asks for it"))
