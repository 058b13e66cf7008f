"""What figures are drawn with: the paper and where things stand on it, the fonts, single lines, boxes and texts.

Not a figure: `figure_tree` and `figure_svg` say what is drawn. Every place is a whole number, so that the same view is
the same text on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from adjudge.answers.rules.figure_text import Font, flat, lines_of
from adjudge.answers.rules.figures import LineKind
from adjudge.basis.weight import GREATEST
from adjudge.tongues.tongue import Tongue

CELL, STEP, GAP = 12, 15, 3
"""A cell of weight, from one to the next, and from the axis to the first."""
RUN = GAP + STEP * GREATEST
"""The length of all cells of one side."""
ROW, TITLE_ROW, SMALL_ROW = 18, 24, 17
"""From line to line."""
MOST_LINES = 6
"""Lines of one text that are drawn; the whole stands in its title and in the list."""
SIGN = 11
DISC = 10
TITLE, HEADING, ASKS = Font(20, is_bold=True), Font(15, is_bold=True), Font(14, is_bold=True)
PLAIN, CODE, SMALL = Font(14), Font(13, is_code=True), Font(12)
CLASSES = {
    TITLE: "f-title",
    HEADING: "f-heading",
    ASKS: "f-asks",
    PLAIN: "f-plain",
    CODE: "f-code",
    SMALL: "f-small",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """Where things stand: the margin, the right edge of boxes, the axis, where it is said whether a part is shown.

    `beside` is whether the weights stand beside the boxes, or within them, below the words.
    """

    width: int
    margin: int
    edge: int
    axis: int
    said: int
    beside: bool

    @property
    def room(self) -> int:
        """The width of a box that has none above it."""
        return self.edge - self.margin

    @property
    def inner(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.margin


WIDE = Paper(width=860, margin=20, edge=546, axis=664, said=772, beside=True)
NARROW = Paper(width=380, margin=8, edge=372, axis=260, said=0, beside=False)


def safe(text: str) -> str:
    """A text from outside as the content of an element or an attribute."""
    return escape(flat(text))


@dataclass(slots=True)
class Pen:
    """Draws from the top down; `y` is where the next thing begins."""

    paper: Paper
    tongue: Tongue
    y: int = 8
    pieces: list[str] = field(default_factory=list)

    def text(self, x: int, y: int, content: str, kind: str) -> None:
        """One line of text; `y` is its base line."""
        self.pieces.append(f'<text class="{kind}" x="{x}" y="{y}">{safe(content)}</text>')

    def rect(self, kind: str, x: int, y: int, width: int, height: int, *, corner: int = 0) -> None:
        """A rectangle."""
        rounded = f' rx="{corner}"' if corner else ""
        self.pieces.append(
            f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}"{rounded}/>'
        )

    def path(self, kind: str, way: str) -> None:
        """A line or a shape."""
        self.pieces.append(f'<path class="{kind}" d="{way}"/>')

    def rule(self) -> None:
        """A thin line from margin to margin."""
        self.path("f-rule", f"M{self.paper.margin} {self.y}h{self.paper.inner}")

    def paragraph(self, x: int, content: str, font: Font, width: int, *, more: str = "") -> None:
        """A text on several lines, below what was drawn so far."""
        for line in lines_of(content, font, width, MOST_LINES):
            self.y += TITLE_ROW if font == TITLE else ROW
            self.text(x, self.y, line, f"{CLASSES[font]}{more}")

    def opened(self, title: str) -> None:
        """Begin a group with its whole text, which a browser shows to who points at it."""
        self.pieces.append(f"<g><title>{safe(title)}</title>")

    def closed(self) -> None:
        """End the group."""
        self.pieces.append("</g>")

    def frame(self, word: str, kind: str, *, is_full: bool = False, is_double: bool = False) -> int:
        """A word in a frame at the margin. Returns how much room it takes up."""
        x, width = self.paper.margin + 1, ASKS.width(word) + 20
        self.rect(f"f-frame {kind}", x, self.y, width, 26, corner=4)
        if is_double:
            self.rect("f-frame", x + 3, self.y + 3, width - 6, 20, corner=2)
        self.text(x + width // 2, self.y + 18, word, "f-asks f-inverse" if is_full else "f-asks f-middle")
        return width + 16

    def sign(self, kind: LineKind, x: int, y: int) -> None:
        """The sign of a line: a cell as in the runs, an empty one, a dashed ring, a dot."""
        match kind:
            case LineKind.FOR:
                self.rect("f-full", x, y, SIGN, SIGN)
            case LineKind.AGAINST:
                self.rect("f-cell", x, y, SIGN, SIGN)
                self.path("f-hatch", hatch(x, y, SIGN))
            case LineKind.IDLE:
                self.rect("f-cell", x, y, SIGN, SIGN)
            case LineKind.SILENCE:
                self.rect("f-hollow", x, y, SIGN, SIGN, corner=6)
            case LineKind.NOTE:
                self.rect("f-mark", x + 3, y + 3, 5, 5, corner=3)

    def numbers(self, marks: Sequence[int], x: int, y: int) -> None:
        """The numbers of steps in discs, the last of them at `x`."""
        for place, mark in enumerate(reversed(marks)):
            self.number(mark, x - 24 * place, y)

    def number(self, mark: int, x: int, y: int) -> None:
        """A number in a disc."""
        self.pieces.append(f'<circle class="f-mark" cx="{x}" cy="{y}" r="{DISC}"/>')
        self.text(x, y + 4, self.tongue.number(mark), "f-small f-bold f-inverse")


def hatch(x: int, y: int, size: int) -> str:
    """Three strokes across a cell."""
    half = size // 2
    rest = size - half
    return (
        f"M{x} {y + half}l{half} -{half}M{x} {y + size}l{size} -{size}M{x + half} {y + size}l{rest} -{rest}"
    )


def strong(*more: str, holds: bool) -> str:
    """The classes of a small word that is set off where something holds."""
    return " ".join(("f-small", *more, "f-bold" if holds else "f-soft"))
