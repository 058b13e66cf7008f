"""A letter as plain text in 72 columns, fit for an e-mail. An address is never broken."""

import textwrap
from collections.abc import Iterator

from adjudge.letters.letter import SECTION, Block, Clauses, Heading, Letter, Paragraph, Points, Quote
from adjudge.letters.spans import fit_letter

COLUMNS = 72
_LINES_UNDER = {1: "=", SECTION: "-"}


def text_of(letter: Letter) -> str:
    """The letter as text."""
    fitting = fit_letter(letter)
    parts = [
        _wrapped(fitting.sender),
        "\n".join(_wrapped(line) for line in fitting.addressee),
        "\n".join(_wrapped(line) for line in fitting.references),
        _heading(fitting.title, 1),
        *(part for block in fitting.blocks for part in _block(block)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _heading(text: str, level: int) -> str:
    """A heading, underlined but for the lowest."""
    shown = _wrapped(text)
    sign = _LINES_UNDER.get(level)
    return f"{shown}\n{sign * min(COLUMNS, max(map(len, shown.splitlines()), default=0))}" if sign else shown


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield _heading(text, level)
        case Paragraph(text):
            yield _wrapped(text)
        case Clauses(first, items):
            for number, item in enumerate(items, first):
                mark = f"{number}. "
                yield _wrapped(item, mark, " " * len(mark))
        case Points(items):
            yield "\n".join(_wrapped(item, "- ", "  ") for item in items)
        case Quote(texts):
            yield "\n>\n".join(_wrapped(text, "> ", "> ") for text in texts)
