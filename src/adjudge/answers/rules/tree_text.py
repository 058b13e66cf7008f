"""A rule's tree for the terminal: weights in columns on the left, parts and claims as a tree beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from adjudge.answers.forms.harmless import harmless
from adjudge.answers.forms.screen import TIED, UNTIED
from adjudge.answers.rules.trees import ConditionView, PartView, SpeakingView
from adjudge.tongues.tongue import Tongue

NARROWEST = 24
"""Columns that a text keeps however deep it stands: beyond the width of the terminal rather than a letter a line."""
_GAP = "  "


def tree_text(conditions: Iterable[ConditionView], tongue: Tongue, width: int) -> str:
    """The conditions one below the other, as lines of about `width` columns."""
    return (
        "\n".join(line.rstrip() for item in conditions for line in condition_lines(item, tongue, width))
        + "\n"
    )


def condition_lines(condition: ConditionView, tongue: Tongue, width: int) -> list[str]:
    """One condition: its heading, the names of the columns, the tree."""
    columns = _Columns((tongue("for"), tongue("against"), tongue("shown")), width)
    lines = list(wrapped(condition.heading, width))
    lines.append(columns.row(columns.names, ""))
    lines += columns.part(condition.root, "", "")
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """A text from outside, harmless, on lines of at most a width; wide characters count as two."""
    flat = " ".join(harmless(text).translate(TIED).split())
    if cell_len(flat) <= width:
        return [flat.translate(UNTIED)]
    console = Console(file=StringIO(), width=max(width, NARROWEST), color_system=None)
    return [line.plain.rstrip().translate(UNTIED) for line in Text(flat).wrap(console, max(width, NARROWEST))]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of weights, as wide as their names, and the tree beside them."""

    names: tuple[str, str, str]
    width: int

    def row(self, cells: tuple[str, str, str], text: str) -> str:
        """One line: numbers to the right of their column, the word to the left of its own."""
        numbers = [
            " " * (cell_len(name) - cell_len(cell)) + cell
            for name, cell in zip(self.names, cells, strict=True)
        ]
        word = cells[2] + " " * max(0, self.last - cell_len(cells[2]))
        return (_GAP.join([*numbers[:2], word]) + _GAP + text).rstrip()

    @property
    def last(self) -> int:
        """The width of the column with a word, which may be longer than its name."""
        return max(cell_len(self.names[2]), 3)

    def part(self, part: PartView, first: str, rest: str) -> Iterator[str]:
        """A part, the claims that speak there, and the parts below it. `first` and `rest` lead up to it."""
        cells = (part.for_, part.against, part.shown)
        trunk = rest + ("│ " if part.below else "  ")
        for number, line in enumerate(self.fitted(part.text, first)):
            yield self.row(cells if number == 0 else ("", "", ""), (first if number == 0 else trunk) + line)
        for speaking in part.speaking:
            yield from self.speaking(speaking, trunk)
        for note in part.notes:
            yield from self.under("· ", note, trunk)
        for number, below in enumerate(part.below):
            is_last = number == len(part.below) - 1
            yield from self.part(
                below, rest + ("└─ " if is_last else "├─ "), rest + ("   " if is_last else "│  ")
            )

    def speaking(self, speaking: SpeakingView, trunk: str) -> Iterator[str]:
        """A claim: its direction and what it says, then what is known of it."""
        yield from self.under(f"{speaking.direction} ", speaking.says, trunk)
        for text in (speaking.details, speaking.failed):
            if text:
                yield from self.under("  ", text, trunk)

    def under(self, label: str, text: str, trunk: str) -> Iterator[str]:
        """A text below a part, wrapped beside its label."""
        hanging = " " * cell_len(label)
        for number, line in enumerate(self.fitted(text, trunk + hanging)):
            yield self.row(("", "", ""), trunk + (label if number == 0 else hanging) + line)

    def fitted(self, text: str, before: str) -> list[str]:
        """A text on lines that fit beside the columns and what leads up to it."""
        taken = sum(cell_len(name) for name in self.names[:2]) + self.last + 3 * len(_GAP) + cell_len(before)
        return wrapped(text, max(self.width - taken, NARROWEST))
