"""What measures do over time: at every instant what `combine` says of the measures that run then."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.decisions.course import Stretch, Timed, course
from adjudge.decisions.scope import Extent, combine
from adjudge.language.package import Measure, MeasureKind

WORLD = Extent(frozenset(), all_but=True)
US = Extent(frozenset({"US"}), all_but=False)
NOT_US = Extent(frozenset({"US"}), all_but=True)


def timed(kind: MeasureKind, start: int, end: int | None, *countries: str, rule: str = "") -> Timed:
    territory = frozenset(countries) if countries else None
    measure = Measure(kind=kind, territory=territory)
    return Timed(
        RuleId(rule or kind.value), measure, Instant(start), Instant(end) if end is not None else None
    )


def told(stretches: tuple[Stretch, ...]) -> list[tuple[str, Extent, int, int | None]]:
    return [
        (item.applied.rule, item.applied.territory, item.start.nanos, item.end.nanos if item.end else None)
        for item in stretches
    ]


def test_a_lesser_measure_applies_before_and_after_a_suspension() -> None:
    found = course([timed(MeasureKind.LABEL, 1, None), timed(MeasureKind.SUSPEND, 6, 13, "US")])
    assert told(found) == [
        ("suspend", US, 6, 13),
        ("label", US, 1, 6),
        ("label", NOT_US, 1, None),
        ("label", US, 13, None),
    ]
    assert [item.whole for item in found] == [True, False, True, False]


def test_a_measure_that_a_severer_one_covers_whole_is_left_out() -> None:
    assert told(course([timed(MeasureKind.LABEL, 5, None), timed(MeasureKind.EXCLUDE, 5, None)])) == [
        ("exclude", WORLD, 5, None)
    ]


def test_a_suspension_ends_early_where_an_exclusion_begins() -> None:
    found = course([timed(MeasureKind.SUSPEND, 1, 31), timed(MeasureKind.EXCLUDE, 11, None)])
    assert told(found) == [("exclude", WORLD, 11, None), ("suspend", WORLD, 1, 11)]


def test_what_is_told_once_is_told_before_a_severer_measure_and_not_under_it() -> None:
    notify = timed(MeasureKind.NOTIFY, 5, 5)
    assert told(course([notify, timed(MeasureKind.EXCLUDE, 6, None)]))[1:] == [("notify", WORLD, 5, 5)]
    assert told(course([notify, timed(MeasureKind.SUSPEND, 1, 5)]))[1:] == [("notify", WORLD, 5, 5)]
    assert not told(course([notify, timed(MeasureKind.EXCLUDE, 5, None)]))[1:]


def test_of_two_suspensions_each_has_its_whole_time() -> None:
    both = [timed(MeasureKind.SUSPEND, 1, 8, rule="a"), timed(MeasureKind.SUSPEND, 1, 31, rule="b")]
    assert told(course(both)) == [("a", WORLD, 1, 8), ("b", WORLD, 1, 31)]


LASTING = st.builds(
    lambda kind, start, days, countries: timed(
        kind,
        start,
        start + days if days else None,
        *countries,
        rule=f"{kind}{start}{days}{sorted(countries)}",
    ),
    st.sampled_from([kind for kind in MeasureKind if kind is not MeasureKind.NOTIFY]),
    st.integers(0, 5),
    st.integers(0, 5),
    st.frozensets(st.sampled_from(["US", "FR", "DE"]), max_size=2),
)


def covers(extent: Extent, country: str) -> bool:
    return (country in extent.names) is not extent.all_but


@given(st.lists(LASTING, max_size=4, unique_by=lambda item: item.rule), st.integers(0, 12))
def test_at_every_instant_it_says_what_combining_the_running_measures_says(
    given_: list[Timed], at: int
) -> None:
    now = Instant(at)
    running = [item for item in given_ if item.start <= now and (item.end is None or now < item.end)]
    combined = combine((item.rule, item.measure) for item in running)
    for country in ("US", "FR", "DE", "JP"):
        expected = {item.rule for item in combined if covers(item.territory, country)}
        found = {
            item.applied.rule
            for item in course(given_)
            if item.start <= now
            and (item.end is None or now < item.end)
            and covers(item.applied.territory, country)
        }
        assert found == expected


@given(st.lists(LASTING, max_size=4, unique_by=lambda item: item.rule))
def test_stretches_of_one_measure_never_overlap_in_one_place(given_: list[Timed]) -> None:
    for country in ("US", "JP"):
        for rule in {item.rule for item in given_}:
            mine = sorted(
                (item.start, item.end or Instant(100))
                for item in course(given_)
                if item.applied.rule == rule and covers(item.applied.territory, country)
            )
            assert all(end <= start for (_, end), (start, _) in pairwise(mine))
