"""A signed tree head, as C2SP's tlog-checkpoint writes it: origin, size and root in a signed note.

Not consistency: that a later tree holds this one is what `adjudge.ledger.prove` shows.
"""

import re
from dataclasses import dataclass

from adjudge.basis.said import say
from adjudge.ledger.fields import base64_bytes, base64_text, whole_number
from adjudge.ledger.flaw import Finding, wrong_shape
from adjudge.ledger.key import ID_BYTES, VerifierKey, is_key_name
from adjudge.ledger.signer import Signer
from adjudge.ledger.tree import HASH_BYTES

LONGEST_NOTE = 64 * 1024
MOST_SIGNATURES = 100
"""Signed notes must be read with 16 at least; witnesses add theirs."""
_SIGNATURE = re.compile(r"— (\S+) (\S+)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a log says of itself: at that size it had that root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64_text(self.root)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who is said to have signed, and the bytes behind the key's id."""

    name: str
    id: bytes
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCheckpoint:
    """A checkpoint, its signatures, and the whole note as it was read."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]
    note: str

    def is_signed_by(self, key: VerifierKey) -> bool:
        """Whether the key has signed. A false one in its name spoils the note; those of others are passed over."""
        own = [item for item in self.signatures if (item.name, item.id) == (key.name, key.id)]
        return bool(own) and all(key.has_signed(self.checkpoint.text, item.content) for item in own)


def sign(checkpoint: Checkpoint, signer: Signer) -> str:
    """The checkpoint as a signed note with one signature."""
    signature = base64_text(signer.verifier.id + signer.sign(checkpoint.text))
    return f"{checkpoint.text}\n— {signer.name} {signature}\n"


def read_checkpoint(note: str) -> SignedCheckpoint | Finding:
    """A checkpoint from a signed note, without extension lines; whether the signatures hold is asked of it."""
    if len(note) > LONGEST_NOTE or _CONTROL.search(note):
        return _NO_CHECKPOINT
    text, _, below = note.rpartition("\n\n")
    checkpoint, signatures = _read_text(text), _read_signatures(below)
    if checkpoint is None or signatures is None:
        return _NO_CHECKPOINT
    return SignedCheckpoint(checkpoint=checkpoint, signatures=signatures, note=note)


def _read_text(text: str) -> Checkpoint | None:
    lines = text.split("\n")
    if len(lines) != 3:  # noqa: PLR2004 - origin, size, root
        return None
    size, root = whole_number(lines[1]), base64_bytes(lines[2], HASH_BYTES)
    if not lines[0] or size is None or root is None:
        return None
    return Checkpoint(origin=lines[0], size=size, root=root)


def _read_signatures(below: str) -> tuple[Signature, ...] | None:
    *lines, rest = below.split("\n")
    found = tuple(filter(None, map(_read_signature, lines)))
    is_whole = not rest and 0 < len(lines) <= MOST_SIGNATURES and len(found) == len(lines)
    return found if is_whole else None


def _read_signature(line: str) -> Signature | None:
    """One line. Signatures of other kinds than ours may have other lengths; they are kept and passed over."""
    match = _SIGNATURE.fullmatch(line)
    if not match or not is_key_name(match[1]):
        return None
    content = _any_base64(match[2])
    if content is None or len(content) <= ID_BYTES:
        return None
    return Signature(name=match[1], id=content[:ID_BYTES], content=content[ID_BYTES:])


def _any_base64(text: str) -> bytes | None:
    """Base64 of any length, in its one form."""
    return base64_bytes(text, len(text) // 4 * 3 - text[-2:].count("="))


_NO_CHECKPOINT = wrong_shape(say("this is not a checkpoint in a signed note"))
