"""What every command of an institution shares: which one, who acts, in which form and language it answers.

Not a way around anything: a command opens the institution, finds whose key it was handed, and calls one procedure.
"""

import argparse
import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.errors import NotFoundError, RefusedError, UnavailableError
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.basis.reading.json_text import Plain
    from adjudge.institution.house import House
    from adjudge.institution.on_database import Opened
    from adjudge.ledger.signer import Signer
    from adjudge.people.actor import Actor
    from adjudge.records.rows import Row
    from adjudge.settings.schema import Settings

PAGE = 50
FROM_INPUT = "-"
_LONGEST_KEY = 1_000
LONGEST_WORDS = 600_000
"""Bytes of a text that somebody writes: more than any that is taken, so that too long a one is told as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An institution that is open for somebody, and how to answer."""

    house: "House"
    actor: "Actor"
    signer: "Signer"
    tongue: Tongue
    as_json: bool
    settings: "Settings"

    def tell(self, lines: Iterable[str], form: object) -> int:
        """Print the answer in the form that was asked for; the exit code for done."""
        tell(lines, form, as_json=self.as_json)
        return 0


def tell(lines: Iterable[str], form: object, *, as_json: bool) -> None:
    """Print lines for people, or a form for programs. What comes from outside is made harmless."""
    if as_json:
        print(json.dumps(form, ensure_ascii=False, indent=2))
        return
    for line in lines:
        print(harmless(line))


def in_session(asked: argparse.Namespace, do: Callable[[Session], int]) -> int:
    """Open the institution for whoever holds the key, and do it; 2 with the problems where there are any."""
    opened = opened_by(asked)
    if opened is None:
        return REFUSED_INPUT
    return do(
        Session(
            house=opened.house,
            actor=_actor(opened.house, asked.key),
            signer=opened.signer,
            tongue=tongue_of(asked.lang),
            as_json=asked.format == "json",
            settings=opened.settings,
        )
    )


def opened_by(asked: argparse.Namespace, *, migrated: bool = False) -> "Opened | None":
    """The institution that is asked for; None with the problems of its settings reported."""
    from adjudge.institution.on_database import open_institution
    from adjudge.settings.schema import read_settings

    log = ProblemLog()
    settings = read_settings(os.environ, log, asked.data)
    if log.problems:
        report(log, tongue_of(asked.lang), as_json=asked.format == "json")
        return None
    return open_institution(settings, migrated=migrated)


def _actor(house: "House", file: Path | None) -> "Actor":
    """Whoever holds the key. Why a key does not work is not told: whoever tries keys learns nothing."""
    from adjudge.institution.staff.keys import key_actor

    file = file or _named_file()
    secret = _secret(file) if file is not None else os.environ.get("ADJUDGE_KEY", "").strip()
    if not secret:
        message = say("it is not said who acts")
        raise RefusedError(
            message, hint=say("put your key in `ADJUDGE_KEY`, or name a file that holds it with `--key`")
        )
    try:
        return key_actor(house, secret)
    except NotFoundError as error:
        hint = say(
            "it may be revoked or over, or of another institution: make another on the page of your keys"
        )
        raise RefusedError(say("this key does not work here"), hint=hint) from error


def _named_file() -> Path | None:
    """The file that the environment names, where it does not hold the key itself."""
    named = os.environ.get("ADJUDGE_KEY_FILE", "")
    return Path(named) if named and not os.environ.get("ADJUDGE_KEY", "").strip() else None


def _secret(file: Path) -> str:
    return read_bytes(file, _LONGEST_KEY).decode(errors="replace").strip()


def read_bytes(file: Path, most: int) -> bytes:
    """The bytes of a file, whose size is asked before one is read. Raises RefusedError, UnavailableError."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError(
                say("{path} is not a file", path=str(file)), hint=say("name a file, not a folder or a device")
            )
        if status.st_size > most:
            message = say("{path} has more than {most} bytes", path=str(file), most=most)
            raise RefusedError(message, hint=say("name another file, or send the part that matters"))
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except (OSError, ValueError) as error:
        from adjudge.cli.output import why

        reason = why(error) if isinstance(error, OSError) else say("the path cannot be used")
        message = say("{path} cannot be read: {reason}", path=str(file), reason=reason)
        raise UnavailableError(message, hint=say("check the path and the permissions")) from error


# --- options ---


FORMS = ("text", "json")


def add_institution(command: argparse.ArgumentParser, forms: Sequence[str] = FORMS) -> None:
    """Declare which institution, and the form and language of the answer."""
    command.add_argument(
        "--data",
        metavar="DIR",
        type=arguments.path,
        help="the institution's data folder (default: ADJUDGE_DATA_DIR, else adjudge-data)",
    )
    command.add_argument("--format", choices=forms, default="text", help="default: text")
    arguments.add_language(command)


def add_actor(command: argparse.ArgumentParser, forms: Sequence[str] = FORMS) -> None:
    """Declare which institution and who acts."""
    command.add_argument(
        "--key",
        metavar="FILE",
        type=arguments.path,
        help="a file that holds your key (default: ADJUDGE_KEY holds it, or ADJUDGE_KEY_FILE names such a file)",
    )
    add_institution(command, forms)


Doing = Callable[[Session, argparse.Namespace], int]


def add_below(
    kinds: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    do: Doing,
    told: str,
    *,
    forms: Sequence[str] = FORMS,
) -> argparse.ArgumentParser:
    """Declare one of the commands below a command, done by whoever holds the key."""
    command = kinds.add_parser(name, help=told, description=f"{told[:1].upper()}{told[1:]}.")
    add_actor(command, forms)
    command.set_defaults(run=lambda asked: in_session(asked, lambda session: do(session, asked)))
    return command


def add_output(command: argparse.ArgumentParser, told: str) -> None:
    """Declare a file to write to."""
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help=told)


def add_reason(command: argparse.ArgumentParser) -> None:
    """Declare the reason, without which an act that changes something is not done."""
    command.add_argument(
        "--reason", metavar="TEXT", required=True, help="why; it stands in the log for ever: name no person"
    )


def add_paging(command: argparse.ArgumentParser) -> None:
    """Declare from where on and how many."""
    command.add_argument("--after", metavar="ID", default="", help="begin behind this one")
    add_most(command)


def add_most(command: argparse.ArgumentParser) -> None:
    """Declare how many."""
    command.add_argument(
        "--most", metavar="N", type=at_most, default=PAGE, help="how many at most (default: %(default)s)"
    )


def at_most(text: str) -> int:
    """How many are shown at once."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 10_000:  # noqa: PLR2004 - more is an export
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no such number: write one from 1 to 10000")


