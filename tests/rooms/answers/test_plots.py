"""Plots: parts as long as their counts, none lost and none beyond the paper, told apart without colour."""

import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from adjudge.answers.plots import lines
from adjudge.answers.plots.bars import HEIGHT, PATTERNS, WIDTH, bar, sign
from adjudge.tongues.tongue import Tongue, tongue_of

COUNTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=3, max_size=3)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def rects(drawn: Markup) -> list[tuple[str, int, int]]:
    """Patterns, with where each begins and ends."""
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    found = (item.attrib for item in root.iter("rect"))
    return [(item["class"], int(item["x"]), int(item["x"]) + int(item["width"])) for item in found]


@given(COUNTS)
def test_a_bar_shows_each_part_that_is_there_and_keeps_within_its_paper(counts: list[int]) -> None:
    drawn = bar(counts, sum(counts))
    if not any(counts):
        assert drawn == ""
        return
    found = rects(drawn)
    assert [name for name, _, _ in found] == [
        f"p-{pattern}" for pattern, count in zip(PATTERNS, counts, strict=True) if count
    ]
    assert found[0][1] == 1
    assert all(end == begin for (_, _, end), (_, begin, _) in pairwise(found))
    assert all(end > begin for _, begin, end in found)
    assert found[-1][2] <= WIDTH + 1


def test_bars_are_as_long_as_their_counts() -> None:
    assert rects(bar((50,), 100)) == [("p-full", 1, 1 + WIDTH // 2)]
    assert rects(bar((25, 50, 25), 100)) == [
        ("p-full", 1, 41),
        ("p-hatch", 41, 121),
        ("p-hollow", 121, 161),
    ]
    assert rects(bar((1, 999_999), 1_000_000))[0] == ("p-full", 1, 4)


@given(st.integers(min_value=1, max_value=WIDTH))
def test_hatching_keeps_within_its_part(length: int) -> None:
    drawn = bar((0, length), WIDTH)
    begin, end = rects(drawn)[0][1:]
    stroke = re.search(r'p-stroke" d="([^"]*)"', drawn)
    assert stroke is not None
    numbers = [int(part) for part in NUMBER.findall(stroke[1])]
    assert all(begin <= x <= end for x in numbers[::2])
    assert all(1 <= y <= HEIGHT + 1 for y in numbers[1::2])


def test_signs_are_those_of_the_parts() -> None:
    assert [rects(sign(place))[0][0] for place in range(3)] == [f"p-{name}" for name in PATTERNS]


@given(st.integers(min_value=0, max_value=10**12))
def test_steps_across_hold_the_greatest_count_and_are_not_much_more(greatest: int) -> None:
    step = lines.step_of(greatest)
    assert step * lines.STEPS >= greatest
    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert step == 1 or step * lines.STEPS < greatest * 3


@pytest.mark.parametrize("drawing", [lines.wide, lines.narrow])
@given(counts=st.lists(st.lists(st.integers(0, 10**6), min_size=4, max_size=52), min_size=1, max_size=3))
def test_lines_keep_within_their_paper_and_say_their_numbers(
    drawing: Callable[[lines.Lines, str, Tongue], Markup],
    counts: list[list[int]],
) -> None:
    drawn = drawing(lines.Lines("<first>", "last", counts), 'by "week" & more', tongue_of("fr"))
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    assert root.attrib["aria-label"] == 'by "week" & more'
    ways = [item.attrib["d"] for item in root.iter("path") if "p-line " in item.attrib["class"]]
    assert len(ways) == len(counts)
    for way, line in zip(ways, counts, strict=True):
        spots = [tuple(map(int, part.split())) for part in way.removeprefix("M").split("L")]
        assert len(spots) == len(line)
        assert all(lines.LEFT <= x <= width - lines.RIGHT and 0 < y <= height for x, y in spots)
        for (_, one), (_, other), a, b in zip(spots, spots[1:], line, line[1:], strict=False):
            assert (one >= other) if a < b else (one <= other) if a > b else one == other
    assert [item.text for item in root.iter("text")][-2:] == ["<first>", "last"]


def test_each_line_has_marks_of_its_own() -> None:
    assert len({re.sub(r"\d+", "", str(lines.key(place)).split("/>", 1)[1]) for place in range(3)}) == 3
