"""Every exception we raise, each able to explain itself; no other module defines a root.

Not here: what is wrong in something we were *given*. That is a `Problem` (`adjudge.basis.problem`), a value
that is collected and shown, never raised. An exception says that something we *did* or depend on failed.
"""


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
