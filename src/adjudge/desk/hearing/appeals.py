"""The page of appeals: a member's own; for staff the queue, by what is due next."""

from functools import partial

from django.http import HttpResponseBase

from adjudge.desk.frame.framing import show
from adjudge.desk.frame.paging import paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.clock_lines import Reckoning
from adjudge.desk.words.hearing import APPEAL_KINDS, APPEAL_STATES, OUTCOMES
from adjudge.institution.reading.hearing import calendar_now, foreseen
from adjudge.institution.reading.listing import names_of
from adjudge.institution.reading.queues import Which, appeals_named, queue

PARTS_OF_MEMBERS = (Which.OPEN, Which.ENDED)


def appeals_page(visit: Visit) -> HttpResponseBase:
    """The queue, or another page of it."""
    is_member = bool(visit.actor.advertiser)
    parts = PARTS_OF_MEMBERS if is_member else tuple(Which)
    which = next((item for item in parts if item.value == visit.asked("part")), Which.OPEN)
    found = queue(visit.house, visit.actor, which)
    page = paged(found.ids, visit.asked("page"))
    rows = appeals_named(visit.house, visit.actor, page.rows)
    reckoning = reckoning_of(visit, found.overdue)
    return show(
        visit,
        "hearing/appeals.html",
        rows=rows,
        page=page,
        counts={part: found.counts[part] for part in parts},
        which=which,
        is_member=is_member,
        clocks={row.id: reckoning.line(found.clocks[row.id]) for row in rows if row.id in found.clocks},
        kinds=APPEAL_KINDS,
        states=APPEAL_STATES,
        outcomes={item.value: word for item, word in OUTCOMES.items()},
        names=names_of(visit.house, [key for row in rows for key in (row.advertiser, row.assignee)]),
    )


def reckoning_of(visit: Visit, overdue: frozenset[str] = frozenset()) -> Reckoning:
    """By what clocks are shown on the pages of a visit."""
    calendar, at = calendar_now(visit.house)
    follows = partial(foreseen, visit.house)
    return Reckoning(calendar=calendar, at=at, tongue=visit.tongue, foreseen=follows, overdue=overdue)
