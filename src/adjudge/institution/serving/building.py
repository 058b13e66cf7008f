"""What is in force as the keys of a snapshot: all of it, or what has changed since a base.

The same log gives the same keys in the same order. Nothing is read twice for one key, and memory does not grow with
the number of ads that are stopped: what is sorted waits on the disk.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from adjudge.enforcement.build import Builder
from adjudge.enforcement.key import AD, DOMAIN
from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.measure import Served, in_order, seen_at
from adjudge.enforcement.table import Table
from adjudge.institution.serving.affected import Affected
from adjudge.institution.serving.approved import Keys, Rule, add_approvals, of_decided, rule_of
from adjudge.institution.serving.hosts import Hosts, Writing
from adjudge.institution.serving.served import PAGE, is_on_all, keys_of_advertiser, served_of
from adjudge.institution.serving.spool import spool
from adjudge.records.ports import Reading
from adjudge.records.rows import MeasureRow
from adjudge.records.shelf import MEASURES

Stopped = dict[str, list[tuple[str, Served]]]
"""The measures on advertisers themselves, by advertiser, with their ids."""


def build_base(records: Reading, at: int, surfaces: Sequence[str], hosts: Writing) -> Builder:
    """All that takes effect at a time or later; who declares which host is written down."""
    builder = Builder()
    with spool() as waiting:
        stopped: Stopped = {}
        for rows in _pages(records):
            waiting.add(_on_ads(rows, stopped, at, surfaces))
        rule = rule_of(records, surfaces)
        for told in of_decided(records, rule):
            waiting.add(told)
        for advertiser in sorted(stopped):
            keys = set(keys_of_advertiser(records, advertiser))
            hosts.add(advertiser, (key for key in keys if key.startswith(DOMAIN)))
            waiting.add((key, measure, served) for key in keys for measure, served in stopped[advertiser])
        for key, measures in waiting:
            builder.add(key, _seen(measures, at))
    return builder


def _pages(records: Reading) -> Iterator[Iterable[MeasureRow]]:
    rows = records.find(MEASURES, most=PAGE)
    while rows:
        yield rows
        rows = records.find(MEASURES, after=rows[-1].id, most=PAGE)


def _on_ads(
    rows: Iterable[MeasureRow], stopped: Stopped, at: int, surfaces: Sequence[str]
) -> Iterator[tuple[str, str, Served]]:
    """Measures on ads with their keys; those on advertisers are put aside."""
    for row in rows:
        served = served_of(row, surfaces)
        if seen_at(served, at) is None:
            continue
        if is_on_all(row):
            stopped.setdefault(row.advertiser, []).append((row.id, served))
        else:
            yield AD + row.subject, row.id, served


def _seen(measures: Iterable[Served], at: int) -> list[Served]:
    return [item for item in (seen_at(measure, at) for measure in measures) if item is not None]


@dataclass(slots=True)
class Changes:
    """What is different from a base that was built at a time, by what was declared then, as far as it was looked at.

    Who is looked at in vain adds nothing: `keys` are those of which the base says anything else.
    """

    since: int
    rule: Rule
    hosts: Hosts
    base: Table
    keys: Keys = field(default_factory=dict)

    def take(self, records: Reading, affected: Affected) -> bool:
        """Look at all keys of some advertisers anew; whether anything is different from the look before."""
        found: Keys = {}
        for advertiser in sorted(affected.advertisers):
            found |= self._looked_at(records, advertiser)
        add_approvals(records, found, affected.subjects, self.rule)
        changed, seen = False, dict[tuple[Served, ...], tuple[Served, ...]]()
        for key, measures in found.items():
            if measures not in seen:  # an advertiser's keys have the same
                seen[measures] = in_order(_seen(measures, self.since))
            if self._is_in_base(key, seen[measures]):
                changed |= self.keys.pop(key, None) is not None
            elif self.keys.get(key) != measures:
                self.keys[key], changed = measures, True
        return changed

    def _is_in_base(self, key: str, measures: tuple[Served, ...]) -> bool:
        """Whether the base says the same of a key from its time on."""
        try:
            return self.base.measures(key) == measures
        except BadSnapshotError:
            return False  # whatever it says there, the delta says it rightly

    def builder(self, at: int) -> Builder:
        """The keys of a delta. One without measures overrides those that the base has for it."""
        builder = Builder()
        for key in sorted(self.keys):
            builder.add(key, _seen(self.keys[key], at))
        return builder

    def _looked_at(self, records: Reading, advertiser: str) -> Keys:
        """The keys of one advertiser that the base may have, or that it should have now."""
        on_ads: dict[str, list[Served]] = {}
        on_all: list[Served] = []
        for row, served in self._measures(records, advertiser):
            if is_on_all(row):
                on_all.append(served)
            else:
                on_ads.setdefault(AD + row.subject, []).append(served)
        found = {key: (*measures, *on_all) for key, measures in on_ads.items()}
        keys = dict.fromkeys(keys_of_advertiser(records, advertiser)) if on_all else {}
        for key in keys:
            if not key.startswith(DOMAIN):
                found.setdefault(key, tuple(on_all))
        # Those that it no longer declares are told, too: they may be free now.
        for key in self.hosts.settle(advertiser, frozenset(key for key in keys if key.startswith(DOMAIN))):
            found[key] = self._shared(records, key)
        return found

    def _shared(self, records: Reading, key: str) -> tuple[Served, ...]:
        """The measures of all who declare a host and are stopped."""
        return tuple(
            served
            for advertiser in self.hosts.of_host(key)
            for row, served in self._measures(records, advertiser)
            if is_on_all(row)
        )

    def _measures(self, records: Reading, advertiser: str) -> Iterator[tuple[MeasureRow, Served]]:
        """The measures of an advertiser that the base may have.

        Not only those that still do something: what was lifted before its day, or at the instant of the base's last
        entry, does nothing any more, and the base says that it does.
        """
        for row in records.find(MEASURES, advertiser=advertiser):
            served = served_of(row, self.rule.surfaces)
            if served.end >= self.since:
                yield row, served
