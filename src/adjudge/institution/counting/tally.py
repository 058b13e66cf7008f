"""A tally of the log: what came and went in each week, which rules were applied, how appeals against them ended.

It goes on from where it stood: an entry is counted once, and the same log gives the same tally however often somebody
stopped in between. Not a record: it follows from the log, and can be made anew at any time.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.appeals.states import ByRule
from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import Instant, day_of
from adjudge.institution.consequences import REOPENED
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.people.act import ACTS, Act
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealKind
from adjudge.records.shelf import APPEALS, CLAIMS, DECISIONS, VERSIONS

PORTION = 1_000
"""Entries looked at at once, so that no more of the log lies in memory."""
OPENED, CLOSED, BACK, ISSUED, FILED, ENDED = "opened", "closed", "reopened", "issued", "filed", "ended"
COMINGS = (OPENED, CLOSED, BACK, ISSUED, FILED, ENDED)
"""What is counted by week: matters that were opened, closed and reopened, decisions, appeals filed and ended."""
_KINDS: Mapping[str, str] = {
    ACTS[Act.OPEN].writes: OPENED,
    ACTS[Act.CLOSE].writes: CLOSED,
    REOPENED: BACK,
    ACTS[Act.ISSUE].writes: ISSUED,
    ACTS[Act.AUTOMATE].writes: ISSUED,
}
_ENDS = frozenset({str(ByRule.DECIDED), str(ByRule.GRANTED)})
Key = tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What was counted of the first `size` entries; `last` is the digest of the last one, by which the log is known.

    By keys: `comings` week and what came; `applied` policy and rule, with the first and the last time of all;
    `appeals` week, policy, version, rule and outcome; `discounts` week and fact.
    """

    size: int = 0
    last: str = ""
    at: Instant | None = None
    comings: Counter[Key] = field(default_factory=Counter)
    applied: dict[Key, Instant] = field(default_factory=dict)
    appeals: Counter[Key] = field(default_factory=Counter)
    discounts: Counter[Key] = field(default_factory=Counter)


def week_of(at: Instant) -> dt.date:
    """The Monday on which a week begins, in UTC."""
    day = day_of(at)
    return day - dt.timedelta(days=day.weekday())


def fits(records: Reading, tally: Tally) -> bool:
    """Whether it is a tally of this log, and not of one that was put in its place."""
    if tally.size == 0:
        return True
    entry = records.entry(tally.size - 1) if tally.size <= records.size() else None
    return entry is not None and digest_of_bytes(entry_bytes(entry)) == tally.last


def go_on(records: Reading, tally: Tally, *, most: int | None = None) -> int:
    """Count on, at most so many entries; how many are left to count."""
    size = records.size()
    end = size if most is None else min(size, tally.size + most)
    while tally.size < end:
        entries = list(records.entries(tally.size, min(tally.size + PORTION, end)))
        if not entries:
            break
        _count(records, tally, entries)
        tally.size += len(entries)
        tally.last, tally.at = digest_of_bytes(entry_bytes(entries[-1])), entries[-1].at
    return size - tally.size


def _count(records: Reading, tally: Tally, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.kind in _KINDS:
            tally.comings[_week(entry), _KINDS[entry.kind]] += 1
    _count_applied(records, tally, entries)
    _count_filed(records, tally, entries)
    _count_ended(records, tally, [entry for entry in entries if entry.kind in _ENDS])
    _count_discounts(records, tally, entries)


def _week(entry: Entry) -> str:
    return week_of(entry.at).isoformat()


def _count_applied(records: Reading, tally: Tally, entries: Sequence[Entry]) -> None:
    """Which rules decisions applied, and when each was applied last."""
    issued = [entry for entry in entries if _KINDS.get(entry.kind) == ISSUED]
    rows = records.get_many(DECISIONS, _subjects(issued))
    for entry in issued:
        policy, row = str(entry.body.get("policy") or ""), rows.get(entry.subject)
        for rule in row.rules if row is not None else ():
            tally.applied[policy, rule] = entry.at


def _count_filed(records: Reading, tally: Tally, entries: Sequence[Entry]) -> None:
    filed = [entry for entry in entries if entry.kind == ACTS[Act.FILE].writes]
    rows = records.get_many(APPEALS, _subjects(filed))
    for entry in filed:
        row = rows.get(entry.subject)
        if row is not None and row.kind is AppealKind.APPEAL:
            tally.comings[_week(entry), FILED] += 1


def _count_ended(records: Reading, tally: Tally, ended: Sequence[Entry]) -> None:
    """How appeals ended, by the rules that the decisions against which they were filed had applied."""
    rows = records.get_many(DECISIONS, [str(entry.body.get("decision") or "") for entry in ended])
    versions = records.get_many(VERSIONS, list(dict.fromkeys(row.package for row in rows.values())))
    for entry in ended:
        outcome = str(entry.body.get("outcome") or "")
        tally.comings[_week(entry), ENDED] += 1
        row = rows.get(str(entry.body.get("decision") or ""))
        version = versions.get(row.package) if row is not None else None
        if row is None or version is None:
            continue
        for rule in row.rules:
            tally.appeals[_week(entry), version.policy, version.version, rule, outcome] += 1


def _count_discounts(records: Reading, tally: Tally, entries: Sequence[Entry]) -> None:
    discounted = [entry for entry in entries if entry.kind == ACTS[Act.DISCOUNT].writes]
    rows = records.get_many(CLAIMS, _subjects(discounted))
    for entry in discounted:
        fact = str(rows[entry.subject].content.get("fact") or "") if entry.subject in rows else ""
        if fact:
            tally.discounts[_week(entry), fact] += 1


def _subjects(entries: Iterable[Entry]) -> list[str]:
    return [entry.subject for entry in entries]


def summed(counted: Mapping[Key, int], wanted: Callable[[Key], bool], *places: int) -> Counter[Key]:
    """Counts by some places of their keys alone, of the keys that are wanted."""
    found: Counter[Key] = Counter()
    for key, count in counted.items():
        if wanted(key):
            found[tuple(key[place] for place in places)] += count
    return found
