"""Notices that are owed, made: written from what is committed, in all their forms, and kept as they will be sent.

What is made is never made anew. A kill between any two steps leaves the notice owed, or made whole.
"""

from collections.abc import Mapping
from dataclasses import replace

from adjudge.basis.digest import Json, canonical_bytes, digest_of_bytes
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.errors import BugError
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.deciding.decisions import read_decision, ready_of
from adjudge.institution.deciding.issuing import measure_rows
from adjudge.institution.house import House, now, refused, time_of, write_by_institution
from adjudge.institution.notifying.channels import on_the_page, to_addresses
from adjudge.institution.notifying.contacts import contact_of
from adjudge.institution.notifying.delivering import tell_end
from adjudge.institution.notifying.wording.letters import language_for, written
from adjudge.ledger.fields import LONGEST_WRITTEN
from adjudge.ledger.part import SALT_BYTES, sealed
from adjudge.letters.forms import TEXT, forms_of
from adjudge.letters.letter import Letter
from adjudge.letters.spans import fit_letter
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import DecisionRow, MeasureRow, NoticeRow, NoticeState, Purpose
from adjudge.records.shelf import DELIVERIES, NOTICES
from adjudge.tongues.tongue import LANGUAGES

MADE = "notice:made"
LONGEST_WORDS = LONGEST_WRITTEN - 10_000
"""Bytes of words that fit into a sealed part, with the little that stands around them."""


def make_owed(house: House) -> tuple[NoticeRow, ...]:
    """Make every notice that is owed, in the order in which they were; those that were made now.

    Raises BugError for one that cannot be made, when all others are.
    """
    with house.records.reading() as records:
        owed = [item["id"] for item in records.listed(NOTICES, state=NoticeState.OWED.value)]
    found, failed = [], []
    for notice_id in owed:
        try:
            found.append(_made(house, notice_id))
        except BugError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return tuple(row for row in found if row is not None)


def letter_for(records: Reading, notice: NoticeRow, *, address: str = "") -> Letter:
    """The letter of a notice, dated as it was made; of one that is still owed, as it was owed."""
    return written(records, notice, notice.made_at or notice.owed_at, address)


def preview(
    house: House,
    actor: Actor,
    decision_id: str,
    purpose: Purpose = Purpose.DECISION,
    language: str = "",
) -> Letter:
    """What would be told of a decision now. Nothing is kept. Raises NotFoundError, RefusedError."""
    row, at = read_decision(house, actor, decision_id), time_of(house)
    if purpose not in {Purpose.DECISION, Purpose.REMINDER}:
        message = say("a notice of {purpose} tells of more than a decision", purpose=str(purpose))
        raise refused("no-preview", message, say("choose among: {kinds}", kinds=("decision", "reminder")))
    if language and language not in LANGUAGES:
        message = say("no catalogue speaks {languages}", languages=(language,))
        hint = say("choose among: {languages}", languages=tuple(LANGUAGES))
        raise refused("unknown-language", message, hint)
    with house.records.reading() as records:
        proposed = _ahead(records, row, at) if row.issued_at is None else None
        decision = proposed[0] if proposed is not None else row
        notice = NoticeRow(
            id="N-000000",
            purpose=purpose,
            state=NoticeState.OWED,
            advertiser=row.advertiser,
            about=row.id,
            of="",
            owed_at=at,
            language=language or language_for(records, row.advertiser, decision),
        )
        return written(records, notice, at, house.address, proposed=proposed)


def _ahead(records: Reading, row: DecisionRow, at: Instant) -> tuple[DecisionRow, tuple[MeasureRow, ...]]:
    """A proposal as if it were issued now."""
    ready = ready_of(records, row, at)
    statement = dict(ready.notice.text) if ready.notice is not None else {}
    issued = replace(row, issued_at=at, statement=statement)
    return issued, tuple(measure_rows(issued, ready))


def _made(house: House, notice_id: str) -> NoticeRow | None:
    """Make one; None where somebody else was first."""
    while True:
        with house.records.reading() as records:
            row, at = records.get(NOTICES, notice_id), now(house, records)
            if row is None or row.state is not NoticeState.OWED:
                return None
            letter = fit_letter(written(records, row, at, house.address))
        forms = forms_of(letter)
        digests = {kind: house.blobs.put(content) for kind, content in forms.items()}
        with house.records.writing() as records:
            row, kept_at = records.get(NOTICES, notice_id), now(house, records)
            if row is None or row.state is not NoticeState.OWED:
                return None
            calendar = calendar_of(procedure_row(records))
            if calendar.day(at) == calendar.day(
                kept_at
            ):  # else it bears yesterday's date, and is written again
                return _kept(house, records, _as_made(row, letter, digests, kept_at), _words(letter, forms))


def _words(letter: Letter, forms: Mapping[str, bytes]) -> dict[str, Json]:
    """What the sealed part has: the words, or where they are too many for a part, the title and their digest alone."""
    whole = {"title": letter.title, "text": forms[TEXT].decode()}
    short = {"title": letter.title, "digest": digest_of_bytes(forms[TEXT])}
    return dict[str, Json](whole if len(canonical_bytes(dict[str, Json](whole))) < LONGEST_WORDS else short)


def _as_made(row: NoticeRow, letter: Letter, digests: dict[str, str], at: Instant) -> NoticeRow:
    return replace(
        row,
        state=NoticeState.MADE,
        language=letter.language,
        title=letter.title,
        made_at=at,
        forms=digests,
    )


def _kept(house: House, records: Writing, row: NoticeRow, words: dict[str, Json]) -> NoticeRow:
    """Keep it with its deliveries, and say so: the words in a sealed part, the bytes by their digests."""
    part = sealed(words, house.random(SALT_BYTES))
    made = replace(row, part=part.digest)
    at = made.made_at or made.owed_at
    records.put(NOTICES, made)
    page = on_the_page(house, made, at)
    waiting = tuple(to_addresses(house, made, contact_of(records, made.advertiser), at))
    records.put_all(DELIVERIES, (page, *waiting))
    deliveries: list[Json] = [
        {"id": item.id, "channel": str(item.channel), "message": item.message} for item in (page, *waiting)
    ]
    body: dict[str, Json] = {
        "advertiser": made.advertiser,
        "purpose": str(made.purpose),
        "about": made.about,
        "of": made.of,
        "replaces": made.replaces,
        "language": made.language,
        "forms": {**made.forms},
        "deliveries": deliveries,
    }
    addresses = sealed({item.id: item.address for item in waiting}, house.random(SALT_BYTES))
    write_by_institution(records, at, MADE, made.id, body, parts=(part, addresses) if waiting else (part,))
    tell_end(house, records, page, at)
    return made
