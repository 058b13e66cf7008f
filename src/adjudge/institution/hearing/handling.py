"""What is done with an appeal until it is decided: acknowledged, assigned; and how a request for reasons is answered.

An appeal itself is decided by a decision (`deciding/appealed.py`), never by a word here.
"""

from dataclasses import dataclass, replace

from adjudge.appeals.answer import LEAST, says_the_same
from adjudge.appeals.states import APPEALS as TABLE
from adjudge.appeals.states import stepped
from adjudge.basis.digest import Json
from adjudge.basis.said import say
from adjudge.clocks.term import ClockKind
from adjudge.institution.binding.following import Following
from adjudge.institution.deciding.appealed import refuse_hand, took_part
from adjudge.institution.deciding.running_out import doing_in_time
from adjudge.institution.hearing.appeal import (
    appeal_row,
    decided,
    keep_message,
    on_appeal,
    refuse_changed,
)
from adjudge.institution.hearing.relief import LONGEST_REASON, let_go
from adjudge.institution.house import Doing, House, need, refused
from adjudge.institution.staff.people import actor_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may, permit
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    DecisionRow,
    DecisionState,
    PersonRow,
    Purpose,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, MEASURES, PEOPLE

LONGEST_ANSWER = 20_000


def acknowledge(
    house: House, actor: Actor, appeal_id: str, text: str, *, seen: int | None = None
) -> AppealRow:
    """Say that somebody has read it, and what happens next. It stands in the conversation, and is sent."""
    with on_appeal(house, actor, Act.ACKNOWLEDGE, appeal_id) as act:
        row = appeal_row(act.records, appeal_id)
        refuse_changed(row, seen)
        state = stepped(TABLE, Act.ACKNOWLEDGE, row.state)
        _refuse_hand_in_appeal(act, row)
        told = need(text, say("what happens next"), most=LONGEST_ANSWER)
        part = act.seal({"text": told})
        message = keep_message(act, row, told, part=part.digest)
        following = Following(act.records, act.at)
        following.stop(row.id, (ClockKind.ACKNOWLEDGE,))
        following.owe(
            Purpose.ACKNOWLEDGED, row.advertiser, row.decision, of=row.id, facts={"message": message.id}
        )
        kept = replace(row, state=state, acknowledged_at=act.at, seen=row.seen + 1)
        act.records.put(APPEALS, kept)
        body: dict[str, Json] = {
            "advertiser": row.advertiser,
            "decision": row.decision,
            "message": message.id,
        }
        act.write(row.id, {**body, "follows": following.form}, further=[part])
    return kept


def assign(
    house: House, actor: Actor, appeal_id: str, person_id: str, reason: str, *, seen: int | None = None
) -> AppealRow:
    """Assign an appeal to somebody who may decide it and took no part; a request for reasons to who may answer it."""
    with on_appeal(house, actor, Act.ASSIGN_APPEAL, appeal_id) as act:
        row = appeal_row(act.records, appeal_id)
        refuse_changed(row, seen)
        state = stepped(TABLE, Act.ASSIGN_APPEAL, row.state)
        _refuse_hand_in_appeal(act, row)
        told = need(reason, say("the reason"), most=LONGEST_REASON)
        person = act.records.get(PEOPLE, person_id)
        if person is None or not can_have(act.records, row, person):
            message = say("this person cannot decide the appeal {appeal}", appeal=row.id)
            hint = say(
                "choose somebody for appeals who took no part in the decision, and gave it no more time"
            )
            raise refused("unknown-person", message, hint)
        kept = replace(row, state=state, assignee=person_id, seen=row.seen + 1)
        act.records.put(APPEALS, kept)
        act.write(row.id, {"advertiser": row.advertiser, "assignee": person_id, "reason": told})
    return kept


def _refuse_hand_in_appeal(act: Doing, row: AppealRow) -> None:
    """A request for reasons may be handled by whoever decided: they know best. An appeal may not."""
    if row.kind is AppealKind.APPEAL:
        refuse_hand(act, decided(act.records, row.decision))


def can_have(records: Reading, row: AppealRow, person: PersonRow) -> bool:
    """Whether an appeal can be assigned to somebody: the same rule by which nobody else may decide it."""
    return _barred(records, row).lets(row, person)


@dataclass(frozen=True, slots=True)
class _Barred:
    """Who cannot have an appeal: whoever gave its clocks more time, as if for themselves, and whoever took part."""

    extended: frozenset[str]
    took_part: frozenset[str]

    def lets(self, row: AppealRow, person: PersonRow) -> bool:
        """Whether it lets somebody have it."""
        if person.id in self.extended:
            return False
        actor = actor_of(person)
        if row.kind is AppealKind.REASONS:
            return may(actor, Act.ANSWER, row.advertiser)
        return Role.APPEALS in actor.roles and person.id not in self.took_part


