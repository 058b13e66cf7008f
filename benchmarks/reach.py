"""How fast a population is asked: settling its claims, evaluating one rule for all, working out and writing the answer.

Run as `python -m benchmarks.reach`. The population is made by seed; a sample is answered by the spec too before
anything is timed, and nothing is asserted about time. Reading files is not part of it.
"""

import argparse
import platform
import random
import sys
from collections.abc import Callable
from decimal import Decimal
from time import perf_counter
from types import MappingProxyType

from adjudge.answers.answer import Asked
from adjudge.answers.populations.answer import ReachAnswer, Reason
from adjudge.answers.populations.reach_json import reach_json
from adjudge.basis.ids import ClaimId, DocumentId, FactName, OriginId, SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Standard
from adjudge.evidence.case import Party
from adjudge.facts.claim import Claim, Stance, Subject
from adjudge.facts.settle import live, settle
from adjudge.facts.type import CodeType, Simple
from adjudge.facts.value import Money, Value
from adjudge.facts.vocabulary import Fact, Kind, Taxonomy, Vocabulary
from adjudge.language.package import LANGUAGE_VERSION, MeasureKind, Package, Rule
from adjudge.language.seal import digest_of_package
from adjudge.population.alike import alike
from adjudge.population.batch import by_point
from adjudge.population.model import Decided, DecisionStatus, Dimension, Population, PopulationFile
from adjudge.population.reach import reach
from adjudge.population.reason import reason_rule, with_only
from adjudge.population.view import view_at
from adjudge.spec.resolve import rule_outcome, surroundings

NOW = parse_instant("2020-01-01") or Instant(0)
ROUNDS = 3
CHECKED_BY_SPEC = 500
MODELS = ("paid_by_users", "paid_by_ads", "paid_by_funds")
COUNTRIES = ("FR", "DE", "US", "RU", "JP", "NL")
REASON = "advertiser.model == 'paid_by_users' && !(advertiser.staff > 500) || advertiser.hidden"
_ADVERTISER = Kind.ADVERTISER
_FACTS = (
    Fact(kind=_ADVERTISER, name="model", type=CodeType("model")),
    Fact(kind=_ADVERTISER, name="country", type=Simple.COUNTRY, protected=True),
    Fact(kind=_ADVERTISER, name="staff", type=Simple.INT),
    Fact(kind=_ADVERTISER, name="spend", type=Simple.MONEY),
    Fact(kind=_ADVERTISER, name="hidden", type=Simple.BOOL, complete=True),
)
VOCABULARY = Vocabulary(
    name="bench",
    version=1,
    taxonomies=MappingProxyType({"model": Taxonomy("model", dict.fromkeys(MODELS))}),
    facts=MappingProxyType({fact.full_name: fact for fact in _FACTS}),
)
PACKAGE = Package(
    id="bench", version="1", language=LANGUAGE_VERSION, published_at=NOW, vocabulary=VOCABULARY, rules=()
)


def population(count: int, seed: int) -> Population:
    """Advertisers with up to six claims each, some of them contradicted, and decisions about a few."""
    chance = random.Random(seed)
    names = [SubjectId(f"a{number}") for number in range(count)]
    subjects = [Subject(id=name, kind=_ADVERTISER) for name in names]
    claims: list[Claim] = []
    for name in names:
        values: dict[str, Value] = {
            "model": chance.choice(MODELS),
            "country": chance.choice(COUNTRIES),
            "staff": chance.randrange(1, 2000),
            "spend": Money(Decimal(chance.randrange(1, 10**7)) / 100, chance.choice(("EUR", "USD"))),
            "hidden": chance.random() < 0.05,  # noqa: PLR2004 - one in twenty
        }
        if chance.random() < 0.1:  # noqa: PLR2004 - one in ten is contradicted
            claims.append(_claim(f"{name}-x", name, "model", chance.choice(MODELS), 2))
        claims += [
            _claim(f"{name}-{fact}", name, fact, value, chance.randrange(1, 5))
            for fact, value in values.items()
            if chance.random() < 0.9  # noqa: PLR2004 - one in ten is not known
        ]
    decisions = {
        name: Decided(
            subject=name,
            measures=(MeasureKind.EXCLUDE,) if chance.random() < 0.5 else (),  # noqa: PLR2004 - half
            status=DecisionStatus.VERIFIED,
            document=DocumentId("d"),
        )
        for name in names
        if chance.random() < 0.1  # noqa: PLR2004 - of one in ten a decision is known
    }
    return Population(
        file=_file(subjects), vocabulary=VOCABULARY, documents={}, claims=tuple(claims), decisions=decisions
    )


