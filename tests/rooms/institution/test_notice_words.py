"""What notices say in each case that there is, from rows as they may stand; in both languages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from adjudge.appeals.deadline import until
from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ClockKind, Consequence
from adjudge.institution.binding.measures import CURED
from adjudge.institution.binding.procedure import (
    ProcedureSettled,
    calendar_of,
    procedure_row,
    settle_procedure,
)
from adjudge.institution.notifying.making import letter_for
from adjudge.institution.notifying.wording.times import until_in
from adjudge.letters.forms import forms_of
from adjudge.letters.text import text_of
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    ClockRow,
    ClockState,
    DecisionRow,
    DecisionState,
    DisputeRow,
    DisputeState,
    MisuseRow,
    MisuseState,
    NoticeRow,
    NoticeState,
    Pause,
    Point,
    Purpose,
    Row,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, DISPUTES, MEASURES, MISUSES
from adjudge.tongues.tongue import LANGUAGES, tongue_of
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.world import ACME, World

DAY = 86_400 * NANOS
SHELVES: dict[type[Row], Any] = {
    AppealRow: APPEALS,
    ClockRow: CLOCKS,
    DisputeRow: DISPUTES,
    MisuseRow: MISUSES,
    DecisionRow: DECISIONS,
}


def _told(
    world: World, purpose: Purpose, decision: DecisionRow, rows: Sequence[Row] = (), **facts: object
) -> str:
    """The text of a notice in English, once it was made in both languages, on one line."""
    with world.house.records.writing() as records:
        for row in rows:
            records.put(SHELVES[type(row)], row)
    notice = NoticeRow(
        id="N-000099-1",
        purpose=purpose,
        state=NoticeState.OWED,
        advertiser=ACME,
        about="" if purpose is Purpose.MISUSE else decision.id,
        of=rows[0].id if rows else "",
        owed_at=world.clock.last,
        facts=facts,
    )
    texts = []
    for language in LANGUAGES:
        with world.house.records.reading() as records:
            letter = letter_for(records, replace(notice, language=language))
        forms_of(letter)
        texts.append(" ".join(text_of(letter).split()))
    english, french = texts
    assert not [part for part in ("What happened", "The latest", "You can") if part in french]
    return english


@pytest.mark.parametrize(
    ("zone", "decided", "begins", "last"),
    [
        ("Pacific/Auckland", "2026-11-22T20:00:00Z", "23 November 2026 (09:00:", "23 May 2027"),
        ("America/Los_Angeles", "2026-11-23T02:00:00Z", "22 November 2026 (18:00:", "23 May 2027"),
    ],
)
def test_a_letter_tells_days_in_the_zone_of_the_institution_and_names_it(
    quick_world: World, zone: str, decided: str, begins: str, last: str
) -> None:
    """Its last day is not before the one of the statement, which counts by UTC and says so."""
    settle_procedure(
        quick_world.house, quick_world.who(Role.ADMINISTRATOR), ProcedureSettled(zone=zone), reason="there"
    )
    quick_world.clock.set(decided)
    decision = excluded(quick_world)
    text = _told(quick_world, Purpose.DECISION, decision)
    letter, statement = text.split("Statement of reasons", 1)
    day = begins.split(" (", maxsplit=1)[0]
    assert f"On {day} we decided" in letter
    assert f"from {begins}" in letter
    assert f"time of {zone}) until it is lifted" in letter
    assert "Z)" not in letter
    assert f"until the end of {last}, time of {zone}" in letter
    assert f"the rest of this letter counts them by the time of {zone}" in statement
    named = re.search(r"https://example.org/complain until (\d+ \w+ \d+)\.", statement)
    assert named is not None
    assert int(named[1].split()[0]) <= int(last.split(maxsplit=1)[0])
    with quick_world.house.records.reading() as records:
        calendar = calendar_of(procedure_row(records))
    assert decision.issued_at is not None
    end = until(decision.issued_at, decision.issued_at, calendar)
    assert until_in(tongue_of("en"), calendar, end) == f"the end of {last}, time of {zone}"


def test_by_utc_a_letter_and_its_statement_need_no_word_on_zones(quick_world: World) -> None:
    text = _told(quick_world, Purpose.DECISION, excluded(quick_world))
    assert "counts its days" not in text
    assert "until the end of 22 May 2027, time of UTC" in text
    assert "until 22 May 2027." in text


def test_the_title_of_an_ad_is_quoted_where_it_stands_in_a_sentence(quick_world: World) -> None:
    decision = excluded(quick_world)
    assert "we decided about “The ad a” (`a`)." in _told(quick_world, Purpose.DECISION, decision)


def _appeal(decision: DecisionRow, **changed: Any) -> AppealRow:  # noqa: ANN401 - any field
    row = AppealRow(
        id="A-000090",
        kind=AppealKind.APPEAL,
        state=AppealState.FILED,
        decision=decision.id,
        matter=decision.matter,
        advertiser=ACME,
        filed_by="P-000001",
        filed_at=decision.issued_at or decision.proposed_at,
        appellant="advertiser",
        language="en",
        points=(Point("p1", "We do not agree.", "We do."),),
    )
    return replace(row, **changed)


def _clock(
    decision: DecisionRow, kind: ClockKind, consequence: Consequence, of: str = "A-000090"
) -> ClockRow:
    start = decision.issued_at or decision.proposed_at
    return ClockRow(
        id=f"{of}-{kind}",
        kind=str(kind),
        state=ClockState.RUNNING,
        of=of,
        decision=decision.id,
        advertiser=ACME,
        started_at=start,
        count=3,
        unit="days",
        consequence=str(consequence),
        due_at=Instant((start.nanos // DAY + 3) * DAY),
    )


def _dispute(decision: DecisionRow, state: DisputeState, **changed: Any) -> DisputeRow:  # noqa: ANN401 - any field
    at = decision.issued_at or decision.proposed_at
    row = DisputeRow(
        id="S-000090",
        state=state,
        decision=decision.id,
        appeal="",
        advertiser=ACME,
        body="The Body",
        reference="7",
        referred_at=at,
        due_at=at,
        reason="for the staff alone",
    )
    return replace(row, **changed)


@pytest.mark.parametrize("kind", ClockKind)
@pytest.mark.parametrize("consequence", Consequence)
def test_a_clock_that_ran_out_says_what_was_owed_and_what_followed(
    quick_world: World, kind: ClockKind, consequence: Consequence
) -> None:
    decision = excluded(quick_world)
    clock = _clock(decision, kind, consequence)
    text = _told(
        quick_world, Purpose.RAN_OUT, decision, [clock, _appeal(decision)], consequence=str(consequence)
    )
    assert "the end of 24 November 2026, time of UTC" in text
    assert {
        Consequence.ESCALATE: "silence is no refusal",
        Consequence.SUSPEND_MEASURE: "rest since",
        Consequence.REINSTATE: "your appeal has succeeded",
    }[consequence] in text
    assert "rejected" not in text


def test_what_was_declared_and_could_not_follow_is_told(quick_world: World) -> None:
    decision = excluded(quick_world)
    clock = _clock(decision, ClockKind.DECIDE, Consequence.REINSTATE)
    text = _told(quick_world, Purpose.RAN_OUT, decision, [clock], consequence="escalate")
    assert "What was declared for this could not follow" in text
    assert "has succeeded" not in text.replace("your appeal has succeeded.", "")


@pytest.mark.parametrize("kind", AppealKind)
@pytest.mark.parametrize("appellant", ["advertiser", "staff"])
def test_what_was_received_says_who_filed_it_and_what_is_owed(
    quick_world: World, kind: AppealKind, appellant: str
) -> None:
    """T11: what staff wrote down is not told as the advertiser's own writing."""
    decision = excluded(quick_world)
    row = _appeal(decision, kind=kind, appellant=appellant, documents=("D-1", "D-2"))
    owed = ClockKind.DECIDE if kind is AppealKind.APPEAL else ClockKind.ANSWER
    clock = _clock(decision, owed, Consequence.SUSPEND_MEASURE)
    text = _told(quick_world, Purpose.RECEIVED, decision, [row, clock])
    assert ("we wrote down here" in text) is (appellant == "staff")
    assert "> We do not agree." in text
    assert "2 documents came with it." in text
    assert "The latest time for it: the end of 24 November 2026, time of UTC." in text
    assert "the measures of the decision rest by themselves" in text
    assert ("the decision stays in effect" in text) is (kind is AppealKind.APPEAL)


