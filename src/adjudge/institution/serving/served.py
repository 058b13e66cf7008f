"""Measures of the records as they are served: what each does when, and for which keys.

A measure on an advertiser is for all of its keys: its own, those of all that it shows, and the hosts that are declared
as its landing domains. A measure on an ad is for the ad alone. Not which of them matter at a time: see `building`.
"""

from collections.abc import Iterator, Sequence

from adjudge.basis.instant import Instant
from adjudge.enforcement.key import AD, ADVERTISER, DOMAIN
from adjudge.enforcement.layout import FOR_EVER, FROM_EVER
from adjudge.enforcement.measure import Scope, Served
from adjudge.enforcement.rules import names
from adjudge.records.ports import Reading
from adjudge.records.rows import MeasureRow, SubjectRow
from adjudge.records.shelf import SUBJECTS

PAGE = 2_000
"""Rows that are read at once."""
DOMAINS = "domains"


def served_of(row: MeasureRow, declared: Sequence[str]) -> Served:
    """A measure as it is served: until its end or until it was lifted, but for the times in which it rests.

    Where it names no surfaces, or all but some, it is for those that the institution declares (LANGUAGE.md 9.6), so
    that what nobody declared as advertising is touched only by what names it.
    """
    surfaces = [name for name in declared if name not in row.surfaces]
    ends = [FOR_EVER, *(_nanos(end) for end in (row.end, row.lifted_at) if end is not None)]
    return Served(
        scope=Scope(
            kind=row.kind,
            reason=row.rule,
            territories=tuple(sorted(row.territories)),
            all_but=row.all_but,
            surfaces=tuple(sorted(surfaces if row.surfaces_all_but else row.surfaces)),
            surfaces_all_but=False,
        ),
        decision=row.decision,
        start=_nanos(row.start),
        end=min(ends),
        pauses=tuple(
            (_nanos(rest.start), FOR_EVER if rest.end is None else _nanos(rest.end)) for rest in row.pauses
        ),
    )


def is_on_all(row: MeasureRow) -> bool:
    """Whether a measure is on the advertiser itself, and so on all of its keys."""
    return row.subject == row.advertiser


def keys_of_advertiser(records: Reading, advertiser: str) -> Iterator[str]:
    """All keys of an advertiser; a host as often as it is declared."""
    after, rows = "", records.find(SUBJECTS, advertiser=advertiser, most=PAGE)
    yield ADVERTISER + advertiser
    while rows:
        for row in rows:
            if row.id != advertiser:
                yield AD + row.id
            yield from map(DOMAIN.__add__, hosts_of(row))
        after = rows[-1].id
        rows = records.find(SUBJECTS, advertiser=advertiser, after=after, most=PAGE) if after else ()


def hosts_of(row: SubjectRow) -> tuple[str, ...]:
    """The hosts that a subject declares as its landing domains, as DNS has them."""
    declared = row.content.get(DOMAINS)
    texts = [item for item in declared if isinstance(item, str)] if isinstance(declared, list | tuple) else []
    return tuple(filter(None, map(names().ascii_of, texts)))


def _nanos(at: Instant) -> int:
    """An instant within what a snapshot can say: the years 1678 to 2262."""
    return min(max(at.nanos, FROM_EVER), FOR_EVER)
