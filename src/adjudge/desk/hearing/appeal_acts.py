"""What is done on the page of an appeal: written, withdrawn, acknowledged, assigned, answered; rests, and more time."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.frame.acting import acting, last_day, whole_number
from adjudge.desk.frame.uploads import received, uploads
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeal import appeal_page
from adjudge.institution.hearing.appeal import refuse_over
from adjudge.institution.hearing.filing import withdraw
from adjudge.institution.hearing.handling import acknowledge, answer_reasons, assign
from adjudge.institution.hearing.reading import read_appeal
from adjudge.institution.hearing.relief import pause, resume
from adjudge.institution.hearing.talking import messages_of, refuse_writing, write
from adjudge.institution.house import refused
from adjudge.institution.reading.hearing import calendar_now
from adjudge.institution.ticking.extending import extend
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import AppealRow


def _act_on(
    visit: Visit, appeal_id: str, form: str, act: Callable[[AppealRow], str], *, anchor: str = ""
) -> HttpResponseBase:
    """Do something on this page, and come back to it."""
    row = read_appeal(visit.house, visit.actor, appeal_id)
    address = reverse("appeal", args=[appeal_id]) + anchor
    return acting(visit, form, lambda: act(row), address, lambda forms: appeal_page(visit, appeal_id, forms))


def _seen(visit: Visit) -> int:
    """The state that the form was shown with: nothing is done where somebody did something since."""
    return whole_number(visit.sent("seen"), say("what you have seen"))


def writing(visit: Visit, appeal_id: str) -> HttpResponseBase:
    """Write, with files. What was sent twice by one form stands once."""

    def act(row: AppealRow) -> str:
        permit(visit.actor, Act.WRITE, row.advertiser)
        refuse_over(row)
        text = visit.sent("text").strip()
        before = whole_number(visit.sent("before"), say("what you have seen"))
        files = uploads(visit)
        if not text and not files:
            raise refused(
                "missing-text", say("the message says nothing"), say("write it, or attach a document")
            )
        later = messages_of(visit.house, visit.actor, appeal_id)[before:]
        side = "advertiser" if visit.actor.advertiser else "platform"
        if not any(item.text == text and item.side == side for item in later):
            refuse_writing(visit.house, visit.actor, appeal_id, text)
            ids = received(visit, files, row.advertiser, row.language, f"appeal:{row.id}")
            write(visit.house, visit.actor, appeal_id, text, ids)
        return visit.tongue("It is sent.")

    return _act_on(visit, appeal_id, "write", act, anchor="#conversation")


def withdrawing_appeal(visit: Visit, appeal_id: str) -> HttpResponseBase:
    """Withdraw it."""

    def act(row: AppealRow) -> str:
        withdraw(visit.house, visit.actor, row.id, visit.sent("reason"))
        return visit.tongue("It is withdrawn.")

    return _act_on(visit, appeal_id, "withdraw", act)


def acknowledging(visit: Visit, appeal_id: str) -> HttpResponseBase:
    """Acknowledge it."""

    def act(row: AppealRow) -> str:
        acknowledge(visit.house, visit.actor, row.id, visit.sent("text"), seen=_seen(visit))
        return visit.tongue("It is acknowledged, and the advertiser is told.")

    return _act_on(visit, appeal_id, "acknowledge", act)


def assigning_appeal(visit: Visit, appeal_id: str) -> HttpResponseBase:
    """Assign it."""

    def act(row: AppealRow) -> str:
        person, reason = visit.sent("person"), visit.sent("reason")
        assign(visit.house, visit.actor, row.id, person, reason, seen=_seen(visit))
        return visit.tongue("It is assigned.")

    return _act_on(visit, appeal_id, "assign", act)


def answering(visit: Visit, appeal_id: str) -> HttpResponseBase:
    """Answer a request for reasons."""

    def act(row: AppealRow) -> str:
        answer_reasons(visit.house, visit.actor, row.id, visit.sent("text"), seen=_seen(visit))
        return visit.tongue("The request is answered.")

    return _act_on(visit, appeal_id, "answer", act)


def pausing(visit: Visit, appeal_id: str) -> HttpResponseBase:
    """Let the measures rest."""

    def act(row: AppealRow) -> str:
        pause(visit.house, visit.actor, row.id, visit.sent("reason"), seen=_seen(visit))
        return visit.tongue("The measure rests, and the advertiser is told.")

    return _act_on(visit, appeal_id, "pause", act)


def resuming(visit: Visit, appeal_id: str) -> HttpResponseBase:
    """End their rest."""

    def act(row: AppealRow) -> str:
        resume(visit.house, visit.actor, row.id, visit.sent("reason"), seen=_seen(visit))
        return visit.tongue("The measure has effect again, and the advertiser is told.")

    return _act_on(visit, appeal_id, "resume", act)


def extending(visit: Visit, appeal_id: str, clock_id: str) -> HttpResponseBase:
    """Give one of its clocks more time."""

    def act(row: AppealRow) -> str:
        permit(visit.actor, Act.EXTEND, row.advertiser)
        calendar, _ = calendar_now(visit.house)
        due_at = last_day(visit.sent("until"), calendar, say("the day"))
        extend(visit.house, visit.actor, clock_id, due_at, visit.sent("reason"), seen=_seen(visit))
        return visit.tongue("More time is given, and the advertiser is told.")

    return _act_on(visit, appeal_id, f"extend:{clock_id}", act)
