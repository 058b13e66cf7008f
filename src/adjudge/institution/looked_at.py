"""What was worked out for those who only look, kept for a moment: so long as nothing was written, and for a minute.

Not for acts: whoever issues or signs works it out again. Each process keeps its own.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

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
        made = make()
        with self._guard:
            self._kept[key] = made
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made


def as_it_stands(records: Reading, at: Instant) -> Hashable:
    """All that is on record, and the time to the minute: the last entry says it, since every change is an entry."""
    size = records.size()
    last = records.entry(size - 1) if size else None
    written = (last.seq, last.at, last.kind, last.subject, last.private) if last is not None else ()
    return written, at.nanos // MOMENT
