"""Which version of a policy applies, by what was recorded; and sealed texts as packages."""

from collections.abc import Iterable
from functools import lru_cache

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.errors import BugError
from adjudge.language.package import Package
from adjudge.language.seal import read_sealed
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import EnactmentRow, VersionRow
from adjudge.records.shelf import ENACTMENTS, VERSIONS


def version(records: Reading, digest: str) -> VersionRow:
    """A version by its digest. Raises NotFoundError."""
    row = records.get(VERSIONS, digest)
    if row is None:
        raise not_found()
    return row


def version_at(records: Reading, policy: str, known_at: Instant) -> VersionRow | None:
    """The version of a policy that applied at a known time, by what was recorded by then. SEMANTICS 5.1."""
    last = applying(records.find(ENACTMENTS, policy=policy), known_at)
    return version(records, last.digest) if last is not None else None


def applying(enactments: Iterable[EnactmentRow], known_at: Instant) -> EnactmentRow | None:
    """The enactment of one policy that applied at a known time."""
    known = [item for item in enactments if item.recorded_at <= known_at]
    standing = [
        item
        for item in known
        if item.start <= known_at
        and not any(
            other.rolls_back == item.digest and other.recorded_at > item.recorded_at for other in known
        )
    ]
    return max(standing, key=lambda item: (item.start, item.recorded_at, item.id), default=None)


def applying_now(records: Reading, at: Instant) -> dict[str, str]:
    """By policy the digest of the version that applies at a known time, of every policy of which one does."""
    enactments: dict[str, list[EnactmentRow]] = {}
    for row in records.find(ENACTMENTS):
        enactments.setdefault(row.policy, []).append(row)
    last = {policy: applying(rows, at) for policy, rows in sorted(enactments.items())}
    return {policy: row.digest for policy, row in last.items() if row is not None}


@lru_cache(maxsize=64)
def package_of(text: str) -> Package:
    """A sealed text as a package. Raises BugError where it cannot be read, since it could when it was handed in."""
    log = ProblemLog()
    package = read_sealed(text, log, "sealed")
    if package is None:
        raise BugError(f"a sealed version cannot be read any more: {log.problems[0].message}")
    return package
