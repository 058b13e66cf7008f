"""Clocks that bind the platform: what happens by itself when one runs out, more time, and what is overdue."""

import random
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise, product

import pytest
from django.db import connections

from adjudge.basis.instant import NANOS, Instant, parse_instant
from adjudge.clocks.term import ALLOWED, ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.errors import NotFoundError, RefusedError
from adjudge.institution.binding.following import Following
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing.filing import withdraw
from adjudge.institution.hearing.handling import acknowledge, assign
from adjudge.institution.hearing.relief import pause, resume
from adjudge.institution.house import write_by_institution
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.ticking import tick as ticking
from adjudge.institution.ticking.extending import extend, latest_for
from adjudge.institution.ticking.reading import clocks_of, overdue_of, waiting, waiting_of
from adjudge.institution.ticking.tick import RAN_OUT, tick
from adjudge.ledger.entry import Entry
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealKind,
    AppealState,
    ClockRow,
    ClockState,
    DecisionRow,
    DecisionState,
    DisputeRow,
    DisputeState,
    Purpose,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, DISPUTES, MEASURES
from tests.rooms.institution.conftest import FreshWorld
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import (
    appeal_of,
    clock_of,
    due,
    effective,
    excluded,
    filed,
    only,
    owed,
    settled,
    upholding,
)
from tests.rooms.institution.world import ACME, OTHER, World, codes

DAY = 86_400 * NANOS
OF_APPEALS = {
    ClockKind.ACKNOWLEDGE: AppealKind.APPEAL,
    ClockKind.ANSWER: AppealKind.REASONS,
    ClockKind.DECIDE: AppealKind.APPEAL,
}


def flaws(world: World) -> list[str]:
    found = check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier)
    return [f"{item.where}: {item.message}" for item in found.findings]


def state_of(world: World, decision: str) -> DecisionState:
    with world.house.records.reading() as records:
        row = records.get(DECISIONS, decision)
    assert row is not None
    return row.state


def entries(world: World, kind: str) -> list[Entry]:
    with world.house.records.reading() as records:
        return [entry for entry in records.entries() if entry.kind == kind]


def overdue(world: World) -> list[str]:
    with world.house.records.reading() as records:
        return [row.id for row in overdue_of(records, world.clock())]


# --- what happens by itself ---


@pytest.mark.parametrize(
    ("kind", "consequence"),
    [(kind, consequence) for kind in OF_APPEALS for consequence in sorted(ALLOWED[kind])],
)
def test_what_was_declared_happens_once_and_is_told(
    quick_world: World, kind: ClockKind, consequence: Consequence
) -> None:
    world = quick_world
    settled(world, only(kind, consequence))
    decision = excluded(world)
    appeal = filed(world, decision, OF_APPEALS[kind])
    clock = clock_of(world, appeal.id, kind)
    due(world, clock, -2)
    assert tick(world.house) == ()
    assert effective(world, decision)
    due(world, clock)
    assert [row.id for row in tick(world.house)] == [clock.id]
    assert tick(world.house) == ()
    ended = clock_of(world, appeal.id, kind)
    assert ended.state is ClockState.RAN_OUT
    assert ended.ended_at is not None
    assert ended.due_at == clock.due_at <= ended.ended_at
    (entry,) = entries(world, RAN_OUT)
    assert (entry.actor, entry.subject) == ("institution", clock.id)
    assert entry.body["due_at"] == str(clock.due_at)
    assert entry.body["consequence"] == str(consequence)
    (notice,) = owed(world, Purpose.RAN_OUT)
    assert (notice.advertiser, notice.about, notice.of) == (ACME, decision.id, clock.id)
    assert effective(world, decision) is (consequence is Consequence.ESCALATE)
    is_granted = consequence is Consequence.REINSTATE
    assert appeal_of(world, appeal.id).state is (AppealState.GRANTED if is_granted else AppealState.FILED)
    assert state_of(world, decision.id) is (DecisionState.LAPSED if is_granted else DecisionState.ISSUED)
    assert overdue(world) == ([] if is_granted else [clock.id])
    assert flaws(world) == []


