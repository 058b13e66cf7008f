"""`adjudge backup`: everything that an institution keeps as one file, taken while it runs; or such a file verified."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.backup_text import ProgressLine, has_keys, verified_form, verified_lines
from adjudge.cli.output import why
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.session import add_institution, tell
from adjudge.errors import RefusedError, UnavailableError
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.backup.verifying import Verified

NOT_VERIFIED = 1
"""Exit code where something in the file is wrong."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "backup",
        help="write a backup of an institution that runs, or verify one",
        description="Write everything that an institution keeps to one new file: the log, all tables, how people sign "
        "in, the documents. Others go on working meanwhile. What was written is read again and verified before the "
        "file has its name. The same file is restored into SQLite or PostgreSQL. The keys are not in it, unless it is "
        "said: keep them apart.",
    )
    command.add_argument("file", metavar="FILE", type=arguments.path, help="the backup, such as adjudge.tar")
    command.add_argument(
        "--verify",
        action="store_true",
        help="write nothing: verify the file that is there, without a database",
    )
    command.add_argument(
        "--with-keys",
        action="store_true",
        help="put the keys into it: whoever has the file can then sign in the log's name",
    )
    add_proof(command)
    add_institution(command)
    command.set_defaults(run=run)


def add_proof(command: argparse.ArgumentParser) -> None:
    """Declare what a backup can be held to."""
    command.add_argument(
        "--log-key",
        metavar="KEY|FILE",
        help="the public key of the log, `name+hash+base64`, or a file that holds it: the backup must be signed by it",
    )
    command.add_argument(
        "--checkpoint",
        metavar="FILE",
        type=arguments.path,
        help="a checkpoint that you kept: the log of the backup must still begin with what it covered",
    )


def run(asked: argparse.Namespace) -> int:
    """Make a backup, or verify one; 1 where it does not hold."""
    tongue = tongue_of(asked.lang)
    if asked.verify:
        found = verified(asked, tongue)
        return REFUSED_INPUT if found is None else tell_verified(asked, found, tongue)
    return _back_up(asked, tongue)


def _back_up(asked: argparse.Namespace, tongue: Tongue) -> int:
    from adjudge.institution.backup.making import Asked, back_up
    from adjudge.mount.whole import open_whole
    from adjudge.settings.schema import read_settings

    _refuse_odd(asked)
    log = ProblemLog()
    settings = read_settings(os.environ, log, asked.data)
    if log.problems:
        return report(log, tongue, as_json=asked.format == "json")
    opened, progress = open_whole(settings), ProgressLine(tongue)
    try:
        found = back_up(opened, asked.file, Asked(with_keys=asked.with_keys, progress=progress.tell))
    finally:
        progress.end()
    if not found.is_verified:
        return tell_verified(asked, found, tongue)
    form = {"file": str(asked.file), **verified_form(found, tongue)}
    tell(_lines(asked.file, found, tongue), form, as_json=asked.format == "json")
    return 0


def _refuse_odd(asked: argparse.Namespace) -> None:
    """What makes no sense together. A pipe cannot be gone back in, and would not be verified."""
    if str(asked.file) == "-":
        message = say("a backup is written to a file, where it is verified, and not to standard output")
        raise RefusedError(message, hint=say("name a file, and copy it to where you keep it"))
    if asked.log_key or asked.checkpoint:
        message = say("a key and a checkpoint are for a backup that is there")
        raise RefusedError(message, hint=say("say `--verify` too"))


def _lines(file: Path, found: "Verified", tongue: Tongue) -> Iterator[str]:
    yield tongue(
        "{file} is written and verified: {size} bytes.", file=str(file), size=tongue.number(found.size)
    )
    yield from list(verified_lines(found, tongue, is_given=True))[2:-1]
    if found.manifest is not None and has_keys(found.manifest):
        yield tongue(
            "The keys are in it: whoever has this file can sign in the name of the log and read second factors. Keep "
            "it as you keep the keys."
        )
    else:
        yield tongue(
            "The keys are not in it. Keep `log.key` and `secret.key` of the data folder apart: without `log.key` the "
            "log goes on under another name, without `secret.key` second factors cannot be read."
        )


# --- a backup that is there ---


def verified(asked: argparse.Namespace, tongue: Tongue) -> "Verified | None":
    """A backup verified; None with problems reported where a key or a checkpoint cannot be read."""
    with opened_file(asked.file) as stream:
        return verified_stream(stream, asked, tongue)


def verified_stream(stream: BinaryIO, asked: argparse.Namespace, tongue: Tongue) -> "Verified | None":
    """As `verified`, of a file that is open."""
    from adjudge.cli.verify import read_kept, read_public_key
    from adjudge.institution.backup.verifying import verify

    log = ProblemLog()
    key = read_public_key(asked.log_key, log) if asked.log_key is not None else None
    kept = read_kept(asked.checkpoint, log) if asked.checkpoint is not None else None
    if log.problems:
        report(log, tongue, as_json=asked.format == "json")
        return None
    progress = ProgressLine(tongue)
    try:
        return verify(stream, given=key, kept=kept, progress=progress.tell)
    finally:
        progress.end()


def opened_file(path: Path) -> BinaryIO:
    """A file to read. Raises RefusedError, UnavailableError."""
    try:
        if not path.is_file() and path.exists():
            raise RefusedError(say("{path} is not a file", path=str(path)), hint=say("name a backup"))
        return path.open("rb")
    except OSError as error:
        message = say("{path} cannot be read: {reason}", path=str(path), reason=why(error))
        raise UnavailableError(message, hint=say("check the path and the permissions")) from error


def tell_verified(asked: argparse.Namespace, found: "Verified", tongue: Tongue) -> int:
    """Print what a verification found; the exit code."""
    lines = verified_lines(found, tongue, is_given=asked.log_key is not None)
    tell(lines, verified_form(found, tongue), as_json=asked.format == "json")
    return 0 if found.is_verified else NOT_VERIFIED
