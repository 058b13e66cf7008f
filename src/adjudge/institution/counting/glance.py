"""The institution at a glance: load, clocks at risk, how appeals end by rule, contested facts, idle rules, health.

About nobody: what is one's own is told apart from what others have, and no colleague is counted by name. Each question
is bounded: rows are counted where they are kept, and what takes reading the log was counted before (`kept`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from adjudge.basis.instant import Instant, start_of_day
from adjudge.clocks.term import ClockKind
from adjudge.institution.counting.contested import Contested, contested_facts
from adjudge.institution.counting.counting import FEW_CLAIMS
from adjudge.institution.counting.kept import Kept, read_kept
from adjudge.institution.counting.tally import COMINGS, Key, Tally, fits, go_on, summed, week_of
from adjudge.institution.house import House, now
from adjudge.institution.queue.digits import YES, digits_of
from adjudge.institution.record.log import last_checkpoint
from adjudge.institution.ticking.reading import owed_clocks
from adjudge.institution.versions import applying, package_of
from adjudge.language.package import Package
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockState, DeliveryState, EnactmentRow, NoticeState, Outcome
from adjudge.records.shelf import CLAIMS, DELIVERIES, ENACTMENTS, MATTERS, NOTICES, QUEUE, VERSIONS

PERIODS = (4, 12, 26, 52)
"""Weeks that can be looked back on."""
USUAL = 12
MOST_FOLLOWED = 200
"""Entries that are counted while somebody waits, beyond what is kept."""
MOST_UNKEPT = 2_000
"""The same where nothing is kept: of a longer log nothing is said until it was counted."""
MOST_LISTED = 50
"""Rules and facts in one list."""
MOST_COUNTED = 10_000
"""Beyond, it is only said that there are more."""
DAY = 86_400_000_000_000
LATE = 600_000_000_000
"""Nanoseconds without a round after which the sweeper is late; a round may be long on the day of an audit."""
SOON = 3
"""Days within which a clock that runs out is at risk."""


class Age(StrEnum):
    """How long a matter has been open."""

    DAYS = "under_1_week"
    WEEKS = "1_to_4_weeks"
    MONTHS = "4_to_12_weeks"
    LONGER = "over_12_weeks"


_ENDS: Mapping[Age, int] = {Age.WEEKS: 7, Age.MONTHS: 28, Age.LONGER: 84}
"""By how many days older than this at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Matters by state; and those in which somebody has something to do, by who took them and by age."""

    states: Mapping[str, int]
    live: int
    mine: int
    others: int
    unassigned: int
    ages: Mapping[Age, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What came and went in a week, by what it is (`COMINGS`); the last week is not over yet."""

    start: dt.date
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Clocks of one kind that bind us: overdue, over within `SOON` days, and later."""

    kind: ClockKind
    overdue: int
    soon: int
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed:
    """How appeals ended against decisions that applied a rule of a version."""

    policy: str
    version: str
    rule: str
    title: Mapping[str, str]
    outcomes: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        """All that ended."""
        return sum(self.outcomes.values())

    @property
    def reversed(self) -> int:
        """Those that ended by a reversal."""
        return self.outcomes.get(Outcome.REVERSED, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """A rule in force that no decision applied since its version began; `last` is when one of another version did."""

    policy: str
    version: str
    rule: str
    title: Mapping[str, str]
    since: Instant
    days: int
    last: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the house itself is well. Empty times are of what was not done yet, or not by a process of this house."""

    entries: int
    signed: int
    """Entries that the last checkpoint covers."""
    signed_entry_at: Instant | None
    """When the last of these was written."""
    swept_at: Instant | None
    audited_at: Instant | None
    findings: int
    failed: int
    """Deliveries that a person must look at."""
    owed: int
    """Notices that are not made yet."""
    is_sweeper_late: bool
    """It comes round once a minute, and has not for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The whole. `counted_to` is the time of the entry up to which the log was counted, None where it was not yet."""

    at: Instant
    weeks: int
    counted_to: Instant | None
    is_behind: bool
    """There are entries that are not counted yet."""
    load: Load
    comings: Sequence[Week]
    clocks: Sequence[Risk]
    appealed: Sequence[Appealed]
    contested: Sequence[Contested]
    contested_at: Instant | None
    discounted: Sequence[tuple[str, int]]
    idle: Sequence[Idle]
    health: Health


