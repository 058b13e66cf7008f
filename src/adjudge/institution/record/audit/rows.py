"""Rows beside what the log tells of them: those that are missing, that nothing tells of, and that say otherwise."""

from collections.abc import Iterator, Sequence

import msgspec

from adjudge.basis.said import Said, say
from adjudge.errors import BugError
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.record.audit.told import AnyShelf, Due, Told, fields_of
from adjudge.records.ports import Reading
from adjudge.records.rows import DocumentRow, Row
from adjudge.records.shelf import QUEUE, REGISTER, SHELVES, R, Shelf

AT_ONCE = 500
FOLLOWING = (QUEUE, REGISTER)
"""What follows from other rows, and of which no entry tells."""
UNREADABLE = (msgspec.MsgspecError, BugError, ValueError)
"""What a row raises that was written by somebody else."""


def flaws_of_rows(records: Reading, told: Told) -> Iterator[Discrepancy]:
    """Everything in which rows differ from the log. Of the queue and the register it tells nothing."""
    for shelf in SHELVES:
        if shelf not in FOLLOWING:
            yield from _of_shelf(records, shelf, told.rows.get(shelf.name, {}))


def _of_shelf(records: Reading, shelf: AnyShelf, due: dict[str, dict[str, Due]]) -> Iterator[Discrepancy]:
    listed = {item["id"]: item for item in records.listed(shelf)}
    keys, found = list(listed), set[str]()
    for key, row in rows_by_key(records, shelf, keys):
        if row is None:
            yield _flaw(shelf, key, say("it cannot be read"))
            found.add(key)
            continue
        name = key if key in due else _part_of(row)
        if name not in due or name in found:
            yield _flaw(shelf, key, say("it is there, and no entry of the log tells of it"))
            continue
        found.add(name)
        yield from _of_row(shelf, row, due[name], listed[key])
    for key in sorted(due.keys() - found):
        entry = max(item.entry for item in due[key].values())
        yield _flaw(shelf, key, say("the log tells of it, and it is not there"), entry)


def _part_of(row: Row) -> str:
    """By which a document is known that was brought in, and whose id went with that part."""
    return row.part if isinstance(row, DocumentRow) else ""


def rows_by_key(records: Reading, shelf: Shelf[R], keys: Sequence[str]) -> Iterator[tuple[str, R | None]]:
    """Rows by key, read in portions; None for what cannot be read."""
    for start in range(0, len(keys), AT_ONCE):
        yield from _rows(records, shelf, keys[start : start + AT_ONCE])


def _rows(records: Reading, shelf: Shelf[R], keys: Sequence[str]) -> Iterator[tuple[str, R | None]]:
    """Rows by key; where one of them cannot be read, each by itself."""
    try:
        found = records.get_many(shelf, keys)
    except UNREADABLE:
        yield from ((key, _row(records, shelf, key)) for key in keys)
    else:
        yield from ((key, found.get(key)) for key in keys)


def _row(records: Reading, shelf: Shelf[R], key: str) -> R | None:
    try:
        return records.get(shelf, key)
    except UNREADABLE:
        return None


def _of_row(shelf: AnyShelf, row: Row, due: dict[str, Due], listed: dict[str, str]) -> Iterator[Discrepancy]:
    fields = fields_of(shelf, row)
    for name, wanted in sorted(due.items()):
        if fields.get(name) != wanted.mark:
            message = say("`{field}` is not what entry {entry} says", field=name, entry=str(wanted.entry))
            yield _flaw(shelf, listed["id"], message, wanted.entry)
    for name, text in {"id": row.id, **shelf.keys(row)}.items():
        if listed.get(name) != text:
            yield _flaw(shelf, listed["id"], say("it is found by another `{field}` than it has", field=name))


def _flaw(shelf: AnyShelf, key: str, message: Said, entry: int | None = None) -> Discrepancy:
    return Discrepancy(where=f"{shelf.name} {key}", message=message, entry=entry)
