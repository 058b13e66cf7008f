"""How an appeal ended, and what is milder: by kind, place and time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.appeals.outcome import is_milder
from adjudge.basis.instant import Instant
from adjudge.language.package import MeasureKind
from adjudge.records.rows import MeasureRow

WORLD = MeasureRow(
    id="X-1-1",
    decision="X-1",
    subject="ad",
    advertiser="acme",
    rule="beer",
    kind="suspend",
    territories=(),
    all_but=True,
    surfaces=(),
    surfaces_all_but=True,
    start=Instant(0),
    end=Instant(1_000),
)
FRANCE = replace(WORLD, territories=("FR",), all_but=False)
FEEDS = replace(WORLD, surfaces=("feed",), surfaces_all_but=False)


@pytest.mark.parametrize(
    ("before", "after", "milder"),
    [
        ([WORLD], [], True),
        ([WORLD], [WORLD], False),
        ([WORLD], [FRANCE], True),
        ([FRANCE], [WORLD], False),
        ([WORLD], [FEEDS], True),
        ([FRANCE], [FEEDS], False),
        ([WORLD], [replace(WORLD, kind="label")], True),
        ([WORLD], [replace(WORLD, kind="exclude")], False),
        ([WORLD], [replace(FRANCE, kind="exclude")], False),
        ([WORLD], [replace(WORLD, end=Instant(999))], True),
        ([WORLD], [replace(WORLD, end=Instant(1_001))], False),
        ([WORLD], [replace(WORLD, end=None)], False),
        ([WORLD], [replace(WORLD, start=Instant(500), since=Instant(0))], False),
        ([WORLD, replace(WORLD, kind="label")], [WORLD], True),
        ([WORLD], [WORLD, replace(WORLD, kind="label")], False),
        ([WORLD], [replace(WORLD, kind="label"), replace(WORLD, kind="notify")], False),
        ([], [], True),
        ([], [replace(WORLD, kind="notify")], False),
    ],
)
def test_milder_is_nowhere_severer_and_somewhere_less(
    before: list[MeasureRow], after: list[MeasureRow], *, milder: bool
) -> None:
    assert is_milder(before, after) is milder


places = st.frozensets(st.sampled_from(["FR", "DE", "US"])).map(lambda names: tuple(sorted(names)))
measures = st.lists(
    st.builds(
        lambda kind, names, all_but, end: replace(
            WORLD, kind=kind.value, territories=names, all_but=all_but, end=end
        ),
        st.sampled_from(MeasureKind),
        places,
        st.booleans(),
        st.sampled_from([None, Instant(0), Instant(5)]),
    ),
    max_size=3,
)


@given(measures, measures)
def test_of_two_at_most_one_is_milder(one: list[MeasureRow], two: list[MeasureRow]) -> None:
    assert not (is_milder(one, two) and is_milder(two, one)) or not (one or two)


@given(measures, measures)
def test_leaving_a_measure_out_is_never_severer(one: list[MeasureRow], two: list[MeasureRow]) -> None:
    reach = [row for row in two if row.all_but or row.territories]
    assert is_milder([*one, *reach], one) or not reach