def test_what_is_over_asks_for_nothing_more(quick_world: World) -> None:
    decision = excluded(quick_world)
    row = _appeal(decision, state=AppealState.WITHDRAWN, ended_at=quick_world.clock.last)
    for purpose in (Purpose.RECEIVED, Purpose.ACKNOWLEDGED, Purpose.MESSAGE):
        assert "/appeals/" not in _told(quick_world, purpose, decision, [row])
        assert "withdraw it" not in _told(quick_world, purpose, decision, [row])


def test_an_appeal_that_is_held_says_until_when(quick_world: World) -> None:
    decision = excluded(quick_world)
    later = Instant((quick_world.clock.last.nanos // DAY + 30) * DAY)
    text = _told(
        quick_world, Purpose.RECEIVED, decision, [_appeal(decision, held_until=later, rests=("exclude",))]
    )
    assert "it is handled from 22 December 2026 on" in text
    assert "measures of the decision rest" in text


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("upheld", "The decision is upheld"),
        ("varied", "The decision is changed"),
        ("reversed", "is reversed"),
    ],
)
def test_an_outcome_says_what_applies_now_and_answers_each_point(
    quick_world: World, outcome: str, said: str
) -> None:
    world = quick_world
    world.ad("a", beer=True)
    first, second = world.issued("a"), world.issued("a")
    settled = ProcedureSettled(mediators=("The Mediator",))
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), settled, reason="to try it")
    row = _appeal(first, state=AppealState.DECIDED, outcome=outcome, answer="for the staff alone")
    text = _told(world, Purpose.OUTCOME, second, [row], outcome=outcome)
    assert said in text
    assert "> We do not agree. Our answer: We do." in text
    assert "alone" not in text
    assert ("without effect since" in text) is (outcome != "upheld")
    assert ("The Mediator" in text) is (outcome != "reversed")
    assert ("https://example.org/settle. We are ready" in text) is (outcome != "reversed")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"state": DisputeState.CARRIED_OUT, "outcome": "partly", "result": "X-7"}, "by our decision `X-7`"),
        ({"state": DisputeState.NOT_FOLLOWED, "outcome": "for_advertiser"}, "We do not follow its outcome"),
        ({"state": DisputeState.ENDED}, "It ended there without an outcome."),
        ({"state": DisputeState.DECIDED, "outcome": "for_platform", "recommended": "Go on."}, "> Go on."),
        ({"state": DisputeState.REFERRED}, "The body of settlement decides."),
    ],
)
def test_a_settlement_says_where_it_stands(quick_world: World, row: dict[str, Any], said: str) -> None:
    decision = excluded(quick_world)
    clock = _clock(decision, ClockKind.SETTLE, Consequence.ESCALATE, "S-000090")
    text = _told(quick_world, Purpose.SETTLEMENT, decision, [_dispute(decision, **row), clock])
    assert said in text
    told_why = {DisputeState.NOT_FOLLOWED, DisputeState.ENDED}
    assert ("for the staff alone" in text) is (row["state"] in told_why)


