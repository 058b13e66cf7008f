"""`If-Match`: a change is held to the state that was seen, and whoever saw another one is told what came meanwhile.

And the other way round: the tag that an act's answer bears is that which the next change of the same thing wants.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from adjudge.api.answering import Tag, tag_of, tags_in
from adjudge.api.caller import Caller
from adjudge.api.failure import RequestError
from adjudge.api.shapes.shape import Shape
from adjudge.basis.said import say
from adjudge.errors import NotFoundError
from adjudge.institution.record.log import OPEN_TO_MEMBERS
from adjudge.people.act import ACTS, Act

Looking = Callable[..., Shape | HttpResponseBase]
"""A view that changes nothing; a long answer is written while it is read."""
WHATEVER = "*"
READ: set[type[Shape]] = set()
"""The forms of what is read by itself: only of these does a tag say anything to a later change."""


def is_held(request: HttpRequest, of: Looking | None) -> bool:
    """Whether a request is to be compared with what is there, so that nobody may come between."""
    return of is not None and request.headers.get("If-Match", WHATEVER).strip() != WHATEVER


def match(
    request: HttpRequest,
    caller: Caller,
    given: Mapping[str, Any],
    of: Looking | None,
    act: Act,
    *,
    must_match: bool,
) -> None:
    """Hold `If-Match` to what is there now. Raises RequestError with what came meanwhile."""
    header = request.headers.get("If-Match")
    if header is None and must_match:
        hint = say("read it, and send its `ETag` as `If-Match`, so that nobody's change is lost")
        raise RequestError(428, "match-needed", say("say which state you saw"), hint=hint)
    if of is None or header is None or header.strip() == WHATEVER:
        return
    shown = _looked_at(request, given, of)
    seen = tags_in(header, weak=False)
    if isinstance(shown, Shape) and tag_of(shown, 0).digest in {item.digest for item in seen}:
        return
    raise RequestError(
        412,
        "changed-since",
        say("it was changed since you saw it"),
        hint=say("look at it again, and decide anew"),
        changed=_since(caller, _about(shown, given), max((item.size for item in seen), default=0), act),
    )


def tag_after(
    request: HttpRequest, shown: Shape, given: Mapping[str, Any], of: Looking | None, size: int
) -> Tag | None:
    """The tag of what an act leaves behind, as reading it gives it; None where the answer is of something else.

    To be asked within the transaction of the act where `of` must be looked at: else somebody else's change would be
    taken for one that was seen.
    """
    if type(shown) in READ:
        return tag_of(shown, size)
    if of is None or getattr(shown, "id", None) not in {None, _named(given)}:
        return None
    try:
        current = _looked_at(request, given, of)
    except NotFoundError:  # whoever may do it need not be allowed to read it
        return None
    return tag_of(current, size) if isinstance(current, Shape) else None


def _looked_at(request: HttpRequest, given: Mapping[str, Any], of: Looking) -> Shape | HttpResponseBase:
    names = inspect.signature(of).parameters
    return of(request, **{name: value for name, value in given.items() if name in names})


def _named(given: Mapping[str, Any]) -> str | None:
    """The id in the address."""
    return next((str(value) for name, value in given.items() if name.endswith("_id")), None)


def _about(shown: Shape | HttpResponseBase, given: Mapping[str, Any]) -> str:
    """The object as entries name it: an address may have another name for it, or none."""
    return str(getattr(shown, "id", "") or _named(given) or "")


def _since(caller: Caller, about: str, size: int, act: Act) -> tuple[dict[str, str], ...]:
    """The entries about an object from a size of the log on.

    Advertisers are told of those that their pages show, and of the kind that they write themselves; not who did it.
    """
    is_member = bool(caller.actor.advertiser)
    told = OPEN_TO_MEMBERS | {ACTS[act].writes}
    with caller.house.records.reading() as records:
        entries = [entry for entry in records.entries_of(about) if entry.seq >= size]
    return tuple(
        {
            "seq": str(entry.seq),
            "at": str(entry.at),
            "kind": entry.kind,
            "by": "" if is_member else entry.actor,
        }
        for entry in entries
        if not is_member or entry.kind in told
    )
