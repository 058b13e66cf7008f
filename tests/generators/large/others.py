"""What else a large platform has, beside its matters: a long log, notices, measures, people, versions, misuse.

Rows are as pages read them; the entries are in the tree, and few of them say what really happened.
"""

from collections.abc import Iterator
from dataclasses import replace

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.house import House
from adjudge.institution.queue.keeping import queued
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.tree import frontier_at, leaf_hash
from adjudge.records.rows import (
    Channel,
    DecisionRow,
    DecisionState,
    DeliveryRow,
    DeliveryState,
    EnactmentRow,
    MeasureRow,
    MisuseRow,
    MisuseState,
    NoticeRow,
    NoticeState,
    PersonRow,
    Purpose,
    VersionRow,
    VersionState,
)
from adjudge.records.shelf import (
    APPEALS,
    DECISIONS,
    DELIVERIES,
    ENACTMENTS,
    MATTERS,
    MEASURES,
    MISUSES,
    NOTICES,
    PEOPLE,
    VERSIONS,
    R,
    Shelf,
)

PORTION = 2_000
ENTRIES = 3
"""Entries of the log for each matter."""
PERSONS = 300
POLICIES = 20
VERSIONS_EACH = 10
DAY = 86_400 * NANOS


def fill_others(
    house: House, count: int, *, persons: int = PERSONS, policies: int = POLICIES, alias: str = "default"
) -> None:
    """Fill a place that has so many matters already."""
    with house.records.reading() as records:
        version = records.find(VERSIONS)[0]
        enacted = records.find(ENACTMENTS)[0]
        at = records.entries_of(records.find(MATTERS, most=1)[0].id)[0].at
        appeals = [item["id"] for item in records.listed(APPEALS)]
    _keep(house, PEOPLE, map(_person, range(persons)))
    _keep(house, VERSIONS, _versions(version, policies))
    _keep(house, ENACTMENTS, (_enacted(enacted, number) for number in range(policies)))
    _keep(house, DECISIONS, (_decision(number, at) for number in _decided(count)))
    _keep(house, MEASURES, (_measure(number, at) for number in _decided(count)))
    _keep(house, NOTICES, (_notice(number, at) for number in range(count)))
    _keep(house, DELIVERIES, (_delivery(number, at) for number in range(0, count, 4)))
    _keep(house, MISUSES, (_misuse(number, at) for number in range(0, count, 1_000)))
    _log(alias, at, [*appeals, *(f"M-9{number:06d}" for number in range(count) for _ in range(ENTRIES))])


def _decided(count: int) -> range:
    return range(1, count, 2)


def _keep(house: House, shelf: Shelf[R], rows: Iterator[R]) -> None:
    """Rows in portions, past what keeps the queue: none of them bears on it."""
    waiting: list[R] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == PORTION:
            _put(house, shelf, waiting)
            waiting = []
    _put(house, shelf, waiting)


def _put(house: House, shelf: Shelf[R], rows: list[R]) -> None:
    with queued(house.records).kept.writing() as writing:
        writing.put_all(shelf, rows)


def _person(number: int) -> PersonRow:
    return PersonRow(
        id=f"P-9{number:05d}",
        email=f"colleague-{number}@example.org",
        name=f"Colleague {number}",
        roles=(("reviewer", "second_reviewer", "appeals")[number % 3],),
        joined_at=Instant(number * DAY),
    )


def _versions(model: VersionRow, policies: int) -> Iterator[VersionRow]:
    for number in range(policies * VERSIONS_EACH):
        policy, version = f"town-{number // VERSIONS_EACH}", number % VERSIONS_EACH
        yield replace(
            model,
            id=digest_of_version(policy, version),
            policy=policy,
            version=f"1.{version}",
            state=VersionState.IN_FORCE if version == VERSIONS_EACH - 1 else VersionState.SUPERSEDED,
        )


def digest_of_version(policy: str, version: int) -> str:
    return digest_of_bytes(f"{policy} {version}".encode())


def _enacted(model: EnactmentRow, number: int) -> EnactmentRow:
    policy = f"town-{number}"
    return replace(
        model, id=f"E-9{number:05d}", policy=policy, digest=digest_of_version(policy, VERSIONS_EACH - 1)
    )


