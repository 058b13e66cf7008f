"""Exchanges with an institution over HTTP: on connections that are kept open, and sent again where no answer came.

All may be sent again: what only reads changes nothing, and every act bears a key under which it is done once; whoever
calls it anew, after no answer came, has to name that key, and the error bears it. So a
lost answer, a restart of the server and a full minute (503 and 429 with `Retry-After`) are waited out. Not what takes
too long to read or to be asked: the server goes on with it, and would do it once more for each time it is sent.
"""

import http.client
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO
from urllib.parse import urlsplit

from adjudge import __version__
from adjudge.basis.said import say
from adjudge.client.problem import ApiError, NoAnswerError, problem_in, same_key

AGAIN = frozenset({429, 502, 503, 504})
"""Answers of those who could not do it now."""
LONGEST_WAIT = 60
"""Seconds; whoever is told to wait longer is told so, and decides."""
DIGITS = 9
"""Of a number of seconds that is read at all."""
PORTION = 65_536
_FIRST_PAUSE_MS, _FIRST_PAUSE_OF_SLOW_MS = 100, 1_000
"""Whoever waits for its turn to write is not hurried by asking more often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    into: IO[bytes] | None = None
    """Where the content of a good answer is written as it comes."""

    @property
    def once(self) -> str:
        """The key of an act, which is found done when it is sent again; empty for what changes nothing."""
        return self.headers.get("Idempotency-Key", "")


@dataclass(frozen=True, slots=True)
class Received:
    """A good answer."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes


class Broken(Exception):
    """An exchange that ended without an answer. `stale`: the connection had been closed before it was used.

    `slow`: it was sent, and no answer came in time.
    """

    def __init__(self, cause: Exception, *, stale: bool = False, slow: bool = False) -> None:
        """Keep what happened."""
        super().__init__(str(cause))
        self.stale = stale
        self.slow = slow


class Wire:
    """Connections to one institution. Several threads may use one at once: each exchange has a connection of its own.

    `timeout` are the seconds for which an answer is waited for, `retries` how often a request is sent again.
    """

    def __init__(
        self,
        address: str,
        *,
        timeout: float = 30,
        retries: int = 5,
        tls: ssl.SSLContext | None = None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        """Note where the institution is. Nothing is sent yet. Raises ValueError where it is no address of HTTP."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"write an address such as https://adjudge.example, and not {address!r}")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._prefix = parts.path.rstrip("/")
        self._timeout, self._retries, self._tls, self._pause = timeout, retries, tls, pause
        self._idle: list[http.client.HTTPConnection] = []
        self._guard = threading.Lock()

    def close(self) -> None:
        """Close the connections that nobody uses. The next exchange opens another one."""
        with self._guard:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def exchange(self, sent: Sent) -> Received:
        """The answer to a request. Raises ApiError for a refusal, NoAnswerError where none came."""
        tried = 0
        while True:
            try:
                answer = self._once(sent)
            except Broken as broken:
                if broken.stale:
                    continue  # there is an end to it: a connection that is opened anew is never stale
                if broken.slow and not sent.once:
                    raise self._late() from broken
                if tried == self._retries:
                    message = say("{host} did not answer: {reason}", host=self._host, reason=str(broken))
                    raise NoAnswerError(message, hint=same_key(sent.once), once=sent.once) from broken
                wait_ms = (_FIRST_PAUSE_OF_SLOW_MS if broken.slow else _FIRST_PAUSE_MS) << tried
            else:
                if answer.status < HTTPStatus.MULTIPLE_CHOICES:
                    return answer
                wait = _wait_of(answer, tried)
                if wait is None or tried == self._retries:
                    location = answer.headers.get("Location") or ""
                    raise problem_in(answer.status, answer.content, location, sent.once)
                wait_ms = wait
            tried += 1
            self._pause(wait_ms / 1000)

    def _late(self) -> NoAnswerError:
        """What is raised where something takes longer than was waited for."""
        message = say(
            "{host} did not answer within {seconds} seconds", host=self._host, seconds=str(self._timeout)
        )
        return NoAnswerError(message, hint=say("ask for less at once, or wait longer: `timeout`"))

    def _once(self, sent: Sent) -> Received:
        """One exchange. Raises Broken where it ended without an answer."""
        with self._connection() as (connection, used):
            is_sent = False
            try:
                connection.request(
                    sent.method, self._prefix + sent.target, body=sent.body, headers=self._headers(sent)
                )
                is_sent = True
                response = connection.getresponse()
            except (OSError, http.client.HTTPException) as error:
                stale = used and isinstance(error, ConnectionError | http.client.BadStatusLine)
                raise Broken(error, stale=stale, slow=is_sent and isinstance(error, TimeoutError)) from error
            with response:
                return _taken(response, sent)

    def _headers(self, sent: Sent) -> dict[str, str]:
        return {"User-Agent": f"adjudge/{__version__}", "Accept": "application/json", **sent.headers}

    @contextmanager
    def _connection(self) -> Iterator[tuple[http.client.HTTPConnection, bool]]:
        """A connection for one exchange, and whether it was used before; kept only where the exchange ended well."""
        with self._guard:
            kept = self._idle.pop() if self._idle else None
        connection = kept or self._opened()
        try:
            yield connection, kept is not None
        except BaseException:
            connection.close()
            raise
        with self._guard:
            self._idle.append(connection)

    def _opened(self) -> http.client.HTTPConnection:
        if self._secure:
            context = self._tls or ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)


def _taken(response: http.client.HTTPResponse, sent: Sent) -> Received:
    """What came. Raises Broken where it breaks off; NoAnswerError where a part was written elsewhere already."""
    written = 0
    try:
        if sent.into is None or response.status >= HTTPStatus.MULTIPLE_CHOICES:
            return Received(response.status, response.headers, response.read())
        while portion := response.read(PORTION):
            sent.into.write(portion)
            written += len(portion)
    except http.client.HTTPException as error:
        if written:
            raise _broken_off(sent) from error
        raise Broken(error) from error
    except OSError as error:
        if written:
            raise _broken_off(sent) from error
        raise Broken(error, slow=isinstance(error, TimeoutError)) from error
    if (
        response.length
    ):  # a body shorter than was said is no error to http.client where it is read in portions
        raise _broken_off(sent)
    return Received(response.status, response.headers, b"")


def _broken_off(sent: Sent) -> NoAnswerError:
    message = say("the answer broke off, after a part of it was written")
    return NoAnswerError(message, hint=same_key(sent.once), once=sent.once)


def _wait_of(answer: Received, tried: int) -> int | None:
    """Milliseconds after which to ask again; None where asking again is of no use, or too long a wait."""
    if answer.status not in AGAIN:
        return None
    told = (answer.headers.get("Retry-After") or "").strip()
    if told.isascii() and told.isdigit():
        seconds = int(told) if len(told) <= DIGITS else LONGEST_WAIT + 1
        return seconds * 1000 if seconds <= LONGEST_WAIT else None
    return _FIRST_PAUSE_MS << tried


def fresh_key() -> str:
    """A key under which an act is done once."""
    return secrets.token_urlsafe(24)


__all__ = ["ApiError", "Received", "Sent", "Wire", "fresh_key"]
