"""The key of a log, in the text form of C2SP's signed notes: its name, four bytes of a hash, the public key.

Not the private half, which signs (`adjudge.ledger.signer`).
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from adjudge.basis.digest import sha256
from adjudge.ledger.fields import LONGEST_NAME, base64_bytes, base64_text

ED25519 = b"\x01"
"""The type of signature, as signed notes number them."""
KEY_BYTES = 32
ID_BYTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A name and an Ed25519 public key of 32 bytes. The name of our logs' keys is the origin of the log."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says whose it is; no safeguard, only a hint."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public)[:ID_BYTES]

    def __str__(self) -> str:
        """Write `name+hash+base64`, as it is published."""
        return f"{self.name}+{self.id.hex()}+{base64_text(ED25519 + self.public)}"

    def has_signed(self, text: str, signature: bytes) -> bool:
        """Whether the signature of 64 bytes is this key's over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def read_key(text: str) -> VerifierKey | None:
    """A key from `name+hash+base64`; None where it is none, or the hash is not that of the rest."""
    name, _, rest = text.partition("+")
    written = base64_bytes(rest.partition("+")[2], len(ED25519) + KEY_BYTES)
    if not is_key_name(name) or written is None or not written.startswith(ED25519):
        return None
    key = VerifierKey(name=name, public=written[1:])
    return key if str(key) == text else None


def is_key_name(text: str) -> bool:
    """Whether it may name a key and a log: not empty, without spaces, plus signs and what cannot be seen."""
    return 0 < len(text) <= LONGEST_NAME and text.isprintable() and " " not in text and "+" not in text
