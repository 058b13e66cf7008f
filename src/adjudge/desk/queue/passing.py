"""Passing from one matter of the queue to the next, without going back to the list."""

from dataclasses import dataclass

from django.urls import reverse

from adjudge.desk.frame.visit import Visit
from adjudge.desk.queue.asking import FROM, address_of, from_queue, kept_of, query_of, told_in
from adjudge.institution.queue.asked import asked_from
from adjudge.institution.reading.queued import beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """Addresses: of the queue out of which one came, and of the matters beside this one; empty where there is none."""

    back: str
    before: str
    after: str
    asked: str
    kept: str
    """What an address says so that the page behind it knows of the queue too; `asked` is the same as a form has it."""


def passing(visit: Visit, matter_id: str) -> Passing | None:
    """Where one can pass on to; None for whoever did not come out of the queue."""
    query = visit.asked(FROM)
    if not query:
        return None
    asked = asked_from(told_in(query), visit.actor)
    found = beside(visit.house, visit.actor, asked, matter_id)
    before, after = (
        from_queue(reverse("matter", args=[key]), asked) if key else "" for key in (found.before, found.after)
    )
    return Passing(
        back=address_of(asked), before=before, after=after, asked=query_of(asked), kept=kept_of(asked)
    )
