"""Which fields of each row an advertiser takes with it, and which are withheld from it, each named.

A field that is in neither list is not handed out: whoever adds one decides where it belongs, and a test asks for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from adjudge.basis.instant import Instant
from adjudge.records.rows import Row
from adjudge.records.shelf import (
    APPEALS,
    CLAIMS,
    CLOCKS,
    CONTACTS,
    DECISIONS,
    DELIVERIES,
    DISPUTES,
    DOCUMENTS,
    MATTERS,
    MEASURES,
    MESSAGES,
    MISUSES,
    NOTICES,
    PEOPLE,
    REPLIES,
    SPEND,
    SUBJECTS,
)

TOLD: Mapping[str, str] = {
    SUBJECTS.name: "id kind advertiser content recorded_at approvals",
    CLAIMS.name: "id subject advertiser content weight document recorded_at withdrawn_at replaces reason",
    DOCUMENTS.name: "id advertiser content received_at blob media_type size file_name expunged_at",
    SPEND.name: "id subject advertiser start end amount currency recorded_at",
    MATTERS.name: "id advertiser policy territory state opened_at source detection notified reason title",
    DECISIONS.name: "id matter subject advertiser state proposed_at package proposal digest outcome signatures "
    "valid_at known_at issued_at automated statement notice grounds contrary rules supersedes entry appeal bound_to",
    MEASURES.name: "id decision subject advertiser rule kind territories all_but surfaces surfaces_all_but start end "
    "lifted_at issued_at pauses since",
    NOTICES.name: "id purpose state advertiser about of owed_at language title made_at forms replaces opened_at",
    DELIVERIES.name: "id notice advertiser channel address state message first_due_at delivered_at",
    APPEALS.name: "id kind state decision matter advertiser filed_by filed_at appellant language points documents "
    "acknowledged_at ended_at outcome result answer held_until rests unfounded",
    MESSAGES.name: "id appeal advertiser side author at text documents",
    CLOCKS.name: "id kind state of decision advertiser started_at count unit consequence due_at ended_at extensions "
    "latest_at",
    DISPUTES.name: "id state decision appeal advertiser body reference referred_at due_at outcome recommended "
    "decided_at recorded_by documents ended_at result reason",
    MISUSES.name: "id state advertiser warned_at criteria reason suspended_at until ended_at",
    REPLIES.name: "id advertiser state text language given_by given_at ended_at ground reason answer answered_at",
    CONTACTS.name: "id language emails webhook",
    PEOPLE.name: "id email name roles advertiser active joined_at",
}
WITHHELD: Mapping[str, str] = {
    SUBJECTS.name: "",
    CLAIMS.name: "",
    DOCUMENTS.name: "part",
    SPEND.name: "",
    MATTERS.name: "assignee seen",
    DECISIONS.name: "author answer reason issued_by",
    MEASURES.name: "",
    NOTICES.name: "facts part",
    DELIVERIES.name: "due_at attempts last_error proof links",
    APPEALS.name: "assignee part seen",
    MESSAGES.name: "part",
    CLOCKS.name: "",
    DISPUTES.name: "",
    MISUSES.name: "author confirmed_by",
    REPLIES.name: "refused_by part",
    CONTACTS.name: "webhook_secret part",
    PEOPLE.name: "invitation invited_until",
}
"""Who here works on what, what they noted for each other, secrets, and what only the program needs."""


def told_form(shelf: str, row: Row) -> dict[str, Any]:
    """A row for its advertiser; instants as they are written elsewhere."""
    return {name: plain(getattr(row, name)) for name in TOLD[shelf].split()}


def plain(value: object) -> object:
    """A value as JSON has it."""
    match value:
        case Enum():
            return str(value)
        case Instant():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case str() | bool() | int() | None:
            return value
        case Sequence():
            return [plain(item) for item in value]
        case _ if is_dataclass(value):
            return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
        case _:
            return str(value)
