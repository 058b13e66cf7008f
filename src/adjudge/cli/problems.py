"""Problems for people and for programs: position, line, caret, hint; all of them at once."""

import json
import sys
from collections.abc import Sequence

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.problem import Problem, ProblemLog, Severity
from adjudge.tongues.tongue import ENGLISH, Tongue, tongue_of

REFUSED_INPUT = 2
"""Exit code where what we were given is wrong."""

_ENGLISH = tongue_of(ENGLISH)


def report(log: ProblemLog, tongue: Tongue = _ENGLISH, *, as_json: bool = False) -> int:
    """Write the problems to standard error (or, as JSON, to standard output); the exit code that follows."""
    if as_json:
        from adjudge.app.exchange import problem_form

        forms = [problem_form(problem, tongue.of) for problem in log.problems]
        print(json.dumps({"problems": forms, "left_out": log.left_out}, ensure_ascii=False, indent=2))
    else:
        for problem in log.problems:
            print(problem_text(problem, tongue) + "\n", file=sys.stderr)
        print(count_text(log, tongue), file=sys.stderr)
    return REFUSED_INPUT if log.refuses else 0


def problem_text(problem: Problem, tongue: Tongue = _ENGLISH) -> str:
    """One problem: where, what, the line, a caret, what to do."""
    lines = [_first_line(problem, tongue)]
    if problem.span:
        text, carets = problem.span.excerpt()
        number = str(problem.line)
        lines += [f"  {number} | {text}", f"  {' ' * len(number)} | {carets}"]
    if problem.hint:
        lines.append("  " + tongue("hint: {hint}", hint=problem.hint))
    return "\n".join(harmless(line) for line in lines)


def _first_line(problem: Problem, tongue: Tongue) -> str:
    message, code = problem.message, f"[{problem.code}]"
    file = tongue.of(problem.file)
    place = f"{file}:{problem.line}:{problem.column}" if problem.span else file
    if problem.severity is Severity.REFUSED:
        if place:
            return tongue("{place}: error: {message} {code}", place=place, message=message, code=code)
        return tongue("error: {message} {code}", message=message, code=code)
    if place:
        return tongue("{place}: warning: {message} {code}", place=place, message=message, code=code)
    return tongue("warning: {message} {code}", message=message, code=code)


def count_text(log: ProblemLog, tongue: Tongue = _ENGLISH) -> str:
    """How many problems there are."""
    errors, warnings = counts(log.problems)
    parts = []
    if errors:
        parts.append(tongue.plural("{count} error", "{count} errors", errors))
    if warnings:
        parts.append(tongue.plural("{count} warning", "{count} warnings", warnings))
    shown = ", ".join(parts)
    if not log.left_out:
        return shown
    return tongue("{counts}, and {count} more that are not shown", counts=shown, count=log.left_out)


def counts(problems: Sequence[Problem]) -> tuple[int, int]:
    """Errors and warnings."""
    errors = sum(problem.severity is Severity.REFUSED for problem in problems)
    return errors, len(problems) - errors
