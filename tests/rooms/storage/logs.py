"""Entries and parts to write, with nothing in them but what tells them apart."""

from adjudge.basis.instant import Instant
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Part, sealed
from adjudge.records.ports import Records


def entry_at(seq: int, subject: str = "matter", *, text: str = "", parts: tuple[Part, ...] = ()) -> Entry:
    return Entry(
        seq=seq,
        at=Instant(seq),
        actor="person:P-1",
        kind="matter:opened",
        subject=subject,
        body={"text": text},
        private=tuple(part.digest for part in parts),
    )


def part_of(number: int, text: str = "words") -> Part:
    return sealed({"text": text}, number.to_bytes(16, "big"))


def grow(records: Records, count: int) -> None:
    """Append so many entries, each with a part, in one transaction."""
    with records.writing() as writing:
        first = writing.size()
        for seq in range(first, first + count):
            part = part_of(seq)
            writing.append(entry_at(seq, f"matter-{seq % 3}", parts=(part,)), (part,))
