"""Source text, a place in it, and how that place is shown to a person.

Not the problem itself: a span knows where, not what is wrong there.
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

WIDEST_EXCERPT = 100
"""Columns of a line that are shown; hostile lines can be megabytes long."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A text and the name by which a person knows it, such as a path as it was given."""

    name: str
    text: str
    _starts: list[int] = field(init=False, repr=False, default_factory=list)

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, in which an offset falls; lines end at a line feed."""
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(i + 1 for i, char in enumerate(self.text) if char == "\n")
        return bisect_right(self._starts, offset)

    def line_start(self, line: int) -> int:
        """The offset at which a line (from 1) begins."""
        return self._starts[line - 1] if self._starts else 0

    def line_text(self, line: int) -> str:
        """The text of a line, without its end."""
        start = self.line_start(line)
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """From start, included, to end, excluded, in code points of a source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line of the start, from 1."""
        return self.source.line_of(self.start)

    @property
    def column(self) -> int:
        """The column of the start, from 1, in code points."""
        return self.start - self.source.line_start(self.line) + 1

    def excerpt(self) -> tuple[str, str]:
        """The line, cut to a window round the place, and a line of carets under the place."""
        text = self.source.line_text(self.line)
        first = self.column - 1
        left = max(0, first - WIDEST_EXCERPT // 2) if len(text) > WIDEST_EXCERPT else 0
        shown = _printable(text[left : left + WIDEST_EXCERPT])
        before = _printable(text[left:first])
        marked = _printable(text[first : min(self.end - self.start + first, left + WIDEST_EXCERPT)])
        head, tail = "… " if left else "", " …" if left + WIDEST_EXCERPT < len(text) else ""
        return head + shown + tail, " " * (len(head) + _width(before)) + "^" * max(1, _width(marked))


def _printable(text: str) -> str:
    """Control and format characters made harmless, so that a file cannot drive a terminal."""
    return "".join(" " if c == "\t" else c if _is_shown(c) else "\N{REPLACEMENT CHARACTER}" for c in text)


def _is_shown(char: str) -> bool:
    """No control, format or unassigned character, and no separator of lines or paragraphs."""
    return not unicodedata.category(char).startswith(("C", "Zl", "Zp"))


def _width(text: str) -> int:
    """Columns on a terminal: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
