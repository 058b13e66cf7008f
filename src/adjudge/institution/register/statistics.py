"""The statistics of the register: counted by the database, remembered for some minutes, small counts withheld."""

import threading
from dataclasses import dataclass, field

from adjudge.basis.instant import Instant
from adjudge.institution.house import House, now
from adjudge.institution.register.gathering import terms_now
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.shelf import REGISTER
from adjudge.redaction.counts import Figures, figures
from adjudge.redaction.terms import Terms

KEPT = 300_000_000_000
"""Nanoseconds for which what was counted is told again: whoever asks often waits once."""


@dataclass(slots=True)
class _Held:
    """What was counted last, of which register, under which terms, when."""

    guard: threading.Lock = field(default_factory=threading.Lock)
    house: House | None = None
    terms: Terms | None = None
    at: int = 0
    found: Figures | None = None


_HELD = _Held()


def counted_now(house: House) -> Figures:
    """The figures, counted now."""
    with house.records.reading() as records:
        return _counted(records, terms_now(records), now(house, records))


def statistics(house: House) -> Figures:
    """The figures. Raises NotFoundError where there is no register.

    Nothing that the terms keep back is counted: decisions that are shown later count later, with all of their month.
    """
    with house.records.reading() as records:
        terms, at = terms_now(records), now(house, records)
        if not terms.is_open:
            raise not_found()
        with _HELD.guard:
            is_fresh = _HELD.house is house and _HELD.terms == terms and abs(at.nanos - _HELD.at) < KEPT
            if is_fresh and _HELD.found is not None:
                return _HELD.found
        found = _counted(records, terms, at)
    with _HELD.guard:
        _HELD.house, _HELD.terms, _HELD.at, _HELD.found = house, terms, at.nanos, found
    return found


def _counted(records: Reading, terms: Terms, at: Instant) -> Figures:
    month = str(terms.shown_until(at))[:7] if terms.after_days else ""
    counted = records.counted(REGISTER, "cell")
    cells = [(cell, count) for (cell,), count in counted.items() if not month or cell[:7] < month]
    return figures(cells, terms.least)
