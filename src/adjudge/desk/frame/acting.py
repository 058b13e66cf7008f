"""Acting by a form: done and led on, or refused with what was typed kept, and what stands in the way beside it.

Each form has a name within its page, so that a page with many forms shows a refusal at the one that was sent.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect

from adjudge.basis.instant import Instant, parse_date, parse_timestamp, start_of_day
from adjudge.basis.said import Said, say
from adjudge.clocks.calendar import Calendar
from adjudge.desk.frame.visit import Visit
from adjudge.errors import ConflictError, Finding, RefusedError
from adjudge.institution.house import refused

UNPROCESSABLE, CONFLICT = 422, 409
LONGEST_KEPT = 2_500_000
"""Characters of a field that are shown again: all that a form can hold, so that no end is cut off unseen."""
FEWEST_WORDS = 3
"""Of a text that would hurt to lose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """What a page's forms hold: nothing typed at first; after a refusal, what was typed and what stands in the way."""

    sent: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    boxes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    message: str = ""
    hint: str = ""
    findings: tuple[Finding, ...] = ()
    is_conflict: bool = False

    @property
    def status(self) -> int:
        """Of the page that shows them."""
        if not self.sent:
            return 200
        return CONFLICT if self.is_conflict else UNPROCESSABLE

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was typed in words: for a page that does not offer the form any more, so that none is lost."""
        return tuple(text for text in self.typed.values() if len(text.split()) >= FEWEST_WORDS)

    def value(self, form: str, name: str, otherwise: str = "") -> str:
        """What stands in a field."""
        return self.typed.get(name, otherwise) if form == self.sent else otherwise

    def chosen(self, form: str, name: str, value: str, otherwise: str = "") -> bool:
        """Whether a choice is the one that was made."""
        return self.value(form, name, otherwise) == value

    def listed(self, form: str, name: str) -> tuple[str, ...]:
        """The boxes of one name that were ticked."""
        return self.boxes.get(name, ()) if form == self.sent else ()

    def is_refused(self, form: str) -> bool:
        """Whether this form was sent and refused."""
        return bool(self.sent) and form == self.sent


FRESH = Forms()
Again = Callable[[Forms], HttpResponseBase]


def acting(visit: Visit, form: str, act: Callable[[], str], address: str, again: Again) -> HttpResponseBase:
    """Do what a form asks for and lead on to `address`, saying what was done; or show the page again."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        done = act()
    except (RefusedError, ConflictError) as error:
        return again(forms_of(visit, form, error))
    messages.success(visit.request, done)
    return redirect(address)


def forms_of(visit: Visit, form: str, error: RefusedError | ConflictError) -> Forms:
    """The forms of a page after a refusal."""
    typed = {name: visit.sent(name)[:LONGEST_KEPT] for name in visit.request.POST}
    return Forms(
        sent=form,
        typed={name: text for name, text in typed.items() if name != "csrfmiddlewaretoken"},
        boxes={name: tuple(visit.request.POST.getlist(name)) for name in typed},
        message=error.message,
        hint=error.hint,
        findings=getattr(error, "findings", ()),
        is_conflict=isinstance(error, ConflictError),
    )


# --- what is typed into fields ---


def whole_number(text: str, what: Said) -> int:
    """A whole number. Raises RefusedError."""
    if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 10:  # noqa: PLR2004 - a limit
        return int(text)
    raise refused("bad-value", say("{what} is not a whole number", what=what), say("write digits only"))


def last_day(text: str, calendar: Calendar, what: Said) -> Instant:
    """The first instant after a day of the institution's calendar, which counts whole. Raises RefusedError."""
    day = parse_date(text.strip())
    if day is None or day >= dt.date.max:
        raise refused("bad-value", say("{what} is no day", what=what), say("write it as 2026-12-24"))
    return calendar.begins(day + dt.timedelta(days=1))


def moment(text: str, what: Said) -> Instant | None:
    """A day (00:00 UTC) or an instant; None where nothing was written. Raises RefusedError."""
    found = text.strip()
    if not found:
        return None
    day = parse_date(found)
    instant = start_of_day(day) if day is not None else parse_timestamp(found)
    if instant is None:
        message = say("{what} is no day", what=what)
        raise refused("bad-value", message, say("write `2026-11-22`, or `2026-11-22T12:00:00Z`"))
    return instant
