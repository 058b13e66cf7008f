"""The desk: how long the server takes for pages of the queue, with as many matters as a large platform has.

Run as `python -m benchmarks.desk`. Pages are asked for in this process, by Django's own client, over SQLite and over
PostgreSQL; the page that shows next to nothing (`/keys`) is asked for in turn with the others. Nothing is asserted
about time, but each page must be answered, and the queue must be of every matter.
"""

import argparse
import platform
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from time import perf_counter
from typing import Any

import dj_database_url
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.house import House
from adjudge.institution.premises import occupy
from adjudge.institution.queue.keeping import queued
from adjudge.institution.queue.mending import mend_queue
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    ClockRow,
    ClockState,
    DecisionRow,
    DecisionState,
    MatterRow,
    MatterState,
    SpendRow,
    SubjectRow,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, MATTERS, PEOPLE, QUEUE, SPEND, SUBJECTS
from adjudge.settings.web import sqlite
from benchmarks.timing import Times, heading, in_turn, line
from tests.journeys.institution.servers import server
from tests.sites import Site, opened_in, populated, quick_passwords

PORTION = 2_000
PAGE = 50
DAY = 86_400 * NANOS
NOTHING = "next to nothing: /keys"
PAGES = {
    "to do, by the clock": "/matters",
    "to do, the severest first": "/matters?order=severity",
    "to do, the greatest spend first": "/matters?order=spend",
    "to do, the oldest first": "/matters?order=oldest",
    "mine": "/matters?view=mine",
    "unassigned, the severest first": "/matters?view=unassigned&order=severity",
    "unassigned, the newest first": "/matters?view=unassigned&order=newest",
    "waiting on the second reviewer, by spend": "/matters?view=waiting&on=second_reviewer&order=spend",
    "waiting on appeals": "/matters?view=waiting&on=appeals",
    "overdue, the severest first": "/matters?view=overdue&order=severity",
    "all, the greatest spend first": "/matters?view=all&order=spend",
    "reopened ones of one territory, by severity": "/matters?state=reopened&territory=FR&order=severity",
    "those under one policy, the oldest first": "/matters?policy=town-7&order=oldest",
    "one advertiser": "/matters?view=all&advertiser=advertiser-000123",
    "the overview": "/overview",
    "the overview of a year": "/overview?weeks=52",
}


