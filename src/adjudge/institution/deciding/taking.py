"""Matters taken out of the queue, one for oneself or many for somebody: each by an act of its own, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adjudge.basis.said import say
from adjudge.errors import AdjudgeError, BugError, ConflictError
from adjudge.institution.deciding.matters import assign, change, current, matter, refuse_unable
from adjudge.institution.house import House, doing, refused
from adjudge.institution.own_words import TAKEN
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import MatterRow
from adjudge.records.shelf import PEOPLE

MOST = 50
"""Matters that are assigned at once: a page of them."""


def take(house: House, actor: Actor, matter_id: str, *, seen: int) -> MatterRow:
    """Take a matter that nobody has. Raises ConflictError, by whom, where somebody was faster."""
    with house.records.reading() as records:
        advertiser = matter(records, matter_id).advertiser
    with doing(house, actor, Act.ASSIGN, advertiser) as act:
        row = matter(act.records, matter_id)
        if row.assignee:
            raise _taken(act.records, row, actor)
        row = current(act, matter_id, seen)
        refuse_unable(act.records, actor.person, advertiser)
        body = {"assignee": str(actor.person), "reason": str(TAKEN)}
        return change(act, row, body, assignee=str(actor.person))


def _taken(records: Reading, row: MatterRow, actor: Actor) -> ConflictError:
    if row.assignee == actor.person:
        return ConflictError(say("you have this matter already"), hint=say("go on with it"))
    person = records.get(PEOPLE, row.assignee)
    name = person.name if person is not None and person.name else row.assignee
    message = say("it is already taken by {person}", person=name)
    return ConflictError(message, hint=say("take another one, or have it handed over to you with a reason"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What came of one of many: the matter as it is now, or why it was not assigned."""

    matter: str
    row: MatterRow | None = None
    why: AdjudgeError | None = None


def assign_each(
    house: House, actor: Actor, wanted: Mapping[str, int], person_id: str, *, reason: str
) -> Sequence[Handed]:
    """Assign matters, by id as they were seen, each recorded by itself: one that is refused keeps no other back.

    Raises RefusedError where they are more than a page of the queue.
    """
    if len(wanted) > MOST:
        message = say("more than {most} matters are chosen", most=MOST)
        raise refused("too-many", message, say("choose fewer at once"))
    return [
        _assigned(house, actor, (matter_id, seen), person_id, reason) for matter_id, seen in wanted.items()
    ]


def _assigned(house: House, actor: Actor, wanted: tuple[str, int], person_id: str, reason: str) -> Handed:
    matter_id, seen = wanted
    try:
        row = assign(house, actor, matter_id, person_id, reason=reason, seen=seen)
    except BugError:
        raise
    except AdjudgeError as error:
        return Handed(matter=matter_id, why=error)
    return Handed(matter=matter_id, row=row)
