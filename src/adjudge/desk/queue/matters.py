"""The page of matters: all that somebody may read, by state, and a form to open another one."""

from collections.abc import Sequence

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.desk.frame.acting import FRESH, Forms, acting
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.page import MATTER_STATES
from adjudge.evidence.notice import Source
from adjudge.institution.deciding.matters import list_matters, open_matter
from adjudge.institution.reading.listing import advertisers, count_matters, names_of, policies_in_force
from adjudge.people.act import Act
from adjudge.records.rows import MatterRow, MatterState

PAGE = 50


def matters_page(visit: Visit, forms: Forms = FRESH) -> HttpResponseBase:
    """The list, or its next page."""
    state = state_of(visit.asked("state"))
    found = list_matters(
        visit.house, visit.actor, state=state, after=visit.asked("after")[:100], most=PAGE + 1
    )
    rows: Sequence[MatterRow] = found[:PAGE]
    may_open = visit.may(Act.OPEN)
    return show(
        visit,
        "queue/matters.html",
        status=forms.status,
        forms=forms,
        rows=rows,
        names=names_of(visit.house, [row.advertiser for row in rows] + [row.assignee for row in rows]),
        chosen=state,
        states=MATTER_STATES,
        counts=count_matters(visit.house, visit.actor),
        more=rows[-1].id if len(found) > PAGE else "",
        is_first=not visit.asked("after"),
        advertisers=advertisers(visit.house, visit.actor) if may_open else (),
        policies=policies_in_force(visit.house, visit.actor) if may_open else (),
        sources=tuple(Source),
    )


def state_of(text: str) -> MatterState | None:
    """The state that is asked for; None for all, and for what is no state."""
    return next((state for state in MatterState if state.value == text), None)


def opening(visit: Visit) -> HttpResponseBase:
    """Open a matter, and go there."""
    made: list[MatterRow] = []

    def act() -> str:
        made.append(
            open_matter(
                visit.house,
                visit.actor,
                visit.sent("advertiser"),
                visit.sent("policy"),
                reason=visit.sent("reason"),
                territory=visit.sent("territory").strip(),
            )
        )
        return visit.tongue("The matter is open.")

    response = acting(visit, "open", act, reverse("matters"), lambda forms: matters_page(visit, forms))
    if made:
        response["Location"] = reverse("matter", args=[made[0].id])
    return response
