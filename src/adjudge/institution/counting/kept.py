"""What was counted, kept in a file of the data folder, so that nobody who looks waits for the counting.

Not a record, and not part of a backup: a file that is missing, spoilt, or of another log is counted anew.
"""

import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.institution.counting.contested import Contested
from adjudge.institution.counting.tally import Key, Tally

FILE = "figures.json"
FORM = "adjudge-figures/1"


@dataclass(slots=True, kw_only=True)
class Kept:
    """The tally, the contested facts, what was found when all was held to the log; and when each was looked at."""

    tally: Tally = field(default_factory=Tally)
    counted_at: Instant | None = None
    contested: tuple[Contested, ...] = ()
    contested_at: Instant | None = None
    audited_at: Instant | None = None
    findings: int = 0


class _Form(msgspec.Struct, forbid_unknown_fields=True):
    """The file."""

    form: str
    size: int
    last: str
    at: str
    comings: list[tuple[list[str], int]]
    applied: list[tuple[list[str], str]]
    appeals: list[tuple[list[str], int]]
    discounts: list[tuple[list[str], int]]
    counted_at: str
    contested: list[tuple[str, int, int]]
    contested_at: str
    audited_at: str
    findings: int


def read_kept(folder: Path) -> Kept:
    """What is kept; nothing where there is no file, or none that can be read."""
    try:
        found = msgspec.json.decode((folder / FILE).read_bytes(), type=_Form)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Kept()
    return _kept(found) if found.form == FORM else Kept()


def _kept(form: _Form) -> Kept:
    applied = ((tuple(key), parse_timestamp(at)) for key, at in form.applied)
    tally = Tally(
        size=form.size,
        last=form.last,
        at=parse_timestamp(form.at),
        comings=_counter(form.comings),
        applied={key: at for key, at in applied if at is not None},
        appeals=_counter(form.appeals),
        discounts=_counter(form.discounts),
    )
    contested = (
        Contested(fact=fact, subjects=subjects, claims=claims) for fact, subjects, claims in form.contested
    )
    return Kept(
        tally=tally,
        counted_at=parse_timestamp(form.counted_at),
        contested=tuple(contested),
        contested_at=parse_timestamp(form.contested_at),
        audited_at=parse_timestamp(form.audited_at),
        findings=form.findings,
    )


def _counter(rows: list[tuple[list[str], int]]) -> Counter[Key]:
    return Counter({tuple(key): count for key, count in rows})


def keep(folder: Path, kept: Kept) -> None:
    """Keep it, whole or not at all. A full disk keeps nothing, and ends nothing."""
    new = folder / f".{FILE}.new"
    with suppress(OSError):
        new.touch(mode=0o600)
        with new.open("wb") as file:
            file.write(msgspec.json.encode(_form(kept)))
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / FILE)


def _form(kept: Kept) -> _Form:
    tally = kept.tally
    return _Form(
        form=FORM,
        size=tally.size,
        last=tally.last,
        at=_text(tally.at),
        comings=_rows(tally.comings),
        applied=[(list(key), str(at)) for key, at in sorted(tally.applied.items())],
        appeals=_rows(tally.appeals),
        discounts=_rows(tally.discounts),
        counted_at=_text(kept.counted_at),
        contested=[(item.fact, item.subjects, item.claims) for item in kept.contested],
        contested_at=_text(kept.contested_at),
        audited_at=_text(kept.audited_at),
        findings=kept.findings,
    )


def _rows(counted: Mapping[Key, int]) -> list[tuple[list[str], int]]:
    return [(list(key), count) for key, count in sorted(counted.items())]


def _text(at: Instant | None) -> str:
    return str(at) if at is not None else ""