def _barred(records: Reading, row: AppealRow) -> _Barred:
    """Found once for everybody who is asked about."""
    clocks = records.find(CLOCKS, of=row.id)
    known = () if row.kind is AppealKind.REASONS else took_part(records, decided(records, row.decision))
    return _Barred(
        extended=frozenset(more.by for clock in clocks for more in clock.extensions),
        took_part=frozenset({row.filed_by, *known}),
    )


def assignable(house: House, actor: Actor, appeal_id: str) -> tuple[PersonRow, ...]:
    """Everybody to whom an appeal can be assigned, for whoever may assign it."""
    with house.records.reading() as records:
        row = appeal_row(records, appeal_id)
        permit(actor, Act.ASSIGN_APPEAL, row.advertiser)
        barred = _barred(records, row)
        return tuple(person for person in records.find(PEOPLE, advertiser="") if barred.lets(row, person))


def answer_reasons(
    house: House, actor: Actor, appeal_id: str, text: str, *, seen: int | None = None
) -> AppealRow:
    """Answer a request for reasons, in words of its own; the statement of reasons is sent anew with it."""
    with house.records.reading() as records:
        row = appeal_row(records, appeal_id)
        permit(actor, Act.ANSWER, row.advertiser)
        # All answers that were ever given are compared before others are kept from writing.
        told, again = _own_answer(records, row, text)
    with doing_in_time(house, actor, Act.ANSWER, row.advertiser) as act:
        row = appeal_row(act.records, appeal_id)
        refuse_changed(row, seen)
        return _answered(act, row, told, again)


def _answered(act: Doing, row: AppealRow, told: str, again: str) -> AppealRow:
    if row.kind is not AppealKind.REASONS:
        message = say("{appeal} asks that the decision be changed, not for its reasons", appeal=row.id)
        raise refused("no-request", message, say("propose a decision on the appeal"))
    state = stepped(TABLE, Act.ANSWER, row.state)
    stated = _stated(act.records, decided(act.records, row.decision))
    following = Following(act.records, act.at)
    following.stop(row.id)
    kept = replace(
        row, state=state, answer=told, result=stated.id, ended_at=act.at, rests=(), seen=row.seen + 1
    )
    act.records.put(APPEALS, kept)
    facts = {"again": again} if again else {}
    following.owe(Purpose.REASONS, row.advertiser, stated.id, of=row.id, facts=facts)
    let_go(following, row.id, row.decision)
    body: dict[str, Json] = {
        "advertiser": row.advertiser,
        "decision": row.decision,
        "result": stated.id,
        "follows": following.form,
    }
    act.write(row.id, body, {"answer": told})
    return kept


def _stated(records: Reading, row: DecisionRow) -> DecisionRow:
    """The decision whose statement is sent: this one, else the one in force in its place. Raises RefusedError."""
    if row.statement or not records.find(MEASURES, decision=row.id):
        return row
    issued = records.find(DECISIONS, subject=row.subject, state=DecisionState.ISSUED.value)
    newer = next((item for item in issued if item.statement and item.matter == row.matter), None)
    if newer is None:
        message = say("the decision {decision} has no statement of reasons", decision=row.id)
        raise refused("no-statement", message, say("decide anew first: the new decision has one"))
    return newer


def _own_answer(records: Reading, row: AppealRow, text: str) -> tuple[str, str]:
    """An answer to what was asked, and the request to which it was given before, if it was asked the same.

    The statement again is no answer, and neither is what was told to others or about another decision.
    """
    told = need(text, say("the answer"), most=LONGEST_ANSWER)
    if len("".join(told.split())) < LEAST:
        message = say("an answer has at least {least} characters", least=LEAST)
        raise refused("text-too-short", message, say("answer what was asked"))
    decision = decided(records, row.decision)
    answered = records.find(APPEALS, kind=AppealKind.REASONS.value, state=AppealState.ANSWERED.value)
    if any(says_the_same(told, statement, within=True) for statement in decision.statement.values()):
        message = say("the answer only repeats the statement of reasons")
        raise refused(
            "stock-answer", message, say("the statement is sent with it anyway; answer what was asked")
        )
    again = ""
    for other in answered:
        if says_the_same(told, other.answer):
            if not _asks_the_same(row, other):
                message = say("the same answer was given to {appeal}", appeal=other.id)
                raise refused("stock-answer", message, say("answer what was asked here"))
            again = other.id
    return told, again


def _asks_the_same(row: AppealRow, other: AppealRow) -> bool:
    """Whether a request asks once more what the same advertiser asked about the same decision."""
    if (row.advertiser, row.decision) != (other.advertiser, other.decision):
        return False
    one, two = ("\n".join(point.text for point in item.points) for item in (row, other))
    return says_the_same(one, two)
