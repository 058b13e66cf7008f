"""Clocks that bind the platform: what happens by itself when one runs out, more time, and what is overdue."""

import datetime as dt
import random
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise, product

import pytest
from django.db import connections

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import NANOS, Instant, parse_instant
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import ALLOWED, ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.errors import BugError, NotFoundError, RefusedError
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.deciding import decisions, running_out
from adjudge.institution.deciding.running_out import RAN_OUT
from adjudge.institution.hearing.filing import withdraw
from adjudge.institution.hearing.handling import acknowledge, answer_reasons, assign, assignable
from adjudge.institution.hearing.relief import pause, resume
from adjudge.institution.house import write_by_institution
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.ticking.extending import extend, latest_for
from adjudge.institution.ticking.reading import clocks_of, overdue_of, waiting, waiting_of
from adjudge.institution.ticking.tick import tick
from adjudge.language.package import MeasureKind
from adjudge.ledger.entry import Entry
from adjudge.matters.proposal import Milder
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
    assigned,
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
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, World, codes

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


def test_a_measure_that_lapsed_can_be_decided_anew_when_something_is_new(quick_world: World) -> None:
    decision = excluded(quick_world)
    appeal = filed(quick_world, decision)
    due(quick_world, clock_of(quick_world, appeal.id, ClockKind.DECIDE))
    tick(quick_world.house)
    quick_world.claim("a", "beer", origin="another round")
    again = quick_world.issued("a")
    assert again.supersedes == decision.id
    assert effective(quick_world, again)
    assert flaws(quick_world) == []


def test_after_an_outage_everything_happens_in_order_and_each_once(quick_world: World) -> None:
    world = quick_world
    first = filed(world, excluded(world, "a"))
    world.clock.nanos += DAY
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


def test_where_no_such_measure_is_in_force_any_more_there_is_nothing_to_lift(quick_world: World) -> None:
    for number, consequence in enumerate((Consequence.SUSPEND_MEASURE, Consequence.REINSTATE)):
        settled(quick_world, only(ClockKind.DECIDE, consequence))
        decision = excluded(quick_world, f"ad-{number}")
        milder = {RuleId("beer"): Milder(MeasureKind.SUSPEND, 30)}
        proposal = replace(EXCLUDING, instead=milder, why_departing="It was one glass.")
        newer = quick_world.issued(f"ad-{number}", proposal)
        appeal = filed(quick_world, decision)
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
    assert [entry.subject for entry in entries(quick_world, RAN_OUT)] == [f"{appeal.id}-acknowledge"]


def test_what_is_decided_when_it_is_due_is_too_late_with_a_sweep_and_without(quick_world: World) -> None:
    """The appeal has succeeded at the instant that was told, whoever was quicker."""
    world = quick_world
    for number, is_swept in enumerate((False, True)):
        decision = excluded(world, f"ad-{number}")
        appeal = filed(world, decision)
        row = upholding(world, appeal)
        due(world, clock_of(world, appeal.id, ClockKind.DECIDE))
        if is_swept:
            tick(world.house)
        with pytest.raises(RefusedError) as raised:
            decisions.issue(world.house, world.who("judge"), row.id)
        assert codes(raised.value) == ["appeal-over"]
        assert [item.id for item in tick(world.house)] == []
        assert appeal_of(world, appeal.id).state is AppealState.GRANTED
        assert state_of(world, decision.id) is DecisionState.LAPSED
        assert clock_of(world, appeal.id, ClockKind.DECIDE).state is ClockState.RAN_OUT
    assert flaws(world) == []


