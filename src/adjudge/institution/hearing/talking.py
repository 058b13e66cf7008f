"""The conversation in an appeal: it is part of the record, both sides have it, and what the platform writes is sent."""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.appeals.points import LONGEST
from adjudge.basis.digest import Json
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import say
from adjudge.institution.binding.following import Following
from adjudge.institution.hearing.appeal import (
    PLATFORM,
    appeal_row,
    is_member,
    keep_message,
    message_as_read,
    on_appeal,
    refuse_over,
)
from adjudge.institution.hearing.attached import own_documents
from adjudge.institution.house import House, fitting, need, refused
from adjudge.institution.material.documents import Upload, receive_once
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.rows import DocumentRow, MessageRow, Purpose
from adjudge.records.shelf import APPEALS, MESSAGES

LONGEST_MESSAGE = 4 * LONGEST


def write(house: House, actor: Actor, appeal_id: str, text: str, documents: Sequence[str] = ()) -> MessageRow:
    """Write in an open appeal, with documents that were received. What has no words has a document at least."""
    with on_appeal(house, actor, Act.WRITE, appeal_id) as act:
        row = appeal_row(act.records, appeal_id)
        refuse_over(row)
        told = _fitting(text)
        attached = own_documents(act.records, row.advertiser, documents)
        if not told and not attached:
            raise refused(
                "missing-text", say("the message says nothing"), say("write it, or attach a document")
            )
        part = act.seal({"text": told})
        message = keep_message(act, row, told, attached, part.digest)
        act.records.put(APPEALS, replace(row, seen=row.seen + 1))
        following = Following(act.records, act.at)
        if message.side == PLATFORM:
            following.owe(
                Purpose.MESSAGE, row.advertiser, row.decision, of=row.id, facts={"message": message.id}
            )
        body: dict[str, Json] = {
            "advertiser": row.advertiser,
            "message": message.id,
            "side": message.side,
            "documents": [*attached],
            "follows": following.form,
        }
        act.write(row.id, body, further=[part])
    return message


def refuse_writing(house: House, actor: Actor, appeal_id: str, text: str) -> None:
    """Raise what `write` would raise now, and write nothing: before documents are kept that come with it."""
    with house.records.reading() as records:
        row = appeal_row(records, appeal_id)
        permit(actor, Act.WRITE, row.advertiser)
        refuse_over(row)
        _fitting(text)


def _fitting(text: str) -> str:
    return fitting(text.strip(), say("the message"), most=LONGEST_MESSAGE)


def attach(house: House, actor: Actor, appeal_id: str, upload: Upload, title: str) -> DocumentRow:
    """Receive a document and attach it to an open appeal: two acts, of which the first stands by itself."""
    with house.records.reading() as records:
        row = appeal_row(records, appeal_id)
        permit(actor, Act.WRITE, row.advertiser)
        refuse_over(row)
    described: dict[str, Plain] = {
        "kind": "other",
        "title": need(title, say("the title"), most=500),
        "publisher": row.advertiser if is_member(actor) else PLATFORM,
        "language": row.language,
        "precision": "unknown",
        "status": "primary",
        "sources": [f"appeal:{row.id}"],
        "summary": {},
    }
    document = receive_once(house, actor, row.advertiser, described, upload)
    write(house, actor, appeal_id, "", (document.id,))
    return document


def messages_of(house: House, actor: Actor, appeal_id: str) -> Sequence[MessageRow]:
    """What was said in an appeal, in order. Who wrote for the platform is for the platform to know."""
    with house.records.reading() as records:
        row = appeal_row(records, appeal_id)
        permit(actor, Act.READ_APPEAL, row.advertiser)
        found = records.find(MESSAGES, appeal=appeal_id)
    return tuple(message_as_read(item, actor) for item in sorted(found, key=lambda item: (item.at, item.id)))
