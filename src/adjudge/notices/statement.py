"""A statement of reasons as written: headed sections of clauses, each with the element that it states.

Only values; `adjudge.notices.draft` writes them, `as_notice` gives the form in which any notice is examined.
"""

import unicodedata
from dataclasses import dataclass

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant
from adjudge.evidence.notice import POINTS_NOWHERE, Element, Notice, Passage, Pointer
from adjudge.evidence.notice_reader import flat

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of a text up to its end or to a counterpart: a title could turn the whole letter."""


def steadied(text: str) -> str:
    """A text with parts from outside on one line, in which nothing turns its direction or drives a terminal."""
    shown = (" " if unicodedata.category(sign) == "Cc" else sign for sign in text if sign not in _TURNS)
    return flat("".join(shown))


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph. `element` is None for what explains and states nothing that the law asks for."""

    text: str
    element: Element | None = None
    pointer: Pointer = POINTS_NOWHERE


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its clauses."""

    heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The statement in one language."""

    language: str
    title: str
    intro: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """The whole as plain text; clauses are numbered through, so that one can cite them in any language."""
        lines = [self.title, "", self.intro]
        number = 0
        for section in self.sections:
            lines += ["", section.heading, ""]
            for clause in section.clauses:
                number += 1
                lines.append(f"{number}. {flat(clause.text)}")
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of reasons in one or more languages, with the same clauses in each."""

    id: str
    sender: str
    to: SubjectId
    about: SubjectId
    informed_at: Instant
    letters: tuple[Letter, ...]


def as_notice(statement: Statement) -> Notice:
    """The statement as a notice with every passage marked."""
    return Notice(
        id=statement.id,
        sender=statement.sender,
        to=statement.to,
        about=statement.about,
        earliest=statement.informed_at,
        latest=statement.informed_at,
        language="",
        text={letter.language: letter.text.strip() for letter in statement.letters},
        signed=False,
        sources=(),
        passages=tuple(_passages(statement)),
    )


def _passages(statement: Statement) -> list[Passage]:
    """The same clause in all languages is one passage."""
    each = [
        [clause for section in letter.sections for clause in section.clauses] for letter in statement.letters
    ]
    languages = [letter.language for letter in statement.letters]
    found = []
    for clauses in zip(*each, strict=True):
        element = clauses[0].element
        if element is not None:
            texts = {language: flat(clause.text) for language, clause in zip(languages, clauses, strict=True)}
            found.append(Passage(element=element, text=texts, pointer=clauses[0].pointer))
    return found
