"""The register as files: what is asked for in CSV, JSON and Parquet, written while it is read; and a feed of news."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from adjudge.desk.frame.visit import tongue_for
from adjudge.desk.register.feed import atom_text
from adjudge.desk.register.opening import absolute, handed_on, public, streamed
from adjudge.institution.premises import premises
from adjudge.institution.published.asked import asked_from
from adjudge.institution.published.reading import register_found, register_stream
from adjudge.institution.published.table import csv_pieces, json_pieces, parquet_pieces
from adjudge.people.permission import not_found
from adjudge.redaction.public import PublicDecision

NEWEST = 50
"""Decisions of a feed."""
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


@public(cost=10)
def register_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """All that is asked for, oldest first."""
    opened = premises()
    if ending not in TYPES:
        raise not_found()
    asked = asked_from(request.GET.dict())
    writing: dict[str, Callable[[Iterable[PublicDecision]], Iterable[bytes]]] = {
        "csv": csv_pieces,
        "json": json_pieces,
        "parquet": lambda found: parquet_pieces(found, opened.settings.data),
    }
    found = register_stream(opened.house, asked)
    return streamed(request, lambda: writing[ending](found), TYPES[ending], f"register.{ending}")


@public()
def register_feed(request: HttpRequest) -> HttpResponseBase:
    """The newest of what is asked for, for programs that read news."""
    opened, asked = premises(), asked_from(request.GET.dict())
    found = register_found(opened.house, asked, most=NEWEST)
    text = atom_text(
        found.items,
        found.at,
        tongue_for(request),
        origin=opened.house.origin,
        here=absolute(request, reverse("register")),
        address=lambda decision: absolute(request, reverse("registered", args=[decision])),
    )
    return handed_on(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))
