"""One step of a way as people read it: the sentence, who else would have to act, the effort, and the documents.

The sentence itself is that of statements of reasons too: `adjudge.notices.steps` says it.
"""

from dataclasses import dataclass

from adjudge.answers.answer import Answer
from adjudge.notices.steps import changer_said, documents_said, exceptions_texts, step_said
from adjudge.recourse.way import Purpose, Step
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step. `who` is empty where it is the advertiser; `purpose` is empty for a change."""

    text: str
    who: str
    effort: str
    purpose: str
    documents: str


def step_view(step: Step, answer: Answer, tongue: Tongue) -> StepView:
    """What to show of a step."""
    return StepView(
        text=tongue.of(step_said(step.action, answer.package.vocabulary)),
        who=tongue.of(changer_said(step.action, answer.case) or ""),
        effort=tongue("effort {count}", count=step.action.effort),
        purpose=_purpose(step, answer, tongue),
        documents=tongue.of(documents_said(step.documents)),
    )


def _purpose(step: Step, answer: Answer, tongue: Tongue) -> str:
    if step.purpose is Purpose.CHANGE:
        return ""
    if step.purpose is Purpose.CONTRARY:
        return tongue("contrary proof")
    named = exceptions_texts(step, answer.package, tongue)
    return tongue("proof of an exception: {exceptions}", exceptions=tongue.listed(named))
