"""Lines of the libraries below us, whose words we did not choose: their own words stay, what they were about does not.

Of what was put into such a line only numbers are kept; what was put in beforehand goes where it looks like an address
or stands in quotes.
"""

import logging
import re

from django.core.exceptions import DisallowedHost

OURS = frozenset({"adjudge", "__main__"})
"""The first parts of names under which we write: our own modules, also where one of them is run as a program."""
LEFT_OUT = "…"
_E_MAIL = re.compile(r"[^\s@<>\"'()=]+@[^\s@<>\"'()]+")
_NUMBERED = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:])"
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|b'[^']*'")
_UNREADABLE = "Invalid request"


def words_of(record: logging.LogRecord, filled: str, given: object) -> str:
    """What a line says, ours or another's: the template of the record, `filled` with what was `given` for it."""
    if record.name.partition(".")[0] in OURS:
        return without_addresses(filled)
    if record.name.startswith("django.security"):
        return _refused(record)
    if record.name.startswith("django.request"):
        return f"a page could not be answered (status {getattr(record, 'status_code', 500)})"
    return _own_words(str(record.msg), given if isinstance(given, tuple) else ())


def _refused(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, DisallowedHost):
        return "a request named a host that `ADJUDGE_HOSTS` does not name, and was answered 400"
    kind = type(error).__name__ if error is not None else record.name.rpartition(".")[2]
    return f"a request was refused: {kind}"


def _own_words(template: str, given: tuple[object, ...]) -> str:
    """The template as it was written, with the numbers that were put into it."""
    if template.startswith(_UNREADABLE):
        return "a request could not be read"
    shown = tuple(item if isinstance(item, int | float) else LEFT_OUT for item in given)
    try:
        text = template % shown if shown else template
    except (TypeError, ValueError):  # a number was wanted where a text stands now
        text = template
    for pattern in (_QUOTED, _NUMBERED):
        text = pattern.sub(LEFT_OUT, text)
    return without_addresses(text)


def without_addresses(text: str) -> str:
    """A text with what looks like an e-mail address left out."""
    return _E_MAIL.sub(LEFT_OUT, text)
