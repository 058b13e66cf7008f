"""Values on the command line: dates, countries, paths, the language; each says what to write where it is wrong.

What is said while a command line is read, as by `--help`, is in English: its language is not known yet.
"""

import argparse
import datetime as dt
import os
from pathlib import Path

from adjudge.basis.instant import Instant, parse_date, parse_instant
from adjudge.facts.codes import COUNTRIES
from adjudge.tongues.tongue import ENGLISH, LANGUAGES


def instant(text: str) -> Instant:
    """A date, meaning 00:00 UTC of that day, or an RFC 3339 timestamp."""
    found = parse_instant(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write 2018-01-31 or 2018-01-31T12:00:00Z")
    return found


def day(text: str) -> dt.date:
    """A day of the calendar."""
    found = parse_date(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write 2018-01-31")
    return found


def country(text: str) -> str:
    """An ISO 3166-1 alpha-2 code."""
    if text not in COUNTRIES:
        raise argparse.ArgumentTypeError(f"{text!r} is no country: write an ISO 3166-1 code such as US or DE")
    return text


def path(text: str) -> Path:
    """A path."""
    if "\0" in text or not text:
        raise argparse.ArgumentTypeError("this is no path")
    return Path(text)


def add_language(command: argparse.ArgumentParser) -> None:
    """Declare `--lang`, the language in which a command speaks."""
    command.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=_usual_language(),
        help="language of what is said (default: ADJUDGE_LANG, else en)",
    )


def _usual_language() -> str:
    """That of the environment; one that we do not speak is passed over, since it may be meant for others."""
    asked = os.environ.get("ADJUDGE_LANG", ENGLISH)
    return asked if asked in LANGUAGES else ENGLISH
