"""Whose a snapshot is: its seal checked with the public key of the institution's log, and every byte with the seal.

Apart from `adjudge.serve.check`, since it needs the `cryptography` package. A server of ads checks a snapshot once,
when it comes, and asks it afterwards without any of this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from adjudge.enforcement.layout import BadSnapshotError, Header
from adjudge.enforcement.seal import SEAL, read_key, sealed_text
from adjudge.serve.check import Snapshot, open_snapshot, verified_digest


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key that one trusts, from the text form of signed notes (`name+hash+base64`)."""

    name: str
    id: bytes
    public: bytes


def read_trusted(text: str) -> TrustedKey:
    """The key of a line as `adjudge log key` prints it. Raises ValueError where it is none."""
    found = read_key(text.strip())
    if found is None:
        raise ValueError("this is no key of a log: write `name+hash+base64`")
    return TrustedKey(*found)


def open_trusted(path: Path | str, keys: Iterable[TrustedKey]) -> Snapshot:
    """A snapshot all of which is sealed by one of the keys. Raises BadSnapshotError, OSError.

    Reads the whole file once before it opens it; nothing of it is believed before that.
    """
    check_seal(verified_digest(path), keys)
    return open_snapshot(path)


def check_seal(header: Header, keys: Iterable[TrustedKey]) -> TrustedKey:
    """Whose seal it is. Raises BadSnapshotError where it is nobody's whom one trusts."""
    seal = header.seal
    if len(seal) != SEAL:
        raise BadSnapshotError("the snapshot is not sealed")
    text = sealed_text(str(header.told.get("origin", "")), header.digest).encode()
    for key in keys:
        if key.id == seal[:4] and key.name == header.told.get("origin"):
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(seal[4:], text)
            except (InvalidSignature, ValueError) as error:
                raise BadSnapshotError("the seal is not the signature of its key") from error
            return key
    raise BadSnapshotError("the snapshot is sealed by a key that is not trusted here")