def test_an_appeal_that_nobody_answered_has_succeeded_and_nothing_of_it_runs_on(quick_world: World) -> None:
    decision = excluded(quick_world)
    appeal = filed(quick_world, decision)
    due(quick_world, clock_of(quick_world, appeal.id, ClockKind.DECIDE))
    tick(quick_world.house)
    row = appeal_of(quick_world, appeal.id)
    assert (row.state, row.outcome, row.result) == (AppealState.GRANTED, "reversed", "")
    with quick_world.house.records.reading() as records:
        running = records.find(CLOCKS, state=ClockState.RUNNING.value)
        (measure,) = records.find(MEASURES, decision=decision.id)
    assert len(running) == 0
    assert measure.lifted_at == row.ended_at
    (entry,) = entries(quick_world, "appeal:granted")
    assert (entry.actor, entry.subject, entry.body["decision"]) == ("institution", appeal.id, decision.id)
    assert flaws(quick_world) == []


def test_a_measure_that_lapsed_can_be_decided_anew(quick_world: World) -> None:
    decision = excluded(quick_world)
    appeal = filed(quick_world, decision)
    due(quick_world, clock_of(quick_world, appeal.id, ClockKind.DECIDE))
    tick(quick_world.house)
    again = quick_world.issued("a")
    assert again.supersedes == ""
    assert effective(quick_world, again)
    assert flaws(quick_world) == []


def test_after_an_outage_everything_happens_in_order_and_each_once(quick_world: World) -> None:
    world = quick_world
    first = filed(world, excluded(world, "a"))
    world.clock.nanos += 3 * DAY
    second = filed(world, excluded(world, "b"))
    asked = filed(world, excluded(world, "c"), AppealKind.REASONS)
    world.clock.nanos += 60 * DAY
    before = world.clock.last
    ran = tick(world.house)
    kinds = ("acknowledge", "answer", "decide")
    expected = [f"{first.id}-{kinds[0]}", f"{second.id}-{kinds[0]}", f"{asked.id}-{kinds[0]}"]
    expected += [f"{asked.id}-{kinds[1]}", f"{first.id}-{kinds[2]}", f"{second.id}-{kinds[2]}"]
    assert [row.id for row in ran] == expected
    assert [row.due_at for row in ran] == sorted(row.due_at for row in ran)
    assert [entry.subject for entry in entries(world, RAN_OUT)] == expected
    assert all(row.ended_at is not None and row.ended_at > before for row in ran)
    assert tick(world.house) == ()
    assert [entry.subject for entry in entries(world, "appeal:granted")] == [first.id, second.id]
    assert flaws(world) == []


def test_of_a_decision_that_was_superseded_there_is_nothing_to_lift(quick_world: World) -> None:
    for number, consequence in enumerate((Consequence.SUSPEND_MEASURE, Consequence.REINSTATE)):
        settled(quick_world, only(ClockKind.DECIDE, consequence))
        decision = excluded(quick_world, f"ad-{number}")
        appeal = filed(quick_world, decision)
        quick_world.claim(f"ad-{number}", "beer", origin="another round")
        newer = quick_world.issued(f"ad-{number}")
        due(quick_world, clock_of(quick_world, appeal.id, ClockKind.DECIDE))
        tick(quick_world.house)
        entry = entries(quick_world, RAN_OUT)[-1]
        assert (entry.body["declared"], entry.body["consequence"]) == (str(consequence), "escalate")
        assert appeal_of(quick_world, appeal.id).state is AppealState.FILED
        assert effective(quick_world, newer)
        assert f"{appeal.id}-decide" in overdue(quick_world)
    assert flaws(quick_world) == []


def test_relief_that_is_taken_back_does_not_end_what_follows_from_silence(quick_world: World) -> None:
    settled(quick_world, only(ClockKind.DECIDE, Consequence.SUSPEND_MEASURE))
    decision = excluded(quick_world)
    appeal = filed(quick_world, decision)
    appeals = quick_world.who(Role.APPEALS)
    pause(quick_world.house, appeals, appeal.id, "it is not clear yet")
    due(quick_world, clock_of(quick_world, appeal.id, ClockKind.DECIDE))
    tick(quick_world.house)
    resume(quick_world.house, appeals, appeal.id, "it is clear now")
    assert not effective(quick_world, decision)
    with quick_world.house.records.reading() as records:
        (measure,) = records.find(MEASURES, decision=decision.id)
    ends = [(item.start, item.end) for item in measure.pauses]
    assert all(end == start for (_, end), (start, _) in pairwise(ends)), "no gap between"
    assert measure.pauses[-1].by == f"{appeal.id}-decide"
    assert flaws(quick_world) == []