def _file(subjects: list[Subject]) -> PopulationFile:
    return PopulationFile(
        id="bench",
        title={},
        summary={},
        policy="bench",
        as_of=NOW,
        parties=tuple(Party(subject=subject, title={}) for subject in subjects),
        dimensions=(
            Dimension(name="country", fact=FactName("advertiser.country")),
            Dimension(name="staff", fact=FactName("advertiser.staff"), bands=(Decimal(10), Decimal(100))),
            Dimension(name="spend", fact=FactName("advertiser.spend")),
        ),
        documents="",
        claims="",
        decisions="",
    )


def _claim(name: str, subject: SubjectId, fact: str, value: Value, weight: int) -> Claim:
    return Claim(
        id=ClaimId(name),
        subject=subject,
        fact=FactName(f"advertiser.{fact}"),
        value=value,
        stance=Stance.ASSERTS,
        weight=weight,
        origin=OriginId(name),
        recorded_at=Instant(0),
    )


def check_by_spec(rule: Rule, people: Population) -> int:
    """How many subjects the spec answered too; it stops at the first difference."""
    view = settle(live(people.claims, NOW, NOW))
    found = reach(PACKAGE, rule, view_at(people, NOW, NOW))
    sample = found.rows[:CHECKED_BY_SPEC]
    around = surroundings(PACKAGE, NOW)
    for row in sample:
        wanted = rule_outcome(rule, row.subject, view, around)
        if (row.outcome.verdict, row.outcome.pair) != (wanted.verdict, wanted.pair):
            sys.exit(f"{row.subject.id} is answered otherwise by the spec")
    return len(sample)


def best(ask: Callable[[], object]) -> float:
    """Seconds; the best of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        ask()
        times.append(perf_counter() - start)
    return min(times)


def row(name: str, seconds: float, count: int) -> None:
    """One line of the table."""
    print(f"{name:52}{seconds * 1000:10.1f}{count / seconds:16,.0f}")


def main() -> None:
    """Make the population, compare with the spec, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    people, count = population(given.subjects, given.seed), given.subjects
    rule = reason_rule(REASON, _ADVERTISER, Standard.REPORTED, PACKAGE, ProblemLog())
    if rule is None:
        sys.exit("the reason is no condition")
    checked = check_by_spec(rule, people)
    view = view_at(people, NOW, NOW)
    package = with_only(PACKAGE, rule)
    found = reach(PACKAGE, rule, view)
    answer = ReachAnswer(
        population=people,
        package=PACKAGE,
        digest=digest_of_package(PACKAGE),
        asked=Asked(valid_at=NOW, known_at=NOW, territory=None),
        reason=Reason(text=REASON),
        reach=found,
    )
    print(
        f"Python {platform.python_version()}, {count} subjects, {len(people.claims)} claims, seed {given.seed}; "
    )
    print(f"{len(found.reached)} are reached; the spec agrees on a sample of {checked}\n")
    print(f"{'':52}{'ms':>10}{'subjects/s':>16}")
    row("settling", best(lambda: view_at(people, NOW, NOW)), count)
    row("evaluating, compiling included", best(lambda: by_point(package, view, None)), count)
    row("evaluating and working out the answer", best(lambda: reach(PACKAGE, rule, view)), count)
    row("writing the answer as JSON", best(lambda: reach_json(answer)), count)
    row("like cases, with counts by country", best(lambda: alike(PACKAGE, [rule], view)), count)


if __name__ == "__main__":
    main()
