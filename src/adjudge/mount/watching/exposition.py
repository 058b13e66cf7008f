"""What was measured, as Prometheus reads it: that of all processes, and figures counted in the records when asked for.

Nothing is let out here without the right to read it: that is asked by `adjudge.mount.probes`.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from adjudge.errors import UnavailableError
from adjudge.institution.house import House
from adjudge.institution.reading.figures import Counted, Counts, counts
from adjudge.mount.watching import meters
from adjudge.mount.watching.files import folder

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
KEPT = 10.0
"""Seconds for which figures are given again: whoever asks without end costs the database nothing."""

LATE = 60.0
"""Seconds after which they say nothing any more, where the next ones are still counted."""


@dataclass(slots=True)
class Figures:
    """The figures of an institution as they were last counted."""

    house: House
    clock: Callable[[], float] = time.monotonic
    counted_at: float | None = None
    found: Counts | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> Counts | None:
        """The figures, no older than ten seconds; None where the database does not answer.

        One at a time counts, and nobody waits for another: meanwhile the last figures are given, or none.
        """
        now = self.clock()
        if not self.lock.acquire(blocking=False):
            is_late = self.counted_at is None or now - self.counted_at >= LATE
            return None if is_late else self.found
        try:
            if self.counted_at is None or now - self.counted_at >= KEPT:
                self.found, self.counted_at = _counted(self.house), now
            return self.found
        finally:
            self.lock.release()


def _counted(house: House) -> Counts | None:
    try:
        with house.records.reading() as records:
            return counts(records)
    except UnavailableError:
        return None


def exposition(figures: Figures) -> bytes:
    """All of it as text. Where the database is away, what was measured is told all the same."""
    registry, place = CollectorRegistry(), folder()
    if place is not None:
        MultiProcessCollector(registry, str(place))  # type: ignore[no-untyped-call]  # it has no annotations
    found = figures.now()
    if found is not None:
        registry.register(_Counted(found))
    own = b"" if place is not None else generate_latest(meters.LOCAL)
    return own + generate_latest(registry)


class _Counted(Collector):
    """Figures as a collector."""

    def __init__(self, found: Counts) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Each as a family of its own."""
        found = self._found
        yield _family(meters.ENTRIES, {(): found.entries})
        yield _family(meters.MATTERS, found.matters)
        yield _family(meters.DECISIONS, found.decisions)
        yield _family(meters.APPEALS, found.appeals)
        yield _family(meters.CLOCKS, found.clocks)
        yield _family(meters.DISPUTES, found.disputes)
        yield _family(meters.NOTICES, found.notices)
        yield _family(meters.DELIVERIES, found.deliveries)


def _family(meter: meters.Meter, found: Counted) -> Metric:
    family = GaugeMetricFamily(meter.name, meter.meaning, labels=meter.labels)
    for key, count in sorted(found.items()):
        family.add_metric(key, count)
    return family
