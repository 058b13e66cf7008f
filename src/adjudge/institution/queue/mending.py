"""The whole queue, told from all that is kept: for databases in which it is not yet, and to see that it is true.

Whoever wrote without knowing of it (a program of the release before, for a while) has left rows behind: what differs is
made anew, each portion in a transaction of its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from adjudge.institution.queue.bearing import Bearing, of_all
from adjudge.institution.queue.keeping import EVALUATED, places
from adjudge.institution.queue.place import place_of
from adjudge.institution.queue.proposed import NONE, found_severity
from adjudge.institution.queue.spent import spend_key
from adjudge.ledger.entry import Entry
from adjudge.records.ports import Reading, Records
from adjudge.records.rows import QueueRow, SpendRow
from adjudge.records.shelf import MATTERS, QUEUE, SPEND, R, Shelf

PORTION = 500


def whole_queue(records: Reading, found: Mapping[str, str]) -> Iterator[QueueRow]:
    """The row of every matter, by id. `found` has the severities of what was found on record, by matter."""
    bearings, nothing = of_all(records), Bearing()
    spend = _spend(records)
    for row in _all(records, MATTERS):
        bearing = bearings.get(row.id, nothing)
        yield place_of(row, bearing, found=found.get(row.id, NONE), spend=spend.get(row.advertiser, ""))


def note_found(found: dict[str, str], entry: Entry) -> None:
    """Note what an entry says was found, in place of what was found before."""
    if entry.kind == EVALUATED:
        found[entry.subject] = found_severity(entry.body.get("outcomes"))


def fill_queue(records: Records) -> None:
    """Make the queue where there is none yet, or not of every matter."""
    with records.reading() as reading:
        is_filled = reading.count(QUEUE) == reading.count(MATTERS)
    if not is_filled:
        mend_queue(records)


def make_queue(records: Records) -> None:
    """Make all of it in one transaction: where nobody else is there who would wait for it."""
    with records.writing() as writing:
        found: dict[str, str] = {}
        for entry in writing.entries():
            note_found(found, entry)
        rows = list(whole_queue(writing, found))
        for start in range(0, len(rows), PORTION):
            writing.put_all(QUEUE, rows[start : start + PORTION])


def mend_queue(records: Records) -> int:
    """Make anew what differs; how many rows did. Where somebody writes meanwhile, rows are told once more."""
    with records.looking() as reading:
        size, found = reading.size(), dict[str, str]()
        for entry in reading.entries():
            note_found(found, entry)
        kept = {row.id: row for row in _all(reading, QUEUE)}
        different = [row for row in whole_queue(reading, found) if kept.get(row.id) != row]
    for start in range(0, len(different), PORTION):
        portion = different[start : start + PORTION]
        with records.writing() as writing:
            is_still = writing.size() == size
            writing.put_all(QUEUE, portion if is_still else _anew(writing, portion))
    return len(different)


def _anew(records: Reading, rows: Sequence[QueueRow]) -> Sequence[QueueRow]:
    matters = records.get_many(MATTERS, [row.id for row in rows])
    return places(records, list(matters.values()), {})


def _spend(records: Reading) -> Mapping[str, str]:
    """By advertiser what was spent last."""
    rows: defaultdict[str, list[SpendRow]] = defaultdict(list)
    for row in _all(records, SPEND):
        rows[row.advertiser].append(row)
    return {advertiser: spend_key(its, advertiser) for advertiser, its in rows.items()}


def _all(records: Reading, shelf: Shelf[R]) -> Iterator[R]:
    """All rows by id, in portions."""
    after = ""
    while found := records.find(shelf, after=after, most=PORTION):
        yield from found
        after = found[-1].id
