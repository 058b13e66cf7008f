"""Taking a matter out of the queue, and assigning several at once."""

from collections.abc import Mapping

from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.frame.acting import acting, forms_of, whole_number
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.queue.asking import address_of, asked_by, from_queue
from adjudge.desk.queue.matters import matters_page
from adjudge.errors import RefusedError
from adjudge.institution.deciding.taking import assign_each, take
from adjudge.institution.house import need, refused

QUEUE = "queue"
"""The form of the list."""


def taking(visit: Visit, matter_id: str) -> HttpResponseBase:
    """Take a matter, and go to it; where somebody was faster the list is shown again, and says who."""

    def act() -> str:
        seen = whole_number(visit.sent("seen"), say("what you have seen"))
        take(visit.house, visit.actor, matter_id, seen=seen)
        return visit.tongue("The matter is yours.")

    address = from_queue(reverse("matter", args=[matter_id]), asked_by(visit))
    return acting(visit, QUEUE, act, address, lambda forms: matters_page(visit, forms))


def assigning_many(visit: Visit) -> HttpResponseBase:
    """Assign those that were chosen, and say of each what came of it."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        reason, wanted = need(visit.sent("reason"), say("the reason")), _chosen(visit)
        handed = assign_each(visit.house, visit.actor, wanted, visit.sent("person"), reason=reason)
    except RefusedError as error:
        return matters_page(visit, forms_of(visit, QUEUE, error))
    return show(
        visit,
        "queue/handed.html",
        handed=handed,
        done=visit.tongue.plural(
            "{count} of those chosen is assigned.",
            "{count} of those chosen are assigned.",
            sum(item.row is not None for item in handed),
        ),
        back=address_of(asked_by(visit)),
    )


def _chosen(visit: Visit) -> Mapping[str, int]:
    """The matters that were ticked, as they were seen. Raises RefusedError where none was."""
    found = {}
    for text in visit.request.POST.getlist("matter"):
        matter_id, _, seen = text.rpartition(":")
        found[matter_id] = whole_number(seen, say("what you have seen"))
    if not found:
        message = say("no matter is chosen")
        raise refused("nothing-chosen", message, say("tick those that are to be assigned"))
    return found
