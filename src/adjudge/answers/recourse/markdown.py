"""What would change an answer as Markdown: every text from outside escaped."""

from collections.abc import Iterator

from adjudge.answers.forms.escape import escaped
from adjudge.answers.recourse.view import RecourseView, WayView
from adjudge.tongues.tongue import Tongue


def recourse_markdown(view: RecourseView, tongue: Tongue) -> str:
    """The question, what applies now, the ways in groups, what holds of the whole."""
    return "\n".join(_lines(view, tongue)).rstrip() + "\n"


def _lines(view: RecourseView, tongue: Tongue) -> Iterator[str]:
    yield "# " + tongue("What would change it: {subject}", subject=escaped(view.title))
    yield ""
    yield escaped(view.asked)
    yield ""
    yield tongue("target: {target}", target=escaped(view.target))
    yield ""
    yield escaped(view.now)
    yield from ways_lines(view, "##")


def ways_lines(view: RecourseView, mark: str) -> Iterator[str]:
    """The ways in groups, each below a heading of a level, and what holds of the whole."""
    for group in view.groups:
        yield from ("", f"{mark} {escaped(group.heading)}", "")
        if group.note:
            yield from (escaped(group.note), "")
        for number, way in enumerate(group.ways, start=1):
            yield from _way(number, way)
        if group.more:
            yield from ("", escaped(group.more))
    yield ""
    for note in view.notes:
        yield from (escaped(note), "")
    yield from (f"- {escaped(text)}" for text in view.turning)


def _way(number: int, way: WayView) -> Iterator[str]:
    yield f"{number}. {escaped(way.cost)}"
    for step in way.steps:
        yield f"   - {escaped(step.text)}"
        for detail in (step.who, step.purpose, step.documents):
            if detail:
                yield f"     - {escaped(detail)}"
    for text in way.after:
        yield f"   - → {escaped(text)}"