def main() -> int:
    """Both databases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--matters", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=40, help="how often each page is asked for")
    told = asked.parse_args()
    print(f"Python {platform.python_version()}, {told.matters:,} matters")
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        databases: dict[str, Callable[[], dict[str, Any]]] = {
            "SQLite": lambda: sqlite(str(Path(folder) / "adjudge.sqlite3")),
            "PostgreSQL": lambda: dict(dj_database_url.parse(postgres.database(), conn_max_age=60)),
        }
        for name, database in databases.items():
            with _site(database(), Path(folder), told.matters) as site:
                _measure(name, site, told.times)
    return 0


@contextmanager
def _site(database: dict[str, Any], folder: Path, count: int) -> Iterator[Site]:
    """A site with so many matters, over a database that Django calls `default`."""
    connections["default"].close()
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    del connections["default"]
    with quick_passwords():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        opened = opened_in(folder)
        populated(opened)
        with opened.house.records.reading() as records:
            people = {row.email.split("@")[0]: row for row in records.find(PEOPLE)}
        _fill(opened.house, str(people["reviewer"].id), count)
        occupy(opened)
        yield Site(opened, people)
    connections["default"].close()


@dataclass(slots=True)
class _Made:
    """Rows of one portion."""

    subjects: list[SubjectRow]
    matters: list[MatterRow]
    decisions: list[DecisionRow]
    appeals: list[AppealRow]
    clocks: list[ClockRow]
    spend: list[SpendRow]


def _fill(house: House, reviewer: str, count: int) -> None:
    """Matters of many kinds, one in fifty with an appeal and its clock; the queue is made of them by its own means."""
    from adjudge.storage.upkeep import analyse_queue  # noqa: PLC0415 - models are known once Django is configured

    luck = random.Random(1)
    records = queued(house.records).kept
    with records.reading() as reading:
        model = reading.find(MATTERS)[0]
    for start in range(0, count, PORTION):
        made = _portion(luck, model, reviewer, range(start, min(start + PORTION, count)))
        with records.writing() as writing:
            writing.put_all(SUBJECTS, made.subjects)
            writing.put_all(MATTERS, made.matters)
            writing.put_all(DECISIONS, made.decisions)
            writing.put_all(APPEALS, made.appeals)
            writing.put_all(CLOCKS, made.clocks)
            writing.put_all(SPEND, made.spend)
    began = perf_counter()
    changed = mend_queue(house.records)
    line("the queue made of all that is kept, seconds", perf_counter() - began)
    began = perf_counter()
    _must(mend_queue(house.records) == 0)
    line("the queue looked over, seconds", perf_counter() - began)
    with records.reading() as reading:
        _must(reading.count(QUEUE) == changed + 1 == count + 1)
    analyse_queue()


def _portion(luck: random.Random, model: MatterRow, reviewer: str, numbers: range) -> _Made:
    made = _Made([], [], [], [], [], [])
    for number in numbers:
        advertiser, at = (
            f"advertiser-{number // 2:06d}",
            Instant(model.opened_at.nanos + luck.randrange(900) * DAY),
        )
        matter = replace(
            model,
            id=f"M-9{number:06d}",
            advertiser=advertiser,
            policy=f"town-{number % 20}",
            territory=luck.choice(("", "FR", "DE", "US")),
            state=luck.choice(
                (MatterState.OPEN, MatterState.REOPENED, MatterState.CLOSED, MatterState.CLOSED)
            ),
            assignee=reviewer if number % 1_000 == 0 else "" if number % 3 else "P-000099",
            opened_at=at,
            title={"en": f"Matter {number}"},
        )
        made.matters.append(matter)
        if number % 2 == 0:
            content = {"id": advertiser, "kind": "advertiser", "title": {"en": f"Advertiser {number}"}}
            made.subjects.append(
                SubjectRow(
                    id=advertiser, kind="advertiser", advertiser=advertiser, content=content, recorded_at=at
                )
            )
            made.spend.append(_spend(advertiser, luck, at))
        if number % 50 == 0:
            _appealed(made, matter, luck)
    return made


def _spend(advertiser: str, luck: random.Random, at: Instant) -> SpendRow:
    return SpendRow(
        id=f"spend-{advertiser}",
        subject=advertiser,
        advertiser=advertiser,
        start=at,
        end=Instant(at.nanos + 30 * DAY),
        amount=f"{luck.randrange(10**9)}.{luck.randrange(100):02d}",
        currency=luck.choice(("EUR", "EUR", "USD")),
        recorded_at=at,
    )


def _appealed(made: _Made, matter: MatterRow, luck: random.Random) -> None:
    decision, appeal = f"X-{matter.id}", f"A-{matter.id}"
    waits = luck.random() < 0.5  # noqa: PLR2004 - half of them
    made.decisions.append(
        DecisionRow(
            id=decision,
            matter=matter.id,
            subject=f"ad-{matter.id}",
            advertiser=matter.advertiser,
            state=DecisionState.PROPOSED if waits else DecisionState.ISSUED,
            author="P-000099",
            proposed_at=matter.opened_at,
            package="",
            proposal={"reason": "so", "instead": {"a-rule": None}},
            digest="",
            outcome={},
            answer={},
        )
    )
    if waits:
        return
    made.appeals.append(
        AppealRow(
            id=appeal,
            kind=AppealKind.APPEAL,
            state=AppealState.ACKNOWLEDGED,
            decision=decision,
            matter=matter.id,
            advertiser=matter.advertiser,
            filed_by="",
            filed_at=matter.opened_at,
            appellant="advertiser",
            language="en",
            points=(),
        )
    )
    made.clocks.append(
        ClockRow(
            id=f"{appeal}-decide",
            kind="decide",
            state=ClockState.RUNNING,
            of=appeal,
            decision=decision,
            advertiser=matter.advertiser,
            started_at=matter.opened_at,
            count=1,
            unit="months",
            consequence="escalate",
            due_at=Instant(matter.opened_at.nanos + luck.randrange(-400, 30) * DAY),
        )
    )


def _measure(name: str, site: Site, times: int) -> None:
    client = site.client("reviewer")
    addresses = {NOTHING: "/keys", **PAGES, "two hundred pages on": _far(client)}
    ways = {what: [partial(_asked, client, address)] * times for what, address in addresses.items()}
    for acts in ways.values():
        acts[0]()
    found: dict[str, Times] = in_turn({what: list(acts) for what, acts in ways.items()})
    heading(f"{name}: milliseconds", "p50", "p95", "queries", "kB")
    for what, taken in found.items():
        with CaptureQueriesContext(connections["default"]) as queries:
            size = len(_asked(client, addresses[what]))
        line(what, taken.at(0.5), taken.at(0.95), float(len(queries)), size / 1_000)


def _far(client: Client) -> str:
    """A page far behind the first one."""
    address = "/matters?order=oldest"
    for _ in range(200):
        text = _asked(client, address).decode()
        if 'rel="next"' not in text:
            return address
        address = text.rpartition('" rel="next"')[0].rpartition('href="')[2].replace("&amp;", "&")
    return address


def _asked(client: Client, address: str) -> bytes:
    response = client.get(address)
    _must(response.status_code == HTTPStatus.OK, address)
    return bytes(response.content)


def _must(holds: bool, what: str = "the queue is not as it should be") -> None:  # noqa: FBT001 - a check
    if not holds:
        raise SystemExit(what)


if __name__ == "__main__":
    raise SystemExit(main())
