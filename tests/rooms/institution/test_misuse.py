"""Misuse of appeals: counted, warned by a person, suspended by another one later, ended by its day or by a person."""

import datetime as dt
from dataclasses import replace

import pytest

from adjudge.appeals.misuse import Figures
from adjudge.basis.instant import NANOS, Instant, start_of_day
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import ClockKind, ClockTerm, Consequence, Term
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.deciding.decisions import confirm
from adjudge.institution.hearing.filing import bars, file_appeal
from adjudge.institution.hearing.handling import assign
from adjudge.institution.hearing.misuse import (
    end_misuse,
    figures_of,
    misuses_of,
    read_misuse,
    suspend,
    warn,
)
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.record.audit.check import check_log
from adjudge.people.role import Role
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    ClockState,
    MisuseRow,
    MisuseState,
    Purpose,
)
from adjudge.records.shelf import APPEALS
from adjudge.tongues.tongue import ENGLISH, tongue_of
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import (
    appeal_of,
    clock_of,
    excluded,
    filed,
    misused,
    owed,
    upheld,
    upholding,
)
from tests.rooms.institution.world import ACME, OTHER, World, codes

DAY = 86_400 * NANOS
WEIGHED = {"gravity": "It took us a week.", "intention": "Nothing is known of it."}


def ended(world: World, number: int, *, unfounded: bool) -> AppealRow:
    """An appeal that was decided some time ago."""
    at = world.house.clock()
    row = AppealRow(
        id=f"A-9{number:05d}",
        kind=AppealKind.APPEAL,
        state=AppealState.DECIDED,
        decision="X-0",
        matter="M-0",
        advertiser=ACME,
        filed_by="P-0",
        filed_at=at,
        appellant="advertiser",
        language="en",
        points=(),
        ended_at=at,
        outcome="upheld",
        unfounded=unfounded,
    )
    with world.house.records.writing() as records:
        records.put(APPEALS, row)
    return row


@pytest.fixture
def often(quick_world: World) -> World:
    """Give a world in which an advertiser's appeals were often manifestly unfounded: just often enough."""
    for number in range(9):
        ended(quick_world, number, unfounded=number < 5)
    procedure = ProcedureSettled(misuse={"least_number": "5", "least_share": "55", "longest_days": "30"})
    settle_procedure(quick_world.house, quick_world.who(Role.ADMINISTRATOR), procedure, reason="to try it")
    quick_world.join("other-clerk", Role.APPEALS)
    return quick_world


def warned(world: World) -> MisuseRow:
    return warn(world.house, world.who(Role.APPEALS), ACME, WEIGHED, "Six in two months.")


def suspended(world: World, days: int = 20) -> MisuseRow:
    """After a warning that was not heeded."""
    row = warned(world)
    world.clock.nanos += 14 * DAY
    ended(world, 50, unfounded=True)
    return suspending(world, row, days)


def suspending(world: World, row: MisuseRow, days: int = 20, by: str = "other-clerk") -> MisuseRow:
    until = Instant(world.clock.nanos + days * DAY)
    return suspend(world.house, world.who(by), row.id, until, "And again.")


def test_figures_are_of_the_appeals_of_a_year(often: World) -> None:
    filed(often, excluded(often))
    found = figures_of(often.house, often.who(Role.APPEALS), ACME)
    assert found == Figures(filed=10, decided=9, unfounded=5)
    assert found.share == 55
    often.clock.nanos += 366 * DAY
    assert figures_of(often.house, often.who(Role.APPEALS), ACME) == Figures(filed=0, decided=0, unfounded=0)


def test_a_warning_says_what_was_counted_and_what_was_weighed(often: World) -> None:
    row = warned(often)
    assert row.state is MisuseState.WARNED
    assert row.criteria == {"number": "5", "share": "55", **WEIGHED}
    (notice,) = owed(often, Purpose.MISUSE)
    assert (notice.of, notice.advertiser, notice.facts) == (row.id, ACME, {"what": "warned"})
    told = read_misuse(often.house, often.who(Role.MEMBER), row.id)
    assert (told.author, told.reason) == ("", "Six in two months.")
    with pytest.raises(ConflictError, match=row.id):
        warned(often)


