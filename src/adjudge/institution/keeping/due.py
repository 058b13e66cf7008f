"""What is due to go by the rules that are settled: whose days are over, whatever may still stand in the way of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.binding.retention import CONTACTS, DOCUMENTS, MESSAGES, PEOPLE, kept_days
from adjudge.institution.hearing.forgetting import has_words
from adjudge.institution.material.documents import concerned_by
from adjudge.institution.notifying.forgetting import SETTLED, notices_with_addresses, parts_of_contact
from adjudge.institution.staff.people import part_with_name
from adjudge.matters.states import ACTIVE
from adjudge.people.act import ACTS, Act
from adjudge.records import shelf
from adjudge.records.ports import Reading
from adjudge.records.rows import DocumentRow, MatterState, ProcedureRow

DAY = 86_400 * NANOS
AT_ONCE = 500
_CLOSED, _OUT = ACTS[Act.CLOSE].writes, ACTS[Act.DEACTIVATE].writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that goes by a rule: whose it is, and since when its days are over.

    No advertiser is named of staff, and of documents that came in about none or about several.
    """

    rule: str
    id: str
    advertiser: str
    since: Instant
    days: int


def due_items(records: Reading, at: Instant, *, at_rest: bool = False) -> Iterator[Due]:
    """Everything that is due, advertiser by advertiser; what is of none, and people, last.

    `at_rest`: only of those with no open matter.
    """
    row = procedure_row(records)
    if not row.retention:
        return
    for advertiser in _advertisers(records, at_rest=at_rest):
        yield from due_of(records, row, advertiser, at)
    yield from _of_nobody(records, row, at)
    yield from _people(records, row, at)


def due_of(records: Reading, row: ProcedureRow, advertiser: str, at: Instant) -> Iterator[Due]:
    """What is due of one advertiser. How it is reached goes before where its notices went."""
    closed = _closed_at(records, advertiser)
    yield from _documents(records, row, advertiser, closed, at)
    yield from _messages(records, row, advertiser, at)
    yield from _contacts(records, row, advertiser, closed, at)


def is_due(records: Reading, item: Due, at: Instant) -> bool:
    """Whether one thing is due still: its days are over, by what is settled now and has happened since."""
    row, closed = procedure_row(records), _closed_at(records, item.advertiser) if item.advertiser else None
    if item.rule == DOCUMENTS:
        document = records.get(shelf.DOCUMENTS, item.id)
        is_there = document is not None and document.expunged_at is None
        if document is not None and not item.advertiser:
            closed = _all_closed_at(records, document)
        began = max(document.received_at, closed) if document is not None and closed is not None else None
    elif item.rule == MESSAGES:
        message = records.get(shelf.MESSAGES, item.id)
        appeal = records.get(shelf.APPEALS, message.appeal) if message is not None else None
        is_there = message is not None and has_words(message)
        began = appeal.ended_at if appeal is not None else None
    elif item.rule == CONTACTS:
        is_there, began = True, _reached_until(records, item.advertiser, closed)
    else:
        person = records.get(shelf.PEOPLE, item.id)
        is_there = person is not None and not person.active
        began = _shut_out_at(records, item.id)
    return is_there and _over(row, item.rule, began, at) is not None


def _advertisers(records: Reading, *, at_rest: bool) -> Sequence[str]:
    """Those with a closed matter, and those who are reached somewhere."""
    closed = {item["advertiser"] for item in records.listed(shelf.MATTERS, state=MatterState.CLOSED.value)}
    closed |= {item["id"] for item in records.listed(shelf.CONTACTS)}
    active = {
        item["advertiser"] for state in ACTIVE for item in records.listed(shelf.MATTERS, state=str(state))
    }
    return sorted(closed - active if at_rest else closed)


def _closed_at(records: Reading, advertiser: str) -> Instant | None:
    """When the last matter of an advertiser was closed; None where there is none, or one is open."""
    found: list[Instant] = []
    for item in records.listed(shelf.MATTERS, advertiser=advertiser):
        told = [entry.at for entry in records.entries_of(item["id"]) if entry.kind == _CLOSED]
        if item["state"] != MatterState.CLOSED.value or not told:
            return None
        found.append(told[-1])
    return max(found, default=None)


