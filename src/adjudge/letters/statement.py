"""The statement of reasons that was issued, as blocks of a letter: its own numbers stay, so that clauses can be cited.

Read from its text as kept, whoever wrote it: one in the author's own wording has paragraphs and no clauses.
"""

import re
from collections.abc import Iterator, Sequence

from adjudge.letters.letter import PART, SECTION, Block, Clauses, Heading, Paragraph

_CLAUSE = re.compile(r"(?P<number>[1-9][0-9]{0,5})\. (?P<text>.+)", re.ASCII)


def statement_blocks(text: str, title: str) -> tuple[Block, ...]:
    """The blocks of a statement. `title` heads one that has none of its own."""
    return tuple(_of_clauses(text)) or (Heading(title, SECTION), *paragraphs(text))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text as paragraphs: what an empty line parts."""
    return tuple(Paragraph(part) for part in parted(text))


def parted(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each on one line."""
    whole = (" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n")))
    return tuple(part for part in whole if part)


def _of_clauses(text: str) -> Iterator[Block]:
    """The blocks of a statement as our own draft writes it; nothing where this is not one.

    Title and opening, then sections: a heading, an empty line, and clauses that are numbered through.
    """
    groups = [group.split("\n") for group in text.strip().split("\n\n")]
    title, opening, *sections = groups if len(groups) > 1 else [*groups, []]
    if len(title) != 1 or len(opening) != 1 or not sections or len(sections) % 2:
        return
    headings, lists = sections[::2], sections[1::2]
    numbers = _numbered(lists)
    if numbers is None or any(len(heading) != 1 for heading in headings):
        return
    yield Heading(title[0], SECTION)
    yield Paragraph(opening[0])
    for heading, clauses in zip(headings, numbers, strict=True):
        yield Heading(heading[0], PART)
        yield clauses


def _numbered(lists: Sequence[Sequence[str]]) -> tuple[Clauses, ...] | None:
    """The clauses of each section; None where their numbers do not go on by one through all of them."""
    found, number = [], 1
    for lines in lists:
        read = [_CLAUSE.fullmatch(line) for line in lines]
        items = [match["text"] for match in read if match is not None]
        numbers = [int(match["number"]) for match in read if match is not None]
        if numbers != list(range(number, number + len(lines))):
            return None
        found.append(Clauses(number, tuple(items)))
        number += len(lines)
    return tuple(found)
