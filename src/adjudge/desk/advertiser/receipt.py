"""A page on which anybody checks a receipt of ours: by its file, or by what is in it. Nothing of it is kept."""

from django.http import HttpRequest, HttpResponseBase

from adjudge.basis.said import Said, say
from adjudge.desk.frame.framing import show_outside
from adjudge.desk.register.opening import public
from adjudge.desk.words.page import KIND_WORDS
from adjudge.institution.premises import premises
from adjudge.institution.record.checking import LARGEST, Checked, check_receipt

CHECKED = 5
"""As how many requests of a stranger a receipt counts that is checked."""


@public(cost=CHECKED, of_register=False)
def receipt_page(request: HttpRequest) -> HttpResponseBase:
    """The form, and what came of it."""
    if request.method != "POST":
        return _page(request, None, None)
    content = _brought(request)
    if not content.strip():
        return _page(request, None, say("there is no receipt in the form"))
    if len(content) > LARGEST:
        return _page(request, None, say("this is too long to be a receipt of ours"))
    opened = premises()
    return _page(request, check_receipt(opened.house, opened.signer.verifier, content), None)


def _brought(request: HttpRequest) -> bytes:
    """The file, else the text."""
    file = request.FILES.get("file")
    if file is not None and not isinstance(file, list) and file.size:
        return bytes(file.read(LARGEST + 1))
    return request.POST.get("text", "").encode(errors="replace")


def _page(request: HttpRequest, checked: Checked | None, refusal: Said | None) -> HttpResponseBase:
    return show_outside(
        request,
        "advertiser/receipt.html",
        200 if refusal is None else 422,
        checked=checked,
        trouble=refusal,
        kinds=KIND_WORDS,
    )
