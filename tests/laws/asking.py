"""How the laws ask: cases read once per process, and the pair of one condition or of a part of it."""

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cache

from adjudge.app.exchange import Question, read_question
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Pair
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import live, settle
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.core import Condition
from adjudge.language.package import Rule
from adjudge.outcome import Outcome
from adjudge.spec.concrete import Surroundings
from adjudge.spec.evaluate import Situation, pair_of
from adjudge.spec.resolve import outcomes, surroundings
from tests.generators.cases import Case, seeded_case

CASES = range(2000)
"""As many as a run takes; each law sees all of them, unless it says otherwise."""


@cache
def asked(number: int) -> tuple[Case, Question]:
    """A case and what the reader makes of it."""
    case = seeded_case(f"law {number}")
    return case, question_of(case.line())


def question_of(line: str) -> Question:
    """A line that must be well-formed."""
    log = ProblemLog()
    question = read_question(line, log)
    assert question is not None, [problem.message for problem in log.problems]
    return question


def answers(question: Question) -> list[Outcome]:
    """The outcomes by the spec."""
    return outcomes(
        question.package,
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.territory,
    )


def moment(text: str) -> Instant:
    """An instant of a case."""
    found = parse_instant(text)
    assert found is not None
    return found


def with_claims(question: Question, claims: Iterable[Claim]) -> Question:
    """The same question over other claims."""
    return dataclasses.replace(question, claims=tuple(claims))


def live_claims(question: Question) -> list[Claim]:
    """The claims that count."""
    return live(question.claims, question.valid_at, question.known_at)


def subject_of(question: Question, kind: str) -> Subject:
    """The one subject of a kind."""
    return next(item for item in question.subjects if item.kind.value == kind)


def rules_with_subjects(question: Question) -> Iterator[tuple[Rule, Subject]]:
    """Every rule with the subject that it is about, whether or not it is in force."""
    for rule in question.package.rules:
        yield rule, subject_of(question, rule.subject.value)


def weigh(condition: Condition, question: Question, subject: Subject, claims: Iterable[Claim]) -> Pair:
    """The pair of a condition over some live claims."""
    around = surroundings(question.package, question.valid_at)
    return _weigh(condition, around, subject.id, subject.advertiser, claims)


def weigh_in_world(
    condition: Condition, vocabulary: Vocabulary, claims: Iterable[Claim], at: Instant
) -> Pair:
    """The pair of a condition about the ad of the cases, without lists and parameters."""
    around = Surroundings(at, {}, {}, vocabulary)
    return _weigh(condition, around, SubjectId("ad-1"), SubjectId("acme"), claims)


def _weigh(
    condition: Condition,
    around: Surroundings,
    subject: SubjectId,
    advertiser: SubjectId | None,
    claims: Iterable[Claim],
) -> Pair:
    view = settle(claims)
    return pair_of(condition, Situation(view, around, subject, advertiser, lambda _place, _reason: None))
