"""`adjudge restore`: an institution made from a backup, in an empty data folder and an empty database."""

import argparse
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.backup import NOT_VERIFIED, add_proof, opened_file, tell_verified, verified_stream
from adjudge.cli.backup_text import ProgressLine, verified_form
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.session import add_institution, tell
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.backup.restoring import Restored
    from adjudge.institution.backup.verifying import Verified
    from adjudge.settings.schema import Settings


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "restore",
        help="make an institution from a backup",
        description="Verify a backup, and make an institution from it in an empty data folder: on SQLite, or in the "
        "empty PostgreSQL database that ADJUDGE_DATABASE_URL names, whichever it was taken from. Every row is held to "
        "the log before anything counts. A restore that was cut off leaves nothing; it is given again.",
    )
    command.add_argument("file", metavar="FILE", type=arguments.path, help="the backup")
    command.add_argument(
        "--keys",
        metavar="DIR",
        type=arguments.path,
        help="the folder in which log.key and secret.key were kept (default: those in the backup, if any)",
    )
    command.add_argument(
        "--new-keys",
        action="store_true",
        help="go on without a key that is lost: under another name, with second factors to be set up anew",
    )
    command.add_argument(
        "--as-it-is", action="store_true", help="restore it also where rows are not what the log says"
    )
    add_proof(command)
    add_institution(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Verify and restore; 1 where the backup does not hold."""
    from adjudge.settings.schema import read_settings

    tongue, log = tongue_of(asked.lang), ProblemLog()
    settings = read_settings(os.environ, log, asked.data)
    if log.problems:
        return report(log, tongue, as_json=asked.format == "json")
    with opened_file(asked.file) as stream:
        found = verified_stream(stream, asked, tongue)
        if found is None:
            return REFUSED_INPUT
        if not found.is_verified:
            tell_verified(asked, found, tongue)
            return NOT_VERIFIED
        restored = _restored(stream, found, settings, asked, tongue)
    form = {"data": str(settings.data), **verified_form(found, tongue), **_form(restored, tongue)}
    tell(_lines(found, restored, settings, tongue), form, as_json=asked.format == "json")
    return 0


def _restored(
    stream: BinaryIO, found: "Verified", settings: "Settings", asked: argparse.Namespace, tongue: Tongue
) -> "Restored":
    from adjudge.institution.backup.restoring import Into, restore, staged
    from adjudge.mount.whole import told_of

    told_of(staged(settings))
    progress = ProgressLine(tongue)
    into = Into(
        settings=settings,
        keys=asked.keys,
        new_keys=asked.new_keys,
        as_it_is=asked.as_it_is,
        progress=progress.tell,
    )
    try:
        return restore(stream, found, into)
    finally:
        progress.end()


def _form(restored: "Restored", tongue: Tongue) -> dict[str, object]:
    return {
        "had_been_done": restored.had_been_done,
        "new_log_key": restored.new_log_key,
        "new_secret_key": restored.new_secret_key,
        "second_factors_left_out": restored.left_out,
        "findings": [
            {"where": item.where, "entry": item.entry, "message": tongue.of(item.message)}
            for item in restored.findings
        ],
    }


def _lines(found: "Verified", restored: "Restored", settings: "Settings", tongue: Tongue) -> Iterator[str]:
    manifest, log = found.manifest, found.log
    if manifest is None or log is None:
        return
    if restored.had_been_done:
        yield tongue("This backup had been restored into {folder} already.", folder=str(settings.data))
        return
    yield tongue("The institution is restored into {folder}.", folder=str(settings.data))
    yield tongue.plural(
        "Its log has {count} entry, of {last}. What was done after {made} is lost.",
        "Its log has {count} entries, the last of {last}. What was done after {made} is lost.",
        log.entries,
        last=str(log.last),
        made=str(manifest.at),
    )
    yield tongue(
        "What was revoked, ended, expunged or shut out since then holds again: go through {keys}, {people} and "
        "{hooks}, and do it again.",
        keys="`adjudge key list`",
        people="`adjudge person list`",
        hooks="`adjudge hook list`",
    )
    yield tongue.plural("{count} row is restored.", "{count} rows are restored.", restored.rows)
    yield tongue.plural(
        "{count} document is restored.", "{count} documents are restored.", restored.documents
    )
    if restored.new_log_key:
        yield tongue(
            "The log goes on under a new key: checkpoints and receipts of before are verified by the old one, {key}",
            key=manifest.key,
        )
    if restored.new_secret_key:
        yield tongue.plural(
            "{count} second factor is lost: whoever had it sets it up anew.",
            "{count} second factors are lost: whoever had one sets it up anew.",
            restored.left_out,
        )
    if restored.findings:
        yield tongue.plural(
            "DIFFERENT: {count} thing is not what the log says, and was restored as it is:",
            "DIFFERENT: {count} things are not what the log says, and were restored as they are:",
            len(restored.findings),
        )
        for item in restored.findings:
            yield tongue("{where}: {message}", where=item.where, message=item.message)
    else:
        yield tongue("SAME: everything that is kept is what the log says.")
    yield tongue("Start it with: {command}", command=f"adjudge up --data {settings.data}")
