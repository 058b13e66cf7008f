"""Forms on the page of a decision: an appeal, a request for reasons, and that a dispute was brought before a body."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.frame.acting import acting
from adjudge.desk.frame.uploads import received, uploads
from adjudge.desk.frame.visit import Visit
from adjudge.desk.matter.decision import decision_page
from adjudge.errors import ConflictError
from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.hearing.filing import file_appeal, refuse_filing
from adjudge.institution.hearing.settlement import refer
from adjudge.institution.house import refused
from adjudge.institution.reading.hearing import decision_heard
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import AppealKind


def appealing(visit: Visit, decision_id: str) -> HttpResponseBase:
    """File an appeal, and go there."""
    return _filing(visit, decision_id, AppealKind.APPEAL)


def asking(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Ask for the reasons, and go there."""
    return _filing(visit, decision_id, AppealKind.REASONS)


def _filing(visit: Visit, decision_id: str, kind: AppealKind) -> HttpResponseBase:
    def act() -> tuple[str, str]:
        made, tongue = _filed(visit, decision_id, kind), visit.tongue
        if kind is AppealKind.REASONS:
            return made, tongue("Your request is filed. What follows, and until when, stands here.")
        return made, tongue("Your appeal is filed. What follows, and until when, stands here.")

    return _leading(visit, decision_id, kind.value, "appeal", act)


def _filed(visit: Visit, decision_id: str, kind: AppealKind) -> str:
    """What could refuse the form is looked at before a file is kept: whoever sends it again sends the files again."""
    owner = read_decision(visit.house, visit.actor, decision_id).advertiser
    permit(visit.actor, Act.FILE, owner)
    text, files = visit.sent("points"), uploads(visit)
    if not text.strip() and kind is AppealKind.APPEAL:
        message = say("the appeal says nothing")
        raise refused(
            "missing-text", message, say("write in your own words what you want to be looked at again")
        )
    other = decision_heard(visit.house, visit.actor, decision_id).open_appeals.get(kind.value)
    if other is not None:
        message = say("{appeal} about this decision is open already", appeal=other)
        raise ConflictError(message, hint=say("write there instead"))
    language = visit.tongue.code
    refuse_filing(visit.house, visit.actor, decision_id, [text], kind)
    ids = received(visit, files, owner, language, f"decision:{decision_id}")
    row = file_appeal(
        visit.house, visit.actor, decision_id, [text], kind=kind, documents=ids, language=language
    )
    return row.id


def referring(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Say that a dispute was brought before a body, and go there."""

    def act() -> tuple[str, str]:
        body, reference, reason = visit.sent("body"), visit.sent("reference"), visit.sent("reason")
        made = refer(visit.house, visit.actor, decision_id, body, reference, reason).id
        return made, visit.tongue("It is noted. What the body needs can be downloaded here.")

    return _leading(visit, decision_id, "refer", "dispute", act)


def _leading(
    visit: Visit, decision_id: str, form: str, page: str, act: Callable[[], tuple[str, str]]
) -> HttpResponseBase:
    """Do it from the page of the decision, and lead to the page of what was made."""
    read_decision(visit.house, visit.actor, decision_id)
    address, made = reverse("decision", args=[decision_id]), list[str]()

    def acted() -> str:
        found, done = act()
        made.append(found)
        return done

    response = acting(visit, form, acted, address, lambda forms: decision_page(visit, decision_id, forms))
    if made:
        response["Location"] = reverse(page, args=made)
    return response
