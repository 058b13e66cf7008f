"""Entries and sealed parts: one form each, and nothing that could not be read back is ever written."""

import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.digest import Digest, Json, canonical_bytes, digest_of_bytes, is_canonical
from adjudge.basis.reading.canonical import read_canonical
from adjudge.errors import BugError
from adjudge.ledger.entry import Entry, entry_bytes, read_entry
from adjudge.ledger.fields import LONGEST_WRITTEN
from adjudge.ledger.flaw import Finding, Flaw
from adjudge.ledger.part import Tombstone, expunging, is_said_by, part_of, sealed, tombstone_of
from tests.rooms.ledger.logs import START, entry, part

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TREES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(TEXTS, TREES, max_size=4)
ENTRY = entry(7, part("a"), part("b"))
STONE = Tombstone(digest=part("a").digest, at=START, why="asked for", entry=12)


@given(BODIES)
def test_what_is_written_is_read_back(body: dict[str, Json]) -> None:
    written = replace(ENTRY, body=body)
    assert read_entry(entry_bytes(written)) == written


@given(BODIES)
def test_the_quick_way_to_canonical_bytes_gives_the_same(tree: dict[str, Json]) -> None:
    content = canonical_bytes(tree)
    assert content == rfc8785.dumps(tree)  # the slow way
    assert is_canonical(content, tree)
    assert read_canonical(content) == tree
    assert not is_canonical(content + b" ", tree)


def test_keys_are_ordered_as_utf_16_orders_them() -> None:
    """U+1F600 is written with surrogates, which come before U+FB33; code points would order them otherwise."""
    tree: dict[str, Json] = {"\ufb33": "b", "\U0001f600": "a"}
    assert canonical_bytes(tree) == '{"\U0001f600":"a","\ufb33":"b"}'.encode()
    assert read_canonical(canonical_bytes(tree)) == tree
    assert read_canonical('{"\ufb33":"b","\U0001f600":"a"}'.encode()) is None


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b'"a"', b"null", b'{"a":1}', b'{"a":1.5}', b'{"a":NaN}', b'{"a":-0}', b'{"a": "b"}',
        b' {"a":"b"}',
        b'{"a":"b"}\n', b'{"b":"","a":""}', b'{"a":"","a":""}', b'{"a":"\\u0041"}', b'{"a":"\\/"}', b'{"a":"\\u000a"}',
        b'{"a":"\\ud800"}', b'{"a":"\xff"}', b'\xef\xbb\xbf{"a":"b"}', b'{"a":"\n"}', b'{"a":"\\u001F"}', b'{"a":truE}',
        b'{"a":' + b"[" * 200 + b"]" * 200 + b"}", b'{"a":' + b"[" * 100_000, b'{"a":"b",}',
    ],
)  # fmt: skip
def test_no_other_form_is_read(content: bytes) -> None:
    assert read_canonical(content) is None
    found = read_entry(content)
    assert isinstance(found, Finding)
    assert found.flaw is Flaw.NOT_CANONICAL


def test_many_brackets_side_by_side_or_in_a_text_are_not_deep() -> None:
    tree: dict[str, Json] = {"a": [[] for _ in range(300)], "b": '[{"\\' * 300}
    assert read_canonical(canonical_bytes(tree)) == tree


def spoilt(**changes: Json) -> bytes:
    tree = {**ENTRY.form, **changes}
    return canonical_bytes({key: value for key, value in tree.items() if value != "gone"})


