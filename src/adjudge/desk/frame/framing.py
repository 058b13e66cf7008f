"""The frame of every page: templates turned into answers, in the language asked for, with what all pages show.

Every text comes from outside and is escaped, as in the pages of answers, whose templates these continue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

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
from adjudge.desk.frame.visit import Visit, tongue_for, visit_of
from adjudge.desk.words.page import words_of_desk
from adjudge.errors import AdjudgeError
from adjudge.institution.own_words import said_again
from adjudge.institution.reading.queues import badges
from adjudge.institution.staff.keys import ending_soon
from adjudge.letters.spans import spans
from adjudge.people.act import Act
from adjudge.tongues.tongue import Tongue

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}
"""Each in its own words: whoever looks for a language cannot read the others."""
_NAVIGATION = (
    ("home", "overview", Act.OPEN_NOTICE),
    ("matters", "matters", Act.READ_MATTER),
    ("appeals", "appeals", Act.READ_APPEAL),
    ("clocks", "clocks", Act.READ_CLOCKS),
    ("notices", "notices", Act.READ_MATTER),
    ("policies", "policies", Act.READ_PACKAGES),
    ("people", "people", Act.READ_PEOPLE),
    ("institution", "institution", Act.SETTLE),
    ("procedure", "procedure", Act.SETTLE_PROCEDURE),
    ("log", "log", Act.READ_LOG),
    ("hooks", "hooks", Act.READ_HOOKS),
    ("contact", "contact", Act.WITHDRAW_APPEAL),
    ("keys", "keys", Act.REVOKE_OWN_KEY),
)
"""Address, word, and the act that whoever is led there must be able to do; the own contact is a member's alone."""
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
    shown = {"visit": visit, **_led(visit), **told}
    response = _answer(visit.request, template, status, shown)
    forms = told.get("forms")
    if getattr(forms, "sent", "") and _ALERT not in response.content:
        return _answer(visit.request, template, status, {**shown, "refusal": forms})
    return response


def show_outside(request: HttpRequest, template: str, status: int = 200, /, **told: object) -> HttpResponse:
    """A page that anybody may see; whoever is signed in finds the navigation on it all the same."""
    visit = _visit_if_any(request)
    led = _led(visit) if visit is not None else {"leading": ()}
    return _answer(request, template, status, {"visit": visit, **led, **told})


def _visit_if_any(request: HttpRequest) -> Visit | None:
    """The visit, unless what would tell is what failed."""
    try:
        return visit_of(request)
    except (AdjudgeError, DatabaseError):
        return None


def _answer(request: HttpRequest, template: str, status: int, told: Mapping[str, object]) -> HttpResponse:
    text = environment().get_template(template).render({**_always(request), **told})
    return HttpResponse(text, status=status)


def _always(request: HttpRequest) -> dict[str, object]:
    tongue = tongue_for(request)
    return {
        **words_of_pages(tongue),
        "d": words_of_desk(tongue),
        "t": tongue,
        "at": _Times(tongue),
        "leads": partial(_leads, tongue),
        "language": tongue.code,
        "languages": LANGUAGE_NAMES,
        "here": request.get_full_path() if request.method == "GET" else "/",
        "token": get_token(request),
        "url": _address,
        "style": reverse("answers_style"),
        "desk_style": static("desk/desk.css"),
        "notes": _notes(request),
    }


def _leads(tongue: Tongue, word: str) -> str:
    """A word that leads to what follows it: with its colon, before which some languages have a space."""
    return tongue("{word}:", word=word)


def _notes(request: HttpRequest) -> list[str]:
    """What is to be said once, after something was done; nothing where the request did not come that far."""
    return [str(note) for note in get_messages(request)] if hasattr(request, "_messages") else []


def _address(name: str, *parts: str) -> str:
    return reverse(name, args=parts)


def offered(visit: Visit) -> list[tuple[str, str]]:
    """The pages that one may read: their addresses' names, and their words."""
    advertiser = visit.actor.advertiser
    return [(name, word) for name, word, act in _NAVIGATION if visit.may(act, advertiser)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """A link of the navigation; `count` is what waits behind it, `counted` what that is."""

    address: str
    word: str
    is_current: bool
    count: int = 0
    counted: str = ""


def _led(visit: Visit) -> dict[str, object]:
    """Where the navigation leads, with what waits there."""
    match = visit.request.resolver_match
    current = (match.url_name if match is not None else "") or ""
    words, waits = words_of_desk(visit.tongue), badges(visit.house, visit.actor)
    counts = {
        "clocks": (waits.overdue, "overdue_count"),
        "notices": (waits.unread, "unread_count"),
        "keys": (_ending(visit), "ending_count"),
    }
    return {
        "leading": tuple(
            Leading(
                address=reverse(name),
                word=words[word],
                is_current=_UNDER.get(current, current) == name,
                count=counts.get(name, (0, ""))[0],
                counted=words[counts[name][1]] if name in counts else "",
            )
            for name, word in offered(visit)
        )
    }


def _ending(visit: Visit) -> int:
    """How many keys for which one answers end soon."""
    may_see = visit.may(Act.REVOKE_OWN_KEY, visit.actor.advertiser)
    return len(ending_soon(visit.house, visit.actor)) if may_see else 0


_UNDER = {
    "matter": "matters",
    "decision": "matters",
    "propose": "matters",
    "version": "policies",
    "notice": "notices",
    "appeal": "appeals",
    "dispute": "appeals",
    "misuse": "appeals",
}
"""Pages below others in the navigation."""


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


def framing(request: HttpRequest, visit: Visit | None) -> dict[str, Any]:
    """The frame in parts, for templates of another kind."""
    told = {**_always(request), "visit": visit, **(_led(visit) if visit else {"leading": ()})}
    parts: Any = environment().get_template("frame/parts.html").make_module(told)
    return {
        "frame_head": parts.head(""),
        "frame_top": parts.top(),
        "frame_foot": parts.foot(),
        "frame_language": tongue_for(request).code,
        "desk": words_of_desk(tongue_for(request)),
    }
