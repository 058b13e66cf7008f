"""What silence or an appeal has undone stays undone, and what rests goes on resting, whoever decides anew."""

from dataclasses import replace

import pytest

from adjudge.appeals.outcome import outcome_of
from adjudge.basis.ids import RuleId
from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ClockKind, Consequence, Term
from adjudge.errors import RefusedError
from adjudge.institution.binding.procedure import ProcedureSettled, clock_term, settle_procedure
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing import relief, settlement
from adjudge.institution.hearing.filing import withdraw
from adjudge.institution.hearing.handling import acknowledge, answer_reasons, assign
from adjudge.institution.material.claims import discount
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.record.replay import replay
from adjudge.institution.ticking.tick import tick
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    ClockRow,
    DecisionRow,
    DecisionState,
    MeasureRow,
    Outcome,
    ProcedureRow,
    Purpose,
)
from adjudge.records.shelf import DECISIONS, MEASURES
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
    somebody,
    upheld,
)
from tests.rooms.institution.world import ACME, EXCLUDING, PLAIN, World, codes

DAY = 86_400 * NANOS
LEFT_OUT = replace(EXCLUDING, instead={RuleId("beer"): None}, why_departing="It was one glass.")
ANSWER = "The licence that was sent is one for another town, and does not cover this one."


def run_out(world: World, of: AppealRow | str, kind: ClockKind) -> ClockRow:
    """Let a clock run out at its instant."""
    name = of if isinstance(of, str) else of.id
    due(world, clock_of(world, name, kind))
    tick(world.house)
    return clock_of(world, name, kind)


def lapsed(world: World) -> DecisionRow:
    """A decision whose appeal succeeded by silence."""
    settled(world, only(ClockKind.DECIDE, Consequence.REINSTATE))
    decision = excluded(world)
    run_out(world, filed(world, decision), ClockKind.DECIDE)
    return kept(world, decision)


def decided_on(world: World, appeal: AppealRow, proposal: Proposal) -> DecisionRow:
    """A decision on an appeal by people who took no part."""
    judge, second = somebody(world, "judge", Role.APPEALS), somebody(world, "other", Role.SECOND_REVIEWER)
    assign(world.house, world.who(Role.APPEALS), appeal.id, judge.person, "took no part")
    replies = {point.id: "It is as you say." for point in appeal.points}
    row = decisions.propose(
        world.house, judge, appeal.matter, "a", replace(proposal, appeal=appeal.id, replies=replies)
    )
    for _ in decisions.open_needs(world.house, judge, row.id):
        decisions.confirm(world.house, second, row.id, row.digest, "read and agreed")
    return decisions.issue(world.house, judge, row.id)


def kept(world: World, decision: DecisionRow) -> DecisionRow:
    with world.house.records.reading() as records:
        found = records.get(DECISIONS, decision.id)
    assert found is not None
    return found


def measures(world: World, decision: DecisionRow) -> tuple[MeasureRow, ...]:
    with world.house.records.reading() as records:
        return tuple(records.find(MEASURES, decision=decision.id))


def refused_again(world: World, proposal: Proposal = EXCLUDING) -> list[str]:
    with pytest.raises(RefusedError) as raised:
        world.proposed("a", proposal)
    return codes(raised.value)


def texts(world: World, purpose: Purpose) -> list[str]:
    """Notices of a purpose as they are sent, with single spaces."""
    make_owed(world.house)
    rows = owed(world, purpose)
    found = (world.house.blobs.get(row.forms["text/plain"]) or b"" for row in rows)
    return [" ".join(text.decode().split()) for text in found]


def assert_it_holds(world: World, *rows: DecisionRow) -> None:
    """Rows are as the log says, and decisions can be made again from it."""
    auditor = world.who(Role.AUDITOR)
    assert check_log(world.house, auditor, SIGNER.verifier).findings == ()
    assert all(replay(world.house, auditor, row.id).same for row in rows)


