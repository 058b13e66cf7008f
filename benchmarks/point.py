"""The point engine beside zen-engine and cedarpy: one subject, 50 rules, the rules that fire.

Run as `python -m benchmarks.point`. Every answer is compared before it is timed; nothing is asserted about time.
"""

import argparse
import platform
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, perf_counter_ns
from typing import NamedTuple

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.engines.point.engine import PointEngine
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import View, live, settle
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package, Rule
from adjudge.outcome import Outcome, Verdict, agree
from adjudge.reasons.explain import Reader, explain
from adjudge.spec.resolve import outcome_of, surroundings
from benchmarks.wording import (
    AT,
    agreed_claims,
    cedar_text,
    mixed_claims,
    package_line,
    read_claims,
    read_line,
    rule_id,
    zen_text,
)
from benchmarks.workload import Request, Workload, make

try:
    import cedarpy
    import zen
except ImportError:
    sys.exit("zen-engine and cedarpy are missing: `make bench` installs them")

NOW = parse_instant(AT) or Instant(0)
ROUNDS = 3
"""Each engine is timed this often over all requests, in turn, so that a busy moment meets all of them."""
CHECKED_BY_SPEC = 300
MET = Verdict.MET


class Asked(NamedTuple):
    """One request to us: the claims of a subject, settled."""

    subject: Subject
    claims: list[Claim]
    view: View


@dataclass(frozen=True)
class Timed:
    """The times of one way to answer, in nanoseconds."""

    name: str
    nanos: Sequence[int]

    def at(self, share: float) -> float:
        """A percentile in microseconds."""
        ordered = sorted(self.nanos)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] / 1000


Ask = Callable[[int], object]


def timed(ways: dict[str, Ask], requests: int) -> dict[str, Timed]:
    """The best of some rounds for each request and way."""
    best: dict[str, list[int]] = {name: [2**62] * requests for name in ways}
    for _ in range(ROUNDS):
        for name, ask in ways.items():
            times = best[name]
            for number in range(requests):
                start = perf_counter_ns()
                ask(number)
                taken = perf_counter_ns() - start
                times[number] = min(taken, times[number])
    return {name: Timed(name, times) for name, times in best.items()}


class Ours:
    """The package compiled, and requests to it."""

    def __init__(self, package: Package, asked: Sequence[Asked]) -> None:
        self.engine = PointEngine(package)
        self.asked = asked
        self.unit = self.engine.unit(Kind.ADVERTISER, NOW, NOW, None)
        self.rules: dict[str, Rule] = {rule.id: rule for rule in package.rules}
        self.around = surroundings(package, NOW)

    def outcome(self, number: int) -> Outcome:
        """The whole outcome from settled facts."""
        subject, _, view = self.asked[number]
        return self.engine.outcome(subject, view, self.unit, NOW)

    def met(self, number: int) -> object:
        """The ids of the rules that are met, and no outcome."""
        subject, _, view = self.asked[number]
        return self.engine.met(subject, view, self.unit, NOW)

    def with_grounds(self, number: int) -> object:
        """The outcome, and for each met rule its grounds and what speaks against it."""
        subject, claims, view = self.asked[number]
        outcome = self.engine.outcome(subject, view, self.unit, NOW)
        met = [item for item in outcome.rules if item.verdict is MET]
        if not met:
            return outcome, met
        reader = Reader(claims, view, self.around)
        return outcome, [explain(self.rules[item.rule], item, subject, reader) for item in met]

    def agrees_with_spec(self, number: int) -> bool:
        """Whether the spec says the same."""
        subject, _, view = self.asked[number]
        return agree(self.outcome(number), outcome_of(subject, tuple(self.rules.values()), view, self.around))


class Peers:
    """zen with one list of 50, and Cedar with 50 forbids."""

    def __init__(self, work: Workload) -> None:
        self.requests = work.requests
        self.expression = zen.compile_expression(zen_text(work.rules))
        self.policies = cedarpy.PolicySet.from_str(cedar_text(work.rules))
        self.entities = cedarpy.Entities.from_json_str("[]")
        self.cedar_requests = [
            {"principal": 'User::"u"', "action": 'Action::"show"', "resource": 'Ad::"a"', "context": request}
            for request in work.requests
        ]

    def zen(self, number: int) -> list[int]:
        """The numbers of the rules that fire."""
        return [n for n, fires in enumerate(self.expression.evaluate(self.requests[number])) if fires]

    def cedar(self, number: int) -> list[int]:
        """The numbers of the forbids that fire."""
        result = cedarpy.is_authorized(self.cedar_requests[number], self.policies, self.entities)
        return [int(reason[6:]) - 1 for reason in result.diagnostics.reasons if reason != "policy0"]


def ask_of(package: Package, claims: Sequence[object], subject: Subject) -> Asked:
    """A request to us from claims as texts."""
    read = read_claims(package, claims)  # type: ignore[arg-type]  # trees of JSON
    return Asked(subject, read, settle(live(read, NOW, NOW)))


def subject_of(number: int) -> Subject:
    """The subject of a request."""
    return Subject(id=SubjectId(f"a{number}"), kind=Kind.ADVERTISER)


