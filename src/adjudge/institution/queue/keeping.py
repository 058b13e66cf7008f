"""The queue kept true: at the end of each transaction the rows of all matters that it bears on are made anew.

The one place where this is done. No act knows of the queue: what a transaction wrote says which matters it concerns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from adjudge.institution.queue.bearing import Bearing, of_matters
from adjudge.institution.queue.place import place_of
from adjudge.institution.queue.proposed import NONE, found_severity
from adjudge.institution.queue.spent import spend_key
from adjudge.ledger.entry import Entry
from adjudge.people.act import ACTS, Act
from adjudge.records.ports import Reading, Records, Writing
from adjudge.records.rows import DecisionState, MatterRow, QueueRow
from adjudge.records.shelf import (
    APPEALS,
    CLOCKS,
    DECISIONS,
    DISPUTES,
    MATTERS,
    MESSAGES,
    PEOPLE,
    QUEUE,
    SPEND,
    R,
    Shelf,
)

EVALUATED = ACTS[Act.EVALUATE].writes


Keeping = Callable[[Writing], None]
"""Makes anew what a transaction bears on, at its end."""


@dataclass(frozen=True, slots=True)
class QueuedRecords:
    """Records beside which the queue is kept true, and what else follows from them."""

    kept: Records
    further: tuple[Keeping, ...] = ()

    def reading(self) -> AbstractContextManager[Reading]:
        """Read what is committed."""
        return self.kept.reading()

    def looking(self) -> AbstractContextManager[Reading]:
        """Read all as it stood at one instant."""
        return self.kept.looking()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Read and write; with what was written, the queue is."""
        with self.kept.writing() as records:
            yield records
            for keep in (keep_queue, *self.further):
                keep(records)

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something when all that is being written is kept."""
        self.kept.afterwards(do)


def queued(records: Records, *further: Keeping) -> QueuedRecords:
    """The same records with the queue kept beside them, and what else is to be."""
    return records if isinstance(records, QueuedRecords) else QueuedRecords(records, further)


def keep_queue(records: Writing) -> None:
    """Make the rows anew of all matters that this transaction bears on."""
    evaluated = {subject for kind, subject in records.touched.entries if kind == EVALUATED}
    spenders = _spenders(records)
    concerned = {*_touched(records, MATTERS.name), *evaluated, *_concerned(records, spenders)}
    if not concerned:
        return
    matters = records.get_many(MATTERS, sorted(concerned)).values()
    before = records.get_many(QUEUE, sorted(concerned))
    known = {
        key: (row.found, row.spend)
        for key, row in before.items()
        if key not in evaluated and row.advertiser not in spenders
    }
    rows = places(records, list(matters), known)
    records.put_all(QUEUE, [row for row in rows if before.get(row.id) != row])


def places(
    records: Reading, matters: Sequence[MatterRow], known: Mapping[str, tuple[str, str]]
) -> Sequence[QueueRow]:
    """The rows of matters. `known` are, by matter, what was found on record and what was spent, where that is known."""
    bearings, nothing = of_matters(records, [row.id for row in matters]), Bearing()
    found = []
    for row in matters:
        severity, spend = known.get(row.id) or (found_of(records.entries_of(row.id)), spend_of(records, row))
        bearing = bearings.get(row.id, nothing)
        found.append(place_of(row, bearing, found=severity, spend=spend))
    return found


def spend_of(records: Reading, matter: MatterRow) -> str:
    """What the advertiser of a matter spent last."""
    return spend_key(records.find(SPEND, advertiser=matter.advertiser), matter.advertiser)


def found_of(entries: Iterable[Entry]) -> str:
    """The severity of what was found when a matter was evaluated on record last, by its entries."""
    last = None
    for entry in entries:
        last = entry if entry.kind == EVALUATED else last
    return found_severity(last.body.get("outcomes")) if last is not None else NONE


def _touched(records: Writing, shelf: str) -> list[str]:
    return sorted(records.touched.rows.get(shelf, ()))


def _spenders(records: Writing) -> set[str]:
    """The advertisers of whom another amount is known."""
    spend = _touched(records, SPEND.name)
    return {row.advertiser for row in records.get_many(SPEND, spend).values()} if spend else set()


def _concerned(records: Writing, spenders: set[str]) -> Iterator[str]:
    """Matters that other rows of the transaction bear on."""
    appeals = set(_touched(records, APPEALS.name))
    for message in _rows(records, MESSAGES):
        appeals.add(message.appeal)
    if appeals:
        yield from (row.matter for row in records.get_many(APPEALS, sorted(appeals)).values())
    decisions = set(_touched(records, DECISIONS.name))
    decisions.update(row.decision for row in _rows(records, CLOCKS))
    decisions.update(row.decision for row in _rows(records, DISPUTES))
    if decisions:
        yield from (row.matter for row in records.get_many(DECISIONS, sorted(decisions)).values())
    people = set(_touched(records, PEOPLE.name))
    if people:  # whose signatures may count no more, or again
        for row in records.find(DECISIONS, state=DecisionState.PROPOSED.value):
            if people & {item.person for item in row.signatures}:
                yield row.matter
    if spenders:
        yield from (row.id for row in records.find_any(MATTERS, "advertiser", sorted(spenders)))


def _rows(records: Writing, shelf: Shelf[R]) -> Iterable[R]:
    touched = _touched(records, shelf.name)
    return records.get_many(shelf, touched).values() if touched else ()
