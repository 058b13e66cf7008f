"""The institution at a glance: true counts, whoever counted and however often it was begun anew, about nobody."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from adjudge.appeals.owed import clock_name
from adjudge.basis.instant import Instant
from adjudge.clocks.term import ClockKind
from adjudge.errors import NotFoundError
from adjudge.institution.counting import counting
from adjudge.institution.counting import glance as at_a_glance
from adjudge.institution.counting.contested import contested_facts
from adjudge.institution.counting.counting import count_on, note_audit
from adjudge.institution.counting.glance import DAY, Age, Glance, glance
from adjudge.institution.counting.kept import FILE, Kept, keep, read_kept
from adjudge.institution.counting.table import COLUMNS, csv_text
from adjudge.institution.counting.tally import Tally, fits, go_on
from adjudge.institution.deciding import matters
from adjudge.institution.material import claims
from adjudge.people.role import STAFF, Role
from adjudge.records.rows import AppealKind, AppealState, ClockState, MatterState, Outcome
from adjudge.records.shelf import APPEALS, CLOCKS, MATTERS
from tests.rooms.institution.heard import excluded, filed, upheld
from tests.rooms.institution.world import POLICY, RULES, World
from tests.rooms.storage.rows import row_of

MOST_QUERIES = 24


def seen(world: World, folder: Path, who: str = "reviewer", weeks: int = 12) -> Glance:
    return glance(world.house, world.who(who), folder, weeks)


def busy(world: World) -> None:
    """A decision with its appeal, contradicting claims, a discount, and what else happens in some weeks."""
    appeal = filed(world, excluded(world, "ad"))
    world.clock.set("2026-12-02T00:00:00Z")
    upheld(world, appeal)
    world.ad("second", loud=True, lottery=True)
    world.claim("second", "loud", stance="denies")
    row = world.claim("second", "lottery", value=False)
    claims.discount(world.house, world.who("reviewer"), row.id, 1, "seen once")


def test_the_same_log_gives_the_same_tally_however_it_is_counted(world: World) -> None:
    busy(world)
    with world.house.records.reading() as records:
        whole = Tally()
        assert go_on(records, whole) == 0
        random = Random(7)  # noqa: S311 - the same each time
        for _ in range(5):
            parted = Tally()
            while go_on(records, parted, most=random.randint(1, 9)):
                assert fits(records, parted)
            assert parted == whole
    assert whole.size == len(world.kinds())


def test_what_is_kept_in_between_is_the_same(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(world)
    monkeypatch.setattr(counting, "MOST_AT_ONCE", 7)
    while count_on(world.house, tmp_path):
        pass
    with world.house.records.reading() as records:
        whole = Tally()
        go_on(records, whole)
    assert read_kept(tmp_path).tally == whole
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [item.name for item in tmp_path.iterdir() if FILE in item.name] == [FILE]


def test_what_came_and_went_is_told_by_week_and_appeals_by_rule(world: World, tmp_path: Path) -> None:
    busy(world)
    found = seen(world, tmp_path)
    weeks = {week.start.isoformat(): week.counts for week in found.comings}
    assert len(weeks) == 12
    assert list(weeks)[-3:] == ["2026-11-16", "2026-11-23", "2026-11-30"]
    assert weeks["2026-11-16"] == {
        "opened": 1, "closed": 0, "reopened": 0, "issued": 1, "filed": 1, "ended": 0
    }  # fmt: skip
    assert weeks["2026-11-30"]["issued"] == weeks["2026-11-30"]["ended"] == 1
    (row,) = found.appealed
    assert (row.policy, row.version, row.rule) == (POLICY, "1", "beer")
    assert row.outcomes == {Outcome.UPHELD: 1}
    assert (row.total, row.reversed) == (1, 0)
    assert row.title == {"en": "Rule on beer"}
    assert found.discounted == [("ad.lottery", 1)]
    assert seen(world, tmp_path, weeks=4).appealed == found.appealed
    world.clock.set("2027-06-01T00:00:00Z")
    assert seen(world, tmp_path, weeks=4).appealed == []


def test_facts_are_contested_where_live_claims_say_yes_and_others_no(
    quick_world: World, tmp_path: Path
) -> None:
    world = quick_world
    busy(world)
    matters.open_matter(world.house, world.who("reviewer"), "other", POLICY, reason="seen")
    world.ad("third", "other", loud=True, beer=True, shown=3)
    world.claim("third", "loud", value=False)
    world.claim("third", "loud", stance="denies", value=False)  # which is to say that it is loud
    world.claim("third", "shown", value=4)  # another value is another value, and denies none
    early = world.claim("third", "beer", value=False, holds_to="2020-01-01")
    assert early.id
    found = {item.fact: (item.subjects, item.claims) for item in seen(world, tmp_path).contested}
    assert found == {"ad.loud": (2, 5), "ad.lottery": (1, 2)}
    withdrawn = world.claim("third", "shown", value=3, stance="denies")
    assert "ad.shown" in {item.fact for item in seen(world, tmp_path).contested}
    claims.withdraw_claim(world.house, world.who("reviewer"), withdrawn.id, "wrongly read")
    assert "ad.shown" not in {item.fact for item in seen(world, tmp_path).contested}


def test_of_advertisers_without_open_matters_nothing_is_contested(quick_world: World, tmp_path: Path) -> None:
    quick_world.ad("ad", loud=True)
    quick_world.claim("ad", "loud", value=False)
    assert seen(quick_world, tmp_path).contested == ()
    quick_world.matter()
    assert len(seen(quick_world, tmp_path).contested) == 1


def test_rules_are_idle_until_a_decision_applies_them(quick_world: World, tmp_path: Path) -> None:
    before = seen(quick_world, tmp_path).idle
    assert sorted(row.rule for row in before) == sorted(RULES)
    excluded(quick_world, "ad")
    quick_world.clock.set("2026-12-22T12:00:00Z")
    after = seen(quick_world, tmp_path).idle
    assert sorted(row.rule for row in after) == sorted(set(RULES) - {"beer"})
    assert {row.days for row in after} == {355}, "it was brought as in force since the first of January"
    assert all(row.last is None for row in after)


def test_load_is_told_by_who_took_it_and_by_age_and_about_nobody(world: World, tmp_path: Path) -> None:
    row, mine = world.matter(), world.who("reviewer").person
    world.clock.set("2026-12-25T00:00:00Z")
    at = world.clock.last
    with world.house.records.writing() as records:
        for number, (days, who, state) in enumerate(
            [
                (1, mine, MatterState.OPEN),
                (6, "", MatterState.REOPENED),
                (8, "P-9", MatterState.OPEN),
                (30, "P-9", MatterState.OPEN),
                (100, "", MatterState.OPEN),
                (400, mine, MatterState.CLOSED),
            ]
        ):
            opened = Instant(at.nanos - days * DAY)
            made = replace(row, id=f"M-9{number}", assignee=who, state=state, opened_at=opened)
            records.put(MATTERS, made)
    load = seen(world, tmp_path).load
    assert (load.live, load.mine, load.others, load.unassigned) == (6, 1, 2, 3)
    assert load.states == {"open": 5, "reopened": 1, "closed": 1}
    assert load.ages == {Age.DAYS: 2, Age.WEEKS: 1, Age.MONTHS: 2, Age.LONGER: 1}
    assert "P-9" not in csv_text(seen(world, tmp_path))


def test_clocks_are_at_risk_by_when_they_are_over(world: World, tmp_path: Path) -> None:
    at = world.clock.last
    appeal = replace(row_of(APPEALS, "A-1", "text"), state=AppealState.FILED, kind=AppealKind.APPEAL)
    clock = replace(row_of(CLOCKS, "", "text"), of="A-1", decision="D", state=ClockState.RUNNING)
    with world.house.records.writing() as records:
        for number, days in enumerate((-1, 1, 2, 5)):
            of = f"A-{number}"
            records.put(APPEALS, replace(appeal, id=of, decision="D"))
            due = Instant(at.nanos + days * DAY)
            name = clock_name(of, ClockKind.DECIDE)
            records.put(CLOCKS, replace(clock, id=name, of=of, kind="decide", due_at=due))
    risks = {row.kind: (row.overdue, row.soon, row.later) for row in seen(world, tmp_path).clocks}
    assert risks[ClockKind.DECIDE] == (1, 2, 1)
    assert risks[ClockKind.SETTLE] == (0, 0, 0)


# --- what is kept ---


def test_a_tally_of_another_log_is_counted_anew(quick_world: World, tmp_path: Path) -> None:
    excluded(quick_world, "ad")
    count_on(quick_world.house, tmp_path)
    good = (tmp_path / FILE).read_bytes()
    spoilt = json.loads(good)
    for changed in ({"last": "sha256:" + "0" * 64}, {"size": 10**6}, {"form": "another/1"}, {"applied": 3}):
        (tmp_path / FILE).write_text(json.dumps({**spoilt, **changed}))
        assert seen(quick_world, tmp_path).counted_to is not None
        count_on(quick_world.house, tmp_path)
        assert json.loads((tmp_path / FILE).read_bytes())["comings"] == spoilt["comings"]
    for text in (b"", b"{", b"\xff\xfe", good[:-5]):
        (tmp_path / FILE).write_bytes(text)
        assert read_kept(tmp_path) == Kept()


def test_of_a_log_that_nobody_has_counted_it_is_said_that_it_was_not(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_a_glance, "MOST_UNKEPT", 3)
    excluded(quick_world, "ad")
    found = seen(quick_world, tmp_path)
    assert found.counted_to is None
    assert found.is_behind
    assert found.idle == ()
    count_on(quick_world.house, tmp_path)
    monkeypatch.setattr(at_a_glance, "MOST_FOLLOWED", 2)
    assert not seen(quick_world, tmp_path).is_behind
    excluded(quick_world, "more")
    later = seen(quick_world, tmp_path)
    assert later.is_behind
    assert later.counted_to is not None


def test_a_disk_that_keeps_nothing_ends_nothing(quick_world: World, tmp_path: Path) -> None:
    assert count_on(quick_world.house, tmp_path / "gone") == 0
    keep(tmp_path / "gone", Kept())
    assert seen(quick_world, tmp_path / "gone").counted_to is not None


def test_health_tells_when_the_sweeper_was_round_and_what_it_found(
    quick_world: World, tmp_path: Path
) -> None:
    world = quick_world
    assert seen(world, tmp_path).health.swept_at is None
    note_audit(world.house, tmp_path, 2)
    count_on(world.house, tmp_path)
    health = seen(world, tmp_path).health
    assert (health.findings, health.is_sweeper_late) == (2, False)
    assert health.audited_at is not None
    assert health.audited_at < (health.swept_at or health.audited_at)
    world.clock.set("2026-11-23T00:00:00Z")
    assert seen(world, tmp_path).health.is_sweeper_late
    assert health.entries == len(world.kinds())


def test_many_claims_are_looked_through_once_a_day_and_not_whenever_somebody_asks(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    for room in (counting, at_a_glance):
        monkeypatch.setattr(room, "FEW_CLAIMS", 1)
    world.matter()
    world.ad("ad", loud=True)
    world.claim("ad", "loud", value=False)
    assert seen(world, tmp_path).contested_at is None
    count_on(world.house, tmp_path)
    first = seen(world, tmp_path)
    assert [item.fact for item in first.contested] == ["ad.loud"]
    world.claim("ad", "beer")
    world.claim("ad", "beer", value=False)
    count_on(world.house, tmp_path)
    assert seen(world, tmp_path).contested == first.contested
    count_on(world.house, tmp_path, is_daily=True)
    assert len(seen(world, tmp_path).contested) == 2


# --- who, and how much it takes ---


def test_whoever_works_here_may_look_and_nobody_else(quick_world: World, tmp_path: Path) -> None:
    for role in Role:
        if role in STAFF:
            assert seen(quick_world, tmp_path, role.value).health.entries
        else:
            with pytest.raises(NotFoundError):
                seen(quick_world, tmp_path, role.value)


def test_it_takes_as_few_questions_however_much_there_is(kept_world: World, tmp_path: Path) -> None:
    world = kept_world
    busy(world)
    count_on(world.house, tmp_path)
    line = connections[world.place.alias]
    with CaptureQueriesContext(line) as few:
        seen(world, tmp_path, weeks=4)
    row = world.matter()
    with world.house.records.writing() as records:
        records.put_all(MATTERS, [replace(row, id=f"M-9{number:05d}") for number in range(300)])
    with CaptureQueriesContext(line) as many:
        seen(world, tmp_path, weeks=52)
    assert len(many) <= len(few) <= MOST_QUERIES


def test_the_table_has_every_number_and_no_formula(quick_world: World, tmp_path: Path) -> None:
    busy(quick_world)
    found = seen(quick_world, tmp_path)
    rows = [line.split(",") for line in csv_text(found).splitlines()]
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert ["appeals", f"{POLICY}/1/beer", "upheld", "1"] in rows
    assert ["week", "2026-11-30", "ended", "1"] in rows
    assert ["discounted", "ad.lottery", "claims", "1"] in rows
    hostile = replace(found, discounted=[('=1+1"', 2)])
    assert '"\'=1+1""",claims,2' in csv_text(hostile)


def test_contested_facts_are_in_the_order_of_their_subjects(quick_world: World) -> None:
    world = quick_world
    world.matter()
    for ad in ("a", "b"):
        world.ad(ad, loud=True)
        world.claim(ad, "loud", value=False)
    world.claim("a", "beer")
    world.claim("a", "beer", value=False)
    with world.house.records.reading() as records:
        assert [item.fact for item in contested_facts(records, world.clock.last)] == ["ad.loud", "ad.beer"]
