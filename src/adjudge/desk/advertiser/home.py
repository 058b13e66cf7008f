"""Where one begins: a member at how its advertiser stands with us; anybody else at the first page that one may read."""

from django.http import HttpResponseBase
from django.shortcuts import redirect

from adjudge.desk.advertiser.status import overall, stands
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.navigation import offered
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.desk.words.hearing import APPEAL_KINDS, APPEAL_STATES, DISPUTE_STATES
from adjudge.institution.reading.hearing import standing_of
from adjudge.institution.reading.listing import names_of
from adjudge.people.act import Act
from adjudge.people.permission import not_found

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
    rows = (*found.measures, *found.restored)
    subjects = {row.decision: row.subject for row in rows}
    names = names_of(visit.house, [own, *subjects.values()])
    lines = stands(found.measures, reckoning.at, names, tongue)
    return show(
        visit,
        "advertiser/home.html",
        summary=overall(lines, tongue),
        lines=lines,
        restored=stands(found.restored, reckoning.at, names, tongue),
        subjects=subjects,
        appeals=found.appeals,
        appealed={row.decision: row.id for row in found.appeals},
        disputes=found.disputes,
        clocks={
            of: reckoning.lines(row for row in found.clocks if row.of == of)
            for of in [*(row.id for row in found.appeals), *(row.id for row in found.disputes)]
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
