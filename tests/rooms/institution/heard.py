"""Appeals and their clocks for tests: a decision to appeal against, what is settled, and time that goes to the point."""

from collections.abc import Iterable

from adjudge.basis.instant import NANOS
from adjudge.clocks.term import ClockKind, ClockTerm, Consequence, Term, Unit
from adjudge.institution.binding.measures import has_effect
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.hearing.filing import file_appeal
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, AppealRow, ClockRow, DecisionRow, NoticeRow, Purpose
from adjudge.records.shelf import APPEALS, CLOCKS, MEASURES, NOTICES
from tests.rooms.institution.world import World

LATER = Term(300)


def settled(world: World, terms: Iterable[ClockTerm] = (), *, country: str = "", zone: str = "UTC") -> None:
    """Settle clocks."""
    procedure = ProcedureSettled(country=country, zone=zone, clocks=tuple(terms))
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), procedure, reason="to try it")


def only(kind: ClockKind, consequence: Consequence, term: Term | None = None) -> list[ClockTerm]:
    """Of all clocks one that runs out soon, with a consequence; the others much later."""
    soon = ClockTerm(kind, term or Term(3, Unit.DAYS), consequence)
    return [soon, *(ClockTerm(item, LATER, Consequence.ESCALATE) for item in ClockKind if item is not kind)]


def excluded(world: World, ad: str = "a") -> DecisionRow:
    """A decision that excludes an ad."""
    world.ad(ad, beer=True)
    return world.issued(ad)


def filed(world: World, decision: DecisionRow, kind: AppealKind = AppealKind.APPEAL) -> AppealRow:
    """An appeal by the advertiser, or a request for reasons."""
    return file_appeal(world.house, world.who(Role.MEMBER), decision.id, ["We have a licence."], kind=kind)


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
