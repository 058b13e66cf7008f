"""`adjudge snapshot inspect` and `diff` of files that are whole and make no sense: refused, and no fault of ours."""

import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from adjudge.enforcement.current import CURRENT, Current
from adjudge.enforcement.layout import EMPTY, LISTED, SECTIONS
from tests.rooms.cli.inside import adjudge
from tests.rooms.serve.folder import ORIGIN, Sections, Told, parts, resealed, written
from tests.rooms.serve.model import made_up

NUMBERS = (0, 1, 0x7FFF_FFFF, LISTED | 3, LISTED | 10_000, EMPTY - 1, EMPTY)
KEYS = ("--of", "c:ad-1", "--of", "a:adv-2", "--of", "d:shop.example")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Sections]:
    path = tmp_path_factory.mktemp("good") / "one"
    written(path, made_up(3, 60).held)
    return parts(path)


def refused(path: Path) -> bool:
    """Whether a file is refused by what reads it; never by a traceback."""
    found = adjudge("snapshot", "inspect", path, *KEYS)
    for said in (found, adjudge("snapshot", "diff", path, path)):
        assert said.returncode in {0, 2}
        assert ("is no snapshot that can be used" in said.stderr) == (said.returncode == 2)
    return found.returncode == 2


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize(
    "made",
    [lambda old: old[:0], lambda old: old[:-1], lambda old: old[: len(old) // 64 * 32]],
    ids=["empty", "less", "half"],
)
def test_sections_that_are_too_short(
    tmp_path: Path, good: tuple[Told, Sections], name: str, made: Callable[[bytes], bytes]
) -> None:
    told, sections = good
    path = resealed(tmp_path / "one", told, {**sections, name: made(sections[name])})
    assert refused(path) or name in {"filter", "suffixes", "idn"} or made(sections[name]) == sections[name]


@pytest.mark.parametrize("name", ["marks", "decisions", "lists", "patterns"])
def test_numbers_that_lead_nowhere(tmp_path: Path, good: tuple[Told, Sections], name: str) -> None:
    told, sections = good
    chance, times = random.Random(name), 0  # noqa: S311 - no secrets
    for _ in range(12):
        whole = bytearray(sections[name])
        for _ in range(20):
            place = chance.randrange(len(whole) // 4) * 4
            struct.pack_into("<I", whole, place, chance.choice(NUMBERS))
        times += refused(resealed(tmp_path / "one", told, {**sections, name: bytes(whole)}))
    assert times


@pytest.mark.parametrize("name", ["scopes", "names"])
@pytest.mark.parametrize(
    "text", ["null", "{}", "[[]]", '[["x","r",[],true,[],true]]', '[["exclude","r",[5],true,[],true]]', "["]
)
def test_texts_that_say_nothing(tmp_path: Path, good: tuple[Told, Sections], name: str, text: str) -> None:
    told, sections = good
    path = resealed(tmp_path / "one", told, {**sections, name: text.encode()})
    assert refused(path) or name == "names"


@pytest.mark.parametrize("name", ["slots", "spread", "prefix", "digits", "when_stale", "surfaces"])
def test_values_of_the_header(tmp_path: Path, good: tuple[Told, Sections], name: str) -> None:
    told, sections = good
    values: tuple[object, ...] = (None, -1, 0, 2**40, [], {"x": "y"})
    for value in values:
        is_fine = [name, value] in [["digits", 0], ["surfaces", []]]
        assert refused(resealed(tmp_path / "one", {**told, name: value}, sections)) != is_fine


def test_a_time_that_no_calendar_has(tmp_path: Path) -> None:
    digest = written(tmp_path / "one", made_up(3, 6).held)
    name = f"snapshot-7-{digest.removeprefix('sha256:')[:12]}.adj"
    (tmp_path / "one").rename(tmp_path / name)
    current = Current(origin=ORIGIN, base=name, delta="", log_size=7, confirmed_at=2**62 - 1)
    (tmp_path / CURRENT).write_bytes(current.written(bytes(68)))
    assert "9999-12-31" in adjudge("snapshot", "inspect", tmp_path).stdout