def test_two_clocks_that_suspend_one_measure_let_it_rest_once(quick_world: World) -> None:
    terms = [
        ClockTerm(kind, Term(days), Consequence.SUSPEND_MEASURE)
        for kind, days in ((ClockKind.ACKNOWLEDGE, 2), (ClockKind.DECIDE, 5))
    ]
    settled(quick_world, terms)
    decision = excluded(quick_world)
    filed(quick_world, decision)
    quick_world.clock.nanos += 30 * DAY
    assert len(tick(quick_world.house)) == 2
    with quick_world.house.records.reading() as records:
        (measure,) = records.find(MEASURES, decision=decision.id)
    assert len(measure.pauses) == 1
    told = [entry.body["consequence"] for entry in entries(quick_world, RAN_OUT)]
    assert told == ["suspend_measure", "suspend_measure"]
    assert flaws(quick_world) == []


def test_what_was_done_in_time_has_no_consequence(quick_world: World) -> None:
    decision = excluded(quick_world)
    appeal = filed(quick_world, decision)
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    due(quick_world, clock, -60)
    withdraw(quick_world.house, quick_world.who(Role.MEMBER), appeal.id, "settled between us")
    due(quick_world, clock, 60)
    assert tick(quick_world.house) == ()
    assert clock_of(quick_world, appeal.id, ClockKind.DECIDE).state is ClockState.STOPPED
    assert entries(quick_world, RAN_OUT) == []


def test_who_decides_at_the_last_instant_and_a_sweep_exclude_each_other(quick_world: World) -> None:
    """In the same second: whoever has the lock first; the other finds the appeal over."""
    world = quick_world
    for number, sweep_is_first in enumerate((False, True)):
        decision = excluded(world, f"ad-{number}")
        appeal = filed(world, decision)
        row = upholding(world, appeal)
        due(world, clock_of(world, appeal.id, ClockKind.DECIDE))
        if sweep_is_first:
            tick(world.house)
            with pytest.raises(RefusedError) as raised:
                decisions.issue(world.house, world.who("judge"), row.id)
            assert codes(raised.value) == ["appeal-over"]
            assert appeal_of(world, appeal.id).state is AppealState.GRANTED
            assert state_of(world, decision.id) is DecisionState.LAPSED
        else:
            decisions.issue(world.house, world.who("judge"), row.id)
            assert [item.id for item in tick(world.house) if item.kind == ClockKind.DECIDE] == []
            assert appeal_of(world, appeal.id).state is AppealState.DECIDED
            assert state_of(world, decision.id) is DecisionState.SUPERSEDED
    assert flaws(world) == []


def test_who_decides_and_a_sweep_at_once_end_an_appeal_once(kept_world: World) -> None:
    world = kept_world
    for number in range(3):
        decision = excluded(world, f"ad-{number}")
        appeal = filed(world, decision)
        row = upholding(world, appeal)
        due(world, clock_of(world, appeal.id, ClockKind.DECIDE))
        start = threading.Barrier(2)

        def issue(start: threading.Barrier = start, row: DecisionRow = row) -> str:
            start.wait()
            try:
                return str(decisions.issue(world.house, world.who("judge"), row.id).state)
            except RefusedError as error:
                return codes(error)[0]
            finally:
                connections.close_all()

        def sweep(start: threading.Barrier = start) -> tuple[str, ...]:
            start.wait()
            try:
                return tuple(row.id for row in tick(world.house) if row.kind == ClockKind.DECIDE)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            issued, swept = pool.submit(issue), pool.submit(sweep)
            ended = (issued.result(), swept.result(), appeal_of(world, appeal.id).state)
        assert ended in {
            ("issued", (), AppealState.DECIDED),
            ("appeal-over", (f"{appeal.id}-decide",), AppealState.GRANTED),
        }
    assert flaws(world) == []


def test_a_body_that_is_late_is_told_and_lifts_nothing(quick_world: World) -> None:
    decision = excluded(quick_world)
    with quick_world.house.records.writing() as records:
        following = Following(records, quick_world.clock())
        clock = following.start(ClockKind.SETTLE, "D-000001", decision.id, ACME)
        records.put(DISPUTES, _dispute(decision.id, clock))
    due(quick_world, clock)
    tick(quick_world.house)
    assert effective(quick_world, decision)
    assert overdue(quick_world) == [clock.id]
    assert [notice.of for notice in owed(quick_world, Purpose.RAN_OUT)] == [clock.id]


