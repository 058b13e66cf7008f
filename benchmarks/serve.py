"""The check at serving time beside a plain dict, zen-engine and cedarpy: one table, the same questions.

Run as `python -m benchmarks.serve` (`--keys`, `--questions`, `--rounds`). *New* questions are about any ad alike, and
nothing was asked before; *skewed* ones are about some ads far more often than about others (the n-th one by 1/n), after
many others of the same kind. In each round everything is opened anew, and every text is one that nobody has hashed. The
peers are given what a dict found for the keys, since they hold no table: what they take is the evaluation alone. Every
answer is compared before it is timed; nothing is asserted about time. Each is timed in turn, some rounds over, and the
best of each question counts.
"""

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, perf_counter_ns

import numpy as np

from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.current import CURRENT, Current, file_name
from adjudge.enforcement.measure import Served
from adjudge.enforcement.rules import name_rules
from adjudge.enforcement.seal import sealed_text
from adjudge.enforcement.terms import Terms
from adjudge.ledger.signer import signer_of
from adjudge.serve.batch import Hashes, Table, hashes_of
from adjudge.serve.batches import Batches
from adjudge.serve.check import open_snapshot
from adjudge.serve.follow import Follower
from adjudge.serve.layers import Layers
from adjudge.serve.reading import mapped, verify
from adjudge.serve.trust import read_trusted
from benchmarks.questions import SCOPES, Held, Peers, Question, Way, again, held, new, skewed
from benchmarks.timing import heading, line

AT = 1_900_000_000_000_000_000
BATCH = 2_000_000
"""Rows of a batch; of the hashes, half are in the table."""
CHANGED = 1_000
"""Keys of the delta; none is asked for."""
BEFORE = 100_000
"""Questions before skewed ones are timed."""
Traffic = tuple[list[Question], list[Question]]
"""Questions before it is timed, and those that are."""
OURS = "check: advertiser, ad and landing page"
SIGNER = signer_of("bench", bytes(32))


