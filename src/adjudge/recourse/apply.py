"""The claims as they would be after some actions. LANGUAGE.md 6.3.

Not a forecast: nothing says that the claims will be made.
"""

from collections.abc import Iterable, Sequence
from typing import assert_never

from adjudge.basis.ids import ClaimId, FactName, OriginId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.facts.claim import Claim, NoOther, Stance
from adjudge.facts.value import Value
from adjudge.reasons.roles import asserted
from adjudge.recourse.action import CHANGED_WEIGHT, Action, Addition, Proof, Removal, Replacement


class Recorder:
    """Records claims with ids and origins that nobody has yet."""

    def __init__(self, claims: Iterable[Claim], at: Instant) -> None:
        """`claims` are all that there are; what is added is recorded at `at`."""
        found = list(claims)
        self._taken = {str(claim.id) for claim in found} | {str(claim.origin) for claim in found}
        self._at = at
        self._count = 0

    def claim(
        self, holder: SubjectId, fact: FactName, value: Value | NoOther, stance: Stance, weight: int
    ) -> Claim:
        """One claim from an origin of its own."""
        name = self._name()
        return Claim(
            id=ClaimId(name),
            subject=holder,
            fact=fact,
            value=value,
            stance=stance,
            weight=weight,
            origin=OriginId(name),
            recorded_at=self._at,
        )

    def _name(self) -> str:
        while True:
            self._count += 1
            name = f"recourse-{self._count}"
            if name not in self._taken:
                return name


def applied(actions: Iterable[Action], live: Sequence[Claim], recorder: Recorder) -> list[Claim]:
    """The live claims after all actions, each of which speaks of another fact or of another value of one."""
    kept, added = list(live), []
    for action in actions:
        match action:
            case Replacement():
                kept = [claim for claim in kept if not _speaks_of(claim, action)]
                added.append(_asserting(action, action.to.value, recorder))
            case Removal():
                kept = [claim for claim in kept if not _asserts(claim, action)]
            case Addition():
                added.append(_asserting(action, action.value.value, recorder))
            case Proof():
                added.append(
                    recorder.claim(action.holder, action.fact, action.value, action.stance, action.weight)
                )
            case _:
                assert_never(action)
    return [*kept, *added]


def _speaks_of(claim: Claim, action: Action) -> bool:
    return claim.subject == action.holder and claim.fact == action.fact


def _asserts(claim: Claim, action: Removal) -> bool:
    return _speaks_of(claim, action) and asserted(claim) == action.value


def _asserting(action: Action, value: Value, recorder: Recorder) -> Claim:
    return recorder.claim(action.holder, action.fact, value, Stance.ASSERTS, CHANGED_WEIGHT)
