"""The page of notices: all that was told, the newest first; for staff also what was not delivered, and to whom."""

from django.http import HttpResponseBase

from adjudge.desk.frame.framing import show
from adjudge.desk.frame.paging import paged
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.hearing import PURPOSES
from adjudge.institution.reading.listing import names_of
from adjudge.institution.reading.queues import Sent, notice_list, notices_named

LONGEST_ASKED = 200


def notices_page(visit: Visit) -> HttpResponseBase:
    """The list, or another page of it."""
    part = next((item for item in Sent if item.value == visit.asked("part")), Sent.ALL)
    advertiser = visit.asked("advertiser")[:LONGEST_ASKED]
    found = notice_list(visit.house, visit.actor, part, advertiser)
    page = paged(found.ids, visit.asked("page"))
    rows = notices_named(visit.house, visit.actor, page.rows)
    return show(
        visit,
        "notices/notices.html",
        rows=rows,
        page=page,
        counts=found.counts,
        part=part if part in found.counts else Sent.ALL,
        advertiser="" if visit.actor.advertiser else advertiser,
        is_member=bool(visit.actor.advertiser),
        purposes=PURPOSES,
        names=names_of(visit.house, [row.advertiser for row in rows]),
    )
