"""The institution that the pages are about: set once when the site is opened, and asked for by every page."""

from adjudge.errors import BugError
from adjudge.institution.on_database import Opened

_HELD: list[Opened] = []


def occupy(opened: Opened) -> None:
    """Say which institution it is, in place of any before."""
    _HELD[:] = [opened]


def premises() -> Opened:
    """The institution. Raises BugError where the site was not opened."""
    if not _HELD:
        raise BugError("the pages are served, and no institution was opened")
    return _HELD[0]
