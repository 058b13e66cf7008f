"""Lines for a terminal of any width, coloured where it is one."""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType

NARROWEST = 40


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
        console.print(item)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
