"""A folder of snapshots followed: whatever is newer, whole and sealed is taken; everything else is refused and counted.

Explicitly not over a network: whoever has an address copies into a folder. Threads ask while another one looks for
news; what they ask is one attribute that is replaced whole. Each process follows for itself: a fork inherits what
stands, and not the thread that renews it.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple
from weakref import WeakSet

from adjudge.enforcement.current import CURRENT, LONGEST, Current, file_name, read_current
from adjudge.enforcement.layout import BadSnapshotError, OlderSnapshotError, UntrustedSnapshotError
from adjudge.serve.answer import NO_KINDS, NO_SNAPSHOT, STALE, Answer
from adjudge.serve.asking import ORGANIC
from adjudge.serve.check import Snapshot
from adjudge.serve.layers import Layers
from adjudge.serve.trust import TrustedKey, check_signed, open_trusted

NO_SURFACES: frozenset[str] = frozenset()
_SECOND, _MILLISECOND = 1_000_000_000, 1_000_000
_Seen = tuple[int, int, int, int] | None


class Standing(NamedTuple):
    """What is asked now: the layers, what the folder said of them, and from when on they are stale by two clocks.

    The wall's clock tells of time that passed while the machine slept, and may be set back; the steady one may not.
    """

    layers: Layers
    current: Current
    late: int
    late_steadily: int


class Holding(NamedTuple):
    """What is to be asked at an instant: layers, in which measures of `lifted` kinds have no effect.

    On the surfaces of `stale` nothing runs.
    """

    layers: Layers
    at: int
    lifted: frozenset[str] = NO_KINDS
    stale: frozenset[str] = NO_SURFACES


class State(NamedTuple):
    """How it stands, for health and figures. `age` is in milliseconds; None without a snapshot, as the digests."""

    base: str | None
    delta: str | None
    log_size: int | None
    age: int | None
    stale: bool
    swaps: int
    alarms: Mapping[str, int]
    refused: str
    """Why news was refused last; empty where the last was taken."""


class Follower:
    """The newest snapshot of a folder. Without one, `without` holds."""

    def __init__(
        self,
        folder: Path | str,
        keys: Iterable[TrustedKey],
        *,
        without: Literal["deny", "allow"],
        others: Collection[str] = (ORGANIC,),
        clock: Callable[[], int] = time.time_ns,
        steady: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        """Follow a folder; nothing is read before the first look.

        `others`: the surfaces that are no advertising and are asked for all the same; see `Snapshot`.
        """
        self._folder, self._keys, self._others = Path(folder), tuple(keys), tuple(others)
        self._without = Answer(allow=without == "allow", reason_code=NO_SNAPSHOT)
        self._clock, self._steady = clock, steady
        self._standing: Standing | None = None
        self._seen: dict[Path, _Seen] = {}
        self._alarms: Counter[str] = Counter()
        self._swaps = 0
        self._refused = ""
        self._begin_anew()
        _FOLLOWERS.add(self)

    def _begin_anew(self) -> None:
        """Look in this process: locks and threads of another one are none here."""
        self._looking = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def check(
        self,
        advertiser: str = "",
        ad: str = "",
        landing: str = "",
        *,
        version: str = "",
        territory: str = "",
        surface: str = "ads",
        at: int | None = None,
    ) -> Answer:
        """May it run? See `Snapshot.check`; a stale snapshot answers as the institution declared."""
        standing = self._standing
        if standing is None:
            return self._without
        layers, lifted = standing.layers, NO_KINDS
        now = self._clock()
        if now >= standing.late or self._steady() >= standing.late_steadily:
            if layers.denies_when_stale and surface in layers.declared:
                return STALE
            lifted = layers.lifted_when_stale
        return layers.check(
            advertiser,
            ad,
            landing,
            version=version,
            territory=territory,
            surface=surface,
            at=now if at is None else at,
            lifted=lifted,
        )

    def holding(self) -> Holding | Answer:
        """What is to be asked now, for whoever asks otherwise than by single questions; an answer holds for all."""
        standing, now = self._standing, self._clock()
        if standing is None:
            return self._without
        layers = standing.layers
        if now < standing.late and self._steady() < standing.late_steadily:
            return Holding(layers, now)
        stale = layers.declared if layers.denies_when_stale else NO_SURFACES
        return Holding(layers, now, layers.lifted_when_stale, stale)

    @property
    def standing(self) -> Standing | None:
        """What is asked now, as a whole; whoever asks it twice asks the same."""
        return self._standing

    def state(self) -> State:
        """How it stands."""
        standing = self._standing
        alarms = MappingProxyType(dict(self._alarms))
        if standing is None:
            return State(None, None, None, None, True, self._swaps, alarms, self._refused)  # noqa: FBT003 - named by the class
        layers, delta = standing.layers, standing.layers.delta
        left = min(standing.late - self._clock(), standing.late_steadily - self._steady())
        age = layers.terms.stale_after * _SECOND - left
        return State(
            layers.base.digest,
            delta.digest if delta is not None else None,
            standing.current.log_size,
            max(0, age) // _MILLISECOND,
            left <= 0,
            self._swaps,
            alarms,
            self._refused,
        )

    def refresh(self) -> bool:
        """Look once; whether there was news that was taken. What is refused is counted, and raises nothing."""
        with self._looking:
            if self._seen and all(_seen(path) == seen for path, seen in self._seen.items()):
                return False
            self._seen = {}
            try:
                self._take()
            except BadSnapshotError as error:
                self._refuse(error.kind, str(error))
            except FileNotFoundError:
                self._refuse("missing", "a file is not there")
            except OSError as error:
                self._refuse("unreadable", error.strerror or "a file cannot be read")
            else:
                self._refused = ""
                return True
            return False

    def _refuse(self, kind: str, reason: str) -> None:
        self._alarms[kind] += 1
        self._refused = reason

    def _take(self) -> None:
        """Take what the folder offers, as far as it is news. Raises BadSnapshotError, OSError."""
        with self._looked_at(CURRENT).open("rb") as file:
            current, seal = read_current(file.read(LONGEST + 1))
        check_signed(seal, current.origin, current.signed(), self._keys)
        before = self._standing
        if before is not None:
            _check_newer(current, before.current, self._clock() // _MILLISECOND)
        layers = before.layers if before is not None and _offers_the_same(current, before.current) else None
        if layers is None:
            layers = self._opened(current, before)
        now, steady = self._clock(), self._steady()
        confirmed, lasts = current.confirmed_at * _MILLISECOND, layers.terms.stale_after * _SECOND
        # A time of confirmation that is still to come makes nothing fresh for longer.
        left = lasts - max(0, now - confirmed)
        self._swaps += before is None or before.layers is not layers
        self._standing = Standing(layers, current, confirmed + lasts, steady + left)

    def _opened(self, current: Current, before: Standing | None) -> Layers:
        """What is offered, verified; files that are open stay so."""
        stand: dict[str, Snapshot | None] = {}
        if before is not None:
            stand = {before.current.base: before.layers.base, before.current.delta: before.layers.delta}
        base = stand.get(current.base) or self._open(current.base, delta=False)
        delta = None
        if current.delta:
            delta = stand.get(current.delta) or self._open(current.delta, delta=True)
        layers = Layers(base, delta, self._others)
        if (layers.terms.origin, layers.terms.log_size) != (current.origin, current.log_size):
            raise BadSnapshotError("the snapshot is not the one that is named")
        return layers

    def _open(self, name: str, *, delta: bool) -> Snapshot:
        path = self._looked_at(name)
        found = open_trusted(path, self._keys)
        if _seen(path) != self._seen[path]:
            raise BadSnapshotError("the file was changed while it was read")
        if file_name(found.digest, found.log_size, delta=delta) != name:
            raise BadSnapshotError("the snapshot is not the one that is named")
        return found

    def _looked_at(self, name: str) -> Path:
        """A file of the folder; it is looked at again when it is another one."""
        path = self._folder / name
        self._seen[path] = _seen(path)
        return path

    def start(self, every: int = 100) -> None:
        """Look now, and every so many milliseconds in a thread of its own."""
        self.refresh()
        self._ended.clear()
        self._thread = threading.Thread(target=self._follow, args=(every,), name="snapshots", daemon=True)
        self._thread.start()

    def _follow(self, every: int) -> None:
        while not self._ended.wait(every / 1000):
            try:
                self.refresh()
            except Exception:  # noqa: BLE001 - whoever stops looking goes stale; this is seen before that
                self._refuse("fault", "looking for news failed")

    def close(self) -> None:
        """Look no more; what stands goes on answering until it is stale."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()


def _check_newer(current: Current, before: Current, now: int) -> None:
    """Raises BadSnapshotError where it tells less than the one before, or of something else."""
    if current.origin != before.origin:
        raise UntrustedSnapshotError("the folder tells of another log")
    if current.is_older_than(before, now):
        raise OlderSnapshotError("the snapshot is older than the one that is in use")


def _offers_the_same(current: Current, before: Current) -> bool:
    return (current.base, current.delta, current.log_size) == (before.base, before.delta, before.log_size)


def _begin_all_anew() -> None:
    """In a process that was forked, maybe while somebody looked: nobody looks there yet."""
    for follower in tuple(_FOLLOWERS):
        follower._begin_anew()  # noqa: SLF001 - they are of one module


_FOLLOWERS: "WeakSet[Follower]" = WeakSet()
os.register_at_fork(after_in_child=_begin_all_anew)


def _seen(path: Path) -> _Seen:
    """What tells a file from the one before it; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked ten times a second
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size
