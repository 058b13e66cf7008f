"""What would change an answer, for the terminal."""

from collections.abc import Iterable, Iterator

from adjudge.answers.recourse.steps import StepView
from adjudge.answers.recourse.view import RecourseView, WayView
from adjudge.answers.rules.tree_text import wrapped
from adjudge.tongues.tongue import Tongue


def recourse_text(view: RecourseView, tongue: Tongue, width: int) -> str:
    """The question, what applies now, the ways in groups, what holds of the whole."""
    lines = [line.rstrip() for line in _lines(view, tongue, width)]
    return "\n".join(lines) + "\n"


def _lines(view: RecourseView, tongue: Tongue, width: int) -> Iterator[str]:
    yield from wrapped(tongue("What would change it: {subject}", subject=view.title), width)
    yield from wrapped(view.asked, width)
    yield from wrapped(tongue("target: {target}", target=view.target), width)
    yield ""
    yield from wrapped(view.now, width)
    for group in view.groups:
        yield ""
        yield from wrapped(group.heading, width)
        if group.note:
            yield from _indented(group.note, "  ", width)
        for number, way in enumerate(group.ways, start=1):
            yield from _way(number, way, width)
        if group.more:
            yield from _indented(group.more, "  ", width)
    for note in view.notes:
        yield ""
        yield from wrapped(note, width)
    yield from _bulleted(view.turning, width)


def _bulleted(texts: Iterable[str], width: int) -> Iterator[str]:
    for text in texts:
        first, *rest = wrapped(text, width - 4)
        yield f"  - {first}"
        yield from (f"    {line}" for line in rest)


def _indented(text: str, indent: str, width: int) -> Iterator[str]:
    yield from (indent + line for line in wrapped(text, width - len(indent)))


def _way(number: int, way: WayView, width: int) -> Iterator[str]:
    yield f"  {number}. {way.cost}"
    for step in way.steps:
        yield from _bulleted_step(step, width)
    for text in way.after:
        yield from _indented(f"→ {text}", "     ", width)


def _bulleted_step(step: StepView, width: int) -> Iterator[str]:
    first, *rest = wrapped(step.text, width - 7)
    yield f"     - {first}"
    yield from (f"       {line}" for line in rest)
    for detail in (step.who, step.purpose, step.documents):
        if detail:
            yield from _indented(detail, "       ", width)
