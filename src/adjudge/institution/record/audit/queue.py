"""The queue beside what it follows from: rows that are missing, that are of no matter, and that say otherwise."""

from collections.abc import Iterator, Mapping

from adjudge.basis.said import Said, say
from adjudge.institution.queue.mending import whole_queue
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.record.audit.rows import UNREADABLE, rows_by_key
from adjudge.records.ports import Reading
from adjudge.records.rows import QueueRow
from adjudge.records.shelf import QUEUE


def flaws_of_queue(records: Reading, found: Mapping[str, str]) -> Iterator[Discrepancy]:
    """Everything in which the queue differs. `found` has what was found on record of each matter, by the log.

    Where what it follows from cannot be read there is nothing to compare it with; that is told of the rows themselves.
    """
    try:
        due = {row.id: row for row in whole_queue(records, found)}
    except UNREADABLE:
        return
    listed = {item["id"]: item for item in records.listed(QUEUE)}
    for key in sorted(due.keys() - listed.keys()):
        yield _flaw(key, say("the matter is not in it"))
    for key, row in rows_by_key(records, QUEUE, sorted(listed)):
        if key not in due:
            yield _flaw(key, say("it is there, and there is no such matter"))
        elif row != due[key] or listed[key] != _listed(due[key]):
            yield _flaw(key, say("it is not what follows from what is kept of the matter"))


def _listed(row: QueueRow) -> dict[str, str]:
    return {"id": row.id, **QUEUE.keys(row)}


def _flaw(key: str, message: Said) -> Discrepancy:
    return Discrepancy(where=f"{QUEUE.name} {key}", message=message, entry=None)
