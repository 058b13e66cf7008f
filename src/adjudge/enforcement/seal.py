"""The seal of a snapshot: what exactly is signed, and how keys are written. The signing is whoever holds the key's."""

import binascii
from base64 import b64decode
from hashlib import sha256

SEAL = 68
"""Bytes: four of the key's id, and an Ed25519 signature."""
_TYPE = b"\x01"
_PUBLIC = 32


def sealed_text(origin: str, digest: str) -> str:
    """What is signed for a snapshot: the purpose first, so that no signature for anything else passes for it."""
    return f"adjudge snapshot v1\n{origin}\n{digest}\n"


def read_key(text: str) -> tuple[str, bytes, bytes] | None:
    """The name, the id and the public key of a line in the form of signed notes (C2SP); None where it is none."""
    name, plus, rest = text.partition("+")
    written, plus_again, encoded = rest.partition("+")
    try:
        told = b64decode(encoded, validate=True)
        key_id = bytes.fromhex(written)
    except (binascii.Error, ValueError):
        return None
    if not (name and plus and plus_again) or len(told) != 1 + _PUBLIC or told[:1] != _TYPE:
        return None
    own = sha256(name.encode() + b"\n" + told).digest()[:4]
    return (name, key_id, told[1:]) if own == key_id else None
