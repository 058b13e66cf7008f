"""The private key of a log: signs what it is given, and shows itself to nobody.

Not a key store: the text of a key is handed in, as it was read from a file or another store of secrets.
"""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adjudge.basis.said import say
from adjudge.errors import BugError
from adjudge.ledger.fields import base64_bytes, base64_text
from adjudge.ledger.key import ED25519, KEY_BYTES, VerifierKey, is_key_name

_MARK = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A name and a private key, which no message, log or representation shows."""

    name: str
    _key: Ed25519PrivateKey = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """The public half, to be published."""
        return VerifierKey(name=self.name, public=self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> bytes:
        """64 bytes: the signature over the text in UTF-8."""
        return self._key.sign(text.encode())

    def secret(self) -> str:
        """The text to keep in a file that nobody else can read: `PRIVATE+KEY+name+hash+base64`, as Go writes it."""
        seed = base64_text(ED25519 + self._key.private_bytes_raw())
        return f"{_MARK}{self.name}+{self.verifier.id.hex()}+{seed}"


def signer_of(name: str, seed: bytes) -> Signer:
    """A signer from 32 random bytes. Raises BugError for a name that no log may have, or another number of bytes."""
    if not is_key_name(name) or len(seed) != KEY_BYTES:
        raise BugError(say("a key of a log needs a name without spaces and plus signs, and 32 bytes"))
    return Signer(name=name, _key=Ed25519PrivateKey.from_private_bytes(seed))


def read_signer(text: str) -> Signer | None:
    """A signer from the text of its key (a line end is passed over); None where it is none."""
    line = text.removesuffix("\n").removesuffix("\r")
    name, _, rest = line.removeprefix(_MARK).partition("+")
    written = base64_bytes(rest.partition("+")[2], len(ED25519) + KEY_BYTES)
    if (
        not line.startswith(_MARK)
        or not is_key_name(name)
        or written is None
        or not written.startswith(ED25519)
    ):
        return None
    signer = signer_of(name, written[1:])
    return signer if signer.secret() == line else None
