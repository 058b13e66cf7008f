"""What a place promises, one check for each method of the port: it says how much was written, and finds as much.

Written against the port alone, so that a further place is held to it by adding its name to the fixture.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from adjudge.basis.digest import canonical_bytes
from adjudge.basis.instant import Instant
from adjudge.errors import BugError, ConflictError
from adjudge.ledger.checkpoint import Checkpoint, SignedCheckpoint, read_checkpoint, sign
from adjudge.ledger.entry import entry_bytes
from adjudge.ledger.part import Tombstone
from adjudge.ledger.proof import root_at
from adjudge.ledger.signer import signer_of
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.records.ports import Records
from adjudge.records.rows import QueueRow, RegisterRow
from adjudge.records.shelf import CLAIMS, MATTERS, QUEUE, REGISTER, SHELVES
from adjudge.records.sought import LONGEST_WORD, Sought
from tests.rooms.storage.logs import entry_at, grow, part_of
from tests.rooms.storage.rows import free_keys, keyed, row_of

SIGNER = signer_of("adjudge.example", bytes(32))


def get_gives_the_row_that_was_put(records: Records) -> None:
    for shelf in SHELVES:
        row = row_of(shelf, "one", "text")
        with records.writing() as writing:
            writing.put(shelf, row)
            assert writing.get(shelf, "one") == row
        with records.reading() as reading:
            assert reading.get(shelf, "one") == row
            assert reading.get(shelf, "two") is None


def get_many_gives_those_that_are_there(records: Records) -> None:
    rows = {f"M-{number:05d}": row_of(MATTERS, f"M-{number:05d}", "text") for number in range(1_200)}
    with records.writing() as writing:
        writing.put_all(MATTERS, list(rows.values()))
        assert writing.get_many(MATTERS, ["M-00003", "M-00003", "nothing"]) == {"M-00003": rows["M-00003"]}
    with records.reading() as reading:
        assert reading.get_many(MATTERS, [*rows, "nothing", "half \ud83d", "a\x00b"]) == rows
        assert reading.get_many(MATTERS, []) == {}


def find_gives_rows_by_their_fields_in_the_order_of_ids(records: Records) -> None:
    ids = ("10", "9", "B", "_", "a", "é", "😀")
    for shelf in SHELVES:
        with records.writing() as writing:
            for row_id in reversed(ids):
                writing.put(shelf, row_of(shelf, row_id, "text", key="odd" if row_id in "aB" else "even"))
        with records.reading() as reading:
            assert [row.id for row in reading.find(shelf)] == list(ids)
            assert [row.id for row in reading.find(shelf, after="9", most=2)] == ["B", "_"]
            assert [row.id for row in reading.find(shelf, most=0)] == []
            assert [row.id for row in reading.find(shelf, after="😀")] == []
            for name in free_keys(shelf):
                odd = [row.id for row in reading.find(shelf, **keyed(name, "odd"))]
                assert odd == ["B", "a"], (shelf, name)
                assert reading.find(shelf, **keyed(name, "Odd")) == (), "found as written, not as it sounds"


def find_any_gives_rows_of_which_a_field_is_one_of_several(records: Records) -> None:
    with records.writing() as writing:
        writing.put_all(
            MATTERS, [row_of(MATTERS, str(number), "text", key=f"key {number % 3}") for number in range(9)]
        )
    with records.reading() as reading:
        wanted = ["key 0", "key 2", "key 0", "half \ud83d", *(f"none {number}" for number in range(1_200))]
        assert [row.id for row in reading.find_any(MATTERS, "advertiser", wanted)] == list("023568")
        assert list(reading.find_any(MATTERS, "advertiser", [])) == []


def listed_gives_ids_and_fields_of_what_find_would_give(records: Records) -> None:
    for shelf in SHELVES:
        with records.writing() as writing:
            for number in range(4):
                writing.put(shelf, row_of(shelf, str(number), "text", key=f"key {number % 2}"))
            assert [row["id"] for row in writing.listed(shelf)] == ["0", "1", "2", "3"]
            assert [row["id"] for row in writing.listed(shelf, after="0", most=2)] == ["1", "2"]
            assert list(writing.listed(shelf, after="\ud83d")) == []
        with records.reading() as reading:
            for name in free_keys(shelf):
                rows = reading.find(shelf, **keyed(name, "key 1"))
                wanted = [{"id": row.id, **shelf.keys(row)} for row in rows]
                assert list(reading.listed(shelf, **keyed(name, "key 1"))) == wanted
                assert list(reading.listed(shelf, **keyed(name, "half \ud83d"))) == []
                assert len(wanted) == 2


def count_is_how_many_find_would_give(records: Records) -> None:
    for shelf in SHELVES:
        with records.writing() as writing:
            for number in range(4):
                writing.put(shelf, row_of(shelf, str(number), "text", key=f"key {number % 2}"))
        with records.reading() as reading:
            assert reading.count(shelf) == 4
            for name in free_keys(shelf):
                assert reading.count(shelf, **keyed(name, "key 1")) == 2
                assert reading.count(shelf, **keyed(name, "key 2")) == 0


def count_stops_where_it_is_told_to(records: Records) -> None:
    with records.writing() as writing:
        writing.put_all(QUEUE, [queued(str(number), due=f"{number:02d}", live="1") for number in range(9)])
    with records.reading() as reading:
        assert reading.count(QUEUE, most=5) == 5
        assert reading.count(QUEUE, most=50, live="1") == 9
        assert reading.count(QUEUE, until={"due": "03"}) == 4
        assert reading.count(QUEUE, until={"due": "03"}, most=2, live="1") == 2
        assert reading.count(QUEUE, until={"due": "03"}, live="") == 0
        assert reading.count(QUEUE, until={"due": "half \ud83d"}) == 0


def ranked_gives_rows_by_a_field_and_then_by_id_in_pages_both_ways(records: Records) -> None:
    dues = {"a": "07", "b": "03", "c": "07", "d": "01", "e": "99", "f": "07"}
    with records.writing() as writing:
        writing.put_all(
            QUEUE, [queued(key, due=due, live="" if key == "e" else "1") for key, due in dues.items()]
        )
    with records.reading() as reading:

        def ids(**asked: Any) -> str:  # noqa: ANN401 - as the port takes them
            return "".join(row.id for row in reading.ranked(QUEUE, "due", **asked))

        assert ids() == "dbacfe"
        assert ids(descending=True) == "efcabd"
        assert ids(live="1", most=3) == "dba"
        assert ids(live="1", most=3, after=("07", "a")) == "cf"
        assert ids(most=2, after=("07", "c"), descending=True) == "ab"
        assert ids(after=("05", "")) == "acfe"
        assert ids(until={"due": "07"}, live="1", after=("03", "b")) == "acf"
        assert ids(until={"due": "03"}, descending=True) == "bd"
        assert ids(most=0) == ids(after=("99", "e")) == ids(advertiser="nobody") == ""
        assert ids(advertiser="half \ud83d") == ids(after=("07", "half \ud83d")) == ""
        by_spend = reading.ranked(QUEUE, "spend", most=2, descending=True)
        assert [row.id for row in by_spend] == ["f", "e"], "those of one value by id"


def sought_gives_rows_with_all_words_by_place_in_pages_both_ways(records: Records) -> None:
    words = {
        1: "beer wheat _r_beer _s_stands",
        2: "beer barley _r_beer _s_reversed",
        3: "пиво bière _r_beer _s_stands",
        4: "wine _r_wine _s_stands",
        7: "beer wine " + "x" * LONGEST_WORD + " _r_beer _r_wine _s_stands",
    }
    with records.writing() as writing:
        writing.put_all(REGISTER, [registered(number, text) for number, text in words.items()])
        writing.put(REGISTER, registered(4, "cider _r_cider _s_stands"))  # in place of what it had
    with records.reading() as reading:

        def places(*words: str, most: int = 9, **asked: Any) -> str:  # noqa: ANN401 - as the value takes them
            found = reading.sought(REGISTER, Sought(words=words, **asked), most)
            return "".join(row.place[-1] for row in found)

        assert places() == "74321"
        assert places(descending=False) == "12347"
        assert places("beer") == "721"
        assert places("beer", "_s_stands") == "71"
        assert places("wine") == "7", "the words that it had are not its words any more"
        assert places("cider", "_r_cider") == "4"
        assert places("пиво") == places("bière") == "3"
        assert places(begun=("b",)) == "7321"
        assert places("_s_stands", begun=("be",)) == "71"
        assert places("x" * LONGEST_WORD) == "7"
        assert places("beer", most=2) == "72"
        assert places("beer", most=2, after=place(2)) == places("beer", until=place(1)) == "1"
        assert (
            places("beer", after=place(1), descending=False) == places("beer", since=place(2))[::-1] == "27"
        )
        assert places(since=place(2), until=place(4)) == "432"
        assert places("Beer") == places("bee") == places("nothing") == places("beer", most=0) == ""
        for odd in (
            "two words",
            "be*",
            '"beer"',
            "beer' | 'wine",
            "half \ud83d",
            "",
            "a\x00b",
            "x" * 61,
            "b:*",
        ):
            assert places(odd) == places(begun=(odd,)) == "", odd
        assert places(after="3") == places(since="7") == places(until="half \ud83d") == ""


def count_sought_stops_where_it_is_told_to(records: Records) -> None:
    with records.writing() as writing:
        writing.put_all(
            REGISTER, [registered(number, "odd" if number % 2 else "even") for number in range(9)]
        )
    with records.reading() as reading:
        assert reading.count_sought(REGISTER, Sought(), 5) == 5
        assert reading.count_sought(REGISTER, Sought(), 50) == 9
        assert reading.count_sought(REGISTER, Sought(words=("odd",)), 50) == 4
        assert reading.count_sought(REGISTER, Sought(words=("odd",), since=place(4)), 50) == 2
        assert reading.count_sought(REGISTER, Sought(words=("odd",)), 3) == 3
        assert reading.count_sought(REGISTER, Sought(words=("half \ud83d",)), 3) == 0


def place(number: int) -> str:
    """A place in the order of the register."""
    return str(number).zfill(20)


def registered(number: int, words: str) -> RegisterRow:
    """A row of the register by which it is found, and little else."""
    return RegisterRow(
        id=f"X-{number}",
        place=place(number),
        issued=place(number),
        advertiser="",
        matter="",
        cell="",
        words=words,
        shown={},
    )


def newest_gives_ids_the_last_minted_first(records: Records) -> None:
    states = {"M-999998": "open", "M-999999": "closed", "M-1000000": "open", "M-1000001": "reopened"}
    with records.writing() as writing:
        for key, state in states.items():
            writing.put(MATTERS, row_of(MATTERS, key, "text", key=state))
    with records.reading() as reading:

        def ids(**asked: Any) -> list[str]:  # noqa: ANN401 - as the port takes them
            return [key.removeprefix("M-") for key in reading.newest(MATTERS, **asked)]

        assert ids() == ["1000001", "1000000", "999999", "999998"]
        assert ids(start=1, most=2) == ["1000000", "999999"]
        assert ids(start=4) == ids(most=0) == ids(assignee="nobody") == []
        assert ids(assignee="open") == ["1000000", "999998"]
        assert ids(among={"assignee": ["open", "closed", "half \ud83d"]}, most=2) == ["1000000", "999999"]
        assert ids(among={"assignee": []}) == ids(assignee="half \ud83d") == []


def queued(key: str, **fields: str) -> QueueRow:
    """A row of the queue in which little stands."""
    empty = dict.fromkeys(
        ("advertiser", "policy", "territory", "state", "assignee", "severity", "spend", "opened"), ""
    )
    return QueueRow(id=key, **{**empty, **fields})


def touched_names_what_was_written(records: Records) -> None:
    with records.writing() as writing:
        assert (writing.touched.rows, writing.touched.entries) == ({}, set())
        writing.put(MATTERS, row_of(MATTERS, "M-1", "text"))
        writing.put_all(CLAIMS, [row_of(CLAIMS, key, "text") for key in "ab"])
        writing.append(entry_at(0, "matter-1"))
        assert writing.touched.rows == {MATTERS.name: {"M-1"}, CLAIMS.name: {"a", "b"}}
        assert {subject for _, subject in writing.touched.entries} == {"matter-1"}
    with records.writing() as writing:
        assert not writing.touched.rows


def counted_is_how_many_of_each_there_are(records: Records) -> None:
    for shelf in SHELVES:
        with records.writing() as writing:
            for number in range(5):
                writing.put(shelf, row_of(shelf, str(number), "text", key=f"key {number % 2}"))
        with records.reading() as reading:
            for name in free_keys(shelf):
                found = reading.counted(shelf, name)
                assert found == {(keyed(name, f"key {item}")[name],): 3 - item for item in range(2)}
    with records.reading() as reading:
        assert sum(reading.counted(MATTERS, "advertiser", "state").values()) == 5


def put_keeps_a_row_in_place_of_what_its_id_had(records: Records) -> None:
    with records.writing() as writing:
        writing.put(CLAIMS, row_of(CLAIMS, "C", "first", key="here"))
        writing.put(CLAIMS, row_of(CLAIMS, "C", "second", key="there"))
    with records.reading() as reading:
        assert reading.count(CLAIMS) == 1
        assert reading.count(CLAIMS, subject="here") == 0
        assert [row.reason for row in reading.find(CLAIMS, subject="there")] == ["second"]


def put_all_keeps_as_many_as_were_given(records: Records) -> None:
    rows = [row_of(MATTERS, f"M-{number:04d}", "text") for number in range(2_500)]
    with records.writing() as writing:
        writing.put_all(MATTERS, rows)
        writing.put_all(MATTERS, ())
    with records.reading() as reading:
        assert reading.count(MATTERS) == len(rows)
        assert list(reading.find(MATTERS)) == rows


def size_counts_the_entries(records: Records) -> None:
    with records.reading() as reading:
        assert reading.size() == 0
    grow(records, 7)
    with records.reading() as reading:
        assert reading.size() == 7 == len(list(reading.entries()))


def entry_is_the_one_of_a_number(records: Records) -> None:
    grow(records, 3)
    with records.reading() as reading:
        found = reading.entry(1)
        assert found is not None
        assert entry_bytes(found) == entry_bytes(entry_at(1, "matter-1", parts=(part_of(1),)))
        assert reading.entry(3) is None
        assert reading.entry(-1) is None


def entries_come_in_order_and_all_of_them(records: Records) -> None:
    grow(records, 1_005)  # more than are read at once
    with records.reading() as reading:
        assert [item.seq for item in reading.entries()] == list(range(1_005))
        assert [item.seq for item in reading.entries(998, 1_002)] == [998, 999, 1_000, 1_001]
        assert [item.seq for item in reading.entries(1_004)] == [1_004]
        assert list(reading.entries(1_005)) == []


def entries_of_are_those_about_one_object(records: Records) -> None:
    grow(records, 8)
    with records.reading() as reading:
        assert [item.seq for item in reading.entries_of("matter-1")] == [1, 4, 7]
        assert reading.entries_of("matter") == ()


def entries_about_some_objects_are_the_last_ones_in_order(records: Records) -> None:
    grow(records, 8)
    with records.reading() as reading:
        asked = ["matter-1", "matter-2", "nothing", "matter-1", "\x00"]
        both = sorted(
            [*reading.entries_of("matter-1"), *reading.entries_of("matter-2")], key=lambda item: item.seq
        )
        assert len(both) > 4
        assert list(reading.entries_about(asked, 100)) == both
        assert list(reading.entries_about(asked, 2)) == both[-2:]
        assert list(reading.entries_about(asked, 0)) == []
        assert reading.count_entries_about(asked) == len(both)
        kinds = [both[0].kind]
        assert list(reading.entries_about(asked, 100, kinds)) == [i for i in both if i.kind in kinds]
        assert list(reading.entries_about(asked, 100, [])) == []
        assert list(reading.entries_about([], 100)) == []
        assert reading.count_entries_about(asked, ["nothing:such"]) == 0


def entries_of_kind_are_those_of_one_kind(records: Records) -> None:
    grow(records, 8)
    with records.reading() as reading:
        (kind,) = {item.kind for item in reading.entries()}
        assert list(reading.entries_of_kind(kind)) == list(reading.entries())
        assert list(reading.entries_of_kind("nothing:such")) == []


def node_is_the_hash_of_a_complete_subtree(records: Records) -> None:
    grow(records, 11)
    frontier = Frontier()
    with records.reading() as reading:
        for entry in reading.entries():
            frontier, nodes = frontier.grown(leaf_hash(entry_bytes(entry)))
            for node in nodes:
                assert reading.node(node.level, node.place) == node.hash
        with pytest.raises(KeyError):
            reading.node(3, 1)
        assert root_at(11, reading) == frontier.root


def part_gives_the_bytes_that_were_sealed(records: Records) -> None:
    grow(records, 3)
    with records.reading() as reading:
        for number in range(3):
            part = part_of(number)
            assert reading.part(part.digest) == canonical_bytes(part.form)
        assert reading.part(part_of(3).digest) is None


def append_takes_the_next_entry_and_no_other(records: Records) -> None:
    grow(records, 2)
    for seq in (0, 1, 3):
        with pytest.raises(ConflictError), records.writing() as writing:
            writing.append(entry_at(seq))
    with records.reading() as reading:
        assert reading.size() == 2


def tombstone_says_when_and_why_a_part_went(records: Records) -> None:
    grow(records, 2)
    stone = Tombstone(digest=part_of(0).digest, at=Instant(5), why="asked for\x00<b>", entry=2)
    with records.reading() as reading:
        assert reading.tombstone(stone.digest) is None
    with records.writing() as writing:
        writing.expunge(stone)
    with records.reading() as reading:
        assert reading.tombstone(stone.digest) == stone


def expunge_deletes_one_part_and_once(records: Records) -> None:
    grow(records, 3)
    stone = Tombstone(digest=part_of(1).digest, at=Instant(5), why="asked for", entry=3)
    with records.writing() as writing:
        writing.expunge(stone)
    with pytest.raises(BugError), records.writing() as writing:
        writing.expunge(Tombstone(digest=stone.digest, at=Instant(6), why="again", entry=4))
    with records.reading() as reading:
        held = [reading.part(part_of(number).digest) is not None for number in range(3)]
        assert held == [True, False, True]
        assert reading.tombstone(stone.digest) == stone


def checkpoints_come_oldest_first(records: Records) -> None:
    notes: list[str] = []
    with records.reading() as reading:
        assert reading.newest_checkpoint() is None
    for _ in range(3):
        grow(records, 4)
        with records.writing() as writing:
            newest = signed(writing.size(), root_at(writing.size(), writing))
            writing.keep_checkpoint(newest)
            notes.append(newest.note)
    with records.reading() as reading:
        assert list(reading.checkpoints()) == notes
        assert reading.newest_checkpoint() == notes[-1]


def keep_checkpoint_keeps_the_first_of_a_size(records: Records) -> None:
    first, second = signed(4, bytes(32)), signed(4, bytes(31) + b"1")
    with records.writing() as writing:
        writing.keep_checkpoint(first)
        writing.keep_checkpoint(second)
    with records.reading() as reading:
        assert list(reading.checkpoints()) == [first.note]


def signed(size: int, root: bytes) -> SignedCheckpoint:
    found = read_checkpoint(sign(Checkpoint(origin=SIGNER.name, size=size, root=root), SIGNER))
    assert isinstance(found, SignedCheckpoint)
    return found


CHECKS: Mapping[str, Callable[[Records], None]] = {
    "get": get_gives_the_row_that_was_put,
    "get_many": get_many_gives_those_that_are_there,
    "find": find_gives_rows_by_their_fields_in_the_order_of_ids,
    "find_any": find_any_gives_rows_of_which_a_field_is_one_of_several,
    "listed": listed_gives_ids_and_fields_of_what_find_would_give,
    "count": count_is_how_many_find_would_give,
    "count at most": count_stops_where_it_is_told_to,
    "ranked": ranked_gives_rows_by_a_field_and_then_by_id_in_pages_both_ways,
    "sought": sought_gives_rows_with_all_words_by_place_in_pages_both_ways,
    "count_sought": count_sought_stops_where_it_is_told_to,
    "newest": newest_gives_ids_the_last_minted_first,
    "touched": touched_names_what_was_written,
    "counted": counted_is_how_many_of_each_there_are,
    "put": put_keeps_a_row_in_place_of_what_its_id_had,
    "put_all": put_all_keeps_as_many_as_were_given,
    "size": size_counts_the_entries,
    "entry": entry_is_the_one_of_a_number,
    "entries": entries_come_in_order_and_all_of_them,
    "entries_of": entries_of_are_those_about_one_object,
    "entries_about": entries_about_some_objects_are_the_last_ones_in_order,
    "count_entries_about": entries_about_some_objects_are_the_last_ones_in_order,
    "entries_of_kind": entries_of_kind_are_those_of_one_kind,
    "node": node_is_the_hash_of_a_complete_subtree,
    "part": part_gives_the_bytes_that_were_sealed,
    "append": append_takes_the_next_entry_and_no_other,
    "tombstone": tombstone_says_when_and_why_a_part_went,
    "expunge": expunge_deletes_one_part_and_once,
    "checkpoints": checkpoints_come_oldest_first,
    "newest_checkpoint": checkpoints_come_oldest_first,
    "keep_checkpoint": keep_checkpoint_keeps_the_first_of_a_size,
}