@pytest.mark.parametrize("state", MisuseState)
def test_misuse_says_what_was_weighed_and_what_stays_open(quick_world: World, state: MisuseState) -> None:
    decision = excluded(quick_world)
    row = MisuseRow(
        id="U-000090",
        state=state,
        advertiser=ACME,
        author="P-000001",
        warned_at=quick_world.clock.last,
        criteria={"number": "5", "share": "80", "gravity": "It is grave.", "intention": ""},
        reason="It goes on.",
    )
    text = _told(quick_world, Purpose.MISUSE, decision, [row], what=str(state))
    assert ("80 per cent" in text) is (state is not MisuseState.ENDED)
    assert ("You can still ask for reasons" in text) is (state is not MisuseState.ENDED)
    assert "P-000001" not in text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"what": "paused", "declared": True}, "We have declared that measures of this kind rest"),
        ({"what": "paused", "reason": "It is unclear."}, "The reason for it: It is unclear."),
        ({"what": "resumed"}, "have effect again"),
        ({"what": CURED}, "seems to have been put right in time"),
    ],
)
def test_a_rest_says_why(quick_world: World, facts: dict[str, Any], said: str) -> None:
    decision = excluded(quick_world)
    with quick_world.house.records.writing() as records:
        (row,) = records.find(MEASURES, decision=decision.id)
        records.put(MEASURES, replace(row, pauses=(Pause(row.start, None, "A-000090"),)))
    assert said in _told(quick_world, Purpose.PAUSED, decision, **facts, measures=[row.id])


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("review", "We look at it again. Until we have decided anew, it does not run as it is now."),
        ("hold", "It does not run as it is now, unless we decide anew or it is as it was again."),
        ("run", "We look at it again. Until we have decided anew, it runs."),
    ],
)
def test_an_ad_that_was_changed_is_told_with_what_holds_meanwhile(
    quick_world: World, rule: str, said: str
) -> None:
    quick_world.ad("ad")
    decision = quick_world.issued("ad", Proposal(reason="Nothing in it meets a rule."))
    text = _told(quick_world, Purpose.CHANGED, decision, changed=rule)
    assert said in text
    assert "Your ad was changed: The ad ad" in text
    assert "our decision holds for what we saw then" in text


