"""The frame of every page: templates turned into answers, in the language asked for, with what all pages show.

Every text comes from outside and is escaped, as in the pages of answers, whose templates these continue.
"""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from adjudge.answers.forms.pages import environment as pages_of_answers
from adjudge.answers.forms.sayings import words_of_pages
from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.desk.frame.htmx import CONFIG
from adjudge.desk.frame.htmx import NAME as HTMX
from adjudge.desk.frame.navigation import led
from adjudge.desk.frame.visit import Visit, tongue_for, visit_of
from adjudge.desk.words.glossary import Glossary
from adjudge.desk.words.page import words_of_desk
from adjudge.errors import AdjudgeError
from adjudge.institution.own_words import said_again
from adjudge.institution.premises import premises
from adjudge.institution.published.reading import is_open, is_registered
from adjudge.institution.staff.settling import institution_row
from adjudge.letters.spans import spans
from adjudge.tongues.tongue import Tongue

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}
"""Each in its own words: whoever looks for a language cannot read the others."""
PROGRAM = "Adjudge"
_MINUTE = 60_000_000_000
_ALERT = b'role="alert"'
"""By what a page that shows a refusal is known."""


@cache
def environment() -> Environment:
    """The pages of answers, with those of the desk before them."""
    loader = ChoiceLoader(
        [
            PackageLoader("adjudge.desk", "templates"),
            PackageLoader("adjudge.answers.forms", "templates"),
        ]
    )
    made: Environment = pages_of_answers().overlay(loader=loader)
    # The overlay shares its filters with the pages of answers, which know nothing of these.
    made.filters = {
        **made.filters,
        "sentence": sentence,
        "short": short,
        "said_again": said_again,
        "block_kind": _kind,
    }
    made.globals = {**made.globals, "spans": spans, "static": static}
    return made


