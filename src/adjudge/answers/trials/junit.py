"""Results of tests as JUnit XML, which build servers show: a suite for each file, a failure for each failing case.

Written by hand since it is little, and since a text from outside may hold characters that XML 1.0 cannot.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from adjudge.answers.trials.text import failing_lines
from adjudge.answers.trials.view import TrialView, trial_view
from adjudge.tongues.tongue import Tongue
from adjudge.trials.result import FileResult, TrialResult

WIDTH = 100
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_text(results: Sequence[FileResult], spoilt: Sequence[tuple[str, str]], tongue: Tongue) -> str:
    """The whole document. `spoilt` are the files that could not be read, each with its problems."""
    cases = sum(len(result.results) for result in results)
    failed = sum(result.failed for result in results)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(_open("testsuites", name="adjudge", tests=cases, failures=failed, errors=len(spoilt)))
    for result in results:
        lines += _suite(result, tongue)
    for name, problems in spoilt:
        lines += _spoilt(name, problems)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(result: FileResult, tongue: Tongue) -> Iterable[str]:
    yield _open(
        "testsuite", name=result.file.name, tests=len(result.results), failures=result.failed, errors=0
    )
    for item in result.results:
        yield from _case(item, result.file.name, tongue)
    yield "</testsuite>"


def _case(result: TrialResult, file: str, tongue: Tongue) -> Iterable[str]:
    line = result.trial.span.line if result.trial.span is not None else 0
    start = _open("testcase", classname=file, name=result.trial.name, file=file, line=line)
    if result.passes:
        yield f"{start}</testcase>"
        return
    view = trial_view(result, tongue)
    message = "; ".join(failing.about for failing in view.failing)
    yield f"{start}{_open('failure', message=message)}{_clean(_body(view, tongue))}</failure></testcase>"


def _body(view: TrialView, tongue: Tongue) -> str:
    lines = [view.title, view.place, view.asked]
    for failing in view.failing:
        lines += ["", *failing_lines(failing, tongue, WIDTH)]
    return "\n".join(lines)


def _spoilt(name: str, problems: str) -> Iterable[str]:
    yield _open("testsuite", name=name, tests=1, failures=0, errors=1)
    case, error = (
        _open("testcase", classname=name, name=name),
        _open("error", message=problems.partition("\n")[0]),
    )
    yield f"{case}{error}{_clean(problems)}</error></testcase>"
    yield "</testsuite>"


def _open(tag: str, **attributes: str | int) -> str:
    written = "".join(f' {name}="{_clean(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{written}>"


def _clean(text: str) -> str:
    """Escaped, and without the characters that no XML document may hold."""
    return escape(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text), quote=True)
