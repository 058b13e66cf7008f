"""The statistics of the register: counted one decision after the other, small counts withheld.

A small register is counted when it is asked for, and what was counted is told again for some minutes. A large one is
counted once a day by the sweep, into a file of the data folder; until it is, nobody waits for it, and that is said.
"""

import os
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from adjudge.basis.said import say
from adjudge.errors import UnavailableError
from adjudge.institution.house import House, now
from adjudge.institution.published.look import digits
from adjudge.institution.register.gathering import terms_now
from adjudge.people.permission import not_found
from adjudge.records.shelf import REGISTER
from adjudge.redaction.counts import Figures, Tally
from adjudge.redaction.terms import Terms

KEPT = 300_000_000_000
"""Nanoseconds for which what was counted is told again: whoever asks often waits once."""
AT_ONCE = 20_000
"""Decisions that are counted while somebody waits."""
PORTION = 5_000
FILE, FORM = "register.json", "adjudge-register-figures/1"


class _Form(msgspec.Struct, forbid_unknown_fields=True):
    """The file."""

    form: str
    terms: str
    total: int
    plain: dict[str, list[tuple[list[str], int]]]
    wide: dict[str, list[tuple[list[str], list[int]]]]


@dataclass(slots=True)
class _Held:
    """What was counted last, of which institution, under which terms, when."""

    guard: threading.Lock = field(default_factory=threading.Lock)
    house: House | None = None
    terms: Terms | None = None
    at: int = 0
    found: Figures | None = None


_HELD = _Held()


def counted(house: House) -> Tally:
    """All that is public now, counted. Nothing of what the terms keep back."""
    tally, after = Tally(), ""
    with house.records.reading() as records:
        terms, at = terms_now(records), now(house, records)
    last = digits(terms.shown_until(at))
    while True:
        with house.records.reading() as records:
            listed = records.listed(REGISTER, after=after, most=PORTION)
        for item in listed:
            if item["issued"] <= last:
                tally.add(item["cell"], str(at), terms.rules)
        if len(listed) < PORTION:
            return tally
        after = listed[-1]["id"]


def counted_now(house: House) -> Figures:
    """The figures, counted now. Raises NotFoundError where there is no register."""
    with house.records.reading() as records:
        terms = terms_now(records)
    if not terms.is_open:
        raise not_found()
    return counted(house).figures(terms.least)


def statistics(house: House, folder: Path) -> Figures:
    """The figures. Raises NotFoundError where there is no register, UnavailableError where it was not counted yet."""
    with house.records.reading() as records:
        terms, at = terms_now(records), now(house, records)
        if not terms.is_open:
            raise not_found()
        is_large = records.count(REGISTER, most=AT_ONCE + 1) > AT_ONCE
    with _HELD.guard:
        is_fresh = _HELD.house is house and _HELD.terms == terms and abs(at.nanos - _HELD.at) < KEPT
        if is_fresh and _HELD.found is not None:
            return _HELD.found
    tally = _read(folder, terms) if is_large else counted(house)
    if tally is None:
        message = say("the register has not been counted yet")
        raise UnavailableError(
            message, hint=say("it is counted once a day; the whole of it can be had as a file")
        )
    found = tally.figures(terms.least)
    with _HELD.guard:
        _HELD.house, _HELD.terms, _HELD.at, _HELD.found = house, terms, at.nanos, found
    return found


def count_large(house: House, folder: Path) -> bool:
    """Count a large register into its file; whether it was one."""
    with house.records.reading() as records:
        terms = terms_now(records)
        if not terms.is_open or records.count(REGISTER, most=AT_ONCE + 1) <= AT_ONCE:
            return False
    _keep(folder, counted(house), terms)
    return True


def _mark(terms: Terms) -> str:
    """What was counted under other terms, or of other days, is not told."""
    return f"{terms.mark}-{terms.after_days}"


def _keep(folder: Path, tally: Tally, terms: Terms) -> None:
    """Keep it, whole or not at all. A full disk keeps nothing, and ends nothing."""
    form = _Form(
        form=FORM,
        terms=_mark(terms),
        total=tally.total,
        plain={
            name: [(list(key), count) for key, count in sorted(found.items())]
            for name, found in tally.plain.items()
        },
        wide={
            name: [(list(key), counts) for key, counts in sorted(found.items())]
            for name, found in tally.wide.items()
        },
    )
    new = folder / f".{FILE}.new"
    with suppress(OSError):
        new.touch(mode=0o600)
        with new.open("wb") as file:
            file.write(msgspec.json.encode(form))
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / FILE)


def _read(folder: Path, terms: Terms) -> Tally | None:
    """What is kept; None where there is no file, or none of these terms that can be read."""
    try:
        form = msgspec.json.decode((folder / FILE).read_bytes(), type=_Form)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if form.form != FORM or form.terms != _mark(terms):
        return None
    tally = Tally(total=form.total)
    for name in tally.plain:
        tally.plain[name] = Counter({tuple(key): count for key, count in form.plain.get(name, [])})
    for name in tally.wide:
        tally.wide[name] = {tuple(key): counts for key, counts in form.wide.get(name, [])}
    return tally
