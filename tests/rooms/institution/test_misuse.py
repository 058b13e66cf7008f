"""Misuse of appeals: counted, warned by a person, suspended by another one later, ended by its day or by a person."""

from dataclasses import replace

import pytest

from adjudge.appeals.misuse import Figures
from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ClockKind
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.misuse import (
    end_misuse,
    figures_of,
    misuses_of,
    read_misuse,
    suspend,
    warn,
)
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
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import appeal_of, clock_of, excluded, filed, misused, owed
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
    procedure = ProcedureSettled(misuse={"least_number": "1", "least_share": "1", "longest_days": "30"})
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), procedure, reason="to try it")
    world.join("other-clerk", Role.APPEALS)
    misused(world, "a")
    row = warned(world)
    world.clock.nanos += 14 * DAY
    misused(world, "b")
    suspending(world, row)
    filed(world, excluded(world, "c"))
    end_misuse(world.house, world.who(Role.APPEALS), row.id, "They wrote to us.")
    found = check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier)
    assert [f"{item.where}: {item.message}" for item in found.findings] == []
