"""Acts on the claims of a document: one is tried off the record, recorded, discounted with reasons, or withdrawn."""

from collections.abc import Callable, Sequence

from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.evidence.claim_form import ClaimForm, content_of, sent
from adjudge.desk.evidence.reader import claim_told, reader_page
from adjudge.desk.frame.acting import FRESH, Forms, acting, forms_of, whole_number
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.errors import RefusedError
from adjudge.institution.material.claims import discount, record_claim, withdraw_claim
from adjudge.institution.reading.document import document_reading
from adjudge.institution.reading.material import read_claim
from adjudge.institution.reading.supposing import Supposition, suppose
from adjudge.people.act import Act
from adjudge.people.permission import not_found, permit

PART = "claim"
"""The form, which is asked for without the page around it."""


def claiming(visit: Visit, document_id: str) -> HttpResponseBase:
    """Show the fields of a fact, try a claim, or record it: whichever button was pressed."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    reading = document_reading(
        visit.house, visit.actor, document_id, policy=visit.sent("policy"), content=False
    )
    if visit.actor.advertiser or reading.row.expunged_at is not None:
        raise not_found()
    permit(visit.actor, Act.RECORD_CLAIM, reading.row.advertiser)
    form = sent(visit, reading)

    def again(forms: Forms, tried: Sequence[Supposition] | None = None) -> HttpResponseBase:
        return _again(visit, document_id, forms, form, tried)

    if visit.sent("do") == "record":

        def act() -> str:
            content = content_of(form, reading, visit.tongue)
            record_claim(visit.house, visit.actor, reading.policy, content, once=True)
            return visit.tongue("The claim is recorded.")

        return acting(visit, "claim", act, _claims_of(document_id), again)
    if visit.sent("do") != "try":
        return again(FRESH)
    try:
        content = content_of(form, reading, visit.tongue)
        return again(FRESH, suppose(visit.house, visit.actor, reading.policy, content))
    except RefusedError as error:
        return again(forms_of(visit, "claim", error))


def _again(
    visit: Visit,
    document_id: str,
    forms: Forms,
    form: ClaimForm,
    tried: Sequence[Supposition] | None,
) -> HttpResponseBase:
    """The page, or the form alone where a script asks for it."""
    if not visit.exchanges(PART):
        return reader_page(visit, document_id, forms, form=form, tried=tried)
    reading = document_reading(
        visit.house, visit.actor, document_id, policy=visit.sent("policy"), content=False
    )
    told = claim_told(visit, reading, form, tried)
    return show(visit, "evidence/claim_alone.html", status=forms.status, forms=forms, **told)


def _claims_of(document_id: str) -> str:
    return reverse("read_document", args=[document_id]) + "#claims-read"


def discounting_in(visit: Visit, document_id: str) -> HttpResponseBase:
    """Lower the weight of a claim that was read in a document."""

    def act(claim: str) -> str:
        weight = whole_number(visit.sent("weight"), say("the weight"))
        discount(visit.house, visit.actor, claim, weight, visit.sent("reason"))
        return visit.tongue("The claim is discounted.")

    return _on_claim(visit, document_id, "discount", act)


def withdrawing_in(visit: Visit, document_id: str) -> HttpResponseBase:
    """Withdraw a claim that was read in a document."""

    def act(claim: str) -> str:
        withdraw_claim(visit.house, visit.actor, claim, visit.sent("reason"))
        return visit.tongue("The claim is withdrawn.")

    return _on_claim(visit, document_id, "withdraw", act)


def _on_claim(visit: Visit, document_id: str, name: str, act: Callable[[str], str]) -> HttpResponseBase:
    """Do something to a claim, which must be one of this document. Raises NotFoundError."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    claim = visit.sent("claim")
    if read_claim(visit.house, visit.actor, claim).document != document_id:
        raise not_found()
    return acting(
        visit,
        f"{name}:{claim}",
        lambda: act(claim),
        _claims_of(document_id),
        lambda forms: reader_page(visit, document_id, forms),
    )
