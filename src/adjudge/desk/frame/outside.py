"""Answers that need nobody to be signed in: whether the site is alive, and the style of answers."""

from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse

from adjudge.institution.premises import premises

HOUR = 3600


def alive(_request: HttpRequest) -> HttpResponse:
    """Whether pages are served and the records answer. Raises UnavailableError where these do not."""
    with premises().house.records.reading() as records:
        records.size()
    return HttpResponse("ok\n", content_type="text/plain")


def answers_style(_request: HttpRequest) -> HttpResponse:
    """The style sheet of answers, which are shown within these pages: one look, written once."""
    response = HttpResponse(style_text(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"max-age={HOUR}"
    return response


@cache
def style_text() -> str:
    """The style sheet, in whose first lines the tokens stand."""
    return (files("adjudge.answers.forms") / "templates" / "style.css").read_text(encoding="utf-8")
