"""Like cases for the terminal. Texts are printed as `Text`, never as markup, since they come from outside."""

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import screen
from adjudge.answers.populations.alike import AlikeView, GroupView, RatesView
from adjudge.tongues.tongue import Tongue


def alike_text(view: AlikeView, tongue: Tongue, *, width: int, colour: bool) -> str:
    """The answer as lines of at most `width` columns, with ANSI colours or none. `tongue` is that of the view."""
    return screen(_lines(view, tongue), width=width, colour=colour)


def _lines(view: AlikeView, tongue: Tongue) -> Iterable[RenderableType]:
    rows = [
        (tongue("population"), view.population),
        (tongue("as of"), view.when),
        (tongue("package"), view.package),
    ]
    if view.subject:
        rows.append((tongue("subject"), view.subject))
    yield _rows(rows)
    yield ""
    yield _text(view.headline, "bold")
    yield _text(view.known)
    for group in view.groups:
        yield ""
        yield from _group(group)
    if view.more:
        yield ""
        yield _text(view.more)


def _group(group: GroupView) -> Iterable[RenderableType]:
    yield _text(group.heading, "bold")
    yield _indented(_text(group.verdict))
    yield from (_indented(_text(note, "yellow")) for note in group.notes)
    for treated in group.treated:
        yield _indented(_text(treated.treatment, "bold"))
        yield from (_indented(_text(member), 4) for member in treated.members)
    for rates in group.rates:
        yield from _rates(rates)


def _rates(rates: RatesView) -> Iterable[RenderableType]:
    yield _indented(_text(rates.heading))
    yield _indented(_rows(rates.rows), 4)
    if rates.note:
        yield _indented(_text(rates.note, "dim"), 4)


def _indented(item: RenderableType, columns: int = 2) -> Padding:
    return Padding(item, (0, 0, 0, columns))


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)


def _rows(rows: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim")
    grid.add_column(ratio=1)
    for label, text in rows:
        grid.add_row(_text(label), _text(text))
    return grid