def glance(house: House, actor: Actor, folder: Path, weeks: int = USUAL) -> Glance:
    """How the institution stands now, and how it went in so many weeks, the present one included."""
    permit(actor, Act.READ_OVERVIEW)
    kept = read_kept(folder)
    with house.records.reading() as records:
        at = now(house, records)
        tally, is_behind = _tally(records, kept)
        begun = week_of(at) - dt.timedelta(weeks=weeks - 1)
        packages = _in_force(records, at)
        contested, contested_at = _contested(records, kept, at)
        return Glance(
            at=at,
            weeks=weeks,
            counted_to=tally.at,
            is_behind=is_behind,
            load=_load(records, actor, at),
            comings=_comings(tally, begun, weeks),
            clocks=_risks(records, at),
            appealed=_appealed(tally, begun.isoformat(), packages),
            contested=contested[:MOST_LISTED],
            contested_at=contested_at,
            discounted=_discounted(tally, begun.isoformat()),
            idle=_idle(tally, packages, at) if tally.size else (),
            health=_health(records, kept, at),
        )


def _tally(records: Reading, kept: Kept) -> tuple[Tally, bool]:
    """What was kept and what came since, if that is little; and whether there is more."""
    if kept.tally.size and fits(records, kept.tally):
        return kept.tally, go_on(records, kept.tally, most=MOST_FOLLOWED) > 0
    if records.size() > MOST_UNKEPT:
        return Tally(), True
    fresh = Tally()
    return fresh, go_on(records, fresh) > 0


def _load(records: Reading, actor: Actor, at: Instant) -> Load:
    taken = {key[0]: n for key, n in records.counted(QUEUE, "assignee", "live").items() if key[1] == YES}
    live, mine, nobody = sum(taken.values()), taken.get(actor.person, 0), taken.get("", 0)
    return Load(
        states={key[0]: count for key, count in records.counted(MATTERS, "state").items()},
        live=live,
        mine=mine,
        unassigned=nobody,
        others=live - mine - nobody,
        ages=_ages(records, at, live),
    )


def _ages(records: Reading, at: Instant, live: int) -> Mapping[Age, int]:
    found, left = {}, live
    older = {
        age: records.count(QUEUE, until={"opened": digits_of(at.nanos - days * DAY)}, live=YES)
        for age, days in _ENDS.items()
    }
    for age, following in zip(Age, [*older.values(), 0], strict=True):
        found[age], left = max(0, left - following), following
    return found


def _comings(tally: Tally, begun: dt.date, weeks: int) -> Sequence[Week]:
    starts = [begun + dt.timedelta(weeks=number) for number in range(weeks)]
    return [
        Week(start=start, counts={name: tally.comings[start.isoformat(), name] for name in COMINGS})
        for start in starts
    ]


