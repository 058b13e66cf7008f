"""The page of a reply: for its advertiser to give and take back; for those who work here to refuse or restore."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.desk.frame.acting import FRESH, Forms, acting
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.notifying.wording.replies import GROUNDS
from adjudge.institution.published import replying
from adjudge.institution.published.reading import is_registered
from adjudge.people.act import Act
from adjudge.people.permission import not_found
from adjudge.redaction.redact import PUBLIC


def reply_page(visit: Visit, decision_id: str, forms: Forms = FRESH) -> HttpResponseBase:
    """The reply to a decision, and what whoever looks may do with it."""
    row = read_decision(visit.house, visit.actor, decision_id)
    if row.state not in PUBLIC:
        raise not_found()
    reply = replying.reply_of(visit.house, visit.actor, decision_id)
    state = reply.state.value if reply is not None else ""
    may = {
        name: visit.may(act, row.advertiser) and state in states for name, (act, states) in _OFFERED.items()
    }
    return show(
        visit,
        "register/reply.html",
        status=forms.status,
        forms=forms,
        row=row,
        reply=reply,
        may=may,
        is_restorable=reply is not None and reply.refused_by != visit.actor.person,
        is_public=is_registered(visit.house, row.id),
        grounds=GROUNDS,
        longest=visit.tongue("{most} characters at most", most=replying.LONGEST_REPLY),
    )


_OFFERED = {
    "give": (Act.REPLY, {"", "shown", "withdrawn", "refused"}),
    "withdraw": (Act.WITHDRAW_REPLY, {"shown", "refused"}),
    "refuse": (Act.REFUSE_REPLY, {"shown"}),
    "answer": (Act.ANSWER_REFUSAL, {"refused"}),
    "restore": (Act.RESTORE_REPLY, {"refused"}),
}
"""Which acts are offered in which states of a reply; empty where there is none."""


def giving_reply(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Show it, or publish it."""
    if visit.request.method != "POST":
        return reply_page(visit, decision_id)

    def act() -> str:
        replying.give_reply(
            visit.house, visit.actor, decision_id, visit.sent("text"), language=visit.tongue.code
        )
        return visit.tongue("Your reply is public now.")

    return _doing(visit, decision_id, "give", act)


def withdrawing_reply(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Take it back."""

    def act() -> str:
        replying.withdraw_reply(visit.house, visit.actor, decision_id)
        return visit.tongue("Your reply is taken back, and shown no more.")

    return _doing(visit, decision_id, "withdraw", act)


def refusing_reply(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Refuse it."""

    def act() -> str:
        replying.refuse_reply(
            visit.house, visit.actor, decision_id, visit.sent("ground"), visit.sent("reason")
        )
        return visit.tongue("The reply is refused, and its author sees why.")

    return _doing(visit, decision_id, "refuse", act)


def answering_refusal(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Answer the refusal."""

    def act() -> str:
        replying.answer_refusal(visit.house, visit.actor, decision_id, visit.sent("answer"))
        return visit.tongue("Your answer is kept. Somebody else than who refused it will read it.")

    return _doing(visit, decision_id, "answer", act)


def restoring_reply(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Show it again."""

    def act() -> str:
        replying.restore_reply(visit.house, visit.actor, decision_id, visit.sent("reason"))
        return visit.tongue("The reply is shown again.")

    return _doing(visit, decision_id, "restore", act)


def _doing(visit: Visit, decision_id: str, form: str, act: Callable[[], str]) -> HttpResponseBase:
    address = reverse("reply", args=[decision_id])
    return acting(visit, form, act, address, lambda forms: reply_page(visit, decision_id, forms))
