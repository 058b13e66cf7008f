"""Every exception we raise, each able to explain itself; no other module defines a root.

Not here: what is wrong in something we were *given*. That is a `Problem` (`adjudge.basis.problem`), a value
that is collected and shown, never raised. An exception says that something we *did* or depend on failed.
"""

from dataclasses import dataclass


class AdjudgeError(Exception):
    """The root of all exceptions that leave a room of Adjudge."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the sentence for people and, apart from it, what to do next."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def diagnostics(self) -> str:
        """Explain, for people: what failed and, where we know, what to do next."""
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class UnavailableError(AdjudgeError):
    """Something we depend on (a file, a disk) did not answer; trying again later may help."""


class BugError(AdjudgeError):
    """A promise of ours does not hold; never the user's fault, and never swallowed."""


class NotFoundError(AdjudgeError):
    """What was asked for is not there, or not for the one who asks: the two are told in the same words."""


class RefusedError(AdjudgeError):
    """A rule of process says no. `findings` says what stands in the way, each with what would put it right."""

    def __init__(self, message: str, *, hint: str = "", findings: tuple["Finding", ...] = ()) -> None:
        """Keep what stands in the way beside the sentence."""
        super().__init__(message, hint=hint)
        self.findings = findings

    def diagnostics(self) -> str:
        """The sentence, and below it what stands in the way."""
        lines = [super().diagnostics()]
        lines += [f"  - {item.message}" + (f" ({item.hint})" if item.hint else "") for item in self.findings]
        return "\n".join(lines)


class ConflictError(AdjudgeError):
    """Somebody else was first: what was to be changed is no longer what it was. Look again and decide anew."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands in the way of an act: a code that stays, a sentence, and what would put it right.

    `where` is its place in what was handed in; a text that was handed in has lines and columns, counted from 1.
    """

    code: str
    message: str
    hint: str = ""
    where: str = ""
    line: int | None = None
    column: int | None = None
