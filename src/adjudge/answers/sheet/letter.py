"""The statement of reasons beside the evidence: its numbered clauses in one language, each with the claims it states.

Of a text that an author wrote in its own words only the lines are known, and no clause points anywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.basis.ids import ClaimId
from adjudge.evidence.notice import Notice
from adjudge.evidence.notice_reader import flat

_NUMBERED = re.compile(r"(\d{1,4})\. (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement: a clause with its number and the claims that it states, or a heading of number 0."""

    number: int
    text: str
    claims: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterView:
    """A statement in one language."""

    language: str
    lines: tuple[Line, ...]


def letter_view(notice: Notice, language: str) -> LetterView:
    """The statement in a language that it has."""
    return _letter(language, notice.text[language], notice)


def _letter(language: str, whole: str, notice: Notice | None) -> LetterView:
    """A text in a language; what its clauses state says the notice, where there is one."""
    stated = {
        flat(passage.text[language]): passage.pointer.claims
        for passage in (notice.passages if notice is not None else ())
        if language in passage.text and passage.pointer.claims
    }
    lines = []
    for text in whole.splitlines():
        found = _NUMBERED.fullmatch(text.strip())
        if found is not None:
            lines.append(Line(int(found[1]), found[2], stated.get(flat(found[2]), ())))
        elif text.strip():
            lines.append(Line(0, text.strip()))
    return LetterView(language, tuple(lines))


def letters_of(notice: Notice) -> tuple[LetterView, ...]:
    """The statement in all its languages."""
    return tuple(letter_view(notice, language) for language in notice.text)


def letters_as_kept(texts: Mapping[str, str], notice: Notice | None) -> tuple[LetterView, ...]:
    """A statement in the texts in which it is kept, which were sent, with what the notice says of its clauses."""
    return tuple(_letter(language, text, notice) for language, text in texts.items())


def stating(notice: Notice | None) -> Mapping[ClaimId, int]:
    """By claim the number of the clause that states it; the numbers are the same in all languages."""
    if notice is None or not notice.text:
        return {}
    first = letter_view(notice, next(iter(notice.text)))
    return {claim: line.number for line in reversed(first.lines) for claim in line.claims}
