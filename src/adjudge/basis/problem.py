"""Something wrong in what we were given, as a value with a code and a span.

Not an exception: problems are collected, so that an author sees all of them at once. Each code has its page
in `docs/reference/problems.md`, generated from `CODES`.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice

from adjudge.basis.codes import CODES
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.basis.span import Span


class Severity(StrEnum):
    """Whether a problem refuses what it concerns or only warns of it (LANGUAGE.md 6.5)."""

    REFUSED = "refused"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong (`message`), where (`span`, or `where` if there is no text), and what to do (`hint`).

    `code` is stable and documented; a code outside `CODES` raises ValueError.
    """

    code: str
    message: Said
    span: Span | None = None
    where: str = ""
    hint: Said = NOTHING_SAID
    severity: Severity = Severity.REFUSED

    def __post_init__(self) -> None:
        """Refuse an undocumented code, since users search for codes."""
        if self.code not in CODES:
            msg = f"undocumented problem code {self.code}"
            raise ValueError(msg)

    @property
    def line(self) -> int | None:
        """The line, from 1, or None where there is no text to point to."""
        return self.span.line if self.span else None

    @property
    def column(self) -> int | None:
        """The column, from 1, or None."""
        return self.span.column if self.span else None

    @property
    def file(self) -> str:
        """The name of the text, or empty."""
        return self.span.source.name if self.span else self.where


LIMIT = 200
"""Problems kept in one log: a hostile file must not make an endless answer."""


@dataclass(slots=True)
class ProblemLog:
    """What a reader writes its problems into; handed down, read at the end.

    Once `LIMIT` is reached further ones are counted, not kept.
    """

    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0

    def add(
        self,
        code: str,
        message: Said,
        span: Span | None = None,
        *,
        where: str = "",
        hint: Said = NOTHING_SAID,
        severity: Severity = Severity.REFUSED,
    ) -> None:
        """Note a problem."""
        if len(self.problems) >= LIMIT:
            self.left_out += 1
            return
        self.problems.append(
            Problem(code=code, message=message, span=span, where=where, hint=hint, severity=severity)
        )

    @property
    def is_spent(self) -> bool:
        """Whether the log is full and refuses, so that looking for more problems only takes time."""
        return len(self.problems) >= LIMIT and self.refuses

    @property
    def refuses(self) -> bool:
        """Whether some problem refuses what was read."""
        return any(problem.severity is Severity.REFUSED for problem in self.problems)


def quoted(text: str, longest: int = 60) -> str:
    """User text for a message: in backticks, on one line, cut."""
    flat = "".join(c if c.isprintable() else " " for c in text[: longest + 1])
    return f"`{flat[:longest]}…`" if len(text) > longest else f"`{flat}`"


LONGEST_COMPARED = 60
MOST_COMPARED = 100
"""Known words that one unknown word is compared with: each comparison costs, and a log holds many problems."""


def _comparable(word: str, known: list[str] | tuple[str, ...]) -> list[str]:
    if len(known) <= MOST_COMPARED:
        return [item for item in known if len(item) <= LONGEST_COMPARED]
    near = 2
    like = (item for item in known if item[:1] == word[:1] and abs(len(item) - len(word)) <= near)
    return list(islice(like, MOST_COMPARED))


def did_you_mean(word: str, known: list[str] | tuple[str, ...]) -> Said:
    """A hint that names the nearest known word, or else the known ones if they are few."""
    near = get_close_matches(word[:LONGEST_COMPARED], _comparable(word, known), n=1)
    if near:
        return say("did you mean {word}?", word=quoted(near[0]))
    few = 12
    if known and len(known) <= few:
        return say("known here: {words}", words=", ".join(quoted(item) for item in sorted(known)))
    return NOTHING_SAID