def _over(row: ProcedureRow, rule: str, began: Instant | None, at: Instant) -> tuple[Instant, int] | None:
    """When the days of a rule were over, and how many they are; None where they are not, or nothing is settled."""
    days = kept_days(row, rule)
    if not days or began is None or at.nanos < began.nanos + days * DAY:
        return None
    return Instant(began.nanos + days * DAY), days


def _documents(
    records: Reading, row: ProcedureRow, advertiser: str, closed: Instant | None, at: Instant
) -> Iterator[Due]:
    if _over(row, DOCUMENTS, closed, at) is None:
        return
    for item in records.find(shelf.DOCUMENTS, advertiser=advertiser):
        over = _over(row, DOCUMENTS, max(item.received_at, closed) if closed else None, at)
        if item.expunged_at is None and over is not None:
            yield Due(rule=DOCUMENTS, id=item.id, advertiser=advertiser, since=over[0], days=over[1])


def _of_nobody(records: Reading, row: ProcedureRow, at: Instant) -> Iterator[Due]:
    """Documents that are of no one advertiser. That about which nothing was ever claimed concerns nobody, and stays."""
    after = "" if kept_days(row, DOCUMENTS) else None
    while after is not None:
        found = records.find(shelf.DOCUMENTS, advertiser="", after=after, most=AT_ONCE)
        for item in found:
            closed = _all_closed_at(records, item) if item.expunged_at is None else None
            over = _over(row, DOCUMENTS, max(item.received_at, closed) if closed else None, at)
            if over is not None:
                yield Due(rule=DOCUMENTS, id=item.id, advertiser="", since=over[0], days=over[1])
        after = found[-1].id if len(found) == AT_ONCE else None


def _all_closed_at(records: Reading, document: DocumentRow) -> Instant | None:
    """When the last matter of all whom a document concerns was closed; None where there is none, or one is open."""
    names = concerned_by(records, document)
    closed = {name: _closed_at(records, name) for name in names}
    if any(closed[name] is None and records.count(shelf.MATTERS, advertiser=name) for name in names):
        return None
    return max((at for at in closed.values() if at is not None), default=None)


def _messages(records: Reading, row: ProcedureRow, advertiser: str, at: Instant) -> Iterator[Due]:
    if not kept_days(row, MESSAGES):
        return
    for appeal in records.find(shelf.APPEALS, advertiser=advertiser):
        over = _over(row, MESSAGES, appeal.ended_at, at)
        for item in records.find(shelf.MESSAGES, appeal=appeal.id) if over is not None else ():
            if over is not None and has_words(item):
                yield Due(rule=MESSAGES, id=item.id, advertiser=advertiser, since=over[0], days=over[1])


def _contacts(
    records: Reading, row: ProcedureRow, advertiser: str, closed: Instant | None, at: Instant
) -> Iterator[Due]:
    """The contact itself under the advertiser's id, then each notice of which it is kept where it went."""
    if not kept_days(row, CONTACTS):
        return
    over = _over(row, CONTACTS, _reached_until(records, advertiser, closed), at)
    if over is None:
        return
    names = [advertiser] if any(records.part(part) for part in parts_of_contact(records, advertiser)) else []
    for name in (*names, *notices_with_addresses(records, advertiser)):
        yield Due(rule=CONTACTS, id=name, advertiser=advertiser, since=over[0], days=over[1])


def _people(records: Reading, row: ProcedureRow, at: Instant) -> Iterator[Due]:
    if not kept_days(row, PEOPLE):
        return
    for person in records.find(shelf.PEOPLE):
        if person.active or part_with_name(records, person) is None:
            continue
        over = _over(row, PEOPLE, _shut_out_at(records, person.id), at)
        if over is not None:
            yield Due(rule=PEOPLE, id=person.id, advertiser=person.advertiser, since=over[0], days=over[1])


def _reached_until(records: Reading, advertiser: str, closed: Instant | None) -> Instant | None:
    """When it was last settled how an advertiser is reached, or its last matter was closed: the later of the two."""
    settled = [entry.at for entry in records.entries_of(advertiser) if entry.kind == SETTLED]
    return max((*settled, *([closed] if closed is not None else [])), default=None)


def _shut_out_at(records: Reading, person: str) -> Instant | None:
    return max((entry.at for entry in records.entries_of(person) if entry.kind == _OUT), default=None)
