"""The policies that there are, for whoever may read them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.institution.house import House, time_of
from adjudge.institution.packages import list_versions
from adjudge.institution.versions import applying
from adjudge.people.actor import Actor
from adjudge.records.shelf import ENACTMENTS


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy: how many versions of it its reader may see, and the digest of the one that applies now."""

    id: str
    versions: int
    applies: str | None


def policy_lines(house: House, actor: Actor) -> Sequence[PolicyLine]:
    """All policies, by id."""
    counts = Counter(row.policy for row in list_versions(house, actor))
    at = time_of(house)
    with house.records.reading() as records:
        now = {policy: applying(records.find(ENACTMENTS, policy=policy), at) for policy in counts}
    return [
        PolicyLine(policy, counts[policy], last.digest if (last := now[policy]) is not None else None)
        for policy in sorted(counts)
    ]
