"""Whether a checkpoint belongs to a log: its origin, its one signature, the key that is trusted.

Not whether it fits the entries: that takes the tree.
"""

from collections.abc import Iterator

from adjudge.basis.said import say
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.flaw import Finding, Flaw, wrong_shape
from adjudge.ledger.key import VerifierKey


def flaws_of_key(own: VerifierKey, given: VerifierKey | None) -> Iterator[Finding]:
    """Of the key that a file names, where another one was given."""
    if given is not None and given != own:
        message = say("the file names the key {own}, not the given {given}", own=str(own), given=str(given))
        yield Finding(flaw=Flaw.OTHER_KEY, message=message)


def flaws_of_checkpoint(signed: SignedCheckpoint, key: VerifierKey) -> Iterator[Finding]:
    """Of a checkpoint in a log or a receipt, where the log's key vouches for every byte; witnesses sign elsewhere."""
    if len(signed.signatures) != 1:
        yield wrong_shape(say("a checkpoint in this file has one signature, that of the log"))
    if signed.checkpoint.origin != key.name:
        yield _other_origin(signed, key)
    if not signed.is_signed_by(key):
        size = str(signed.checkpoint.size)
        message = say(
            "the checkpoint at {size} entries is not signed by the key {key}", size=size, key=str(key)
        )
        yield Finding(flaw=Flaw.NOT_SIGNED, message=message)


def flaws_of_kept(kept: SignedCheckpoint, key: VerifierKey) -> Iterator[Finding]:
    """Of a checkpoint that the user kept, which may carry signatures of others too."""
    if kept.checkpoint.origin != key.name:
        yield _other_origin(kept, key)
    if not kept.is_signed_by(key):
        message = say("the checkpoint that was kept is not signed by the key {key}", key=str(key))
        yield Finding(flaw=Flaw.NOT_SIGNED, message=message)


def _other_origin(signed: SignedCheckpoint, key: VerifierKey) -> Finding:
    origin = signed.checkpoint.origin
    message = say("the checkpoint is of the log {origin}, not of {log}", origin=origin, log=key.name)
    return Finding(flaw=Flaw.WRONG_ORIGIN, message=message)
