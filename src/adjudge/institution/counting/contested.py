"""Contested facts: of advertisers with open matters, where live claims say yes and others no.

Not the verdict: whether a contradiction decides anything is for the evaluator. Here it is told where sources disagree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adjudge.basis.instant import Instant, parse_instant
from adjudge.facts.claim import Stance
from adjudge.institution.plain import as_text
from adjudge.institution.queue.digits import YES
from adjudge.records.ports import Reading
from adjudge.records.rows import ClaimRow
from adjudge.records.shelf import CLAIMS, QUEUE

PORTION = 1_000
"""Claims read at once."""
FOR, AGAINST = "for", "against"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A fact, of how many subjects it is contested, and how many live claims about those say yes and no."""

    fact: str
    subjects: int
    claims: int


def contested_facts(records: Reading, at: Instant) -> tuple[Contested, ...]:
    """The facts that are contested now, those of the most subjects first."""
    counted = records.counted(QUEUE, "advertiser", "live")
    open_ones = {advertiser for advertiser, live in counted if live == YES}
    said: dict[tuple[str, str, str], Counter[str]] = {}
    for row in _claims(records):
        if row.advertiser in open_ones and row.withdrawn_at is None and _holds(row, at):
            found = _side(row)
            if found is not None:
                key, side = found
                said.setdefault(key, Counter())[side] += 1
    return _in_order(said.items())


def _in_order(
    said: Iterable[tuple[tuple[str, str, str], Counter[str]]],
) -> tuple[Contested, ...]:
    subjects: dict[str, set[str]] = {}
    claims: Counter[str] = Counter()
    for (subject, fact, _), sides in said:
        if len(sides) > 1:
            subjects.setdefault(fact, set()).add(subject)
            claims[fact] += sides.total()
    found = (Contested(fact=fact, subjects=len(of), claims=claims[fact]) for fact, of in subjects.items())
    return tuple(sorted(found, key=lambda item: (-item.subjects, -item.claims, item.fact)))


def _claims(records: Reading) -> Iterator[ClaimRow]:
    after = ""
    while found := records.find(CLAIMS, after=after, most=PORTION):
        yield from found
        after = found[-1].id


def _holds(row: ClaimRow, at: Instant) -> bool:
    """Whether it speaks of now: claims about different times do not contradict each other."""
    start, end = (parse_instant(str(row.content.get(name) or "")) for name in ("holds_from", "holds_to"))
    return (start is None or start <= at) and (end is None or at < end)


def _side(row: ClaimRow) -> tuple[tuple[str, str, str], str] | None:
    """Of which value it speaks, and whether for or against; to deny a truth value is to assert its opposite."""
    value, fact = row.content.get("value"), str(row.content.get("fact") or "")
    if value is None or not fact:
        return None
    is_for = row.content.get("stance") != Stance.DENIES
    if isinstance(value, bool):
        is_for, value = is_for is value, True
    return (row.subject, fact, as_text({"value": value})), FOR if is_for else AGAINST
