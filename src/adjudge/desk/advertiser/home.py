"""Where one begins: a member at how its advertiser stands with us; anybody else at the first page that one may read."""

from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import redirect

from adjudge.desk.advertiser.status import in_rank, overall, stands
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.navigation import offered
from adjudge.desk.frame.paging import paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.desk.words.hearing import APPEAL_KINDS, APPEAL_STATES, DISPUTE_STATES
from adjudge.institution.reading.hearing import standing_of
from adjudge.institution.reading.listing import names_of
from adjudge.people.act import Act
from adjudge.people.permission import not_found
from adjudge.records.rows import MeasureRow

MOST_SHOWN = 20
"""Measures on one page; and of what else there is as many, of which all stand on pages of their own."""
MOST_NEW = 5
"""Notices that were not read yet which are shown; all of them stand on their own page."""


def home(visit: Visit) -> HttpResponseBase:
    """Show it, or lead there. Raises NotFoundError for somebody who may read none."""
    own = visit.actor.advertiser
    if own and visit.may(Act.OPEN_NOTICE, own):
        return _standing(visit)
    pages = offered(visit)
    if not pages:
        raise not_found()
    _, first, _ = pages[0]
    return redirect(first)


def _standing(visit: Visit) -> HttpResponseBase:
    own, tongue = visit.actor.advertiser, visit.tongue
    found = standing_of(visit.house, visit.actor)
    reckoning = reckoning_of(visit)
    at, named = reckoning.at, visit.asked("named").strip()
    fitting = _fitting(visit, in_rank(found.measures, at), named)
    page = paged(fitting, visit.asked("page"), most=MOST_SHOWN)
    restored, appeals = found.restored[:MOST_SHOWN], found.appeals[:MOST_SHOWN]
    disputes = found.disputes[:MOST_SHOWN]
    names = names_of(visit.house, [own, *(row.subject for row in (*page.rows, *restored))])
    return show(
        visit,
        "advertiser/home.html",
        summary=overall(found.measures, at, names, tongue),
        lines=stands(page.rows, at, names, tongue),
        page=page,
        named=named,
        query=f"{urlencode({'named': named})}&" if named else "",
        measure_count=len(found.measures),
        is_part=len(found.measures) > MOST_SHOWN,
        restored=stands(restored, at, names, tongue),
        restored_count=len(found.restored),
        appeals=appeals,
        open_count=len(found.appeals) + len(found.disputes),
        appealed={row.decision: row.id for row in found.appeals},
        disputes=disputes,
        clocks={
            of: reckoning.lines(row for row in found.clocks if row.of == of)
            for of in [*(row.id for row in appeals), *(row.id for row in disputes)]
        },
        unread=found.unread[:MOST_NEW],
        unread_count=len(found.unread),
        kinds=APPEAL_KINDS,
        states=APPEAL_STATES,
        dispute_states=DISPUTE_STATES,
        names=names,
        may_lead=visit.may(Act.READ_PEOPLE, own),
        may_take=visit.may(Act.EXPORT_OWN, own),
    )


def _fitting(visit: Visit, rows: list[MeasureRow], named: str) -> list[MeasureRow]:
    """Those of what bears a name, by id or title; all where none is asked for."""
    if not named:
        return rows
    titles, wanted = names_of(visit.house, [row.subject for row in rows]), named.casefold()
    return [
        row
        for row in rows
        if wanted in " ".join((row.subject, row.decision, *titles.get(row.subject, {}).values())).casefold()
    ]
