"""How an address of the API is declared: its act, the form of its answer, and what holds for all of its kind.

`reads` looks and changes nothing. `acts` does one act of the institution, within one transaction with the kept answer
of its idempotency key and with the comparison of `If-Match`: nobody can come between. The act's name stands in the
description (`x-act`), from which the matrix of rights is tested.
"""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router

from adjudge.api.answering import FIELDS, Tag, answered, check_fields, tag_of, tags_in
from adjudge.api.caller import Caller, caller_of
from adjudge.api.failure import RequestError
from adjudge.api.kept import answer_again, keep_answer, once_of
from adjudge.api.shapes.shape import Bytes, Page, Shape
from adjudge.basis.said import say
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.people.act import ACTS, Act

View = Callable[..., Shape | HttpResponse]
Declared = Callable[[View], View]
Looking = Callable[..., Shape | HttpResponseBase]
"""A view that changes nothing; a long answer is written while it is read."""
_ANYWHERE = ("request", FIELDS)
_IN_BODY = ("body", "file", "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """What is declared of an act. `of` reads what the act changes, for `If-Match`, by the names in the address."""

    gives: type[Shape]
    status: int
    of: Looking | None
    must_match: bool
    secrets: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the description says of an address; `auth` is ninja's word for who is let in, None for holders of a key."""

    method: str
    path: str
    act: Act | None
    gives: Mapping[int, type[Shape]]
    auth: Any = None


def reads(
    router: Router,
    path: str,
    *,
    act: Act | None,
    gives: type[Shape],
    auth: Any = None,  # noqa: ANN401 - of ninja's many types
    media: Sequence[str] = (),
) -> Callable[[Looking], Looking]:
    """Declare an address that is read. `act` is the right that it needs; None where everybody has it.

    `media` are the types of an answer that is no JSON: of `gives=Bytes`, or beside a form where `Accept` chooses.
    """

    def declared(view: Looking) -> Looking:
        known = _query_names(view, path)
        shape = _fields_of(gives)

        @wraps(view)
        def read(request: HttpRequest, **given: Any) -> HttpResponseBase:  # noqa: ANN401 - by its own signature
            _check_query(request, known)
            check_fields(request, shape)
            shown = view(request, **given)
            if isinstance(shown, HttpResponseBase):
                return shown
            return answered(request, shown, _size(request))

        told = Told(method="GET", path=path, act=act, gives={200: gives}, auth=auth)
        sparse = not issubclass(gives, Bytes)
        _declare(router, told, read, view, _extra(act, sparse=sparse, media=media))
        return view

    return declared


def asks(
    router: Router, path: str, *, act: Act, gives: type[Shape], media: Sequence[str] = ()
) -> Callable[[Looking], Looking]:
    """Declare an address to which a question is sent, since it is too long for an address; nothing is changed."""

    def declared(view: Looking) -> Looking:
        known = _query_names(view, path)

        @wraps(view)
        def asked(request: HttpRequest, **given: Any) -> HttpResponseBase:  # noqa: ANN401 - by its own signature
            _check_query(request, known)
            shown = view(request, **given)
            return shown if isinstance(shown, HttpResponseBase) else answered(request, shown, _size(request))

        told = Told(method="POST", path=path, act=act, gives={200: gives})
        _declare(router, told, asked, view, _extra(act, sparse=False, media=media))
        return view

    return declared


def acts(
    router: Router,
    path: str,
    *,
    act: Act,
    gives: type[Shape],
    method: str = "POST",
    status: int = 200,
    of: Looking | None = None,
    must_match: bool = False,
    secrets: Collection[str] = (),
    media: Sequence[str] = (),
) -> Declared:
    """Declare an address at which an act is done."""
    changing = Changing(gives=gives, status=status, of=of, must_match=must_match, secrets=secrets)

    def declared(view: View) -> View:
        known = _query_names(view, path)

        @wraps(view)
        def done(request: HttpRequest, **given: Any) -> HttpResponse:  # noqa: ANN401 - by its own signature
            _check_query(request, known)
            return _carried_out(request, view, given, changing)

        extra = _extra(
            act, sparse=False, done=True, matches=of is not None, must_match=must_match, media=media
        )
        _declare(router, Told(method=method, path=path, act=act, gives={status: gives}), done, view, extra)
        return view

    return declared


def _carried_out(request: HttpRequest, view: View, given: Mapping[str, Any], told: Changing) -> HttpResponse:
    """Do an act, once. What follows by rule although the act is refused is kept; all else of a refusal is undone."""
    caller = caller_of(request)
    once = once_of(request, caller)
    refusal: Exception
    with caller.house.records.writing() as records:
        again = answer_again(once) if once is not None else None
        if again is not None:
            return again
        try:
            _match(request, caller, given, told)
            shown = view(request, **given)
        except (RefusedError, ConflictError, NotFoundError, RequestError) as error:
            refusal = error
        else:
            response = (
                shown
                if isinstance(shown, HttpResponse)
                else answered(request, shown, _size(request), status=told.status)
            )
            if once is not None:
                keep_answer(once, response, told.secrets, caller.house.clock().nanos)
            return response
    del records
    raise refusal


def _match(request: HttpRequest, caller: Caller, given: Mapping[str, Any], told: Changing) -> None:
    """Hold `If-Match` to what is there now. Raises RequestError with what came meanwhile."""
    header = request.headers.get("If-Match")
    if told.of is None:
        return
    if header is None:
        if not told.must_match:
            return
        hint = say("read it, and send its `ETag` as `If-Match`, so that nobody's change is lost")
        raise RequestError(428, "match-needed", say("say which state you saw"), hint=hint)
    if header.strip() == "*":
        return
    names = inspect.signature(told.of).parameters
    shown = told.of(request, **{name: value for name, value in given.items() if name in names})
    current = tag_of(shown, 0) if isinstance(shown, Shape) else Tag("", 0)
    seen = tags_in(header)
    if any(item.digest == current.digest for item in seen):
        return
    about = next((str(value) for name, value in given.items() if name.endswith("_id")), "")
    hint = say("look at it again, and decide anew")
    raise RequestError(
        412,
        "changed-since",
        say("it was changed since you saw it"),
        hint=hint,
        changed=_since(caller, about, max((item.size for item in seen), default=0)),
    )


def _since(caller: Caller, about: str, size: int) -> tuple[dict[str, str], ...]:
    """The entries about an object from a size of the log on; advertisers are not told who here did it."""
    with caller.house.records.reading() as records:
        entries = [entry for entry in records.entries_of(about) if entry.seq >= size]
    return tuple(
        {
            "seq": str(entry.seq),
            "at": str(entry.at),
            "kind": entry.kind,
            "by": "" if caller.actor.advertiser else entry.actor,
        }
        for entry in entries
    )


def _size(request: HttpRequest) -> int:
    """How many entries the log has; 0 for what everybody may read, where no caller is known."""
    caller = getattr(request, "auth", None)
    if not isinstance(caller, Caller):
        return 0
    with caller.house.records.reading() as records:
        return records.size()


# --- how it is described ---


def _declare(
    router: Router,
    told: Told,
    answering: Callable[..., HttpResponseBase],
    view: Looking,
    extra: dict[str, Any],
) -> None:
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


def _extra(
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
        parameters.append(_header("If-Match", "The `ETag` that was seen.", required=must_match))
    told: dict[str, Any] = {"x-act": act.value if act is not None else "", "parameters": parameters}
    if done and act is not None and ACTS[act].writes:
        told["x-writes"] = ACTS[act].writes
    if media:
        told["x-media"] = list(media)
    return told


def _header(name: str, description: str, *, pattern: str = "", required: bool = False) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": required,
        "schema": {"type": "string", **({"pattern": pattern} if pattern else {})},
        "description": description,
    }


def _fields_of(gives: type[Shape]) -> type[Shape]:
    """The form whose fields can be asked for: of a page, that of its items."""
    if not issubclass(gives, Page):
        return gives
    inner = get_args(gives.model_fields["items"].annotation)[0]
    return inner if isinstance(inner, type) and issubclass(inner, Shape) else gives


def _query_names(view: Looking, path: str) -> frozenset[str]:
    """The parts of the address after the question mark that a view knows."""
    found = inspect.signature(view).parameters
    names = (name for name in found if name not in (*_ANYWHERE, *_IN_BODY))
    return frozenset(
        _alias(found[name]) for name in names if f"{{{name}}}" not in path and f":{name}}}" not in path
    )


def _alias(parameter: inspect.Parameter) -> str:
    """What a parameter is called in the address, where that is a word that Python keeps for itself."""
    further = getattr(parameter.annotation, "__metadata__", ())
    return next((item.alias for item in further if getattr(item, "alias", None)), parameter.name)


def _check_query(request: HttpRequest, known: frozenset[str]) -> None:
    """Raises RequestError for parts that nothing reads: a filter that was mistyped must not show everything."""
    allowed = known | {FIELDS} if request.method == "GET" else known
    unknown = sorted(request.GET.keys() - allowed)
    if unknown:
        message = say("the address has parts that nothing reads: {names}", names=tuple(unknown))
        hint = say("choose among: {names}", names=tuple(sorted(allowed)) or ("–",))
        raise RequestError(422, "unknown-parameter", message, hint=hint)
