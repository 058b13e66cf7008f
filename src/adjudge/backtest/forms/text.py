"""A backtest for the terminal: the few numbers first, then each section with its tables, in the width there is."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import screen
from adjudge.backtest.forms.view import NumberView, ReportView, SectionView, TableView
from adjudge.tongues.tongue import Tongue

_COLUMN = 14
"""Columns of the terminal that a column of a table needs; where there are fewer, each row is told as lines."""


def report_text(view: ReportView, tongue: Tongue, *, width: int, colour: bool) -> str:
    """The report as lines of at most `width` columns, with ANSI colours or none."""
    return screen(_report(view, tongue, width), width=width, colour=colour)


def _report(view: ReportView, tongue: Tongue, width: int) -> Iterator[RenderableType]:
    yield _text(view.title, "bold")
    yield _pairs(view.question)
    yield ""
    yield from (_text(line, "bold") for line in view.summary)
    for card in view.cards:
        numbers = ", ".join(text for text, _ in card.numbers)
        yield _text(tongue("{label}: {text}", label=card.label, text=numbers))
    for section in view.sections:
        yield ""
        yield from _section(section, tongue, width)


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)


def _pairs(rows: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim", overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for label, text in rows:
        grid.add_row(_text(label), _text(text))
    return grid


def _section(section: SectionView, tongue: Tongue, width: int) -> Iterator[RenderableType]:
    yield _text(section.heading, "bold underline")
    yield from (Padding(_text(line, "dim"), (0, 0, 0, 2)) for line in section.texts)
    for table in section.tables:
        yield ""
        yield Padding(_text(table.caption, "bold"), (0, 0, 0, 2))
        if len(table.columns) * _COLUMN + 2 > width:
            yield from _as_lines(table, tongue)
        else:
            yield Padding(_table(table), (0, 0, 0, 2))
        if table.more:
            yield Padding(_text(table.more, "dim"), (0, 0, 0, 2))
    if section.weeks is not None:
        yield ""
        weeks = section.weeks
        counts = " ".join(tongue.number(count) for count in weeks.counts)
        line = tongue("{first} to {last}: {counts}", first=weeks.first, last=weeks.last, counts=counts)
        yield Padding(_text(weeks.title, "bold"), (0, 0, 0, 2))
        yield Padding(_text(line), (0, 0, 0, 2))
    for note in section.notes:
        yield Padding(_text(note), (0, 0, 0, 2))


def _table(table: TableView) -> Table:
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
    for number, column in enumerate(table.columns):
        made.add_column(_text(column), justify="left" if number == 0 else "right", overflow="fold")
    for row in table.rows:
        made.add_row(_text(row.label), *(_number(number) for number in row.numbers))
    return made


def _number(number: NumberView) -> Text:
    text = _text(number.text, "dim" if number.is_none else "bold")
    for amount in number.spend:
        text.append("\n" + harmless(amount), style="not bold dim")
    return text


def _as_lines(table: TableView, tongue: Tongue) -> Iterator[RenderableType]:
    """Each row as its label with a line for each number that is one."""
    for row in table.rows:
        yield Padding(_text(row.label), (0, 0, 0, 2))
        for column, number in zip(table.columns[1:], row.numbers, strict=True):
            if number.is_none:
                continue
            told = ", ".join((number.text, *number.spend))
            yield Padding(_text(tongue("{label}: {text}", label=column, text=told)), (0, 0, 0, 4))
