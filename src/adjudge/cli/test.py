"""`adjudge test`: runs the tests of a policy, shows why a case fails, and what is covered."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import width, write
from adjudge.cli.problems import REFUSED_INPUT, problem_text, report
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.app.trials import TrialRun, Wanted
    from adjudge.cli.watching import Changes

FORMATS = ("text", "json", "junit")
FAILING = 1
"""Exit code where a case fails."""
MOST_SECONDS = 3_600.0


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "test",
        help="run the tests of a policy",
        description="Run the tests of a policy: the YAML files in its folder `tests`. Each case is evaluated twice, by "
        "the engine and by the specification. A case that fails is shown with what was expected, what was found, and "
        "the rule as a tree. Exit codes: 0 all pass, 1 a case fails, 2 a file has problems.",
    )
    command.add_argument(
        "path", metavar="PATH", type=arguments.path, help="a policy folder, its folder of tests, or one file"
    )
    command.add_argument(
        "--version", dest="tested", metavar="V", help="test this version, whatever the files name"
    )
    command.add_argument(
        "--case",
        metavar="NAME",
        action="append",
        default=[],
        help="only cases of this name, in which * and ? stand for anything; may be repeated",
    )
    command.add_argument(
        "--coverage", action="store_true", help="show which verdicts, exceptions and boundaries are tested"
    )
    command.add_argument(
        "--watch", action="store_true", help="run again whenever a file of the policy changes, until Ctrl-C"
    )
    command.add_argument(
        "--every",
        metavar="SECONDS",
        type=seconds,
        default=0.5,
        help="how often --watch looks at the files (default: 0.5)",
    )
    command.add_argument(
        "--format", choices=FORMATS, default="text", help="form of the report (default: text)"
    )
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    arguments.add_language(command)
    command.set_defaults(run=run)


def seconds(text: str) -> float:
    """A time to wait, which decides nothing but when to look."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text!r} is no time to wait: write seconds, such as 0.5")
    return found


def run(asked: argparse.Namespace) -> int:
    """Run once, or again and again; the exit code is that of the last run."""
    from adjudge.app.trials import Wanted

    wanted = Wanted(asked.path, asked.tested, tuple(asked.case))
    if not asked.watch:
        return run_once(wanted, asked)
    if asked.format != "text" or asked.output is not None:
        log = ProblemLog()
        hint = say("leave out {one} and {two}, or {three}", one="`--format`", two="`-o`", three="`--watch`")
        log.add(
            "bad-value", say("what is watched is shown as text on the terminal"), where="--watch", hint=hint
        )
        return report(log, tongue_of(asked.lang))
    return run_watching(wanted, asked)


def run_once(wanted: "Wanted", asked: argparse.Namespace) -> int:
    """One run with its report; the exit code."""
    from adjudge.app.trials import run_tests

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    found = run_tests(wanted, log)
    if asked.format == "text":
        if found is not None:
            write(text_of(found, asked, tongue), asked.output)
        refused = report(log, tongue) if log.problems else 0
        return refused or exit_code(found)
    text = (
        json_of(found, log, tongue) if asked.format == "json" else junit_of(found, wanted.path, log, tongue)
    )
    write(text, asked.output)
    return REFUSED_INPUT if log.refuses else exit_code(found)


def exit_code(found: "TrialRun | None") -> int:
    """0 where every case passes."""
    if found is None:
        return REFUSED_INPUT
    return FAILING if any(result.failed for result in found.results) else 0


def text_of(found: "TrialRun", asked: argparse.Namespace, tongue: Tongue) -> str:
    """The report for the terminal."""
    from adjudge.answers.trials.text import coverage_text, trials_text
    from adjudge.trials.coverage import coverage_of

    spoilt = [str(path) for path in found.spoilt]
    body = trials_text(found.results, spoilt, tongue, width())
    return body + coverage_text(coverage_of(found.results), tongue, width(), whole=asked.coverage)


def json_of(found: "TrialRun | None", log: ProblemLog, tongue: Tongue) -> str:
    """The report for programs, with the problems of files."""
    from adjudge.answers.trials.json_form import trials_form
    from adjudge.app.exchange import problem_form
    from adjudge.trials.coverage import coverage_of

    results = found.results if found is not None else ()
    form = {
        **trials_form(results, coverage_of(results), tongue),
        "problems": [problem_form(problem, tongue.of) for problem in log.problems],
        "left_out": log.left_out,
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def junit_of(found: "TrialRun | None", path: Path, log: ProblemLog, tongue: Tongue) -> str:
    """The report for build servers; a file with problems is a suite with an error."""
    from adjudge.answers.trials.junit import junit_text

    spoilt: dict[str, list[str]] = {}
    for problem in log.problems if log.refuses else ():
        spoilt.setdefault(problem.file or str(path), []).append(problem_text(problem, tongue))
    results = found.results if found is not None else ()
    return junit_text(results, [(name, "\n\n".join(texts)) for name, texts in spoilt.items()], tongue)


def run_watching(wanted: "Wanted", asked: argparse.Namespace) -> int:
    """Run after each change of a file; ends by an interruption only."""
    from adjudge.app.trials import watched_folders
    from adjudge.cli.watching import watch

    tongue = tongue_of(asked.lang)

    def again(changes: "Changes | None") -> None:
        if changes is not None:
            print("\n" + changes_text(changes, tongue), flush=True)
        run_once(wanted, asked)
        print(tongue("watching; Ctrl-C ends"), flush=True)

    watch(watched_folders(wanted.path), asked.every, again)
    return 0  # pragma: no cover - watching ends by an interruption, which `main` answers


def changes_text(changes: "Changes", tongue: Tongue) -> str:
    """What changed, by name."""
    from adjudge.answers.forms.harmless import harmless

    found = [
        *(tongue("changed: {file}", file=str(path)) for path in changes.changed),
        *(tongue("new: {file}", file=str(path)) for path in changes.added),
        *(tongue("gone: {file}", file=str(path)) for path in changes.removed),
    ]
    return "\n".join(harmless(line) for line in found)
