"""All minimal ways out of 50 rules over 30 facts, beside clingo on the same clauses; verification by the spec apart.

Run as `python -m benchmarks.recourse`. The two must find the same sets before anything is said of time; nothing is
asserted about time.
"""

import argparse
import json
import platform
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from adjudge.app.exchange import read_question
from adjudge.basis.problem import ProblemLog
from adjudge.outcome import Outcome, Verdict
from adjudge.recourse.encode import Encoding
from adjudge.recourse.question import Limits, Question
from adjudge.recourse.search import Search
from adjudge.recourse.survey import survey
from adjudge.recourse.verify import Verifier

try:
    import clingo
except ImportError:
    sys.exit("clingo is missing: `make setup-dev` installs it")

RULES, FACTS, FROZEN = 50, 30, 6
LEAST_MET = 3
"""Only subjects that meet so many rules are asked about: with fewer there is little to find."""
STANDARDS = ("reported", "corroborated", "official")
AT = "2026-06-01"
ROUNDS = 3
"""Each search is timed this often, in turn with its peer; the best counts."""
LIMITS = Limits(ways=10_000, calls=1_000_000)


def condition(chance: random.Random) -> str:
    """AND of tests, of ORs of tests, and of NOT of ANDs of tests, as in the workload of the point engine."""
    groups = []
    for _ in range(chance.randint(4, 7)):
        tests = [f"advertiser.f{number}" for number in chance.sample(range(FACTS), chance.randint(1, 2))]
        if chance.random() < 0.5:  # noqa: PLR2004 - a share
            groups.append(f"!({' && '.join(tests)})")
        else:
            groups.append(f"({' || '.join(tests)})")
    return " && ".join(groups)


