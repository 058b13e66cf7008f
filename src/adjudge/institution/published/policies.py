"""The policies that applied on a day, for everybody: published versions alone, and nothing of who wrote them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.basis.instant import Instant, start_of_day
from adjudge.institution.house import House
from adjudge.institution.versions import applying, package_of
from adjudge.language.package import Package
from adjudge.people.permission import not_found
from adjudge.records.rows import EnactmentRow, VersionRow, VersionState
from adjudge.records.shelf import ENACTMENTS, VERSIONS

PUBLISHED = frozenset({VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.ROLLED_BACK})
_DAY = 86_400_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A version that applied: which, since when, and what it says."""

    policy: str
    digest: str
    since: Instant
    package: Package


def policies_on(house: House, day: dt.date) -> Sequence[Applied]:
    """What applied at the end of a day, by policy."""
    at = Instant(start_of_day(day).nanos + _DAY - 1)
    enacted: dict[str, list[EnactmentRow]] = {}
    with house.records.reading() as records:
        for item in records.find(ENACTMENTS):
            enacted.setdefault(item.policy, []).append(item)
        last = {policy: applying(rows, at) for policy, rows in sorted(enacted.items())}
        versions = records.get_many(VERSIONS, [item.digest for item in last.values() if item is not None])
    return [
        Applied(policy=policy, digest=item.digest, since=item.start, package=package_of(row.text))
        for policy, item in last.items()
        if item is not None and (row := versions.get(item.digest)) is not None and row.state in PUBLISHED
    ]


def policy_version(house: House, digest: str) -> VersionRow:
    """A version that is or was published. Raises NotFoundError for any other."""
    with house.records.reading() as records:
        row = records.get(VERSIONS, digest)
    if row is None or row.state not in PUBLISHED:
        raise not_found()
    return row


def published_package(house: House, digest: str) -> Package | None:
    """A version that is or was published, read; None for any other."""
    with house.records.reading() as records:
        row = records.get(VERSIONS, digest)
    return package_of(row.text) if row is not None and row.state in PUBLISHED else None


def policy_text(row: VersionRow) -> str:
    """Its sealed text, of which the digest is the name."""
    return row.text
