"""How an address is told of in the description: its act, its headers, the form of its answer. Not what it does."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from django.http import HttpResponseBase
from ninja import Router

from adjudge.api.answering import FIELDS
from adjudge.api.shapes.shape import Page, Shape
from adjudge.people.act import ACTS, Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the description says of an address; `auth` is ninja's word for who is let in, None for holders of a key."""

    method: str
    path: str
    act: Act | None
    gives: Mapping[int, type[Shape]]
    auth: Any = None


def declare(
    router: Router,
    told: Told,
    answering: Callable[..., HttpResponseBase],
    view: Callable[..., object],
    extra: dict[str, Any],
) -> None:
    """Add an address to the API, told of in the words of its view."""
    title, _, rest = inspect.cleandoc(view.__doc__ or "").partition("\n")
    right = f"The right it needs: {ACTS[told.act].title}." if told.act is not None else title
    router.add_api_operation(
        told.path,
        [told.method],
        answering,
        response=dict(told.gives),
        operation_id=view.__name__,
        summary=title.removesuffix("."),
        description=rest.strip() or right,
        openapi_extra=extra,
        **({"auth": told.auth} if told.auth is not None else {}),
    )


def extra_of(
    act: Act | None,
    *,
    sparse: bool,
    done: bool = False,
    matches: bool = False,
    must_match: bool = False,
    media: Sequence[str] = (),
) -> dict[str, Any]:
    """What the description says beside ninja's: the act, and the headers that hold for all of a kind."""
    parameters: list[dict[str, Any]] = []
    if sparse:
        parameters.append(
            {
                "in": "query",
                "name": FIELDS,
                "required": False,
                "schema": {"type": "string"},
                "description": "Names of fields, separated by commas: only these are given, and the id.",
            }
        )
    if done:
        told_once = "Sent again with the same key, it is done once."
        parameters.append(_header("Idempotency-Key", told_once, pattern="^[!#-~]{1,200}$"))
    if matches:
        seen = "The `ETag` that was seen. To compare it needs the right to read it; `*` is whatever is there."
        parameters.append(_header("If-Match", seen, required=must_match))
    told: dict[str, Any] = {"x-act": act.value if act is not None else "", "parameters": parameters}
    if done and act is not None and ACTS[act].writes:
        told["x-writes"] = ACTS[act].writes
    if media:
        told["x-media"] = list(media)
    return told


def _header(name: str, description: str, *, pattern: str = "", required: bool = False) -> dict[str, Any]:
    """A header that a request may bear."""
    return {
        "in": "header",
        "name": name,
        "required": required,
        "schema": {"type": "string", **({"pattern": pattern} if pattern else {})},
        "description": description,
    }


def fields_of(gives: type[Shape]) -> type[Shape]:
    """The form whose fields can be asked for: of a page, that of its items."""
    if not issubclass(gives, Page):
        return gives
    inner = get_args(gives.model_fields["items"].annotation)[0]
    return inner if isinstance(inner, type) and issubclass(inner, Shape) else gives
