"""What is due goes: each thing in a transaction of its own, by the institution, if nothing stands in the way then.

Whoever is killed in between has let go of whole things only, and the next round goes on. It is asked for again under
the lock, so that two at once do no harm. Bytes of documents that went before them are looked for by themselves: also
where no rule is settled, and a document was expunged by hand.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.basis.said import Said, say
from adjudge.errors import UnavailableError
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.binding.retention import CONTACTS, DOCUMENTS, MESSAGES
from adjudge.institution.expunging import let_go
from adjudge.institution.hearing.forgetting import forget_message
from adjudge.institution.house import House, now
from adjudge.institution.keeping.due import Due, due_items, is_due
from adjudge.institution.keeping.standing import standing
from adjudge.institution.material.documents import (
    can_go_alone,
    concerned_by,
    emptied,
    forget_bytes,
    forget_bytes_of,
    part_of,
)
from adjudge.institution.notifying.forgetting import forget_contact, forget_ways
from adjudge.institution.staff.people import part_with_name, without_name
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records import shelf
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import DocumentRow

MOST = 2_000
"""Things in one round."""
AT_ONCE = 500


def _never() -> bool:
    return False


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something that is due, and what stands in the way of it."""

    due: Due
    standing: tuple[Said, ...]


def show_due(house: House, actor: Actor, *, most: int = MOST) -> Sequence[Seen]:
    """A dry run: what would go now, and what would not and why; for whoever may see the clocks. Nothing is changed."""
    permit(actor, Act.READ_CLOCKS)
    with house.records.reading() as records:
        at, found, ways = now(house, records), list[Seen](), dict[str, tuple[Said, ...]]()
        for item in due_items(records, at):
            if len(found) == most:
                break
            if item.advertiser not in ways:
                ways[item.advertiser] = _standing(records, item.advertiser, at)
            found.append(Seen(due=item, standing=(*ways[item.advertiser], *_in_the_way(records, item, at))))
        return found


def let_go_what_is_due(
    house: House,
    *,
    most: int = MOST,
    is_over: Callable[[], bool] = _never,
    between: Callable[[str], None] = _nothing,
) -> int:
    """Let go of what is due and free to go, at most so many things; how many those were. Without rules nothing goes."""
    with house.records.reading() as records:
        if not procedure_row(records).retention:
            return 0
        size, at = records.size(), now(house, records)
        waiting = tuple(itertools.islice(_free(records, at), most))
    count = 0
    for item in waiting:
        if is_over():
            break
        gone, size = _gone(house, item, size)
        count += gone
        between(item.id)
        if gone and item.rule == DOCUMENTS:
            forget_bytes_of(house, item.id)
    return count


def _free(records: Reading, at: Instant) -> Iterator[Due]:
    """What is due, and nothing stands in the way of it."""
    ways: dict[str, bool] = {}
    for item in due_items(records, at, at_rest=True):
        if item.advertiser not in ways:
            ways[item.advertiser] = not _standing(records, item.advertiser, at)
        if ways[item.advertiser] and not any(_in_the_way(records, item, at)):
            yield item


def _standing(records: Reading, advertiser: str, at: Instant) -> tuple[Said, ...]:
    """Of staff nothing is open: what was done stays under the bare id."""
    return tuple(standing(records, advertiser, at)) if advertiser else ()


def _gone(house: House, item: Due, size: int) -> tuple[bool, int]:
    """One thing, under the lock, if it is still free to go; and the size of the log then.

    While the log has the `size` that it had after the last thing, nobody has done anything that could stand in the way.
    """
    with house.records.writing() as records:
        at = now(house, records)
        if records.size() != size and (
            _standing(records, item.advertiser, at) or not is_due(records, item, at)
        ):
            return False, size
        if any(_in_the_way(records, item, at)):
            return False, size
        _let_go(records, item, at)
        return True, records.size()


def _in_the_way(records: Reading, item: Due, at: Instant) -> Iterator[Said]:
    """What concerns a document by itself: others may rest on it, or it cannot go alone."""
    row = records.get(shelf.DOCUMENTS, item.id) if item.rule == DOCUMENTS else None
    if row is None:
        return
    others = (name for name in concerned_by(records, row) if name != row.advertiser)
    found = {other: _standing(records, other, at) for other in others}
    resting = tuple(other for other, told in found.items() if told)
    if not row.advertiser:
        yield from dict.fromkeys(told for other in resting for told in found[other])
    elif resting:
        yield say("claims about others rest on it: {advertisers}", advertisers=resting)
    if not can_go_alone(records, row):
        yield say("it was brought in together with others, and is sealed with them in one part")


def _let_go(records: Writing, item: Due, at: Instant) -> None:
    """Let it go. A part that is gone already is passed over, and what rows say of it goes all the same."""
    why = str(say("kept for as long as is settled: {rule}, {days} days", rule=item.rule, days=item.days))
    if item.rule == DOCUMENTS:
        document = records.get(shelf.DOCUMENTS, item.id)
        if document is not None:
            let_go(records, (part_of(records, document),), at, why)
            emptied(records, document, at)
    elif item.rule == MESSAGES:
        message = records.get(shelf.MESSAGES, item.id)
        if message is not None:
            forget_message(records, message, at, why)
    elif item.rule == CONTACTS:
        forget = forget_contact if item.id == item.advertiser else forget_ways
        forget(records, item.id, at, why)
    else:
        _forget_person(records, item.id, at, why)


def _forget_person(records: Writing, person_id: str, at: Instant, why: str) -> None:
    person = records.get(shelf.PEOPLE, person_id)
    digest = part_with_name(records, person) if person is not None else None
    if person is not None and digest is not None:
        let_go(records, (digest,), at, why)
        without_name(records, person)


def forget_bytes_left(house: House, *, is_over: Callable[[], bool] = _never) -> Sequence[str]:
    """Forget bytes of documents that went, where a process was killed before it did, or the disk did not let go.

    The documents of which the disk does not let go now, either; the others go all the same.
    """
    stuck: list[str] = []
    for row in _documents(house):
        if is_over():
            break
        if row.expunged_at is not None and row.blob and house.blobs.has(row.blob):
            try:
                forget_bytes(house, row)
            except UnavailableError:
                stuck.append(row.id)
    return stuck


def _documents(house: House) -> Iterator[DocumentRow]:
    """All documents, a few at a time, each few read by themselves: nobody who writes waits for it."""
    after = ""
    while True:
        with house.records.reading() as records:
            rows = records.find(shelf.DOCUMENTS, after=after, most=AT_ONCE)
        yield from rows
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].id
