"""Batches answer as single checks do, question for question."""

import random
import struct
from pathlib import Path

import numpy as np
import pytest

from adjudge.enforcement.key import hash_of
from adjudge.enforcement.layout import EMPTY, FOR_EVER, LISTED, PATTERN_SIZE
from adjudge.enforcement.measure import SEVERITY, Scope, Served
from adjudge.enforcement.terms import Terms
from adjudge.serve.answer import Answer
from adjudge.serve.batch import Answers, Hashes, Table, column, hashes_of
from adjudge.serve.check import BadSnapshotError, Snapshot
from adjudge.serve.layers import Layers
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import ORIGIN, parts, resealed, trusted, written
from tests.rooms.serve.model import HOSTS, SURFACES, TERRITORIES, made_up, measures_made_up

LANDINGS = (
    "https://www.shop.example/x?y",
    "https://[::1]/",
    "elsewhere.com",
    "no host",
    "https://A.b.beer.CO.uk:443",
)


def opened(path: Path, seed: int, count: int) -> Snapshot:
    written(path, made_up(seed, count).held)
    return open_trusted(path, [trusted()])


def layered(path: Path, seed: int, count: int, unknown_landing: str = "allow") -> Layers:
    """A base, and a delta in which measures ended, were replaced and began."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    base = made_up(seed, count)
    written(path / "base", base.held)
    below = open_trusted(path / "base", [trusted()])
    keys = [*base.held, *(f"c:ad-{number}" for number in range(count, count + 60))]
    changed = {
        key: measures_made_up(chance, 5_000 + number) if chance.random() < 0.6 else ()
        for number, key in enumerate(keys)
        if chance.random() < 0.25
    }
    terms = Terms(origin=ORIGIN, log_size=9, base=below.digest, unknown_landing=unknown_landing)
    written(path / "delta", changed, terms)
    return Layers(below, open_trusted(path / "delta", [trusted()]))


def same(table: Table, answers: Answers, row: int, single: Answer) -> bool:
    """Whether a row says what a single check said."""
    severity = 1 + SEVERITY.index(single.kind) if single.kind else 0
    said = (bool(answers.allow[row]), int(answers.severity[row]), answers.reasons[answers.reason[row]])
    return said == (single.allow, severity, single.reason_code) and (
        not severity or table.name_of(answers.decision[row]) == single.decision_id
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["one", "two", "strict"])
def test_they_answer_as_single_checks_do(tmp_path: Path, seed: int, kind: str) -> None:
    asked = (
        opened(tmp_path / "one", seed, 300)
        if kind == "one"
        else layered(tmp_path, seed, 300, "deny" if kind == "strict" else "allow")
    )
    chance = random.Random(seed)  # noqa: S311 - no secrets
    questions = [
        (f"adv-{chance.randrange(150)}", f"ad-{chance.randrange(600)}", chance.choice((*LANDINGS, *HOSTS)))
        for _ in range(1_000)
    ]
    table = Table(asked)
    led = table.led(landing for _, _, landing in questions)
    columns = [
        *(
            table.handles(hashes_of(f"{kind}:{question[place]}" for question in questions))
            for place, kind in enumerate("ac")
        ),
        *led.columns,
    ]
    for territory in (*TERRITORIES, "BR"):
        for at in (99, 100, 199, 250, 349, 400, 500):
            surface = chance.choice((*SURFACES, "search"))
            lifted = frozenset(chance.sample(SEVERITY, chance.choice((0, 0, 1, 3))))
            place = table.at(territory, surface, at, lifted)
            answers = place.answers(*columns, known=led.known)
            for row, question in enumerate(questions):
                single = asked.check(*question, territory=territory, surface=surface, at=at, lifted=lifted)
                assert same(table, answers, row, single), (question, single)
                assert single.until is None or place.until <= single.until
            assert np.array_equal(place.allows(*columns, known=led.known), answers.allow)
            unknown = answers.reason == len(answers.reasons) - 1 if kind == "strict" else False
            assert np.array_equal(place.severities(*columns) * ~np.asarray(unknown), answers.severity)


def test_a_place_is_right_until_it_says_otherwise(tmp_path: Path) -> None:
    table = Table(layered(tmp_path, 9, 100))
    handles = table.handles(hashes_of(f"c:ad-{number}" for number in range(200)))
    at, changes = 0, 0
    while at < FOR_EVER:
        place = table.at("FR", "ads", at)
        last = min(place.until - 1, 10**6)
        later = table.at("FR", "ads", last)
        assert np.array_equal(place.severities(handles), later.severities(handles))
        at, changes = place.until, changes + 1
    assert changes > 5


def test_without_saying_which_landing_pages_are_known_nothing_is_answered_where_it_matters(
    tmp_path: Path,
) -> None:
    table = Table(layered(tmp_path, 2, 50, "deny"))
    handles = table.handles(hashes_of(["c:ad-1"]))
    place = table.at("FR", "ads", 5)
    with pytest.raises(ValueError, match="say which are known"):
        place.allows(handles)
    with pytest.raises(ValueError, match="say which are known"):
        place.answers(handles)


def test_there_is_no_place_on_a_surface_that_nobody_declared(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nobody declared the surface 'nowhere'"):
        Table(opened(tmp_path / "one", 6, 20)).at("FR", "nowhere", 5)


def test_addresses_that_are_named_by_numbers_are_looked_up_once(tmp_path: Path) -> None:
    table = Table(opened(tmp_path / "one", 6, 20))
    led = table.led(["https://a.b.beer.co.uk/x", "https://[::1]/", "shop.example"])
    rows = led.take(np.array([2, 0, 0, 1], np.int64))
    assert rows.known.tolist() == [True, True, True, False]
    assert [each.tolist() for each in rows.columns] == [each[[2, 0, 0, 1]].tolist() for each in led.columns]


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


@pytest.mark.parametrize("name", ["marks", "decisions", "lists", "patterns", "pauses"])
def test_numbers_that_lead_nowhere_mean_the_same_in_batches(tmp_path: Path, name: str) -> None:
    written(tmp_path / "one", made_up(3, 60).held)
    told, sections = parts(tmp_path / "one")
    chance = random.Random(name)  # noqa: S311 - no secrets
    asked = 0
    for _ in range(30):
        whole = bytearray(sections[name])
        for _ in range(chance.choice((1, 5, 200))):
            number = chance.choice((0, 1, 2, 7, EMPTY - 1, LISTED, LISTED | 3, LISTED | 10_000, EMPTY))
            struct.pack_into("<I", whole, chance.randrange(len(whole) // 4) * 4, number)
        path = resealed(tmp_path / "two", told, {**sections, name: bytes(whole)})
        try:
            snapshot = open_trusted(path, [trusted()])
        except BadSnapshotError:
            continue
        table = Table(snapshot)
        handles = table.handles(hashes_of(f"c:ad-{number}" for number in range(70)))
        for at in (0, 250):
            lifted = frozenset(chance.sample(SEVERITY, chance.choice((0, 2))))
            answers = table.at("FR", "ads", at, lifted).answers(handles)
            for row in range(70):
                single = snapshot.check(ad=f"ad-{row}", territory="FR", at=at, lifted=lifted)
                assert same(table, answers, row, single), (row, single)
                asked += 1
    assert asked > 1_000


@pytest.mark.parametrize("beyond", [-1, 0, 1, 2, 3])
@pytest.mark.parametrize("is_listed", [False, True])
def test_the_numbers_about_the_last_pattern_mean_the_same_in_batches(
    tmp_path: Path, beyond: int, *, is_listed: bool
) -> None:
    """Behind the last one nothing is readable, and that denies; nothing there may be taken for what is empty."""
    scopes = [Scope(kind="suspend", reason=f"ads/{number}") for number in range(4)]
    pairs = [(scope, scopes[-1]) if is_listed else (scope,) for scope in scopes]
    held = {
        f"c:ad-{place}": tuple(Served(scope=scope, decision=f"X-{place:06d}") for scope in pair)
        for place, pair in enumerate(pairs)
    }
    written(tmp_path / "one", held)
    told, sections = parts(tmp_path / "one")
    number = len(sections["patterns"]) // PATTERN_SIZE + beyond
    name = "lists" if is_listed else "marks"
    whole = bytearray(sections[name])
    for at in range(0, len(whole), 4):
        (was,) = struct.unpack_from("<I", whole, at)
        if (at // 4) % 5 in {1, 3} if is_listed else was != EMPTY:
            struct.pack_into("<I", whole, at, number)
    snapshot = open_trusted(resealed(tmp_path / "two", told, {**sections, name: bytes(whole)}), [trusted()])
    table = Table(snapshot)
    answers = table.at("FR", "ads", 0).answers(table.handles(hashes_of(f"c:ad-{at}" for at in range(4))))
    singles = [snapshot.check(ad=f"ad-{at}", territory="FR", at=0) for at in range(4)]
    assert {single.allow for single in singles} == {False}
    assert {single.reason_code for single in singles} == {"unreadable" if beyond >= 0 else "ads/3"}
    assert all(same(table, answers, row, single) for row, single in enumerate(singles))
