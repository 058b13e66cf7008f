"""The page of clocks: all that runs and all that is overdue, first what is latest, each with what happens then."""

from django.http import HttpResponseBase

from adjudge.desk.frame.framing import show
from adjudge.desk.frame.paging import paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.institution.reading.listing import names_of
from adjudge.institution.ticking.reading import clocks_now, waiting_since
from adjudge.people.act import Act


def clocks_page(visit: Visit) -> HttpResponseBase:
    """The list, or another page of it."""
    found = clocks_now(visit.house, visit.actor)
    late = frozenset(row.id for row in found.overdue)
    only_late = visit.asked("part") == "overdue"
    page = paged(found.overdue if only_late else [*found.overdue, *found.others], visit.asked("page"))
    return show(
        visit,
        "hearing/clocks.html",
        page=page,
        lines=reckoning_of(visit, late).lines(page.rows),
        only_late=only_late,
        may_read=visit.may(Act.READ_APPEAL),
        counts={"all": len(found.overdue) + len(found.others), "overdue": len(found.overdue)},
        since=waiting_since(visit.house, visit.actor, [row.of for row in page.rows]),
        names=names_of(visit.house, [row.advertiser for row in page.rows]),
    )
