"""What can be evaluated in a package but should not be sealed, or what its author should look at.

Not reading: unknown names, types and circles are refused before. Not here either what needs a population,
such as whom a rule would reach. One file for each check, in `adjudge.language.checks`. LANGUAGE.md 6.5.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from adjudge.basis.problem import LIMIT, Problem, ProblemLog, Severity
from adjudge.language.checks.constants import check_constants
from adjudge.language.checks.dates import check_dates
from adjudge.language.checks.definitions import check_definitions
from adjudge.language.checks.entries import check_entries
from adjudge.language.checks.exceptions import check_exceptions
from adjudge.language.checks.grounds import check_grounds
from adjudge.language.checks.negation import check_negation
from adjudge.language.checks.protected import check_protected
from adjudge.language.checks.ranges import check_ranges
from adjudge.language.checks.recourse import check_recourse
from adjudge.language.checks.satisfiable import check_satisfiable
from adjudge.language.checks.shadow import check_shadow
from adjudge.language.checks.translations import check_translations
from adjudge.language.checks.unused import check_unused
from adjudge.language.checks.unwritten import check_unwritten
from adjudge.language.package import Package

Check = Callable[[Package], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    check_grounds,
    check_definitions,
    check_protected,
    check_satisfiable,
    check_shadow,
    check_recourse,
    check_exceptions,
    check_ranges,
    check_negation,
    check_constants,
    check_dates,
    check_entries,
    check_translations,
    check_unused,
    check_unwritten,
)


def lint(package: Package, log: ProblemLog) -> None:
    """Run every check; problems are added in the order of their places. LANGUAGE.md 6.5."""
    found = list(chain.from_iterable(check(package) for check in CHECKS))
    # A log keeps a limited number of problems. A refusal must not be lost among warnings, so that it goes
    # first where not all can be kept.
    room = max(0, LIMIT - len(log.problems))
    weighty = sorted(found, key=lambda problem: (problem.severity is Severity.WARNING, *_place(problem)))
    kept, left_out = weighty[:room], weighty[room:]
    for problem in sorted(kept, key=_place):
        log.problems.append(problem)
    log.left_out += len(left_out)


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file, problem.span.start if problem.span else -1, problem.code, problem.message
