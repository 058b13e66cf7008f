"""What a backup says of itself: when, of what, by which program, each member with its digest; and its signature."""

from dataclasses import dataclass, field

import msgspec

from adjudge import __version__
from adjudge.basis.digest import Digest, digest_of_bytes
from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.basis.problem import quoted
from adjudge.basis.said import say
from adjudge.errors import RefusedError
from adjudge.institution.backup.archive import Written, damaged
from adjudge.institution.house import refused
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.fields import base64_bytes, base64_text
from adjudge.ledger.key import VerifierKey, read_key
from adjudge.ledger.signer import Signer

FORMAT = "adjudge-backup/1"
LONGEST = 16 * 1024 * 1024
LONGEST_SIGNATURE = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """How many documents there are; `digest` is over their names, in order, so that none is missing unnoticed.

    `gone` are those that were expunged while the backup was made: rows of before still name them.
    """

    count: int = 0
    bytes: int = 0
    digest: str = ""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A backup in a few words. `migrations` is the last one applied of each part of the database.

    `key` is the public key of the log, `secret` that by which the secret key is known again.
    """

    made_at: str
    database: str
    key: str
    secret: str
    checkpoint: str
    migrations: dict[str, str]
    members: dict[str, Written]
    documents: Documents = field(default_factory=Documents)
    format: str = FORMAT
    program: str = __version__

    @property
    def at(self) -> Instant:
        """When it was made."""
        return parse_timestamp(self.made_at) or Instant(0)

    @property
    def digest(self) -> Digest:
        """By which this backup is known again."""
        return digest_of_bytes(manifest_bytes(self))

    @property
    def log_key(self) -> VerifierKey:
        """The public key of the log. Raises RefusedError where it is none."""
        found = read_key(self.key)
        if found is None:
            raise damaged(say("the manifest names no key of a log"))
        return found

    @property
    def signed(self) -> SignedCheckpoint:
        """The checkpoint over all entries of the backup. Raises RefusedError where it is none."""
        found = read_checkpoint(self.checkpoint)
        if not isinstance(found, SignedCheckpoint):
            raise damaged(say("the manifest holds no checkpoint"))
        return found


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is read first: the others may be of a later format."""

    format: str
    program: str = ""


def manifest_bytes(manifest: Manifest) -> bytes:
    """A manifest as it is written."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """A manifest. Raises RefusedError where it is none, or of a later format."""
    try:
        kind = msgspec.json.decode(content, type=_Kind)
        if kind.format != FORMAT and kind.format.startswith("adjudge-backup/"):
            raise newer(kind.program)
        found = msgspec.json.decode(content, type=Manifest)
    except msgspec.MsgspecError as error:
        raise damaged(say("the manifest cannot be read")) from error
    if found.format != FORMAT or manifest_bytes(found) != content or parse_timestamp(found.made_at) is None:
        raise damaged(say("the manifest cannot be read"))
    return found


def fingerprint(secret: str) -> str:
    """By which a secret key is known again; the key is random and long, so that nobody finds it from this."""
    return digest_of_bytes(f"adjudge secret key\n{secret}".encode())


def newer(program: str) -> RefusedError:
    """What is said of a backup that a later program made."""
    message = say("the backup was made by a later program: {program}", program=quoted(program))
    hint = say("restore it by that version or a later one; this one is {version}", version=__version__)
    return refused("later-backup", message, hint)


def signature_of(content: bytes, signer: Signer) -> bytes:
    """The signature over a manifest, as a signed note. Nobody takes it for a checkpoint: its second line is no size."""
    text = _signed_text(digest_of_bytes(content))
    signature = base64_text(signer.verifier.id + signer.sign(text))
    return f"{text}\n— {signer.name} {signature}\n".encode()


def is_signed(content: bytes, signature: bytes, key: VerifierKey) -> bool:
    """Whether the key has signed the manifest."""
    text = _signed_text(digest_of_bytes(content))
    begin = f"{text}\n— {key.name} "
    found = signature.decode(errors="replace")
    if not found.startswith(begin) or not found.endswith("\n"):
        return False
    written = base64_bytes(found[len(begin) : -1], len(key.id) + 64)
    return (
        written is not None
        and written.startswith(key.id)
        and key.has_signed(text, written.removeprefix(key.id))
    )


def _signed_text(digest: Digest) -> str:
    return f"{FORMAT}\n{digest}\n"