# --- what was undone ---


def test_what_lapsed_by_silence_is_not_imposed_again_on_the_same_grounds(quick_world: World) -> None:
    lapsed(quick_world)
    assert refused_again(quick_world) == ["undone"]


def test_a_claim_that_is_weighed_anew_is_no_new_one(quick_world: World) -> None:
    decision = lapsed(quick_world)
    reviewer, (claim,) = quick_world.who(Role.REVIEWER), decision.grounds
    discount(quick_world.house, reviewer, claim, 3, "seen from afar")
    assert refused_again(quick_world) == ["undone"]


def test_with_a_new_claim_it_is_decided_anew_and_the_chain_is_whole(quick_world: World) -> None:
    decision = lapsed(quick_world)
    quick_world.claim("a", "beer", origin="another round")
    again = quick_world.issued("a")
    assert (again.supersedes, kept(quick_world, decision).state) == (decision.id, DecisionState.LAPSED)
    assert effective(quick_world, again)
    assert_it_holds(quick_world, decision, again)


def test_what_an_appeal_reversed_is_not_imposed_again_even_after_a_decision_in_between(
    quick_world: World,
) -> None:
    decision = excluded(quick_world)
    result = decided_on(quick_world, filed(quick_world, decision), LEFT_OUT)
    assert refused_again(quick_world) == ["undone"]
    between = quick_world.issued("a", LEFT_OUT)
    assert refused_again(quick_world) == ["undone"]
    quick_world.claim("a", "beer", origin="another round")
    again = quick_world.issued("a")
    assert effective(quick_world, again)
    assert_it_holds(quick_world, result, between, again)


def test_what_people_knew_when_they_reversed_it_is_not_new(quick_world: World) -> None:
    appeal = filed(quick_world, excluded(quick_world))
    quick_world.claim("a", "beer", origin="another round")
    decided_on(quick_world, appeal, LEFT_OUT)
    assert refused_again(quick_world) == ["undone"]


def test_an_upheld_decision_can_be_made_again(quick_world: World) -> None:
    upheld(quick_world, filed(quick_world, excluded(quick_world)))
    assert effective(quick_world, quick_world.issued("a"))


def test_automation_does_not_impose_again_what_was_undone_whatever_is_new(quick_world: World) -> None:
    settled(quick_world, only(ClockKind.DECIDE, Consequence.REINSTATE))
    quick_world.ad("a", ACME, loud=True)
    matter, service = quick_world.matter(), quick_world.who("service")
    decision = decisions.automate(quick_world.house, service, matter.id, "a")
    run_out(quick_world, filed(quick_world, decision), ClockKind.DECIDE)
    quick_world.claim("a", "loud", origin="another round")
    with pytest.raises(RefusedError) as raised:
        decisions.automate(quick_world.house, service, matter.id, "a")
    assert codes(raised.value) == ["undone"]
    assert quick_world.issued("a", PLAIN).supersedes == decision.id


# --- what rests ---


def test_a_measure_that_rests_since_nobody_answered_rests_in_the_next_decision_too(world: World) -> None:
    settled(world, only(ClockKind.ANSWER, Consequence.SUSPEND_MEASURE))
    decision = excluded(world)
    asked = filed(world, decision, AppealKind.REASONS)
    clock = run_out(world, asked, ClockKind.ANSWER)
    again = world.issued("a")
    third = world.issued("a")
    assert [pause.by for row in measures(world, third) for pause in row.pauses] == [clock.id]
    assert not effective(world, third)
    assert "These rest, as those rested in whose place they are" in texts(world, Purpose.DECISION)[-1]
    answer_reasons(world.house, world.who(Role.REVIEWER), asked.id, ANSWER)
    assert effective(world, third)
    assert_it_holds(world, decision, again, third)


