"""`adjudge verify`: a log, a receipt or a checkpoint checked with nothing but the file, and without trust in us."""

import argparse
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.output import why
from adjudge.cli.problems import report
from adjudge.tongues.tongue import tongue_of

if TYPE_CHECKING:
    from adjudge.ledger.checkpoint import SignedCheckpoint
    from adjudge.ledger.key import VerifierKey
    from adjudge.ledger.report import CheckpointReport, Report

NOT_VERIFIED = 1
"""Exit code where something in the file is wrong, or missing."""
_LONGEST_SMALL_FILE = 64 * 1024


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "verify",
        help="verify a log, a receipt or a checkpoint, offline",
        description="Verify an exported log, a receipt or a checkpoint with nothing but the file: that every line is "
        "what was signed, in its order, and nothing was changed, added or taken away. Exit with 1 where something is "
        "wrong, and say what, where, and what follows. Without a key, the file is checked by the key that it names "
        "itself; a checkpoint names none.",
    )
    command.add_argument(
        "path",
        metavar="LOG|RECEIPT|CHECKPOINT",
        type=arguments.path,
        help="an exported log, a receipt, or a checkpoint as the public register shows it",
    )
    command.add_argument(
        "--key",
        metavar="KEY|FILE",
        help="the public key of the log, `name+hash+base64`, or a file that holds it",
    )
    command.add_argument(
        "--checkpoint",
        metavar="FILE",
        type=arguments.path,
        help="a checkpoint that you kept: the log must still begin with what it covered",
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    arguments.add_language(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Verify; 1 where it does not hold, 2 where the file is none of them."""
    from adjudge.answers.verification.json_form import verification_json
    from adjudge.answers.verification.text import verification_text

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    key = read_public_key(asked.key, log) if asked.key is not None else None
    kept = read_kept(asked.checkpoint, log) if asked.checkpoint is not None else None
    found = _verified(asked.path, key, kept, log) if not log.problems else None
    if found is None:
        return report(log, tongue, as_json=asked.format == "json")
    is_json = asked.format == "json"
    print(verification_json(found, tongue.of) if is_json else verification_text(found, tongue), end="")
    return 0 if found.is_verified else NOT_VERIFIED


def _verified(
    path: Path, key: "VerifierKey | None", kept: "SignedCheckpoint | None", log: ProblemLog
) -> "Report | None":
    """The report; None with a problem where the file cannot be read, or is nothing of ours."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            log.add("unreadable-file", say("this is not a file"), where=str(path), hint=say("name a file"))
            return None
        with path.open("rb") as stream:
            return _of_stream(stream, path, key, kept, log)
    except (OSError, ValueError) as error:
        _report_unreadable(error, path, log)
        return None


def _of_stream(
    stream: BinaryIO, path: Path, key: "VerifierKey | None", kept: "SignedCheckpoint | None", log: ProblemLog
) -> "Report | None":
    from adjudge.ledger.log_file import FIRST_BYTES, LONGEST_LINE
    from adjudge.ledger.receipt import looks_like_receipt
    from adjudge.ledger.verify_log import verify_log
    from adjudge.ledger.verify_receipt import verify_receipt

    begin = stream.read(LONGEST_LINE + 1)
    if looks_like_receipt(begin):
        found = verify_receipt(begin, key, kept)
        if kept is not None and found.entry is not None and found.size != kept.checkpoint.size:
            hint = say("verify the log itself with the checkpoint that you kept")
            message = say("a receipt can be held only against a checkpoint of the same size")
            log.add("not-comparable", message, where=str(path), hint=hint)
            return None
        return found
    if begin.startswith(FIRST_BYTES):
        stream.seek(0)
        return verify_log(stream, key, kept)
    signed = _as_checkpoint(begin)
    if signed is not None:
        return _of_checkpoint(signed, path, key, kept, log)
    hint = say(
        "name an exported log, a receipt or a checkpoint; if it was one, it is damaged at its beginning: take it anew"
    )
    message = say("this is neither a log nor a receipt nor a checkpoint")
    log.add("not-a-log", message, where=str(path), hint=hint)
    return None


def _as_checkpoint(begin: bytes) -> "SignedCheckpoint | None":
    from adjudge.ledger.checkpoint import read_checkpoint
    from adjudge.ledger.flaw import Finding

    try:
        found = read_checkpoint(begin.decode())
    except UnicodeDecodeError:
        return None
    return None if isinstance(found, Finding) else found


def _of_checkpoint(
    signed: "SignedCheckpoint",
    path: Path,
    key: "VerifierKey | None",
    kept: "SignedCheckpoint | None",
    log: ProblemLog,
) -> "CheckpointReport | None":
    from adjudge.ledger.verify_checkpoint import verify_checkpoint

    if key is None:
        hint = say("hand in the key with `--key`, as the log publishes it beside its checkpoint")
        message = say("a checkpoint does not hold the key by which it is signed")
        log.add("not-a-key", message, where=str(path), hint=hint)
        return None
    if kept is not None and kept.checkpoint.size != signed.checkpoint.size:
        hint = say("verify the log itself with the checkpoint that you kept")
        message = say("two checkpoints of different sizes cannot be compared without the log")
        log.add("not-comparable", message, where=str(path), hint=hint)
        return None
    return verify_checkpoint(signed, key, kept)


def read_public_key(text: str, log: ProblemLog) -> "VerifierKey | None":
    """A key as it stands on the command line, else in the file of that name."""
    from adjudge.ledger.key import read_key

    key = read_key(text)
    if key is not None:
        return key
    if _is_file(text):
        content = _small_file(Path(text), log)
        key = read_key(content.rstrip("\r\n")) if content is not None else None
    if key is None and not log.problems:
        hint = say(
            "write the key as `name+hash+base64`, as the log publishes it, or name a file that holds it"
        )
        # The text is not repeated: it may be a private key, handed in by mistake.
        log.add("not-a-key", say("this is no public key of a log"), where="--key", hint=hint)
    return key


def _is_file(text: str) -> bool:
    """Whether there is a file of that name; what cannot be a name names none."""
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def read_kept(path: Path, log: ProblemLog) -> "SignedCheckpoint | None":
    """A checkpoint that the user kept."""
    from adjudge.ledger.checkpoint import read_checkpoint
    from adjudge.ledger.flaw import Finding

    content = _small_file(path, log)
    if content is None:
        return None
    found = read_checkpoint(content)
    if isinstance(found, Finding):
        hint = say("keep a checkpoint exactly as the log published it, with its blank line and its signature")
        log.add("not-a-checkpoint", found.message, where=str(path), hint=hint)
        return None
    return found


def _small_file(path: Path, log: ProblemLog) -> str | None:
    """The text of a key or a checkpoint. Its line ends are as they are: what was signed ends in line feeds."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LONGEST_SMALL_FILE + 1)
        return content.decode()
    except UnicodeDecodeError as error:
        message = say("byte {position} is not UTF-8", position=str(error.start + 1))
        log.add("not-utf-8", message, where=str(path), hint=say("save the file as UTF-8"))
    except (OSError, ValueError) as error:
        _report_unreadable(error, path, log)
    return None


def _report_unreadable(error: Exception, path: Path, log: ProblemLog) -> None:
    """A problem with what the disk said."""
    reason = why(error) if isinstance(error, OSError) else say("the path cannot be used")
    message = say("cannot be read: {reason}", reason=reason)
    log.add("unreadable-file", message, where=str(path), hint=say("check the path and the permissions"))
