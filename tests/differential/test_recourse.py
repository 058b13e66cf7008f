"""Recourse against everything tried one by one, with the spec as judge, and against answer sets; on generated cases."""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest

from adjudge.app.exchange import Question as Asked
from adjudge.app.exchange import read_question
from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Duration, Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.errors import BugError
from adjudge.facts.claim import Stance
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.type import Type
from adjudge.facts.value import Money, Record, Value
from adjudge.language.operators import Concrete
from adjudge.language.package import MeasureKind
from adjudge.outcome import Outcome
from adjudge.recourse import spread as spread_module
from adjudge.recourse.action import Action, Addition, Choice, Proof, Replacement, action_key
from adjudge.recourse.clauses import FALSE, TRUE
from adjudge.recourse.encode import Encoding
from adjudge.recourse.question import Question
from adjudge.recourse.ranges import Cut, Range, Spread, cell, cut_of
from adjudge.recourse.recourse import encoded, recourse, searched
from adjudge.recourse.survey import survey
from adjudge.recourse.verify import Verifier
from adjudge.recourse.way import Way
from tests.differential.oracle_recourse import Actions, combinations_of, every_way, minimal_by_clingo
from tests.generators.powers import case_with_powers

SETS = 9
"""Further sets of claims for each package, so that a seed gives ten cases."""
PARTS = 4
TRIED = 300
"""Sets of actions that are tried one by one; a case with more is left to answer sets."""
NAMED = 3
"""Values that are said to do the same, of those of one action, that are tried."""
TARGETS = (None, None, None, MeasureKind.LABEL, MeasureKind.LIMIT)


PARTED = 3
"""Of so many sets of claims one is asked of a territory in which every second rule is in force."""


def plain(tree: object) -> Plain:
    """A tree of the generators, whose numbers are whole, as the JSON reader gives it."""
    found: Plain = tree  # type: ignore[assignment]  # the generators' Json has floats in its type, and makes none
    return found


def cases(seed: str) -> Iterator[Asked]:
    case, more = case_with_powers(seed, SETS)
    log = ProblemLog()
    first = read_question(case.line(), log)
    assert first is not None, log.problems
    yield first
    reader = ClaimReader(first.package.vocabulary, log)
    for trees in more:
        claims = tuple(reader.read_all([node_of(plain(tree), "claim") for tree in trees]))
        assert not log.problems, log.problems
        yield replace(first, claims=claims)


def questions(seed: str) -> Iterator[Question]:
    """A question for each subject and case of a seed."""
    for number, found in enumerate(cases(seed)):
        asked = found if number % PARTED else parted(found)
        for subject in asked.subjects:
            yield Question(
                package=asked.package,
                claims=asked.claims,
                subject=subject,
                valid_at=asked.valid_at,
                known_at=asked.known_at,
                territory=asked.territory,
                target=TARGETS[number % len(TARGETS)],
            )


def parted(asked: Asked) -> Asked:
    """The same, asked of one of two territories between which the rules are divided."""
    rules = tuple(
        replace(rule, territory=frozenset({"BE"} if number % 2 else {"FR"}))
        for number, rule in enumerate(asked.package.rules)
    )
    return replace(asked, package=replace(asked.package, rules=rules), territory="FR")


def too_severe(question: Question, outcome: Outcome) -> list[RuleId]:
    return [rule for rule, kind in outcome.measures if question.is_too_severe(kind)]


def compare(question: Question) -> tuple[int, int]:
    """How many ways there are, and by how many oracles they were found again (0 where there is nothing to lift)."""
    verifier = Verifier(question)
    now = verifier.after(())
    lifted = too_severe(question, now.here)
    if not lifted:
        assert recourse(question).ways == ()
        return 0, 0
    surveyed = survey(question, lifted)
    found, whole = searched(surveyed, now, verifier)
    assert whole
    assert len(set(found)) == len(found)
    judged = 0
    if combinations_of(surveyed) <= TRIED:
        assert set(found) == every_way(surveyed, now)
        judged += 1
    encoding = encoded(surveyed, now)
    by_clingo = {
        tuple(sorted((encoding.action_of[v] for v in encoding.exact(parts)), key=action_key))
        for parts in minimal_by_clingo(encoding)
    }
    # What is found besides are heavier claims that obtain a release where the lighter ones do not.
    assert by_clingo <= set(found)
    assert all(heavier_than_some(way, by_clingo) for way in set(found) - by_clingo)
    answer = recourse(question)
    assert answer == recourse(question)
    costs = [(way.ends_contested, way.cost) for way in answer.ways]
    assert costs == sorted(costs)
    for way in answer.ways:
        for other in with_others(way):
            assert verifier.reaches(verifier.after(other)), other
    return len(found), judged + 1


def with_others(way: Way) -> Iterator[Actions]:
    """The way with some of the values that are said to do the same."""
    actions = tuple(step.action for step in way.steps)
    for place, action in enumerate(actions):
        for other in alike(action):
            yield (*actions[:place], other, *actions[place + 1 :])


