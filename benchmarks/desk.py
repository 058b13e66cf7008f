"""The desk: how long the server takes for each page, with as many matters as a large platform has.

Run as `python -m benchmarks.desk`. Pages are asked for in this process, by Django's own client, over SQLite and over
PostgreSQL; the page that shows next to nothing (`/keys`) is asked for in turn with the others. Nothing is asserted
about time, but each page must be answered.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from time import process_time
from typing import Any

import dj_database_url
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adjudge.settings.web import sqlite
from benchmarks.timing import Times, heading, in_turn, line
from tests.generators.large.filled import Large, filled, pointed_at
from tests.generators.large.pages import NOTHING, PAGES
from tests.journeys.institution.servers import server

MOST_WITH_WORDS = 150
"""Milliseconds of the server that nobody is to wait for longer, nineteen times of twenty."""


def main() -> int:
    """Both databases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--matters", type=int, default=100_000)
    asked.add_argument("--ads", type=int, default=0, help="further ads of the founding case's advertiser")
    asked.add_argument("--times", type=int, default=40, help="how often each page is asked for")
    asked.add_argument("--only", default="", help="pages whose names hold this")
    told = asked.parse_args()
    print(
        f"Python {platform.python_version()}, {told.matters:,} matters, {told.ads:,} ads, load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        databases: dict[str, Callable[[], dict[str, Any]]] = {
            "SQLite": lambda: sqlite(str(Path(folder) / "adjudge.sqlite3")),
            "PostgreSQL": lambda: dict(dj_database_url.parse(postgres.database(), conn_max_age=60)),
        }
        for name, database in databases.items():
            with pointed_at(database()), filled(Path(folder), told.matters, ads=told.ads) as large:
                _measure(name, large, told.times, told.only)
    return 0


def _measure(name: str, large: Large, times: int, only: str) -> None:
    clients = {who: large.site.client(who) for who in {who for who, _ in PAGES.values()}}
    addresses = {
        what: (clients[who], address.format(**large.names))
        for what, (who, address) in PAGES.items()
        if only in what or what == NOTHING
    }
    if not only:
        reviewer = clients["reviewer"]
        addresses["the queue, two hundred pages on"] = reviewer, _far(reviewer)
    worked: dict[str, list[float]] = {what: [] for what in addresses}
    ways = {
        what: [partial(_worked, worked[what], client, address)] * times
        for what, (client, address) in addresses.items()
    }
    for acts in ways.values():
        acts[0]()
    found: dict[str, Times] = in_turn({what: list(acts) for what, acts in ways.items()})
    heading(f"{name}: milliseconds; load {os.getloadavg()[0]:.1f}", "p50", "p95", "CPU p50", "queries", "kB")
    for what, taken in found.items():
        with CaptureQueriesContext(connections["default"]) as queries:
            size = len(_asked(*addresses[what]))
            asked = len(queries)
        busy = sorted(worked[what])[times // 2] * 1_000
        line(what, taken.at(0.5), taken.at(0.95), busy, float(asked), size / 1_000)
    late = [what for what, taken in found.items() if taken.at(0.95) > MOST_WITH_WORDS]
    print(f"beyond {MOST_WITH_WORDS} ms: {', '.join(late) or 'none'}")


def _far(client: Client) -> str:
    """A page far behind the first one."""
    address = "/matters?order=oldest"
    for _ in range(200):
        text = _asked(client, address).decode()
        if 'rel="next"' not in text:
            return address
        address = text.rpartition('" rel="next"')[0].rpartition('href="')[2].replace("&amp;", "&")
    return address


def _worked(found: list[float], client: Client, address: str) -> None:
    """Ask, and note the seconds of this process alone: on a busy machine they say more than the time that passed."""
    began = process_time()
    _asked(client, address)
    found.append(process_time() - began)


def _asked(client: Client, address: str) -> bytes:
    response = client.get(address)
    _must(response.status_code == HTTPStatus.OK, f"{address}: {response.status_code}")
    return bytes(response.content)


def _must(holds: bool, what: str) -> None:  # noqa: FBT001 - a check
    if not holds:
        raise SystemExit(what)


if __name__ == "__main__":
    raise SystemExit(main())