@pytest.mark.parametrize(
    "content",
    [
        spoilt(seq="07"), spoilt(seq="-1"), spoilt(seq=""), spoilt(seq="1e3"), spoilt(seq=None), spoilt(seq="9" * 19),
        spoilt(at="2026-01-01"), spoilt(at="2026-01-01T00:00:00+00:00"), spoilt(at="2026-01-01T00:00:00.0Z"),
        spoilt(at="2026-01-01T00:00:60Z"), spoilt(kind="decision"), spoilt(kind="Decision:issued"),
        spoilt(kind="a:b:c"),
        spoilt(kind=":issued"), spoilt(kind="decision:issued\n"), spoilt(actor=""), spoilt(actor="a\nb"),
        spoilt(subject="x" * 501), spoilt(body=[]), spoilt(body=None), spoilt(private="x"), spoilt(private=[None]),
        spoilt(private=["sha256:00"]), spoilt(private=["sha256:" + "A" * 64]),
        spoilt(private=["sha256:" + "a" * 64] * 2),
        spoilt(format="adjudge-entry/2"), spoilt(more="x"), spoilt(actor="gone"), spoilt(private="gone"),
    ],
)  # fmt: skip
def test_what_is_not_exactly_an_entry_is_refused(content: bytes) -> None:
    found = read_entry(content)
    assert isinstance(found, Finding)
    assert found.flaw is Flaw.WRONG_SHAPE


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ENTRY, kind="Done"), replace(ENTRY, actor=""), replace(ENTRY, subject="a\u2028b"),
        replace(ENTRY, seq=-1),
        replace(ENTRY, body={"a": "x" * LONGEST_WRITTEN}), replace(ENTRY, body={"a": "\ud800"}),
        replace(ENTRY, private=(Digest("md5:00"),)),
    ],
)  # fmt: skip
def test_what_could_not_be_read_back_is_never_written(wrong: Entry) -> None:
    with pytest.raises(BugError, match="cannot be written to the log"):
        entry_bytes(wrong)


def test_an_entry_is_written_in_the_one_form_of_the_page() -> None:
    content = entry_bytes(Entry(seq=0, at=START, actor="desk", kind="matter:opened", subject="matter/1"))
    assert json.loads(content) == {
        "actor": "desk", "at": "2026-01-01T00:00:00Z", "body": {}, "format": "adjudge-entry/1", "kind": "matter:opened",
        "private": [], "seq": "0", "subject": "matter/1",
    }  # fmt: skip


def test_a_kind_may_hold_what_joins_words() -> None:
    assert isinstance(read_entry(entry_bytes(replace(ENTRY, kind="package:rolled_back"))), Entry)


# --- sealed parts ---


def test_the_digest_of_a_part_is_that_of_its_line() -> None:
    sealed_part = sealed({"name": "A"}, bytes(16))
    line = b'{"content":{"name":"A"},"format":"adjudge-part/1","salt":"00000000000000000000000000000000"}'
    assert sealed_part.digest == digest_of_bytes(line)
    assert part_of(sealed_part.form) == sealed_part


def test_the_same_content_under_another_salt_has_another_digest() -> None:
    assert sealed("yes", bytes(16)).digest != sealed("yes", bytes([1] * 16)).digest


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_salt_of_another_length_is_a_bug(length: int) -> None:
    with pytest.raises(BugError, match="salt"):
        sealed("a", bytes(length))


@pytest.mark.parametrize("content", ["x" * LONGEST_WRITTEN, "\ud800", {"a": 5}, 1.5, [[[]] * 2] * 9 + [5]])
def test_what_could_not_be_read_back_is_never_sealed(content: Json) -> None:
    with pytest.raises(BugError, match="cannot be sealed"):
        sealed(content, bytes(16))


@pytest.mark.parametrize(
    "changes", [{"salt": "0" * 31}, {"salt": "A" * 32}, {"salt": None}, {"format": "x"}, {"more": ""}]
)
def test_what_is_not_exactly_a_part_is_refused(changes: dict[str, Json]) -> None:
    assert isinstance(part_of({**part("a").form, **changes}), Finding)
    assert not isinstance(part_of(part("a").form), Finding)


@pytest.mark.parametrize(
    "changes",
    [{"at": "2026-01-01"}, {"digest": "x"}, {"entry": "x"}, {"why": None}, {"format": "x"}, {"more": ""}],
)
def test_what_is_not_exactly_a_tombstone_is_refused(changes: dict[str, Json]) -> None:
    assert isinstance(tombstone_of({**STONE.form, **changes}), Finding)
    assert tombstone_of(STONE.form) == STONE


def test_a_tombstone_is_said_by_its_own_entry_only() -> None:
    said = expunging(STONE, "desk")
    assert said.kind == "part:expunged"
    assert is_said_by(STONE, said)
    assert is_said_by(STONE, replace(said, body={**said.body, "asked": "mail/1"}))
    for changed in (
        replace(said, seq=13), replace(said, at=entry(1).at), replace(said, kind="part:sealed"),
        replace(said, subject="x"), replace(said, body={"why": "other"}), replace(said, body={}),
    ):  # fmt: skip
        assert not is_said_by(STONE, changed)
