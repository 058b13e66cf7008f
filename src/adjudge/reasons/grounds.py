"""Grounds of a met rule: the fewest claims that still meet it beside all that counts against. LANGUAGE.md 6.1.

Not a proof that other claims are worthless: these are the ones that a statement of reasons must name.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from adjudge.facts.claim import Claim
from adjudge.reasons.roles import Role, Roles

MOST_TRIALS = 5_000
"""Sets tried in the search for a smaller one; beyond, the set is minimal but perhaps not the smallest."""

StillMet = Callable[[Sequence[Claim]], bool]


@dataclass(frozen=True, slots=True)
class Grounds:
    """`claims` in the order of preference. `smallest` is False where the search for fewer was cut off."""

    claims: tuple[Claim, ...]
    smallest: bool = True


def grounds_of(roles: Roles, still_met: StillMet) -> Grounds:
    """The grounds of a rule that is met with all claims. `still_met` asks the same with some of them."""
    against = roles.having(Role.AGAINST)
    kept = {claim.id for claim in against}
    helping = [roles.claims[claim_id] for claim_id in roles.helping]
    candidates = sorted((claim for claim in helping if claim.id not in kept), key=_preference)
    claims, smallest = _smallest(candidates, against, still_met)
    both = [claim for claim in against if claim.id in roles.helping]
    needed = [claim for claim in both if not still_met([*claims, *(c for c in against if c.id != claim.id)])]
    return Grounds(tuple(sorted([*claims, *needed], key=_preference)), smallest)


def _preference(claim: Claim) -> tuple[int, int, str]:
    """Heavier, then earlier recorded, then smaller id."""
    return -claim.weight, claim.recorded_at.nanos, claim.id


def _smallest(candidates: list[Claim], against: list[Claim], still_met: StillMet) -> tuple[list[Claim], bool]:
    """The preferred smallest set, and whether the search was whole."""
    found = _reduced(candidates, against, still_met)
    trials = 0
    for size in range(len(found) + 1):
        passing = []
        for chosen in combinations(candidates, size):
            trials += 1
            if trials > MOST_TRIALS:
                return found, False
            if still_met([*chosen, *against]):
                passing.append(chosen)
        if passing:
            return list(min(passing, key=_set_preference)), True
    return found, True


def _reduced(candidates: list[Claim], against: list[Claim], still_met: StillMet) -> list[Claim]:
    """A minimal set: drop what can be dropped, the least preferred first."""
    found = list(candidates)
    for claim in reversed(candidates):
        without = [other for other in found if other.id != claim.id]
        if still_met([*without, *against]):
            found = without
    return found


def _set_preference(claims: Iterable[Claim]) -> tuple[int, list[int], list[str]]:
    """Of sets of one size: the greater total weight, then earlier recorded, then smaller ids. LANGUAGE.md 6.1.1."""
    chosen = list(claims)
    return (
        -sum(claim.weight for claim in chosen),
        sorted(claim.recorded_at.nanos for claim in chosen),
        sorted(claim.id for claim in chosen),
    )
