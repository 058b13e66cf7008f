"""The page of the queue: matters by parts, narrowed and sorted; what is asked for is the address."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponseBase

from adjudge.basis.instant import Instant
from adjudge.desk.frame.acting import FRESH, Forms
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.queue.asking import AFTER, BEFORE, Addresses, asked_by, key_in
from adjudge.desk.words.page import MATTER_STATES
from adjudge.desk.words.queue import ORDERS, SEVERITIES, VIEWS, WAITERS
from adjudge.institution.house import time_of
from adjudge.institution.queue.asked import ORDERS_OF_MEMBERS, VIEWS_OF_MEMBERS, Asked, View
from adjudge.institution.queue.digits import NEVER, digits_of, waiting_on
from adjudge.institution.queue.spent import spent_of
from adjudge.institution.reading.listing import names_of, policies_known, workers
from adjudge.institution.reading.queued import MOST_COUNTED, Queued, queue_counts, queue_page
from adjudge.people.act import Act
from adjudge.storage.saved_views import views_of


def matters_page(visit: Visit, forms: Forms = FRESH) -> HttpResponseBase:
    """A page of the queue."""
    asked = asked_by(visit)
    after, before = key_in(visit.asked(AFTER)), key_in(visit.asked(BEFORE))
    page = queue_page(visit.house, visit.actor, asked, after=after, before=before)
    counts = queue_counts(visit.house, visit.actor, asked)
    is_member = bool(visit.actor.advertiser)
    rows = [item.matter for item in page.rows]
    people = [] if is_member else [row.assignee for row in rows]
    may_assign = not is_member and visit.may(Act.ASSIGN)
    return show(
        visit,
        "queue/matters.html",
        status=forms.status,
        forms=forms,
        asked=asked,
        page=page,
        address=Addresses(asked),
        views={view: VIEWS[view] for view in (VIEWS_OF_MEMBERS if is_member else VIEWS)},
        counts={view: _counted(visit, count) for view, count in counts.items()},
        count=_told(visit, counts[asked.view]),
        orders={order: ORDERS[order] for order in (ORDERS_OF_MEMBERS if is_member else ORDERS)},
        waiters=WAITERS,
        waiting={item.matter.id: _waiting(visit, item) for item in page.rows},
        for_you={item.matter.id for item in page.rows if visit.actor.roles & set(waiting_on(item.place))},
        severities=SEVERITIES,
        spent={item.matter.id: _spent(visit, item) for item in page.rows},
        dues={item.matter.id: Instant(int(item.place.due)) for item in page.rows if item.place.due != NEVER},
        late=_late(visit, page.rows),
        states=MATTER_STATES,
        names=names_of(visit.house, [row.advertiser for row in rows] + people),
        policies=policies_known(visit.house),
        is_member=is_member,
        may_assign=may_assign,
        may_open=visit.may(Act.OPEN),
        workers=workers(visit.house, visit.actor, "") if may_assign and rows else {},
        saved=views_of(visit.person.id),
        nothing=_nothing(asked),
    )


def _counted(visit: Visit, count: int) -> str:
    """A number as it stands beside a part of the queue."""
    if count > MOST_COUNTED:
        return visit.tongue("over {count}", count=visit.tongue.number(MOST_COUNTED))
    return visit.tongue.number(count)


def _told(visit: Visit, count: int) -> str:
    """How many matters there are, in words."""
    if count > MOST_COUNTED:
        return visit.tongue("More than {count} matters", count=visit.tongue.number(MOST_COUNTED))
    return visit.tongue.plural("{count} matter", "{count} matters", count)


def _waiting(visit: Visit, item: Queued) -> str:
    return visit.tongue.listed([visit.tongue.of(WAITERS[name]) for name in waiting_on(item.place)])


def _spent(visit: Visit, item: Queued) -> str:
    found = spent_of(item.place.spend)
    if found is None:
        return ""
    amount, currency = found
    return visit.tongue("{amount} {currency}", amount=visit.tongue.number(amount), currency=currency)


def _late(visit: Visit, rows: Sequence[Queued]) -> frozenset[str]:
    now = digits_of(time_of(visit.house).nanos)
    return frozenset(item.matter.id for item in rows if item.place.due <= now)


_NOTHING: Mapping[View, str] = {
    View.OPEN: "nothing_open",
    View.MINE: "nothing_mine",
    View.UNASSIGNED: "nothing_unassigned",
    View.WAITING: "nothing_waiting",
    View.OVERDUE: "nothing_overdue",
}


def _nothing(asked: Asked) -> str:
    """The word that says why there is nothing."""
    return "nothing_narrowed" if asked.is_narrowed else _NOTHING.get(asked.view, "no_matters")
