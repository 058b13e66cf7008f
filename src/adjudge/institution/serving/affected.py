"""Whose keys an entry of the log may change. Not how: the rows say that.

Rather one too many than one too few. Whoever is looked at in vain costs a question to the database, and adds nothing to
what is published; an advertiser that is stopped as a whole costs one for each 2,000 of its subjects.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from adjudge.basis.reading.canonical import read_canonical
from adjudge.facts.value import normal_text
from adjudge.institution.plain import from_text
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Part, part_of
from adjudge.records.ports import Reading

IMPORTED, RECORDED = "data:imported", "subject:recorded"
ISSUED = frozenset({"decision:issued", "decision:automated"})
DROPPED = "domains_dropped"
"""Said by the entry of a subject that no longer declares a landing domain which it declared."""
_MEASURES = ("paused", "resumed", "lifted")


@dataclass(slots=True)
class Affected:
    """The advertisers, and the subjects that were recorded or about which it was decided."""

    advertisers: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)


def affected(records: Reading, entries: Iterable[Entry]) -> Affected | None:
    """Whose keys; None where it cannot be told any more: then all is to be built anew."""
    found = Affected()
    for entry in entries:
        advertiser = entry.body.get("advertiser")
        if entry.kind == IMPORTED:
            brought = _brought(records, entry)
            if brought is None:
                return None
            found.subjects |= brought.keys()
            found.advertisers |= set(brought.values())
        elif isinstance(advertiser, str) and advertiser:
            found.advertisers.add(advertiser)
            found.subjects |= _subjects(entry)
        elif _tells_of_measures(entry):
            return None
    return found


def _subjects(entry: Entry) -> set[str]:
    if entry.kind == RECORDED:
        return {entry.subject}
    return {str(entry.body.get("subject") or "")} if entry.kind in ISSUED else set()


def _brought(records: Reading, entry: Entry) -> dict[str, str] | None:
    """The subjects that were brought in, with their advertisers; None where what the log kept of it was expunged."""
    counts = entry.body.get("counts")
    if isinstance(counts, dict) and counts.get("subjects") == "0":
        return {}
    content = records.part(entry.private[0]) if entry.private else None
    tree = read_canonical(content) if content is not None else None
    part = part_of(tree) if tree is not None else None
    told = part.content.get("subjects") if isinstance(part, Part) and isinstance(part.content, dict) else None
    if not isinstance(told, list):
        return None
    contents = (from_text(str(text)) for text in told)
    return {
        normal_text(str(item.get("id"))): normal_text(str(item.get("advertiser") or item.get("id")))
        for item in contents
    }


def _tells_of_measures(entry: Entry) -> bool:
    follows = entry.body.get("follows")
    told = follows if isinstance(follows, dict) else {}
    return bool(entry.body.get("measures")) or any(told.get(name) for name in _MEASURES)
