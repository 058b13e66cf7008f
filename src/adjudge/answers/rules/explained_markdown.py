"""An explained rule as Markdown: the trees as nested lists, every text from outside escaped."""

from collections.abc import Iterator

from adjudge.answers.forms.escape import code, escaped
from adjudge.answers.rules.explained import ExplainedView
from adjudge.answers.rules.trees import PartView, SpeakingView
from adjudge.tongues.tongue import Tongue

_STEP = "  "


def explained_markdown(view: ExplainedView, tongue: Tongue) -> str:
    """The verdict with its reason, then the trees, then the facts."""
    return "\n".join(_lines(view, tongue)).rstrip() + "\n"


def _lines(view: ExplainedView, tongue: Tongue) -> Iterator[str]:
    yield f"# {escaped(view.title)}"
    yield ""
    yield tongue(
        "{rule} for {subject}, {question}.",
        rule=code(view.rule),
        subject=code(view.subject),
        question=escaped(view.asked),
    )
    yield ""
    yield f"**{escaped(view.verdict_word)}** ({escaped(view.pair)}): {escaped(view.row)}"
    for condition in view.conditions:
        yield from ("", f"## {escaped(condition.heading)}", "")
        yield from _part(condition.root, "", tongue)
    yield from ("", "## " + tongue("What the facts mean"), "")
    for fact in view.facts:
        yield f"- {code(fact.name)}: {escaped(fact.definition)}"


def _part(part: PartView, indent: str, tongue: Tongue) -> Iterator[str]:
    text = code(part.text) if part.is_code else escaped(part.text)
    weighed = tongue(
        "for {for_}, against {against}, shown: {shown}",
        for_=part.for_,
        against=part.against,
        shown=part.shown,
    )
    yield f"{indent}- {text} ({weighed})"
    for speaking in part.speaking:
        yield f"{indent}{_STEP}- {_speaking(speaking)}"
    for note in part.notes:
        yield f"{indent}{_STEP}- {escaped(note)}"
    for below in part.below:
        yield from _part(below, indent + _STEP, tongue)


def _speaking(speaking: SpeakingView) -> str:
    text = f"{escaped(speaking.direction)} {code(speaking.says)} ({escaped(speaking.details)})"
    return f"{text}; {escaped(speaking.failed)}" if speaking.failed else text
