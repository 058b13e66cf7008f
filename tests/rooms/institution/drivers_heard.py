"""Drivers for the acts of notices, appeals, clocks, settlement out of court and misuse: as `drivers.py` has them."""

from collections.abc import Callable, Mapping

from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ClockKind
from adjudge.institution.binding.procedure import ProcedureSettled, read_procedure, settle_procedure
from adjudge.institution.hearing import filing, handling, misuse, reading, relief, settlement, talking
from adjudge.institution.material.documents import Upload, receive
from adjudge.institution.notifying import contacts, resending
from adjudge.institution.notifying import reading as notices
from adjudge.institution.ticking.extending import extend
from adjudge.institution.ticking.reading import clocks_of, waiting
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, MisuseRow
from tests.rooms.institution.heard import assigned, clock_of, excluded, filed, made_notice, misused, somebody
from tests.rooms.institution.world import World, document

Work = Callable[[World, Actor, str], object]
Driver = Callable[[World, str], tuple[str, Work]]
DAY = 86_400 * NANOS
ANSWER = "The ad shows a bottle of beer at the second minute, and no licence for this town is on record."


def _settle_procedure(world: World, advertiser: str) -> tuple[str, Work]:
    del world, advertiser
    return "", lambda w, actor, _: settle_procedure(w.house, actor, ProcedureSettled(), reason="anew")


def _settle_contact(world: World, advertiser: str) -> tuple[str, Work]:
    del world
    return advertiser, lambda w, actor, name: contacts.settle_contact(
        w.house, actor, name, language="fr", emails=["post@example.org"], reason="asked for"
    )


# --- notices ---


def _open_notice(world: World, advertiser: str) -> tuple[str, Work]:
    notice = made_notice(world, excluded(world, "ad", advertiser))

    def work(w: World, actor: Actor, name: str) -> object:
        row = notices.open_notice(w.house, actor, name)
        if row.opened_at is None:  # it was only read, by somebody who works here
            raise not_found()
        return row

    return notice.id, work


def _resend(world: World, advertiser: str) -> tuple[str, Work]:
    notice = made_notice(world, excluded(world, "ad", advertiser))
    _settle_contact(world, advertiser)[1](world, world.who(Role.APPEALS), advertiser)
    return notice.id, lambda w, actor, name: resending.resend(w.house, actor, name, "it was not found")


def _correct(world: World, advertiser: str) -> tuple[str, Work]:
    notice = made_notice(world, excluded(world, "ad", advertiser))
    return notice.id, lambda w, actor, name: resending.correct(w.house, actor, name, "a wrong day")


# --- appeals ---