def _dispute(decision: str, clock: ClockRow) -> DisputeRow:
    return DisputeRow(
        id="D-000001",
        state=DisputeState.REFERRED,
        decision=decision,
        appeal="",
        advertiser=ACME,
        body="A body",
        reference="1",
        referred_at=clock.started_at,
        due_at=clock.due_at,
    )


# --- cut off, and two at once ---


def test_what_was_cut_off_in_the_middle_goes_on_at_the_next_tick(
    kept_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = kept_world
    for number in range(3):
        filed(world, excluded(world, f"ad-{number}"))
    world.clock.nanos += 60 * DAY
    write, count = write_by_institution, 0

    def cut(*given: object, **named: object) -> object:
        nonlocal count
        count += 1
        if count == 6:  # in the second of three transactions that grant: after its entry of the clock
            raise KeyboardInterrupt
        return write(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ticking, "write_by_institution", cut)
    with pytest.raises(KeyboardInterrupt):
        tick(world.house)
    monkeypatch.undo()
    assert len(entries(world, RAN_OUT)) == 4, "the one under way was not kept"
    assert len(entries(world, "appeal:granted")) == 1
    tick(world.reopened().house)
    assert len(entries(world, RAN_OUT)) == 6
    assert len(entries(world, "appeal:granted")) == 3
    assert flaws(world) == []


def test_two_sweeps_at_once_do_it_once(kept_world: World) -> None:
    world = kept_world
    count = 4
    for number in range(count):
        filed(world, excluded(world, f"ad-{number}"))
    world.clock.nanos += 60 * DAY

    def sweep(_: int) -> int:
        try:
            return len(tick(world.house))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(sweep, range(2)))
    assert sum(done) == 2 * count
    assert sorted(entry.subject for entry in entries(world, RAN_OUT)) == sorted(
        f"A-{place}" for place in _clock_names(world)
    )
    assert len(entries(world, "appeal:granted")) == count
    assert flaws(world) == []


def _clock_names(world: World) -> Iterator[str]:
    with world.house.records.reading() as records:
        for row in records.find(CLOCKS):
            yield row.id.removeprefix("A-")


# --- more time ---


