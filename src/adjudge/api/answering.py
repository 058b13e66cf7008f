"""An answer of the API: its JSON, its tag, no more of it than was asked for, and none where the caller has it already.

The tag is the digest of the whole answer, and the number of entries that the log had: by the first one tells whether
anything changed, by the second what did.
"""

import hashlib
import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from adjudge.api.failure import RequestError
from adjudge.api.shapes.shape import Page, Shape
from adjudge.basis.said import say

FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it travels: `"DIGEST.SIZE"`."""

    digest: str
    size: int

    def __str__(self) -> str:
        """As a header has it."""
        return f'"{self.digest}.{self.size}"'


def tag_of(shown: Shape, size: int) -> Tag:
    """The tag of an answer, when the log had so many entries.

    In the order of their names: a database may give keys back in another order than that in which they were sent.
    """
    text = json.dumps(shown.tagged().model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return Tag(hashlib.sha256(text.encode()).hexdigest()[:32], size)


def tags_in(header: str, *, weak: bool = True) -> tuple[Tag, ...]:
    """The tags that a header names; what is none of ours is left out, and equals nothing.

    Weak ones, which only say that something looks alike, count for what is read and never for what is changed.
    """
    found = []
    for part in header.split(","):
        whole = part.strip().removeprefix("W/") if weak else part.strip()
        digest, point, size = whole.strip('"').partition(".")
        if point and size.isascii() and size.isdigit():
            found.append(Tag(digest, int(size[:18])))
    return tuple(found)


def answered(request: HttpRequest, shown: Shape, size: int, *, status: int = 200) -> HttpResponse:
    """The answer to a request. Raises RequestError where fields are asked for that there are not."""
    tag = tag_of(shown, size)
    is_whole = shown.tagged() is shown  # what is drafted anew is always sent: the tag does not tell of it
    if request.method == "GET" and is_whole and _has_it(request.headers.get("If-None-Match", ""), tag):
        response = HttpResponse(status=304)
        del response["Content-Type"]  # of an answer without a body it would speak of a page
    else:
        response = HttpResponse(_text(request, shown), status=status, content_type="application/json")
    response["ETag"] = str(tag)
    response["Cache-Control"] = "private, no-cache"
    return response


def _has_it(header: str, tag: Tag) -> bool:
    return header.strip() == "*" or any(item.digest == tag.digest for item in tags_in(header))


def _text(request: HttpRequest, shown: Shape) -> str:
    asked = request.GET.get(FIELDS)
    if asked is None:
        return shown.model_dump_json()
    names = frozenset(part.strip() for part in asked.split(",") if part.strip())
    whole = shown.model_dump(mode="json")
    if isinstance(shown, Page):
        return json.dumps(
            {"items": [_part(item, names) for item in whole["items"]], "next": whole["next"]},
            ensure_ascii=False,
            separators=(",", ":"),
        )
    return json.dumps(_part(whole, names), ensure_ascii=False, separators=(",", ":"))


def _part(whole: dict[str, object], names: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in whole.items() if name in names or name == "id"}


def check_fields(request: HttpRequest, shape: type[Shape]) -> None:
    """Raises RequestError where fields are asked for that the answer does not have."""
    asked = request.GET.get(FIELDS)
    if asked is None:
        return
    known = shape.model_fields
    unknown = sorted({part.strip() for part in asked.split(",") if part.strip()} - known.keys())
    if unknown or not asked.strip():
        message = say("there are no fields named {names}", names=tuple(unknown) or ("–",))
        hint = say("choose among: {names}", names=tuple(sorted(known)))
        raise RequestError(422, "unknown-field", message, hint=hint)
