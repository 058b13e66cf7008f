"""The API under load: questions, a read and an act over HTTP, beside an answer for which nothing is done.

Run as `python -m benchmarks.api`. A real server over SQLite, and one over PostgreSQL; the endpoint that does nothing
(`/health`) is asked of the same server in the same run, in turn with the others. Nothing is asserted about time, but no
request may fail, what is found is looked at, and afterwards the log must hold each act that was acknowledged, once.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adjudge.client.client import Client
from benchmarks.timing import heading, line
from tests.generators.institutions import POLICY, another_claim, brewer
from tests.journeys.institution.places import CHECKOUT, Clerk, Place
from tests.journeys.institution.served import Served, served
from tests.journeys.institution.servers import server

CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
BREWERS = 100
"""Matters of the small policy. About the first half questions are asked, about the others claims are recorded."""
NOTHING = "nothing: /health"
ACT = "act: a claim recorded"
TURN = 2.0
"""Seconds of one kind of request before it is the next one's turn."""
WARMING = 20
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request: what is asked in turn, and whether it is an act, which is done once."""

    name: str
    method: str
    path: str
    bodies: list[Any] = field(default_factory=lambda: [None])
    once: bool = False

    def told(self) -> dict[str, Any]:
        """As the callers are told of it."""
        asked = [{"method": self.method, "path": self.path, "body": body} for body in self.bodies]
        return {"name": self.name, "asked": asked, "once": self.once}


def kinds_of(matters: list[str], case: str) -> list[Kind]:
    """What is asked, of an institution with these matters and the founding case as another one."""
    questions = "/api/v1/evaluations"
    seen = range(BREWERS // 2, BREWERS)
    return [
        Kind(NOTHING, "GET", "/health"),
        Kind("question: small policy, 2 subjects", "POST", questions, [{"matter": item} for item in matters]),
        Kind("question: the founding case", "POST", questions, [{"matter": case}]),
        Kind("read: a matter", "GET", f"/api/v1/matters/{matters[0]}"),
        Kind(
            ACT,
            "POST",
            "/api/v1/claims",
            [{"policy": POLICY, "claim": another_claim(number)} for number in seen],
            once=True,
        ),
    ]


@dataclass(slots=True)
class Institution:
    """An institution with the matters of brewers and the founding case, and the key of somebody who reviews."""

    place: Place
    clerk: Clerk
    key: str
    case: str
    acknowledged: int = 0

    @classmethod
    def founded(cls, place: Place) -> "Institution":
        """Found it."""
        clerk = place.founded(BREWERS)
        case = clerk.ask("bring", str(CASE))
        return cls(place, clerk, clerk.ask("keys")["author"], case)

    def time(self, running: Served, users: int, seconds: float) -> None:
        """Let so many call for so long, and print a table."""
        kinds = kinds_of(self._looked_at(running), self.case)
        taken = self._called(running, kinds, users, seconds)
        share = len(kinds) / seconds
        self.acknowledged += len(taken[ACT])
        bound = _figures(taken[NOTHING], share)
        name = "PostgreSQL" if self.place.url else "SQLite"
        callers = "1 caller" if users == 1 else f"{users} callers"
        heading(f"{name}, {callers}, {seconds:.0f} s", "/s", "p50 ms", "p99 ms", "/s ratio", "p50 ratio")
        for kind in kinds:
            rate, median, late = _figures(taken[kind.name], share)
            line(kind.name, rate, median, late, rate / bound[0], median / bound[1])

    def check(self) -> None:
        """Raises SystemExit where the log is not sound, or does not hold each act once."""
        checked = self.clerk.ask("check")
        recorded = sum(kind == "claim:recorded" for kind, _ in checked["entries"])
        if checked["flaws"] or recorded != self.acknowledged:
            sys.exit(f"{recorded} claims recorded, {self.acknowledged} acknowledged; {checked['flaws']}")
        print(f"the log is sound, and holds the {recorded:,} claims that were acknowledged")

    def _looked_at(self, running: Served) -> list[str]:
        """The matters about which questions are asked; what is found there is what should be."""
        with Client(running.address, self.key) as client:
            first = next(iter(client.list_matters(advertiser=brewer(0))))
            # Often enough that each process has been asked: what is read once is not what is timed.
            for asked, measured in ((first.id, 1), (self.case, 1)) * WARMING:
                found = client.ask_question(matter=asked)
                if sum(len(item.measures) for item in found.outcomes) != measured:
                    sys.exit(f"of {asked} is found: {found.outcomes}")
            listed = list(client.list_matters(policy=POLICY))
        return [item.id for item in listed if item.advertiser < brewer(BREWERS // 2)]

    def _called(
        self, running: Served, kinds: list[Kind], users: int, seconds: float
    ) -> dict[str, list[float]]:
        """How many milliseconds each answer took, by kind. Raises SystemExit where one request failed."""
        plan = {
            "address": running.address,
            "headers": {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"},
            "run": f"{users}-{seconds}",
            "users": users,
            "seconds": seconds,
            "turn": min(TURN, seconds / len(kinds)),
            "kinds": [kind.told() for kind in kinds],
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.calling"],
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            check=False,
            cwd=CHECKOUT,
        )
        if done.returncode:
            sys.exit(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout)
        if found["errors"]:
            sys.exit(f"{len(found['errors'])} requests failed: {found['errors'][:MOST_TOLD]}")
        taken: dict[str, list[float]] = found["taken"]
        return taken


def _figures(taken: list[float], share: float) -> tuple[float, float, float]:
    """Answers in a second, and two percentiles in milliseconds; `share` is one by the seconds of the kind's turns."""
    ordered = sorted(taken)
    return len(ordered) * share, ordered[len(ordered) // 2], ordered[int(0.99 * len(ordered))]


def main() -> None:
    """Serve, call, check; print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120, help="for how long several call at once")
    parser.add_argument("--users", type=int, default=8, help="how many call at once")
    given = parser.parse_args()
    cores = os.cpu_count()
    print(
        f"Python {platform.python_version()}; 2 processes serve, with 4 threads each; those who call", end=" "
    )
    print(f"and the database share {cores} cores with them;\nratios are to /health; no request failed")
    with tempfile.TemporaryDirectory() as name, server() as running:
        for place in (Place(Path(name) / "sqlite"), Place(Path(name) / "postgres", running.database())):
            institution = Institution.founded(place)
            with served(place, ADJUDGE_LOG_LEVEL="warning") as site:
                site.start()
                institution.time(site, 1, given.seconds / 2)
                institution.time(site, given.users, given.seconds)
                site.stop()
            institution.check()
            place.close()


if __name__ == "__main__":
    main()
