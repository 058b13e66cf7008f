"""Checks a checkpoint with nothing but its text and the key of its log: whose it is, and that it is what was signed.

Not whether the log fits it: for that the log is verified, with this checkpoint as the one that was kept.
"""

from adjudge.basis.said import say
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.flaw import Finding, Flaw
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.report import CheckpointReport
from adjudge.ledger.signatures import flaws_of_kept


def verify_checkpoint(
    signed: SignedCheckpoint, key: VerifierKey, kept: SignedCheckpoint | None = None
) -> CheckpointReport:
    """Verify one. `kept` is another of the same size from elsewhere; one of another size is passed over."""
    findings = list(flaws_of_kept(signed, key))
    own = signed.checkpoint
    if kept is not None and kept.checkpoint.size == own.size:
        findings += flaws_of_kept(kept, key)
        if kept.checkpoint.root != own.root:
            message = say("two checkpoints of the same size have different roots")
            findings.append(Finding(flaw=Flaw.REWRITTEN, message=message))
    return CheckpointReport(key=key, size=own.size, root=own.root, findings=tuple(findings))
