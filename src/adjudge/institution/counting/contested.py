"""Contested facts: of advertisers with open matters, where live claims say yes and others no.

Not the verdict: whether a contradiction decides anything is for the evaluator. Here it is told where sources disagree.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
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
FOR, AGAINST = 0, 1


Said = tuple[str, str, str, str]
"""An advertiser, a subject, a fact and a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A fact, of how many subjects it is contested, and how many live claims about those say yes and no."""

    fact: str
    subjects: int
    claims: int


def contested_facts(records: Reading, at: Instant) -> tuple[Contested, ...]:
    """The facts that are contested now, those of the most subjects first."""
    said: dict[Said, list[int]] = {}
    for row in _claims(records):
        found = _side(row) if row.withdrawn_at is None and _holds(row, at) else None
        if found is not None:
            said.setdefault(found[0], [0, 0])[found[1]] += 1
    contradicted = {key: sides for key, sides in said.items() if all(sides)}
    # Only now who has something open: contradictions are few, and matters are many.
    rows = records.find_any(QUEUE, "advertiser", sorted({key[0] for key in contradicted}))
    open_ones = {row.advertiser for row in rows if row.live == YES}
    return _in_order({key: sum(sides) for key, sides in contradicted.items() if key[0] in open_ones})


def _in_order(contradicted: Mapping[Said, int]) -> tuple[Contested, ...]:
    subjects: dict[str, set[str]] = {}
    claims: Counter[str] = Counter()
    for (_, subject, fact, _), count in contradicted.items():
        subjects.setdefault(fact, set()).add(subject)
        claims[fact] += count
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


def _side(row: ClaimRow) -> tuple[Said, int] | None:
    """Of what it speaks, and whether for or against; to deny a truth value is to assert its opposite."""
    value, fact = row.content.get("value"), str(row.content.get("fact") or "")
    if value is None or not fact:
        return None
    is_for = row.content.get("stance") != Stance.DENIES
    if isinstance(value, bool):
        is_for, value = is_for is value, True
    return (row.advertiser, row.subject, fact, as_text({"value": value})), FOR if is_for else AGAINST
