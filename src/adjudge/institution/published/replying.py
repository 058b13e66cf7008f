"""The advertiser's reply: its own words beside a public decision, shown and withdrawn as it chooses.

Not judged by us: how polite, right or fair it is, is nobody's matter here. It is refused on a declared ground only, by
a person, with reasons that its author is told and can answer; somebody else can show it again.
"""

from collections.abc import Mapping
from dataclasses import replace
from unicodedata import normalize

from adjudge.basis.digest import Json
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.facts.codes import canonical_language
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.holds import holds_of
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.notifying.contacts import contact_of
from adjudge.institution.notifying.wording.replies import GROUNDS, REFUSED, RESTORED
from adjudge.institution.published.forgetting import forget_reply, without_words
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, Purpose, ReplyRow, ReplyState
from adjudge.records.shelf import DECISIONS, REPLIES
from adjudge.redaction.redact import PUBLIC, REPLY_GROUNDS

LONGEST_REPLY = 2_000
LONGEST_REASON = 2_000


def give_reply(house: House, actor: Actor, decision_id: str, text: str, *, language: str = "") -> ReplyRow:
    """Put words beside a decision, in place of those that stood there. One that was refused can be given otherwise."""
    row = _decision(house, decision_id)
    with doing(house, actor, Act.REPLY, row.advertiser) as act:
        told = need(text, say("the reply"), most=LONGEST_REPLY)
        before = act.records.get(REPLIES, decision_id)
        if before is not None:
            _refuse_again(before, told)
        part = act.seal({"text": told})
        reply = ReplyRow(
            id=decision_id,
            advertiser=row.advertiser,
            state=ReplyState.SHOWN,
            text=told,
            language=_language(act, row.advertiser, language),
            given_by=act.actor.person,
            given_at=act.at,
            part=part.digest,
        )
        act.records.put(REPLIES, reply)
        body = {"advertiser": row.advertiser, "language": reply.language}
        act.write(decision_id, body, further=[part])
    return reply


def withdraw_reply(house: House, actor: Actor, decision_id: str) -> ReplyRow:
    """Take the words back: they are shown no more, and are expunged, unless a legal hold stands."""
    row = _decision(house, decision_id)
    with doing(house, actor, Act.WITHDRAW_REPLY, row.advertiser) as act:
        before = _reply(act.records, decision_id, ReplyState.SHOWN, ReplyState.REFUSED)
        gone = replace(before, state=ReplyState.WITHDRAWN, ended_at=act.at)
        act.records.put(REPLIES, gone)
        act.write(decision_id, {"advertiser": row.advertiser})
        if not holds_of(act.records, row.advertiser):
            gone = forget_reply(act.records, gone, act.at)
    return reply_as_read(gone, actor)


def refuse_reply(house: House, actor: Actor, decision_id: str, ground: str, reason: str) -> ReplyRow:
    """Show it no more, on one of the declared grounds, with reasons that its author is told."""
    row = _decision(house, decision_id)
    with doing(house, actor, Act.REFUSE_REPLY, row.advertiser) as act:
        if ground not in REPLY_GROUNDS:
            message = say("{ground} is no ground on which a reply is refused", ground=ground[:100])
            raise refused("bad-value", message, say("choose among: {kinds}", kinds=tuple(GROUNDS)))
        told = need(reason, say("the reason"), most=LONGEST_REASON)
        before = _reply(act.records, decision_id, ReplyState.SHOWN)
        kept = replace(
            before,
            state=ReplyState.REFUSED,
            ended_at=act.at,
            ground=ground,
            reason=told,
            refused_by=act.actor.person,
            answer="",
            answered_at=None,
        )
        act.records.put(REPLIES, kept)
        facts = {"what": REFUSED, "ground": ground, "reason": told}
        body: dict[str, Json] = {"advertiser": row.advertiser, "ground": ground}
        act.write(decision_id, body | _owed(act, row, facts), {"reason": told})
    return kept


