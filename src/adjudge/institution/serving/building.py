"""What is in force as the keys of a snapshot: all of it, or what has changed since a base.

The same log gives the same keys in the same order. Nothing is read twice for one key, and memory does not grow with
the number of ads that are stopped: what is sorted waits on the disk.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from adjudge.enforcement.build import Builder
from adjudge.enforcement.key import AD, DOMAIN
from adjudge.enforcement.measure import Served, seen_at
from adjudge.institution.serving.served import PAGE, is_on_all, keys_of_advertiser, served_of
from adjudge.institution.serving.spool import Spool, spool
from adjudge.records.ports import Reading
from adjudge.records.rows import MeasureRow
from adjudge.records.shelf import MEASURES

Owners = dict[str, set[str]]
"""Of each host that is stopped, the advertisers that declare it and are stopped."""


@dataclass(slots=True)
class Base:
    """All keys at a time, and which of them are shared."""

    builder: Builder = field(default_factory=Builder)
    owners: Owners = field(default_factory=dict)
    keys: int = 0


def build_base(records: Reading, at: int) -> Base:
    """All that takes effect at a time or later."""
    base = Base()
    with spool() as waiting:
        stopped: dict[str, list[tuple[str, Served]]] = {}
        for rows in _pages(records):
            waiting.add(_on_ads(rows, stopped, at))
        for advertiser in sorted(stopped):
            waiting.add(_on_all(records, advertiser, stopped[advertiser], base.owners))
        _fill(base, waiting, at)
    return base


def _pages(records: Reading) -> Iterator[Iterable[MeasureRow]]:
    rows = records.find(MEASURES, most=PAGE)
    while rows:
        yield rows
        rows = records.find(MEASURES, after=rows[-1].id, most=PAGE)


def _on_ads(
    rows: Iterable[MeasureRow], stopped: dict[str, list[tuple[str, Served]]], at: int
) -> Iterator[tuple[str, str, Served]]:
    """Measures on ads with their keys; those on advertisers are put aside."""
    for row in rows:
        served = served_of(row)
        if seen_at(served, at) is None:
            continue
        if is_on_all(row):
            stopped.setdefault(row.advertiser, []).append((row.id, served))
        else:
            yield AD + row.subject, row.id, served


def _on_all(
    records: Reading, advertiser: str, measures: Iterable[tuple[str, Served]], owners: Owners
) -> Iterator[tuple[str, str, Served]]:
    for key in keys_of_advertiser(records, advertiser):
        if key.startswith(DOMAIN):
            owners.setdefault(key, set()).add(advertiser)
        for measure, served in measures:
            yield key, measure, served


def _fill(base: Base, waiting: Spool, at: int) -> None:
    for key, measures in waiting:
        base.builder.add(key, _seen(measures, at))
        base.keys += 1


def _seen(measures: Iterable[Served], at: int) -> list[Served]:
    return [item for item in (seen_at(measure, at) for measure in measures) if item is not None]


@dataclass(slots=True)
class Changes:
    """What is different from a base that was built at a time, as far as it was looked at."""

    since: int
    owners: Owners
    keys: dict[str, tuple[Served, ...]] = field(default_factory=dict)

    def take(self, records: Reading, advertisers: Collection[str]) -> bool:
        """Look at all keys of some advertisers anew; whether anything is different from the look before."""
        found: dict[str, tuple[Served, ...]] = {}
        for advertiser in sorted(advertisers):
            found |= self._looked_at(records, advertiser)
        changed = any(self.keys.get(key) != measures for key, measures in found.items())
        self.keys |= found
        return changed

    def builder(self, at: int) -> Builder:
        """The keys of a delta. One without measures overrides those that the base has for it."""
        builder = Builder()
        for key in sorted(self.keys):
            builder.add(key, _seen(self.keys[key], at))
        return builder

    def _looked_at(self, records: Reading, advertiser: str) -> dict[str, tuple[Served, ...]]:
        """The keys of one advertiser that the base may have, or that it should have now."""
        on_ads: dict[str, list[Served]] = {}
        on_all: list[Served] = []
        for row, served in self._measures(records, advertiser):
            if is_on_all(row):
                on_all.append(served)
            else:
                on_ads.setdefault(AD + row.subject, []).append(served)
        found = {key: (*measures, *on_all) for key, measures in on_ads.items()}
        for key in dict.fromkeys(keys_of_advertiser(records, advertiser)) if on_all else ():
            if key.startswith(DOMAIN):
                self.owners.setdefault(key, set()).add(advertiser)
                found[key] = self._shared(records, key)
            else:
                found.setdefault(key, tuple(on_all))
        return found

    def _shared(self, records: Reading, key: str) -> tuple[Served, ...]:
        """The measures of all who declare a host and are stopped."""
        return tuple(
            served
            for advertiser in sorted(self.owners[key])
            for row, served in self._measures(records, advertiser)
            if is_on_all(row)
        )

    def _measures(self, records: Reading, advertiser: str) -> Iterator[tuple[MeasureRow, Served]]:
        """The measures of an advertiser that were not over when the base was built."""
        for row in records.find(MEASURES, advertiser=advertiser):
            served = served_of(row)
            if seen_at(served, self.since) is not None:
                yield row, served