def _decision(number: int, at: Instant) -> DecisionRow:
    return DecisionRow(
        id=f"X-8{number:06d}",
        matter=f"M-9{number:06d}",
        subject=f"ad-{number:06d}",
        advertiser=f"advertiser-{number // 2:06d}",
        state=DecisionState.ISSUED,
        author="P-000099",
        proposed_at=at,
        issued_at=at,
        package=digest_of_version("town-0", VERSIONS_EACH - 1),
        proposal={"reason": "so", "instead": {}},
        digest="",
        outcome={},
        answer={},
        statement={"en": "<p>A ground.</p>" * 100},
    )


def _measure(number: int, at: Instant) -> MeasureRow:
    return MeasureRow(
        id=f"R-8{number:06d}",
        decision=f"X-8{number:06d}",
        subject=f"ad-{number:06d}",
        advertiser=f"advertiser-{number // 2:06d}",
        rule="a-rule",
        kind="exclude",
        territories=(),
        all_but=True,
        surfaces=(),
        surfaces_all_but=True,
        start=at,
        issued_at=at,
    )


def _notice(number: int, at: Instant) -> NoticeRow:
    is_made = number % 100 != 0
    return NoticeRow(
        id=f"N-8{number:06d}",
        purpose=Purpose.DECISION,
        state=NoticeState.MADE if is_made else NoticeState.OWED,
        advertiser=f"advertiser-{number // 2:06d}",
        about=f"X-8{number | 1:06d}",
        of="",
        owed_at=at,
        language="en",
        title="A decision about one of your ads",
        made_at=at if is_made else None,
        forms={"text/html": digest_of_bytes(b"html"), "application/json": digest_of_bytes(b"json")},
        opened_at=at if number % 3 else None,
    )


def _delivery(number: int, at: Instant) -> DeliveryRow:
    return DeliveryRow(
        id=f"L-8{number:06d}",
        notice=f"N-8{number:06d}",
        advertiser=f"advertiser-{number // 2:06d}",
        channel=Channel.EMAIL,
        address="legal@example.org",
        state=DeliveryState.FAILED if number % 200 == 0 else DeliveryState.DELIVERED,
        message=f"{number}@example.org",
        due_at=at,
        first_due_at=at,
    )


def _misuse(number: int, at: Instant) -> MisuseRow:
    return MisuseRow(
        id=f"U-8{number:06d}",
        state=MisuseState.WARNED,
        advertiser=f"advertiser-{number // 2:06d}",
        author="P-000099",
        warned_at=at,
        criteria={"number": "20", "share": "19/20", "gravity": "little", "intention": "so it seems"},
        reason="It files whatever it can.",
    )


# --- the log ---


def _log(alias: str, at: Instant, subjects: list[str]) -> None:
    """An entry about each, as if each was opened or filed then."""
    from django.db import transaction

    from adjudge.storage.copies.building import set_head
    from adjudge.storage.models import EntryRecord, NodeRecord
    from adjudge.storage.records import DatabaseReading

    reading = DatabaseReading(alias)
    size = reading.size()
    edge = frontier_at(size, reading)
    with transaction.atomic(using=alias):
        for start in range(0, len(subjects), PORTION):
            entries, nodes = [], []
            for subject in subjects[start : start + PORTION]:
                kind = "appeal:filed" if subject.startswith("A-") else "matter:opened"
                entry = Entry(
                    seq=edge.size,
                    at=at,
                    actor="person:P-000099",
                    kind=kind,
                    subject=subject,
                    body={"advertiser": "advertiser-000000", "policy": "town-7", "reason": "seen on a round"},
                )
                content = entry_bytes(entry)
                edge, made = edge.grown(leaf_hash(content))
                entries.append(EntryRecord(seq=entry.seq, subject=subject, kind=kind, content=content))
                nodes += [NodeRecord(level=node.level, place=node.place, hash=node.hash) for node in made]
            EntryRecord.objects.using(alias).bulk_create(entries)
            NodeRecord.objects.using(alias).bulk_create(nodes)
        set_head(alias, edge.size)
