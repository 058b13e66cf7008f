"""A connection of HTTP/1.1: requests taken whole within bounds of size and time, answered in their order.

httptools reads the requests. Explicitly not a server of pages: no files, no upgrades, no encodings. Whoever sends too
much, too slowly or what is no HTTP is told so where it can be told, and cut off; nobody else waits for it.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from typing import NamedTuple, cast

import httptools

_logger = logging.getLogger(__name__)
JSON, TEXT, PROBLEM = b"application/json", b"text/plain; charset=utf-8", b"application/problem+json"
SWEEP = 0.25
"""Seconds between two looks at who is late."""
_MOST_DIGITS, _VERY_LONG = 16, 1 << 62
_BAD, _LATE, _LARGE, _LONG, _FAILED, _FULL = 400, 408, 413, 431, 500, 503


class Reply(NamedTuple):
    """An answer. `more` are further lines of its head."""

    status: int
    body: bytes
    media: bytes = JSON
    more: bytes = b""


class Asked(NamedTuple):
    """A request that has come whole; `stays` if the connection is to stay open."""

    method: bytes
    target: bytes
    body: bytes
    stays: bool


Answering = Callable[[Asked], "Reply | Coroutine[object, object, Reply]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much, and for how long (seconds)."""

    body: int = 4_000_000
    head: int = 16_384
    headers: int = 64
    connections: int = 1_000
    first: float = 10.0
    """Until the first byte of a connection."""
    idle: float = 75.0
    """Between two requests."""
    whole: float = 10.0
    """From the first byte of a request to its last, and for an answer to be taken."""
    linger: float = 1.0
    """For which what is still sent is read and thrown away once a last answer is sent, so that the answer is read."""


def problem(status: int, detail: str, more: bytes = b"") -> Reply:
    """An answer that says what is wrong (RFC 9457)."""
    told = json.dumps({"title": HTTPStatus(status).phrase, "status": status, "detail": detail})
    return Reply(status, told.encode() + b"\n", PROBLEM, more)


_HEADS = {
    status: f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
    for status in (200, 400, 404, 405, 408, 413, 431, 500, 503)
}


@dataclass(slots=True)
class Door:
    """What all connections of a process share: who answers, the bounds, and whether it is closing.

    `count` is told the status of what never became a request; `turned_away` is how many found no room.
    """

    answering: Answering
    count: Callable[[int], None] = lambda _: None
    bounds: Bounds = field(default_factory=Bounds)
    wires: "set[Wire]" = field(default_factory=set)
    turned_away: int = 0
    is_closing: bool = False
    date: bytes = b""

    def wire(self) -> "Wire":
        """A new connection."""
        return Wire(self)

    def sweep(self) -> None:
        """Cut off who is late, and look at the clock."""
        self.date = f"Date: {formatdate(usegmt=True)}\r\n".encode()
        now = asyncio.get_running_loop().time()
        for wire in [wire for wire in self.wires if now >= wire.due]:
            wire.expire()

    def make_room(self) -> bool:
        """Let go of whoever has waited for longest without asking anything; whether there is room."""
        if len(self.wires) < self.bounds.connections:
            return True
        self.turned_away += 1
        idle = [wire for wire in self.wires if wire.is_idle]
        if not idle:
            return False
        min(idle, key=lambda wire: (wire.has_asked, wire.due)).cut()
        return True

    async def close(self, grace: float) -> None:
        """Let what is under way finish, within so many seconds."""
        self.is_closing = True
        loop = asyncio.get_running_loop()
        for wire in [wire for wire in self.wires if wire.is_idle]:
            if wire.has_asked:
                wire.close()
            else:  # it has only just come
                wire.due = min(wire.due, loop.time() + self.bounds.linger)
        until = loop.time() + grace
        while self.wires and loop.time() < until:
            await asyncio.sleep(SWEEP / 10)
            self.sweep()
        for wire in list(self.wires):
            wire.cut()