def read_in() -> None:
    """Read in the templates of all pages, which takes a second or two, before anybody waits for one of them."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def _kind(block: object) -> str:
    """What a block of a letter is."""
    return type(block).__name__


def sentence(text: str) -> str:
    """A message as it stands alone: begun by a capital and ended by a stop."""
    ended = text if text[-1:] in {"", ".", "!", "?"} else f"{text}."
    return ended[:1].upper() + ended[1:]


def short(name: str) -> str:
    """The name of an object; of a digest its beginning, by which a version can be named too."""
    return name[:19] if name.startswith("sha256:") else name


def show(visit: Visit, template: str, /, *, status: int = 200, **told: object) -> HttpResponse:
    """A page for a visit. A refusal whose form is not offered any more stands above all else: none is lost."""
    shown = {"visit": visit, **led(visit), **told}
    response = _answer(visit.request, template, status, shown)
    forms = told.get("forms")
    if getattr(forms, "sent", "") and _ALERT not in response.content:
        return _answer(visit.request, template, status, {**shown, "refusal": forms})
    return response


def show_outside(request: HttpRequest, template: str, status: int = 200, /, **told: object) -> HttpResponse:
    """A page that anybody may see; whoever is signed in finds the navigation on it all the same."""
    visit = _visit_if_any(request)
    leading = led(visit) if visit is not None else {"leading": ()}
    return _answer(request, template, status, {"visit": visit, **leading, **told})


def _visit_if_any(request: HttpRequest) -> Visit | None:
    """The visit, unless what would tell is what failed."""
    try:
        return visit_of(request)
    except (AdjudgeError, DatabaseError):
        return None


def _answer(request: HttpRequest, template: str, status: int, told: Mapping[str, object]) -> HttpResponse:
    shown = {**_always(request), "brand": _brand(request, told.get("visit")), **told}
    return HttpResponse(environment().get_template(template).render(shown), status=status)


def _brand(request: HttpRequest, visit: object) -> str:
    """Whose pages these are: to those outside the platform's, which they know, and not the program's."""
    if isinstance(visit, Visit) and not visit.actor.advertiser:
        return PROGRAM
    try:
        with premises().house.records.reading() as records:
            return tongue_for(request).text(institution_row(records).platform) or PROGRAM
    except (AdjudgeError, DatabaseError):
        return PROGRAM


def _always(request: HttpRequest) -> dict[str, object]:
    tongue = tongue_for(request)
    return {
        **words_of_pages(tongue),
        "d": words_of_desk(tongue),
        "t": tongue,
        "at": _Times(tongue),
        "explain": Glossary(tongue),
        "leads": partial(_leads, tongue),
        "sized": partial(_sized, tongue),
        "language": tongue.code,
        "languages": LANGUAGE_NAMES,
        "here": request.get_full_path() if request.method == "GET" else "/",
        "token": get_token(request),
        "url": _address,
        "style": reverse("answers_style"),
        "desk_style": static("desk/desk.css"),
        "most_sent": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "htmx_file": HTMX,
        "exchange_config": CONFIG,
        "notes": _notes(request),
        "register_is_open": _register_is_open,
        "is_registered": _is_registered,
    }


def _register_is_open() -> bool:
    """Whether there is a public register to lead to; nothing is led to where the records do not answer."""
    try:
        return is_open(premises().house)
    except (AdjudgeError, DatabaseError):
        return False


def _is_registered(decision_id: str) -> bool:
    """Whether a decision stands in the public register: terms keep some out, for a while or for good."""
    try:
        return is_registered(premises().house, decision_id)
    except (AdjudgeError, DatabaseError):
        return False


def _leads(tongue: Tongue, word: str) -> str:
    """A word that leads to what follows it: with its colon, before which some languages have a space."""
    return tongue("{word}:", word=word)


def _sized(tongue: Tongue, size: int) -> str:
    """How large a file is: to the byte, as its digest is."""
    return tongue.plural("{count} byte", "{count} bytes", size)


def _notes(request: HttpRequest) -> list[str]:
    """What is to be said once, after something was done; nothing where the request did not come that far."""
    return [str(note) for note in get_messages(request)] if hasattr(request, "_messages") else []


def _address(name: str, *parts: str) -> str:
    return reverse(name, args=parts)


class _Times:
    """Times for people, in UTC, to the minute; the whole instant stands beside it for programs."""

    def __init__(self, tongue: Tongue) -> None:
        """Times in a language."""
        self._tongue = tongue

    def __call__(self, instant: Instant | None) -> Markup:
        """The day and the minute; a dash where there is none."""
        if instant is None:
            return Markup("–")
        return Markup('<time datetime="{}">{}</time>').format(str(instant), self.plain(instant))

    def plain(self, instant: Instant) -> str:
        """The day and the minute as text, for where no element can stand."""
        minute = instant.nanos // _MINUTE % 1440
        return self._tongue(
            "{day}, {hours}:{minutes} UTC",
            day=self.day(instant),
            hours=f"{minute // 60:02d}",
            minutes=f"{minute % 60:02d}",
        )

    def day(self, instant: Instant) -> str:
        """The day alone."""
        return self._tongue.day(start_of_day(day_of(instant)))


def moment_in(tongue: Tongue, instant: Instant) -> str:
    """The day and the minute in words, for sentences that are said to somebody."""
    return _Times(tongue).plain(instant)


def framing(request: HttpRequest, visit: Visit | None) -> dict[str, Any]:
    """The frame in parts, for templates of another kind."""
    brand = _brand(request, visit)
    told = {
        **_always(request),
        "brand": brand,
        "visit": visit,
        **(led(visit) if visit else {"leading": ()}),
    }
    parts: Any = environment().get_template("frame/parts.html").make_module(told)
    return {
        "frame_head": parts.head(""),
        "frame_top": parts.top(),
        "frame_foot": parts.foot(),
        "frame_brand": brand,
        "frame_language": tongue_for(request).code,
        "desk": words_of_desk(tongue_for(request)),
    }
