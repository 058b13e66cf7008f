"""The database itself refuses to change or delete what the log holds, whatever program asks for it."""

from collections.abc import Iterable

import pytest
from django.db import DatabaseError, connections, transaction

from adjudge.basis.instant import Instant
from adjudge.ledger.part import Tombstone
from adjudge.ledger.proof import root_at
from tests.databases import Place
from tests.rooms.storage.contract import signed
from tests.rooms.storage.logs import grow, part_of

GROWING = ("entry", "node", "checkpoint", "tombstone", "part", "head")
_COLUMN = {
    "entry": "kind",
    "node": "hash",
    "checkpoint": "note",
    "tombstone": "why",
    "part": "content",
    "head": "size",
}
_REPLACED = {
    "entry": "INTO adjudge_entry (seq, subject, kind, content) VALUES (0, 'x', 'x', 'x')",
    "node": "INTO adjudge_node (level, place, hash) VALUES (0, 0, 'x')",
    "checkpoint": "INTO adjudge_checkpoint (size, note) VALUES (3, 'x')",
    "tombstone": "INTO adjudge_tombstone (digest, at, why, entry) SELECT digest, 'x', 'x', 9 FROM adjudge_tombstone",
    "part": "INTO adjudge_part (digest, entry, content) SELECT digest, 9, 'x' FROM adjudge_part",
    "head": "INTO adjudge_head (id, size) VALUES (1, 9)",
}
_KEY = {
    "entry": "seq",
    "node": "level, place",
    "checkpoint": "size",
    "tombstone": "digest",
    "part": "digest",
    "head": "id",
}


def filled(place: Place) -> Place:
    """A log with an entry, a part, a tombstone and a checkpoint."""
    grow(place.records, 3)
    with place.records.writing() as writing:
        writing.expunge(Tombstone(digest=part_of(0).digest, at=Instant(5), why="asked for", entry=3))
        writing.keep_checkpoint(signed(3, root_at(3, writing)))
    return place


def contents(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the log's tables hold."""
    with connections[place.alias].cursor() as cursor:
        found = {}
        for table in GROWING:
            cursor.execute(f"SELECT * FROM adjudge_{table} ORDER BY 1, 2")  # noqa: S608 - names of ours
            found[table] = [
                tuple(bytes(x) if isinstance(x, memoryview) else x for x in row) for row in cursor.fetchall()
            ]
        return found


def refuses(place: Place, statement: str) -> bool:
    try:
        with transaction.atomic(using=place.alias), connections[place.alias].cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def attacks(vendor: str, table: str) -> Iterable[str]:
    name, column = f"adjudge_{table}", _COLUMN[table]
    changed = f"SET {column} = {'7' if table == 'head' else chr(39) * 2}"
    yield f"UPDATE {name} {changed}"
    yield f"DELETE FROM {name}"  # noqa: S608
    if vendor == "postgres":
        yield f"TRUNCATE {name}"
        yield f"TRUNCATE {name} CASCADE"
        yield f"INSERT {_REPLACED[table]} ON CONFLICT ({_KEY[table]}) DO UPDATE SET {column} = excluded.{column}"
    else:
        yield f"UPDATE OR REPLACE {name} {changed}"
        yield f"INSERT OR REPLACE {_REPLACED[table]}"
        yield f"REPLACE {_REPLACED[table]}"
        yield f"INSERT {_REPLACED[table]} ON CONFLICT ({_KEY[table]}) DO UPDATE SET {column} = excluded.{column}"


def test_nothing_of_the_log_is_changed_deleted_or_replaced(database: Place) -> None:
    before = contents(filled(database))
    assert all(before.values()), "each table holds something that could be lost"
    taken = [
        statement
        for table in GROWING
        for statement in attacks(database.kind, table)
        if not refuses(database, statement)
    ]
    assert taken == []
    assert contents(database) == before
    grow(database.records, 1)


def test_the_head_grows_by_one_and_only_behind_an_entry(database: Place) -> None:
    filled(database)
    for size in (2, 3, 4, 5):
        assert refuses(database, f"UPDATE adjudge_head SET size = {size}")  # noqa: S608 - a number
    assert refuses(database, "INSERT INTO adjudge_head (id, size) VALUES (2, 0)")
    grow(database.records, 1)


@pytest.mark.parametrize("number", [1, 2])
def test_a_part_goes_only_where_its_tombstone_stands(database: Place, number: int) -> None:
    filled(database)
    digest = part_of(number).digest
    assert refuses(database, f"DELETE FROM adjudge_part WHERE digest = '{digest}'")  # noqa: S608 - a digest
    with database.records.reading() as reading:
        assert reading.part(digest) is not None