def test_an_appeal_that_is_decided_does_not_end_a_rest_by_a_request(quick_world: World) -> None:
    settled(quick_world, only(ClockKind.ANSWER, Consequence.SUSPEND_MEASURE))
    decision = excluded(quick_world)
    asked, appeal = filed(quick_world, decision, AppealKind.REASONS), filed(quick_world, decision)
    run_out(quick_world, asked, ClockKind.ANSWER)
    result = upheld(quick_world, appeal)
    assert not effective(quick_world, result)
    assert "These rest, as those rested in whose place they are" in texts(quick_world, Purpose.OUTCOME)[-1]
    withdraw(quick_world.house, quick_world.who("member"), asked.id, "it is clear now")
    assert effective(quick_world, result)
    assert_it_holds(quick_world, result)


def test_an_appeal_that_is_decided_ends_the_rest_by_itself(quick_world: World) -> None:
    settle_procedure(
        quick_world.house, quick_world.who("administrator"), ProcedureSettled(relief=["exclude"]), reason="r"
    )
    appeal = filed(quick_world, excluded(quick_world))
    result = upheld(quick_world, appeal)
    assert effective(quick_world, result)
    assert "These rest" not in texts(quick_world, Purpose.OUTCOME)[-1]
    assert_it_holds(quick_world, result)


def test_a_rest_by_a_persons_word_goes_on_and_is_taken_back_by_its_own_rules(quick_world: World) -> None:
    asked = filed(quick_world, excluded(quick_world), AppealKind.REASONS)
    clerk = somebody(quick_world, "judge", Role.APPEALS)
    relief.pause(quick_world.house, clerk, asked.id, "it is not clear yet")
    again = quick_world.issued("a")
    assert not effective(quick_world, again)
    relief.resume(quick_world.house, clerk, asked.id, "it is clear now")
    assert effective(quick_world, again)
    assert_it_holds(quick_world, again)


def test_a_rest_since_an_outcome_was_not_carried_out_goes_on_until_it_is_answered(quick_world: World) -> None:
    world = quick_world
    settled(world, only(ClockKind.CARRY_OUT, Consequence.SUSPEND_MEASURE))
    decision, clerk = excluded(world), world.who(Role.APPEALS)
    dispute = settlement.refer(world.house, world.who("member"), decision.id, "A body", "1", "to settle it")
    settlement.record_outcome(world.house, clerk, dispute.id, "for_advertiser", "Lift it.")
    run_out(world, dispute.id, ClockKind.CARRY_OUT)
    again = world.issued("a")
    assert not effective(world, again)
    settlement.not_follow(world.house, clerk, dispute.id, "The licence is of another town.")
    assert effective(world, again)
    assert_it_holds(world, again)


# --- appeals against what was superseded ---


def test_silence_on_an_appeal_reaches_the_same_measure_of_the_decision_in_force(world: World) -> None:
    settled(world, only(ClockKind.DECIDE, Consequence.REINSTATE))
    decision = excluded(world)
    again = world.issued("a")
    appeal = filed(world, decision)
    assert "the measures of the decision are lifted by themselves" in texts(world, Purpose.RECEIVED)[-1]
    run_out(world, appeal, ClockKind.DECIDE)
    assert appeal_of(world, appeal.id).state is AppealState.GRANTED
    assert [kept(world, row).state for row in (decision, again)] == ["superseded", "lapsed"]
    assert all(row.lifted_at is not None for row in measures(world, again))
    assert f"the decision `{again.id}` are lifted" in texts(world, Purpose.RAN_OUT)[-1]
    assert refused_again(world) == ["undone"]
    assert_it_holds(world, decision, again)


def test_of_the_decision_in_force_only_the_same_measure_is_lifted(quick_world: World) -> None:
    world = quick_world
    settled(world, only(ClockKind.DECIDE, Consequence.REINSTATE, Term(1)))
    world.ad("a", ACME, lottery=True)
    decision = world.issued("a", PLAIN)
    world.claim("a", "shown", 0)
    again = world.issued("a", PLAIN)
    assert {row.rule for row in measures(world, again)} == {"lottery", "shown"}
    appeal = filed(world, decision)
    run_out(world, appeal, ClockKind.DECIDE)
    lifted = {row.rule for row in measures(world, again) if row.lifted_at is not None}
    assert lifted == {"lottery"}
    assert kept(world, again).state is DecisionState.ISSUED
    assert refused_again(world, PLAIN) == ["undone"]
    assert_it_holds(world, again)


