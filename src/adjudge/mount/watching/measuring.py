"""Measuring: each thing by a call of its own. Where there is no room for what is measured, nothing happens."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from adjudge.clocks.term import ClockKind
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.reading.figures import Standing
from adjudge.institution.watched import ACT, BegunAgainError
from adjudge.language.package import MeasureKind
from adjudge.mount.watching import meters
from adjudge.mount.watching.files import take_room
from adjudge.records.rows import Outcome

P = ParamSpec("P")
K = TypeVar("K")
_READY: list[int] = []
"""The process whose files are there. A child that was forked has none of its own yet."""
MOST_PAIRS, MOST_SERIES = 1_000, 2_500
"""Templates with methods, and such with statuses: more than there are, and no more than the files have room for."""
OTHER = "OTHER"
_PAIRS: set[tuple[str, str]] = set()
_SERIES: set[tuple[str, str, str]] = set()


def begin() -> None:
    """Make this process ready to measure."""
    if meters.HAS_ROOM and take_room(os.getpid()):
        _READY[:] = [os.getpid()]


def _if_ready(do: Callable[P, None]) -> Callable[P, None]:
    @wraps(do)
    def done(*args: P.args, **kwargs: P.kwargs) -> None:
        if os.getpid() in _READY:
            do(*args, **kwargs)

    return done


@contextmanager
def under_way() -> Iterator[None]:
    """A request is under way."""
    _in_flight(1)
    try:
        yield
    finally:
        _in_flight(-1)


@_if_ready
def _in_flight(change: int) -> None:
    meters.IN_FLIGHT.inc(change)


@_if_ready
def request_ended(route: str, method: str, status: int, seconds: float) -> None:
    """It was answered."""
    series = (route, method, str(status))
    if not (_has_place((route, method), _PAIRS, MOST_PAIRS) and _has_place(series, _SERIES, MOST_SERIES)):
        series = (OTHER, OTHER, OTHER)
    meters.REQUESTS.labels(*series).inc()
    meters.REQUEST_SECONDS.labels(*series[:2]).observe(seconds)


def _has_place(key: K, known: set[K], most: int) -> bool:
    """Whether it was measured before, or there is room for one more."""
    if len(known) < most:
        known.add(key)
    return key in known


@_if_ready
def problem_told(code: str) -> None:
    """An answer told of a problem."""
    meters.PROBLEMS.labels(code).inc()


@contextmanager
def measured(kind: str, name: str) -> Iterator[None]:
    """What a procedure does, as `adjudge.institution.watched` tells of it."""
    began, end = time.perf_counter(), "failed"
    try:
        yield
        end = "done"
    except (RefusedError, NotFoundError, ConflictError):
        end = "refused"
        raise
    except BegunAgainError:
        end = ""
        raise
    finally:
        if end:
            _ended(kind, name, end, time.perf_counter() - began)


@_if_ready
def _ended(kind: str, name: str, end: str, seconds: float) -> None:
    if kind == ACT:
        meters.ACTS.labels(name, end).inc()
    else:
        meters.EVALUATION_SECONDS.observe(seconds)


@_if_ready
def round_ended(*, done: bool) -> None:
    """The sweeper ended a round."""
    meters.ROUNDS.labels("done" if done else "failed").inc()
    if done:
        meters.ROUND_AT.set_to_current_time()


@_if_ready
def log_signed(size: int) -> None:
    """The log is signed up to its end."""
    meters.SIGNED_AT.set_to_current_time()
    meters.SIGNED_SIZE.set(size)


@_if_ready
def audited(findings: int) -> None:
    """All that is kept was held to the log."""
    meters.AUDITED_AT.set_to_current_time()
    meters.FINDINGS.set(findings)


@_if_ready
def snapshot_built(kind: str, seconds: float | None) -> None:
    """A base or a delta was built in so many seconds; None where it was not."""
    meters.BUILDS.labels(kind, "done" if seconds is not None else "failed").inc()
    if seconds is not None:
        meters.BUILD_SECONDS.labels(kind).observe(seconds)


@_if_ready
def published(confirmed_at: int, behind: int, keys: tuple[int, int]) -> None:
    """Whoever publishes looked: when the folder was confirmed (ms since 1970; below 0: not), and how it stands."""
    if confirmed_at >= 0:
        meters.PUBLISHED_AT.set(confirmed_at / 1000)
    meters.BEHIND.set(behind)
    for kind, count in zip(("base", "delta"), keys, strict=True):
        meters.KEYS.labels(kind).set(count)


@_if_ready
def not_published() -> None:
    """It looked, and could not publish."""
    meters.NOT_PUBLISHED.inc()


@_if_ready
def stands(found: Standing) -> None:
    """How things stand: every kind that there is, also those of which there are none any more."""
    for kind in ClockKind:
        meters.OVERDUE.labels(kind.value).set(found.overdue.get(kind.value, 0))
    for outcome in Outcome:
        meters.REVERSALS.labels(outcome.value).set(found.outcomes.get(outcome.value, 0))
    for measure in MeasureKind:
        meters.MEASURES.labels(measure.value).set(found.in_force.get(measure.value, 0))
    meters.NEXT_DUE.set(found.next_due.nanos // 1_000_000_000 if found.next_due is not None else 0)
