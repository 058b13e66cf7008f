"""Appeals and their clocks for tests: a decision to appeal against, what is settled, and time that goes on."""

from collections.abc import Iterable
from dataclasses import replace

from adjudge.basis.instant import NANOS
from adjudge.clocks.term import ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.institution.binding.measures import has_effect
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import assign
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, AppealRow, ClockRow, DecisionRow, NoticeRow, NoticeState, Purpose
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, MEASURES, NOTICES
from tests.rooms.institution.world import ACME, EXCLUDING, World

LATER = Term(300)


def settled(world: World, terms: Iterable[ClockTerm] = (), *, country: str = "", zone: str = "UTC") -> None:
    """Settle clocks."""
    procedure = ProcedureSettled(country=country, zone=zone, clocks=tuple(terms))
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), procedure, reason="to try it")


def only(kind: ClockKind, consequence: Consequence, term: Term | None = None) -> list[ClockTerm]:
    """Of all clocks one that runs out soon, with a consequence; the others much later."""
    soon = ClockTerm(kind, term or Term(3, Unit.DAYS), consequence)
    return [soon, *(ClockTerm(item, LATER, Consequence.ESCALATE) for item in ClockKind if item is not kind)]


def excluded(world: World, ad: str = "a", advertiser: str = ACME) -> DecisionRow:
    """A decision that excludes an ad."""
    world.ad(ad, advertiser, beer=True)
    return world.issued(ad)


def filed(world: World, decision: DecisionRow, kind: AppealKind = AppealKind.APPEAL) -> AppealRow:
    """An appeal by the advertiser, or a request for reasons."""
    member = world.who(Role.MEMBER if decision.advertiser == ACME else "stranger")
    return file_appeal(world.house, member, decision.id, ["We have a licence.", "It is clear."], kind=kind)


def upheld(world: World, appeal: AppealRow, *, unfounded: bool = False) -> DecisionRow:
    """An appeal decided by people who took no part, with the measures as they were."""
    row = upholding(world, appeal, unfounded=unfounded)
    return decisions.issue(world.house, world.who("judge"), row.id)


def upholding(world: World, appeal: AppealRow, *, unfounded: bool = False) -> DecisionRow:
    """The proposal by which an appeal would be decided so, ready to be issued by who is called judge."""
    judge, confirming = somebody(world, "judge", Role.APPEALS), somebody(world, "other", Role.SECOND_REVIEWER)
    assign(world.house, world.who(Role.APPEALS), appeal.id, judge.person, "took no part")
    with world.house.records.reading() as records:
        decision = records.get(DECISIONS, appeal.decision)
    assert decision is not None
    replies = {point.id: "The licence is of another town." for point in appeal.points}
    proposal = replace(EXCLUDING, appeal=appeal.id, replies=replies, unfounded=unfounded)
    row = decisions.propose(world.house, judge, appeal.matter, decision.subject, proposal)
    return decisions.confirm(world.house, confirming, row.id, row.digest, "read and agreed")


def somebody(world: World, name: str, role: Role) -> Actor:
    """Somebody more of a role, the same each time."""
    return world.people.get(name) or world.join(name, role)


def assigned(world: World, appeal: AppealRow) -> Actor:
    """An appeal that somebody has, who took no part: whom it is assigned to."""
    judge = somebody(world, "judge", Role.APPEALS)
    assign(world.house, world.who(Role.APPEALS), appeal.id, judge.person, "took no part")
    return judge


def misused(world: World, ad: str, advertiser: str = ACME) -> AppealRow:
    """An appeal that was found manifestly unfounded."""
    appeal = filed(world, excluded(world, ad, advertiser))
    upheld(world, appeal, unfounded=True)
    return appeal


def made_notice(world: World, decision: DecisionRow) -> NoticeRow:
    """The notice of a decision as if it were made: with bytes of some kind, and an address to send it to."""
    house, forms = world.house, {}
    for media_type in ("text/html", "text/plain", "application/pdf"):
        forms[media_type] = house.blobs.put(media_type.encode())
    with house.records.writing() as records:
        (row,) = records.find(NOTICES, about=decision.id)
        made = replace(row, state=NoticeState.MADE, language="en", title="Notice", forms=forms)
        made = replace(made, made_at=house.clock())
        records.put(NOTICES, made)
    return made


def clock_of(world: World, of: str, kind: ClockKind) -> ClockRow:
    """A clock as it is kept."""
    with world.house.records.reading() as records:
        row = records.get(CLOCKS, f"{of}-{kind}")
    assert row is not None
    return row


def appeal_of(world: World, appeal_id: str) -> AppealRow:
    """An appeal as it is kept."""
    with world.house.records.reading() as records:
        row = records.get(APPEALS, appeal_id)
    assert row is not None
    return row


def due(world: World, clock: ClockRow, seconds: int = 0) -> None:
    """Let it be the instant at which a clock is due, or so many seconds off: whoever asks next is told so."""
    world.clock.nanos = clock.due_at.nanos + (seconds - 1) * NANOS


def effective(world: World, decision: DecisionRow) -> bool:
    """Whether every measure of a decision takes effect now; not so where there is none."""
    with world.house.records.reading() as records:
        rows = records.find(MEASURES, decision=decision.id)
    found = {has_effect(row, world.clock.last) for row in rows}
    assert len(found) == 1
    return found.pop()


def owed(world: World, purpose: Purpose) -> list[NoticeRow]:
    """The notices of a purpose."""
    with world.house.records.reading() as records:
        return list(records.find(NOTICES, purpose=purpose.value))
