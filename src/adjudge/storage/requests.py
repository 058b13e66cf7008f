"""Answers kept for requests that are sent again: read, written and forgotten, inside whatever transaction is open."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from adjudge.storage.models import RequestRecord

PORTION = 500
"""Old answers that are forgotten at once."""
DAY = 86_400_000_000_000
"""Nanoseconds for which an answer is kept."""
SECRET_TOLD = "secret-told-already"  # noqa: S105 - a code
"""In place of a body in which a secret stood. An answer that was kept is JSON, and never this."""
GONE = "answer-not-kept"
"""In place of a body that is not there any more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that was carried out, and its answer."""

    id: str
    request: str
    status: int
    headers: Mapping[str, str]
    body: str


def kept(key: str, alias: str = DEFAULT_DB_ALIAS) -> Kept | None:
    """The answer that was kept under an id."""
    found = RequestRecord.objects.using(alias).filter(pk=key).first()
    if found is None:
        return None
    headers = {str(name): str(value) for name, value in json.loads(found.headers).items()}
    return Kept(found.id, found.request, found.status, headers, found.body)


def keep(answer: Kept, at: int, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Keep an answer, known since `at` (nanoseconds since 1970)."""
    RequestRecord.objects.using(alias).create(
        id=answer.id,
        request=answer.request,
        status=answer.status,
        headers=json.dumps(dict(answer.headers)),
        body=answer.body,
        at=at,
    )


def forget_old(at: int, alias: str = DEFAULT_DB_ALIAS) -> int:
    """Forget some of the answers that are older than a day, at an instant (nanoseconds since 1970); how many."""
    records = RequestRecord.objects.using(alias)
    old = list(records.filter(at__lt=at - DAY).order_by("at").values_list("pk", flat=True)[:PORTION])
    if old:
        records.filter(pk__in=old).delete()
    return len(old)


def forget_bodies(alias: str) -> None:
    """Forget what all kept answers say, and keep that they were given: what was expunged may be told in any of them.

    For the transaction in which it is expunged. Without their rows what was done would be done twice.
    """
    RequestRecord.objects.using(alias).exclude(body__in=(SECRET_TOLD, GONE)).update(body=GONE, headers="{}")
