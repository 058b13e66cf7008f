"""Appeals and requests for reasons: filed without form, handled by who took no part, talked about, withdrawn."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import NANOS, Instant, parse_instant
from adjudge.clocks.term import ClockKind, Consequence, Term, Unit
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.hearing import relief
from adjudge.institution.hearing.filing import appeal_until, file_appeal, withdraw
from adjudge.institution.hearing.handling import acknowledge, answer_reasons, assign, assignable
from adjudge.institution.hearing.reading import appeals_of, documents_of, read_appeal
from adjudge.institution.hearing.talking import attach, messages_of, write
from adjudge.institution.material.documents import Upload, expunge, receive
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.ticking.extending import extend
from adjudge.institution.ticking.tick import tick
from adjudge.matters.proposal import Proposal
from adjudge.matters.states import ACTIVE
from adjudge.people.role import Role
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    Channel,
    ClockState,
    DecisionRow,
    DeliveryRow,
    DeliveryState,
    MatterRow,
    MatterState,
    Purpose,
)
from adjudge.records.shelf import CLOCKS, DECISIONS, DELIVERIES, MATTERS, NOTICES
from tests.rooms.institution.heard import appeal_of, clock_of, due, effective, excluded, only, owed
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, World, codes, document

ANSWER = "The ad shows a glass of beer and the price of a crate, which is what the rule on beer means."
PDF = Upload(content=b"%PDF-1.7 a licence", file_name="licence.pdf")
DAY = 86_400 * NANOS


def settled(world: World, **given: object) -> None:
    procedure = replace(ProcedureSettled(), **given)  # type: ignore[arg-type]  # fields of what is settled
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), procedure, reason="to try it")


def filed(world: World, decision: DecisionRow, kind: AppealKind = AppealKind.APPEAL) -> AppealRow:
    """An appeal of one point by the advertiser, or a request for reasons."""
    return file_appeal(world.house, world.who(Role.MEMBER), decision.id, ["We have a licence."], kind=kind)


def judge(world: World, name: str = "judge") -> str:
    """Somebody for appeals who took no part."""
    return world.join(name, Role.APPEALS).person


def last_entry(world: World, subject: str) -> dict[str, object]:
    with world.house.records.reading() as records:
        return dict(records.entries_of(subject)[-1].body)


def matter_row(world: World, matter_id: str) -> MatterRow:
    with world.house.records.reading() as records:
        row = records.get(MATTERS, matter_id)
    assert row is not None
    return row


def decision_row(world: World, decision_id: str) -> DecisionRow:
    with world.house.records.reading() as records:
        row = records.get(DECISIONS, decision_id)
    assert row is not None
    return row


def informed(world: World, decision: DecisionRow, channel: Channel = Channel.EMAIL) -> None:
    """The notice of a decision was handed over, by the proof of its receiver."""
    with world.house.records.writing() as records:
        (notice,) = records.find(NOTICES, about=decision.id, purpose=Purpose.DECISION.value)
        at = world.house.clock()
        records.put(
            DELIVERIES,
            DeliveryRow(
                id=f"{notice.id}-1",
                notice=notice.id,
                advertiser=notice.advertiser,
                channel=channel,
                address="",
                state=DeliveryState.DELIVERED,
                message="m",
                due_at=at,
                first_due_at=at,
                delivered_at=at,
            ),
        )


def opened(world: World, decision: DecisionRow) -> None:
    with world.house.records.writing() as records:
        (notice,) = records.find(NOTICES, about=decision.id, purpose=Purpose.DECISION.value)
        records.put(NOTICES, replace(notice, opened_at=world.house.clock()))


# --- filing ---


def test_an_appeal_has_its_clocks_and_its_receipt_from_the_first_instant(world: World) -> None:
    decision = excluded(world)
    row = filed(world, decision)
    assert row.state is AppealState.FILED
    assert (row.appellant, row.filed_by) == ("advertiser", world.who(Role.MEMBER).person)
    assert [point.text for point in row.points] == ["We have a licence."]
    decide = clock_of(world, row.id, ClockKind.DECIDE)
    acknowledged = clock_of(world, row.id, ClockKind.ACKNOWLEDGE)
    (notice,) = owed(world, Purpose.RECEIVED)
    assert (notice.about, notice.of) == (decision.id, row.id)
    assert notice.facts["due"] == {"decide": str(decide.due_at), "acknowledge": str(acknowledged.due_at)}
    assert read_appeal(world.house, world.who(Role.MEMBER), row.id) == row
    assert appeal_of(world, row.id) == row


def test_a_request_for_reasons_needs_no_words_and_has_a_clock_of_its_own(quick_world: World) -> None:
    decision = excluded(quick_world)
    member = quick_world.who(Role.MEMBER)
    row = file_appeal(quick_world.house, member, decision.id, [], kind=AppealKind.REASONS)
    assert row.points == ()
    with quick_world.house.records.reading() as records:
        assert {clock.kind for clock in records.find(CLOCKS, of=row.id)} == {"acknowledge", "answer"}


def test_the_paragraphs_of_one_text_are_the_points(quick_world: World) -> None:
    decision = excluded(quick_world)
    text = "First,\r\nstill first.\r\n\r\n \r\nSecond.\n\n\n\nThird."
    row = file_appeal(quick_world.house, quick_world.who(Role.MEMBER), decision.id, [text])
    assert [(point.id, point.text) for point in row.points] == [
        ("p1", "First,\nstill first."),
        ("p2", "Second."),
        ("p3", "Third."),
    ]


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([], "missing-text"),
        ([" \n "], "missing-text"),
        (["a"] * 101, "too-many"),
        (["a" * 5_001, "b"], "text-too-long"),
        (["half \ud800"], "bad-text"),
        (["a" * 500_001], "text-too-long"),
    ],
)
def test_an_appeal_without_words_or_beyond_bounds_is_refused(
    quick_world: World, points: list[str], code: str
) -> None:
    decision = excluded(quick_world)
    with pytest.raises(RefusedError) as caught:
        file_appeal(quick_world.house, quick_world.who(Role.MEMBER), decision.id, points)
    assert codes(caught.value) == [code]


def test_a_letter_that_came_by_post_is_filed_by_staff_and_says_so(quick_world: World) -> None:
    decision = excluded(quick_world)
    row = file_appeal(quick_world.house, quick_world.who(Role.APPEALS), decision.id, ["By post."])
    assert row.appellant == "staff"
    told = read_appeal(quick_world.house, quick_world.who(Role.MEMBER), row.id)
    assert (told.appellant, told.filed_by) == ("staff", "")


def test_of_two_open_appeals_the_second_is_shown_the_first(quick_world: World) -> None:
    decision = excluded(quick_world)
    row = filed(quick_world, decision)
    with pytest.raises(ConflictError, match=row.id):
        filed(quick_world, decision)
    request = filed(quick_world, decision, AppealKind.REASONS)
    with pytest.raises(ConflictError, match=request.id):
        filed(quick_world, decision, AppealKind.REASONS)


def test_what_is_only_proposed_cannot_be_appealed(quick_world: World) -> None:
    quick_world.ad("a", beer=True)
    proposal = quick_world.proposed("a")
    with pytest.raises(NotFoundError):
        filed(quick_world, proposal)


def test_another_advertiser_learns_no_more_than_that_there_is_nothing(quick_world: World) -> None:
    decision = excluded(quick_world)
    row = filed(quick_world, decision)
    stranger = quick_world.who("stranger")
    for act in (
        lambda: file_appeal(quick_world.house, stranger, decision.id, ["Me too."]),
        lambda: read_appeal(quick_world.house, stranger, row.id),
        lambda: write(quick_world.house, stranger, row.id, "Hello"),
        lambda: messages_of(quick_world.house, stranger, row.id),
        lambda: documents_of(quick_world.house, stranger, row.id),
        lambda: attach(quick_world.house, stranger, row.id, PDF, "A licence"),
        lambda: withdraw(quick_world.house, stranger, row.id, ""),
        lambda: appeal_until(quick_world.house, stranger, decision.id),
        lambda: appeals_of(quick_world.house, stranger, advertiser=ACME),
    ):
        with pytest.raises(NotFoundError, match="nothing of this name"):
            act()
    assert appeals_of(quick_world.house, stranger) == ()


def test_documents_of_others_are_not_there(quick_world: World) -> None:
    decision = excluded(quick_world)
    member = quick_world.who(Role.MEMBER)
    foreign = receive(quick_world.house, quick_world.who("stranger"), OTHER, document(), PDF)
    own = receive(quick_world.house, member, ACME, document(), PDF)
    with pytest.raises(NotFoundError):
        file_appeal(quick_world.house, member, decision.id, ["See."], documents=[own.id, foreign.id])
    row = file_appeal(quick_world.house, member, decision.id, ["See."], documents=[own.id, own.id])
    assert row.documents == (own.id,)
    assert [item.id for item in documents_of(quick_world.house, member, row.id)] == [own.id]


def test_the_language_is_as_given_or_the_institutions(quick_world: World) -> None:
    member, decision = quick_world.who(Role.MEMBER), excluded(quick_world)
    other = excluded(quick_world, "b")
    assert filed(quick_world, decision).language == "en"
    request = file_appeal(
        quick_world.house, member, decision.id, [], kind=AppealKind.REASONS, language="ZH-hant"
    )
    assert request.language == "zh-Hant"
    with pytest.raises(RefusedError) as caught:
        file_appeal(quick_world.house, member, other.id, ["Bonjour"], language="no language")
    assert codes(caught.value) == ["bad-value"]


def test_a_closed_matter_is_reopened_by_the_institution(quick_world: World) -> None:
    decision = excluded(quick_world)
    matter = quick_world.matter()
    matters.close(quick_world.house, quick_world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    row = filed(quick_world, decision)
    assert matter_row(quick_world, row.matter).state is MatterState.REOPENED
    assert quick_world.kinds()[-2:] == ["appeal:filed", "matter:reopened"]
    assert row.id in matter_row(quick_world, row.matter).reason
    request = filed(quick_world, decision, AppealKind.REASONS)
    assert quick_world.kinds()[-1] == "appeal:filed"
    assert request.matter == row.matter


def test_an_appeal_joins_the_matter_that_is_open(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    matter = world.matter()
    matters.close(world.house, world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    other = matters.open_matter(world.house, world.who("reviewer"), ACME, matter.policy, reason="anew")
    row = filed(world, decision)
    assert row.matter == other.id
    assert matter_row(world, matter.id).state is MatterState.CLOSED


def test_a_matter_in_which_an_appeal_waits_is_not_closed(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    row = filed(world, decision)
    matter = matter_row(world, row.matter)
    with pytest.raises(RefusedError) as caught:
        matters.close(world.house, world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    assert codes(caught.value) == ["appeal-waits"]
    withdraw(world.house, world.who(Role.MEMBER), row.id, "")
    matters.close(world.house, world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    assert matter_row(world, matter.id).state not in ACTIVE


# --- until when ---


def test_while_nothing_proves_that_it_was_told_a_decision_can_be_appealed(quick_world: World) -> None:
    decision = excluded(quick_world)
    informed(quick_world, decision, Channel.PAGE)
    member = quick_world.who(Role.MEMBER)
    assert appeal_until(quick_world.house, member, decision.id) is None
    quick_world.clock.set("2031-01-01T00:00:00Z")
    assert filed(quick_world, decision).state is AppealState.FILED


@pytest.mark.parametrize("by", [informed, opened])
def test_six_months_from_being_informed_it_is_too_late_told_to_the_day(
    quick_world: World, by: object
) -> None:
    assert callable(by)
    settled(quick_world, zone="Europe/Paris")
    decision = excluded(quick_world)
    quick_world.clock.set("2026-12-31T22:30:00Z")
    by(quick_world, decision)
    end = parse_instant("2027-07-01T22:00:00Z")
    assert end is not None
    assert appeal_until(quick_world.house, quick_world.who(Role.MEMBER), decision.id) == end
    quick_world.clock.nanos = end.nanos - NANOS
    with pytest.raises(RefusedError, match="until 2027-07-01") as caught:
        filed(quick_world, decision)
    assert codes(caught.value) == ["too-late"]
    assert filed(quick_world, decision, AppealKind.REASONS).state is AppealState.FILED


def test_an_instant_before_its_end_the_time_has_not_ended(quick_world: World) -> None:
    decision = excluded(quick_world)
    informed(quick_world, decision)
    end = appeal_until(quick_world.house, quick_world.who(Role.MEMBER), decision.id)
    assert end is not None
    quick_world.clock.nanos = end.nanos - 2 * NANOS
    assert filed(quick_world, decision).filed_at < end


# --- handling ---


def test_an_acknowledgement_is_sent_and_stops_its_clock(world: World) -> None:
    row = filed(world, excluded(world))
    told = acknowledge(world.house, world.who(Role.APPEALS), row.id, "Ann reads it by Friday.")
    assert told.state is AppealState.ACKNOWLEDGED
    assert clock_of(world, row.id, ClockKind.ACKNOWLEDGE).state is ClockState.STOPPED
    assert clock_of(world, row.id, ClockKind.DECIDE).state is ClockState.RUNNING
    (notice,) = owed(world, Purpose.ACKNOWLEDGED)
    (message,) = messages_of(world.house, world.who(Role.MEMBER), row.id)
    assert notice.facts == {"message": message.id}
    assert (message.side, message.author, message.text) == ("platform", "", "Ann reads it by Friday.")
    with pytest.raises(RefusedError):
        acknowledge(world.house, world.who(Role.APPEALS), row.id, "Again.")


def test_an_appeal_goes_to_who_took_no_part(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    row = filed(world, decision)
    clerk = world.who(Role.APPEALS)
    world.join("both", Role.APPEALS, Role.REVIEWER)
    other = judge(world)
    for unfit in (
        world.who("proposer").person,
        world.who("reviewer").person,
        world.who("member").person,
        "P-9",
    ):
        with pytest.raises(RefusedError) as caught:
            assign(world.house, clerk, row.id, unfit, "your turn")
        assert codes(caught.value) == ["unknown-person"]
    able = {person.id for person in assignable(world.house, clerk, row.id)}
    assert able == {other, clerk.person, world.who("both").person}
    assert assign(world.house, clerk, row.id, other, "your turn").assignee == other
    assert read_appeal(world.house, world.who(Role.MEMBER), row.id).assignee == ""
    assert read_appeal(world.house, clerk, row.id).assignee == other


def test_who_was_given_roles_for_appeals_after_deciding_still_took_part(quick_world: World) -> None:
    world = quick_world
    both = world.join("both", Role.APPEALS, Role.REVIEWER)
    world.people["proposer"] = both
    decision = excluded(world)
    row = filed(world, decision)
    with pytest.raises(RefusedError):
        assign(world.house, world.who(Role.APPEALS), row.id, both.person, "your turn")


def decided_appeal(world: World, row: AppealRow, proposal: Proposal) -> DecisionRow:
    """An appeal decided by people who took no part."""
    clerk = world.who(Role.APPEALS)
    name = f"judge-{row.id}"
    assign(world.house, clerk, row.id, judge(world, name), "took no part")
    second = world.join(f"second-{row.id}", Role.SECOND_REVIEWER)
    subject = decision_row(world, row.decision).subject
    replies = {point.id: "Your licence is for another ad." for point in row.points}
    made = replace(proposal, appeal=row.id, replies=replies)
    found = decisions.propose(world.house, world.who(name), row.matter, subject, made)
    if decisions.open_needs(world.house, clerk, found.id):
        decisions.confirm(world.house, second, found.id, found.digest, "read and agreed")
    return decisions.issue(world.house, world.who(name), found.id)


def test_a_decided_appeal_can_be_read_and_is_not_added_to(world: World) -> None:
    decision = excluded(world)
    row = filed(world, decision)
    issued = decided_appeal(world, row, EXCLUDING)
    ended = appeal_of(world, row.id)
    assert (ended.state, ended.outcome, ended.result) == (AppealState.DECIDED, "upheld", issued.id)
    member = world.who(Role.MEMBER)
    for act in (
        lambda: write(world.house, member, row.id, "But"),
        lambda: attach(world.house, member, row.id, PDF, "A licence"),
        lambda: withdraw(world.house, member, row.id, ""),
        lambda: relief.pause(world.house, world.who(Role.APPEALS), row.id, "late"),
    ):
        with pytest.raises(RefusedError):
            act()
    assert messages_of(world.house, member, row.id) == ()
    with pytest.raises(RefusedError) as caught:
        filed(world, decision)
    assert codes(caught.value) == ["appeal-over"]
    assert filed(world, issued).state is AppealState.FILED


def test_manifestly_unfounded_is_only_what_is_upheld(quick_world: World) -> None:
    world = quick_world
    row = filed(world, excluded(world))
    rule = next(iter(decision_row(world, row.decision).rules))
    milder = replace(
        EXCLUDING, instead={RuleId(rule): None}, why_departing="It was one glass.", unfounded=True
    )
    with pytest.raises(RefusedError) as caught:
        decided_appeal(world, row, milder)
    assert codes(caught.value) == ["not-unfounded"]
    assert appeal_of(world, row.id).state is AppealState.FILED
    assert not owed(world, Purpose.OUTCOME)


def test_an_unfounded_appeal_is_told_as_such(quick_world: World) -> None:
    row = filed(quick_world, excluded(quick_world))
    decided_appeal(quick_world, row, replace(EXCLUDING, unfounded=True))
    assert appeal_of(quick_world, row.id).unfounded
    (notice,) = owed(quick_world, Purpose.OUTCOME)
    assert notice.facts == {"outcome": "upheld", "unfounded": True}


# --- reasons ---


def test_reasons_are_answered_with_the_statement_anew(world: World) -> None:
    decision = excluded(world)
    row = filed(world, decision, AppealKind.REASONS)
    told = answer_reasons(world.house, world.who("reviewer"), row.id, ANSWER)
    assert (told.state, told.answer) == (AppealState.ANSWERED, ANSWER)
    assert clock_of(world, row.id, ClockKind.ANSWER).state is ClockState.STOPPED
    (notice,) = owed(world, Purpose.REASONS)
    assert (notice.about, notice.of) == (decision.id, row.id)


def _statement(world: World, decision: DecisionRow) -> str:
    text = decision_row(world, decision.id).statement["en"]
    return " ".join(text.upper().split()[10:40])


def test_a_stock_answer_is_none(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    elsewhere, stranger = excluded(world, "b", OTHER), world.who("stranger")
    before = file_appeal(world.house, stranger, elsewhere.id, ["We have a licence."], kind=AppealKind.REASONS)
    answer_reasons(world.house, world.who("reviewer"), before.id, ANSWER)
    row = filed(world, decision, AppealKind.REASONS)
    for text, code in (
        ("", "missing-text"),
        ("No." + " " * 60, "text-too-short"),
        (ANSWER.upper().replace(" ", "  ").replace(".", "!"), "stock-answer"),
        (_statement(world, decision), "stock-answer"),
    ):
        with pytest.raises(RefusedError) as caught:
            answer_reasons(world.house, world.who("reviewer"), row.id, text)
        assert codes(caught.value) == [code]
    assert appeal_of(world, row.id).state is AppealState.FILED
    assert answer_reasons(world.house, world.who("reviewer"), row.id, f"{ANSWER} It was seen twice.").answer


def test_the_same_question_may_have_the_same_answer_which_points_to_the_one_before(
    quick_world: World,
) -> None:
    world, decision = quick_world, excluded(quick_world)
    first = filed(world, decision, AppealKind.REASONS)
    answer_reasons(world.house, world.who("reviewer"), first.id, ANSWER)
    again = filed(world, decision, AppealKind.REASONS)
    answer_reasons(world.house, world.who("reviewer"), again.id, ANSWER)
    make_owed(world.house)
    notices = {row.of: row for row in owed(world, Purpose.REASONS)}
    text = world.house.blobs.get(notices[again.id].forms["text/plain"])
    assert text is not None
    assert f"You asked the same before, in {first.id}" in " ".join(text.decode().replace("`", "").split())
    assert notices[first.id].facts == {}
    member = world.who(Role.MEMBER)
    other = file_appeal(world.house, member, decision.id, ["Since when?"], kind=AppealKind.REASONS)
    with pytest.raises(RefusedError) as caught:
        answer_reasons(world.house, world.who("reviewer"), other.id, ANSWER)
    assert codes(caught.value) == ["stock-answer"]


def test_what_changed_since_it_was_read_is_not_acted_on(quick_world: World) -> None:
    """Compared under the lock: of two who act on the same reading the second one is told."""
    world, clerk = quick_world, quick_world.who(Role.APPEALS)
    row = filed(world, excluded(world))
    person = judge(world)
    write(world.house, world.who(Role.MEMBER), row.id, "One thing more.")
    clock = clock_of(world, row.id, ClockKind.DECIDE)
    later = Instant(clock.due_at.nanos + 86_400 * NANOS)
    acts: tuple[Callable[[int], object], ...] = (
        lambda seen: relief.pause(world.house, clerk, row.id, "so long", seen=seen),
        lambda seen: relief.resume(world.house, clerk, row.id, "no more", seen=seen),
        lambda seen: acknowledge(world.house, clerk, row.id, "We read it.", seen=seen),
        lambda seen: assign(world.house, clerk, row.id, person, "took no part", seen=seen),
        lambda seen: extend(world.house, clerk, clock.id, later, "a long file", seen=seen),
    )
    for act in acts:
        with pytest.raises(ConflictError):
            act(row.seen)
        act(appeal_of(world, row.id).seen)
    asked = filed(world, excluded(world, "b"), AppealKind.REASONS)
    with pytest.raises(ConflictError):
        answer_reasons(world.house, world.who("reviewer"), asked.id, ANSWER, seen=asked.seen + 1)


def test_an_appeal_is_not_answered_with_words(quick_world: World) -> None:
    row = filed(quick_world, excluded(quick_world))
    with pytest.raises(RefusedError) as caught:
        answer_reasons(quick_world.house, quick_world.who("reviewer"), row.id, ANSWER)
    assert codes(caught.value) == ["no-request"]


def test_without_a_statement_reasons_are_given_by_deciding_anew(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    with world.house.records.writing() as records:
        records.put(DECISIONS, replace(decision_row(world, decision.id), statement={}))
    row = filed(world, decision, AppealKind.REASONS)
    with pytest.raises(RefusedError) as caught:
        answer_reasons(world.house, world.who("reviewer"), row.id, ANSWER)
    assert codes(caught.value) == ["no-statement"]
    anew = world.issued("a")
    answer_reasons(world.house, world.who("reviewer"), row.id, ANSWER)
    (notice,) = owed(world, Purpose.REASONS)
    assert notice.about == anew.id


# --- talking ---


def test_both_sides_write_and_what_the_platform_writes_is_sent(world: World) -> None:
    row = filed(world, excluded(world))
    member, clerk = world.who(Role.MEMBER), world.who(Role.APPEALS)
    write(world.house, member, row.id, "Here is more.")
    assert not owed(world, Purpose.MESSAGE)
    sent = write(world.house, clerk, row.id, "Which licence?")
    (notice,) = owed(world, Purpose.MESSAGE)
    assert notice.facts == {"message": sent.id}
    found = attach(world.house, member, row.id, PDF, "A licence")
    told = messages_of(world.house, member, row.id)
    assert [(item.side, item.text, item.documents) for item in told] == [
        ("advertiser", "Here is more.", ()),
        ("platform", "Which licence?", ()),
        ("advertiser", "", (found.id,)),
    ]
    assert [item.author for item in told] == [member.person, "", member.person]
    assert [item.author for item in messages_of(world.house, clerk, row.id)][1] == clerk.person
    assert [item.id for item in documents_of(world.house, clerk, row.id)] == [found.id]
    with pytest.raises(RefusedError) as caught:
        write(world.house, member, row.id, " ")
    assert codes(caught.value) == ["missing-text"]


def test_what_was_written_stands_in_sealed_parts_and_not_in_entries(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    row = file_appeal(world.house, world.who(Role.MEMBER), decision.id, ["SECRET point"])
    acknowledge(world.house, world.who(Role.APPEALS), row.id, "SECRET next")
    write(world.house, world.who(Role.MEMBER), row.id, "SECRET message")
    request = filed(world, decision, AppealKind.REASONS)
    answer_reasons(world.house, world.who("reviewer"), request.id, f"SECRET {ANSWER}")
    withdraw(world.house, world.who(Role.MEMBER), row.id, "SECRET reason")
    with world.house.records.reading() as records:
        entries = [*records.entries_of(row.id), *records.entries_of(request.id)]
        assert len(entries) == 6
        assert not any("SECRET" in str(entry.body) for entry in entries)
        parts = [records.part(digest) for entry in entries for digest in entry.private]
    assert sum(b"SECRET" in (part or b"") for part in parts) == 5


def test_a_document_of_an_open_appeal_is_not_expunged(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    member, administrator = world.who(Role.MEMBER), world.who(Role.ADMINISTRATOR)
    filed_with = receive(world.house, member, ACME, document(), PDF)
    row = file_appeal(world.house, member, decision.id, ["See."], documents=[filed_with.id])
    attached = attach(world.house, member, row.id, PDF, "A licence")
    for item in (filed_with, attached):
        with pytest.raises(RefusedError) as caught:
            expunge(world.house, administrator, item.id, "asked for")
        assert codes(caught.value) == ["still-needed"]
    withdraw(world.house, member, row.id, "")
    for item in (filed_with, attached):
        assert expunge(world.house, administrator, item.id, "asked for").expunged_at is not None


# --- withdrawing, and relief ---


def test_a_withdrawn_appeal_stops_its_clocks_and_can_be_filed_again(world: World) -> None:
    decision = excluded(world)
    row = filed(world, decision)
    gone = withdraw(world.house, world.who(Role.MEMBER), row.id, "we misread it")
    assert gone.state is AppealState.WITHDRAWN
    for kind in (ClockKind.ACKNOWLEDGE, ClockKind.DECIDE):
        assert clock_of(world, row.id, kind).state is ClockState.STOPPED
    assert filed(world, decision).state is AppealState.FILED


def test_declared_relief_lets_measures_rest_from_the_filing_until_withdrawal(world: World) -> None:
    settled(world, relief=("exclude",))
    decision = excluded(world)
    assert effective(world, decision)
    row = filed(world, decision)
    assert row.rests == ("exclude",)
    assert not effective(world, decision)
    assert [item.facts["what"] for item in owed(world, Purpose.PAUSED)] == ["paused"]
    assert last_entry(world, row.id)["rests"] == ["exclude"]
    withdraw(world.house, world.who(Role.MEMBER), row.id, "")
    assert effective(world, decision)
    assert [item.facts["what"] for item in owed(world, Purpose.PAUSED)] == ["paused", "resumed"]


def test_relief_is_not_given_where_it_is_not_declared_nor_for_requests(quick_world: World) -> None:
    settled(quick_world, relief=("suspend",))
    decision = excluded(quick_world)
    assert filed(quick_world, decision).rests == ()
    settled(quick_world, relief=("exclude",))
    assert filed(quick_world, decision, AppealKind.REASONS).rests == ()
    assert effective(quick_world, decision)


def test_a_person_lets_measures_rest_and_takes_it_back_with_reasons(world: World) -> None:
    decision, clerk = excluded(world), world.who(Role.APPEALS)
    row = filed(world, decision)
    assert relief.pause(world.house, clerk, row.id, "The licence looks good.").rests == ("exclude",)
    assert not effective(world, decision)
    with pytest.raises(RefusedError) as caught:
        relief.pause(world.house, clerk, row.id, "Again.")
    assert codes(caught.value) == ["nothing-to-rest"]
    assert relief.resume(world.house, clerk, row.id, "It was forged.").rests == ()
    assert effective(world, decision)
    with pytest.raises(RefusedError) as caught:
        relief.resume(world.house, clerk, row.id, "Again.")
    assert codes(caught.value) == ["nothing-rests"]
    told = [(item.facts["what"], item.facts["reason"]) for item in owed(world, Purpose.PAUSED)]
    assert told == [("paused", "The licence looks good."), ("resumed", "It was forged.")]


def _silent(world: World, kind: ClockKind) -> None:
    terms = only(kind, Consequence.SUSPEND_MEASURE, Term(3, Unit.DAYS))
    settled(world, clocks=tuple(terms), relief=("exclude",))


def test_taking_relief_back_does_not_take_back_what_follows_from_silence(quick_world: World) -> None:
    world = quick_world
    _silent(world, ClockKind.ANSWER)
    decision, clerk = excluded(world), world.who(Role.APPEALS)
    request = filed(world, decision, AppealKind.REASONS)
    row = filed(world, decision)
    due(world, clock_of(world, request.id, ClockKind.ANSWER))
    tick(world.house)
    withdraw(world.house, world.who(Role.MEMBER), row.id, "")
    assert not effective(world, decision)
    answer_reasons(world.house, clerk, request.id, ANSWER)
    assert effective(world, decision)


def test_an_answer_at_last_does_not_take_back_relief(quick_world: World) -> None:
    world = quick_world
    _silent(world, ClockKind.ANSWER)
    decision, clerk = excluded(world), world.who(Role.APPEALS)
    request = filed(world, decision, AppealKind.REASONS)
    due(world, clock_of(world, request.id, ClockKind.ANSWER))
    tick(world.house)
    row = filed(world, decision)
    assert row.rests == ("exclude",)
    answer_reasons(world.house, clerk, request.id, ANSWER)
    assert not effective(world, decision)
    withdraw(world.house, world.who(Role.MEMBER), row.id, "")
    assert effective(world, decision)


def test_a_clock_of_the_appeal_itself_binds_until_the_appeal_is_over(quick_world: World) -> None:
    world = quick_world
    _silent(world, ClockKind.DECIDE)
    decision, clerk = excluded(world), world.who(Role.APPEALS)
    row = filed(world, decision)
    due(world, clock_of(world, row.id, ClockKind.DECIDE))
    tick(world.house)
    relief.resume(world.house, clerk, row.id, "It was forged.")
    assert not effective(world, decision)
    withdraw(world.house, world.who(Role.MEMBER), row.id, "")
    assert effective(world, decision)


def test_an_excluded_advertiser_reads_uploads_writes_and_appeals(quick_world: World) -> None:
    decision = excluded(quick_world)
    member = quick_world.who(Role.MEMBER)
    own = receive(quick_world.house, member, ACME, document(), PDF)
    row = file_appeal(quick_world.house, member, decision.id, ["See."], documents=[own.id])
    assert attach(quick_world.house, member, row.id, PDF, "More").advertiser == ACME
    assert [item.id for item in appeals_of(quick_world.house, member)] == [row.id]


def test_lists_are_of_the_asked_advertiser_state_and_kind(quick_world: World) -> None:
    decision, clerk = excluded(quick_world), quick_world.who(Role.APPEALS)
    row = filed(quick_world, decision)
    request = filed(quick_world, decision, AppealKind.REASONS)
    house = quick_world.house
    withdraw(house, quick_world.who(Role.MEMBER), row.id, "")
    assert [item.id for item in appeals_of(house, clerk, state="filed")] == [request.id]
    assert [item.id for item in appeals_of(house, clerk, advertiser=ACME)] == [row.id, request.id]
    assert [item.id for item in appeals_of(house, clerk, kind="appeal")] == [row.id]
    assert appeals_of(house, clerk, advertiser=OTHER) == ()
    assert [item.id for item in appeals_of(house, clerk, after=row.id, most=1)] == [request.id]


def test_the_reason_given_to_colleagues_is_not_told_as_an_answer(quick_world: World) -> None:
    row = filed(quick_world, excluded(quick_world))
    decided_appeal(quick_world, row, EXCLUDING)
    told = read_appeal(quick_world.house, quick_world.who(Role.MEMBER), row.id)
    assert told.answer == ""
    assert [point.answer for point in told.points] == ["Your licence is for another ad."]
