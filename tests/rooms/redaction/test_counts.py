"""Statistics of the register: small counts withheld, so that none follows from the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.clocks.term import ClockKind
from adjudge.facts.codes import COUNTRIES
from adjudge.language.package import MeasureKind
from adjudge.records.shelf import LONGEST_KEY
from adjudge.redaction.cells import (
    MANY,
    MOST_KINDS,
    MOST_OTHERS,
    MOST_POLICY,
    MOST_RULES,
    cell_of,
    read_cell,
)
from adjudge.redaction.counts import Tally, shielded
from adjudge.redaction.public import PublicAppeal, PublicDecision, PublicMeasure, PublicRule, State

AT = "2026-11-21T00:00:00Z"
COUNTS = st.lists(st.integers(min_value=0, max_value=40), max_size=8)


def decision(rule: str = "beer", kind: str = "exclude", **more: object) -> PublicDecision:
    told: dict[str, object] = {
        "id": "X-000001",
        "entry": 1,
        "issued_at": "2026-11-22T00:00:00Z",
        "state": State.STANDS,
        "policy": "town",
        "rules": (PublicRule(id=rule),),
        "measures": (
            PublicMeasure(rule=rule, kind=kind, territories=("FR",), all_but=False, start="2026-11-22"),
        ),
    }
    return PublicDecision(**{**told, **more})  # type: ignore[arg-type]  # each of its own type


@given(COUNTS, st.integers(min_value=2, max_value=10))
def test_no_small_count_is_told_and_none_follows_from_the_sum(counts: list[int], least: int) -> None:
    shown = shielded(counts, least)
    assert [told for told in shown if told is not None and 0 < told < least] == []
    assert all(told in (None, count) for told, count in zip(shown, counts, strict=True))
    hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
    told_of = [count for count in shown if count]
    if any(0 < count < least for count in counts) and told_of:
        assert len(hidden) > 1
        assert sum(hidden) >= least
    if not any(0 < count < least for count in counts):
        assert shown == counts, "where nothing is small nothing is withheld"


@given(COUNTS)
def test_which_is_withheld_does_not_depend_on_the_order(counts: list[int]) -> None:
    there = sorted(zip(counts, shielded(counts, 5), strict=True), key=str)
    back = sorted(zip(counts[::-1], shielded(counts[::-1], 5), strict=True), key=str)
    assert there == back


def test_a_cell_is_read_as_it_was_written() -> None:
    found = decision(
        state=State.REVERSED,
        automated=True,
        departs="milder",
        appeals=(PublicAppeal(outcome="reversed", days=12), PublicAppeal(outcome="upheld", days=3)),
        missed=("decide", "decide"),
    )
    cell = read_cell(cell_of(found), AT)
    assert (cell.month, cell.policy, cell.rules, cell.kinds) == ("2026-11", "town", ("beer",), ("exclude",))
    assert (cell.countries, cell.state, cell.automated, cell.departs) == (("FR",), "reversed", True, "milder")
    assert cell.appeals == (("reversed", 12), ("upheld", 3))
    assert cell.missed == ("decide", "decide")
    assert len(cell_of(decision(rule="x" * 900))) < 500
    assert read_cell(cell_of(decision(rule="x" * 900)), AT).rules == (MANY,)
    assert read_cell(cell_of(decision(rule="a|b,c")), AT).rules == ("a b c",)


def test_a_cell_has_room_for_the_longest_of_everything_and_counts_many_as_many() -> None:
    longest = decision(
        rule="r" * 140,
        policy="p" * 900,
        state=State.STANDS,
        until="2027-01-01T00:00:00.123456789Z",
        automated=True,
        departs="no_measure",
        measures=tuple(
            PublicMeasure(rule="beer", kind=kind, territories=tuple(COUNTRIES), all_but=False, start="")
            for kind in MeasureKind
        ),
        appeals=(PublicAppeal(outcome="reversed", days=999_999),) * 9,
        missed=tuple(ClockKind),
    )
    text = cell_of(longest)
    assert len(text) <= LONGEST_KEY
    cell = read_cell(text, AT)
    assert (cell.policy, cell.rules, cell.countries) == ("p" * MOST_POLICY, ("r" * 140,), (MANY,))
    assert cell.kinds == tuple(MeasureKind)
    assert MOST_POLICY + MOST_RULES + MOST_KINDS + 3 * MOST_OTHERS + 7 + 10 + 1 + 10 + 30 + 10 <= LONGEST_KEY


@pytest.mark.parametrize(
    ("until", "state"), [("", "stands"), (AT, "over"), ("2026-11-21T00:00:00.000000001Z", "stands")]
)
def test_what_is_over_is_counted_as_over_from_the_instant_at_which_it_ends(until: str, state: str) -> None:
    tally = Tally()
    tally.add(cell_of(decision(state=State.STANDS, until=until)), AT)
    assert dict(tally.plain["states"]) == {(state,): 1}


def test_rules_that_are_kept_out_are_not_counted_nor_what_may_have_them() -> None:
    tally = Tally()
    for rule in ("beer", "wine", "x" * 900):
        tally.add(cell_of(decision(rule=rule)), AT, frozenset({"wine"}))
    assert dict(tally.plain["rules"]) == {("town", "beer"): 1}


def test_decisions_are_counted_under_each_of_their_rules() -> None:
    tally = Tally()
    for number in range(20):
        tally.add(
            cell_of(decision(rule="beer" if number < 12 else "wine", departs="milder" if number < 6 else "")),
            AT,
        )
    tally.add("", AT)
    found = tally.figures(5)
    assert found.total == 20
    assert [(line.key, line.counts) for line in found.rules] == [
        (("town", "beer"), (12,)),
        (("town", "wine"), (8,)),
    ]
    assert [(line.key, line.counts) for line in found.apart] == [
        (("town", "beer"), (6, 6)),
        (("town", "wine"), (8, 0)),
    ]
    few = Tally()
    few.add(cell_of(decision()), AT)
    assert few.figures(5).total is None
    assert few.figures(5).rules[0].counts == (None,)


TALLIES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["exclude", "limit", "suspend"])), max_size=60
)


@given(TALLIES, st.integers(min_value=2, max_value=8))
def test_no_withheld_count_follows_from_the_tables_beside_its_own(
    told: list[tuple[str, str]], least: int
) -> None:
    """Whoever knows the sums of each rule and of each measure takes them from one another, as often as it helps."""
    tally = Tally()
    for rule, kind in told:
        tally.add(cell_of(decision(rule, kind)), AT)
    figures = tally.figures(least)
    shown = {line.key[1:]: line.counts[0] for line in figures.by_rule_and_kind}
    for place in (0, 1):
        for name in {key[place] for key in shown}:
            line = {key: count for key, count in shown.items() if key[place] == name}
            others = [count for count in line.values() if count]
            hidden = [key for key, count in line.items() if count is None]
            assert len(hidden) != 1 or not others, (name, shown)