def _read_appeal(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    return appeal.id, lambda w, actor, name: (
        reading.read_appeal(w.house, actor, name),
        talking.messages_of(w.house, actor, name),
        reading.documents_of(w.house, actor, name),
    )


def _file(world: World, advertiser: str) -> tuple[str, Work]:
    decision = excluded(world, "ad", advertiser)
    return decision.id, lambda w, actor, name: filing.file_appeal(w.house, actor, name, ["It is wrong."])


def _write(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    return appeal.id, lambda w, actor, name: talking.write(w.house, actor, name, "One thing more.")


def _withdraw(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    return appeal.id, lambda w, actor, name: filing.withdraw(w.house, actor, name, "all is well")


def _acknowledge(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    return appeal.id, lambda w, actor, name: handling.acknowledge(w.house, actor, name, "Somebody reads it.")


def _assign(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    judge = somebody(world, "judge", Role.APPEALS).person
    return appeal.id, lambda w, actor, name: handling.assign(w.house, actor, name, judge, "took no part")


def _answer(world: World, advertiser: str) -> tuple[str, Work]:
    request = filed(world, excluded(world, "ad", advertiser), AppealKind.REASONS)
    return request.id, lambda w, actor, name: handling.answer_reasons(w.house, actor, name, ANSWER)


def _pause(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    return appeal.id, lambda w, actor, name: relief.pause(w.house, actor, name, "it is not clear yet")


def _resume(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    relief.pause(world.house, world.who(Role.APPEALS), appeal.id, "it is not clear yet")
    return appeal.id, lambda w, actor, name: relief.resume(w.house, actor, name, "it is clear now")


# --- clocks ---


def _read_clocks(world: World, advertiser: str) -> tuple[str, Work]:
    filed(world, excluded(world, "ad", advertiser))
    return "", lambda w, actor, _: (
        clocks_of(w.house, actor),
        waiting(w.house, actor),
        read_procedure(w.house, actor),
    )


def _extend(world: World, advertiser: str) -> tuple[str, Work]:
    appeal = filed(world, excluded(world, "ad", advertiser))
    assigned(world, appeal)
    clock = clock_of(world, appeal.id, ClockKind.DECIDE)
    later = Instant(clock.due_at.nanos + DAY)
    return clock.id, lambda w, actor, name: extend(w.house, actor, name, later, "an expert is heard")


# --- settlement out of court ---


def _refer(world: World, advertiser: str) -> tuple[str, Work]:
    decision = excluded(world, "ad", advertiser)
    return decision.id, lambda w, actor, name: settlement.refer(
        w.house, actor, name, "A body", "12/26", "it was told so"
    )


def _referred(world: World, advertiser: str, outcome: str = "") -> tuple[str, str]:
    """A dispute with its decision; decided by the body, if there is an outcome."""
    decision, appeals = excluded(world, "ad", advertiser), world.who(Role.APPEALS)
    dispute = settlement.refer(world.house, appeals, decision.id, "A body", "12/26", "it was told so")
    if outcome:
        settlement.record_outcome(world.house, appeals, dispute.id, outcome, "What the body says.")
    return dispute.id, decision.id


def _record_outcome(world: World, advertiser: str) -> tuple[str, Work]:
    dispute, _ = _referred(world, advertiser)
    shown = Upload(content=b"%PDF-1.7 what the body says", file_name="outcome.pdf")
    clerk = world.who(Role.APPEALS)
    letter = receive(world.house, clerk, advertiser, {**document(), "title": "What the body says"}, shown)
    return dispute, lambda w, actor, name: settlement.record_outcome(
        w.house, actor, name, settlement.Found.PARTLY, "What the body says.", documents=[letter.id]
    )


def _carry_out(world: World, advertiser: str) -> tuple[str, Work]:
    dispute, decision = _referred(world, advertiser, settlement.Found.FOR_PLATFORM)
    return dispute, lambda w, actor, name: settlement.carry_out(w.house, actor, name, decision, "it stands")


def _not_follow(world: World, advertiser: str) -> tuple[str, Work]:
    dispute, _ = _referred(world, advertiser, settlement.Found.FOR_ADVERTISER)
    return dispute, lambda w, actor, name: settlement.not_follow(w.house, actor, name, "the law forbids it")


def _end_dispute(world: World, advertiser: str) -> tuple[str, Work]:
    dispute, _ = _referred(world, advertiser)
    return dispute, lambda w, actor, name: settlement.end_dispute(w.house, actor, name, "it was withdrawn")


# --- misuse ---

WEIGHED = {"gravity": "Each took an hour.", "intention": "Each says the same."}


def lenient(world: World) -> None:
    """Settle that two appeals that are manifestly unfounded are misuse."""
    few = {"least_number": "2", "least_share": "1"}
    administrator = world.who(Role.ADMINISTRATOR)
    settle_procedure(world.house, administrator, ProcedureSettled(misuse=few), reason="to try it")


def warned(world: World, advertiser: str) -> MisuseRow:
    """A warning, by somebody who has no other part in it."""
    lenient(world)
    misused(world, "ad", advertiser)
    misused(world, "second-ad", advertiser)
    warner = somebody(world, "warner", Role.APPEALS)
    return misuse.warn(world.house, warner, advertiser, WEIGHED, "once too often")


def _warn(world: World, advertiser: str) -> tuple[str, Work]:
    lenient(world)
    misused(world, "ad", advertiser)
    misused(world, "second-ad", advertiser)
    return advertiser, lambda w, actor, name: misuse.warn(w.house, actor, name, WEIGHED, "once too often")


def unheeded(world: World, advertiser: str) -> tuple[MisuseRow, Instant]:
    """A warning after which one more appeal was manifestly unfounded, and a day on which a suspension could end."""
    row = warned(world, advertiser)
    world.clock.nanos += 15 * DAY
    misused(world, "another-ad", advertiser)
    return row, Instant(world.clock.nanos + 30 * DAY)


def _suspend(world: World, advertiser: str) -> tuple[str, Work]:
    row, until = unheeded(world, advertiser)
    return row.id, lambda w, actor, name: misuse.suspend(w.house, actor, name, until, "unheeded")


def _end_misuse(world: World, advertiser: str) -> tuple[str, Work]:
    row = warned(world, advertiser)
    return row.id, lambda w, actor, name: misuse.end_misuse(w.house, actor, name, "they have understood")


HEARD: Mapping[Act, Driver] = {
    Act.SETTLE_PROCEDURE: _settle_procedure,
    Act.SETTLE_CONTACT: _settle_contact,
    Act.OPEN_NOTICE: _open_notice,
    Act.RESEND: _resend,
    Act.CORRECT: _correct,
    Act.READ_APPEAL: _read_appeal,
    Act.FILE: _file,
    Act.WRITE: _write,
    Act.WITHDRAW_APPEAL: _withdraw,
    Act.ACKNOWLEDGE: _acknowledge,
    Act.ASSIGN_APPEAL: _assign,
    Act.ANSWER: _answer,
    Act.PAUSE: _pause,
    Act.RESUME: _resume,
    Act.READ_CLOCKS: _read_clocks,
    Act.EXTEND: _extend,
    Act.REFER: _refer,
    Act.RECORD_OUTCOME: _record_outcome,
    Act.CARRY_OUT: _carry_out,
    Act.NOT_FOLLOW: _not_follow,
    Act.END_DISPUTE: _end_dispute,
    Act.WARN: _warn,
    Act.SUSPEND_HANDLING: _suspend,
    Act.END_MISUSE: _end_misuse,
}
