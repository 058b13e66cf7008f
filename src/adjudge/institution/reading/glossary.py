"""The vocabularies of the policies in force, for whoever may read policies: what their facts mean."""

from collections.abc import Sequence

from adjudge.facts.vocabulary import Vocabulary
from adjudge.institution.house import House, time_of
from adjudge.institution.versions import package_of, version_at
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may
from adjudge.records.shelf import ENACTMENTS


def vocabularies_in_force(house: House, actor: Actor) -> Sequence[tuple[str, Vocabulary]]:
    """By policy the vocabulary of the version that applies now; none for whoever may not read policies."""
    if not may(actor, Act.READ_PACKAGES):
        return ()
    at = time_of(house)
    with house.records.reading() as records:
        policies = sorted(policy for (policy,) in records.counted(ENACTMENTS, "policy"))
        rows = [version_at(records, policy, at) for policy in policies]
    return [(row.policy, package_of(row.text).vocabulary) for row in rows if row is not None]
