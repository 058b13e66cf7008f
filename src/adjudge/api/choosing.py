"""What a request chooses: the type of an answer that comes in several, by `Accept`; and filters, of bearable length."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query

from adjudge.api.failure import RequestError
from adjudge.basis.said import say
from adjudge.records.shelf import LONGEST_KEY

Asked = Annotated[str, Query(max_length=LONGEST_KEY)]
"""The id by which a list is narrowed; empty where it is not."""


def chosen(request: HttpRequest, offered: Sequence[str]) -> str:
    """The type that the caller likes best, the first where it says none. Raises RequestError where none will do."""
    found = request.get_preferred_type(list(offered)) if request.headers.get("Accept") else offered[0]
    if found is None:
        message = say("there is no answer of the type that is asked for")
        hint = say("choose among: {names}", names=tuple(offered))
        raise RequestError(406, "not-acceptable", message, hint=hint)
    return str(found)


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Bytes as something to save: whatever they are, no browser shows them as a page of ours."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Accept"
    return response
