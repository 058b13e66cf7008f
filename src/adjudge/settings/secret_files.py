"""Secrets that lie in files: read once, whole, and only from where nobody else could have written them.

Not the keys of the data folder, which are made there. A setting `X_FILE` names the file that holds what `X` would.
"""

import stat
from collections.abc import Mapping
from pathlib import Path

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said, say, verbatim

TWINS = ("ADJUDGE_DATABASE_URL", "ADJUDGE_OIDC_SECRET")
"""Settings that a file may hold instead, read when the program starts; the password of mail is read when it is used."""
LONGEST = 10_000
"""Bytes of a file that holds one secret."""


def with_secrets(given: Mapping[str, str], log: ProblemLog) -> dict[str, str]:
    """What is given, with the secrets that lie in files in their places; problems where one cannot be had."""
    found = dict(given)
    for name in TWINS:
        file = given[f"{name}_FILE"]
        if not file:
            continue
        if given[name]:
            message = say("this is given twice, by itself and by a file")
            log.add("bad-value", message, where=f"{name}_FILE", hint=say("unset one of the two"))
            continue
        text = read_secret(Path(file))
        if isinstance(text, Said):
            hint = say(
                "name a file that holds the secret and nothing else, and that nobody else can write to"
            )
            log.add("bad-value", text, where=f"{name}_FILE", hint=hint)
        else:
            found[name] = text
    return found


def read_secret(path: Path) -> str | Said:
    """The text of a file, without white space around it; what is wrong where it cannot be had or trusted."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LONGEST:
            return say("the secret is not in a file of at most {most} bytes", most=LONGEST)
        if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return say("others on this machine can write to the file of the secret")
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        reason = verbatim(error.strerror.lower()) if error.strerror else say("unknown reason")
        return say("the file of the secret cannot be read: {reason}", reason=reason)
    except ValueError:  # no text in UTF-8, or no path
        return say("the file of the secret cannot be read: {reason}", reason=say("it is no text"))
    return text or say("the file of the secret is empty")