def test_about_a_decision_without_measures_nothing_is_promised_of_measures(quick_world: World) -> None:
    excluded(quick_world)
    none = quick_world.issued("a", LEFT_OUT)
    appeal = filed(quick_world, none)
    filed(quick_world, none, AppealKind.REASONS)
    for text in texts(quick_world, Purpose.RECEIVED):
        assert "the measures of the decision" not in text
        assert "it stays open: silence is no refusal" in text
    run_out(quick_world, appeal, ClockKind.DECIDE)
    assert appeal_of(quick_world, appeal.id).state is AppealState.FILED


def test_an_appeal_against_a_decision_without_measures_can_be_upheld(quick_world: World) -> None:
    excluded(quick_world)
    appeal = filed(quick_world, quick_world.issued("a", LEFT_OUT))
    decided_on(quick_world, appeal, LEFT_OUT)
    assert appeal_of(quick_world, appeal.id).outcome == Outcome.UPHELD
    assert "it imposed nothing, and imposes nothing" in texts(quick_world, Purpose.OUTCOME)[-1]
    assert outcome_of((), ()) is Outcome.UPHELD


# --- clocks and relief as they are declared ---


def test_a_request_for_reasons_cannot_end_in_the_success_of_an_appeal(quick_world: World) -> None:
    with pytest.raises(RefusedError):
        settled(quick_world, only(ClockKind.ANSWER, Consequence.REINSTATE))
    given = {"answer": {"count": "7", "unit": "days", "consequence": "reinstate"}}
    assert clock_term(ProcedureRow(clocks=given), ClockKind.ANSWER).consequence == Consequence.SUSPEND_MEASURE


def test_a_first_answer_that_was_late_does_not_end_the_rest_and_nobody_says_so(quick_world: World) -> None:
    world = quick_world
    settled(world, only(ClockKind.ACKNOWLEDGE, Consequence.SUSPEND_MEASURE, Term(2)))
    decision = excluded(world)
    appeal = filed(world, decision)
    end = "until what you brought before us is decided, answered or withdrawn"
    assert end in texts(world, Purpose.RECEIVED)[-1]
    run_out(world, appeal, ClockKind.ACKNOWLEDGE)
    assert end in texts(world, Purpose.RAN_OUT)[-1]
    acknowledge(world.house, somebody(world, "judge", Role.APPEALS), appeal.id, "We look at the licence.")
    assert not effective(world, decision)
    assert effective(world, upheld(world, appeal))


def test_declared_relief_is_given_once_for_a_decision(quick_world: World) -> None:
    world = quick_world
    relieved = ProcedureSettled(relief=["exclude"])
    settle_procedure(world.house, world.who("administrator"), relieved, reason="to try it")
    decision = excluded(world)
    rests = []
    for _ in range(3):
        appeal = filed(world, decision)
        rests.append(appeal.rests)
        assert effective(world, decision) is not bool(appeal.rests)
        withdraw(world.house, world.who("member"), appeal.id, "")
    assert rests == [("exclude",), (), ()]


def test_there_is_no_declared_relief_while_handling_is_suspended(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = quick_world
    relieved = ProcedureSettled(relief=["exclude"])
    settle_procedure(world.house, world.who("administrator"), relieved, reason="to try it")
    decision, until = excluded(world), Instant(world.clock.nanos + 5 * DAY)
    module = "adjudge.institution.hearing.filing.suspended_until"
    monkeypatch.setattr(module, lambda *_: until)
    assert filed(world, decision).rests == ()
    assert effective(world, decision)
