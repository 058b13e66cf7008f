"""The log and the receipt that `docs/reference/log-format.md` shows: three entries, of which one expunges a part."""

from dataclasses import replace

from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Part, Tombstone, expunging, sealed
from adjudge.ledger.receipt import Receipt
from tests.rooms.ledger.logs import Log


def at(text: str) -> Instant:
    instant = parse_timestamp(text)
    assert instant is not None
    return instant


OPENED = Entry(
    seq=0, at=at("2026-03-01T09:00:00Z"), actor="desk", kind="matter:opened", subject="matter/7", body={"ad": "a-12"}
)  # fmt: skip
ISSUED = Entry(
    seq=1, at=at("2026-03-02T10:30:00.5Z"), actor="reviewer/3", kind="decision:issued", subject="decision/7",
    body={"measure": "exclude"},
)  # fmt: skip
COMPLAINANT = sealed({"name": "A. Person"}, bytes(range(16)))
REVIEWER = sealed({"name": "B. Person"}, bytes(range(16, 32)))
WHY = "asked by the person concerned"


def example() -> tuple[Log, Receipt]:
    """The log as it is exported after the complainant's name was expunged, and the receipt of the decision."""
    log = Log()
    stone = Tombstone(digest=COMPLAINANT.digest, at=at("2026-05-04T08:00:00Z"), why=WHY, entry=2)
    log.add(_with(OPENED, COMPLAINANT), stone)
    log.add(_with(ISSUED, REVIEWER), REVIEWER)
    log.close()
    receipt = log.receipt(1, REVIEWER)
    log.add(expunging(stone, "desk"))
    log.close()
    return log, receipt


def _with(entry: Entry, part: Part) -> Entry:
    return replace(entry, private=(part.digest,))
