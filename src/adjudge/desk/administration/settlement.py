"""The page of what statements of reasons say of the platform: its name, where one complains, in which languages."""

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.desk.frame.acting import FRESH, Forms, acting
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.institution.material.subjects import refusal
from adjudge.institution.staff.settlement_file import Settled, read_settled
from adjudge.institution.staff.settling import read_institution, settle_institution
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.tongues.tongue import LANGUAGES


def institution_page(visit: Visit, forms: Forms = FRESH) -> HttpResponseBase:
    """What is settled, in a form that settles it anew."""
    permit(visit.actor, Act.SETTLE)
    return show(
        visit,
        "administration/institution.html",
        status=forms.status,
        forms=forms,
        row=read_institution(visit.house, visit.actor),
        spoken=LANGUAGES,
    )


def institution_or_settle(visit: Visit) -> HttpResponseBase:
    """Show it, or settle it anew."""
    if visit.request.method != "POST":
        return institution_page(visit)

    def act() -> str:
        told = _settled(visit)
        settle_institution(
            visit.house,
            visit.actor,
            platform=told.platform,
            complaint=told.complaint,
            settlement=told.settlement,
            review=told.review,
            languages=told.languages,
            reason=visit.sent("reason"),
        )
        return visit.tongue("It is settled. What was sent before keeps what it said.")

    return acting(visit, "settle", act, reverse("institution"), lambda forms: institution_page(visit, forms))


def _settled(visit: Visit) -> Settled:
    """What was typed, read as a file of the same keys would be. Raises RefusedError with what is wrong in it."""
    chosen = visit.request.POST.getlist("languages")
    tree: dict[str, Plain] = {
        "platform": _texts(visit, "platform"),
        "complaint": visit.sent("complaint").strip(),
        "settlement": visit.sent("settlement").strip(),
        "review": _texts(visit, "review"),
        "languages": [code for code in LANGUAGES if code in chosen],
    }
    log = ProblemLog()
    found = read_settled(node_of({key: value for key, value in tree.items() if value}, "form"), log)
    if found is None:
        raise refusal(log)
    return found


def _texts(visit: Visit, name: str) -> dict[str, Plain]:
    typed = {code: visit.sent(f"{name}-{code}").strip() for code in LANGUAGES}
    return {code: text for code, text in typed.items() if text}
