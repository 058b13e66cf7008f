"""The check at serving time beside a plain dict, zen-engine and cedarpy: one table, the same questions.

Run as `python -m benchmarks.serve` (`--keys`, `--questions`). The peers are given what a dict found for the keys, since
they hold no table: what they take is the evaluation alone. Every answer is compared before it is timed; nothing is
asserted about time. Each is timed in turn, some rounds over, and the best of each question counts.
"""

import argparse
import random
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, perf_counter_ns
from typing import Any, NamedTuple

import numpy as np

from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.measure import Scope, Served
from adjudge.enforcement.rules import name_rules
from adjudge.enforcement.seal import SEAL
from adjudge.enforcement.terms import Terms
from adjudge.serve.batch import Hashes, Table, hashes_of
from adjudge.serve.check import Snapshot, open_snapshot
from adjudge.serve.layers import Layers
from adjudge.serve.reading import mapped, verify
from benchmarks.timing import heading, line

try:
    import cedarpy
    import zen
except ImportError:
    sys.exit("zen-engine and cedarpy are missing: `make bench` installs them")

ROUNDS = 3
AT = 1_900_000_000_000_000_000
TERRITORIES = ("DE", "FR", "US")
SCOPES = (
    Scope(kind="suspend", reason="ads/1"),
    Scope(kind="exclude", reason="ads/2", territories=("DE", "FR"), all_but=False),
    Scope(kind="suspend", reason="ads/3", territories=("US",), all_but=True),
    Scope(kind="limit", reason="ads/4"),
)
BATCH = 2_000_000
"""Rows of a batch; of the hashes, half are in the table."""


class Question(NamedTuple):
    """Who asks for what to be shown, where it leads, and where it is shown."""

    advertiser: str
    ad: str
    landing: str
    territory: str


Way = Callable[[int], object]


def scope_of(number: int) -> Scope:
    """What holds for the ad of a number."""
    return SCOPES[number % len(SCOPES)]


def built(path: Path, keys: int) -> None:
    """A table of so many ads, built and timed."""
    builder = Builder()
    marks = [builder.shared.marked((Served(scope=scope, decision="X-000001"),))[0] for scope in SCOPES]
    start = perf_counter()
    for number in range(keys):
        builder.add_marked(b"c:ad-%d" % number, marks[number % len(marks)], number)
    hashed = perf_counter()
    write_snapshot(
        path, builder, Terms(origin="bench", log_size=keys).told(), name_rules(), lambda _: bytes(SEAL)
    )
    done = perf_counter()
    heading(f"{keys:,} keys", "")
    line("hashing the keys, s", hashed - start)
    line("table, filter, digests, writing, s", done - hashed)
    line("bytes a key", path.stat().st_size / keys)


def opened(path: Path) -> Snapshot:
    """The table verified and opened, timed apart."""
    start = perf_counter()
    verify(*mapped(path))
    verified = perf_counter()
    snapshot = open_snapshot(path)
    done = perf_counter()
    line("verification of every byte, ms", (verified - start) * 1000)
    line("opening after that, ms", (done - verified) * 1000)
    return snapshot


def questions_about(keys: int, count: int, chance: random.Random, *, known: bool) -> list[Question]:
    """Questions about ads that are in the table, or that are not."""
    return [
        Question(
            f"adv-{chance.randrange(keys)}",
            f"{'ad' if known else 'free'}-{chance.randrange(keys)}",
            f"https://shop{chance.randrange(5_000)}.example.com/landing?id={chance.randrange(keys)}",
            chance.choice(TERRITORIES),
        )
        for _ in range(count)
    ]


class Peers:
    """What a dict holds, and expressions over what it found."""

    def __init__(self, keys: int, questions: Sequence[Question]) -> None:
        self.questions = questions
        self.found = {f"c:ad-{number}": (scope_of(number), number) for number in range(keys)}
        self.contexts = [self._context(question) for question in questions]
        self.expression = zen.compile_expression("stops and (territory in territories) != all_but")
        self.policies = cedarpy.PolicySet.from_str(
            "permit(principal, action, resource);\n"
            "forbid(principal, action, resource) when { context.stops && "
            "context.territories.contains(context.territory) != context.all_but };\n"
        )
        self.entities = cedarpy.Entities.from_json_str("[]")
        self.requests = [
            {"principal": 'User::"u"', "action": 'Action::"show"', "resource": 'Ad::"a"', "context": context}
            for context in self.contexts
        ]

    def _context(self, question: Question) -> dict[str, Any]:
        scope, _ = self.found.get(f"c:{question.ad}", (SCOPES[-1], 0))
        return {
            "stops": scope.kind in {"suspend", "exclude"},
            "territory": question.territory,
            "territories": list(scope.territories),
            "all_but": scope.all_but,
        }

    def dict(self, number: int) -> bool:
        """Three lookups in a dict, and a look at the scope; no host is read."""
        question, found = self.questions[number], self.found
        for key in (f"a:{question.advertiser}", f"c:{question.ad}", f"d:{question.landing}"):
            measure = found.get(key)
            if measure is not None:
                scope = measure[0]
                if scope.kind in {"suspend", "exclude"} and (
                    (question.territory in scope.territories) != scope.all_but
                ):
                    return False
        return True

    def zen(self, number: int) -> bool:
        """The scope alone."""
        return not self.expression.evaluate(self.contexts[number])

    def cedar(self, number: int) -> bool:
        """The scope alone."""
        return bool(cedarpy.is_authorized(self.requests[number], self.policies, self.entities).allowed)


