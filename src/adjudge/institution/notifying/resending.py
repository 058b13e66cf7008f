"""A notice sent again as it was, and a notice corrected by a new one. Nothing that was sent is ever changed."""

from adjudge.basis.digest import Json
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.institution.binding.following import Following
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.notifying.channels import to_addresses
from adjudge.institution.notifying.contacts import contact_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import NoticeRow, NoticeState, Purpose
from adjudge.records.shelf import DELIVERIES, NOTICES


def resend(house: House, actor: Actor, notice_id: str, reason: str) -> NoticeRow:
    """Send the same bytes again, to the addresses that the advertiser has now; its page has them already."""
    owner = _owner(house, actor, Act.RESEND, notice_id)
    told = need(reason, say("the reason"))
    with doing(house, actor, Act.RESEND, owner) as act:
        notice = _made(act, notice_id)
        first = len(act.records.find(DELIVERIES, notice=notice.id)) + 1
        rows = tuple(to_addresses(house, notice, contact_of(act.records, owner), act.at, first=first))
        if not rows:
            message = say("the advertiser {advertiser} has no address but its page", advertiser=owner)
            raise refused("no-address", message, say("settle how it is reached first"))
        act.records.put_all(DELIVERIES, rows)
        sent: list[Json] = [
            {"id": row.id, "channel": str(row.channel), "message": row.message} for row in rows
        ]
        body: dict[str, Json] = {"advertiser": owner, "deliveries": sent, "reason": told}
        act.write(notice.id, body, {"addresses": {row.id: row.address for row in rows}})
    return notice


def correct(house: House, actor: Actor, notice_id: str, reason: str) -> NoticeRow:
    """Owe a notice in place of one that had a mistake; `reason` says what was wrong, and is told in it."""
    owner = _owner(house, actor, Act.CORRECT, notice_id)
    told = need(reason, say("what was wrong"))
    with doing(house, actor, Act.CORRECT, owner) as act:
        notice = _made(act, notice_id)
        later = correction_of(act.records, notice)
        if later is not None:
            message = say("the notice was corrected by {notice} already", notice=later.id)
            raise ConflictError(message, hint=say("correct that one"))
        following = Following(act.records, act.at)
        purpose = str(notice.facts.get("purpose") or notice.purpose)
        made = following.owe(
            Purpose.CORRECTION,
            owner,
            notice.about,
            of=notice.of,
            facts={**notice.facts, "purpose": purpose, "wrong": told},
            replaces=notice.id,
        )
        body: dict[str, Json] = {"advertiser": owner, "notice": made.id, "follows": following.form}
        act.write(notice.id, body, {"wrong": told})
    return made


def correction_of(records: Reading, notice: NoticeRow) -> NoticeRow | None:
    """The notice that stands in place of this one; None where it stands itself."""
    found = records.find(NOTICES, about=notice.about, purpose=Purpose.CORRECTION.value)
    return next((row for row in found if row.replaces == notice.id), None)


def _owner(house: House, actor: Actor, act: Act, notice_id: str) -> str:
    """Whose notice it is; as if it were not there for whoever may not do this to it."""
    with house.records.reading() as records:
        found = records.get(NOTICES, notice_id)
    if found is None:
        raise not_found()
    permit(actor, act, found.advertiser)
    return found.advertiser


def _made(act: Doing, notice_id: str) -> NoticeRow:
    notice = act.records.get(NOTICES, notice_id)
    if notice is None:
        raise not_found()
    if notice.state is not NoticeState.MADE:
        message = say("the notice {notice} is not made yet", notice=notice.id)
        raise refused("not-made", message, say("wait for a minute, and look again"))
    return notice
