"""Whose keys an entry of the log may change. Not how: the rows say that.

Rather one too many than one too few: whoever is looked at in vain costs two questions to the database.
"""

from collections.abc import Iterable

from adjudge.ledger.entry import Entry

IMPORTED, RECORDED = "data:imported", "subject:recorded"
DROPPED = "domains_dropped"
"""Said by the entry of a subject that no longer declares a landing domain which it declared."""
_MEASURES = ("paused", "resumed", "lifted")


def affected(entries: Iterable[Entry]) -> set[str] | None:
    """The advertisers; None where it cannot be told, or keys are gone: then all is to be built anew."""
    found: set[str] = set()
    for entry in entries:
        advertiser = entry.body.get("advertiser")
        if entry.kind == IMPORTED or entry.body.get(DROPPED):
            return None
        if isinstance(advertiser, str) and advertiser:
            found.add(advertiser)
        elif _tells_of_measures(entry):
            return None
    return found


def _tells_of_measures(entry: Entry) -> bool:
    follows = entry.body.get("follows")
    told = follows if isinstance(follows, dict) else {}
    return bool(entry.body.get("measures")) or any(told.get(name) for name in _MEASURES)
