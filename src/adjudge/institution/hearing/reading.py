"""Appeals for whoever may read them: of an advertiser its own, of those who work here all."""

from collections.abc import Sequence

from adjudge.institution.hearing.appeal import appeal_row, as_read, is_member
from adjudge.institution.house import House
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.rows import AppealRow, DocumentRow
from adjudge.records.shelf import APPEALS, DOCUMENTS, MESSAGES


def appeals_of(
    house: House,
    actor: Actor,
    *,
    advertiser: str = "",
    state: str = "",
    after: str = "",
    most: int | None = None,
    **equal: str,
) -> Sequence[AppealRow]:
    """Appeals by id: of an advertiser, in a state, or by any other indexed field (decision, matter, assignee, kind)."""
    wanted = actor.advertiser if is_member(actor) else advertiser
    permit(actor, Act.READ_APPEAL, advertiser or wanted)
    asked = {**equal, "advertiser": wanted, "state": state}
    with house.records.reading() as records:
        found = records.find(APPEALS, after=after, most=most, **{k: v for k, v in asked.items() if v})
    return tuple(as_read(row, actor) for row in found)


def read_appeal(house: House, actor: Actor, appeal_id: str) -> AppealRow:
    """An appeal. Raises NotFoundError."""
    with house.records.reading() as records:
        row = appeal_row(records, appeal_id)
    permit(actor, Act.READ_APPEAL, row.advertiser)
    return as_read(row, actor)


def documents_of(house: House, actor: Actor, appeal_id: str) -> Sequence[DocumentRow]:
    """The documents that came with an appeal and with its messages, each once."""
    with house.records.reading() as records:
        row = appeal_row(records, appeal_id)
        permit(actor, Act.READ_APPEAL, row.advertiser)
        messages = records.find(MESSAGES, appeal=appeal_id)
        named = dict.fromkeys((*row.documents, *(name for item in messages for name in item.documents)))
        rows = records.get_many(DOCUMENTS, tuple(named))
    return tuple(rows[name] for name in named if name in rows)