# --- what is printed ---


def form_of(row: "Row", *left_out: str) -> dict[str, Any]:
    """A row for programs, but for fields that are secret or of no use there; instants as they are written elsewhere."""
    return {item.name: _form(getattr(row, item.name)) for item in fields(row) if item.name not in left_out}


def _form(value: object) -> object:
    match value:
        case Instant():
            return str(value)
        case dict():
            return {key: _form(item) for key, item in value.items()}
        case list() | tuple():
            return [_form(item) for item in value]
        case _ if is_dataclass(value):
            return {item.name: _form(getattr(value, item.name)) for item in fields(value)}
        case _:
            return value


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns as wide as their widest cell; the last one is as long as it is."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(row, widths)).rstrip() for row in rows]


def _padded(row: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    from rich.cells import cell_len

    for cell, width in zip(row, widths, strict=True):
        yield cell + " " * (width - cell_len(cell))


def page_of(rows: Sequence[Any], most: int, tongue: Tongue) -> tuple[Sequence[Any], list[str]]:
    """The rows of a page, of which one more was asked for, and the line that says how to go on."""
    if len(rows) <= most:
        return rows, []
    kept = rows[:most]
    return kept, [tongue("There are more: go on with {option}.", option=f"--after {kept[-1].id}")]


def first_of(rows: Sequence[Any], most: int, tongue: Tongue) -> tuple[Sequence[Any], list[str]]:
    """The first rows of a list that is there whole, and the line that says how many are left out."""
    left = len(rows) - most
    if left <= 0:
        return rows, []
    return rows[:most], [
        tongue.plural(
            "{count} more is left out: ask for more with {option}.",
            "{count} more are left out: ask for more with {option}.",
            left,
            option="--most",
        )
    ]


def read_words(file: Path) -> str:
    """What somebody wrote, in a file or on the standard input (`-`). Raises RefusedError, UnavailableError."""
    found = _input() if str(file) == FROM_INPUT else read_bytes(file, LONGEST_WORDS)
    try:
        return found.decode()
    except UnicodeDecodeError as error:
        message = say("{path} is no text in UTF-8", path=str(file))
        raise RefusedError(message, hint=say("save it as plain text in UTF-8")) from error


def _input() -> bytes:
    found = sys.stdin.buffer.read(LONGEST_WORDS + 1)
    if len(found) > LONGEST_WORDS:
        message = say("{path} has more than {most} bytes", path=FROM_INPUT, most=LONGEST_WORDS)
        raise RefusedError(message, hint=say("name another file, or send the part that matters"))
    return found


def add_words(command: argparse.ArgumentParser, told: str) -> None:
    """Declare a text that is written in a file, or comes from the standard input."""
    command.add_argument(
        "--text",
        metavar="FILE",
        type=arguments.path,
        required=True,
        help=f"{told}: a text file, or - for the standard input",
    )


def read_object(path: Path, log: ProblemLog) -> "dict[str, Plain] | None":
    """A file that is one mapping, YAML or JSON, as it is written; None with problems."""
    from adjudge.app.files import read_yaml_file
    from adjudge.institution.data.case_folder import plain_of

    node = read_yaml_file(path, log)
    found = plain_of(node) if node is not None else None
    if node is not None and not isinstance(found, dict):
        hint = say("write its entries below each other, each as `key: value`")
        log.add("wrong-shape", say("the file must be one mapping"), node.span, where=str(path), hint=hint)
    return found if isinstance(found, dict) and not log.refuses else None


def refuse_existing(path: Path, log: ProblemLog) -> None:
    """A file that is there is not written over: nobody could have it again."""
    if path.exists():
        hint = say("write to another file; to replace this one all the same, remove it first")
        log.add("already-there", say("the file is there already"), where=str(path), hint=hint)


def tell_secret(tongue: Tongue, secret: str, output: Path | None, *, is_kept: bool = False) -> Iterable[str]:
    """Where the secret is, which is shown once; `is_kept` where the institution needs it again, and not its digest."""
    if output is not None:
        yield tongue("It stands in {file}, which nobody else can read.", file=str(output))
    elif is_kept:
        yield tongue("It is shown once: {secret}", secret=secret)
    else:
        yield tongue("It is shown once, and kept nowhere: {secret}", secret=secret)


def refuse(session: Session, log: ProblemLog) -> int:
    """Report the problems of what was handed in; 2."""
    return report(log, session.tongue, as_json=session.as_json) or REFUSED_INPUT
