"""Replies of advertisers in the public register, over HTTP: given, taken back, refused, answered, shown again."""

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.shapes.appeals import Told
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.replies import RefusalToGive, ReplyShape, ReplyToGive
from adjudge.institution.published import replying
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found
from adjudge.records.rows import ReplyRow

router = Router(tags=["replies"])


@reads(router, "/decisions/{decision_id}/reply", act=Act.READ_MATTER, gives=ReplyShape)
def read_reply(request: HttpRequest, decision_id: str) -> ReplyShape:
    """Read the reply to a decision, with what became of it; of one that was refused, why."""
    caller = caller_of(request)
    row = replying.reply_of(caller.house, caller.actor, decision_id)
    if row is None:
        raise not_found()
    return ReplyShape.model_validate(row)


@acts(router, "/decisions/{decision_id}/reply", act=Act.REPLY, gives=ReplyShape, method="PUT")
def give_reply(request: HttpRequest, decision_id: str, body: ReplyToGive) -> ReplyShape:
    """Put the advertiser's own words beside its decision in the public register, in place of those before."""
    caller = caller_of(request)
    row = replying.give_reply(caller.house, caller.actor, decision_id, body.text, language=body.language)
    return _shown(row, caller.actor)


@acts(router, "/decisions/{decision_id}/reply/withdraw", act=Act.WITHDRAW_REPLY, gives=ReplyShape)
def withdraw_reply(request: HttpRequest, decision_id: str) -> ReplyShape:
    """Take it back: it is shown no more, and its words are expunged, unless a legal hold stands."""
    caller = caller_of(request)
    return _shown(replying.withdraw_reply(caller.house, caller.actor, decision_id), caller.actor)


@acts(router, "/decisions/{decision_id}/reply/refuse", act=Act.REFUSE_REPLY, gives=ReplyShape)
def refuse_reply(request: HttpRequest, decision_id: str, body: RefusalToGive) -> ReplyShape:
    """Show it no more, on a declared ground, with reasons that its author is told and can answer."""
    caller = caller_of(request)
    row = replying.refuse_reply(caller.house, caller.actor, decision_id, body.ground.value, body.reason)
    return _shown(row, caller.actor)


@acts(router, "/decisions/{decision_id}/reply/answer", act=Act.ANSWER_REFUSAL, gives=ReplyShape)
def answer_refusal(request: HttpRequest, decision_id: str, body: Told) -> ReplyShape:
    """Answer the refusal of one's reply."""
    caller = caller_of(request)
    return _shown(replying.answer_refusal(caller.house, caller.actor, decision_id, body.text), caller.actor)


@acts(router, "/decisions/{decision_id}/reply/restore", act=Act.RESTORE_REPLY, gives=ReplyShape)
def restore_reply(request: HttpRequest, decision_id: str, body: Reason) -> ReplyShape:
    """Show again a reply that somebody else refused, with reasons."""
    caller = caller_of(request)
    return _shown(replying.restore_reply(caller.house, caller.actor, decision_id, body.reason), caller.actor)


def _shown(row: ReplyRow, actor: Actor) -> ReplyShape:
    return ReplyShape.model_validate(replying.reply_as_read(row, actor))
