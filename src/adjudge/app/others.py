"""Who else, for an answer: its subjects compared with a population, and its notice's stated reason asked of that.

Pure, as the answer is. Not the questions that `adjudge reach` and `adjudge alike` put: those are in
`adjudge.app.populations`.
"""

from dataclasses import replace

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.app.notices import sent_by
from adjudge.app.reasons import reason_of
from adjudge.basis.problem import ProblemLog
from adjudge.errors import BugError
from adjudge.facts.settle import View, live, settle
from adjudge.language.package import Rule
from adjudge.outcome import Verdict
from adjudge.population.model import Population
from adjudge.population.others import Compared, Others, ReasonReach, kinds_by_severity, others_of
from adjudge.population.reach import reach
from adjudge.population.view import PopulationView, view_at


def with_others(answer: Answer, population: Population | None) -> Answer:
    """The answer with who else is reached and who is alike, for every subject on whom a measure follows.

    Without a population it stays as it is.
    """
    if population is None:
        return answer
    asked = answer.asked
    view = view_at(population, asked.valid_at, asked.known_at)
    evidence = settle(live(answer.case.claims, asked.valid_at, asked.known_at))
    subjects = (
        replace(item, others=_others(item, answer, evidence, population, view))
        if item.outcome.measures
        else item
        for item in answer.subjects
    )
    return replace(
        answer,
        subjects=tuple(subjects),
        reason=_reason(answer, population, view),
        population=population.file,
    )


def _others(
    item: SubjectAnswer, answer: Answer, evidence: View, population: Population, view: PopulationView
) -> Others:
    """Of every rule that is met and could call for a measure, whether or not its own is the one that applies."""
    compared = Compared(
        subject=item.party.subject,
        evidence=evidence,
        measures=kinds_by_severity(kind for _, kind in item.outcome.measures),
    )
    return others_of(answer.package, _met(item), compared, population.file, view)


def _met(item: SubjectAnswer) -> list[Rule]:
    found = (explanation for explanation in item.explanations if explanation.rule.measure is not None)
    return [explanation.rule for explanation in found if explanation.outcome.verdict is Verdict.MET]


def _reason(answer: Answer, population: Population, view: PopulationView) -> ReasonReach | None:
    """Whom the reason reaches that a notice stated which can have been sent by then."""
    notice = answer.case.notice
    if notice is None or notice.reason is None or not sent_by(notice, answer.asked.known_at):
        return None
    rule = reason_of(notice, answer.case.subjects, answer.package, ProblemLog())
    if rule is None:  # it was read against every version of the policy when the case was
        raise BugError(f"a stated reason was read before and cannot be read now: {notice.reason.text}")
    found = reach(answer.package, rule, view)
    return ReasonReach(text=rule.when.on_one_line, population=population.file, reach=found)