def check_agreement(work: Workload, ours: Ours, peers: Peers) -> None:
    """Every engine gives the fired rules that plain Python gives, on every request."""
    for number, fired in enumerate(work.fired):
        outcome = ours.outcome(number)
        names = [rule_id(n) for n in fired]
        answers = {
            "zen": peers.zen(number) == list(fired),
            "cedar": sorted(peers.cedar(number)) == list(fired),
            "outcome": [item.rule for item in outcome.rules if item.verdict is Verdict.MET] == names,
            "met": ours.met(number) == names,
        }
        if not all(answers.values()):
            sys.exit(f"request {number} (fires {fired}) is answered differently: {answers}")


def check_by_spec(ours: Ours) -> int:
    """How many requests of a sample the spec answered too; it stops at the first difference."""
    checked = min(CHECKED_BY_SPEC, len(ours.asked))
    for number in range(checked):
        if not ours.agrees_with_spec(number):
            sys.exit(f"request {number} of the mixed workload is answered otherwise by the spec")
    return checked


def compiling(package: Package) -> float:
    """Milliseconds from a package that was read to compiled code; the best of some."""
    best = 1e9
    for _ in range(5):
        start = perf_counter()
        PointEngine(package).unit(Kind.ADVERTISER, NOW, NOW, None)
        best = min(best, perf_counter() - start)
    return best * 1000


def row(name: str, found: Timed, peers: Sequence[Timed]) -> None:
    """One line of the table: p50, p99, and p50 as a share of each peer's."""
    shares = "".join(f"{found.at(0.5) / peer.at(0.5):10.2f}" for peer in peers)
    print(f"{name:34}{found.at(0.5):10.1f}{found.at(0.99):10.1f}{shares}")


def main() -> None:
    """Make the workload, compare the answers, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    work = make(given.seed, given.requests)
    chance = random.Random(given.seed)
    package = read_line(package_line(work.rules, work.requests[0]))
    requests = given.requests

    def agreed(number: int, request: Request) -> Asked:
        subject = subject_of(number)
        return ask_of(package, agreed_claims(request, subject, chance), subject)

    def mixed(number: int, request: Request) -> Asked:
        subject = subject_of(number)
        other = work.requests[number - 1]
        return ask_of(package, mixed_claims(request, other, subject, chance), subject)

    ours = Ours(package, [agreed(n, request) for n, request in enumerate(work.requests)])
    ours_mixed = Ours(package, [mixed(n, request) for n, request in enumerate(work.requests)])
    peers = Peers(work)
    check_agreement(work, ours, peers)
    checked = check_by_spec(ours_mixed)

    firing = [number for number, fired in enumerate(work.fired) if fired]
    print(f"Python {platform.python_version()}, {requests} requests, seed {given.seed}: ", end="")
    print(f"{len(work.rules)} rules, {len(work.leaves)} leaves ({len(set(work.leaves))} distinct), ", end="")
    print(
        f"{sum(map(len, work.fired)) / requests:.2f} rules fire, {1 - len(firing) / requests:.1%} fire none"
    )
    print("the engines agree on every request; the spec agrees on a sample of", checked, "mixed ones\n")

    main_ways: dict[str, Ask] = {
        "zen-engine, one list of 50": peers.zen,
        "cedarpy, PolicySet": peers.cedar,
        "adjudge, whole outcome": ours.outcome,
        "adjudge, ids of met rules": ours.met,
        "adjudge, outcome with grounds": ours.with_grounds,
    }
    found = timed(main_ways, requests)
    zen_time, cedar_time, *_ = found.values()
    print(f"{'':34}{'p50 µs':>10}{'p99 µs':>10}{'/ zen':>10}{'/ cedarpy':>10}")
    for name, item in found.items():
        row(name, item, (zen_time, cedar_time))
    if firing:
        print("\nonly requests where a rule fires")
        for name, item in found.items():
            row(name, _only(item, firing), (_only(zen_time, firing), _only(cedar_time, firing)))
    print("\nmixed workload: several claims a fact, denials, silence, weights 1 to 5")
    mixed_ways: dict[str, Ask] = {
        "adjudge, whole outcome": ours_mixed.outcome,
        "adjudge, outcome with grounds": ours_mixed.with_grounds,
    }
    for name, item in timed(mixed_ways, requests).items():
        row(name, item, (zen_time, cedar_time))
    print("\nsettling, apart")
    for name, mine in (("one claim a value", ours), ("mixed", ours_mixed)):
        _settling(name, mine.asked)
    print(f"\ncompiling the package: {compiling(package):.1f} ms")


def _only(item: Timed, numbers: Sequence[int]) -> Timed:
    return Timed(item.name, [item.nanos[number] for number in numbers])


def _settling(name: str, asked: Sequence[Asked]) -> None:
    """Raw claims of one subject to a view."""
    times = timed({name: lambda n: settle(live(asked[n].claims, NOW, NOW))}, len(asked))[name]
    claims = sum(len(item.claims) for item in asked)
    rate = claims / (sum(times.nanos) / 1e9)
    mean = claims / len(asked)
    print(f"{name:34}{times.at(0.5):10.1f}{times.at(0.99):10.1f}   {mean:.1f} claims, {rate:,.0f} claims/s")


if __name__ == "__main__":
    main()
