"""Settle, evaluate, explain, adjudicate: from a case and an instant to everything an answer says.

The point engine evaluates, and the spec evaluates again before anything is said. Pure: the case, the instants and the
place are handed in; nothing is read or written.
"""

from dataclasses import dataclass, replace

from adjudge.answers.answer import Answer, Asked, SubjectAnswer
from adjudge.app.notices import examined, sent_by
from adjudge.app.on_files import LoadedCase
from adjudge.app.recourse import told_recourse
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say
from adjudge.decisions.adjudicate import adjudicate
from adjudge.engines.evaluator import Evaluator
from adjudge.engines.point.engine import outcomes as by_point
from adjudge.errors import BugError
from adjudge.evidence.case import Party
from adjudge.facts.settle import live, settle
from adjudge.language.package import Package, latest
from adjudge.language.seal import digest_of_package
from adjudge.outcome import Outcome, agree
from adjudge.reasons.explain import Reader, explain
from adjudge.spec.resolve import outcome_of, surroundings

REPORT = "please report this with the case; no answer is given"


def decide(
    loaded: LoadedCase, asked: Asked, log: ProblemLog, evaluate: Evaluator = by_point
) -> Answer | None:
    """Answer a case; None with a problem where no version of the policy was published by then.

    Every outcome of the engine is compared with the spec's. Raises BugError where they differ: an answer that could not
    be defended is not given.
    """
    package = latest(list(loaded.policy.packages), asked.known_at)
    if package is None:
        first = min(item.published_at for item in loaded.policy.packages)
        message = say(
            "no version of {policy} was published by {instant}",
            policy=quoted(loaded.case.file.policy),
            instant=str(asked.known_at),
        )
        hint = say("the first was published at {instant}", instant=str(first))
        log.add("unknown-package", message, where="--known-at", hint=hint)
        return None
    claims = live(loaded.case.claims, asked.valid_at, asked.known_at)
    reader = Reader(claims, settle(claims), surroundings(package, asked.valid_at))
    parties = {party.subject.id: party for party in loaded.case.file.parties}
    found = evaluate(
        package,
        loaded.case.claims,
        loaded.case.subjects,
        valid_at=asked.valid_at,
        known_at=asked.known_at,
        territory=asked.territory,
    )
    if [item.subject for item in found] != sorted(parties):
        raise BugError("the engine did not answer every subject once", hint=REPORT)
    return _with_examination(
        Answer(
            case=loaded.case,
            asked=asked,
            package=package,
            digest=digest_of_package(package),
            subjects=tuple(
                _subject(item, parties[item.subject], _Question(package, asked, reader)) for item in found
            ),
            recorded=sum(claim.recorded_at <= asked.known_at for claim in loaded.case.claims),
            live=len(claims),
        )
    )


def outcomes_of(loaded: LoadedCase, package: Package, asked: Asked, evaluate: Evaluator) -> list[Outcome]:
    """The outcomes of a case by one version, without their reasons; held against the spec's as in `decide`."""
    case, place = loaded.case, asked.territory
    view = settle(live(case.claims, asked.valid_at, asked.known_at))
    around = surroundings(package, asked.valid_at)
    rules = package.in_force(asked.valid_at, asked.known_at, place)
    subjects = {subject.id: subject for subject in case.subjects}
    found = evaluate(
        package,
        case.claims,
        case.subjects,
        valid_at=asked.valid_at,
        known_at=asked.known_at,
        territory=place,
    )
    for item in found:
        _hold_against(item, outcome_of(subjects[item.subject], rules, view, around))
    return found


def _hold_against(outcome: Outcome, by_spec: Outcome) -> None:
    """Raise BugError where the engine's outcome is not the spec's."""
    if not agree(outcome, by_spec):
        subject = quoted(by_spec.subject)
        message = f"the engine and the spec differ on {subject}: {outcome} against {by_spec}"
        raise BugError(message, hint=REPORT)


def with_recourse(answer: Answer) -> Answer:
    """The answer with what would change it, for every subject on whom a measure follows.

    Apart from deciding, since it takes longer and not every question needs it.
    """
    subjects = (
        replace(item, recourse=told_recourse(answer, item.outcome.subject)) for item in answer.subjects
    )
    return replace(answer, subjects=tuple(subjects))


def _with_examination(answer: Answer) -> Answer:
    """The answer with the notice examined, if one can have been sent by then."""
    notice = answer.case.notice
    if notice is None or not sent_by(notice, answer.asked.known_at):
        return answer
    recourse = told_recourse(answer, notice.about)
    told = tuple(
        replace(item, recourse=recourse) if item.outcome.subject == notice.about else item
        for item in answer.subjects
    )
    known = replace(answer, subjects=told)
    return replace(known, examination=examined(known, notice))


@dataclass(frozen=True, slots=True)
class _Question:
    package: Package
    asked: Asked
    reader: Reader


def _subject(outcome: Outcome, party: Party, question: _Question) -> SubjectAnswer:
    asked, reader = question.asked, question.reader
    rules = question.package.in_force(asked.valid_at, asked.known_at, asked.territory)
    by_spec = outcome_of(party.subject, rules, reader.view, reader.around)
    _hold_against(outcome, by_spec)
    by_id = {rule.id: rule for rule in rules}
    return SubjectAnswer(
        party=party,
        outcome=outcome,
        explanations=tuple(explain(by_id[item.rule], item, party.subject, reader) for item in outcome.rules),
        decision=adjudicate(outcome, rules),
    )
