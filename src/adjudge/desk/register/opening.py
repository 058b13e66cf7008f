"""Pages for everybody: counted by where they are asked for from, and refused in clear words beyond a rate.

Not the door: nobody is asked who they are. What goes wrong is told on a page of its own, alike for what is not there
and for what is not public.
"""

import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from threading import BoundedSemaphore
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from adjudge.basis.said import say
from adjudge.desk.frame.failing import told
from adjudge.desk.frame.framing import show_outside
from adjudge.errors import AdjudgeError, BugError, RefusedError
from adjudge.institution.premises import premises
from adjudge.institution.rates import stranger, table_in

P = ParamSpec("P")
Open = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MINUTES = 5
"""For how long what is public may be kept by whoever hands it on."""
AT_ONCE = 2
"""Files of the whole register that one process hands out at once."""
LONGEST = 3_600
"""Seconds for which one file is handed out: whoever has not taken it by then keeps others from theirs."""
_FILES = BoundedSemaphore(AT_ONCE)
TOO_MANY = 429


def public(cost: int = 1, *, of_register: bool = True) -> Callable[[Open[P]], Open[P]]:
    """A page for everybody, which counts as so many requests; of the register, or one that lets somebody in."""

    def declared(page: Open[P]) -> Open[P]:
        @wraps(page)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            refused = _refused(request, cost, of_register=of_register)
            if refused is not None:
                return refused
            try:
                return page(request, *args, **kwargs)
            except BugError:
                raise
            except AdjudgeError as error:
                return told(request, error)

        return opened

    return declared


def _refused(request: HttpRequest, cost: int, *, of_register: bool) -> HttpResponse | None:
    """What is answered beyond the rate, which is that of strangers at the API: both count together."""
    settings = premises().settings
    forwarded, remote = (str(request.META.get(name, "")) for name in ("HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"))
    who, rate = stranger(forwarded, remote, settings.proxies), settings.api_rate_of_strangers
    verdict = table_in(settings.data).ask(who, time.monotonic_ns(), rate, known=False, cost=cost)
    if verdict.let_in:
        return None
    message = say("these are more than {rate} requests in a minute", rate=rate)
    if of_register:
        hint = say("wait {seconds} seconds; the whole register can be had as one file", seconds=verdict.wait)
    else:
        hint = say("wait {seconds} seconds, and try again", seconds=verdict.wait)
    return _wait(request, RefusedError(message, hint=hint), verdict.wait)


def _wait(request: HttpRequest, error: RefusedError, seconds: int) -> HttpResponse:
    response = show_outside(request, "frame/failed.html", TOO_MANY, error=error, findings=())
    response["Retry-After"] = str(seconds)
    return response


def absolute(request: HttpRequest, path: str) -> str:
    """A path of ours as others have to write it: under the address that is set, else the one that was asked for."""
    return f"{premises().house.address or f'{request.scheme}://{request.get_host()}'}{path}"


def handed_on(response: HttpResponseBase) -> HttpResponseBase:
    """An answer that is the same for everybody: it may be kept for some minutes, and read by scripts of other sites.

    But for the language in which it is asked for, which a browser says or a cookie.
    """
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    response["Cache-Control"] = f"public, max-age={MINUTES * 60}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


class _Held:
    """Pieces of a file; the place is given back when all were handed on, or whoever asked has left."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._is_held = True
        self._end = time.monotonic() + LONGEST

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            self._go_on()
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def _go_on(self) -> None:
        """Raise as if they had left, where they took too long: the line is cut, so that nobody takes half for all."""
        if time.monotonic() > self._end:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    def close(self) -> None:
        """Give the place back, once."""
        if self._is_held:
            self._is_held = False
            _FILES.release()
            ending = getattr(self._pieces, "close", None)
            if ending is not None:
                ending()


def streamed(
    request: HttpRequest, pieces: Callable[[], Iterable[bytes]], content_type: str, name: str
) -> HttpResponseBase:
    """A file written while it is read; refused while enough of them are handed out already."""
    if not _FILES.acquire(blocking=False):
        message = say("others fetch the whole register just now")
        return _wait(request, RefusedError(message, hint=say("send it again in a moment")), 5)
    try:
        held = _Held(pieces())
    except BaseException:
        _FILES.release()
        raise
    response = StreamingHttpResponse(held, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return handed_on(response)
