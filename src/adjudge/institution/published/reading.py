"""The register read: one decision, a part of what is asked for, all of it in a stream. For everybody, without a key.

Nothing else of a decision is handed out than its public form: whoever calls has no row in hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.instant import Instant
from adjudge.institution.house import House, now
from adjudge.institution.published.asked import Asked, begins, ends
from adjudge.institution.register.gathering import terms_now
from adjudge.institution.register.lines import lines_of
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import RegisterRow
from adjudge.records.shelf import DECISIONS, REGISTER
from adjudge.records.sought import WIDTH, Sought
from adjudge.redaction.folding import LONGEST_START
from adjudge.redaction.public import PublicDecision, public_from
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


@dataclass(slots=True)
class _Look:
    """A look at the register under the terms that hold now; whether it met lines of other terms."""

    records: Reading
    terms: Terms
    at: Instant
    is_stale: bool = False


def is_open(house: House) -> bool:
    """Whether there is a public register."""
    with house.records.reading() as records:
        return terms_now(records).is_open


def register_terms_of(house: House) -> Terms:
    """The terms. Raises NotFoundError where there is no register."""
    with house.records.reading() as records:
        return _look(house, records).terms


def register_decision(house: House, decision_id: str) -> PublicDecision:
    """One decision. Raises NotFoundError alike for what is not there and for what is not public."""
    with house.records.reading() as records:
        look = _look(house, records)
        line = records.get(REGISTER, decision_id)
        if line is None or line.issued > _digits(look.terms.shown_until(look.at)):
            raise not_found()
        found = list(_public(look, [line]))
    if not found:
        raise not_found()
    return found[0][1]


def register_found(
    house: House, asked: Asked, *, after: str = "", most: int = PART, oldest_first: bool = False
) -> Found:
    """A part of what is asked for. Raises NotFoundError where there is no register."""
    with house.records.reading() as records:
        look = _look(house, records)
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
        look = _look(house, records)
        sought = _sought(look, asked, after, oldest_first=True)
        lines = records.sought(REGISTER, sought, most) if sought is not None else ()
        shown = dict(_public(look, lines, sought))
    fit = {place: item for place, item in shown.items() if asked.fits(item, look.at)}
    return [Looked(line.place, fit.get(line.place)) for line in lines]


def register_stream(house: House, asked: Asked) -> Iterator[PublicDecision]:
    """All that is asked for, oldest first, read in portions: nobody holds more than one of them.

    Raises NotFoundError at once where there is no register.
    """
    with house.records.reading() as records:
        look = _look(house, records)
        sought = _sought(look, asked, "", oldest_first=True)
    return _streamed(house, look, asked, sought) if sought is not None else iter(())


def _streamed(house: House, look: _Look, asked: Asked, sought: Sought) -> Iterator[PublicDecision]:
    while True:
        # Each portion by itself: a stream to somebody slow keeps nothing open, and keeps to what was settled since.
        with house.records.reading() as records:
            portion = replace(look, records=records, terms=terms_now(records))
            if not portion.terms.is_open:
                return
            lines = records.sought(REGISTER, sought, PORTION)
            found = [item for _, item in _public(portion, lines, sought) if asked.fits(item, look.at)]
        yield from found
        if len(lines) < PORTION:
            return
        sought = replace(sought, after=lines[-1].place)


def _look(house: House, records: Reading) -> _Look:
    terms = terms_now(records)
    if not terms.is_open:
        raise not_found()
    return _Look(records, terms, now(house, records))


def _part(look: _Look, asked: Asked, sought: Sought, most: int) -> tuple[list[PublicDecision], str]:
    """So many decisions, and the place behind which there are more."""
    items: list[PublicDecision] = []
    last, looked_at, portion = "", 0, most + 1
    while looked_at < MOST_LOOKED_AT:
        lines = look.records.sought(REGISTER, sought, portion)
        likely = [line for line in lines if asked.can_fit(line.shown, look.at)]
        for place, item in _public(look, likely, sought):
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


def _public(
    look: _Look, lines: Sequence[RegisterRow], sought: Sought | None = None
) -> Iterator[tuple[str, PublicDecision]]:
    """What lines show, with their places. Those of other terms are redacted anew before anybody sees them.

    And sought anew: nobody learns by what it is found a name that is not told any more.
    """
    stale = [line.id for line in lines if line.shown and line.terms != look.terms.mark]
    look.is_stale = look.is_stale or bool(stale)
    decisions = look.records.get_many(DECISIONS, stale) if stale else {}
    anew = {line.id: line for line in lines_of(look.records, list(decisions.values()))}
    wanted = replace(sought, after="") if sought is not None else None
    for line in lines:
        shown = line if line.terms == look.terms.mark else anew.get(line.id)
        if shown is None or not shown.shown:
            continue
        if (
            shown is not line
            and wanted is not None
            and not wanted.fits(shown.place, frozenset(shown.words.split(" ")))
        ):
            continue
        yield line.place, public_from(shown.shown)


def _sought(look: _Look, asked: Asked, after: str, *, oldest_first: bool) -> Sought | None:
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


def _shown_until(look: _Look) -> Instant | None:
    return look.terms.shown_until(look.at) if look.terms.after_days else None


def _earlier(one: Instant | None, other: Instant | None) -> Instant | None:
    known = [item for item in (one, other) if item is not None]
    return min(known) if known else None


def _place_from(records: Reading, at: Instant | None) -> str | None:
    """The place from an instant on: empty for all, None where nothing was issued since. Places follow the time."""
    if at is None:
        return ""
    found = records.ranked(REGISTER, "issued", after=(_digits(Instant(at.nanos - 1)), "~"), most=1)
    return found[0].place if found else None


def _place_until(records: Reading, at: Instant | None) -> str | None:
    if at is None:
        return ""
    after = (_digits(Instant(at.nanos + 1)), "")
    found = records.ranked(REGISTER, "issued", after=after, most=1, descending=True)
    return found[0].place if found else None


def _digits(at: Instant) -> str:
    return str(max(at.nanos, 0)).zfill(WIDTH)