class Wire(asyncio.Protocol):
    """One connection."""

    __slots__ = (
        "_body",
        "_door",
        "_expects",
        "_headers",
        "_in_body",
        "_is_blocked",
        "_is_over",
        "_length",
        "_loop",
        "_parser",
        "_raw",
        "_sent_by",
        "_target",
        "_task",
        "_transport",
        "_waiting",
        "due",
        "has_asked",
        "is_idle",
    )

    def __init__(self, door: Door) -> None:
        self._door = door
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._task: asyncio.Task[None] | None = None
        self._waiting: deque[Asked] = deque()
        self._is_blocked = self._is_over = self.has_asked = False
        self.is_idle = True
        self.due = self._loop.time() + door.bounds.first
        self._sent_by: float | None = None
        self._fresh()

    def _fresh(self) -> None:
        """Nothing of a request is here."""
        self._raw = self._headers = self._length = 0
        self._in_body = self._expects = False
        self._target = b""
        self._body: list[bytes] = []

    # --- as the loop calls it ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has come."""
        # A stream's transport, which uvloop does not derive from that of asyncio.
        self._transport = cast("asyncio.Transport", transport)
        if self._door.is_closing or not self._door.make_room():
            self._door.count(_FULL)
            self._transport.write(self._told(problem(_FULL, "too many connections"), stays=False))
            self._transport.close()
            self._is_over = True
            return
        self._door.wires.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        del exc
        self._is_over = True
        self._door.wires.discard(self)
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        if self._is_over:
            return
        if self.is_idle:
            self.is_idle = False
            self.due = self._loop.time() + self._door.bounds.whole
        self._raw += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # What was asked is answered, and nothing else is spoken here.
            if self._is_busy:
                self._is_over = True
            else:
                self._end()
        except httptools.HttpParserCallbackError:
            _logger.exception("a request could not be read")
            self._refuse(problem(_FAILED, "this failed here"))
        except httptools.HttpParserError:
            self._refuse(problem(_BAD, "this is no HTTP/1.1"))
        bounds = self._door.bounds
        if not self._in_body and self._raw > bounds.head:
            self._refuse(problem(_LONG, "the head of the request is too long"))
        elif self._raw > 2 * bounds.body + bounds.head:  # whatever else there is between the parts of a body
            self._refuse(problem(_LARGE, f"a body has at most {bounds.body} bytes"))

    def eof_received(self) -> bool:
        """They will send no more; what they asked for whole is still answered."""
        is_busy = self._is_busy
        self._is_over = True
        return is_busy

    def pause_writing(self) -> None:
        """They do not take what they asked for."""
        self._is_blocked = True
        self._transport.pause_reading()
        self.due = self._loop.time() + self._door.bounds.whole

    def resume_writing(self) -> None:
        """They do again."""
        self._is_blocked = False
        self._go_on()

    # --- as httptools calls it ---

    def on_message_begin(self) -> None:
        """A request begins."""
        if self.is_idle and not self._is_over:
            self.is_idle = False
            self.due = self._loop.time() + self._door.bounds.whole

    def on_url(self, url: bytes) -> None:
        """Its target, or a part of it."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of its head, or one behind its body."""
        self._headers += 1
        if self._headers > self._door.bounds.headers or len(name) + len(value) > self._door.bounds.head:
            self._refuse(problem(_LONG, "the head of the request is too long"))
            return
        size = len(name)
        if size == 14 and name.lower() == b"content-length":  # noqa: PLR2004 - that of the name
            self._length = int(value) if len(value) < _MOST_DIGITS and value.isdigit() else _VERY_LONG
        elif size == 6 and name.lower() == b"expect":  # noqa: PLR2004 - that of the name
            self._expects = value.lower() == b"100-continue"

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._in_body = True
        if len(self._target) > self._door.bounds.head:
            self._refuse(problem(_LONG, "the head of the request is too long"))
        elif self._length > self._door.bounds.body:
            self._refuse(problem(_LARGE, f"a body has at most {self._door.bounds.body} bytes"))
        elif self._expects and not self._is_over and not self._is_busy:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._length = 0

    def on_body(self, body: bytes) -> None:
        """A part of its body."""
        if self._is_over:
            return
        self._length += len(body)
        if self._length > self._door.bounds.body:
            self._refuse(problem(_LARGE, f"a body has at most {self._door.bounds.body} bytes"))
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        """It is whole."""
        if self._is_over:
            return
        parser, body = self._parser, self._body
        stays = parser.should_keep_alive() and parser.get_http_version() == "1.1"
        asked = Asked(parser.get_method(), self._target, body[0] if len(body) == 1 else b"".join(body), stays)
        self._fresh()
        self.has_asked = True
        if self._is_busy:
            self._waiting.append(asked)
            self._transport.pause_reading()
        else:
            self._answer(asked)

    # --- answers ---

    @property
    def _is_busy(self) -> bool:
        """Whether there is something to be answered, or to be taken, before anything else."""
        return self._task is not None or self._is_blocked or bool(self._waiting)

    def _answer(self, asked: Asked) -> None:
        try:
            reply = self._door.answering(asked)
        except Exception:
            _logger.exception("a request could not be answered")
            reply = self._failed()
        if isinstance(reply, tuple):
            self._send(reply, asked)
        else:
            self._transport.pause_reading()
            self.due = float("inf")
            self._task = self._loop.create_task(self._work(reply, asked))

    async def _work(self, reply: "Coroutine[object, object, Reply]", asked: Asked) -> None:
        try:
            found = await reply
        except Exception:
            _logger.exception("a request could not be answered")
            found = self._failed()
        self._task = None
        self._send(found, asked)
        self._go_on()

    def _failed(self) -> Reply:
        self._door.count(_FAILED)
        return problem(_FAILED, "this failed here")

    def _send(self, reply: Reply, asked: Asked) -> None:
        stays = asked.stays and not self._door.is_closing
        self._transport.write(self._told(reply, stays=stays, is_head=asked.method == b"HEAD"))
        if not stays:
            self._end()
        elif not self._is_blocked:
            self.is_idle = True
            self.due = self._loop.time() + self._door.bounds.idle

    def _go_on(self) -> None:
        """Answer what waits, and read on."""
        while self._waiting and self._task is None and not self._is_blocked:
            self._answer(self._waiting.popleft())
        if self._task is None and not self._is_blocked and not self._waiting:
            if self._is_over and self._sent_by is None:
                self._transport.close()
            else:
                self._transport.resume_reading()

    def _told(self, reply: Reply, *, stays: bool, is_head: bool = False) -> bytes:
        return b"%b%b%bContent-Type: %b\r\nContent-Length: %d\r\n%b\r\n%b" % (
            _HEADS[reply.status],
            self._door.date,
            reply.more,
            reply.media,
            len(reply.body),
            b"" if stays else b"Connection: close\r\n",
            b"" if is_head else reply.body,
        )

    # --- the end ---

    def _refuse(self, reply: Reply) -> None:
        """Say what is wrong, and hear no more."""
        if self._is_over:
            return
        self._door.count(reply.status)
        if self._is_busy:
            self._is_over = True  # what was asked for before is answered, and then it is closed
            return
        self._transport.write(self._told(reply, stays=False))
        self._end()

    def _end(self) -> None:
        """Take nothing more. What still comes is thrown away for a moment: to close at once might lose the answer."""
        self._is_over = True
        self.is_idle = False
        self._waiting.clear()
        self.due = now = self._loop.time()  # at the next sweep
        self._sent_by = now + self._door.bounds.whole
        if self._transport.can_write_eof():
            self._transport.write_eof()

    def expire(self) -> None:
        """The time for what it is at is over. An end lasts until its answer is taken, and for a moment from then on."""
        now = self._loop.time()
        if self._sent_by is not None and now < self._sent_by:
            if not self._transport.get_write_buffer_size():
                self._sent_by, self.due = now, now + self._door.bounds.linger
        elif self._is_over or self.is_idle or self._is_blocked:
            self.cut()
        else:
            self._refuse(problem(_LATE, "the request did not come whole in time"))

    def close(self) -> None:
        """Close it once what was written is sent."""
        self._is_over, self.is_idle = True, False
        self._transport.close()

    def cut(self) -> None:
        """Close it now."""
        self._is_over, self.is_idle = True, False
        self._transport.abort()