def answer_refusal(house: House, actor: Actor, decision_id: str, text: str) -> ReplyRow:
    """Say why it should be shown after all. Somebody else than who refused it reads that."""
    row = _decision(house, decision_id)
    with doing(house, actor, Act.ANSWER_REFUSAL, row.advertiser) as act:
        told = need(text, say("the answer"), most=LONGEST_REASON)
        before = _reply(act.records, decision_id, ReplyState.REFUSED)
        if before.answer:
            raise ConflictError(say("it was answered already"), hint=say("give another reply, or wait"))
        kept = replace(before, answer=told, answered_at=act.at)
        act.records.put(REPLIES, kept)
        act.write(decision_id, {"advertiser": row.advertiser}, {"answer": told})
    return kept


def restore_reply(house: House, actor: Actor, decision_id: str, reason: str) -> ReplyRow:
    """Show again what was refused, with reasons; not by who refused it."""
    row = _decision(house, decision_id)
    with doing(house, actor, Act.RESTORE_REPLY, row.advertiser) as act:
        told = need(reason, say("the reason"), most=LONGEST_REASON)
        before = _reply(act.records, decision_id, ReplyState.REFUSED)
        if before.refused_by == act.actor.person:
            message = say("who refused it does not decide on it again")
            raise refused("own-proposal", message, say("ask somebody else"))
        kept = replace(before, state=ReplyState.SHOWN, ended_at=None, ground="", reason="", refused_by="")
        act.records.put(REPLIES, kept)
        facts = {"what": RESTORED, "reason": told}
        act.write(decision_id, {"advertiser": row.advertiser} | _owed(act, row, facts), {"reason": told})
    return kept


def reply_of(house: House, actor: Actor, decision_id: str) -> ReplyRow | None:
    """The reply with what became of it, for its advertiser and those who may read the matter; None where none is.

    Its advertiser is told why it was refused, and not by whom. Raises NotFoundError.
    """
    row = _decision(house, decision_id)
    permit(actor, Act.READ_MATTER, row.advertiser)
    with house.records.reading() as records:
        found = records.get(REPLIES, decision_id)
    return reply_as_read(found, actor) if found is not None else None


def reply_as_read(row: ReplyRow, actor: Actor) -> ReplyRow:
    """A reply as its reader may have it. What was taken back is read by nobody, though a legal hold may keep it."""
    if row.state is ReplyState.WITHDRAWN:
        row = without_words(row)
    return replace(row, refused_by="") if actor.advertiser else row


def _owed(act: Doing, row: DecisionRow, facts: Mapping[str, str]) -> dict[str, Json]:
    """The advertiser is told, as of all that becomes of what it said."""
    following = Following(act.records, act.at)
    following.owe(Purpose.REPLY, row.advertiser, row.id, facts=facts)
    return {"follows": following.form}


def _decision(house: House, decision_id: str) -> DecisionRow:
    """A decision that was issued. Raises NotFoundError: nobody outside learns of what is only proposed."""
    with house.records.reading() as records:
        row = records.get(DECISIONS, decision_id)
    if row is None or row.state not in PUBLIC:
        raise not_found()
    return row


def _refuse_again(before: ReplyRow, told: str) -> None:
    """Raise ConflictError for words that stand there, and for those that were refused: only a person shows them again.

    Other words are another reply: they are shown at once, as every reply is, and are refused if a ground holds.
    """
    if before.state is ReplyState.SHOWN and before.text == told:
        raise ConflictError(say("this is what the reply says already"))
    if before.state is ReplyState.REFUSED and _compared(before.text) == _compared(told):
        raise ConflictError(
            say("this reply was refused, and is not shown again by being sent again"),
            hint=say("change what the refusal names, or answer the refusal: somebody else reads it then"),
        )


def _compared(text: str) -> str:
    """What is compared of a text: not how its characters are composed, nor its case, spaces and lines."""
    return " ".join(normalize("NFKC", text).casefold().split())


def _reply(records: Reading, decision_id: str, *states: ReplyState) -> ReplyRow:
    row = records.get(REPLIES, decision_id)
    if row is None:
        raise not_found()
    if row.state not in states:
        message = say("the reply is {state}", state=str(row.state))
        raise refused("wrong-state", message, say("read it again"))
    return row


def _language(act: Doing, advertiser: str, language: str) -> str:
    found = canonical_language(language) if language else contact_of(act.records, advertiser).language
    if found is None:
        message = say("{tag} is not a language tag", tag=language[:100])
        raise refused("bad-value", message, say("write a tag such as `fr`"))
    return found
