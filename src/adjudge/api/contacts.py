"""How advertisers are reached, over HTTP: read, and settled anew. The secret of a webhook is told once."""

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.shapes.contacts import ContactSettledShape, ContactShape, ContactToSettle
from adjudge.institution.house import House
from adjudge.institution.notifying import contacts
from adjudge.people.act import Act
from adjudge.people.permission import not_found
from adjudge.records.shelf import SUBJECTS

router = Router(tags=["contacts"])


@reads(router, "/advertisers/{path:advertiser_id}/contact", act=Act.SETTLE_CONTACT, gives=ContactShape)
def read_contact(request: HttpRequest, advertiser_id: str) -> ContactShape:
    """Read how an advertiser is reached."""
    caller = caller_of(request)
    row = contacts.read_contact(caller.house, caller.actor, advertiser_id)
    _refuse_unknown(caller.house, advertiser_id)
    return ContactShape.model_validate(row)


def _refuse_unknown(house: House, advertiser: str) -> None:
    """Raises NotFoundError for what is no advertiser on record."""
    with house.records.reading() as records:
        row = records.get(SUBJECTS, advertiser)
    if row is None or row.advertiser != advertiser:
        raise not_found()


@acts(
    router,
    "/advertisers/{path:advertiser_id}/contact",
    act=Act.SETTLE_CONTACT,
    gives=ContactSettledShape,
    method="PUT",
    of=read_contact,
    must_match=True,
    secrets=("webhook_secret",),
)
def settle_contact(request: HttpRequest, advertiser_id: str, body: ContactToSettle) -> ContactSettledShape:
    """Settle how an advertiser is reached. A webhook that stays keeps its secret, unless a new one is asked for."""
    caller = caller_of(request)
    row = contacts.settle_contact(
        caller.house,
        caller.actor,
        advertiser_id,
        language=body.language,
        emails=body.emails,
        webhook=body.webhook,
        reason=body.reason,
        new_secret=body.new_secret,
    )
    return ContactSettledShape(
        **ContactShape.model_validate(row).model_dump(),
        webhook_secret=row.webhook_secret,
        notices_taken_along=contacts.taken_along(caller.house, caller.actor, advertiser_id),
    )
