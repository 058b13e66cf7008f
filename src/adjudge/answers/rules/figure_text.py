"""Text in a drawing: its width by estimate, broken into lines, cut to a limit. A drawing cannot flow as a page does.

Not exact: the reader's font is not known. Widths are those of common faces, rounded up, so that a line ends before its
box does; the same text has the same lines on every machine.
"""

import re
import unicodedata
from dataclasses import dataclass

from adjudge.answers.forms.harmless import harmless

ELLIPSIS = "…"
_MILLE = 1000
_WIDE = frozenset("WF")
_CODE, _CODE_WIDE = 610, 1200
_SANS_WIDE = 1030
_SANS = {
    **dict.fromkeys("ijl'|.,:;!`", 290),
    **dict.fromkeys(' ftrI()[]{}/\\-"·', 370),
    **dict.fromkeys("mwMW@%", 960),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 760),
}
_SANS_OTHER = 600
_BREAKS = frozenset(".,(&|=[_/-")
"""Characters behind which a word too long for a line may be parted."""
_LEAST_PART = 4
_SPACES = re.compile("[ \n\u2028\u2029]+")
"""Not those that hold two words together, as before a colon in French: no line may end there."""
_LONGEST = 3000
"""Letters that are set at all; no six lines hold as many, and a hostile text may have millions."""


@dataclass(frozen=True, slots=True)
class Font:
    """A size in pixels, and whether all letters are of one width."""

    size: int
    is_code: bool = False
    is_bold: bool = False

    def width(self, text: str) -> int:
        """Pixels that a text takes up, at most."""
        mille = sum(self._of(char) for char in text)
        if self.is_bold:
            mille += mille // 12
        return -(-mille * self.size // _MILLE)

    def _of(self, char: str) -> int:
        is_wide = unicodedata.east_asian_width(char) in _WIDE
        if self.is_code:
            return _CODE_WIDE if is_wide else _CODE
        return _SANS_WIDE if is_wide else _SANS.get(char, _SANS_OTHER)


def flat(text: str) -> str:
    """A text from outside on one line, without what no drawing may hold."""
    return " ".join(_SPACES.split(harmless(text))).strip(" ")


def shortened(text: str, longest: int) -> str:
    """A text, cut to a number of letters."""
    return text if len(text) <= longest else text[: longest - 1] + ELLIPSIS


def lines_of(text: str, font: Font, width: int, most: int) -> list[str]:
    """At most `most` lines of a width; the last ends in an ellipsis where more would follow."""
    lines: list[str] = []
    line = ""
    for word in flat(text[: 2 * _LONGEST])[:_LONGEST].split(" "):
        for piece in _pieces(word, font, width):
            joined = f"{line} {piece}" if line else piece
            if isinstance(piece, _Glued) or font.width(joined) > width:
                lines, line = ([*lines, line] if line else lines), str(piece)
            else:
                line = joined
            if len(lines) > most:
                return _cut(lines, font, width, most)
    lines = [*lines, line] if line else lines
    return lines if len(lines) <= most else _cut(lines, font, width, most)


class _Glued(str):
    """A piece that continues a word on the next line."""

    __slots__ = ()


def _pieces(word: str, font: Font, width: int) -> list[str]:
    """A word, in parts that fit a line each; the first may stand behind other words."""
    pieces: list[str] = []
    rest = word
    while font.width(rest) > width and len(rest) > 1:
        end = _end(rest, font, width)
        pieces.append(rest[:end])
        rest = rest[end:]
    pieces.append(rest)
    return [pieces[0], *(_Glued(piece) for piece in pieces[1:])]


def _end(word: str, font: Font, width: int) -> int:
    """Where to part a word: behind the last sign that allows it, else where the line is full."""
    full = 1
    while full < len(word) and font.width(word[: full + 1]) <= width:
        full += 1
    breaks = [at + 1 for at in range(_LEAST_PART, full) if word[at] in _BREAKS]
    return breaks[-1] if breaks else full


def _cut(lines: list[str], font: Font, width: int, most: int) -> list[str]:
    last = lines[most - 1]
    while last and font.width(last + ELLIPSIS) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + ELLIPSIS]
