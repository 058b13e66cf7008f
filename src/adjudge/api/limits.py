"""Calls counted against a rate, and refused beyond it: by key, or by address where nobody is named.

Not how they are counted: see `adjudge.institution.rates`. What takes long counts as many calls, and only so much of it
runs at once.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from adjudge.api.failure import RequestError
from adjudge.basis.said import say
from adjudge.institution.premises import premises
from adjudge.institution.rates import stranger, table_in

LONG_ONES = 2
"""Requests that take long which one process carries out at once: the others go on meanwhile."""
MANY, SEARCHED, WHOLE = 10, 30, 60
"""As how many requests it counts where much is looked at, much is tried, or all that is kept is read."""


def refuse_flood(request: HttpRequest, who: str) -> None:
    """Count a call by a caller, or by an address where nobody is named. Raises RequestError (429) beyond the rate."""
    request.counted_as = who  # type: ignore[attr-defined]  # what the request takes may be counted later
    _count(request, who, 1)


def weigh(request: HttpRequest, cost: int) -> None:
    """Count a request that was let in as so many calls, since it takes as long as they. Raises RequestError (429)."""
    _count(request, getattr(request, "counted_as", ""), cost - 1)


def _count(request: HttpRequest, who: str, cost: int) -> None:
    if cost < 1:
        return
    settings = premises().settings
    rate = settings.api_rate if who else settings.api_rate_of_strangers
    verdict = table_in(settings.data).ask(
        who or _address(request),
        time.monotonic_ns(),
        rate,
        known=bool(who),
        cost=cost,
    )
    headers = {
        "RateLimit-Policy": f'"minute";q={rate};w=60',
        "RateLimit": f'"minute";r={verdict.left};t={verdict.wait}',
    }
    request.rate_limit = headers  # type: ignore[attr-defined]  # put on the answer by the middleware
    if not verdict.let_in:
        raise RequestError(
            429,
            "too-many-requests",
            say("these are more than {rate} requests in a minute", rate=rate),
            hint=say("wait {seconds} seconds; ask whoever runs this for a higher rate", seconds=verdict.wait),
            headers={"Retry-After": str(verdict.wait)},
        )


_LONG = threading.BoundedSemaphore(LONG_ONES)


@contextmanager
def one_of_few() -> Iterator[None]:
    """Carry out what takes long. Raises RequestError (429) where enough of it is carried out already: nobody waits."""
    if not _LONG.acquire(blocking=False):
        raise RequestError(
            429,
            "too-many-at-once",
            say("others ask for something that takes long just now"),
            hint=say("send it again in a moment"),
            headers={"Retry-After": "1"},
        )
    try:
        yield
    finally:
        _LONG.release()


def _address(request: HttpRequest) -> str:
    forwarded, remote = (str(request.META.get(name, "")) for name in ("HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"))
    return stranger(forwarded, remote, premises().settings.proxies)
