"""What a sidecar answers: checks, which snapshot it asks, and how it stands.

Explicitly not how requests come (`adjudge.serve.sidecar.wire`). Nothing here changes anything: whoever reaches the
address may ask.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Coroutine, Iterator, Mapping
from time import perf_counter_ns
from typing import Any

import msgspec

from adjudge.serve.answer import Answer
from adjudge.serve.check import Snapshot
from adjudge.serve.follow import Follower, Holding
from adjudge.serve.sidecar.asking import (
    LONGEST_LANDING,
    BadQuestionError,
    Question,
    Written,
    answered,
    answered_by,
    instant,
    read_questions,
)
from adjudge.serve.sidecar.board import BUCKETS, PLACE, Board, Tally
from adjudge.serve.sidecar.exposition import exposition
from adjudge.serve.sidecar.wire import TEXT, Asked, Reply, problem

AT_ONCE = 250
"""Questions of a batch that are answered before others have their turn."""
LONG_AT_ONCE = LONGEST_LANDING
"""Characters of addresses after which others have their turn; shorter bodies hold no more."""
_MILLISECOND = 1_000_000
_BAD = 400
_SUM, _COUNT = PLACE["seconds", "sum"], PLACE["seconds", "count"]
_BUCKETS = tuple(PLACE["seconds", str(bound)] for bound in BUCKETS)
_BOUNDS = tuple(bound * 1_000 for bound in BUCKETS)
_CHECKED = PLACE["requests", "check", "200"]
_MEDIA_METRICS = b"text/plain; version=0.0.4; charset=utf-8"
Answering = Callable[[], Reply]


class Service:
    """A follower that is asked over HTTP, in one process."""

    __slots__ = ("_board", "_counts", "_follower", "_gets", "_tally", "_written")

    def __init__(self, follower: Follower, board: Board, tally: Tally) -> None:
        self._follower, self._board, self._tally = follower, board, tally
        self._counts = tally.counts
        self._written = Written()
        self._gets: Mapping[bytes, tuple[str, Answering]] = {
            b"/v1/snapshot": ("snapshot", self._snapshot),
            b"/health": ("health", _health),
            b"/ready": ("ready", self._ready),
            b"/metrics": ("metrics", self._metrics),
        }

    def answer(self, asked: Asked) -> "Reply | Coroutine[object, object, Reply]":
        """The answer to a request; one that takes long is made in turns."""
        method, target, body, _ = asked
        if method == b"POST" and (target == b"/v1/check" or target.startswith(b"/v1/check?")):
            start = perf_counter_ns()
            try:
                found = read_questions(body)
            except BadQuestionError as error:
                return self._counted("check", problem(_BAD, str(error)))
            if isinstance(found, Question):
                told, place = self._written.one(answered(found, self._follower.check))
                self._counts[place] += 1
                return self._timed(Reply(200, told), start)
            if len(found) <= AT_ONCE and len(body) <= LONG_AT_ONCE:
                return self._timed(Reply(200, b"[%b]" % self._batch(found, self._follower.holding())), start)
            return self._in_turns(found, start)
        return self._other(method, target.partition(b"?")[0])

    def _other(self, method: bytes, path: bytes) -> Reply:
        name, answering = self._gets.get(path, ("", None))
        if answering is not None:
            if method in {b"GET", b"HEAD"}:
                return self._counted(name, answering())
            return self._counted(name, problem(405, "ask this with GET", b"Allow: GET, HEAD\r\n"))
        if path == b"/v1/check":
            return self._counted("check", problem(405, "ask this with POST", b"Allow: POST\r\n"))
        return self._counted("other", problem(404, "there is nothing at this address"))

    def _counted(self, route: str, reply: Reply) -> Reply:
        self._counts[PLACE["requests", route, str(reply.status)]] += 1
        return reply

    def _timed(self, reply: Reply, start: int) -> Reply:
        counts, took = self._counts, perf_counter_ns() - start
        counts[_CHECKED] += 1
        counts[_COUNT] += 1
        counts[_SUM] += took
        place = bisect_left(_BOUNDS, took)
        if place < len(_BUCKETS):
            counts[_BUCKETS[place]] += 1
        return reply

    def count(self, status: int) -> None:
        """Count what was refused before it was a request."""
        self._counts[PLACE["requests", "other", str(status)]] += 1

    # --- checks ---

    def _batch(self, questions: list[Question], holding: Holding | Answer) -> bytes:
        counts, one, parts = self._counts, self._written.one, []
        for answer in answered_by(questions, holding):
            told, place = one(answer)
            counts[place] += 1
            parts.append(told)
        return b",".join(parts)

    async def _in_turns(self, questions: list[Question], start: int) -> Reply:
        holding, parts = self._follower.holding(), []
        for turn in _turns(questions):
            parts.append(self._batch(turn, holding))
            await asyncio.sleep(0)
        return self._timed(Reply(200, b"[%b]" % b",".join(parts)), start)

    # --- how it stands ---

    def _snapshot(self) -> Reply:
        standing, state = self._follower.standing, self._follower.state()
        if standing is None:
            return problem(503, f"there is no snapshot: {state.refused or 'none has come yet'}")
        terms = standing.layers.terms
        told = {
            "origin": terms.origin,
            "log_size": standing.current.log_size,
            "known_at": terms.known_at,
            "confirmed_at": instant(standing.current.confirmed_at * _MILLISECOND),
            "age_ms": state.age,
            "stale": state.stale,
            "stale_after": terms.stale_after,
            "when_stale": dict(terms.when_stale),
            "unknown_landing": terms.unknown_landing,
            "changed": terms.changed,
            "surfaces": terms.surfaces,
            "base": _layer(standing.layers.base, standing.current.base),
            "delta": _layer(standing.layers.delta, standing.current.delta),
            "refused": state.refused,
        }
        return Reply(200, msgspec.json.encode(told) + b"\n")

    def _ready(self) -> Reply:
        """Whether questions are to be sent here: 503 without a snapshot, or where one so old denies everything."""
        standing, state = self._follower.standing, self._follower.state()
        checks = {
            "serving": not self._board.total("stopping"),
            "snapshot": standing is not None,
            "fresh": standing is not None and not (state.stale and standing.layers.denies_when_stale),
        }
        told = {
            "ready": all(checks.values()),
            "checks": [
                {"name": name, "state": "ok" if holds else "failing"} for name, holds in checks.items()
            ],
            "stale": state.stale,
        }
        return Reply(200 if told["ready"] else 503, msgspec.json.encode(told) + b"\n")

    def _metrics(self) -> Reply:
        self._tally.flush()
        return Reply(200, exposition(self._board, self._follower.state()), _MEDIA_METRICS)


def _turns(questions: list[Question]) -> Iterator[list[Question]]:
    """A batch in parts, each of which is answered at once."""
    first = length = 0
    for place, question in enumerate(questions):
        length += len(question.landing)
        if place - first >= AT_ONCE or (length > LONG_AT_ONCE and place > first):
            yield questions[first:place]
            first, length = place, len(question.landing)
    yield questions[first:]


def _health() -> Reply:
    """That this process answers. Nothing is touched: other answers are measured against it too."""
    return Reply(200, b"ok\n", TEXT)


def _layer(snapshot: Snapshot | None, name: str) -> dict[str, Any] | None:
    if snapshot is None:
        return None
    return {"file": name, "digest": snapshot.digest, "log_size": snapshot.log_size}
