"""Whom a rule or a reason reaches, for the terminal.

Nothing is said by colour alone. Texts are printed as `Text`, never as markup, since they come from outside.
"""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import screen
from adjudge.answers.populations.reach import ReachView, RowView, SectionView, TableView
from adjudge.answers.populations.words import labelled
from adjudge.tongues.tongue import Tongue


def reach_text(view: ReachView, tongue: Tongue, *, width: int, colour: bool) -> str:
    """The answer as lines of at most `width` columns, with ANSI colours or none. `tongue` is that of the view."""
    return screen(_lines(view, tongue), width=width, colour=colour)


def _lines(view: ReachView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _rows(
        [
            (tongue("population"), _text(view.population)),
            (tongue("as of"), _text(view.when)),
            (tongue("package"), _text(view.package)),
            (tongue("rule"), _text(view.rule or view.reason)),
            (tongue("condition"), _text(view.condition)),
            (tongue("standard"), _text(view.standard)),
        ]
    )
    yield ""
    yield _text(view.headline, "bold")
    for line in (*view.treated, view.tells_apart):
        if line:
            yield _text(line)
    for section in view.sections:
        yield ""
        yield from _section(section, tongue)
    if view.verdicts:
        yield ""
        yield _text(tongue("Not reached"), "bold")
    yield Padding(_rows((count, _text(names)) for count, names in view.verdicts), (0, 0, 0, 2))
    for line in filter(None, (view.silence, view.errors)):
        yield Padding(_text(line, "dim"), (0, 0, 0, 2))
    if view.spend:
        yield ""
        yield _text(tongue("Amounts of those reached"), "bold")
        yield from (Padding(_text(line), (0, 0, 0, 2)) for line in view.spend)
    for table in view.tables:
        yield ""
        yield from _table(table, view.columns)


def _section(section: SectionView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _text(section.heading, "bold")
    for row in section.rows:
        yield from (Padding(line, (0, 0, 0, 2)) for line in _row(row, tongue))
    if section.more:
        yield Padding(_text(section.more), (0, 0, 0, 2))


def _row(row: RowView, tongue: Tongue) -> Iterable[RenderableType]:
    yield _text(labelled(row.name, tongue.parted((f"{row.verdict} ({row.pair})", row.decision)), tongue))
    if row.places:
        yield Padding(_text(row.places, "dim"), (0, 0, 0, 2))


def _table(table: TableView, columns: Iterable[str]) -> Iterable[RenderableType]:
    """Numbers stand at the right of their columns, under words that may wrap."""
    yield _text(f"{table.name} ({table.fact})", "bold")
    grid = Table(box=None, padding=(0, 1), pad_edge=False)
    grid.add_column("")
    for column in columns:
        grid.add_column(_text(column, "dim"), justify="right")
    for tally in table.tallies:
        grid.add_row(_text(tally.name), *(_text(count) for count in tally.counts))
    yield Padding(grid, (0, 0, 0, 2))


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)


def _rows(rows: Iterable[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(ratio=1)
    for label, text in rows:
        grid.add_row(_text(label), text)
    return grid
