"""The register read: one decision, a part of what is asked for, all of it in a stream. For everybody, without a key.

Nothing else of a decision is handed out than its public form: whoever calls has no row in hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.instant import Instant
from adjudge.institution.house import House, now
from adjudge.institution.published.asked import Asked, begins, ends
from adjudge.institution.published.look import Look, digits, look_at, public_of, told_among
from adjudge.institution.register.gathering import terms_now
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.shelf import REGISTER
from adjudge.records.sought import Sought
from adjudge.redaction.folding import LONGEST_START
from adjudge.redaction.public import PublicDecision
from adjudge.redaction.terms import Terms

PART = 25
PORTION = 200
MOST_LOOKED_AT = 2_000
"""Lines that one request looks at where the day tells which of them are asked for."""
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A part of the register: decisions, and the place behind which the next part begins; empty where there is none.

    `count` is how many there are in all, counted to `MOST_COUNTED`; None where that is not known.
    """

    items: Sequence[PublicDecision]
    after: str
    count: int | None
    at: Instant


def is_open(house: House) -> bool:
    """Whether there is a public register."""
    with house.records.reading() as records:
        return terms_now(records).is_open


def register_terms_of(house: House) -> Terms:
    """The terms. Raises NotFoundError where there is no register."""
    with house.records.reading() as records:
        return look_at(house, records).terms


def register_decision(house: House, decision_id: str) -> PublicDecision:
    """One decision. Raises NotFoundError alike for what is not there and for what is not public."""
    with house.records.reading() as records:
        look = look_at(house, records)
        line = records.get(REGISTER, decision_id)
        if line is None or line.issued > digits(look.terms.shown_until(look.at)):
            raise not_found()
        found = list(public_of(look, [line]))
    if not found:
        raise not_found()
    return found[0][1]


def is_registered(house: House, decision_id: str) -> bool:
    """Whether everybody can read a decision in the register now."""
    with house.records.reading() as records:
        look = Look(records, terms_now(records), now(house, records))
        return look.terms.is_open and decision_id in told_among(look, [decision_id])


def register_found(
    house: House, asked: Asked, *, after: str = "", most: int = PART, oldest_first: bool = False
) -> Found:
    """A part of what is asked for. Raises NotFoundError where there is no register."""
    with house.records.reading() as records:
        look = look_at(house, records)
        sought = _sought(look, asked, after, oldest_first=oldest_first)
        if sought is None:
            return Found(items=(), after="", count=0, at=look.at)
        items, place = _part(look, asked, sought, most)
        # Lines are counted as they stand: what is found by words of other terms must not be told by its number.
        is_counted = not asked.state and not after and not look.terms.rules and not look.is_stale
        count = records.count_sought(REGISTER, sought, MOST_COUNTED) if is_counted else None
    return Found(items=items, after=place, count=count, at=look.at)


@dataclass(frozen=True, slots=True)
class Looked:
    """A line that was looked at, by its place; with what it shows, if that is asked for and may be shown."""

    id: str
    decision: PublicDecision | None


def register_looked(house: House, asked: Asked, after: str, most: int) -> Sequence[Looked]:
    """Lines behind a place, oldest first, at most so many. Raises NotFoundError where there is no register."""
    with house.records.reading() as records:
        look = look_at(house, records)
        sought = _sought(look, asked, after, oldest_first=True)
        lines = records.sought(REGISTER, sought, most) if sought is not None else ()
        shown = dict(public_of(look, lines, sought))
    fit = {place: item for place, item in shown.items() if asked.fits(item, look.at)}
    return [Looked(line.place, fit.get(line.place)) for line in lines]


def register_stream(house: House, asked: Asked) -> Iterator[PublicDecision]:
    """All that is asked for, oldest first, read in portions: nobody holds more than one of them.

    Raises NotFoundError at once where there is no register.
    """
    with house.records.reading() as records:
        look = look_at(house, records)
        sought = _sought(look, asked, "", oldest_first=True)
    return _streamed(house, look, asked, sought) if sought is not None else iter(())


def _streamed(house: House, look: Look, asked: Asked, sought: Sought) -> Iterator[PublicDecision]:
    while True:
        # Each portion by itself: a stream to somebody slow keeps nothing open, and keeps to what was settled since.
        with house.records.reading() as records:
            portion = replace(look, records=records, terms=terms_now(records))
            if not portion.terms.is_open:
                return
            lines = records.sought(REGISTER, sought, PORTION)
            found = [item for _, item in public_of(portion, lines, sought) if asked.fits(item, look.at)]
        yield from found
        if len(lines) < PORTION:
            return
        sought = replace(sought, after=lines[-1].place)


def _part(look: Look, asked: Asked, sought: Sought, most: int) -> tuple[list[PublicDecision], str]:
    """So many decisions, and the place behind which there are more."""
    items: list[PublicDecision] = []
    last, looked_at, portion = "", 0, most + 1
    while looked_at < MOST_LOOKED_AT:
        lines = look.records.sought(REGISTER, sought, portion)
        likely = [line for line in lines if asked.can_fit(line.shown, look.at)]
        for place, item in public_of(look, likely, sought):
            if asked.fits(item, look.at):
                if len(items) == most:
                    return items, last
                items.append(item)
                last = place
        looked_at += len(lines)
        if len(lines) < portion:
            return items, ""
        sought, portion = replace(sought, after=lines[-1].place), min(2 * portion, PORTION)
    return items, sought.after


def _sought(look: Look, asked: Asked, after: str, *, oldest_first: bool) -> Sought | None:
    """As it is sought; None where nothing can be found."""
    first = _place_from(look.records, begins(asked.since))
    last = _place_until(look.records, _earlier(ends(asked.until), _shown_until(look)))
    if first is None or last is None or asked.finds_nothing:
        return None
    short, longer = asked.words
    whole = (*asked.tokens, *short, *longer)
    sought = Sought(words=whole, since=first, until=last, descending=not oldest_first)
    if longer and not look.records.count_sought(REGISTER, sought, 1):
        # Nothing has the words whole: then their beginnings are enough. Whole ones are found much sooner.
        starts = dict.fromkeys(word[:LONGEST_START] for word in longer)
        sought = replace(sought, words=(*asked.tokens, *short), begun=tuple(starts))
    sought = replace(sought, after=after)
    return sought if sought.can_be else None


def _shown_until(look: Look) -> Instant | None:
    return look.terms.shown_until(look.at) if look.terms.after_days else None


def _earlier(one: Instant | None, other: Instant | None) -> Instant | None:
    known = [item for item in (one, other) if item is not None]
    return min(known) if known else None


def _place_from(records: Reading, at: Instant | None) -> str | None:
    """The place from an instant on: empty for all, None where nothing was issued since. Places follow the time."""
    if at is None:
        return ""
    found = records.ranked(REGISTER, "issued", after=(digits(Instant(at.nanos - 1)), "~"), most=1)
    return found[0].place if found else None


def _place_until(records: Reading, at: Instant | None) -> str | None:
    if at is None:
        return ""
    after = (digits(Instant(at.nanos + 1)), "")
    found = records.ranked(REGISTER, "issued", after=after, most=1, descending=True)
    return found[0].place if found else None
