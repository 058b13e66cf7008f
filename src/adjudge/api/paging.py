"""Lists in parts: each part names where the next one begins, in words that only this program reads.

Parts are cut by id, so that what comes in meanwhile moves nothing. A cursor holds for the filters it was had with.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Protocol, TypeVar

from django.http import HttpRequest
from ninja import Query

from adjudge.api.failure import RequestError
from adjudge.api.shapes.shape import Page, Shape
from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.said import say


class Identified(Protocol):
    """What has an id by which a list is ordered: a row, or what was gathered for one."""

    @property
    def id(self) -> str:
        """The id."""
        ...


R = TypeVar("R", bound=Identified)
S = TypeVar("S", bound=Shape)
Limit = Annotated[int, Query(ge=1, le=200)]
"""How many items of a list are asked for at once."""
Cursor = Annotated[str, Query(max_length=2_000)]
PART = 50
"""Items where nobody says how many."""
PORTION = 200
"""Rows that are fetched at once where a filter left some out, however few are asked for."""
MOST_LOOKED_AT = 2_000
"""Rows that one request looks at: a filter that few of them meet gives a short part, and not a long wait."""


def page_of(
    request: HttpRequest,
    gives: type[Page[S]],
    found: Callable[[str, int], Sequence[R]],
    shown: Callable[[R], S],
    *,
    cursor: str,
    limit: int,
    keeps: Callable[[R], bool] = lambda _row: True,
    most_looked_at: int = MOST_LOOKED_AT,
) -> Page[S]:
    """A part of a list, of the form `gives`. `found` has rows after an id, at most so many, in order of their ids.

    There is a `next` only where a further row was found that is given: else whoever may not see a row would learn by
    it that there is one. Nor does it name more than the last row that was given, unless no more are looked at.
    """
    after = last = _after(request, cursor)
    items: list[S] = []
    looked_at, portion = 0, limit + 1
    while looked_at < most_looked_at:
        rows = found(after, min(portion, most_looked_at - looked_at))
        for row in filter(keeps, rows):
            if len(items) == limit:
                return gives(items=items, next=_cursor(request, last))
            items.append(shown(row))
            last = row.id
        looked_at += len(rows)
        if len(rows) < portion and looked_at < most_looked_at:
            return gives(items=items, next=None)
        after, portion = rows[-1].id, PORTION
    return gives(items=items, next=_cursor(request, last if len(items) == limit else after))


def behind(rows: Sequence[R], after: str, most: int) -> Sequence[R]:
    """Of rows that are at hand those after an id, at most so many: what `page_of` is handed where none are sought."""
    return sorted((row for row in rows if row.id > after), key=lambda row: row.id)[:most]


def _filters(request: HttpRequest) -> str:
    asked = sorted(
        (name, values) for name, values in request.GET.lists() if name not in {"cursor", "limit", "fields"}
    )
    return digest_of_bytes(json.dumps([request.path, asked]).encode())[7:23]


def _cursor(request: HttpRequest, after: str) -> str:
    text = json.dumps([_filters(request), after], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _after(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeError, binascii.Error, ValueError, RecursionError):
        found = None
    match found:
        case [str(filters), str(after)] if filters == _filters(request):
            return after
        case _:
            hint = say("send `next` as it came, with the same filters; or begin anew without a cursor")
            raise RequestError(422, "bad-cursor", say("the cursor is none of this list"), hint=hint)