def _risks(records: Reading, at: Instant) -> Sequence[Risk]:
    """Of appeals and disputes that wait for somebody, which are as many as there is work, not as ever were."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in owed_clocks(records):
        if row.state is ClockState.RAN_OUT or (row.state is ClockState.RUNNING and row.due_at <= at):
            counts[row.kind, "overdue"] += 1
        elif row.state is ClockState.RUNNING:
            counts[row.kind, "soon" if row.due_at.nanos <= at.nanos + SOON * DAY else "later"] += 1
    return [
        Risk(
            kind=kind,
            overdue=counts[kind.value, "overdue"],
            soon=counts[kind.value, "soon"],
            later=counts[kind.value, "later"],
        )
        for kind in ClockKind
    ]


InForce = Mapping[str, tuple[EnactmentRow, Package]]
"""By policy the version that applies, and since when."""


def _in_force(records: Reading, at: Instant) -> InForce:
    enactments: dict[str, list[EnactmentRow]] = {}
    for row in records.find(ENACTMENTS):
        enactments.setdefault(row.policy, []).append(row)
    last = {policy: found for policy, rows in enactments.items() if (found := applying(rows, at)) is not None}
    texts = records.get_many(VERSIONS, [row.digest for row in last.values()])
    return {policy: (row, package_of(texts[row.digest].text)) for policy, row in sorted(last.items())}


def _titles(packages: InForce) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """What rules are called, by the versions that apply."""
    return {
        (policy, str(rule.id)): rule.title
        for policy, (_, package) in packages.items()
        for rule in package.rules
    }


def _appealed(tally: Tally, begun: str, packages: InForce) -> Sequence[Appealed]:
    """The rules against which most was reversed first, then those of most appeals."""
    titles = _titles(packages)
    found: dict[Key, Counter[Outcome]] = {}
    ended = summed(tally.appeals, lambda key: key[0] >= begun, 1, 2, 3, 4)
    for (policy, version, rule, outcome), count in ended.items():
        if outcome in set(Outcome):
            found.setdefault((policy, version, rule), Counter())[Outcome(outcome)] += count
    rows = [
        Appealed(
            policy=key[0], version=key[1], rule=key[2], title=titles.get((key[0], key[2]), {}), outcomes=of
        )
        for key, of in found.items()
    ]
    rows.sort(key=lambda row: (-row.reversed, -row.total, row.policy, row.version, row.rule))
    return rows[:MOST_LISTED]


def _contested(records: Reading, kept: Kept, at: Instant) -> tuple[Sequence[Contested], Instant | None]:
    """Looked through now where that is quick, else as it was counted last."""
    if records.count(CLAIMS, most=FEW_CLAIMS + 1) <= FEW_CLAIMS:
        return contested_facts(records, at), at
    return kept.contested, kept.contested_at


def _discounted(tally: Tally, begun: str) -> Sequence[tuple[str, int]]:
    found = summed(tally.discounts, lambda key: key[0] >= begun, 1)
    rows = sorted(((key[0], count) for key, count in found.items()), key=lambda row: (-row[1], row[0]))
    return rows[:MOST_LISTED]


def _idle(tally: Tally, packages: InForce, at: Instant) -> Sequence[Idle]:
    """Those of the longest time first."""
    rows = sorted(_idle_rules(tally, packages, at), key=lambda row: (-row.days, row.policy, row.rule))
    return rows[:MOST_LISTED]


def _idle_rules(tally: Tally, packages: InForce, at: Instant) -> Iterator[Idle]:
    """Rules without a measure, as exemptions, are applied by no decision, and are left out."""
    for policy, (enactment, package) in packages.items():
        begun = max(enactment.start, enactment.recorded_at)
        for rule in package.in_force(at, at, None):
            last = tally.applied.get((policy, str(rule.id)))
            since = max(begun, rule.in_force.start or begun)
            if rule.measure is None or (last is not None and last >= since):
                continue
            yield Idle(
                policy=policy,
                version=package.version,
                rule=str(rule.id),
                title=rule.title,
                since=since,
                days=(at.nanos - since.nanos) // DAY,
                last=last,
            )


def _health(records: Reading, kept: Kept, at: Instant) -> Health:
    signed = last_checkpoint(records)
    size = signed.checkpoint.size if signed is not None else 0
    entry = records.entry(size - 1) if size else None
    return Health(
        entries=records.size(),
        signed=size,
        signed_entry_at=entry.at if entry is not None else None,
        swept_at=kept.counted_at,
        audited_at=kept.audited_at,
        findings=kept.findings,
        failed=records.count(DELIVERIES, most=MOST_COUNTED, state=DeliveryState.FAILED.value),
        owed=records.count(NOTICES, most=MOST_COUNTED, state=NoticeState.OWED.value),
        is_sweeper_late=kept.counted_at is not None and at.nanos - kept.counted_at.nanos > LATE,
    )


def week_begins(week: Week) -> Instant:
    """The first instant of a week."""
    return start_of_day(week.start)
