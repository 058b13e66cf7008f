"""Counts over weeks as lines, each with a stroke and marks of its own. The numbers stand in a table beside it.

On wide paper and on narrow paper, of which a page shows the one that fits: letters are of one size on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from adjudge.tongues.tongue import Tongue

HEIGHT, TOP, BELOW, LEFT, RIGHT = 190, 12, 28, 46, 14
KINDS = ("circle", "square", "cross")
"""By the place of the line, the mark of each week."""
STEPS = 4
"""Lines across at most, beside that of nought."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What is drawn: the label of the first and of the last week, and the counts of each line."""

    first: str
    last: str
    counts: Sequence[Sequence[int]]


def wide(found: Lines, title: str, tongue: Tongue) -> Markup:
    """On the paper of a wide page."""
    return _drawn(found, title, tongue, 640, "plot-wide")


def narrow(found: Lines, title: str, tongue: Tongue) -> Markup:
    """On that of a narrow one."""
    return _drawn(found, title, tongue, 320, "plot-narrow")


def key(place: int) -> Markup:
    """What the line at a place looks like, for the words below the plot."""
    return Markup(  # noqa: S704 - numbers and our own names; what is said was escaped
        '<svg class="plot plot-key" aria-hidden="true" viewBox="0 0 34 14" width="34" height="14">'
        f'<path class="p-line p-line-{place}" d="M1 7h32"/>{_mark(place, 17, 7)}</svg>'
    )


def _drawn(found: Lines, title: str, tongue: Tongue, width: int, kind: str) -> Markup:
    step = step_of(max((max(line, default=0) for line in found.counts), default=0))
    greatest = step * STEPS
    pieces = [*_across(step, tongue, width)]
    for place, line in enumerate(found.counts):
        pieces += _line(
            place, [_spot(number, count, len(line), greatest, width) for number, count in enumerate(line)]
        )
    base = HEIGHT - 8
    pieces.append(f'<text class="p-text" x="{LEFT}" y="{base}">{escape(found.first)}</text>')
    pieces.append(f'<text class="p-text p-end" x="{width - RIGHT}" y="{base}">{escape(found.last)}</text>')
    return Markup(  # noqa: S704 - numbers and our own names; what is said was escaped
        f'<svg class="plot {kind}" role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}">{"".join(pieces)}</svg>'
    )


def step_of(greatest: int) -> int:
    """From one line across to the next, so that all fits: 1, 2 or 5 with noughts."""
    size = 1
    while True:
        for part in (1, 2, 5):
            if part * size * STEPS >= greatest:
                return part * size
        size *= 10


def _across(step: int, tongue: Tongue, width: int) -> list[str]:
    pieces = []
    for number in range(STEPS + 1):
        y = _height(number * step, step * STEPS)
        kind = "p-axis" if number == 0 else "p-rule"
        pieces.append(f'<path class="{kind}" d="M{LEFT} {y}H{width - RIGHT}"/>')
        pieces.append(
            f'<text class="p-text p-end" x="{LEFT - 8}" y="{y + 4}">{escape(tongue.number(number * step))}</text>'
        )
    return pieces


def _height(count: int, greatest: int) -> int:
    room = HEIGHT - TOP - BELOW
    return TOP + room - count * room // greatest


def _spot(number: int, count: int, weeks: int, greatest: int, width: int) -> tuple[int, int]:
    first, last = LEFT + 8, width - RIGHT - 8
    x = first + (last - first) * number // max(weeks - 1, 1)
    return x, _height(count, greatest)


def _line(place: int, spots: Sequence[tuple[int, int]]) -> list[str]:
    way = "L".join(f"{x} {y}" for x, y in spots)
    return [f'<path class="p-line p-line-{place}" d="M{way}"/>', *(_mark(place, x, y) for x, y in spots)]


def _mark(place: int, x: int, y: int) -> str:
    match KINDS[place]:
        case "circle":
            return f'<circle class="p-full" cx="{x}" cy="{y}" r="3"/>'
        case "square":
            return f'<rect class="p-hollow" x="{x - 3}" y="{y - 3}" width="6" height="6"/>'
        case _:
            return f'<path class="p-mark" d="M{x - 3} {y - 3}l6 6m0-6l-6 6"/>'