def test_a_reminder_names_the_measure_that_begins(quick_world: World) -> None:
    decision = excluded(quick_world)
    later = Instant((quick_world.clock.last.nanos // DAY + 5) * DAY)
    with quick_world.house.records.writing() as records:
        (row,) = records.find(MEASURES, decision=decision.id)
        records.put(MEASURES, replace(row, start=later))
    text = _told(quick_world, Purpose.REMINDER, decision, what="measure", when=str(later))
    assert "On 27 November 2026 a measure of our decision" in text
    assert "Exclusion from our advertising service, from 27 November 2026 until it is lifted." in text


def test_a_decision_without_measures_says_why_and_what_it_lifts(quick_world: World) -> None:
    world = quick_world
    first = excluded(world)
    with world.house.records.writing() as records:
        (row,) = records.find(MEASURES, decision=first.id)
        records.put(MEASURES, replace(row, lifted_at=world.clock.last))
    second = replace(first, id="X-000098", supersedes=first.id, statement={}, proposal={"reason": "a note"})
    told = _told(world, Purpose.DECISION, second, [second])
    assert "no measure applies any more" in told
    assert "By what is known now, no rule calls for a measure." in told
    assert "a note" not in told
    departing = replace(second, proposal={"why_departing": "The licence came in time."})
    assert "The licence came in time." in _told(world, Purpose.DECISION, departing, [departing])


def test_a_decision_that_lapsed_says_so(quick_world: World) -> None:
    decision = replace(excluded(quick_world), state=DecisionState.LAPSED)
    assert "has lapsed: it imposes nothing any more" in _told(
        quick_world, Purpose.DECISION, decision, [decision]
    )


@pytest.mark.parametrize("purpose", Purpose)
def test_a_notice_is_made_even_of_what_is_not_on_record(quick_world: World, purpose: Purpose) -> None:
    decision = excluded(quick_world)
    assert _told(quick_world, purpose, replace(decision, id="X-404"))
    assert _told(quick_world, purpose, decision)
