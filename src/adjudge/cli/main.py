"""The `adjudge` command: finds the command that is asked for and gives its exit code.

0: done. 1: something we depend on failed, or what was tested fails. 2: what we were given is wrong. 3: a bug of ours.
130: interrupted.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from adjudge import __version__
from adjudge.basis.problem import ProblemLog
from adjudge.cli.errors import tell_error
from adjudge.cli.inputs import check_output
from adjudge.cli.output import why
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.errors import AdjudgeError
from adjudge.tongues.tongue import ENGLISH, tongue_of

COMMANDS = (
    "decide",
    "explain",
    "recourse",
    "examine",
    "draft",
    "check",
    "fmt",
    "new",
    "test",
    "diff",
    "reach",
    "alike",
    "bulk",
    "backtest",
    "seal",
    "init",
    "join",
    "person",
    "key",
    "hook",
    "institution",
    "policy",
    "matter",
    "subject",
    "claim",
    "document",
    "decision",
    "notice",
    "appeal",
    "clock",
    "dispute",
    "misuse",
    "register",
    "procedure",
    "contact",
    "retention",
    "data",
    "synth",
    "replay",
    "log",
    "verify",
    "snapshot",
    "serve",
    "backup",
    "restore",
    "conform",
    "expr",
    "demo",
    "config",
    "up",
)
FAILED, INTERRUPTED = 1, 130
MAY_BE_LEFT_OUT = {"backtest": ("run", ("run", "list", "explain", "-h", "--help"))}
"""Of a command with things below it, the one that is meant where none is named."""


def parser() -> argparse.ArgumentParser:
    """All commands with their options; the reference page of commands is made from it."""
    top = argparse.ArgumentParser(
        prog="adjudge",
        description="Decides who may advertise and what, and shows its reasons.",
        epilog="Begin with: adjudge decide examples/cases/kaspersky-2018 --as-of 2018-01-31. "
        "With an institution of your own, served in the browser: adjudge up",
    )
    top.add_argument("--version", action="version", version=f"adjudge {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        import_module(f"adjudge.cli.{name}").add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    _speak_utf8()
    top, given = parser(), sys.argv[1:] if arguments is None else arguments
    if not given:
        top.print_help(sys.stderr)
        return REFUSED_INPUT
    asked = top.parse_args(completed(given))
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        code = _refused(asked) or run(asked)
        sys.stdout.flush()
        return code  # noqa: TRY300 - flushing may fail, and that is the point
    except BrokenPipeError:
        # The reader went away, as `head` does; nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        # What commands read is guarded where it is read, so that this is the output.
        tongue = tongue_of(_language(asked))
        told = tongue("the output cannot be written: {reason}", reason=why(error))
        print(f"adjudge: {told}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print(tongue_of(_language(asked))("interrupted"), file=sys.stderr)
        return INTERRUPTED
    except AdjudgeError as error:
        return tell_error(error, tongue_of(_language(asked)), as_json=getattr(asked, "format", "") == "json")


def completed(given: Sequence[str]) -> list[str]:
    """A command line with what may be left out."""
    meant, known = MAY_BE_LEFT_OUT.get(given[0], ("", ()))
    if meant and len(given) > 1 and given[1] not in known:
        return [given[0], meant, *given[1:]]
    return list(given)


def _refused(asked: argparse.Namespace) -> int:
    """The exit code where the output is among what is read; else 0."""
    log = ProblemLog()
    check_output(asked, log)
    return report(log, tongue_of(_language(asked))) if log.problems else 0


def _language(asked: argparse.Namespace) -> str:
    """The language that was asked for; English for commands that speak no other."""
    return str(getattr(asked, "lang", ENGLISH))


def _speak_utf8() -> None:
    """Texts are in every script, whatever the locale of the machine."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
