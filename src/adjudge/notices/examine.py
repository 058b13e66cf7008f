"""The gate against vagueness: a draft statement of reasons, item by item against the law.

A passage that its author marked is tested by its words and by what it points to; a notice without marks is searched by
the documented patterns, and what they find is marked as such. Pure: the notice and the case are handed in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from adjudge.basis.instant import Instant
from adjudge.basis.said import NOTHING_SAID, Said
from adjudge.evidence.notice import Element, Notice
from adjudge.notices.background import Background
from adjudge.notices.cures import NO_REASON, cure
from adjudge.notices.examination import Examination, Finding, Item, Reading, Status
from adjudge.notices.marked import Marked
from adjudge.notices.patterns import LANGUAGES
from adjudge.notices.places import base_of
from adjudge.notices.pointers import NO_MEASURE
from adjudge.notices.requirements import (
    LAW,
    P2B,
    PRECISION,
    REQUIREMENTS,
    TERMS,
    Requirement,
    applies_from,
)
from adjudge.notices.search import Search
from adjudge.notices.unmarked import NOT_SIGHTED, seen

_WORST_FIRST = (Status.MISSING, Status.TOO_VAGUE, Status.PRESENT, Status.NOT_APPLICABLE)
_Reader = Callable[[Element], Reading]


def examine(notice: Notice, known: Background | None = None, *, on: Instant | None = None) -> Examination:
    """Examine a notice; with a case, what it points to is compared with what was found. `on` is the day in question."""
    by_pattern = not notice.passages
    searches = _searches(notice) if by_pattern else {}
    readers = {language: _reader(notice, language, searches, known) for language in sorted(notice.text)}
    findings = tuple(_finding(element, readers, known) for element in Element)
    found = {finding.element: finding for finding in findings}
    left_out = _not_applicable(notice, searches)
    items = tuple(_item(requirement, found, left_out) for requirement in REQUIREMENTS)
    return Examination(
        notice=notice.id,
        items=tuple(replace(item, as_law=_is_law(item.requirement, on)) for item in items),
        by_pattern=by_pattern,
        with_case=known is not None,
        findings=findings,
    )


def _searches(notice: Notice) -> dict[str, Search]:
    """The texts that can be searched, by the language that each is in."""
    return {
        language: Search(text, base_of(language))
        for language, text in sorted(notice.text.items())
        if base_of(language) in LANGUAGES
    }


def _reader(
    notice: Notice, language: str, searches: Mapping[str, Search], known: Background | None
) -> _Reader:
    """What reads one language version: by its marks, or by the patterns."""
    if notice.passages:
        return Marked(notice, language, known).reading
    informed_at = known.informed_at if known is not None else notice.earliest
    return lambda element: seen(element, searches.get(language), known, informed_at)


def _is_law(requirement: Requirement, on: Instant | None) -> bool:
    return on is None or on >= applies_from(requirement)


# --- elements ---


def _finding(element: Element, readers: Mapping[str, _Reader], known: Background | None) -> Finding:
    """The worst of what the language versions of the text state."""
    each = {language: read(element) for language, read in readers.items()}
    if not each:
        return Finding(element=element, status=Status.MISSING, why=NOT_SIGHTED, cure=cure(element, known))
    worst = min((found.status for found in each.values()), key=_WORST_FIRST.index)
    alike = {language: found for language, found in each.items() if found.status is worst}
    first = next(iter(alike.values()))
    return Finding(
        element=element,
        status=worst,
        passages={language: found.words for language, found in alike.items() if found.words},
        languages=tuple(alike),
        by_pattern=first.by_pattern,
        why=first.why,
        cure=_cure(element, first.why, known) if worst.is_defect else NOTHING_SAID,
    )


def _cure(element: Element, why: Said, known: Background | None) -> Said:
    """No words help where no measure follows."""
    return NO_REASON if why is NO_MEASURE else cure(element, known)


# --- items of the law ---


def _not_applicable(notice: Notice, searches: Mapping[str, Search]) -> frozenset[Requirement]:
    """What need not be stated. A notice that rests on law and on terms must state both; on neither, the terms.

    DSA Art. 17(3)(d) and (e): illegal content, and content contrary to the terms.
    """
    law, terms = _rests_on(notice, searches)
    left_out = {LAW: not law, TERMS: law and not terms, P2B: not notice.p2b}
    return frozenset(requirement for requirement, is_out in left_out.items() if is_out)


def _rests_on(notice: Notice, searches: Mapping[str, Search]) -> tuple[bool, bool]:
    """Whether the notice says that content is illegal, and whether it cites its terms."""
    if notice.passages:
        grounds = notice.of(Element.GROUND)
        return any(p.pointer.law for p in grounds), any(p.pointer.terms for p in grounds)
    every = searches.values()
    return any(search.alleges_illegality for search in every), any(search.cites_terms for search in every)


def _item(
    requirement: Requirement, found: Mapping[Element, Finding], left_out: frozenset[Requirement]
) -> Item:
    if requirement in left_out:
        return Item(requirement=requirement, status=Status.NOT_APPLICABLE, findings=())
    if requirement is PRECISION:
        return _precision(found)
    findings = tuple(found[element] for element in requirement.elements)
    return Item(
        requirement=requirement, status=_status(findings), findings=findings, cures=tuple(_cures(findings))
    )


def _status(findings: tuple[Finding, ...]) -> Status:
    """That of the first element, on which the others hang, where it is a defect; else the worst of the others."""
    first, *others = (finding.status for finding in findings)
    return first if first.is_defect else min((first, *others), key=_WORST_FIRST.index)


def _precision(found: Mapping[Element, Finding]) -> Item:
    """Art. 17(4): no element may be vague, and what happened, on what ground and why must be stated at all."""
    vague = tuple(finding for finding in found.values() if finding.status is Status.TOO_VAGUE)
    core = tuple(found[e] for e in PRECISION.elements if found[e].status is Status.MISSING)
    wanting = (*vague, *core)
    if not wanting:
        kept = tuple(found[element] for element in PRECISION.elements)
        return Item(requirement=PRECISION, status=Status.PRESENT, findings=kept)
    return Item(
        requirement=PRECISION, status=Status.TOO_VAGUE, findings=wanting, cures=tuple(_cures(wanting))
    )


def _cures(findings: Iterable[Finding]) -> Iterable[Said]:
    return dict.fromkeys(finding.cure for finding in findings if finding.status.is_defect)
