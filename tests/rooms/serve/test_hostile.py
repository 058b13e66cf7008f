"""Files that are sealed and wrong: a seal says who wrote a table, and not that it makes sense."""

import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from adjudge.enforcement.layout import EMPTY, LISTED, MAGIC, NAMED, SECTIONS, BadSnapshotError
from adjudge.serve.check import Answer, Snapshot
from adjudge.serve.reading import mapped
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import Sections, Told, parts, resealed, trusted, written
from tests.rooms.serve.model import made_up

HOSTILE: list[object] = [
    None,
    True,
    -1,
    0,
    1,
    2**31,
    2**63,
    10**30,
    0.5,
    "",
    "1",
    "%s%n",
    "\n",
    [],
    [[]],
    {},
    {"exclude": "perhaps"},
    {"perhaps": "deny"},
]
NUMBERS = (0, 1, 2, 7, 0x7FFF_FFFF, LISTED, LISTED | 3, LISTED | 10_000, EMPTY - 1, EMPTY)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Sections]:
    """The header and the sections of a table that makes sense."""
    path = tmp_path_factory.mktemp("good") / "one"
    written(path, made_up(3, 60).held)
    return parts(path)


def asked(snapshot: Snapshot) -> list[Answer]:
    """Answers to questions about every key."""
    found = []
    for number in range(70):
        for at in (-(2**63), 0, 150, 260, 2**63 - 1):
            answer = snapshot.check(
                f"adv-{number}", f"ad-{number}", "https://www.bücher.example", territory="FR", at=at
            )
            found.append(answer)
            assert isinstance(answer.allow, bool)
            assert isinstance(answer.decision_id, str)
        snapshot.check(ad=f"ad-{number}", at=250)
        snapshot.check(landing="a.b.beer.co.uk", at=250)
    return found


def opened(path: Path) -> Snapshot | None:
    """A table that is open; None where it was refused."""
    try:
        return open_trusted(path, [trusted()])
    except BadSnapshotError:
        return None


def test_what_is_sealed_again_as_it_was_answers_as_it_did(
    tmp_path: Path, good: tuple[Told, Sections]
) -> None:
    snapshot = opened(resealed(tmp_path / "one", *good))
    assert snapshot is not None
    assert {answer.allow for answer in asked(snapshot)} == {True, False}


@pytest.mark.parametrize(
    "name",
    [
        "slots", "spread", "filter_bits", "prefix", "digits", "format", "origin", "log_size", "log_root",
        "known_at", "when_stale", "stale_after", "unknown_landing", "surfaces", "base", "sections", "size", "changed",
    ],
)  # fmt: skip
def test_no_value_of_the_header_makes_a_question_fail(
    tmp_path: Path, good: tuple[Told, Sections], name: str
) -> None:
    told, sections = good
    values = [value for value in HOSTILE if not (type(value) is int and abs(value) > 2**53)]
    refused = 0
    for value in values:
        snapshot = opened(resealed(tmp_path / "one", {**told, name: value}, sections))
        refused += snapshot is None
        if snapshot is not None:
            asked(snapshot)
    assert refused


@pytest.mark.parametrize(
    "name", ["marks", "decisions", "lists", "patterns", "pauses", "filter", "prints", "tails"]
)
def test_no_number_of_the_table_makes_a_question_fail(
    tmp_path: Path, good: tuple[Told, Sections], name: str
) -> None:
    told, sections = good
    chance = random.Random(name)  # noqa: S311 - no secrets
    for _ in range(25):
        whole = bytearray(sections[name])
        for _ in range(chance.choice((1, 5, 200))):
            place = chance.randrange(len(whole) // 4) * 4
            struct.pack_into("<I", whole, place, chance.choice((*NUMBERS, chance.randrange(2**32))))
        snapshot = opened(resealed(tmp_path / "one", told, {**sections, name: bytes(whole)}))
        if snapshot is not None:
            asked(snapshot)


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize(
    "made", [lambda old: old[:0], lambda old: old[:-1], lambda old: old[:-8], lambda old: old * 2]
)
def test_no_section_of_another_length_makes_a_question_fail(
    tmp_path: Path, good: tuple[Told, Sections], name: str, made: Callable[[bytes], bytes]
) -> None:
    told, sections = good
    snapshot = opened(resealed(tmp_path / "one", told, {**sections, name: made(sections[name])}))
    if snapshot is not None:
        asked(snapshot)


@pytest.mark.parametrize("name", ["scopes", "names", "idn", "suffixes"])
@pytest.mark.parametrize(
    "text",
    ["null", "5", "{}", "[[]]", "[5]", '[["exclude","r",[5],true,[],true]]', '[["x","r",[],true,[],true]]',
     '[[[],"r",[],true,[],true]]', "[" * 100_000, "\udcff", "*.\n!\n.\n", '{"starts":[0],"made":[{}]}'],
)  # fmt: skip
def test_no_text_makes_a_question_fail(
    tmp_path: Path, good: tuple[Told, Sections], name: str, text: str
) -> None:
    told, sections = good
    bad = text.encode("utf-8", "surrogateescape")
    snapshot = opened(resealed(tmp_path / "one", told, {**sections, name: bad}))
    if snapshot is not None:
        asked(snapshot)
    assert name == "names" or (snapshot is None) == (name == "scopes")


def test_a_measure_that_cannot_be_read_denies(tmp_path: Path, good: tuple[Told, Sections]) -> None:
    told, sections = good
    snapshot = opened(resealed(tmp_path / "one", told, {**sections, "patterns": b"", "lists": b""}))
    assert snapshot is not None
    answers = [snapshot.check(ad=f"ad-{number}", at=0) for number in range(60)]
    assert {(answer.allow, answer.reason_code) for answer in answers} == {(False, "unreadable")}


def test_a_decision_whose_name_is_not_there_has_none(tmp_path: Path, good: tuple[Told, Sections]) -> None:
    told, sections = good
    decisions = struct.pack("<I", NAMED | 99) * (len(sections["decisions"]) // 4)
    snapshot = opened(resealed(tmp_path / "one", told, {**sections, "decisions": decisions, "lists": b""}))
    assert snapshot is not None
    assert {answer.decision_id for answer in asked(snapshot)} == {""}


@pytest.mark.parametrize("text", [b"[" * 200_000, b"[]", b"null", b"{}", b'{"sections":{}}', b"\xff"])
def test_a_header_that_is_none_is_refused(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "one"
    path.write_bytes(MAGIC + struct.pack("<II", len(text), 0) + text)
    with pytest.raises(BadSnapshotError):
        mapped(path)
