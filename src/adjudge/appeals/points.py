"""The points of an appeal: what one is told is answered point by point, so that nothing of it can be passed over.

No form is asked for: one text is parted at its empty lines, and all of it is kept.
"""

import re
from collections.abc import Iterable, Sequence

from adjudge.records.rows import Point

MOST = 100
LONGEST = 5_000
_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LAST_SPACE = re.compile(r"\s(?=\S*$)")


def points_of(texts: Sequence[str]) -> tuple[Point, ...]:
    """Texts as points; of a single text its paragraphs. More than `MOST`, or longer than `LONGEST`, is not refused."""
    given = [text.strip() for text in texts if text.strip()]
    found = paragraphs(given[0]) if len(given) == 1 else given
    return tuple(Point(id=f"p{number}", text=text) for number, text in enumerate(found, 1))


def paragraphs(text: str) -> Sequence[str]:
    """The paragraphs of a text; where they are too many, neighbours together, and where one is too long, in pieces."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces = [piece for part in _EMPTY_LINES.split(plain) for piece in _pieces(part.strip())]
    return pieces if len(pieces) <= MOST else _together(pieces)


def _pieces(text: str) -> Iterable[str]:
    """A paragraph in pieces that are short enough, parted at spaces where there are any."""
    rest = text
    while len(rest) > LONGEST:
        space = _LAST_SPACE.search(rest[: LONGEST + 1])
        end = space.start() if space is not None and space.start() else LONGEST
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def _together(pieces: Iterable[str]) -> Sequence[str]:
    """Neighbours together, as long as they are short enough."""
    found: list[str] = []
    for piece in pieces:
        if found and len(found[-1]) + len(piece) + 2 <= LONGEST:
            found[-1] = f"{found[-1]}\n\n{piece}"
        else:
            found.append(piece)
    return found
