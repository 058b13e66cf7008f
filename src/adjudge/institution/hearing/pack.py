"""The pack for a body of settlement: everything about a dispute that both sides may see, and nothing else.

Both sides get the same bytes of it at the same time. Nobody who works for the platform is named; entries of the log are
named by number and hash, so that a receipt of each can be asked for and verified.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.institution.hearing.appeal import appeal_row, decided
from adjudge.institution.hearing.settlement import dispute_row
from adjudge.institution.house import House, now
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.tree import leaf_hash
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealRow,
    ClockRow,
    DecisionRow,
    DeliveryRow,
    DisputeRow,
    DocumentRow,
    MeasureRow,
    MessageRow,
    NoticeRow,
)
from adjudge.records.shelf import (
    APPEALS,
    CLOCKS,
    DECISIONS,
    DELIVERIES,
    DOCUMENTS,
    MEASURES,
    MESSAGES,
    NOTICES,
)

FORMAT = "adjudge-dispute/1"
LOGGED = frozenset(
    {
        "decision:issued",
        "decision:automated",
        "notice:made",
        "notice:delivered",
        "notice:opened",
        "appeal:filed",
        "appeal:acknowledged",
        "appeal:answered",
        "appeal:decided",
        "appeal:granted",
        "appeal:withdrawn",
        "appeal:message",
        "clock:extended",
        "clock:ran_out",
        "measure:paused",
        "measure:resumed",
        "dispute:referred",
        "dispute:decided",
        "dispute:carried_out",
        "dispute:not_followed",
        "dispute:ended",
    }
)
"""Entries to which a pack refers; how it was weighed and proposed is no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What a pack is made of, read at one instant."""

    at: Instant
    dispute: DisputeRow
    decision: DecisionRow
    result: DecisionRow | None
    measures: Sequence[MeasureRow]
    appeals: Sequence[AppealRow]
    messages: Sequence[MessageRow]
    documents: Sequence[DocumentRow]
    clocks: Sequence[ClockRow]
    notices: Sequence[NoticeRow]
    deliveries: Sequence[DeliveryRow]
    entries: Sequence[Entry]


def pack(house: House, actor: Actor, dispute_id: str) -> dict[str, Json]:
    """The pack of a dispute as JSON, for whoever may read it. Raises NotFoundError."""
    found = gathered(house, actor, dispute_id)
    return {
        "format": FORMAT,
        "at": str(found.at),
        "dispute": _dispute(found.dispute),
        "decision": _decision(found.decision, found.measures),
        "statement": {**found.decision.statement},
        "result": _decision(found.result, found.measures) if found.result is not None else None,
        "appeals": [_appeal(row, found.messages) for row in found.appeals],
        "documents": [_document(row) for row in found.documents],
        "clocks": [_clock(row) for row in found.clocks],
        "notices": [_notice(row, found.deliveries) for row in found.notices],
        "log": [_entry(item) for item in found.entries],
    }


def gathered(house: House, actor: Actor, dispute_id: str) -> Packed:
    """What a pack is made of, for whoever may read the dispute. Raises NotFoundError."""
    with house.records.reading() as records:
        dispute = dispute_row(records, dispute_id)
        permit(actor, Act.READ_APPEAL, dispute.advertiser)
        return _gathered(records, dispute, now(house, records))


def _gathered(records: Reading, dispute: DisputeRow, at: Instant) -> Packed:
    decision = decided(records, dispute.decision)
    result = records.get(DECISIONS, dispute.result) if dispute.result not in {"", decision.id} else None
    appeals = _appeals(records, dispute)
    messages = [item for row in appeals for item in records.find(MESSAGES, appeal=row.id)]
    named = dict.fromkeys(
        (
            *(name for row in appeals for name in row.documents),
            *(n for row in messages for n in row.documents),
            *dispute.documents,
        )
    )
    heard = [*(row.id for row in appeals), dispute.id]
    clocks = [row for of in heard for row in records.find(CLOCKS, of=of)]
    told = {row.id: row for row in records.find(NOTICES, about=decision.id)}
    told |= {
        row.id: row for of in (*heard, *(item.id for item in clocks)) for row in records.find(NOTICES, of=of)
    }
    about = [decision.id, *heard, *(item.id for item in clocks), *told]
    return Packed(
        at=at,
        dispute=dispute,
        decision=decision,
        result=result,
        measures=[row for item in (decision.id, dispute.result) if item for row in _measures(records, item)],
        appeals=appeals,
        messages=sorted(messages, key=lambda row: (row.at, row.id)),
        documents=list(records.get_many(DOCUMENTS, tuple(named)).values()),
        clocks=sorted(clocks, key=lambda row: (row.started_at, row.id)),
        notices=sorted(
            (row for row in told.values() if row.made_at is not None), key=lambda row: (row.owed_at, row.id)
        ),
        deliveries=[row for item in told for row in records.find(DELIVERIES, notice=item)],
        entries=_entries(records, about),
    )


def _appeals(records: Reading, dispute: DisputeRow) -> Sequence[AppealRow]:
    """The appeal before the dispute, and all that were filed against the decision."""
    before = (appeal_row(records, dispute.appeal),) if dispute.appeal else ()
    found = {row.id: row for row in (*before, *records.find(APPEALS, decision=dispute.decision))}
    return sorted(found.values(), key=lambda row: (row.filed_at, row.id))


def _measures(records: Reading, decision: str) -> Sequence[MeasureRow]:
    return records.find(MEASURES, decision=decision)


def _entries(records: Reading, about: Iterable[str]) -> Sequence[Entry]:
    found = {item.seq: item for name in about for item in records.entries_of(name) if item.kind in LOGGED}
    return [found[seq] for seq in sorted(found)]


# --- forms ---


def _at(instant: Instant | None) -> Json:
    return str(instant) if instant is not None else None


def _dispute(row: DisputeRow) -> dict[str, Json]:
    return {
        "id": row.id,
        "state": str(row.state),
        "body": row.body,
        "reference": row.reference,
        "advertiser": row.advertiser,
        "decision": row.decision,
        "appeal": row.appeal,
        "reason": row.reason,
        "referred_at": str(row.referred_at),
        "due_at": str(row.due_at),
        "outcome": row.outcome,
        "recommended": row.recommended,
        "decided_at": _at(row.decided_at),
        "recorded_by": row.recorded_by,
        "documents": [*row.documents],
        "result": row.result,
        "ended_at": _at(row.ended_at),
    }


def _decision(row: DecisionRow, measures: Iterable[MeasureRow]) -> dict[str, Json]:
    return {
        "id": row.id,
        "state": str(row.state),
        "subject": row.subject,
        "package": row.package,
        "rules": [*row.rules],
        "automated": row.automated,
        "issued_at": _at(row.issued_at),
        "supersedes": row.supersedes,
        "entry": str(row.entry),
        "measures": [_measure(item) for item in measures if item.decision == row.id],
    }


def _measure(row: MeasureRow) -> dict[str, Json]:
    return {
        "id": row.id,
        "rule": row.rule,
        "kind": row.kind,
        "territories": [*row.territories],
        "all_but": row.all_but,
        "surfaces": [*row.surfaces],
        "surfaces_all_but": row.surfaces_all_but,
        "start": str(row.start),
        "end": _at(row.end),
        "lifted_at": _at(row.lifted_at),
        "rests": [{"start": str(item.start), "end": _at(item.end), "by": item.by} for item in row.pauses],
    }


def _appeal(row: AppealRow, messages: Iterable[MessageRow]) -> dict[str, Json]:
    return {
        "id": row.id,
        "kind": str(row.kind),
        "state": str(row.state),
        "decision": row.decision,
        "appellant": row.appellant,
        "language": row.language,
        "filed_at": str(row.filed_at),
        "acknowledged_at": _at(row.acknowledged_at),
        "ended_at": _at(row.ended_at),
        "outcome": row.outcome,
        "result": row.result,
        "points": [{"id": item.id, "text": item.text, "answer": item.answer} for item in row.points],
        "answer": row.answer,
        "documents": [*row.documents],
        "messages": [_message(item) for item in messages if item.appeal == row.id],
    }


def _message(row: MessageRow) -> dict[str, Json]:
    return {
        "id": row.id,
        "side": row.side,
        "at": str(row.at),
        "text": row.text,
        "documents": [*row.documents],
    }


def _document(row: DocumentRow) -> dict[str, Json]:
    return {
        "id": row.id,
        "title": str(row.content.get("title") or ""),
        "received_at": str(row.received_at),
        "media_type": row.media_type,
        "size": str(row.size),
        "digest": row.blob if row.expunged_at is None else "",
        "expunged_at": _at(row.expunged_at),
    }


def _clock(row: ClockRow) -> dict[str, Json]:
    return {
        "id": row.id,
        "kind": row.kind,
        "of": row.of,
        "state": str(row.state),
        "started_at": str(row.started_at),
        "due_at": str(row.due_at),
        "ended_at": _at(row.ended_at),
        "consequence": row.consequence,
        "extensions": [
            {"due_at": str(item.due_at), "at": str(item.at), "reason": item.reason} for item in row.extensions
        ],
    }


def _notice(row: NoticeRow, deliveries: Iterable[DeliveryRow]) -> dict[str, Json]:
    return {
        "id": row.id,
        "purpose": str(row.purpose),
        "language": row.language,
        "title": row.title,
        "made_at": _at(row.made_at),
        "opened_at": _at(row.opened_at),
        "forms": {**row.forms},
        "deliveries": [_delivery(item) for item in deliveries if item.notice == row.id],
    }


def _delivery(row: DeliveryRow) -> dict[str, Json]:
    return {"channel": str(row.channel), "state": str(row.state), "delivered_at": _at(row.delivered_at)}


def _entry(entry: Entry) -> dict[str, Json]:
    return {
        "seq": str(entry.seq),
        "at": str(entry.at),
        "kind": entry.kind,
        "subject": entry.subject,
        "hash": leaf_hash(entry_bytes(entry)).hex(),
    }
