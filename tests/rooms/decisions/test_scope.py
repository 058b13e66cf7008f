"""Measures that apply together: union per territory and surface, the severer wins (LANGUAGE.md 5.3)."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.ids import RuleId
from adjudge.decisions.scope import Applied, Extent, combine
from adjudge.language.package import Measure, MeasureKind

COUNTRIES = ("DE", "FR", "US")
SURFACES = ("feed", "search")
EVERYTHING = Extent(frozenset(), all_but=True)


def measure(kind: str, territory: str = "", surfaces: str = "") -> Measure:
    return Measure(
        kind=MeasureKind(kind),
        territory=frozenset(territory.split()) or None,
        surfaces=frozenset(surfaces.split()) or None,
    )


def combined(**measures: Measure) -> list[Applied]:
    return list(combine((RuleId(name), item) for name, item in measures.items()))


def only(names: str) -> Extent:
    return Extent(frozenset(names.split()), all_but=False)


def all_but(names: str) -> Extent:
    return Extent(frozenset(names.split()), all_but=True)


def test_a_severer_measure_in_one_country_leaves_the_milder_one_elsewhere() -> None:
    found = combined(mild=measure("label"), hard=measure("exclude", "US"))
    assert [(a.rule, a.territory, a.surfaces) for a in found] == [
        ("hard", only("US"), EVERYTHING),
        ("mild", all_but("US"), EVERYTHING),
    ]


def test_a_measure_covered_whole_by_a_severer_one_is_not_named() -> None:
    assert [a.rule for a in combined(mild=measure("label", "US"), hard=measure("exclude"))] == ["hard"]


def test_two_severer_measures_together_can_cover_a_milder_one() -> None:
    found = combined(
        mild=measure("label", "US", "feed search"),
        one=measure("exclude", "US", "feed"),
        two=measure("suspend", "US", "search"),
    )
    assert [a.rule for a in found] == ["one", "two"]


def test_a_severer_measure_on_one_surface_leaves_the_others() -> None:
    found = combined(mild=measure("label", "US DE"), hard=measure("exclude", "US", "feed"))
    assert [(a.rule, a.territory, a.surfaces) for a in found if a.rule == "mild"] == [
        ("mild", only("DE"), EVERYTHING),
        ("mild", only("US"), all_but("feed")),
    ]


def test_measures_of_one_kind_stand_side_by_side() -> None:
    assert [a.rule for a in combined(a=measure("require"), b=measure("require"))] == ["a", "b"]


def holds(extent: Extent, name: str) -> bool:
    return (name in extent.names) is not extent.all_but


MEASURES = st.builds(
    Measure,
    kind=st.sampled_from(MeasureKind),
    territory=st.none() | st.sets(st.sampled_from(COUNTRIES), min_size=1).map(frozenset),
    surfaces=st.none() | st.sets(st.sampled_from(SURFACES), min_size=1).map(frozenset),
)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), MEASURES, max_size=4))
def test_at_every_place_exactly_the_severest_measures_apply(measures: dict[str, Measure]) -> None:
    found = combined(**measures)
    for country, surface in product((*COUNTRIES, "AQ"), (*SURFACES, "other")):
        covering = {
            name: item
            for name, item in measures.items()
            if (item.territory is None or country in item.territory)
            and (item.surfaces is None or surface in item.surfaces)
        }
        severest = max((item.kind.severity for item in covering.values()), default=None)
        expected = {name for name, item in covering.items() if item.kind.severity == severest}
        applied = [a.rule for a in found if holds(a.territory, country) and holds(a.surfaces, surface)]
        assert sorted(applied) == sorted(expected)
