"""What was worked out for those who only look, kept for a minute at most, so long as it rests on the same.

Not for acts: whoever issues or signs works it out again. Each process keeps its own.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar, cast

from adjudge.basis.instant import NANOS, Instant
from adjudge.records.ports import Reading

T = TypeVar("T")
MOST = 64
"""Things that are kept; beyond, what was looked at longest ago is dropped."""
MOMENT = 60 * NANOS
"""For how long what depends on the time is shown as it was, as a page is that lies open."""


class LookedAt:
    """A few things, by what they depend on. Safe to share between threads; two may work out the same thing at once."""

    def __init__(self) -> None:
        """Nothing was looked at yet."""
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._guard = Lock()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a key, else what is made now. What fails is not kept."""
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key])
        return self._keep(key, make())

    def upon(self, key: Hashable, read: object, make: Callable[[], T]) -> T:
        """What was made under a key of just what was read now, compared in whole; else what is made of it now.

        It outlives what is written elsewhere. One thing is kept of each key: what was made last.
        """
        with self._guard:
            kept = cast("_Made[T] | None", self._kept.get(key))
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is not None and kept.read == read:
            return kept.made
        return self._keep(key, _Made(read, make())).made

    def _keep(self, key: Hashable, made: T) -> T:
        with self._guard:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True)
class _Made(Generic[T]):
    """What was made, with what it was made of."""

    read: object
    made: T


def as_it_stands(records: Reading, at: Instant) -> Hashable:
    """All that is on record, and the time to the minute: the last entry says it, since every change is an entry."""
    size = records.size()
    last = records.entry(size - 1) if size else None
    written = (last.seq, last.at, last.kind, last.subject, last.private) if last is not None else ()
    return written, at.nanos // MOMENT
