"""The page of misuse of appeals: figures of an advertiser, and procedures: warned, suspended, ended."""

from collections.abc import Callable, Sequence

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.appeals.misuse import WRITTEN
from adjudge.basis.said import say
from adjudge.desk.frame.acting import FRESH, Forms, acting, last_day
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.paging import paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.hearing import CRITERIA, MISUSE_STATES
from adjudge.institution.binding.procedure import misuse_terms, read_procedure
from adjudge.institution.hearing.misuse import (
    end_misuse,
    figures_of,
    misuses_of,
    read_misuse,
    suspend,
    warn,
)
from adjudge.institution.hearing.suspended import has_ended
from adjudge.institution.reading.hearing import calendar_now, newest
from adjudge.institution.reading.listing import advertiser_named, names_of
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import MisuseRow, MisuseState

LONGEST_ASKED = 200
MOST_SHOWN = 20
"""Procedures on one page: each with its forms."""


def misuse_page(visit: Visit, forms: Forms = FRESH, *, asked: str = "") -> HttpResponseBase:
    """All procedures, and the figures of the advertiser that is asked for."""
    permit(visit.actor, Act.READ_CLOCKS)
    permit(visit.actor, Act.READ_APPEAL)
    advertiser = asked or visit.asked("advertiser")[:LONGEST_ASKED]
    names = advertiser_named(visit.house, visit.actor, advertiser)
    is_known = advertiser in names
    found = misuses_of(visit.house, visit.actor, advertiser=advertiser if is_known else "")
    every = newest(found)
    page = paged(every, _page_of(every, forms) or visit.asked("page"), most=MOST_SHOWN)
    _, at = calendar_now(visit.house)
    return show(
        visit,
        "hearing/misuse.html",
        status=forms.status,
        forms=forms,
        page=page,
        rows=page.rows,
        over={row.id for row in page.rows if has_ended(row, at)},
        advertiser=advertiser,
        is_known=is_known,
        figures=figures_of(visit.house, visit.actor, advertiser) if is_known else None,
        terms=misuse_terms(read_procedure(visit.house, visit.actor)),
        written=WRITTEN,
        criteria=CRITERIA,
        states=MISUSE_STATES,
        warned=MisuseState.WARNED,
        names={**names, **names_of(visit.house, [row.advertiser for row in page.rows])},
        may_warn=visit.may(Act.WARN, advertiser),
        may_suspend=visit.may(Act.SUSPEND_HANDLING),
        may_end=visit.may(Act.END_MISUSE),
    )


def _page_of(rows: Sequence[MisuseRow], forms: Forms) -> str:
    """The page on which the form stands that was refused; empty where none was."""
    _, _, about = forms.sent.partition(":")
    places = [place for place, row in enumerate(rows) if row.id == about]
    return str(places[0] // MOST_SHOWN + 1) if places else ""


def warning(visit: Visit) -> HttpResponseBase:
    """Warn an advertiser."""
    advertiser = visit.sent("advertiser")[:LONGEST_ASKED]

    def act() -> str:
        weighed = {name: visit.sent(name) for name in WRITTEN}
        warn(visit.house, visit.actor, advertiser, weighed, visit.sent("reason"))
        return visit.tongue("The advertiser is warned.")

    address = reverse("misuse")
    return acting(visit, "warn", act, address, lambda forms: misuse_page(visit, forms, asked=advertiser))


def _act_on(visit: Visit, misuse_id: str, form: str, act: Callable[[], str]) -> HttpResponseBase:
    read_misuse(visit.house, visit.actor, misuse_id)
    return acting(
        visit, f"{form}:{misuse_id}", act, reverse("misuse"), lambda forms: misuse_page(visit, forms)
    )


def suspending(visit: Visit, misuse_id: str) -> HttpResponseBase:
    """Suspend the handling of an advertiser's appeals."""

    def act() -> str:
        calendar, _ = calendar_now(visit.house)
        until = last_day(visit.sent("until"), calendar, say("the day"))
        suspend(visit.house, visit.actor, misuse_id, until, visit.sent("reason"))
        return visit.tongue("The handling is suspended until then.")

    return _act_on(visit, misuse_id, "suspend", act)


def ending_misuse(visit: Visit, misuse_id: str) -> HttpResponseBase:
    """End a procedure."""

    def act() -> str:
        end_misuse(visit.house, visit.actor, misuse_id, visit.sent("reason"))
        return visit.tongue("The procedure is ended.")

    return _act_on(visit, misuse_id, "end", act)
