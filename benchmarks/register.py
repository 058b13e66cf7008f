"""The public register with very many decisions: how long a search takes, and how much memory an export.

Run as `python -m benchmarks.register`. The lines are made by the redaction's own means of made-up decisions, and sought
over SQLite and over PostgreSQL, by each database's own index of words. Nothing is asserted about time, but each search
must find what it is known to find, and each export must have every decision.
"""

import argparse
import gc
import os
import platform
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import dj_database_url
from django.core.management import call_command
from django.db import connections
from django.test import Client

from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.premises import occupy
from adjudge.institution.published.asked import Asked
from adjudge.institution.published.reading import register_found, register_stream
from adjudge.institution.published.statistics import counted_now
from adjudge.institution.published.table import csv_pieces, json_pieces, parquet_pieces
from adjudge.institution.queue.keeping import queued
from adjudge.institution.register.gathering import terms_now
from adjudge.institution.register.lines import line_of
from adjudge.records.rows import DecisionRow, DecisionState, RegisterRow, SubjectRow
from adjudge.records.shelf import REGISTER, SUBJECTS
from adjudge.redaction.public import (
    PublicAppeal,
    PublicDecision,
    PublicFact,
    PublicMeasure,
    PublicName,
    PublicReply,
    PublicRule,
    State,
    What,
    Why,
    Withheld,
)
from adjudge.settings.web import sqlite
from benchmarks.timing import heading, in_turn, line
from tests.journeys.institution.servers import server
from tests.sites import Site, opened_in, quick_passwords

PORTION = 2_000
DAY = 86_400 * NANOS
FIRST = 1_600_000_000 * NANOS
SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ren",
    "sta",
    "vo",
    "dex",
    "bri",
    "tan",
    "zur",
    "hel",
    "pon",
    "gra",
    "sil",
    "wex",
    "nor",
)
THINGS = ("software", "beer", "loans", "shoes", "games", "travel", "medicine", "news", "phones", "books")
COUNTRIES = ("FR", "DE", "US", "GB", "IT", "ES", "PL", "NL", "SE", "JP")
KINDS = ("notify", "label", "require", "limit", "suspend", "exclude")
STATES = tuple(State)[:-1]
ASKED: dict[str, Asked] = {
    "everything, the newest": Asked(),
    "a word of every tenth": Asked(text="medicine"),
    "the beginning of a name": Asked(text="kalomi"),
    "three letters": Asked(text="kal"),
    "two common words": Asked(text="software clause"),
    "a rare name, whole": Asked(text="Rare Name"),
    "a word that is nowhere": Asked(text="nowhere"),
    "one rule of three hundred": Asked(rule="rule-017"),
    "a rule and a country": Asked(rule="rule-017", territory="JP"),
    "reversed on appeal": Asked(state="reversed"),
    "in force, excluded, in one country": Asked(state="in_force", kind="exclude", territory="SE"),
    "a word, a state and a country": Asked(text="loans", state="lapsed", territory="PL"),
    "a word of one month, years ago": Asked(text="medicine", since="2021-03-01", until="2021-03-31"),
    "a rare thing of one day": Asked(rule="rule-200", since="2022-05-05", until="2022-05-05"),
    "one advertiser": Asked(advertiser="Rare Name"),
    "words that hardly meet": Asked(text="beer books", rule="rule-001"),
    "the beginning of a common word": Asked(text="softw"),
    "beginnings of two common words": Asked(text="softw claus"),
    "a beginning and a rule": Asked(text="soft", rule="rule-017"),
    "the beginning of a word of all": Asked(text="clau"),
    "beginnings of two words of all": Asked(text="standa annonc"),
    "a beginning, and a word of all": Asked(text="clau kal"),
    "measures that are over": Asked(state="over"),
    "a word, and in force": Asked(text="medicine", state="in_force"),
    "a word, on a page far behind": Asked(text="medicine", until="2019-01-01"),
}