@pytest.mark.parametrize(("least", "share"), [("6", "55"), ("5", "56")])
def test_below_either_threshold_nobody_is_warned(often: World, least: str, share: str) -> None:
    procedure = ProcedureSettled(misuse={"least_number": least, "least_share": share})
    settle_procedure(often.house, often.who(Role.ADMINISTRATOR), procedure, reason="to try it")
    with pytest.raises(RefusedError) as caught:
        warned(often)
    assert codes(caught.value) == ["not-often"]


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ({"gravity": "It took us a week."}, "missing-text"),
        ({**WEIGHED, "gravity": " "}, "missing-text"),
        ({**WEIGHED, "number": "99"}, "bad-value"),
    ],
)
def test_gravity_and_intention_are_weighed_and_nothing_is_counted_by_hand(
    often: World, criteria: dict[str, str], code: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        warn(often.house, often.who(Role.APPEALS), ACME, criteria, "Six in two months.")
    assert codes(caught.value) == [code]


def test_a_suspension_needs_time_another_appeal_and_another_person(often: World) -> None:
    row = warned(often)
    ended(often, 50, unfounded=True)
    often.clock.nanos = row.warned_at.nanos + 14 * DAY - 2 * NANOS
    with pytest.raises(RefusedError) as caught:
        suspending(often, row)
    assert codes(caught.value) == ["too-early"]
    with pytest.raises(RefusedError) as caught:
        suspending(often, row, by=str(Role.APPEALS))
    assert codes(caught.value) == ["own-proposal"]
    assert suspending(often, row).state is MisuseState.SUSPENDED


def test_a_warning_that_was_heeded_is_followed_by_nothing(often: World) -> None:
    row = warned(often)
    often.clock.nanos += 14 * DAY
    ended(often, 50, unfounded=False)
    with pytest.raises(RefusedError) as caught:
        suspending(often, row)
    assert codes(caught.value) == ["heeded"]
    often.clock.nanos += 352 * DAY
    ended(often, 51, unfounded=True)
    with pytest.raises(RefusedError) as caught:
        suspending(often, row)
    assert codes(caught.value) == ["too-late"]


@pytest.mark.parametrize("days", [0, 32, 3_000])
def test_a_suspension_has_an_end_within_what_is_settled(often: World, days: int) -> None:
    row = warned(often)
    often.clock.nanos += 14 * DAY
    ended(often, 50, unfounded=True)
    with pytest.raises(RefusedError) as caught:
        suspending(often, row, days)
    assert codes(caught.value) == ["bad-value"]


def test_what_is_filed_meanwhile_is_kept_and_its_clocks_begin_on_the_day(often: World) -> None:
    decision = excluded(often)
    row = suspended(often)
    found = filed(often, decision)
    assert (found.state, found.held_until) == (AppealState.FILED, row.until)
    decide = clock_of(often, found.id, ClockKind.DECIDE)
    assert decide.started_at == row.until
    assert row.until is not None
    assert decide.due_at > row.until
    assert len(owed(often, Purpose.RECEIVED)) == 1


def test_requests_for_reasons_are_never_held(often: World) -> None:
    decision = excluded(often)
    suspended(often)
    found = filed(often, decision, AppealKind.REASONS)
    assert found.held_until is None
    assert clock_of(often, found.id, ClockKind.ANSWER).started_at == found.filed_at


def test_a_suspension_ends_by_itself_on_its_day(often: World) -> None:
    decision = excluded(often)
    row = suspended(often)
    assert row.until is not None
    often.clock.nanos = row.until.nanos - NANOS
    assert filed(often, decision).held_until is None
    with pytest.raises(RefusedError) as caught:
        end_misuse(often.house, often.who(Role.APPEALS), row.id, "enough")
    assert codes(caught.value) == ["misuse-over"]
    assert warned(often).state is MisuseState.WARNED


def test_when_a_person_ends_it_what_was_held_is_handled_from_then_on(often: World) -> None:
    decision = excluded(often)
    row = suspended(often)
    held = filed(often, decision)
    ended_by = end_misuse(often.house, often.who(Role.APPEALS), row.id, "They wrote to us.")
    assert ended_by.state is MisuseState.ENDED
    assert ended_by.ended_at is not None
    for kind in (ClockKind.ACKNOWLEDGE, ClockKind.DECIDE):
        clock = clock_of(often, held.id, kind)
        assert (clock.state, clock.started_at) == (ClockState.RUNNING, ended_by.ended_at)
    assert appeal_of(often, held.id).held_until == ended_by.ended_at
    assert [notice.facts["what"] for notice in owed(often, Purpose.MISUSE)] == [
        "warned",
        "suspended",
        "ended",
    ]


def test_what_was_held_keeps_the_clocks_that_were_told_and_none_is_due_later(often: World) -> None:
    decision = excluded(often)
    row = suspended(often)
    held = filed(often, decision)
    told = {kind: clock_of(often, held.id, kind) for kind in (ClockKind.ACKNOWLEDGE, ClockKind.DECIDE)}
    slower = [ClockTerm(kind, Term(300), Consequence.ESCALATE) for kind in told]
    procedure = ProcedureSettled(clocks=slower, closed=[f"2027-{month:02}-04" for month in range(1, 13)])
    settle_procedure(
        often.house, often.who(Role.ADMINISTRATOR), procedure, reason="much later, and nothing follows"
    )
    end_misuse(often.house, often.who(Role.APPEALS), row.id, "They wrote to us.")
    for kind, before in told.items():
        clock = clock_of(often, held.id, kind)
        assert (clock.count, clock.unit, clock.consequence) == (before.count, before.unit, before.consequence)
        assert clock.started_at < before.started_at
        assert clock.due_at < before.due_at
        assert before.latest_at is not None
        assert clock.latest_at is not None
        assert clock.due_at < clock.latest_at < before.latest_at


def test_no_clock_of_what_was_held_is_due_later_than_was_told(often: World) -> None:
    """Also where days are closed meanwhile, so that the same term would take longer from now on."""
    decision = excluded(often)
    row = suspended(often)
    held = filed(often, decision)
    before = clock_of(often, held.id, ClockKind.ACKNOWLEDGE)
    first = Calendar().day(often.clock.last)
    closed = [(first + dt.timedelta(days=days)).isoformat() for days in range(120)]
    settle_procedure(
        often.house, often.who(Role.ADMINISTRATOR), ProcedureSettled(closed=closed), reason="a long feast"
    )
    end_misuse(often.house, often.who(Role.APPEALS), row.id, "They wrote to us.")
    assert clock_of(often, held.id, ClockKind.ACKNOWLEDGE).due_at == before.due_at


def test_the_end_of_a_suspension_tells_the_days_of_what_was_held(often: World) -> None:
    decision = excluded(often)
    row = suspended(often)
    held = filed(often, decision)
    end_misuse(often.house, often.who(Role.APPEALS), row.id, "They wrote to us.")
    make_owed(often.house)
    (notice,) = (item for item in owed(often, Purpose.MISUSE) if item.facts["what"] == "ended")
    text = (often.house.blobs.get(notice.forms["text/plain"]) or b"").decode()
    assert held.id in text
    for kind in (ClockKind.ACKNOWLEDGE, ClockKind.DECIDE):
        last = start_of_day(Calendar().day(Instant(clock_of(often, held.id, kind).due_at.nanos - 1)))
        assert f"The latest time for it: the end of {tongue_of(ENGLISH).day(last)}" in " ".join(text.split())


def test_an_advertiser_of_whom_nothing_is_known_is_not_warned(often: World) -> None:
    for name in ("nobody", "seen"):
        with pytest.raises(NotFoundError):
            warn(often.house, often.who(Role.APPEALS), name, WEIGHED, "Six in two months.")
    with pytest.raises(NotFoundError):
        figures_of(often.house, often.who(Role.MEMBER), OTHER)


def test_procedures_of_others_are_not_there(often: World) -> None:
    row = warned(often)
    assert [item.id for item in misuses_of(often.house, often.who(Role.MEMBER))] == [row.id]
    assert misuses_of(often.house, often.who("stranger")) == ()
    with pytest.raises(NotFoundError):
        read_misuse(often.house, often.who("stranger"), row.id)
    assert [item.id for item in misuses_of(often.house, often.who(Role.AUDITOR), state="warned")] == [row.id]


def test_a_member_under_suspension_still_files_and_is_read(often: World) -> None:
    decision = excluded(often)
    suspended(often)
    row = file_appeal(often.house, often.who(Role.MEMBER), decision.id, ["Please."])
    assert replace(row, seen=0) == replace(appeal_of(often, row.id), seen=0)


def test_rows_follow_from_the_log_through_a_whole_procedure(quick_world: World) -> None:
    world = quick_world
    procedure = ProcedureSettled(misuse={"least_number": "2", "least_share": "1", "longest_days": "30"})
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), procedure, reason="to try it")
    world.join("other-clerk", Role.APPEALS)
    misused(world, "a")
    misused(world, "b")
    row = warned(world)
    world.clock.nanos += 14 * DAY
    misused(world, "d")
    suspending(world, row)
    filed(world, excluded(world, "c"))
    end_misuse(world.house, world.who(Role.APPEALS), row.id, "They wrote to us.")
    found = check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier)
    assert [f"{item.where}: {item.message}" for item in found.findings] == []


