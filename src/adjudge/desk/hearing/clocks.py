"""The page of clocks: all that runs and all that is overdue, first what is latest, each with what happens then."""

from django.http import HttpResponseBase

from adjudge.desk.frame.framing import show
from adjudge.desk.frame.paging import paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.institution.reading.listing import names_of
from adjudge.institution.ticking.reading import clocks_of, waiting
from adjudge.people.act import Act
from adjudge.records.rows import ClockState


def clocks_page(visit: Visit) -> HttpResponseBase:
    """The list, or another page of it."""
    overdue = clocks_of(visit.house, visit.actor, overdue=True)
    late = frozenset(row.id for row in overdue)
    running = clocks_of(visit.house, visit.actor, state=ClockState.RUNNING.value)
    only_late = visit.asked("part") == "overdue"
    rows = overdue if only_late else [*overdue, *(row for row in running if row.id not in late)]
    page = paged(rows, visit.asked("page"))
    return show(
        visit,
        "hearing/clocks.html",
        page=page,
        lines=reckoning_of(visit, late).lines(page.rows),
        only_late=only_late,
        may_read=visit.may(Act.READ_APPEAL),
        counts={"all": len(late | {row.id for row in running}), "overdue": len(late)},
        since={item.of: item.since for item in waiting(visit.house, visit.actor)},
        names=names_of(visit.house, [row.advertiser for row in page.rows]),
    )
