"""Problems for people and for programs: position, line, caret, hint; all of them at once."""

import json
import sys
from collections.abc import Sequence

from adjudge.answers.forms.harmless import harmless
from adjudge.app.exchange import problem_form
from adjudge.basis.problem import Problem, ProblemLog, Severity

REFUSED_INPUT = 2
"""Exit code where what we were given is wrong."""


def report(log: ProblemLog, *, as_json: bool = False) -> int:
    """Write the problems to standard error (or, as JSON, to standard output); the exit code that follows."""
    if as_json:
        forms = [problem_form(problem) for problem in log.problems]
        print(json.dumps({"problems": forms, "left_out": log.left_out}, ensure_ascii=False, indent=2))
    else:
        for problem in log.problems:
            print(problem_text(problem) + "\n", file=sys.stderr)
        print(count_text(log), file=sys.stderr)
    return REFUSED_INPUT if log.refuses else 0


def problem_text(problem: Problem) -> str:
    """One problem: where, what, the line, a caret, what to do."""
    word = "error" if problem.severity is Severity.REFUSED else "warning"
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.span else problem.where
    lines = [
        f"{place}: {word}: {problem.message} [{problem.code}]" if place else f"{word}: {problem.message}"
    ]
    if problem.span:
        text, carets = problem.span.excerpt()
        number = str(problem.line)
        lines += [f"  {number} | {text}", f"  {' ' * len(number)} | {carets}"]
    if problem.hint:
        lines.append(f"  hint: {problem.hint}")
    return "\n".join(harmless(line) for line in lines)


def count_text(log: ProblemLog) -> str:
    """How many problems there are."""
    errors, warnings = counts(log.problems)
    parts = [_plural(errors, "error"), _plural(warnings, "warning")]
    more = f", and {log.left_out} more that are not shown" if log.left_out else ""
    return ", ".join(part for part in parts if part) + more


def counts(problems: Sequence[Problem]) -> tuple[int, int]:
    """Errors and warnings."""
    errors = sum(problem.severity is Severity.REFUSED for problem in problems)
    return errors, len(problems) - errors


def _plural(count: int, word: str) -> str:
    return "" if not count else f"{count} {word}" if count == 1 else f"{count} {word}s"