# --- what others filed ---


def test_what_staff_files_is_held_against_nobody_and_takes_no_way_away(quick_world: World) -> None:
    world, clerk = quick_world, quick_world.who(Role.APPEALS)
    decision = excluded(world)
    row = file_appeal(world.house, clerk, decision.id, ["nonsense"])
    with pytest.raises(RefusedError) as caught:
        upholding(world, row, unfounded=True)
    assert codes(caught.value) == ["not-unfounded"]
    upheld(world, row)
    found = figures_of(world.house, clerk, ACME)
    assert found == Figures(filed=0, decided=0, unfounded=0)
    with pytest.raises(RefusedError) as caught:
        file_appeal(world.house, clerk, decision.id, ["more nonsense"])
    assert codes(caught.value) == ["appeal-over"]
    own = filed(world, decision)
    assert figures_of(world.house, clerk, ACME) == Figures(filed=1, decided=0, unfounded=0)
    over = replace(own, state=AppealState.DECIDED)
    assert (bars(over, is_member=True), bars(appeal_of(world, row.id), is_member=True)) == (True, False)


def test_who_filed_an_appeal_for_an_advertiser_does_not_decide_it(quick_world: World) -> None:
    world = quick_world
    filer, decision = world.join("filer", Role.APPEALS, Role.SECOND_REVIEWER), excluded(world)
    row = file_appeal(world.house, filer, decision.id, ["What they said on the telephone."])
    with pytest.raises(RefusedError) as caught:
        assign(world.house, world.who(Role.APPEALS), row.id, filer.person, "they know it")
    assert codes(caught.value) == ["unknown-person"]
    proposed = upholding(world, row)
    with pytest.raises(RefusedError) as caught:
        confirm(world.house, filer, proposed.id, proposed.digest, "I agree with myself.")
    assert codes(caught.value) == ["own-appeal"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("least_number", "1"),
        ("least_share", "101"),
        ("least_share", "0"),
        ("longest_days", "181"),
        ("longest_days", "1" * 30),
        ("longest", "9"),
    ],
)
def test_misuse_is_never_one_appeal_nor_a_suspension_for_ever(
    quick_world: World, name: str, text: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        settle_procedure(
            quick_world.house,
            quick_world.who(Role.ADMINISTRATOR),
            ProcedureSettled(misuse={name: text}),
            reason="to try it",
        )
    assert codes(caught.value) == ["bad-value"]


@pytest.mark.parametrize("mediators", [["A body"] * 21, ["x" * 301], [" "]])
def test_mediators_are_few_and_their_names_short(quick_world: World, mediators: list[str]) -> None:
    administrator = quick_world.who(Role.ADMINISTRATOR)
    with pytest.raises(RefusedError):
        settle_procedure(
            quick_world.house, administrator, ProcedureSettled(mediators=mediators), reason="to try it"
        )