def test_what_is_decided_just_before_it_is_due_is_in_time(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    row = upholding(quick_world, appeal)
    due(quick_world, clock_of(quick_world, appeal.id, ClockKind.DECIDE), -5)
    decisions.issue(quick_world.house, quick_world.who("judge"), row.id)
    assert appeal_of(quick_world, appeal.id).state is AppealState.DECIDED
    assert clock_of(quick_world, appeal.id, ClockKind.DECIDE).state is ClockState.STOPPED
    assert flaws(quick_world) == []


def test_an_act_that_comes_too_late_does_not_cancel_what_follows(quick_world: World) -> None:
    """Before any sweep: what is due runs out first, with its consequence, whether or not the act is then refused."""
    world = quick_world
    settled(world, only(ClockKind.ANSWER, Consequence.SUSPEND_MEASURE))
    decision = excluded(world)
    appeals, reviewer = world.who(Role.APPEALS), world.who(Role.REVIEWER)
    acts: tuple[Callable[[str], object], ...] = (
        lambda of: withdraw(world.house, world.who(Role.MEMBER), of, ""),
        lambda of: answer_reasons(
            world.house, reviewer, of, "On that round there was beer in the picture of it."
        ),
        lambda of: assign(world.house, appeals, of, reviewer.person, "yours"),
        lambda of: acknowledge(world.house, appeals, of, "Somebody looks at it."),
    )
    for number, late in enumerate(acts, 1):
        appeal = filed(world, decision, AppealKind.REASONS)
        due(world, clock_of(world, appeal.id, ClockKind.ANSWER), 60)
        late(appeal.id)
        assert clock_of(world, appeal.id, ClockKind.ANSWER).state is ClockState.RAN_OUT
        assert len(entries(world, RAN_OUT)) == number
        with world.house.records.reading() as records:
            (measure,) = records.find(MEASURES, decision=decision.id)
        assert measure.pauses[-1].by == f"{appeal.id}-answer"
        if appeal_of(world, appeal.id).state in {AppealState.FILED, AppealState.ACKNOWLEDGED}:
            assert not effective(world, decision)
            withdraw(world.house, world.who(Role.MEMBER), appeal.id, "")
    assert flaws(world) == []


def test_what_is_extended_after_its_time_has_run_out(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    assigned(quick_world, appeal)
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    due(quick_world, clock, 60)
    later = Instant(clock.due_at.nanos + DAY)
    with pytest.raises(RefusedError) as raised:
        extend(quick_world.house, quick_world.who(Role.LEGAL), clock.id, later, "an expert is heard")
    assert codes(raised.value) == ["clock-over"]
    assert appeal_of(quick_world, appeal.id).state is AppealState.GRANTED, "although the act was refused"


def test_a_clock_that_is_due_is_not_stopped(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    due(quick_world, clock_of(quick_world, appeal.id, ClockKind.DECIDE))
    with pytest.raises(BugError), quick_world.house.records.writing() as records:
        Following(records, quick_world.clock()).stop(appeal.id)


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
            ended = (issued.result(), appeal_of(world, appeal.id).state)
        assert ended == ("appeal-over", AppealState.GRANTED)
        assert swept.result() in {(), (f"{appeal.id}-decide",)}
        assert [item.subject for item in entries(world, "appeal:granted")].count(appeal.id) == 1
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

    monkeypatch.setattr(running_out, "write_by_institution", cut)
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
    assigned(quick_world, appeal)
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
    assigned(quick_world, appeal)
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


def test_closed_days_that_are_settled_later_give_no_more_time(quick_world: World) -> None:
    settled(quick_world, [ClockTerm(ClockKind.DECIDE, Term(10, Unit.BUSINESS_DAYS), Consequence.REINSTATE)])
    appeal = filed(quick_world, excluded(quick_world))
    assigned(quick_world, appeal)
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    with quick_world.house.records.reading() as records:
        latest = latest_for(records, clock)
    first = Calendar().day(clock.started_at)
    closed = tuple((first + dt.timedelta(days=days)).isoformat() for days in range(60))
    procedure = ProcedureSettled(closed=closed)
    settle_procedure(quick_world.house, quick_world.who(Role.ADMINISTRATOR), procedure, reason="a feast")
    with quick_world.house.records.reading() as records:
        assert latest_for(records, clock) == latest
        assert latest_for(records, replace(clock, latest_at=None)) > latest, "of a clock that is older"
    legal = quick_world.who(Role.LEGAL)
    with pytest.raises(RefusedError) as raised:
        extend(quick_world.house, legal, clock.id, Instant(latest.nanos + DAY), "a feast")
    assert codes(raised.value) == ["too-late"]
    extend(quick_world.house, legal, clock.id, latest, "a feast")
    assert flaws(quick_world) == []


def test_closed_days_are_bounded(quick_world: World) -> None:
    days = tuple((dt.date(2027, 1, 1) + dt.timedelta(days=number)).isoformat() for number in range(401))
    administrator = quick_world.who(Role.ADMINISTRATOR)
    settle_procedure(quick_world.house, administrator, ProcedureSettled(closed=days[:400]), reason="at most")
    for closed in (days, ("1969-12-31",), ("2201-01-01",), ("9999-12-31",)):
        with pytest.raises(RefusedError) as raised:
            settle_procedure(quick_world.house, administrator, ProcedureSettled(closed=closed), reason="why")
        assert codes(raised.value) == ["bad-value"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_more_time_is_whole_days_of_the_institution(quick_world: World, zone: str) -> None:
    settled(quick_world, zone=zone)
    appeal = filed(quick_world, excluded(quick_world))
    assigned(quick_world, appeal)
    clock, calendar = clock_of(quick_world, appeal.id, ClockKind.DECIDE), Calendar(zone=zone)
    legal = quick_world.who(Role.LEGAL)
    for days, nanos in enumerate((1, 5 * 3_600 * NANOS, DAY), 1):
        clock = extend(
            quick_world.house, legal, clock.id, Instant(clock.due_at.nanos + nanos), "an expert is heard"
        )
        told = calendar.day(clock_of(quick_world, appeal.id, ClockKind.DECIDE).started_at)
        assert clock.due_at == calendar.begins(told + dt.timedelta(days=14 + days + 1))
    assert flaws(quick_world) == []


def test_more_time_is_a_day_at_least_also_after_another_zone_was_settled(quick_world: World) -> None:
    settled(quick_world, zone="Pacific/Auckland")
    appeal = filed(quick_world, excluded(quick_world))
    assigned(quick_world, appeal)
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    settled(quick_world)
    later = extend(
        quick_world.house, quick_world.who(Role.LEGAL), clock.id, Instant(clock.due_at.nanos + 1), "why"
    )
    assert later.due_at.nanos - clock.due_at.nanos >= DAY
    assert later.due_at.nanos % DAY == 0


def test_who_gave_time_does_not_take_the_appeal_and_nobody_gives_it_to_one_that_nobody_has(
    quick_world: World,
) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    clerk, giving = quick_world.who(Role.APPEALS), quick_world.join("giving", Role.APPEALS)
    clock = clock_of(quick_world, appeal.id, ClockKind.DECIDE)
    later = Instant(clock.due_at.nanos + DAY)
    with pytest.raises(RefusedError) as raised:
        extend(quick_world.house, giving, clock.id, later, "an expert is heard")
    assert codes(raised.value) == ["not-assigned"]
    assigned(quick_world, appeal)
    assert giving.person in {row.id for row in assignable(quick_world.house, clerk, appeal.id)}
    extend(quick_world.house, giving, clock.id, later, "an expert is heard")
    assert giving.person not in {row.id for row in assignable(quick_world.house, clerk, appeal.id)}
    with pytest.raises(RefusedError) as raised:
        assign(quick_world.house, clerk, appeal.id, giving.person, "mine now")
    assert codes(raised.value) == ["unknown-person"]


def test_who_took_part_has_no_hand_in_the_appeal(quick_world: World) -> None:
    """Neither more time, nor whose it is, nor what rests, nor the proposal of those who took none."""
    world = quick_world
    judge = world.join("judge", Role.APPEALS)
    part = world.join("part", Role.REVIEWER, Role.APPEALS, Role.LEGAL)
    world.ad("a", ACME, beer=True)
    row = decisions.propose(world.house, part, world.matter().id, "a", EXCLUDING)
    decisions.confirm(world.house, world.who(Role.SECOND_REVIEWER), row.id, row.digest, "agreed")
    decision = decisions.issue(world.house, world.who(Role.REVIEWER), row.id)
    appeal = filed(world, decision)
    house, clerk = world.house, world.who(Role.APPEALS)
    clock = clock_of(world, appeal.id, ClockKind.DECIDE)

    def refused(act: Callable[[], object]) -> None:
        with pytest.raises(RefusedError) as raised:
            act()
        assert codes(raised.value) == ["took-part"]

    refused(lambda: acknowledge(house, part, appeal.id, "Somebody looks at it."))
    refused(lambda: assign(house, part, appeal.id, judge.person, "yours"))
    assign(house, clerk, appeal.id, judge.person, "yours")
    refused(lambda: extend(house, part, clock.id, Instant(clock.due_at.nanos + DAY), "why"))
    refused(lambda: pause(house, part, appeal.id, "why"))
    pause(house, clerk, appeal.id, "it is not clear")
    refused(lambda: resume(house, part, appeal.id, "why"))
    replies = {point.id: "The licence is of another town." for point in appeal.points}
    waiting_one = decisions.propose(
        house, judge, appeal.matter, "a", replace(EXCLUDING, appeal=appeal.id, replies=replies)
    )
    refused(lambda: decisions.give_back(house, part, waiting_one.id, "not so"))
    assert decisions.give_back(house, judge, waiting_one.id, "not yet").state is DecisionState.RETURNED
    asked = filed(world, decision, AppealKind.REASONS)
    acknowledge(house, part, asked.id, "It is answered by who decided.")
    assert flaws(world) == []


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
