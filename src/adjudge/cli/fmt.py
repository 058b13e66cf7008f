"""`adjudge fmt`: our YAML files in canonical form, their comments and their meaning kept."""

import argparse
import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.problems import report
from adjudge.cli.together import write_together
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.app.formatting import Formatted

WOULD_CHANGE = 1
"""Exit code of `--check` where a file is not in canonical form."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "fmt",
        help="bring our YAML files into canonical form",
        description="Bring packages, vocabularies, tests and the files of cases into canonical form, in place: "
        "conditions with spaces round operators and, where long, one operand on each line; the keys of a rule in one "
        "order; one blank line between rules. Comments and meaning stay, or nothing is written. Files with problems "
        "are reported and left alone.",
    )
    command.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=arguments.path,
        help="files, or folders with our files below them",
    )
    command.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 and name the files that would change"
    )
    command.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    arguments.add_language(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Format; 2 where a file has problems, 1 where `--check` finds one that would change."""
    from adjudge.app.formatting import format_paths

    tongue = tongue_of(asked.lang)
    log = ProblemLog()
    files = format_paths(asked.paths, log)
    changed = [file for file in files if file.changes]
    if asked.diff:
        for file in changed:
            print(harmless(diff_of(file)), end="")
    elif not asked.check:
        for file in changed:
            write_together({file.path: file.after}, {file.path: file.before})
    if not files and not log.problems:
        print(tongue("no file of ours is there"))
    elif not asked.diff or asked.check:
        _say_what_was_done(files, changed, tongue, only_asked=asked.check)
    code = report(log, tongue) if log.problems else 0
    return code or (WOULD_CHANGE if asked.check and changed else 0)


def _say_what_was_done(
    files: "Sequence[Formatted]", changed: "Sequence[Formatted]", tongue: Tongue, *, only_asked: bool
) -> None:
    for file in changed:
        name = str(file.path)
        line = (
            tongue("{file} would change", file=name)
            if only_asked
            else tongue("{file} was formatted", file=name)
        )
        print(harmless(line))
    same = len(files) - len(changed)
    if same:
        print(tongue.plural("{count} file is in canonical form", "{count} files are in canonical form", same))


def diff_of(file: "Formatted") -> str:
    """A unified diff."""
    name = str(file.path)
    lines = difflib.unified_diff(_lines(file.before), _lines(file.after), name, name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Lines with their line feeds; Python's own `splitlines` parts them at other characters too."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]
