"""Recourse for those who get measures, searched once for each evidence, within bounds; what is left is told."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from adjudge.backtest.counting import grouped
from adjudge.backtest.model import WITHOUT_RECOURSE, Cell, Count, RecourseFound, Way, WayCount
from adjudge.backtest.question import Question, in_effect
from adjudge.backtest.signatures import Signature, make_signatures
from adjudge.backtest.tables import Tables
from adjudge.basis.ids import FactName
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package
from adjudge.recourse.action import Power
from adjudge.recourse.question import Limits
from adjudge.recourse.question import Question as Asked
from adjudge.recourse.recourse import recourse
from adjudge.recourse.way import Recourse

Clock = Callable[[], int]
"""Nanoseconds that pass, from wherever they are counted."""
SECOND = 1_000_000_000
LIMITS = Limits(ways=20)
"""Whether there is a way is asked, and not which ways there are."""
CHUNK = 2_000
"""Signatures whose claims are fetched at once: each time all claims are gone through."""


@dataclass(slots=True)
class _Found:
    ways: dict[int, Way] = field(default_factory=dict)
    before: dict[int, Way] = field(default_factory=dict)
    turning: Counter[FactName] = field(default_factory=Counter)
    by_time: bool = False


def recourse_found(question: Question, tables: Tables, clock: Clock) -> RecourseFound:
    """Search, and count."""
    signatures = make_signatures(question, tables)
    found = _search(question, tables, signatures, clock)
    tables.run("CREATE TABLE way_of (number INTEGER, way VARCHAR, newly BOOLEAN)")
    ways = [found.ways.get(item.number, Way.UNSEARCHED) for item in signatures]
    tables.fill(
        "way_of",
        [item.number for item in signatures],
        [way.value for way in ways],
        [_is_newly(way, found.before.get(item.number)) for item, way in zip(signatures, ways, strict=True)],
    )
    tables.run(
        "CREATE TABLE ways AS SELECT s.row, c.kind, w.way, w.newly FROM signature s JOIN way_of w USING (number) "
        "JOIN candidates c USING (row)"
    )
    left = [item for item in signatures if item.number not in found.ways]
    return RecourseFound(
        counts=_counts(tables, newly=False),
        newly=_counts(tables, newly=True),
        turning=tuple(sorted(found.turning.items(), key=lambda item: (-item[1], item[0]))),
        signatures=len(signatures),
        searched=len(found.ways),
        subjects=sum(item.subjects for item in signatures),
        subjects_left=sum(item.subjects for item in left),
        stopped_by_time=found.by_time,
    )


def _is_newly(way: Way, before: Way | None) -> bool:
    """Without recourse now, and not before: then there was a way, or nothing to be lifted."""
    return way in WITHOUT_RECOURSE and before not in WITHOUT_RECOURSE


def _counts(tables: Tables, *, newly: bool) -> tuple[WayCount, ...]:
    where = "newly" if newly else "true"
    return tuple(
        WayCount(kind=Kind(kind), way=Way(way), count=Count(count, spend, _cell(kind, way, newly=newly)))
        for (kind, way), count, spend in grouped(tables, "ways", "kind, way", where)
    )


def _cell(kind: str, way: str, *, newly: bool) -> Cell:
    where = (("kind", kind), ("recourse", way))
    return Cell((*where, ("newly_without", "true")) if newly else where)


def _search(question: Question, tables: Tables, signatures: Sequence[Signature], clock: Clock) -> _Found:
    """The most frequent evidence first, until a bound is hit."""
    found, bounds, began = _Found(), question.bounds, clock()
    wanted = signatures[: bounds.signatures]
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        subjects = tables.subjects([item.row for item in chunk])
        claims = _claims(question, tables, subjects)
        for item in chunk:
            if clock() - began >= bounds.seconds * SECOND:
                found.by_time = True
                return found
            _search_one(question, item, subjects[item.row], claims, found)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What is claimed of some subjects, for each version by its own vocabulary."""

    old: Sequence[Claim]
    new: Sequence[Claim]


def _claims(question: Question, tables: Tables, subjects: dict[int, Subject]) -> _Known:
    names = {str(name) for item in subjects.values() for name in (item.id, item.advertiser) if name}
    facts = {fact for kind in Kind for fact in question.facts(kind)}
    new = tables.claims(question.new.package.vocabulary, facts, names)
    same = question.old.package.vocabulary == question.new.package.vocabulary
    return _Known(new if same else tables.claims(question.old.package.vocabulary, facts, names), new)


def _search_one(question: Question, item: Signature, subject: Subject, claims: _Known, found: _Found) -> None:
    after = _ask(question, question.new.package, subject, claims.new)
    way = way_of(after)
    found.ways[item.number] = way
    if way not in WITHOUT_RECOURSE:
        return
    if item.had_measure:
        found.before[item.number] = way_of(_ask(question, question.old.package, subject, claims.old))
    for fact in {turn.fact for turn in after.turning}:
        found.turning[fact] += item.subjects


def _ask(question: Question, package: Package, subject: Subject, claims: Sequence[Claim]) -> Recourse:
    own = tuple(claim for claim in claims if claim.subject in {subject.id, subject.advertiser})
    return recourse(
        Asked(
            package=in_effect(package, question.known_at),
            claims=own,
            subject=subject,
            valid_at=question.valid_at,
            known_at=question.known_at,
            territory=question.territory,
            limits=LIMITS,
        )
    )


def way_of(found: Recourse) -> Way:
    """The best that there is."""
    if not found.is_needed or found.own:
        return Way.OWN
    if any(way.power is not Power.OTHERS for way in found.to_a_person):
        return Way.PERSON
    if not found.complete:
        return Way.UNSETTLED
    return Way.OTHERS if found.ways else Way.NONE
