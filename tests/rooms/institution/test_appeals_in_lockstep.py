"""Any order of acts, jumps in time and outages: appeals and clocks do what a model in dictionaries says."""

import datetime as dt
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ALLOWED, ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.errors import AdjudgeError
from adjudge.institution.binding.measures import has_effect
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing import filing, handling, relief, talking
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.register.mending import mend_register
from adjudge.institution.ticking.tick import tick
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, DecisionRow
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, MEASURES, MESSAGES, NOTICES
from tests.databases import DATABASES
from tests.rooms.institution.appeal_model import OK, OPEN, REFUSED, Decision, Model
from tests.rooms.institution.conftest import FreshWorld
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.queue_rows import queue_of
from tests.rooms.institution.world import EXCLUDING, World

ADS = ("a", "b")
JUDGES = ("judge-0", "judge-1", "judge-2")
SECONDS = ("second-0", "second-1", "second-2")
SEASONS = ("2026-12-22", "2027-03-24", "2027-05-04", "2027-10-27", "2028-02-27")
"""Before year-end, both changes of the clocks, the holidays of May, and a leap day."""
WHILE_ACTING = 60 * NANOS
"""Longer than any act takes, by the clock of the test."""
BINDING = (ClockKind.ACKNOWLEDGE, ClockKind.ANSWER, ClockKind.DECIDE)
QUICK = settings(
    max_examples=15, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
WHOLE = settings(QUICK, max_examples=60, stateful_step_count=80)
OFTEN = (
    *("file",) * 6,
    *("decide",) * 4,
    *("to_the_point",) * 4,
    *("pause", "resume", "assign", "withdraw", "answer") * 2,
    *("acknowledge", "write", "reissue", "wait", "outage", "tick"),
)
"""What is done, as often as it stands here."""
_RARELY: st.SearchStrategy[bool] = st.sampled_from((False, False, False, False, True))
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def when(instant: Instant) -> dt.datetime:
    return EPOCH + dt.timedelta(microseconds=instant.nanos // 1_000)


def nanos(at: dt.datetime) -> int:
    return (at - EPOCH) // dt.timedelta(seconds=1) * NANOS


class Hearing(RuleBasedStateMachine):
    """The two beside each other."""

    def __init__(self, fresh_world: FreshWorld, kind: str) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.world: World = self.stack.enter_context(fresh_world(kind))
        for name in JUDGES:
            self.world.join(name, Role.APPEALS)
        for name in SECONDS:
            self.world.join(name, Role.SECOND_REVIEWER)
        self.number = 0
        self.model = Model({}, relief=False)

    def teardown(self) -> None:
        try:
            found = check_log(self.world.house, self.world.who(Role.AUDITOR), SIGNER.verifier)
            assert not found.findings
        finally:
            self.stack.close()

    @initialize(
        season=st.sampled_from(SEASONS),
        terms=st.fixed_dictionaries(
            {
                kind: st.tuples(
                    st.integers(1, 12),
                    st.sampled_from(Unit),
                    st.sampled_from([Consequence.SUSPEND_MEASURE, *sorted(ALLOWED[kind])]),
                )
                for kind in BINDING
            }
        ),
        rests=st.booleans(),
    )
    def found(
        self, *, season: str, terms: dict[ClockKind, tuple[int, Unit, Consequence]], rests: bool
    ) -> None:
        self.world.clock.set(f"{season}T12:00:00Z")
        clocks = tuple(
            ClockTerm(kind, Term(count, unit), consequence)
            for kind, (count, unit, consequence) in terms.items()
        )
        procedure = ProcedureSettled(
            country="FR", zone="Europe/Paris", clocks=clocks, relief=("exclude",) if rests else ()
        )
        settle_procedure(self.world.house, self.world.who(Role.ADMINISTRATOR), procedure, reason="to try it")
        told = {str(kind): (count, str(unit), str(what)) for kind, (count, unit, what) in terms.items()}
        self.model = Model(told, relief=rests)
        for ad in ADS:
            self.world.ad(ad, beer=True)
            self._reissued(ad)

    def _person(self, name: str) -> str:
        return str(self.world.who(name).person)

    def _reissued(self, ad: str) -> None:
        row = self.world.issued(ad)
        people = frozenset(self._person(name) for name in ("proposer", "second_reviewer", "reviewer"))
        self.model.supersede(row.id, ad, people, measure=True)
        self.model.tell("decision")

    def _same(self, expected: str, act: Callable[[], object]) -> bool:
        """The act ends as the model says; whether it was done."""
        found, said = OK, ""
        try:
            act()
        except AdjudgeError as error:
            found, said = type(error).__name__, error.diagnostics()
        assert found == expected, said
        return found == OK

    def _one(self, data: st.DataObject) -> str:
        """An appeal: mostly one that is open."""
        waiting = [name for name, item in self.model.appeals.items() if item.state in OPEN]
        among = waiting if waiting and not data.draw(_RARELY) else [*self.model.appeals]
        return data.draw(st.sampled_from(sorted(among)))

    # --- acts ---

    @rule(data=st.data(), what=st.sampled_from(OFTEN))
    def step(self, data: st.DataObject, what: str) -> None:
        """One act or one jump in time. In a single rule, since rules of their own would be left out by turns."""
        if self.model.appeals or what in {"file", "reissue", "wait"}:
            if what not in {"wait", "outage", "to_the_point", "tick"}:
                self._late()
            getattr(self, what)(data)

    def _late(self) -> None:
        """Before an act, without any sweep: what is due has run out, and nothing falls due while it is done."""
        due = [nanos(at) for at in self._running() if nanos(at) > self.world.clock.nanos]
        if due and min(due) <= self.world.clock.nanos + WHILE_ACTING:
            self.world.clock.nanos = min(due)
        self.model.tick(when(Instant(self.world.clock.nanos + NANOS)))

    def _running(self) -> list[dt.datetime]:
        return [
            clock.due
            for item in self.model.appeals.values()
            for clock in item.clocks.values()
            if clock.state == "running"
        ]

    def file(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(AppealKind))
        standing = [name for name, item in self.model.decisions.items() if item.state == "issued"]
        among = standing if standing and not data.draw(_RARELY) else [*self.model.decisions]
        decision = data.draw(st.sampled_from(sorted(among)))
        expected = self.model.may_file(decision, kind.value)
        made = []
        late = kind is AppealKind.APPEAL and self.model.late(
            decision, when(Instant(self.world.clock.nanos + NANOS))
        )
        if late is None:
            tick(self.world.house)
            return
        if late and expected == OK:
            expected = REFUSED

        def act() -> None:
            member = self.world.who(Role.MEMBER)
            made.append(filing.file_appeal(self.world.house, member, decision, ["One.\n\nTwo."], kind=kind))

        if not self._same(expected, act):
            return
        self.model.file(made[0].id, decision, kind.value, when(made[0].filed_at))

    def acknowledge(self, data: st.DataObject) -> None:
        name = self._one(data)
        state = self.model.appeals[name].state
        clerk = self.world.who(Role.APPEALS)
        expected = OK if state == "filed" else REFUSED
        if self._same(expected, lambda: handling.acknowledge(self.world.house, clerk, name, "Read by Ann.")):
            self.model.acknowledge(name)

    def assign(self, data: st.DataObject) -> None:
        name = self._one(data)
        took = self.model.took_part(self.model.appeals[name].decision)
        unfit = [judge for judge in JUDGES if self._person(judge) in took]
        who = data.draw(st.sampled_from(unfit or (*JUDGES, "reviewer", "legal")))
        person, clerk = self._person(who), self.world.who(Role.APPEALS)
        kind = self.model.appeals[name].kind
        able = who in JUDGES or (kind == "reasons" and who == "reviewer")
        expected = self.model.may_assign(name, person, for_appeals=able)
        if self._same(expected, lambda: handling.assign(self.world.house, clerk, name, person, "your turn")):
            self.model.appeals[name].assignee = person

    def write(self, data: st.DataObject) -> None:
        side = data.draw(st.sampled_from(("member", "appeals")))
        name = self._one(data)
        expected = OK if self.model.appeals[name].state in OPEN else REFUSED
        if self._same(
            expected, lambda: talking.write(self.world.house, self.world.who(side), name, "A word.")
        ):
            self.model.appeals[name].messages += 1
            if side == "appeals":
                self.model.tell("message")

    def withdraw(self, data: st.DataObject) -> None:
        name = self._one(data)
        expected = OK if self.model.appeals[name].state in OPEN else REFUSED
        member = self.world.who(Role.MEMBER)
        if self._same(expected, lambda: filing.withdraw(self.world.house, member, name, "")):
            self.model.end(name, "withdrawn")

    def answer(self, data: st.DataObject) -> None:
        name = self._one(data)
        item = self.model.appeals[name]
        expected = OK if item.state in OPEN and item.kind == "reasons" else REFUSED
        self.number += 1
        text = f"What was seen on the round of that day is the {self.number}th glass of beer in the picture."
        clerk = self.world.who("reviewer")
        if self._same(expected, lambda: handling.answer_reasons(self.world.house, clerk, name, text)):
            self.model.end(name, "answered")
            self.model.tell("reasons")

    def pause(self, data: st.DataObject) -> None:
        name = self._one(data)
        clerk = self.world.who(Role.APPEALS)
        if self._same(
            self.model.may_pause(name), lambda: relief.pause(self.world.house, clerk, name, "It looks good.")
        ):
            self.model.appeals[name].relief = True
            self.model.handed_over(self.model.appeals[name].decision)
            self.model.tell("paused")

    def resume(self, data: st.DataObject) -> None:
        name = self._one(data)
        clerk = self.world.who(Role.APPEALS)
        if self._same(
            self.model.may_resume(name),
            lambda: relief.resume(self.world.house, clerk, name, "It was forged."),
        ):
            self.model.resume(name)

    def decide(self, data: st.DataObject) -> None:
        """By whom it is assigned to and a second person, neither of whom took part; or by others, who may not."""
        upheld = data.draw(st.booleans())
        name = self._one(data)
        item = self.model.appeals[name]
        decision = self.model.decisions[item.decision]
        took = self.model.took_part(item.decision)
        judges = [judge for judge in JUDGES if self._person(judge) not in took]
        seconds = [second for second in SECONDS if self._person(second) not in took]
        if item.kind != "appeal" or not judges or not seconds:
            tick(self.world.house)
            return
        if item.state in OPEN and not data.draw(_RARELY):
            item.assignee = self._person(judges[0])
            clerk = self.world.who(Role.APPEALS)
            handling.assign(self.world.house, clerk, name, item.assignee, "took no part")
        assigned = [judge for judge in judges if self._person(judge) == item.assignee]
        beside = self.model.passed_over(decision.ad, name)
        beside |= upheld and self.model.undone(decision.ad)
        expected = OK if item.state in OPEN and assigned and not beside else REFUSED
        judge, second = (assigned or judges)[0], seconds[0]
        made: list[DecisionRow] = []

        def act() -> None:
            made.append(self._decided(name, decision, (judge, second), upheld=upheld))

        if not self._same(expected, act):
            return
        row = made[0]
        people = {judge, *(second for _ in row.signatures)}
        taken = frozenset(self._person(who) for who in people)
        self.model.supersede(row.id, decision.ad, taken, measure=upheld, on_appeal=True)
        self.model.end(name, "decided")
        self.model.tell("outcome")

    def _decided(
        self, name: str, decision: Decision, people: tuple[str, str], *, upheld: bool
    ) -> DecisionRow:
        house, (judge, second) = self.world.house, (self.world.who(who) for who in people)
        replies = {"p1": "It is not so.", "p2": "Nor this."}
        proposal = replace(EXCLUDING, appeal=name, replies=replies)
        if not upheld:
            proposal = replace(proposal, instead={RuleId("beer"): None}, why_departing="It was one glass.")
        with house.records.reading() as records:
            appeal = records.get(APPEALS, name)
        assert appeal is not None
        row = decisions.propose(house, judge, appeal.matter, decision.ad, proposal)
        if decisions.open_needs(house, judge, row.id):
            decisions.confirm(house, second, row.id, row.digest, "read and agreed")
        return decisions.issue(house, judge, row.id)

    def reissue(self, data: st.DataObject) -> None:
        """A new decision that is on no appeal: not while one is open, which would be passed over."""
        ad = data.draw(st.sampled_from(ADS))
        if self.model.passed_over(ad) or self.model.undone(ad):
            self._same(REFUSED, lambda: self.world.issued(ad))
        else:
            self._reissued(ad)

    # --- time ---

    def wait(self, data: st.DataObject) -> None:
        hours = data.draw(st.integers(1, 80))
        self.world.clock.nanos += hours * 3_600 * NANOS

    def outage(self, data: st.DataObject) -> None:
        """Nobody and nothing looks at any clock for weeks."""
        days = data.draw(st.integers(20, 100))
        self.world.clock.nanos += days * 86_400 * NANOS

    def to_the_point(self, data: st.DataObject) -> None:
        """To the next clock that is due, or just before it."""
        seconds = data.draw(st.sampled_from((-2, -1, 0, 0)))
        later = [
            nanos(at) for at in self._running() if nanos(at) + (seconds - 1) * NANOS > self.world.clock.nanos
        ]
        if not later:
            return
        self.world.clock.nanos = min(later) + (seconds - 1) * NANOS
        self.tick(data)

    def tick(self, _: object) -> None:
        at = when(Instant(self.world.clock.nanos + NANOS))
        found = tick(self.world.house)
        assert [(row.of, row.kind) for row in found] == self.model.tick(at)

    # --- what must be so ---

    @invariant()
    def the_queue_is_what_follows(self) -> None:
        waits = any(item.state in OPEN for item in self.model.appeals.values())
        assert mend_register(self.world.house.records) == 0
        for row in queue_of(self.world.house).values():
            assert row.live
            assert waits or not row.on_appeals

    @invariant()
    def rows_are_as_the_model(self) -> None:
        model, at = self.model, self.world.clock.last
        with self.world.house.records.reading() as records:
            appeals = {row.id: (row.kind, row.state, row.assignee) for row in records.find(APPEALS)}
            assert appeals == {
                name: (item.kind, item.state, item.assignee) for name, item in model.appeals.items()
            }
            clocks = {row.id: (row.state, when(row.due_at)) for row in records.find(CLOCKS)}
            assert clocks == {
                f"{name}-{clock.kind}": (clock.state, clock.due)
                for name, item in model.appeals.items()
                for clock in item.clocks.values()
            }
            states = {row.id: row.state for row in records.find(DECISIONS) if row.state != "proposed"}
            assert states == {name: item.state for name, item in model.decisions.items()}
            for name in model.decisions:
                rows = records.find(MEASURES, decision=name)
                assert any(has_effect(row, at) for row in rows) is model.effective(name), name

    @invariant()
    def everything_is_told(self) -> None:
        with self.world.house.records.reading() as records:
            told: dict[str, int] = {}
            for row in records.find(NOTICES):
                told[row.purpose] = told.get(row.purpose, 0) + 1
            for name, item in self.model.appeals.items():
                assert records.count(MESSAGES, appeal=name) == item.messages
        assert told == self.model.told

    @invariant()
    def whoever_waits_has_a_clock(self) -> None:
        for item in self.model.appeals.values():
            if item.state in OPEN:
                owed = {"acknowledge"} if item.state == "filed" else set()
                owed |= {"decide" if item.kind == "appeal" else "answer"}
                assert all(item.clocks[kind].state in {"running", "ran_out"} for kind in owed)


def _tried(fresh_world: FreshWorld, kind: str, size: settings) -> None:
    factory: Any = lambda: Hearing(fresh_world, kind)  # noqa: E731 - it is asked for a class, and calls it
    run_state_machine_as_test(factory, settings=size)


def test_any_order_of_acts_and_any_time_does_what_the_model_says(fresh_world: FreshWorld) -> None:
    _tried(fresh_world, "memory", QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("kind", DATABASES)
def test_any_long_order_does_what_the_model_says(kind: str, fresh_world: FreshWorld) -> None:
    _tried(fresh_world, kind, WHOLE)
