"""The vocabularies of the policies in force, for whoever may read policies: what their facts mean."""

from collections.abc import Sequence

from adjudge.facts.vocabulary import Vocabulary
from adjudge.institution.house import House, time_of
from adjudge.institution.versions import applying_now, package_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may
from adjudge.records.shelf import VERSIONS


def vocabularies_in_force(house: House, actor: Actor) -> Sequence[tuple[str, Vocabulary]]:
    """By policy the vocabulary of the version that applies now; none for whoever may not read policies."""
    if not may(actor, Act.READ_PACKAGES):
        return ()
    at = time_of(house)
    with house.records.reading() as records:
        digests = applying_now(records, at)
        rows = records.get_many(VERSIONS, list(digests.values()))
    return [
        (policy, package_of(rows[digest].text).vocabulary)
        for policy, digest in digests.items()
        if digest in rows
    ]
