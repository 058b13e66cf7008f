"""An examination for the terminal and as Markdown: item by item, with the words that would cure each defect."""

from collections.abc import Iterable

from rich.text import Text

from adjudge.answers.examinations import ExaminationView, FindingView, ItemView
from adjudge.answers.forms.escape import escaped
from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import screen
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


def examination_lines(view: ExaminationView, tongue: Tongue) -> Iterable[Text]:
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
            yield Text(f"  → {harmless(cure)}")


def verdict_line(view: ExaminationView) -> Text:
    """Whether it may be sent."""
    return Text(f" {view.verdict} ", style="bold white on green" if view.complete else "bold white on red")


def item_line(item: ItemView) -> Text:
    """One item of the law and its status."""
    return Text(f"{item.requirement}: {item.title}: ").append(item.status_text, _STYLES[item.status])


def _finding(finding: FindingView, tongue: Tongue) -> Iterable[Text]:
    """One element; what was told of it under an earlier item is not told again."""
    if finding.told:
        yield (
            Text(f"  {finding.element}: ")
            .append(finding.status_text, _STYLES[finding.status])
            .append(" " + tongue("(as above)"), "dim")
        )
        return
    line = Text(f"  {finding.element}: ").append(finding.status_text, _STYLES[finding.status])
    if finding.by_pattern:
        line.append(" " + tongue("(found by pattern)"), "dim")
    if finding.why:
        line.append(f": {harmless(finding.why)}")
    yield line
    if finding.passage:
        yield Text(f"    “{harmless(shortened(finding.passage))}”", style="italic dim")


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
        yield f"- **{escaped(item.requirement)}**, {escaped(item.title)}: {escaped(item.status_text)}"
        yield from (f"  - {_markdown_finding(finding, tongue)}" for finding in item.findings)
        yield from (f"  - → {escaped(cure)}" for cure in item.cures)
    yield ""


def _markdown_finding(finding: FindingView, tongue: Tongue) -> str:
    line = f"{escaped(finding.element)}: {escaped(finding.status_text)}"
    if finding.told:
        told = escaped(tongue("(as above)"))
        return f"{line} {told}"
    marked = " " + tongue("(found by pattern)") if finding.by_pattern else ""
    why = f": {escaped(finding.why)}" if finding.why else ""
    passage = f" — “{escaped(shortened(finding.passage))}”" if finding.passage else ""
    return f"{line}{escaped(marked)}{why}{passage}"
