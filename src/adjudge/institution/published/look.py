"""A look at the register: what its lines show under the terms and the names that hold now, as of a time.

Lines are kept, and what is true of them can change without any act: a decision comes to its end, another one becomes
public after its days, terms are settled. What follows from the time is told here, in one place, for every face.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.instant import Instant
from adjudge.institution.house import House, now
from adjudge.institution.register.gathering import terms_now
from adjudge.institution.register.lines import lines_of
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import RegisterRow
from adjudge.records.shelf import DECISIONS, REGISTER, SUBJECTS
from adjudge.records.sought import WIDTH, Sought
from adjudge.redaction.public import PublicDecision, names_form, public_from
from adjudge.redaction.redact import told_names
from adjudge.redaction.terms import Terms


@dataclass(slots=True)
class Look:
    """A look under the terms that hold now; whether it met lines of other terms, or of other names."""

    records: Reading
    terms: Terms
    at: Instant
    is_stale: bool = False


def look_at(house: House, records: Reading) -> Look:
    """A look now. Raises NotFoundError where there is no register."""
    terms = terms_now(records)
    if not terms.is_open:
        raise not_found()
    return Look(records, terms, now(house, records))


def digits(at: Instant) -> str:
    """An instant as lines keep it, so that they sort by it."""
    return str(max(at.nanos, 0)).zfill(WIDTH)


def public_of(
    look: Look, lines: Sequence[RegisterRow], sought: Sought | None = None
) -> Iterator[tuple[str, PublicDecision]]:
    """What lines show at the time of the look, with their places.

    Lines of other terms or names are redacted anew before anybody sees them, and sought anew: nobody learns by what
    it is found a name that is not told any more.
    """
    current = _current(look, lines)
    look.is_stale = look.is_stale or any(current[line.id] is not line for line in lines)
    wanted = replace(sought, after="") if sought is not None else None
    found: list[tuple[str, PublicDecision]] = []
    for line in lines:
        shown = current[line.id]
        is_wanted = shown is line or wanted is None or (shown is not None and _fits(wanted, shown))
        if shown is not None and shown.shown and is_wanted:
            found.append((line.place, public_from(shown.shown)))
    yield from _as_of(look, found)


def told_among(look: Look, ids: Iterable[str]) -> frozenset[str]:
    """Those of some decisions that everybody can read."""
    wanted = sorted(set(filter(None, ids)))
    lines = look.records.get_many(REGISTER, wanted) if wanted else {}
    last = digits(look.terms.shown_until(look.at))
    current = _current(look, [line for line in lines.values() if line.issued <= last])
    return frozenset(name for name, line in current.items() if line is not None and line.shown)


def _fits(sought: Sought, line: RegisterRow) -> bool:
    return sought.fits(line.place, frozenset(line.words.split(" ")))


def _current(look: Look, lines: Sequence[RegisterRow]) -> dict[str, RegisterRow | None]:
    """Lines as they should be now, by id: as they are, made anew, or None of what is kept out."""
    stale = _stale(look, lines)
    decisions = look.records.get_many(DECISIONS, stale) if stale else {}
    anew = {line.id: line for line in lines_of(look.records, list(decisions.values()))}
    return {line.id: anew.get(line.id) if line.id in stale else line for line in lines}


def _stale(look: Look, lines: Sequence[RegisterRow]) -> list[str]:
    shown = [line for line in lines if line.shown]
    owners = look.records.get_many(SUBJECTS, sorted({line.advertiser for line in shown}))
    names = {name: names_form(told_names(row, look.terms)) for name, row in owners.items()}
    return [
        line.id
        for line in shown
        if line.terms != look.terms.mark or line.shown.get("advertiser", []) != names.get(line.advertiser, [])
    ]


def _as_of(look: Look, found: Sequence[tuple[str, PublicDecision]]) -> Iterator[tuple[str, PublicDecision]]:
    """Where each stands at the time, naming others as far as they can be read."""
    told = told_among(look, (name for _, item in found for name in item.named))
    at = str(look.at)
    for place, item in found:
        appeals = tuple(
            appeal if appeal.decision in told else replace(appeal, decision="") for appeal in item.appeals
        )
        yield (
            place,
            replace(
                item,
                state=item.state_at(at),
                supersedes=item.supersedes if item.supersedes in told else "",
                superseded_by=item.superseded_by if item.superseded_by in told else "",
                appeals=appeals,
            ),
        )
