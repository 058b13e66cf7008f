"""Recourse for a subject of an answer: the question made from the case, and asked.

Not the search: that is in `adjudge.recourse`. Pure, as the answer is.
"""

from adjudge.answers.answer import Answer
from adjudge.basis.ids import SubjectId
from adjudge.facts.claim import Subject
from adjudge.language.package import MeasureKind
from adjudge.recourse.question import Limits, Question
from adjudge.recourse.recourse import recourse
from adjudge.recourse.way import Recourse

DEFAULT_LIMITS = Limits()


def recourse_of(
    answer: Answer,
    subject: SubjectId,
    *,
    target: MeasureKind | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Recourse:
    """What would change the answer for one of its subjects. Raises KeyError for a subject that it does not have."""
    return recourse(question_of(answer, _subject(answer, subject), target=target, limits=limits))


def told_recourse(answer: Answer, subject: SubjectId) -> Recourse | None:
    """What goes with an answer and a notice: what would change it where a measure follows, searched once.

    A narrower search would be little quicker, and could tell somebody that nothing helps where something does.
    """
    found = next((item for item in answer.subjects if item.outcome.subject == subject), None)
    if found is None or not found.outcome.measures:
        return None
    return found.recourse or recourse_of(answer, subject)


def question_of(
    answer: Answer, subject: Subject, *, target: MeasureKind | None = None, limits: Limits = DEFAULT_LIMITS
) -> Question:
    """The question that an answer answers, for one subject."""
    return Question(
        package=answer.package,
        claims=answer.case.claims,
        subject=subject,
        valid_at=answer.asked.valid_at,
        known_at=answer.asked.known_at,
        territory=answer.asked.territory,
        target=target,
        limits=limits,
    )


def _subject(answer: Answer, name: SubjectId) -> Subject:
    return {item.party.subject.id: item.party.subject for item in answer.subjects}[name]
