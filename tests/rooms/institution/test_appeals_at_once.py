"""Many appeals at the same time, with uploads: each is there once, with its own documents and clocks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from django.db import connections

from adjudge.errors import ConflictError
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.reading import appeals_of, documents_of
from adjudge.institution.hearing.talking import attach, messages_of, write
from adjudge.institution.material.documents import Upload, fetch, receive
from adjudge.people.role import Role
from adjudge.records.rows import ClockState
from adjudge.records.shelf import CLOCKS, DECISIONS, NOTICES
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.world import ACME, World, document

COUNT = 50


@contextmanager
def connected() -> Iterator[None]:
    """A thread has connections of its own, and closes them."""
    try:
        yield
    finally:
        connections.close_all()


def decided(world: World) -> list[str]:
    """As many decisions as are appealed: one that was issued, and others as if they had been."""
    row = excluded(world)
    copies = [replace(row, id=f"X-9{number:05d}") for number in range(COUNT - 1)]
    with world.house.records.writing() as records:
        records.put_all(DECISIONS, copies)
    return [row.id, *(item.id for item in copies)]


def upload(number: int, name: str) -> Upload:
    return Upload(content=f"%PDF-1.7 {name} {number}".encode() + bytes(20_000), file_name=f"{name}.pdf")


def in_threads(work: Callable[[int], str], count: int) -> list[str]:
    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(work, range(count)))


def test_fifty_appeals_with_uploads_at_once_are_each_there_once(kept_world: World) -> None:
    world, names = kept_world, decided(kept_world)
    member = world.who(Role.MEMBER)

    def work(number: int) -> str:
        with connected():
            first = receive(world.house, member, ACME, document(), upload(number, "first"))
            row = file_appeal(world.house, member, names[number], [f"Number {number}."], documents=[first.id])
            attach(world.house, member, row.id, upload(number, "second"), "More")
            write(world.house, member, row.id, f"Word {number}.")
            return row.id

    filed = in_threads(work, COUNT)
    rows = appeals_of(world.house, member)
    assert sorted(row.id for row in rows) == sorted(filed)
    assert len(set(filed)) == COUNT
    for number, name in enumerate(filed):
        contents = [
            fetch(world.house, member, item.id)[1] for item in documents_of(world.house, member, name)
        ]
        assert contents == [upload(number, "first").content, upload(number, "second").content]
        assert [item.text for item in messages_of(world.house, member, name)] == ["", f"Word {number}."]
    with world.house.records.reading() as records:
        running = records.find(CLOCKS, state=ClockState.RUNNING.value)
        assert sorted(row.of for row in running) == sorted([*filed, *filed])
        assert records.count(NOTICES, purpose="received") == COUNT
        kinds = [entry.kind for entry in records.entries()]
    assert [kinds.count(kind) for kind in ("appeal:filed", "appeal:message", "document:received")] == [
        COUNT,
        2 * COUNT,
        2 * COUNT,
    ]


def test_of_appeals_against_one_decision_at_once_one_is_filed(kept_world: World) -> None:
    world, name = kept_world, excluded(kept_world).id
    member = world.who(Role.MEMBER)

    def work(number: int) -> str:
        with connected():
            try:
                return file_appeal(world.house, member, name, [f"Number {number}."]).id
            except ConflictError:
                return ""

    found = [item for item in in_threads(work, 10) if item]
    assert [row.id for row in appeals_of(world.house, member)] == found
    assert len(found) == 1
