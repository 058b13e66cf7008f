"""Whom a rule or a reason reaches, as Markdown. Every text from outside is escaped."""

from collections.abc import Iterable

from adjudge.answers.forms.escape import code, escaped, prose
from adjudge.answers.populations.reach import ReachView, SectionView, TableView
from adjudge.answers.populations.words import labelled
from adjudge.tongues.tongue import Tongue


def reach_markdown(view: ReachView, tongue: Tongue) -> str:
    """The answer as Markdown. `tongue` is that of the view."""
    return "\n".join(_lines(view, tongue)).rstrip() + "\n"


def _lines(view: ReachView, tongue: Tongue) -> Iterable[str]:
    yield "# " + tongue("Whom it reaches")
    yield ""
    head = (
        (tongue("population"), escaped(view.population)),
        (tongue("as of"), escaped(view.when)),
        (tongue("package"), escaped(view.package)),
        (tongue("rule"), escaped(view.rule or view.reason)),
        (tongue("condition"), code(view.condition)),
        (tongue("standard"), escaped(view.standard)),
    )
    yield from (f"- {labelled(label, text, tongue)}" for label, text in head)
    yield ""
    yield f"**{escaped(view.headline)}**"
    for line in (*view.treated, view.tells_apart):
        if line:
            yield from ("", escaped(line))
    for section in view.sections:
        yield from _section(section, tongue)
    if view.verdicts:
        yield from ("", "## " + tongue("Not reached"), "")
    for count, names in view.verdicts:
        yield f"- {labelled(escaped(count), escaped(names), tongue)}"
    for line in filter(None, (view.silence, view.errors)):
        yield from ("", escaped(line))
    if view.spend:
        yield from ("", "## " + tongue("Amounts of those reached"), "")
        yield from (f"- {escaped(line)}" for line in view.spend)
    for table in view.tables:
        yield from _table(table, view.columns)


def _section(section: SectionView, tongue: Tongue) -> Iterable[str]:
    yield from ("", f"## {escaped(section.heading)}", "")
    for row in section.rows:
        parts = (f"{row.verdict} ({row.pair})", row.decision, *([row.places] if row.places else []))
        yield f"- {labelled(escaped(row.name), escaped(tongue.parted(parts)), tongue)}"
    if section.more:
        yield f"- {prose(section.more)}"


def _table(table: TableView, columns: tuple[str, ...]) -> Iterable[str]:
    yield from ("", f"## {escaped(table.name)} ({code(table.fact)})", "")
    yield "| | " + " | ".join(escaped(column) for column in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for tally in table.tallies:
        yield f"| {escaped(tally.name)} | " + " | ".join(map(escaped, tally.counts)) + " |"
