"""Lines for a terminal of any width, coloured where it is one."""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

NARROWEST = 40
TIED = {0x00A0: "\ue000", 0x202F: "\ue001"}
UNTIED = {0xE000: "\N{NO-BREAK SPACE}", 0xE001: "\N{NARROW NO-BREAK SPACE}"}
"""The library breaks lines at any white space; French has a space before its colon that no line may end at."""


def screen(items: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """The items as lines of at most `width` columns (at least 40), with ANSI colours or none."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for item in items:
        console.print(_tied(item))
    written = out.getvalue().translate(UNTIED)
    return "\n".join(line.rstrip(" ") for line in written.split("\n")).rstrip("\n") + "\n"


def _tied(item: RenderableType) -> RenderableType:
    """The item with every no-break space as a sign that is no space, until the lines are broken."""
    match item:
        case str():
            return item.translate(TIED)
        case Text():
            item.plain = item.plain.translate(TIED)
        case Padding():
            _tied(item.renderable)
        case Table():
            for column in item.columns:
                column.header = _tied(column.header)
                for cell in column.cells:
                    _tied(cell)
        case _:
            pass
    return item
