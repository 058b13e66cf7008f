"""Names that may become those of files and folders, and folders that may be made; a problem where they may not."""

import re
import unicodedata
from pathlib import Path

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import Said, say

_ID = re.compile(r"\w[\w.-]{0,99}")
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def identifier(text: str, where: str, log: ProblemLog) -> str | None:
    """A rule's id or a version: also the name of a file, so that it holds letters, digits, `_`, `-` and `.` only."""
    found = unicodedata.normalize("NFC", text)
    if _ID.fullmatch(found):
        return found
    _refuse(
        text, where, say("use letters, digits, `-`, `_` and `.`, at most 100, a letter or digit first"), log
    )
    return None


def policy_id(text: str, where: str, log: ProblemLog) -> str | None:
    """The name of a policy, which cases name by its folder."""
    if _FOLDER.fullmatch(text):
        return text
    _refuse(
        text,
        where,
        say("use the letters a to z, digits, `-` and `_`, at most 100, a letter or digit first"),
        log,
    )
    return None


def _refuse(text: str, where: str, hint: Said, log: ProblemLog) -> None:
    log.add(
        "bad-identifier", say("{name} cannot be used as a name", name=quoted(text)), where=where, hint=hint
    )


def is_free(folder: Path, log: ProblemLog) -> bool:
    """Whether a folder can be made: nothing is there, or a folder that is empty. Nothing is ever overwritten."""
    try:
        free = not folder.is_symlink() and (
            not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        )
    except OSError:
        free = False
    if not free:
        message = say("there is something already, and nothing is overwritten")
        log.add(
            "already-there", message, where=str(folder), hint=say("name a folder that does not exist yet")
        )
    return free
