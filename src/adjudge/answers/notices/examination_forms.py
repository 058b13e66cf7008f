"""An examination for the terminal and as Markdown: item by item, with the words that would cure each defect."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from adjudge.answers.forms.escape import escaped
from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import screen
from adjudge.answers.notices.examination import ExaminationView, FindingView, ItemView
from adjudge.notices.examination import Status
from adjudge.tongues.tongue import Tongue

_STYLES = {
    Status.PRESENT: "green",
    Status.MISSING: "bold red",
    Status.TOO_VAGUE: "bold yellow",
    Status.NOT_APPLICABLE: "dim",
}


def examination_text(view: ExaminationView, tongue: Tongue, *, width: int, colour: bool) -> str:
    """The examination as lines of at most `width` columns, with ANSI colours or none."""
    return screen(examination_lines(view, tongue), width=width, colour=colour)


def examination_lines(view: ExaminationView, tongue: Tongue) -> Iterable[RenderableType]:
    """The lines of an examination; nothing is said by colour alone."""
    yield verdict_line(view)
    yield Text(harmless(view.how), style="dim")
    if view.standing:
        yield Text(harmless(view.standing), style="dim")
    for item in view.items:
        yield Text("")
        yield item_line(item)
        for finding in item.findings:
            yield from _finding(finding, tongue)
        for cure in item.cures:
            yield Padding(Text(f"→ {harmless(cure)}"), (0, 0, 0, 2))


def verdict_line(view: ExaminationView) -> Text:
    """Whether it may be sent."""
    return Text(f" {view.verdict} ", style=_verdict_style(view))


def _verdict_style(view: ExaminationView) -> str:
    """Green is for what may be sent; what nobody has proven is neither that nor refused."""
    if view.proven:
        return "bold white on green"
    return "bold black on yellow" if view.complete else "bold white on red"


def item_line(item: ItemView) -> Text:
    """One item of the law and its status."""
    return Text(item.said, _STYLES[item.status])


def _finding(finding: FindingView, tongue: Tongue) -> Iterable[RenderableType]:
    """One element, and the words that state it."""
    yield Padding(Text(harmless(finding.said)), (0, 0, 0, 2))
    if finding.passage and not finding.told:
        words = tongue("“{passage}”", passage=shortened(finding.passage))
        yield Padding(Text(harmless(words), style="italic dim"), (0, 0, 0, 4))


def shortened(passage: str, longest: int = 220) -> str:
    """A passage cut at a word, where it is long."""
    if len(passage) <= longest:
        return passage
    return passage[:longest].rsplit(" ", 1)[0] + " …"


def examination_markdown(view: ExaminationView, tongue: Tongue) -> str:
    """The examination as Markdown."""
    return "\n".join([f"# {escaped(view.notice)}", "", *markdown_lines(view, tongue)]).rstrip() + "\n"


def markdown_lines(view: ExaminationView, tongue: Tongue) -> Iterable[str]:
    """The lines of an examination in Markdown."""
    yield f"**{escaped(view.verdict)}**"
    yield ""
    yield escaped(" ".join(part for part in (view.how, view.standing) if part))
    yield ""
    for item in view.items:
        yield f"- **{escaped(item.said)}**"
        yield from (f"  - {_markdown_finding(finding, tongue)}" for finding in item.findings)
        yield from (f"  - → {escaped(cure)}" for cure in item.cures)
    yield ""


def _markdown_finding(finding: FindingView, tongue: Tongue) -> str:
    if finding.told or not finding.passage:
        return escaped(finding.said)
    words = tongue("“{passage}”", passage=shortened(finding.passage))
    return f"{escaped(finding.said)} — {escaped(words)}"
