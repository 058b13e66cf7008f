"""Every method of the port, in every place; transactions whole or not at all; rows that outlive the program."""

import threading

import pytest

from adjudge.errors import BugError
from adjudge.records.ports import Reading, Writing
from adjudge.records.shelf import CLAIMS, MATTERS, PEOPLE, SHELVES
from tests.databases import Place
from tests.rooms.storage.contract import CHECKS
from tests.rooms.storage.logs import entry_at, grow, part_of
from tests.rooms.storage.rows import free_keys, keyed, row_of

HOSTILE = (
    "a\x00b \U0001f575️‍♀️ \u202eabc\u202c שלום "
    "<script>alert('1')</script> & \"\\ \n\r\t\u2028 ﷽ é é \ufeff' OR 1=1 --"
)
KEY = "\U0001f575 \u202eabc שלום <b>&\"'\\ ﷽ é %_ ' OR 1=1 --"
HALF = "half of a character: \ud83d"


class _StopError(Exception):
    pass


def test_every_method_of_the_port_has_a_check() -> None:
    methods = {name for port in (Reading, Writing) for name in vars(port) if not name.startswith("_")}
    assert methods == {name.partition(" ")[0] for name in CHECKS}


@pytest.mark.parametrize("method", CHECKS)
def test_a_place_keeps_its_promise(place: Place, method: str) -> None:
    CHECKS[method](place.records)


def test_any_text_comes_back_as_it_was_written(place: Place) -> None:
    rows = {shelf: row_of(shelf, KEY, HOSTILE, key=KEY) for shelf in SHELVES}
    with place.records.writing() as writing:
        for shelf, row in rows.items():
            writing.put(shelf, row)
    with place.reopened().records.reading() as reading:
        for shelf, row in rows.items():
            assert reading.get(shelf, KEY) == row
            assert reading.find(shelf) == (row,)
            for name in free_keys(shelf):
                assert reading.find(shelf, **keyed(name, KEY)) == (row,)


def test_texts_of_the_log_come_back_as_they_were_written(place: Place) -> None:
    part = part_of(0, HOSTILE)
    entry = entry_at(0, "שלום <b>", text=HOSTILE, parts=(part,))
    with place.records.writing() as writing:
        writing.append(entry, (part,))
    with place.reopened().records.reading() as reading:
        assert list(reading.entries()) == [entry] == list(reading.entries_of("שלום <b>"))


@pytest.mark.parametrize("text", [HALF, "a\x00b", "x" * 501], ids=["half of a character", "NUL", "too long"])
def test_what_cannot_be_a_key_is_refused_alike_everywhere(place: Place, text: str) -> None:
    for row in (row_of(CLAIMS, text, "text"), row_of(CLAIMS, "C", "text", key=text)):
        with pytest.raises(BugError), place.records.writing() as writing:
            writing.put(CLAIMS, row)
    with place.records.reading() as reading:
        assert reading.count(CLAIMS) == 0
        assert reading.get(CLAIMS, text) is None
        assert reading.find(CLAIMS, subject=text) == ()
        assert reading.find(CLAIMS, after=text) == ()
        assert reading.count(CLAIMS, subject=text) == 0
        assert reading.entries_of(text) == ()
        assert reading.part(text) is None
        assert reading.tombstone(text) is None


def test_half_of_a_character_is_refused_and_nothing_is_kept(place: Place) -> None:
    with pytest.raises(BugError), place.records.writing() as writing:
        writing.put(PEOPLE, row_of(PEOPLE, "P", HALF, key="key"))
    with pytest.raises(BugError), place.records.writing() as writing:
        writing.append(entry_at(0, text=HALF))
    with place.records.reading() as reading:
        assert (reading.count(PEOPLE), reading.size()) == (0, 0)


def test_a_transaction_is_kept_whole_or_not_at_all(place: Place) -> None:
    grow(place.records, 1)

    def act() -> None:
        with place.records.writing() as writing:
            writing.put(MATTERS, row_of(MATTERS, "M", "text"))
            part = part_of(1)
            writing.append(entry_at(1, parts=(part,)), (part,))
            assert (writing.size(), writing.count(MATTERS)) == (2, 1)
            raise _StopError

    with pytest.raises(_StopError):
        act()
    with place.reopened().records.reading() as reading:
        assert (reading.size(), reading.count(MATTERS)) == (1, 0)
        assert reading.part(part_of(1).digest) is None
        with pytest.raises(KeyError):
            reading.node(0, 1)
    grow(place.records, 1)


def test_readers_see_nothing_before_it_is_kept(database: Place) -> None:
    seen = []

    def look() -> None:
        place = database.reopened()  # a thread has a connection of its own
        with place.records.reading() as reading:
            seen.append((reading.size(), reading.count(CLAIMS)))
        place.reopened()

    with database.records.writing() as writing:
        writing.put(CLAIMS, row_of(CLAIMS, "C", "text"))
        writing.append(entry_at(0))
        _in_a_thread(look)
    _in_a_thread(look)
    assert seen == [(0, 0), (1, 1)]


def test_a_look_shows_one_instant_while_others_write(place: Place) -> None:
    def write() -> None:
        other = place.reopened()  # a thread has a connection of its own
        grow(other.records, 1)
        with other.records.writing() as writing:
            writing.put(CLAIMS, row_of(CLAIMS, "C", "text"))
        other.reopened()

    grow(place.records, 1)
    with place.records.looking() as look:
        assert look.size() == 1
        _in_a_thread(write)
        assert (look.size(), look.count(CLAIMS), look.entry(1)) == (1, 0, None)
    with place.records.looking() as look:
        assert (look.size(), look.count(CLAIMS)) == (2, 1)


def test_a_look_that_fails_leaves_nothing_behind(place: Place) -> None:
    with pytest.raises(_StopError), place.records.looking():
        raise _StopError
    grow(place.records, 1)
    with place.records.looking() as look:
        assert look.size() == 1


def test_writers_wait_for_each_other_and_no_entry_is_lost(place: Place) -> None:
    def write() -> None:
        for _ in range(20):
            with place.records.writing() as writing:
                seq = writing.size()
                writing.append(entry_at(seq))
        place.reopened()

    _in_a_thread(*[write] * 4)
    with place.records.reading() as reading:
        assert [item.seq for item in reading.entries()] == list(range(80))


def test_what_is_kept_outlives_the_program(database: Place) -> None:
    grow(database.records, 5)
    with database.records.writing() as writing:
        for shelf in SHELVES:
            writing.put(shelf, row_of(shelf, "one", "text"))
    digest = database.blobs.put(b"bytes")
    again = database.reopened()
    with again.records.reading() as reading:
        assert reading.size() == 5
        assert [reading.count(shelf) for shelf in SHELVES] == [1] * len(SHELVES)
    assert again.blobs.get(digest) == b"bytes"


def _in_a_thread(*works: object) -> None:
    threads = [threading.Thread(target=work) for work in works]  # type: ignore[arg-type]  # callables
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
