"""The queue for those who work on it: a page of it, how much there is in each part, and what stands beside a matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adjudge.institution.house import House, now
from adjudge.institution.queue.asked import RANKINGS, VIEWS_OF_MEMBERS, Asked, View, Where, own_waiter, where
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import MatterRow, QueueRow
from adjudge.records.shelf import MATTERS, QUEUE

Key = tuple[str, str]
"""Where a row stands: the value by which rows are ranked, and its id."""
MOST_COUNTED = 10_000
"""Beyond, it is said that there are more: to know how many exactly takes as long as there are many."""
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A matter with its place in the queue."""

    matter: MatterRow
    place: QueueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A page of the queue; where the pages before and after it begin, if there are any."""

    rows: Sequence[Queued]
    before: Key | None
    after: Key | None


def queue_page(
    house: House,
    actor: Actor,
    asked: Asked,
    *,
    after: Key | None = None,
    before: Key | None = None,
    most: int = PAGE,
) -> QueuePage:
    """The first page, the one after a row, or the one before it."""
    permit(actor, Act.READ_MATTER, asked.advertiser)
    with house.records.reading() as records:
        asking = where(asked, actor, now(house, records))
        found = _ranked(records, asked, asking, after or before, most + 1, backward=before is not None)
        rows = found[:most]
        if before is not None:
            rows = rows[::-1]
        matters = records.get_many(MATTERS, [row.id for row in rows])
    is_more = len(found) > most
    has_before = is_more if before is not None else after is not None
    has_after = is_more if before is None else True
    return QueuePage(
        rows=[Queued(matter=matters[row.id], place=row) for row in rows if row.id in matters],
        before=key_of(asked, rows[0]) if rows and has_before else None,
        after=key_of(asked, rows[-1]) if rows and has_after else None,
    )


def key_of(asked: Asked, row: QueueRow) -> Key:
    """Where a row stands in the order that is asked for."""
    return getattr(row, RANKINGS[asked.order].field), row.id


def _ranked(
    records: Reading, asked: Asked, asking: Where, key: Key | None, most: int, *, backward: bool = False
) -> Sequence[QueueRow]:
    ranking = RANKINGS[asked.order]
    return records.ranked(
        QUEUE,
        ranking.field,
        after=key,
        most=most,
        descending=ranking.descending is not backward,
        until=asking.until,
        **asking.equal,
    )


def queue_counts(house: House, actor: Actor, asked: Asked) -> Mapping[View, int]:
    """How many matters there are in each part, narrowed alike; no more than one beyond `MOST_COUNTED` are counted.

    Where it is narrowed by what many have in common, only what is asked for is counted: that takes looking at them all.
    """
    permit(actor, Act.READ_MATTER, asked.advertiser)
    with house.records.reading() as records:
        at = now(house, records)
        found = {}
        views = VIEWS_OF_MEMBERS if actor.advertiser else tuple(View)
        for view in (asked.view,) if asked.is_sifted else views:
            asking = where(replace(asked, view=view, on=asked.on or own_waiter(actor)), actor, at)
            found[view] = records.count(QUEUE, most=MOST_COUNTED + 1, until=asking.until, **asking.equal)
    return found


def standing_at(house: House, actor: Actor, asked: Asked, matter_id: str) -> Key | None:
    """Where a matter stands, for whoever goes on behind it; None where it is not there."""
    permit(actor, Act.READ_MATTER, asked.advertiser)
    with house.records.reading() as records:
        row = records.get(QUEUE, matter_id)
    return key_of(asked, row) if row is not None and actor.advertiser in {"", row.advertiser} else None


@dataclass(frozen=True, slots=True)
class Beside:
    """The matters before and after one, in an order that was asked for; empty where there is none."""

    before: str
    after: str


def beside(house: House, actor: Actor, asked: Asked, matter_id: str) -> Beside:
    """What stands beside a matter: also of one that has left its part of the queue since it was opened out of it."""
    permit(actor, Act.READ_MATTER, asked.advertiser)
    with house.records.reading() as records:
        row = records.get(QUEUE, matter_id)
        if row is None or actor.advertiser not in {"", row.advertiser}:
            return Beside("", "")
        asking, key = where(asked, actor, now(house, records)), key_of(asked, row)
        earlier = _ranked(records, asked, asking, key, 1, backward=True)
        later = _ranked(records, asked, asking, key, 1)
    return Beside(earlier[0].id if earlier else "", later[0].id if later else "")
