"""The steps of a way out in a figure: as everywhere else, with the effort, and in whose power it lies.

Not the sentence of a step: `adjudge.notices.steps` says it.
"""

from adjudge.answers.answer import Answer
from adjudge.facts.vocabulary import Changer
from adjudge.notices.steps import changer_said, documents_said, step_said
from adjudge.recourse.action import Proof
from adjudge.recourse.way import Step
from adjudge.tongues.tongue import Tongue


def step_text(step: Step, answer: Answer, tongue: Tongue) -> str:
    """What is done, with its effort."""
    return tongue(
        "{step} (effort {effort})",
        step=step_said(step.action, answer.package.vocabulary),
        effort=step.action.effort,
    )


def proof_text(step: Step, tongue: Tongue) -> str:
    """Which kinds of document prove a step."""
    return tongue.of(documents_said(step.documents))


def power_text(step: Step, answer: Answer, tongue: Tongue) -> str:
    """Who can do it."""
    if isinstance(step.action, Proof):
        return tongue("the advertiser can prove it")
    if step.action.by is Changer.ADVERTISER:
        return tongue("the advertiser can change it")
    who = changer_said(step.action, answer.case)
    return tongue("only others can change it: {who}", who=who or "")