def main() -> int:
    """Both databases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--decisions", type=int, default=1_000_000)
    asked.add_argument("--times", type=int, default=40, help="how often each search is asked for")
    asked.add_argument("--only", default="", help="one database alone")
    told = asked.parse_args()
    print(f"Python {platform.python_version()}, {told.decisions:,} decisions")
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        databases: dict[str, Callable[[], dict[str, Any]]] = {
            "SQLite": lambda: sqlite(str(Path(folder) / "adjudge.sqlite3")),
            "PostgreSQL": lambda: dict(dj_database_url.parse(postgres.database(), conn_max_age=60)),
        }
        for name, database in databases.items():
            if told.only in {"", name}:
                with _site(database(), Path(folder), told.decisions) as site:
                    _measure(name, site, told.times, told.decisions)
    return 0


@contextmanager
def _site(database: dict[str, Any], folder: Path, count: int) -> Iterator[Site]:
    """A site with so many decisions in its register, over a database that Django calls `default`."""
    connections["default"].close()
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    del connections["default"]
    with quick_passwords():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        opened = opened_in(folder)
        settings = replace(opened.settings, api_rate_of_strangers=1_000_000)
        opened = replace(opened, settings=settings)
        _fill(Site(opened), count)
        occupy(opened)
        yield Site(opened)
    connections["default"].close()


def _fill(site: Site, count: int) -> None:
    """Lines of made-up decisions, put as the register puts them."""
    from adjudge.storage.upkeep import analyse  # noqa: PLC0415 - models are known once Django is configured

    luck, records = random.Random(1), queued(site.house.records).kept
    with records.reading() as reading:
        mark = terms_now(reading).mark
    began = perf_counter()
    for start in range(0, count, PORTION):
        numbers = range(start, min(start + PORTION, count))
        owners = {_owner(number): _subject(number) for number in numbers}
        rows = [_line(luck, number, mark) for number in numbers]
        with records.writing() as writing:
            writing.put_all(SUBJECTS, list(owners.values()))
            writing.put_all(REGISTER, rows)
    line("lines put, seconds", perf_counter() - began)
    analyse()


def _line(luck: random.Random, number: int, mark: str) -> RegisterRow:
    public = _public(luck, number)
    row = DecisionRow(
        id=public.id,
        matter=f"M-{number // 2}",
        subject=f"ad-{number}",
        advertiser=_owner(number),
        state=DecisionState.ISSUED,
        author="",
        proposed_at=_at(number),
        package="",
        proposal={},
        digest="",
        outcome={},
        answer={},
        issued_at=_at(number),
        entry=number,
    )
    return line_of(row, public, mark)


def _owner(number: int) -> str:
    """An advertiser of twenty decisions, or a rare one of a single decision."""
    return f"rare-{number}" if number % 200_000 == 7 else f"advertiser-{number // 20}"  # noqa: PLR2004


def _name(owner: str) -> str:
    luck = random.Random(owner)
    made = "".join(luck.choices(SYLLABLES, k=3)).title()
    return "Rare Name" if owner.startswith("rare") else f"{made} {luck.choice(THINGS)}"


def _subject(number: int) -> SubjectRow:
    """Its advertiser, whose verified name the lines tell: each line that is shown is held against it."""
    owner = _owner(number)
    name = {"text": _name(owner), "script": "Latn", "language": "en", "status": "verified", "person": "legal"}
    return SubjectRow(
        id=owner, kind="advertiser", advertiser=owner, content={"names": [name]}, recorded_at=_at(number)
    )


def _at(number: int) -> Instant:
    return Instant(FIRST + number * DAY // 500)


def _ends(luck: random.Random, number: int) -> str:
    """When the last of its measures ends: of every third of them some day, of most of these in the past."""
    return str(_at(number + luck.randrange(150_000))) if luck.randrange(3) == 0 else ""


def _public(luck: random.Random, number: int) -> PublicDecision:
    at, thing = str(_at(number)), luck.choice(THINGS)
    rule = f"rule-{min(luck.randrange(300), luck.randrange(300)):03d}"
    state = luck.choice(STATES) if luck.random() < 0.3 else State.STANDS  # noqa: PLR2004 - a third are over
    territories = tuple(sorted(luck.sample(COUNTRIES, k=luck.randrange(1, 4))))
    measure = PublicMeasure(
        rule=rule,
        kind=luck.choice(KINDS),
        territories=territories,
        all_but=luck.random() < 0.2,  # noqa: PLR2004 - a fifth of them
        start=at,
    )
    reply = PublicReply(
        state="shown", text=f"We sell {luck.choice(THINGS)} and mind it.", language="en", at=at
    )
    return PublicDecision(
        id=f"X-{number:06d}",
        entry=number,
        issued_at=at,
        state=state,
        until=_ends(luck, number),
        policy="ads-standard",
        version="3",
        package="sha256:" + "0" * 64,
        subject_kind="ad",
        source="own_initiative",
        automated=luck.random() < 0.5,  # noqa: PLR2004 - half of them
        advertiser=(PublicName(text=_name(_owner(number)), script="Latn", language="en"),),
        rules=(
            PublicRule(
                id=rule,
                title={"en": f"Ads for {thing} under the rule {rule[-3:]}", "fr": f"Annonces de {thing}"},
                ground="terms",
                clause=f"Clause {rule[-3:]} on {thing}",
                url="https://example.org/terms",
            ),
        ),
        facts=tuple(
            PublicFact(name=f"ad.{thing}_{place}", value="true", weight=4, sources=("ad_record",))
            for place in range(3)
        ),
        measures=(measure,) if state is not State.EMPTY else (),
        appeals=(PublicAppeal(outcome="reversed", ended_at=at, days=luck.randrange(60)),)
        if state is State.REVERSED
        else (),
        reply=reply if number % 50 == 0 else None,
        withheld=(Withheld(What.SUBJECT, Why.PERSONAL), Withheld(What.STATEMENT, Why.PERSONAL)),
    )


def _measure(name: str, site: Site, times: int, count: int) -> None:
    client = Client(headers={"host": "localhost"})
    ways = {
        what: [partial(register_found, site.house, asked) for _ in range(times)]
        for what, asked in ASKED.items()
    }
    pages = {
        what: [partial(_asked, client, f"/register?{asked.query}")] * times for what, asked in ASKED.items()
    }
    for first in ways.values():
        first[0]()
    for asked in pages.values():
        asked[0]()
    own: dict[str, list[float]] = {what: [] for what in ASKED}
    found = in_turn({**ways})
    shown = in_turn({what: [partial(_timed, own[what], act) for act in acts] for what, acts in pages.items()})
    load = os.getloadavg()[0]
    heading(
        f"{name}: milliseconds; load {load:.1f}", "p50", "p95", "page p50", "page p95", "page CPU", "found"
    )
    for what, taken in found.items():
        answer = register_found(site.house, ASKED[what])
        page, cpu = shown[what], sorted(own[what])[int(len(own[what]) * 0.95)] * 1000
        line(what, taken.at(0.5), taken.at(0.95), page.at(0.5), page.at(0.95), cpu, str(answer.count))
    together: list[float] = sorted(second for taken in found.values() for second in taken.seconds)
    middle, late = (together[int(len(together) * part)] * 1000 for part in (0.5, 0.95))
    line("all of them", middle, late, "", "", "", "")
    _must(len(register_found(site.house, ASKED["a rare name, whole"]).items) == len(range(7, count, 200_000)))
    _counted_anew(name, site)
    _exported(name, site, count)


def _counted_anew(name: str, site: Site) -> None:
    heading(f"statistics, {name}; load {os.getloadavg()[0]:.1f}", "seconds", "MB before", "MB at most")
    before, began = _forget(), perf_counter()
    counted_now(site.house)
    line("counted anew", perf_counter() - began, before / 1e6, _memory("VmHWM") / 1e6)


def _timed(found: list[float], act: Callable[[], object]) -> None:
    """Do it, and note how long this process itself was busy: what other programs take of the machine is left out."""
    began = process_time()
    act()
    found.append(process_time() - began)


@dataclass(slots=True)
class _Counted:
    """What passed by."""

    rows: int = 0
    size: int = 0

    def over(self, found: Iterator[PublicDecision]) -> Iterator[PublicDecision]:
        """Hand on, and count."""
        for item in found:
            self.rows += 1
            yield item


def _exported(name: str, site: Site, count: int) -> None:
    load = os.getloadavg()[0]
    heading(f"exports of all, {name}; load {load:.1f}", "seconds", "MB", "MB before", "MB at most", "rows")
    writing: dict[str, Callable[[Iterator[PublicDecision]], Iterator[bytes]]] = {
        "csv": csv_pieces,
        "json": json_pieces,
        "parquet": lambda found: parquet_pieces(found, site.opened.settings.data),
    }
    for ending, write in writing.items():
        before, counted, began = _forget(), _Counted(), perf_counter()
        for piece in write(counted.over(register_stream(site.house, Asked()))):
            counted.size += len(piece)
        _must(counted.rows == count)
        seconds, most = perf_counter() - began, _memory("VmHWM")
        line(ending, seconds, counted.size / 1e6, before / 1e6, most / 1e6, str(counted.rows))


def _forget() -> int:
    """Have the system forget how much memory this process once had; how much it has, in bytes."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(name: str) -> int:
    """A measure of the memory of this process by the system, in bytes: what it has, or has had at most."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(text.split()[1]) * 1024 for text in lines if text.startswith(f"{name}:"))


def _asked(client: Client, address: str) -> bytes:
    response = client.get(address)
    _must(response.status_code == 200)  # noqa: PLR2004 - answered
    return bytes(response.content)


def _must(held: bool) -> None:  # noqa: FBT001 - a claim
    if not held:
        raise AssertionError("the register does not hold what it should")


if __name__ == "__main__":
    raise SystemExit(main())
