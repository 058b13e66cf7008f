"""Values on the command line: dates, countries, paths; each with a message that says what to write."""

import argparse
from pathlib import Path

from adjudge.basis.instant import Instant, parse_instant
from adjudge.facts.codes import COUNTRIES


def instant(text: str) -> Instant:
    """A date, meaning 00:00 UTC of that day, or an RFC 3339 timestamp."""
    found = parse_instant(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write 2018-01-31 or 2018-01-31T12:00:00Z")
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