def test_more_time_is_recorded_reasoned_and_told(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    later = Instant(clock.due_at.nanos + 3 * DAY)
    legal = quick_world.who(Role.LEGAL)
    extended = extend(quick_world.house, legal, clock.id, later, "An expert is heard.")
    assert (extended.due_at, extended.state) == (later, ClockState.RUNNING)
    (more,) = extended.extensions
    assert (more.due_at, more.by, more.reason) == (later, legal.person, "An expert is heard.")
    (entry,) = entries(quick_world, "clock:extended")
    assert (entry.body["before"], entry.body["due_at"]) == (str(clock.due_at), str(later))
    (notice,) = owed(quick_world, Purpose.EXTENDED)
    assert notice.of == clock.id
    assert notice.facts == {
        "before": str(clock.due_at),
        "due_at": str(later),
        "reason": "An expert is heard.",
    }
    due(quick_world, clock, 5)
    tick(quick_world.house)
    assert clock_of(quick_world, appeal.id, ClockKind.DECIDE).state is ClockState.RUNNING
    due(quick_world, extended)
    tick(quick_world.house)
    assert appeal_of(quick_world, appeal.id).state is AppealState.GRANTED
    assert flaws(quick_world) == []


def test_more_time_is_bounded(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    legal = quick_world.who(Role.LEGAL)
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    with quick_world.house.records.reading() as records:
        latest = latest_for(records, clock)
    assert latest.nanos == clock.due_at.nanos + 14 * DAY, "at most as much again"

    def refused(due_at: Instant, reason: str = "why") -> list[str]:
        with pytest.raises(RefusedError) as raised:
            extend(quick_world.house, legal, clock.id, due_at, reason)
        return codes(raised.value)

    assert refused(clock.due_at) == ["no-later"]
    assert refused(Instant(clock.due_at.nanos - DAY)) == ["no-later"]
    assert refused(Instant(latest.nanos + 1)) == ["too-late"]
    assert refused(latest, " ") == ["missing-text"]
    extend(quick_world.house, legal, clock.id, Instant(latest.nanos - DAY), "once")
    assert refused(Instant(latest.nanos + DAY)) == ["too-late"], "in all, and not each time"
    extend(quick_world.house, legal, clock.id, latest, "twice")
    due(quick_world, replace(clock, due_at=latest))
    assert refused(Instant(latest.nanos + DAY)) == ["clock-over"], "although no sweep has seen it"
    tick(quick_world.house)
    assert refused(Instant(latest.nanos + DAY)) == ["clock-over"]
    assert flaws(quick_world) == []


def test_nobody_gives_time_to_themselves(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    judge = quick_world.join("judge", Role.APPEALS, Role.LEGAL)
    assign(quick_world.house, quick_world.who(Role.APPEALS), appeal.id, judge.person, "took no part")
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    later = Instant(clock.due_at.nanos + DAY)
    with pytest.raises(RefusedError) as raised:
        extend(quick_world.house, judge, clock.id, later, "I am late")
    assert codes(raised.value) == ["own-clock"]
    extend(quick_world.house, quick_world.who(Role.LEGAL), clock.id, later, "an expert is heard")
    for name in ("member", "reviewer", "auditor"):
        with pytest.raises(NotFoundError):
            extend(quick_world.house, quick_world.who(name), clock.id, later, "please")


def test_before_a_body_of_settlement_180_days_are_the_most(quick_world: World) -> None:
    settled(quick_world, [ClockTerm(ClockKind.SETTLE, Term(30), Consequence.ESCALATE)])
    decision = excluded(quick_world)
    with quick_world.house.records.writing() as records:
        clock = Following(records, quick_world.clock()).start(ClockKind.SETTLE, "D-000001", decision.id, ACME)
        records.put(DISPUTES, _dispute(decision.id, clock))
        latest = latest_for(records, clock)
    assert (latest.nanos - clock.started_at.nanos) // DAY == 180
    extend(quick_world.house, quick_world.who(Role.LEGAL), clock.id, latest, "a hard case")
    with quick_world.house.records.reading() as records:
        dispute = records.get(DISPUTES, "D-000001")
    assert dispute is not None
    assert dispute.due_at == latest


def test_what_is_settled_later_moves_no_clock_that_runs(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    settled(
        quick_world, only(ClockKind.DECIDE, Consequence.ESCALATE, Term(200)), country="FR", zone="Asia/Tokyo"
    )
    assert clock_of(quick_world, appeal.id, ClockKind.DECIDE) == clock
    due(quick_world, clock)
    tick(quick_world.house)
    assert appeal_of(quick_world, appeal.id).state is AppealState.GRANTED


# --- what is overdue, and who waits ---


def _every_setting() -> Iterator[list[ClockTerm]]:
    """Every consequence of each clock of an appeal with every one of the others; days, and business days."""
    kinds = (ClockKind.ACKNOWLEDGE, ClockKind.ANSWER, ClockKind.DECIDE)
    for consequences in product(*(sorted(ALLOWED[kind]) for kind in kinds)):
        unit = Unit.DAYS if consequences[0] is not consequences[1] else Unit.BUSINESS_DAYS
        yield [
            ClockTerm(kind, Term(days, unit), consequence)
            for days, (kind, consequence) in enumerate(zip(kinds, consequences, strict=True), 1)
        ]


@pytest.mark.parametrize("is_acknowledged", [False, True])
def test_no_appeal_waits_without_a_clock_whatever_is_settled(
    fresh_world: FreshWorld, *, is_acknowledged: bool
) -> None:
    """T6, T13: filed, acknowledged, before its time and after it, whether or not a sweep has seen it."""
    for terms in _every_setting():
        with fresh_world("memory") as world:
            settled(world, terms, country="FR", zone="Europe/Paris")
            decision = excluded(world)
            for kind in AppealKind:
                appeal = filed(world, decision, kind)
                if is_acknowledged:
                    acknowledge(world.house, world.who(Role.APPEALS), appeal.id, "Somebody looks at it.")
            for _ in range(4):
                _assert_all_wait_with_a_clock(world)
                world.clock.nanos += 2 * DAY
                _assert_all_wait_with_a_clock(world)
                tick(world.house)
                _assert_all_wait_with_a_clock(world)
            assert flaws(world) == []


def _assert_all_wait_with_a_clock(world: World) -> None:
    with world.house.records.reading() as records:
        at = world.clock.last
        open_now = {
            row.id
            for state in (AppealState.FILED, AppealState.ACKNOWLEDGED)
            for row in records.find(APPEALS, state=state.value)
        }
        found = {item.of: item for item in waiting_of(records, at)}
        late = {row.of for row in overdue_of(records, at)}
    assert set(found) == open_now
    assert [item.of for item in found.values() if not item.clocks] == []
    assert {of for of, item in found.items() if item.overdue} == late


def test_what_is_overdue_is_what_the_log_says_on_shuffled_data(quick_world: World) -> None:
    """T9: the same clocks, and the same ages, by a reckoning that reads nothing but entries."""
    world = quick_world
    chance = random.Random(7)  # noqa: S311 - an order, not a secret
    terms = [
        ClockTerm(kind, Term(days), Consequence.ESCALATE)
        for kind, days in ((ClockKind.ACKNOWLEDGE, 2), (ClockKind.ANSWER, 5), (ClockKind.DECIDE, 9))
    ]
    settled(world, terms)
    decided = [excluded(world, f"ad-{number}") for number in range(8)]
    chance.shuffle(decided)
    filings = [(row, kind) for row in decided for kind in AppealKind]
    chance.shuffle(filings)
    for step, (row, kind) in enumerate(filings):
        appeal = filed(world, row, kind)
        world.clock.nanos += chance.randrange(0, 2 * DAY)
        if step % 3 == 0:
            acknowledge(world.house, world.who(Role.APPEALS), appeal.id, "Somebody looks at it now.")
        if step % 5 == 0:
            withdraw(world.house, world.who(Role.MEMBER), appeal.id, "")
        if step % 4 == 0:
            tick(world.house)
        with world.house.records.reading() as records:
            at = world.clock.last
            assert [item.id for item in overdue_of(records, at)] == _overdue_by_log(records, at)
            ages = {item.of: item.since for item in waiting_of(records, at)}
            assert ages == _filed_by_log(records)
    auditor = world.who(Role.AUDITOR)
    assert [item.since for item in waiting(world.house, auditor)] == sorted(_filed_by_log_now(world).values())
    late = clocks_of(world.house, auditor, overdue=True)
    assert len(late) > 5
    others = clocks_of(world.house, auditor, overdue=False)
    assert {row.id for row in late} & {row.id for row in others} == set()
    assert len(late) + len(others) == len(clocks_of(world.house, auditor)) == 2 * len(filings)


def _filed_by_log_now(world: World) -> dict[str, Instant]:
    with world.house.records.reading() as records:
        return _filed_by_log(records)


def _filed_by_log(records: Reading) -> dict[str, Instant]:
    found: dict[str, Instant] = {}
    for entry in records.entries():
        if entry.kind == "appeal:filed":
            found[entry.subject] = entry.at
        if entry.kind in {"appeal:withdrawn", "appeal:answered", "appeal:decided", "appeal:granted"}:
            del found[entry.subject]
    return found


def _overdue_by_log(records: Reading, at: Instant) -> list[str]:
    """A clock that was started, was not stopped, and whose time is over: what it is for was not done."""
    clocks: dict[str, Instant] = {}
    for entry in records.entries():
        follows = entry.body.get("follows")
        if isinstance(follows, dict):
            for form in _forms(follows.get("clocks")):
                clocks[form["id"]] = _instant(form["due_at"])
            for name in _texts(follows.get("stopped")):
                del clocks[name]
        if entry.kind == "appeal:acknowledged":
            clocks.pop(f"{entry.subject}-acknowledge", None)  # late, but done
        if entry.kind == "appeal:withdrawn":
            clocks = {name: due_at for name, due_at in clocks.items() if not name.startswith(entry.subject)}
    late = sorted((due_at, name) for name, due_at in clocks.items() if due_at <= at)
    return [name for _, name in late]


def _instant(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None
    return found


def _forms(value: object) -> Iterable[dict[str, str]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: object) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def test_clocks_are_for_those_who_work_here(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    for role in (Role.REVIEWER, Role.APPEALS, Role.LEGAL, Role.AUDITOR, Role.ADMINISTRATOR):
        rows = clocks_of(quick_world.house, quick_world.who(role), state=ClockState.RUNNING.value)
        assert [row.of for row in rows] == [appeal.id, appeal.id]
    assert clocks_of(quick_world.house, quick_world.who(Role.AUDITOR), advertiser=OTHER) == ()
    for name in ("member", "stranger", "service", "publisher"):
        with pytest.raises(NotFoundError):
            clocks_of(quick_world.house, quick_world.who(name))
        with pytest.raises(NotFoundError):
            waiting(quick_world.house, quick_world.who(name))