def ways_of(snapshot: Snapshot, layers: Layers, peers: Peers) -> dict[str, Callable[[int], bool]]:
    """Who is asked, by name."""
    questions = peers.questions
    slots = [(slot,) if (slot := snapshot.slot(f"c:{each.ad}")) >= 0 else () for each in questions]

    def ours(number: int) -> bool:
        advertiser, ad, landing, territory = questions[number]
        return snapshot.check(advertiser, ad, landing, territory=territory, at=AT).allow

    def layered(number: int) -> bool:
        advertiser, ad, landing, territory = questions[number]
        return layers.check(advertiser, ad, landing, territory=territory, at=AT).allow

    def one_key(number: int) -> bool:
        _, ad, _, territory = questions[number]
        return snapshot.check("", ad, territory=territory, at=AT).allow

    def handle(number: int) -> bool:
        own = slots[number]
        return not own or snapshot.answer_of(own, questions[number].territory, "ads", AT).allow

    return {
        "check: advertiser, ad and landing page": ours,
        "the same over a base and a delta": layered,
        "check: ad alone": one_key,
        "handle of the ad, looked up before": handle,
        "plain dict, three keys": peers.dict,
        "zen-engine, the scope alone": peers.zen,
        "cedarpy, the scope alone": peers.cedar,
    }


def compared(ways: dict[str, Callable[[int], bool]], count: int) -> None:
    """All ways answer alike, or nothing is timed."""
    for number in range(count):
        answers = {name: way(number) for name, way in ways.items()}
        if len(set(answers.values())) != 1:
            sys.exit(f"the answers to question {number} differ: {answers}")


def timed(way: Way, count: int, best: list[int]) -> None:
    """One round of a way over all questions."""
    for number in range(count):
        start = perf_counter_ns()
        way(number)
        best[number] = min(best[number], perf_counter_ns() - start)


def singles(snapshot: Snapshot, layers: Layers, peers: Peers, name: str) -> None:
    """The table of single checks."""
    ways, count = ways_of(snapshot, layers, peers), len(peers.questions)
    compared(ways, count)
    best = {each: [2**62] * count for each in ways}
    for _ in range(ROUNDS):
        for each, way in ways.items():
            timed(way, count, best[each])
    heading(f"{name}, {count:,} questions", "p50 µs", "p99 µs", "of ours")
    ours = sorted(best["check: advertiser, ad and landing page"])[count // 2]
    for each, times in best.items():
        times.sort()
        line(each, times[count // 2] / 1000, times[count * 99 // 100] / 1000, times[count // 2] / ours)


def batches(snapshot: Snapshot, keys: int) -> None:
    """The table of batches, in millions a second."""
    table = Table(snapshot)
    sample = hashes_of(f"c:{'ad' if number % 2 else 'free'}-{number % keys}" for number in range(200_000))
    repeat = -(-BATCH // len(sample.firsts))
    order = np.random.default_rng(1).permutation(repeat * len(sample.firsts))[:BATCH]
    hashes = Hashes(
        np.tile(sample.firsts, repeat)[order],
        np.tile(sample.seconds, repeat)[order],
        np.tile(sample.filters, repeat)[order],
    )
    handles = table.handles(hashes)
    place = table.at("FR", "ads", AT)
    rows = np.random.default_rng(2).integers(0, keys, BATCH)
    ways: dict[str, Callable[[], object]] = {
        "handles from hashes, half of them in the table": lambda: table.handles(hashes),
        "what holds at a place (made once for many batches)": lambda: table.at("FR", "ads", AT),
        "allow from handles in any order": lambda: place.allows(rows),
        "allow, reason and decision from handles": lambda: place.answers(rows),
    }
    heading(f"batches of {BATCH:,}", "M/s")
    checked = [
        snapshot.slot(f"c:{'ad' if number % 2 else 'free'}-{number % keys}") for number in range(1_000)
    ]
    if table.handles(sample.part(0, 1_000)).tolist() != checked or not (handles >= 0).any():
        sys.exit("batches and single checks differ")
    for name, way in ways.items():
        seconds = min(_seconds(way) for _ in range(5))
        line(name, BATCH / seconds / 1e6 if "place" not in name else f"{seconds * 1000:,.0f} ms")


def _seconds(way: Callable[[], object]) -> float:
    start = perf_counter()
    way()
    return perf_counter() - start


def main() -> None:
    """Build, open, ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=20_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "base"
        built(path, options.keys)
        line("peak memory until here, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        snapshot = opened(path)
        delta = Path(folder) / "delta"
        terms = Terms(origin="bench", log_size=options.keys + 1, base=snapshot.digest)
        builder = Builder()
        for number in range(1_000):
            builder.add(f"c:other-{number}", ())
        write_snapshot(delta, builder, terms.told(), {"suffixes": b"", "idn": b""}, lambda _: bytes(SEAL))
        layers = Layers(snapshot, open_snapshot(delta))
        chance = random.Random(1)
        for name, known in (("nothing against it", False), ("a measure on the ad", True)):
            asked = questions_about(options.keys, options.questions, chance, known=known)
            singles(snapshot, layers, Peers(options.keys, asked), name)
        batches(snapshot, options.keys)


if __name__ == "__main__":
    main()
