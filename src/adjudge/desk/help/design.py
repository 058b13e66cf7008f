"""The page of the design: all tokens and components once, in both schemes beside each other, with their names.

For those who work on these pages: nothing else leads here than the glossary.
"""

from django.http import HttpResponse, HttpResponseBase

from adjudge.answers.words import STATUSES
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.outside import HOUR
from adjudge.desk.frame.visit import Visit
from adjudge.desk.help.tokens import SCHEMES, scheme_sheet, tokens
from adjudge.desk.words.page import DECISION_STATES, MATTER_STATES, VERSION_STATES
from adjudge.people.permission import not_found
from adjudge.people.role import STAFF


def design_page(visit: Visit) -> HttpResponseBase:
    """The page, for staff."""
    _for_staff(visit)
    return show(
        visit,
        "help/design.html",
        schemes=SCHEMES,
        tokens=tokens(),
        matter_states=MATTER_STATES,
        decision_states=DECISION_STATES,
        version_states=VERSION_STATES,
        statuses=STATUSES,
    )


def scheme_style(visit: Visit) -> HttpResponseBase:
    """Its style sheet."""
    _for_staff(visit)
    response = HttpResponse(scheme_sheet(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"max-age={HOUR}"
    return response


def _for_staff(visit: Visit) -> None:
    if not visit.actor.roles & STAFF:
        raise not_found()
