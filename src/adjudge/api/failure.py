"""What is wrong with a request itself, before any procedure is asked: its key, its size, its form, its time.

Not what a procedure refuses: that comes as `RefusedError`, `ConflictError` or `NotFoundError` from the institution.
"""

from adjudge.errors import AdjudgeError, Finding


class RequestError(AdjudgeError):
    """A request that is not carried out. `code` has a page; `status` is HTTP's."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        hint: str = "",
        findings: tuple[Finding, ...] = (),
        changed: tuple[dict[str, str], ...] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        """Keep what is told of it: `changed` has the entries of the log that came meanwhile."""
        super().__init__(message, hint=hint)
        self.status, self.code = status, code
        self.findings, self.changed = findings, changed
        self.headers = headers or {}
