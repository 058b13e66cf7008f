"""Settings that cannot be used, said of a program that is not to start with them. Not what is wrong with which."""

from adjudge.basis.problem import ProblemLog, Severity
from adjudge.basis.said import say
from adjudge.errors import RefusedError


def refuse_wrong(log: ProblemLog) -> None:
    """Raises RefusedError with the first thing that is wrong; warnings are none."""
    for first in (problem for problem in log.problems if problem.severity is Severity.REFUSED):
        message = say("the setting {name} cannot be used: {message}", name=first.file, message=first.message)
        raise RefusedError(message, hint=first.hint)