def line(seed: int, *, proof: bool) -> str:
    """A policy and one subject's claims as a line of the exchange form; six facts that nobody can change."""
    chance = random.Random(seed)
    facts: dict[str, object] = {}
    for number in range(FACTS):
        by = "nobody" if number < FROZEN else "advertiser"
        facts[f"f{number}"] = {"type": "bool", "changeable_by": by, "effort": chance.randint(1, 9)}
        if proof and number % 5 == 0:
            facts[f"f{number}"] |= {"proof": [{"document": "audit", "weight": 4}]}  # type: ignore[operator]  # a mapping
    rules = [
        {
            "id": f"r{number:02d}",
            "subject": "advertiser",
            "kind": "prohibition",
            "ground": {"terms": str(number)},
            "territory": "worldwide",
            "when": condition(chance),
            "standard": STANDARDS[number % len(STANDARDS)],
            "measure": {"exclude": {}},
        }
        for number in range(RULES)
    ]
    claims = [
        {
            "id": f"c{number}",
            "subject": "a",
            "fact": f"advertiser.f{number % FACTS}",
            "value": chance.random() < 0.5,  # noqa: PLR2004 - a share
            "stance": "asserts",
            "weight": chance.randint(1, 5),
            "origin": f"o{number}",
            "recorded_at": "2026-01-01",
        }
        for number in range(FACTS + FACTS // 3)
    ]
    vocabulary = {"vocabulary": "made", "version": 1, "facts": {"advertiser": facts}}
    package = {"package": "made", "version": "1", "language": 1, "vocabulary": "made", "published_at": AT}
    return json.dumps(
        {
            "vocabulary": json.dumps(vocabulary),
            "package": json.dumps({**package, "rules": rules}),
            "claims": claims,
            "subjects": [{"id": "a", "kind": "advertiser"}],
            "valid_at": AT,
            "known_at": AT,
        }
    )


def questions(seed: int, count: int, *, proof: bool) -> Iterator[tuple[Question, Outcome]]:
    """Questions of subjects that meet some rules, with the outcome."""
    found = 0
    while found < count:
        log = ProblemLog()
        asked = read_question(line(seed, proof=proof), log)
        if asked is None or log.refuses:
            sys.exit(f"the workload of seed {seed} is not well-formed: {log.problems}")
        question = Question(
            package=asked.package,
            claims=asked.claims,
            subject=asked.subjects[0],
            valid_at=asked.valid_at,
            known_at=asked.known_at,
            limits=LIMITS,
        )
        outcome = Verifier(question).after(()).here
        if len(outcome.measures) >= LEAST_MET:
            yield question, outcome
            found += 1
        seed += 1


@dataclass
class Times:
    """Milliseconds of each stage for each question."""

    surveying: list[float] = field(default_factory=list)
    enumerating: list[float] = field(default_factory=list)
    clingo: list[float] = field(default_factory=list)
    verifying: list[float] = field(default_factory=list)
    sets: list[int] = field(default_factory=list)


def encoded(question: Question, outcome: Outcome, times: Times) -> Encoding:
    """The clauses, with the time that it takes to survey what can be done."""
    start = perf_counter()
    surveyed = survey(question, [rule for rule, _ in outcome.measures])
    times.surveying.append(1000 * (perf_counter() - start))
    return _encoding(surveyed, outcome)


def _encoding(surveyed: object, outcome: Outcome) -> Encoding:
    made = Encoding(surveyed)  # type: ignore[arg-type]  # a survey
    made.reach()
    made.release_from(item.rule for item in outcome.rules if item.verdict is Verdict.CONTESTED)
    return made


def ours(encoding: Encoding) -> set[frozenset[int]]:
    """All minimal sets that reach the target, by the assumption loop, making the clauses not included."""
    found = set()
    with Search(encoding, LIMITS) as search:
        for item in search.minimal(with_others=True, release=False):
            search.block(-part for part in item.parts)
            found.add(item.parts)
        if search.hit:
            sys.exit("a limit was hit: the figures would say nothing")
    return found


def by_clingo(encoding: Encoding) -> set[frozenset[int]]:
    """The same by clingo: the clauses as constraints, domain recording over the parts."""
    control = clingo.Control(["0", "--heuristic=Domain", "--enum-mode=domRec"], logger=lambda *_: None)
    parts = frozenset(part.variable for part in encoding.parts)
    with control.backend() as backend:
        atoms = [0, *(backend.add_atom(_symbol(n)) for n in range(1, encoding.clauses.count + 1))]
        backend.add_rule(atoms[1:], choice=True)
        for clause in [*encoding.clauses.found, [-encoding.release]]:
            backend.add_rule([], [-atoms[n] if n > 0 else atoms[-n] for n in clause])
        for part in parts:
            backend.add_heuristic(atoms[part], clingo.backend.HeuristicType.False_, 1, 1, [])
    found = set()
    with control.solve(yield_=True) as handle:
        for model in handle:
            true = {symbol.arguments[0].number for symbol in model.symbols(atoms=True)}
            found.add(frozenset(true & parts))
    return found


def _symbol(number: int) -> clingo.Symbol:
    return clingo.Function("v", [clingo.Number(number)])


def measured(seed: int, count: int, *, proof: bool) -> Times:
    """Ask all questions and time the stages."""
    times = Times()
    for question, outcome in questions(seed, count, proof=proof):
        encoding = encoded(question, outcome, times)
        best_ours = best_clingo = best_encoding = 1e9
        for _ in range(ROUNDS):
            start = perf_counter()
            again = _encoding(encoding.survey, outcome)
            best_encoding = min(best_encoding, perf_counter() - start)
            start = perf_counter()
            found = ours(again)
            best_ours = min(best_ours, perf_counter() - start)
            start = perf_counter()
            other = by_clingo(again)
            best_clingo = min(best_clingo, perf_counter() - start)
            if found != other:
                sys.exit(f"clingo finds {len(other)} sets and we {len(found)}")
        times.enumerating.append(1000 * (best_encoding + best_ours))
        times.clingo.append(1000 * (best_encoding + best_clingo))
        times.sets.append(len(found))
        times.verifying.append(verifying(question, encoding, found))
    return times


def verifying(question: Question, encoding: Encoding, found: set[frozenset[int]]) -> float:
    """Milliseconds in which the spec goes through all ways of a question."""
    verifier = Verifier(question)
    ways = [tuple(encoding.action_of[v] for v in encoding.exact(parts)) for parts in found]
    start = perf_counter()
    for actions in ways:
        verifier.verified(actions)
    return 1000 * (perf_counter() - start)


def row(name: str, times: Sequence[float], peer: Sequence[float] | None = None) -> None:
    """One line of the table: p50, the greatest, and p50 as a share of the peer's."""
    share = f"{statistics.median(times) / statistics.median(peer):10.2f}" if peer else ""
    print(f"{name:44}{statistics.median(times):10.1f}{max(times):10.1f}{share}")


def main() -> None:
    """Ask, compare, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {given.questions} subjects, seed {given.seed}: ", end="")
    print(f"{RULES} rules over {FACTS} facts, {FROZEN} of which nobody can change")
    for name, proof in (
        ("changes only", False),
        ("changes, and proofs in four weights for a fifth of the facts", True),
    ):
        times = measured(given.seed, given.questions, proof=proof)
        print(f"\n{name}: {min(times.sets)} to {max(times.sets)} minimal sets, median ", end="")
        print(f"{statistics.median(times.sets):.0f}; clingo finds the same")
        print(f"{'':44}{'p50 ms':>10}{'max ms':>10}{'/ clingo':>10}")
        row("clingo, clauses and all minimal sets", times.clingo)
        row("adjudge, clauses and all minimal sets", times.enumerating, times.clingo)
        row("adjudge, finding what can be done", times.surveying)
        row("adjudge, verifying every way by the spec", times.verifying)


if __name__ == "__main__":
    main()
