"""Notices for those who may read them: an advertiser's people their own, the staff those whose matters they read."""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.institution.house import House, doing
from adjudge.letters.forms import JSON
from adjudge.letters.kept import read_letter
from adjudge.letters.letter import Letter
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import DeliveryRow, NoticeRow, NoticeState
from adjudge.records.shelf import DELIVERIES, NOTICES


def notices_of(house: House, actor: Actor, advertiser: str = "") -> Sequence[NoticeRow]:
    """Notices, oldest first: of one advertiser, or of all that somebody may read. Members see those that are made."""
    owner = advertiser or actor.advertiser
    permit(actor, Act.READ_MATTER, owner)
    asked = {"advertiser": owner} if owner else {}
    if actor.advertiser:
        asked["state"] = NoticeState.MADE.value
    with house.records.reading() as records:
        return tuple(records.find(NOTICES, most=None, **asked))


def read_notice(house: House, actor: Actor, notice_id: str) -> NoticeRow:
    """A notice. Raises NotFoundError."""
    with house.records.reading() as records:
        return _readable(records, actor, notice_id)


def form_of(house: House, actor: Actor, notice_id: str, media_type: str) -> bytes:
    """The bytes of a notice as they were sent. Raises NotFoundError where it is not made, or has no such form."""
    row = read_notice(house, actor, notice_id)
    content = house.blobs.get(row.forms.get(media_type, "")) if media_type in row.forms else None
    if content is None:
        raise not_found()
    return content


def letter_sent(house: House, actor: Actor, notice_id: str) -> Letter:
    """The letter of a notice as it was sent. Raises NotFoundError where it is not made."""
    return read_letter(form_of(house, actor, notice_id, JSON))


def deliveries_of(house: House, actor: Actor, notice_id: str) -> Sequence[DeliveryRow]:
    """How a notice went out. Members are not told what servers said to each other."""
    row = read_notice(house, actor, notice_id)
    with house.records.reading() as records:
        rows = records.find(DELIVERIES, notice=row.id)
    return tuple(replace(item, last_error="", proof="") for item in rows) if actor.advertiser else tuple(rows)


def open_notice(house: House, actor: Actor, notice_id: str) -> NoticeRow:
    """A notice opened on the page: the first time that somebody of the advertiser does is on record."""
    row = read_notice(house, actor, notice_id)
    if row.state is not NoticeState.MADE:
        raise not_found()
    if row.opened_at is not None or actor.advertiser != row.advertiser:
        return row
    try:
        return _opened(house, actor, row)
    except ConflictError:  # somebody else was first
        return read_notice(house, actor, notice_id)


def _opened(house: House, actor: Actor, row: NoticeRow) -> NoticeRow:
    with doing(house, actor, Act.OPEN_NOTICE, row.advertiser) as act:
        found = act.records.get(NOTICES, row.id)
        if found is None or found.opened_at is not None:
            raise ConflictError(say("this notice was opened before"))
        opened = replace(found, opened_at=act.at)
        act.records.put(NOTICES, opened)
        act.write(row.id, {"advertiser": row.advertiser})
    return opened


def _readable(records: Reading, actor: Actor, notice_id: str) -> NoticeRow:
    row = records.get(NOTICES, notice_id)
    permit(actor, Act.READ_MATTER, row.advertiser if row is not None else actor.advertiser)
    if row is None or (actor.advertiser and row.state is not NoticeState.MADE):
        raise not_found()
    return row
