"""A bar of a few parts side by side, each with a pattern of its own: full, hatched, hollow. Nothing needs colour.

Not readable alone: it stands in the row of a table whose cells have its numbers, and is hidden from readers of words.
"""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT = 160, 10
PATTERNS = ("full", "hatch", "hollow")
"""By the place of the part."""
_STEP = 4


def bar(counts: Sequence[int], greatest: int) -> Markup:
    """A bar whose whole width is `greatest`; none of nothing. A part that is there is never too small to be seen."""
    if not any(counts):
        return Markup("")
    lengths = _lengths(counts, max(greatest, 1))
    pieces, x = [], 1
    for pattern, length in zip(PATTERNS, lengths, strict=False):
        if length:
            pieces.append(_part(pattern, x, length))
            x += length
    return Markup(  # noqa: S704 - numbers and our own names; what is said was escaped
        f'<svg class="plot plot-bar" aria-hidden="true" viewBox="0 0 {WIDTH + 2} {HEIGHT + 2}" '
        f'width="{WIDTH + 2}" height="{HEIGHT + 2}">{"".join(pieces)}'
        f'<path class="p-axis" d="M1 0v{HEIGHT + 2}"/></svg>'
    )


def sign(place: int) -> Markup:
    """What the part at a place looks like, for the words above a table."""
    return Markup(  # noqa: S704 - numbers and our own names; what is said was escaped
        f'<svg class="plot plot-sign" aria-hidden="true" viewBox="0 0 20 {HEIGHT + 2}" '
        f'width="20" height="{HEIGHT + 2}">{_part(PATTERNS[place], 1, 18)}</svg>'
    )


def _lengths(counts: Sequence[int], greatest: int) -> list[int]:
    """Whole numbers; what is there has three at least, as long as there is room."""
    found = [max(3, count * WIDTH // greatest) if count > 0 else 0 for count in counts]
    longest = found.index(max(found)) if found else 0
    if sum(found) > WIDTH:
        found[longest] = max(0, found[longest] - (sum(found) - WIDTH))
    return found


def _part(pattern: str, x: int, length: int) -> str:
    shape = f'<rect class="p-{pattern}" x="{x}" y="1" width="{length}" height="{HEIGHT}"/>'
    return shape + (_hatch(x, length) if pattern == "hatch" else "")


def _hatch(x: int, length: int) -> str:
    """Strokes from below to above, cut at the edges."""
    strokes = []
    for start in range(_STEP, length + HEIGHT, _STEP):
        low = max(0, start - HEIGHT)
        high = min(start, length)
        strokes.append(f"M{x + low} {1 + start - low}L{x + high} {1 + start - high}")
    return f'<path class="p-stroke" d="{"".join(strokes)}"/>'
