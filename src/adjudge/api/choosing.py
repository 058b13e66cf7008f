"""What a request chooses: the type of an answer that comes in several, by `Accept`; and filters, of bearable length."""

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
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
    return _to_save(HttpResponse(content, content_type=media_type), name)


def streamed(pieces: Iterable[bytes], media_type: str, name: str) -> StreamingHttpResponse:
    """The same of what is made while it is sent."""
    return _to_save(StreamingHttpResponse(pieces, content_type=media_type), name)


R = TypeVar("R", bound=HttpResponseBase)


def _to_save(response: R, name: str) -> R:
    response["Content-Disposition"] = f"attachment; {_named(name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Vary"] = "Accept"
    return response


def _named(name: str) -> str:
    """A name as the header bears it: names from outside by RFC 8187, since they may hold anything."""
    plain = name.isascii() and all(sign.isalnum() or sign in "._-" for sign in name)
    return f'filename="{name}"' if plain else f"filename*=UTF-8''{quote(name, safe='')}"
