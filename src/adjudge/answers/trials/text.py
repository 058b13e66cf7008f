"""Results of tests for the terminal: a line for each file, each failing case with its reasons, what is covered."""

from collections.abc import Iterable, Iterator, Sequence

from adjudge.answers.rules.tree_text import condition_lines, wrapped
from adjudge.answers.trials.coverage_text import coverage_line, coverage_lines
from adjudge.answers.trials.view import FailingView, TrialView, trial_view
from adjudge.tongues.tongue import Tongue
from adjudge.trials.coverage import VersionCoverage
from adjudge.trials.result import FileResult

_STEP = "  "


def trials_text(results: Sequence[FileResult], spoilt: Sequence[str], tongue: Tongue, width: int) -> str:
    """Each file with its failing cases, then the sum."""
    lines = [line for result in results for line in file_lines(result, tongue, width)]
    lines += [wrapped_one(tongue("{file}: not run, since it has problems", file=name)) for name in spoilt]
    return "\n".join([*lines, summary_text(results, tongue)]) + "\n"


def wrapped_one(text: str) -> str:
    """A text on one line, however long: what is copied or jumped to must not be cut."""
    return wrapped(text, 10**6)[0]


def file_lines(result: FileResult, tongue: Tongue, width: int) -> Iterator[str]:
    """The file with its counts, and what fails in it."""
    cases = tongue.plural("{count} case", "{count} cases", len(result.results))
    failed = (
        tongue.plural("{count} fails", "{count} fail", result.failed) if result.failed else tongue("all pass")
    )
    yield wrapped_one(tongue("{file}: {cases}, {failed}", file=result.file.name, cases=cases, failed=failed))
    for item in result.results:
        if not item.passes:
            yield from indented(trial_lines(trial_view(item, tongue), tongue, width - len(_STEP)))


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Lines a step to the right; empty ones stay empty."""
    for line in lines:
        yield _STEP + line if line else ""


def trial_lines(trial: TrialView, tongue: Tongue, width: int) -> Iterator[str]:
    """A failing case."""
    yield ""
    yield wrapped_one(
        tongue("FAILS {name}: {title} ({place})", name=trial.id, title=trial.title, place=trial.place)
        if trial.title
        else tongue("FAILS {name} ({place})", name=trial.id, place=trial.place)
    )
    yield from wrapped(trial.asked, width)
    for failing in trial.failing:
        yield ""
        yield from indented(failing_lines(failing, tongue, width - len(_STEP)))
    yield ""


def failing_lines(failing: FailingView, tongue: Tongue, width: int) -> Iterator[str]:
    """What was expected, what was found, why, and the tree."""
    yield wrapped_one(f"{failing.about} ({failing.place})" if failing.place else failing.about)
    labels = {
        tongue("expected"): failing.expected,
        tongue("found"): failing.found,
        tongue("why"): failing.why,
    }
    widest = max(map(len, labels))
    for label, text in labels.items():
        lead = label.ljust(widest) + _STEP
        for number, line in enumerate(wrapped(text, width - len(lead)) if text else ()):
            yield (lead if number == 0 else " " * len(lead)) + line
    for tree in failing.trees:
        yield ""
        yield from condition_lines(tree, tongue, width)


def summary_text(results: Sequence[FileResult], tongue: Tongue) -> str:
    """How many cases there were, and how many of them fail."""
    cases = sum(len(result.results) for result in results)
    failed = sum(result.failed for result in results)
    return tongue(
        "{files}, {cases}: {passed}, {failed}",
        files=tongue.plural("{count} file", "{count} files", len(results)),
        cases=tongue.plural("{count} case", "{count} cases", cases),
        passed=tongue.plural("{count} passes", "{count} pass", cases - failed),
        failed=tongue.plural("{count} fails", "{count} fail", failed),
    )


def coverage_text(versions: Sequence[VersionCoverage], tongue: Tongue, width: int, *, whole: bool) -> str:
    """A line for each version; the whole matrix and the boundaries where they are asked for."""
    lines: list[str] = []
    for version in versions:
        lines += wrapped(coverage_line(version, tongue), width)
        if whole:
            lines += ["", *coverage_lines(version, tongue), ""]
    return "\n".join(lines).rstrip() + "\n" if lines else ""
