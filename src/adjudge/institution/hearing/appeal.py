"""An appeal found by its id, the acts on it, and what of it whoever asks may have."""

from contextlib import AbstractContextManager
from dataclasses import replace

from adjudge.appeals.states import OPEN
from adjudge.appeals.whose import ADVERTISER
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.institution.deciding.running_out import doing_in_time
from adjudge.institution.house import Doing, House, refused
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, DecisionRow, DecisionState, MessageRow
from adjudge.records.shelf import APPEALS, DECISIONS, MESSAGES

STAFF, PLATFORM = "staff", "platform"
MOST_DOCUMENTS = 100
DECIDED = frozenset({DecisionState.ISSUED, DecisionState.SUPERSEDED, DecisionState.LAPSED})
"""States of decisions that were told to their advertiser: it can appeal these, and ask why."""


def appeal_row(records: Reading, appeal_id: str) -> AppealRow:
    """An appeal. Raises NotFoundError."""
    row = records.get(APPEALS, appeal_id)
    if row is None:
        raise not_found()
    return row


def decided(records: Reading, decision_id: str) -> DecisionRow:
    """A decision that was issued at some time. Raises NotFoundError: nobody outside learns of what is only proposed."""
    row = records.get(DECISIONS, decision_id)
    if row is None or row.state not in DECIDED:
        raise not_found()
    return row


def on_appeal(house: House, actor: Actor, act: Act, appeal_id: str) -> AbstractContextManager[Doing]:
    """An act on an appeal, whose advertiser says whose it is; clocks of it that are due have run out before."""
    with house.records.reading() as records:
        advertiser = appeal_row(records, appeal_id).advertiser
    return doing_in_time(house, actor, act, advertiser)


def is_member(actor: Actor) -> bool:
    """Whether somebody acts for an advertiser."""
    return bool(actor.advertiser)


def refuse_over(row: AppealRow) -> None:
    """Raise RefusedError for an appeal in which nothing waits for anybody any more."""
    if row.state not in OPEN:
        message = say("the appeal {appeal} is {state} already", appeal=row.id, state=str(row.state))
        raise refused("appeal-over", message, say("it can be read; nothing is added to it"))


def refuse_changed(row: AppealRow, seen: int | None) -> None:
    """Raise ConflictError where something was done since `seen` was read; None asks for nothing."""
    if seen is not None and seen != row.seen:
        message = say("the appeal was changed meanwhile")
        raise ConflictError(message, hint=say("read what is new in it, and send it again"))


def as_read(row: AppealRow, actor: Actor) -> AppealRow:
    """An appeal as its reader may have it: an advertiser is not told who works on it here."""
    if not is_member(actor):
        return row
    return replace(row, assignee="", filed_by=row.filed_by if row.appellant == ADVERTISER else "")


def message_as_read(row: MessageRow, actor: Actor) -> MessageRow:
    """A message as its reader may have it: an advertiser is not told who wrote for the platform."""
    return replace(row, author="") if is_member(actor) and row.side == PLATFORM else row


def keep_message(
    act: Doing, row: AppealRow, text: str, documents: tuple[str, ...] = (), part: str = ""
) -> MessageRow:
    """Keep what somebody says in an appeal. It bears the number of the entry that tells of it."""
    message = MessageRow(
        id=act.mint("G"),
        appeal=row.id,
        advertiser=row.advertiser,
        side=ADVERTISER if is_member(act.actor) else PLATFORM,
        author=act.actor.person,
        at=act.at,
        text=text,
        documents=documents,
        part=part,
    )
    act.records.put(MESSAGES, message)
    return message
