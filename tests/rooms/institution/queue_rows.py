"""The queue of an institution of tests, held to what it follows from."""

from adjudge.institution.house import House
from adjudge.institution.queue.mending import note_found, whole_queue
from adjudge.records.rows import QueueRow
from adjudge.records.shelf import QUEUE


def queue_of(house: House) -> dict[str, QueueRow]:
    """The rows by matter, which are those that follow from all that is kept."""
    found: dict[str, str] = {}
    with house.records.reading() as records:
        for entry in records.entries():
            note_found(found, entry)
        kept = {row.id: row for row in records.find(QUEUE)}
        assert kept == {row.id: row for row in whole_queue(records, found)}
    return kept
