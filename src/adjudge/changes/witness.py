"""A case on which two packages differ, and what is known of a rule once cases were searched.

Not the search: that is in `search`. Nothing here is found to differ, only kept.
"""

from dataclasses import dataclass

from adjudge.basis.ids import ClaimId, RuleId
from adjudge.basis.instant import Instant
from adjudge.changes.change import Change, RuleChange, Status
from adjudge.changes.effect import Effect
from adjudge.changes.scenes import Scene
from adjudge.facts.claim import Claim, Subject
from adjudge.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A case on which two packages differ: confirmed by the spec, and no claim of it can be left out.

    `claims` are as the exchange form has them, from which each vocabulary reads its own. `shows` are the changes
    of the rule that the case shows; empty where it only shows the other direction.
    """

    rule: RuleId
    effects: tuple[Effect, ...]
    shows: tuple[Change, ...]
    scene: Scene
    known_at: Instant
    subject: Subject
    claims: tuple[Claim, ...]
    unsayable_old: tuple[ClaimId, ...]
    unsayable_new: tuple[ClaimId, ...]
    old: Outcome
    new: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The witnesses of a rule that differs, the changes that none shows, and how many cases were tried."""

    change: RuleChange
    witnesses: tuple[Witness, ...] = ()
    unshown: tuple[Change, ...] = ()
    tries: int = 0

    @property
    def status(self) -> Status:
        """What became of the rule: that it changed in meaning is not said where no case shows it."""
        if self.change.rewrites_only and not self.witnesses:
            return Status.REWRITTEN
        return self.change.status
