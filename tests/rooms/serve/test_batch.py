"""Batches answer as single checks do, question for question."""

import random
from pathlib import Path

import numpy as np
import pytest

from adjudge.enforcement.key import hash_of
from adjudge.enforcement.measure import SEVERITY
from adjudge.serve.batch import STOPS_FROM, Hashes, Table, column, hashes_of
from adjudge.serve.check import Snapshot
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import parts, resealed, trusted, written
from tests.rooms.serve.model import SURFACES, TERRITORIES, made_up


def opened(path: Path, seed: int, count: int) -> Snapshot:
    written(path, made_up(seed, count).held)
    return open_trusted(path, [trusted()])


@pytest.mark.parametrize("seed", range(3))
def test_they_answer_as_single_checks_do(tmp_path: Path, seed: int) -> None:
    snapshot = opened(tmp_path / "one", seed, 300)
    chance = random.Random(seed)  # noqa: S311 - no secrets
    questions = [(f"adv-{chance.randrange(150)}", f"ad-{chance.randrange(600)}") for _ in range(1_500)]
    table = Table(snapshot)
    columns = [
        table.handles(hashes_of(f"{kind}:{question[place]}" for question in questions))
        for place, kind in enumerate("ac")
    ]
    for territory in (*TERRITORIES, "BR"):
        for at in (99, 100, 199, 250, 349, 400, 500):
            surface = chance.choice((*SURFACES, "search"))
            place = table.at(territory, surface, at)
            answers = place.answers(*columns)
            for row, (advertiser, ad) in enumerate(questions):
                single = snapshot.check(advertiser, ad, territory=territory, surface=surface, at=at)
                severity = 1 + SEVERITY.index(single.kind) if single.kind else 0
                assert (bool(answers.allow[row]), int(answers.severity[row])) == (single.allow, severity)
                assert answers.reasons[answers.reason[row]] == single.reason_code
                assert not severity or snapshot.name_of(int(answers.decision[row])) == single.decision_id
            assert np.array_equal(place.severities(*columns), answers.severity)
            assert np.array_equal(place.allows(*columns), answers.severity < STOPS_FROM)


def test_handles_are_those_of_single_keys(tmp_path: Path) -> None:
    snapshot = opened(tmp_path / "one", 5, 300)
    keys = [f"c:ad-{number}" for number in range(700)] + ["", "\ud800", "d:shop.example"]
    found = Table(snapshot).handles(hashes_of(keys))
    assert found.tolist() == [snapshot.slot(key) for key in keys]
    assert (found >= 0).sum() > 300


def test_hashes_are_those_of_keys() -> None:
    hashes = hashes_of(["c:é", b"a:x"])
    assert (int(hashes.firsts[0]), int(hashes.seconds[0])) == hash_of("c:é".encode())
    assert (int(hashes.firsts[1]), int(hashes.seconds[1])) == hash_of(b"a:x")
    assert [len(part) for part in hashes_of([])] == [0, 0, 0]


def test_nothing_asked_is_nothing_answered(tmp_path: Path) -> None:
    table = Table(opened(tmp_path / "one", 6, 20))
    handles = table.handles(hashes_of([]))
    assert table.at("FR", "ads", 5).allows(handles).tolist() == []


class Arrow:
    """An Arrow array as far as it is asked here: it gives its numbers where they need no copy."""

    def __init__(self, numbers: list[int | None]) -> None:
        self.numbers = numbers

    def to_numpy(self, *, zero_copy_only: bool) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        if zero_copy_only and None in self.numbers:
            raise ValueError("nulls need a copy")
        return np.array(self.numbers, np.int64)


def test_columns_of_others_are_taken_where_they_need_no_copy(tmp_path: Path) -> None:
    own = np.arange(5, dtype=np.int64)
    assert column(own, np.int64) is own
    assert column(Arrow([1, 2]), np.int64).tolist() == [1, 2]
    table = Table(opened(tmp_path / "one", 6, 20))
    place = table.at("FR", "ads", 250)
    assert place.allows(Arrow([-1, -1])).tolist() == [True, True]
    with pytest.raises(ValueError, match="copy"):
        place.allows(Arrow([1, None]))


@pytest.mark.parametrize(
    "bad", [[0.5], [["a"]], ["a"], [True], np.zeros((2, 2), np.int64), np.zeros(3, np.int32)]
)
def test_a_column_of_something_else_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match="the column holds"):
        column(bad, np.int64)


def test_columns_of_different_lengths_are_refused(tmp_path: Path) -> None:
    table = Table(opened(tmp_path / "one", 6, 20))
    hashes = hashes_of(["c:a", "c:b"])
    with pytest.raises(ValueError, match="different lengths"):
        table.handles(Hashes(hashes.firsts, hashes.seconds[:1], hashes.filters))


def test_a_table_that_cannot_be_read_denies_in_batches_too(tmp_path: Path) -> None:
    written(tmp_path / "one", made_up(3, 60).held)
    told, sections = parts(tmp_path / "one")
    snapshot = open_trusted(
        resealed(tmp_path / "two", told, {**sections, "patterns": b"", "lists": b""}), [trusted()]
    )
    table = Table(snapshot)
    answers = table.at("FR", "ads", 0).answers(table.handles(hashes_of(["c:ad-1", "c:ad-2", "c:none"])))
    assert answers.allow.tolist() == [False, False, True]
    assert [answers.reasons[reason] for reason in answers.reason] == ["unreadable", "unreadable", ""]
