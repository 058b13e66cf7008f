"""Whose a snapshot is: its seal checked with the public key of the institution's log, and every byte with the seal.

Apart from `adjudge.serve.check`, since it needs the `cryptography` package. A server of ads checks a snapshot once,
when it comes, and asks it afterwards without any of this.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from adjudge.enforcement.layout import Header, UntrustedSnapshotError
from adjudge.enforcement.seal import SEAL, read_key, sealed_text
from adjudge.serve.asking import ORGANIC
from adjudge.serve.check import Snapshot, open_snapshot


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key that one trusts, from the text form of signed notes (`name+hash+base64`)."""

    name: str
    id: bytes
    public: bytes


def read_trusted(text: str) -> TrustedKey:
    """The key of a line as `adjudge log show` prints it. Raises ValueError where it is none."""
    found = read_key(text.strip())
    if found is None:
        raise ValueError("this is no key of a log: write `name+hash+base64`")
    return TrustedKey(*found)


def open_trusted(
    path: Path | str, keys: Iterable[TrustedKey], others: Collection[str] = (ORGANIC,)
) -> Snapshot:
    """A snapshot all of which is sealed by one of the keys. Raises BadSnapshotError, OSError.

    Reads the whole file once before it asks anything of it; nothing of it is believed before that. `others` as for
    `Snapshot`.
    """
    trusted = tuple(keys)
    return open_snapshot(path, lambda header: check_seal(header, trusted), others)


def check_seal(header: Header, keys: Iterable[TrustedKey]) -> TrustedKey:
    """Whose seal it is. Raises UntrustedSnapshotError where it is nobody's whom one trusts."""
    origin = str(header.told.get("origin", ""))
    return check_signed(header.seal, origin, sealed_text(origin, header.digest), keys)


def check_signed(seal: bytes, origin: str, text: str, keys: Iterable[TrustedKey]) -> TrustedKey:
    """Who sealed a text for an origin. Raises UntrustedSnapshotError where it is nobody whom one trusts."""
    if len(seal) != SEAL:
        raise UntrustedSnapshotError("the snapshot is not sealed")
    for key in keys:
        if key.id == seal[:4] and key.name == origin:
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(
                    seal[4:], text.encode("utf-8", "replace")
                )
            except (InvalidSignature, ValueError) as error:
                raise UntrustedSnapshotError("the seal is not the signature of its key") from error
            return key
    raise UntrustedSnapshotError("the snapshot is sealed by a key that is not trusted here")
