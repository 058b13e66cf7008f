"""The page on which a matter is opened, for an advertiser and under a policy."""

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.desk.frame.acting import FRESH, Forms, acting
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.institution.deciding.matters import open_matter
from adjudge.institution.reading.listing import advertisers, policies_in_force
from adjudge.records.rows import MatterRow


def open_or_ask(visit: Visit) -> HttpResponseBase:
    """The form, or what was sent by it."""
    return _opening(visit) if visit.request.method == "POST" else _page(visit)


def _page(visit: Visit, forms: Forms = FRESH) -> HttpResponseBase:
    return show(
        visit,
        "queue/open.html",
        status=forms.status,
        forms=forms,
        advertisers=advertisers(visit.house, visit.actor),
        policies=policies_in_force(visit.house, visit.actor),
    )


def _opening(visit: Visit) -> HttpResponseBase:
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

    response = acting(visit, "open", act, reverse("matters"), lambda forms: _page(visit, forms))
    if made:
        response["Location"] = reverse("matter", args=[made[0].id])
    return response
