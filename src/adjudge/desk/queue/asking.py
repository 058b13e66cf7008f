"""What of the queue an address asks for, and addresses that ask for something else: the whole filter is the address."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from adjudge.desk.frame.visit import Visit
from adjudge.institution.queue.asked import Asked, asked_from
from adjudge.institution.reading.queued import Key

LONGEST = 2_000
"""Characters of a query that are read."""
FROM, BACK = "from", "back"
"""The part of an address, and the field of a form, in which the queue is named out of which one came."""
AFTER, BEFORE = "after", "before"


def told_by(visit: Visit) -> Mapping[str, str]:
    """What is asked for: by the address, or after a form by what the page of the form had asked for."""
    if visit.request.method == "POST":
        return told_in(visit.sent(BACK))
    return {name: visit.asked(name)[:LONGEST] for name in visit.request.GET}


def told_in(query: str) -> Mapping[str, str]:
    """What a query asks for; nothing where it is none."""
    try:
        return dict(parse_qsl(query[:LONGEST], max_num_fields=20))
    except ValueError:
        return {}


def asked_by(visit: Visit) -> Asked:
    """What is asked for by a visit."""
    return asked_from(told_by(visit), visit.actor)


def key_in(text: str) -> Key | None:
    """Where a page begins, as an address says it."""
    value, stop, key = text.partition(".")
    return (value, key) if stop and key else None


def address_of(asked: Asked, **more: Key | None) -> str:
    """The address that asks for it; `after` or `before` says from where on."""
    places = {name: ".".join(key) for name, key in more.items() if key is not None}
    query = "&".join(part for part in (asked.query, urlencode(places)) if part)
    return f"{reverse('matters')}?{query}" if query else reverse("matters")


class Addresses:
    """Addresses of the queue as it is asked for but for something, for templates."""

    def __init__(self, asked: Asked) -> None:
        """Those around what is asked for."""
        self._asked = asked

    def __call__(self, **other: object) -> str:
        """With something else in it, from its first page on."""
        return address_of(replace(self._asked, **other))  # type: ignore[arg-type]  # what templates name of it

    def page(self, **place: Key) -> str:
        """The same from another place on."""
        return address_of(self._asked, **place)

    def matter(self, matter_id: str) -> str:
        """A matter, opened out of the queue."""
        return from_queue(reverse("matter", args=[matter_id]), self._asked)


def from_queue(address: str, asked: Asked) -> str:
    """An address with the queue out of which one comes; as usual it is named too, since nothing else says so."""
    return f"{address}?{kept_of(asked)}"


def kept_of(asked: Asked) -> str:
    """The part of an address that names the queue."""
    return urlencode({FROM: query_of(asked)})


def query_of(asked: Asked) -> str:
    """What is asked for, as a query that is never empty."""
    return asked.query or f"view={asked.view}"
