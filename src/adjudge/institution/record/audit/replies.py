"""What entries tell of advertisers' replies in the public register."""

from adjudge.institution.record.audit.told import Told, text
from adjudge.ledger.entry import Entry
from adjudge.records.rows import ReplyState
from adjudge.records.shelf import REPLIES

_NOT_REFUSED: dict[str, object] = {"ground": "", "reason": "", "refused_by": ""}


def given(told: Told, entry: Entry) -> None:
    """Words, in place of those before."""
    fields: dict[str, object] = {
        "advertiser": text(entry, "advertiser"),
        "state": ReplyState.SHOWN.value,
        "language": text(entry, "language"),
        "given_by": told.person(entry),
        "given_at": entry.at,
        "ended_at": None,
        "answer": "",
        "answered_at": None,
        "part": entry.private[0] if entry.private else "",
        **_NOT_REFUSED,
    }
    for digest in entry.private[:1]:
        told.sealed[digest] = (REPLIES.name, entry.subject)
    content = told.content(entry)
    words = {"text": content.get("text")} if content is not None else {}
    told.put(REPLIES, entry.subject, entry, {**fields, **words})


def withdrawn(told: Told, entry: Entry) -> None:
    """By whom they are."""
    told.put(REPLIES, entry.subject, entry, {"state": ReplyState.WITHDRAWN.value, "ended_at": entry.at})


def refused(told: Told, entry: Entry) -> None:
    """By somebody here."""
    fields: dict[str, object] = {
        "state": ReplyState.REFUSED.value,
        "ended_at": entry.at,
        "ground": text(entry, "ground"),
        "refused_by": told.person(entry),
        "answer": "",
        "answered_at": None,
    }
    content = told.content(entry)
    reason = {"reason": content.get("reason")} if content is not None else {}
    told.put(REPLIES, entry.subject, entry, {**fields, **reason})


def answered(told: Told, entry: Entry) -> None:
    """What the advertiser says to the refusal."""
    content = told.content(entry)
    answer = {"answer": content.get("answer")} if content is not None else {}
    told.put(REPLIES, entry.subject, entry, {"answered_at": entry.at, **answer})


def restored(told: Told, entry: Entry) -> None:
    """Shown again."""
    told.put(
        REPLIES, entry.subject, entry, {"state": ReplyState.SHOWN.value, "ended_at": None, **_NOT_REFUSED}
    )