def alike(action: Action) -> list[Action]:
    match action:
        case Replacement(to=to):
            return [replace(action, to=Choice(value)) for value in [*to.others[:NAMED], *within(to.spread)]]
        case Addition(value=value):
            found = [*value.others[:NAMED], *within(value.spread)]
            return [replace(action, value=Choice(other)) for other in found]
        case Proof(others=others):
            said = [(other.value, other.stance) for other in others[:NAMED]]
            either = [*said, *((value, Stance.ASSERTS) for value in within(action.spread))]
            return [replace(action, value=value, stance=stance, others=()) for value, stance in either]
        case _:
            return []


def within(spread: Spread) -> Iterator[Value]:
    """Values at the ends of ranges, and far from them: alone, and in the fields of records."""
    for found in spread.ranges:
        yield from at_the_ends(found)
    for record, fields in spread.records:
        for name, found in fields:
            for value in at_the_ends(found):
                yield Record(tuple((key, value if key == name else old) for key, old in record.fields))


def at_the_ends(found: Range) -> Iterator[Value]:
    cuts = [cut for cut in (found.low, found.high) if cut is not None]
    for cut, sign in zip(cuts, (1 if found.low else -1, -1), strict=False):
        yield from (value for value in beyond(cut.value, sign) if cell(value, cuts) == found)


def beyond(value: Value, sign: int) -> Iterator[Value]:
    """A value, the next ones in a direction, and one far away."""
    for step in (0, 1, 700):
        match value:
            case int():
                yield value + sign * step
            case Decimal():
                yield value + sign * step * Decimal("0.01")
            case Money(amount=amount, currency=currency):
                yield Money(amount + sign * step, currency)
            case Instant(nanos=nanos):
                yield Instant(nanos + sign * step)
            case Duration(nanos=nanos):
                yield Duration(nanos + sign * step)
            case dt.date():
                with suppress(OverflowError):  # the last day that there is
                    yield value + dt.timedelta(days=sign * step)
            case _:
                pytest.fail(f"a range of {value!r}")


def heavier_than_some(way: Actions, others: set[Actions]) -> bool:
    claims = [claims_in(other) for other in others]
    return any(found and found <= claims_in(way) for found in claims)


def claims_in(way: Actions) -> set[tuple[object, ...]]:
    return {(item.fact, item.value, item.stance) for item in way if isinstance(item, Proof)}


@pytest.mark.parametrize("part", range(PARTS))
def test_recourse_is_what_trying_everything_finds_on_five_thousand_cases(part: int) -> None:
    ways = judged = 0
    for number in range(part, 500, PARTS):
        for question in questions(f"recourse {number}"):
            found, oracles = compare(question)
            ways, judged = ways + found, judged + oracles
    assert ways > 100
    assert judged > 150


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_recourse_is_what_trying_everything_finds_on_two_hundred_thousand_cases(part: int) -> None:
    for number in range(part, 20_000, 20):
        for question in questions(f"recourse slow {number}"):
            compare(question)


@pytest.mark.parametrize("number", [7007])
def test_cases_that_once_differed_do_not_any_more(number: int) -> None:
    """Found among the 200,000: a whole number compared with -0.5 was said to be another one up to 0, not to -1."""
    for question in questions(f"recourse slow {number}"):
        compare(question)


def differing(most: int) -> int:
    """How many seeds it takes until a planted bug shows."""
    for number in range(most):
        for question in questions(f"planted {number}"):
            try:
                compare(question)
            except (AssertionError, BugError):
                return number + 1
    pytest.fail("the planted bug was not found")


def test_an_exception_taken_for_established_below_its_standard_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = Encoding._reached  # noqa: SLF001 - the bug is planted in it

    def lenient(self: Encoding, item: object, *, holds: bool) -> int:
        return TRUE if holds else honest(self, item, holds=holds)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(Encoding, "_reached", lenient)
    assert differing(300) <= 300


def test_an_open_set_taken_for_closed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(self: Encoding, name: object, grade: int, *, holds: bool) -> int:  # noqa: ARG001 - as the honest one
        return TRUE if holds else FALSE

    monkeypatch.setattr(Encoding, "_closed", closed)
    assert differing(2_000) <= 2_000


def test_a_range_that_ends_one_value_too_far_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def turned(kind: Type, at: Concrete, *, above: bool, like: Value) -> Cut | None:
        return cut_of(kind, at, above=not above, like=like)

    monkeypatch.setattr(spread_module, "cut_of", turned)
    assert differing(600) <= 600


def test_a_measure_of_another_territory_that_is_forgotten_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Encoding.reach

    def forgetful(self: Encoding, elsewhere: object = ()) -> None:  # noqa: ARG001 - as the honest one
        honest(self, {rule.id for rule in self.survey.rules})

    monkeypatch.setattr(Encoding, "reach", forgetful)
    assert differing(3_000) <= 3_000


def test_a_rule_that_overrides_and_is_forgotten_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Encoding, "_met", lambda *_: FALSE)
    assert differing(2_000) <= 2_000