class Folder:
    """A folder of publication with a base and a delta."""

    def __init__(self, path: Path, keys: int) -> None:
        """Build them; the base is timed."""
        builder = Builder()
        marks = [builder.shared.marked((Served(scope=scope, decision="X-000001"),))[0] for scope in SCOPES]
        start = perf_counter()
        for number in range(keys):
            builder.add_marked(b"c:ad-%d" % number, marks[number % len(marks)], number)
        hashed = perf_counter()
        self.path = path
        self.base = self._put(builder, Terms(origin="bench", log_size=keys), name_rules())
        done = perf_counter()
        heading(f"{keys:,} keys", "")
        line("hashing the keys, s", hashed - start)
        line("table, filter, digests, writing, s", done - hashed)
        line("bytes a key", self.base.stat().st_size / keys)
        line("peak memory until here, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        over = Builder()
        for number in range(CHANGED):
            over.add(f"c:other-{number}", ())
        terms = Terms(origin="bench", log_size=keys + 1, base=open_snapshot(self.base).digest)
        self.delta = self._put(over, terms, {"suffixes": b"", "idn": b""})
        current = Current(
            origin="bench",
            base=self.base.name,
            delta=self.delta.name,
            log_size=keys + 1,
            confirmed_at=time.time_ns() // 1_000_000 + 10**9,
        )
        (path / CURRENT).write_bytes(current.written(SIGNER.verifier.id + SIGNER.sign(current.signed())))

    def _put(self, builder: Builder, terms: Terms, rules: Mapping[str, bytes]) -> Path:
        def seal(digest: str) -> bytes:
            return SIGNER.verifier.id + SIGNER.sign(sealed_text("bench", digest))

        digest = write_snapshot(self.path / "new", builder, terms.told(), rules, seal)
        return (self.path / "new").rename(
            self.path / file_name(digest, terms.log_size, delta=bool(terms.base))
        )

    def opened(self) -> None:
        """Verify the base and open it, timed apart."""
        start = perf_counter()
        verify(*mapped(self.base))
        verified = perf_counter()
        open_snapshot(self.base)
        done = perf_counter()
        line("verification of every byte, ms", (verified - start) * 1000)
        line("opening after that, ms", (done - verified) * 1000)

    def layers(self) -> Layers:
        """Both, with nothing remembered."""
        return Layers(open_snapshot(self.base), open_snapshot(self.delta))

    def follower(self) -> Follower:
        """The folder followed, with nothing remembered."""
        found = Follower(self.path, [read_trusted(str(SIGNER.verifier))], without="deny")
        if not found.refresh():
            sys.exit(found.state().refused)
        return found


class Ours:
    """All ways to ask ours, opened anew."""

    def __init__(self, folder: Folder) -> None:
        """Open them."""
        self.snapshot, self.alone = open_snapshot(folder.base), open_snapshot(folder.base)
        self.layers, self.follower = folder.layers(), folder.follower()

    def ways(self, questions: Sequence[Question]) -> dict[str, Way]:
        """How they are asked, by name."""
        snapshot, layers, follower, alone = self.snapshot, self.layers, self.follower, self.alone
        slots = [(slot,) if (slot := snapshot.slot(f"c:{each.ad}")) >= 0 else () for each in questions]

        def ours(number: int) -> bool:
            advertiser, ad, landing, territory = questions[number]
            return snapshot.check(advertiser, ad, landing, territory=territory, at=AT).allow

        def layered(number: int) -> bool:
            advertiser, ad, landing, territory = questions[number]
            return layers.check(advertiser, ad, landing, territory=territory, at=AT).allow

        def followed(number: int) -> bool:
            advertiser, ad, landing, territory = questions[number]
            return follower.check(advertiser, ad, landing, territory=territory).allow

        def one_key(number: int) -> bool:
            _, ad, _, territory = questions[number]
            return alone.check("", ad, territory=territory, at=AT).allow

        def handle(number: int) -> bool:
            own = slots[number]
            return not own or snapshot.answer_of(own, questions[number].territory, "ads", AT).allow

        return {
            OURS: ours,
            "the same over a base and a delta": layered,
            "the same of a folder that is followed, now": followed,
            "check: ad alone": one_key,
            "handle of the ad, looked up before": handle,
        }


def compared(ways: dict[str, Way], count: int) -> None:
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


def singles(folder: Folder, found: Held, asked: Traffic, name: str, rounds: int) -> None:
    """The table of single checks."""
    before, questions = asked
    count, peers = len(questions), Peers(found, questions)
    compared(Ours(folder).ways(questions) | peers.ways(), count)
    best: dict[str, list[int]] = {}
    for _ in range(rounds):
        ours, peers.questions = Ours(folder), again(questions)
        for way in ours.ways(before).values():
            for number in range(len(before)):
                way(number)
        for each, way in (ours.ways(again(questions)) | peers.ways()).items():
            timed(way, count, best.setdefault(each, [2**62] * count))
    heading(f"{name}, {count:,} questions", "p50 µs", "p99 µs", "of ours")
    half = sorted(best[OURS])[count // 2]
    for each, times in best.items():
        times.sort()
        line(each, times[count // 2] / 1000, times[count * 99 // 100] / 1000, times[count // 2] / half)


def batches(folder: Folder, keys: int) -> None:
    """The table of batches, in millions a second."""
    snapshot = open_snapshot(folder.base)
    table, over, follower = Table(snapshot), Table(folder.layers()), folder.follower()
    sample = hashes_of(f"c:{'ad' if number % 2 else 'free'}-{number % keys}" for number in range(200_000))
    repeat = -(-BATCH // len(sample.firsts))
    order = np.random.default_rng(1).permutation(repeat * len(sample.firsts))[:BATCH]
    hashes = Hashes(
        np.tile(sample.firsts, repeat)[order],
        np.tile(sample.seconds, repeat)[order],
        np.tile(sample.filters, repeat)[order],
    )
    place, above, asking = table.at("FR", "ads", AT), over.at("FR", "ads", AT), Batches(follower)
    asking.check(ads=sample, territory="FR")
    rows = np.random.default_rng(2).integers(0, keys, BATCH)
    ways: dict[str, Callable[[], object]] = {
        "handles from hashes, half of them in the table": lambda: table.handles(hashes),
        "the same over a base and a delta": lambda: over.handles(hashes),
        "whole answers of a folder that is followed, from hashes": lambda: asking.check(
            ads=hashes, territory="FR"
        ),
        "what holds at a place (made once for many batches)": lambda: table.at("FR", "ads", AT),
        "allow from handles in any order": lambda: place.allows(rows),
        "allow, reason and decision from handles": lambda: place.answers(rows),
        "the same over a base and a delta, from handles": lambda: above.answers(rows),
    }
    heading(f"batches of {BATCH:,}", "M/s")
    checked = [
        snapshot.slot(f"c:{'ad' if number % 2 else 'free'}-{number % keys}") for number in range(1_000)
    ]
    if table.handles(sample.part(0, 1_000)).tolist() != checked or max(checked) < 0:
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
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"Load of the machine when this began: {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as path:
        folder = Folder(Path(path), options.keys)
        folder.opened()
        chance = random.Random(1)
        found = held(options.keys)
        for told, name in (("nothing against it", "free"), ("a measure on the ad", "ad")):
            asked = new(options.keys, options.questions, chance, name)
            singles(folder, found, ([], asked), f"New: {told}", options.rounds)
            asked = skewed(options.keys, options.questions + BEFORE, chance, name)
            singles(folder, found, (asked[:BEFORE], asked[BEFORE:]), f"Skewed: {told}", options.rounds)
        batches(folder, options.keys)


if __name__ == "__main__":
    main()
