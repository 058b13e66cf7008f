"""How an address of the API is declared: its act, the form of its answer, and what holds for all of its kind.

`reads` looks and changes nothing. `acts` does one act of the institution. Where the request bears an idempotency key or
a tag, it does so within one transaction with the kept answer and the comparison: nobody can come between. Without them
a procedure's own transaction is all there is, and others are kept from writing no longer than it needs. The act's name
stands in the description (`x-act`), from which the matrix of rights is tested.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router

from adjudge.api.answering import answered, check_fields
from adjudge.api.caller import Caller, caller_of
from adjudge.api.declared import Told, declare, extra_of, fields_of
from adjudge.api.failure import RequestError
from adjudge.api.kept import answer_again, keep_answer, once_of, told_before
from adjudge.api.matching import READ, Looking, is_held, match, tag_after
from adjudge.api.shapes.shape import Bytes, Page, Shape
from adjudge.api.taken import Taken
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.people.act import Act
from adjudge.people.permission import permit

View = Callable[..., Shape | HttpResponse]
Declared = Callable[[View], View]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """What is declared of an act. `of` reads what the act changes, for `If-Match`, by the names in the address."""

    act: Act
    status: int
    of: Looking | None
    must_match: bool
    secrets: Collection[str]


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
    if not issubclass(gives, Page):
        READ.add(gives)

    def declared(view: Looking) -> Looking:
        taken = Taken.by(view, path)
        shape = fields_of(gives)

        @wraps(view)
        def read(request: HttpRequest, **given: Any) -> HttpResponseBase:  # noqa: ANN401 - by its own signature
            taken.check(request)
            check_fields(request, shape)
            shown = view(request, **given)
            if isinstance(shown, HttpResponseBase):
                return shown
            return answered(request, shown, _size(request))

        told = Told(method="GET", path=path, act=act, gives={200: gives}, auth=auth)
        sparse = not issubclass(gives, Bytes)
        declare(router, told, read, view, extra_of(act, sparse=sparse, media=media))
        return view

    return declared


def asks(
    router: Router, path: str, *, act: Act, gives: type[Shape], media: Sequence[str] = ()
) -> Callable[[Looking], Looking]:
    """Declare an address to which a question is sent, since it is too long for an address; nothing is changed."""

    def declared(view: Looking) -> Looking:
        taken = Taken.by(view, path)

        @wraps(view)
        def asked(request: HttpRequest, **given: Any) -> HttpResponseBase:  # noqa: ANN401 - by its own signature
            taken.check(request)
            shown = view(request, **given)
            return shown if isinstance(shown, HttpResponseBase) else answered(request, shown, _size(request))

        told = Told(method="POST", path=path, act=act, gives={200: gives})
        declare(router, told, asked, view, extra_of(act, sparse=False, media=media))
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
    """Declare an address at which an act is done; `secrets` are fields that are told once and kept nowhere."""
    changing = Changing(act=act, status=status, of=of, must_match=must_match, secrets=secrets)

    def declared(view: View) -> View:
        taken = Taken.by(view, path)

        @wraps(view)
        def done(request: HttpRequest, **given: Any) -> HttpResponse:  # noqa: ANN401 - by its own signature
            taken.check(request)
            return _carried_out(request, view, given, changing)

        extra = extra_of(
            act, sparse=False, done=True, matches=of is not None, must_match=must_match, media=media
        )
        declare(router, Told(method=method, path=path, act=act, gives={status: gives}), done, view, extra)
        return view

    return declared


def _carried_out(request: HttpRequest, view: View, given: Mapping[str, Any], told: Changing) -> HttpResponse:
    """Do an act, once. What follows by rule although the act is refused is kept; all else of a refusal is undone."""
    caller = caller_of(request)
    once = once_of(request, caller)
    if once is None and not is_held(request, told.of):
        match(request, caller, given, told.of, told.act, must_match=told.must_match)
        return _told(request, view(request, **given), given, told, alone=False)
    refusal: Exception
    with caller.house.records.writing() as records:
        try:
            before = told_before(once) if once is not None else None
            if once is not None and before is not None:
                # Rights may have gone since: what was told to who had them is not told to who has them no more. Who was
                # moved to another advertiser is another sender, and does not come here.
                permit(caller.actor, told.act, caller.actor.advertiser)
                return answer_again(once, before)
            match(request, caller, given, told.of, told.act, must_match=told.must_match)
            response = _told(request, view(request, **given), given, told, alone=True)
        except (RefusedError, ConflictError, NotFoundError, RequestError) as error:
            refusal = error
        else:
            if once is not None:
                keep_answer(once, response, told.secrets, caller.house.clock().nanos)
            return response
    del records
    raise refusal


def _told(
    request: HttpRequest,
    shown: Shape | HttpResponse,
    given: Mapping[str, Any],
    told: Changing,
    *,
    alone: bool,
) -> HttpResponse:
    """The answer to an act that was done; `alone` where nobody could change anything since."""
    if isinstance(shown, HttpResponse):
        return shown
    size = _size(request)
    response = answered(request, shown, size, status=told.status)
    tag = tag_after(request, shown, given, told.of if alone else None, size)
    del response["ETag"]
    if tag is not None:
        response["ETag"] = str(tag)
    if told.secrets:
        response["Cache-Control"] = "no-store"
    return response


def _size(request: HttpRequest) -> int:
    """How many entries the log has; 0 for what everybody may read, where no caller is known."""
    caller = getattr(request, "auth", None)
    if not isinstance(caller, Caller):
        return 0
    with caller.house.records.reading() as records:
        return records.size()
