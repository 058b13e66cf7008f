"""The gate against vagueness: a draft statement of reasons, item by item against the law.

A passage that its author marked is tested by what it points to; a notice without marks is searched by the documented
patterns, and what they find is marked as such. Pure: the notice and the case are handed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import re2

from adjudge.basis.instant import Instant
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.evidence.notice import Element, Notice, Passage
from adjudge.language.package import Rule
from adjudge.notices.background import Background
from adjudge.notices.cures import NO_REASON, cure
from adjudge.notices.examination import Examination, Finding, Item, Status
from adjudge.notices.patterns import LANGUAGES
from adjudge.notices.pointers import NO_MEASURE, contradicts, lacks
from adjudge.notices.requirements import (
    LAW,
    P2B,
    PRECISION,
    REQUIREMENTS,
    TERMS,
    Requirement,
    applies_from,
)
from adjudge.notices.search import Search, Sighting

_WORST_FIRST = (Status.MISSING, Status.TOO_VAGUE, Status.PRESENT, Status.NOT_APPLICABLE)

NOT_STATED = say("nothing in the text states it")
NO_SUCH_CLAUSE = say("no rule in force rests on what it cites")
NOT_THAT_CLAUSE = say("no rule that is met rests on what it cites")
NOT_SEARCHED = say("a text in this language is not searched: mark the passages")


def examine(notice: Notice, known: Background | None = None, *, on: Instant | None = None) -> Examination:
    """Examine a notice; with a case, what it points to is compared with what was found. `on` is the day in question."""
    by_pattern = not notice.passages
    searches = _searches(notice) if by_pattern else {}
    findings = tuple(_finding(element, notice, searches, known) for element in Element)
    found = {finding.element: finding for finding in findings}
    illegal = _rests_on_law(notice, searches)
    items = tuple(_item(requirement, notice, found, illegal=illegal) for requirement in REQUIREMENTS)
    return Examination(
        notice=notice.id,
        items=tuple(replace(item, as_law=_is_law(item.requirement, on)) for item in items),
        by_pattern=by_pattern,
        with_case=known is not None,
        findings=findings,
    )


def _searches(notice: Notice) -> dict[str, Search]:
    """The texts that can be searched, by the language that each is in."""
    spoken = {language: language.partition("-")[0].lower() for language in notice.text}
    return {
        language: Search(text, spoken[language])
        for language, text in sorted(notice.text.items())
        if spoken[language] in LANGUAGES
    }


def _is_law(requirement: Requirement, on: Instant | None) -> bool:
    return on is None or on >= applies_from(requirement)


# --- elements ---


def _finding(
    element: Element, notice: Notice, searches: Mapping[str, Search], known: Background | None
) -> Finding:
    """The worst of what the language versions of the text state."""
    each = {
        language: _marked(element, notice, language, known)
        if notice.passages
        else _seen(element, searches.get(language), known)
        for language in sorted(notice.text)
    }
    if not each:
        return Finding(element=element, status=Status.MISSING, why=NOT_STATED, cure=cure(element, known))
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


@dataclass(frozen=True, slots=True)
class _Found:
    """What one language version states of an element, and why that does not suffice."""

    status: Status
    words: str = ""
    why: Said = NOTHING_SAID
    by_pattern: bool = False


def _marked(element: Element, notice: Notice, language: str, known: Background | None) -> _Found:
    """What the marked passages state: none of them may be empty or contradict the case."""
    passages = [passage for passage in _passages(element, notice) if language in passage.text]
    if not passages:
        return _Found(Status.MISSING, why=NOT_STATED)
    doubts = [_doubt(element, passage, known) for passage in passages]
    vague = next((index for index, doubt in enumerate(doubts) if doubt), None)
    if vague is None:
        return _Found(Status.PRESENT, passages[0].text[language])
    return _Found(Status.TOO_VAGUE, passages[vague].text[language], doubts[vague])


def _passages(element: Element, notice: Notice) -> tuple[Passage, ...]:
    """What states an element. Who acted of its own motion has said that no third party's notice led to it."""
    marked = notice.of(element)
    if element is Element.THIRD_PARTY_NOTICES and not marked:
        return tuple(p for p in notice.of(Element.SOURCE) if not lacks(element, p.pointer))
    return marked


def _doubt(element: Element, passage: Passage, known: Background | None) -> Said:
    """Why a passage points to nothing that holds."""
    empty = lacks(element, passage.pointer)
    return empty if empty or known is None else contradicts(element, passage.pointer, known)


def _seen(element: Element, search: Search | None, known: Background | None) -> _Found:
    """What the patterns find in a text without marks. A ground that is cited must be one that exists."""
    if search is None:
        return _Found(Status.MISSING, why=NOT_SEARCHED)
    sightings = search.sightings(element)
    if not sightings:
        return _Found(Status.MISSING, why=NOT_STATED)
    if element is Element.GROUND and known is not None:
        sightings = sorted(_against_the_rules(sightings, known), key=lambda sighting: bool(sighting.lacks))
    best = sightings[0]
    return _Found(
        Status.TOO_VAGUE if best.lacks else Status.PRESENT, best.sentence, best.lacks, by_pattern=True
    )


def _against_the_rules(sightings: Iterable[Sighting], known: Background) -> Iterable[Sighting]:
    for sighting in sightings:
        cited = {rule for rule in known.rules if _cites(sighting.sentence, known.rules[rule])}
        if not sighting.lacks and not cited:
            yield replace(sighting, lacks=NO_SUCH_CLAUSE)
        elif not sighting.lacks and known.met and not cited & known.met:
            yield replace(sighting, lacks=NOT_THAT_CLAUSE)
        else:
            yield sighting


def _cites(sentence: str, rule: Rule) -> bool:
    """Whether a sentence holds the id of a rule, its clause, or a part of the law that it cites."""
    parts = [part.strip() for part in rule.ground.clause.split(";")]
    return any(_holds(sentence, part) for part in (str(rule.id), *parts))


def _holds(sentence: str, part: str) -> bool:
    """Whether a part stands in a sentence by itself: clause 2.1 is neither 12.1 nor 2.10 nor 2.1.3."""
    alone = r"(^|[^\pL\pN.]|[^\pN]\.)" + re2.escape(part) + r"($|[^\pL\pN.]|\.($|[^\pL\pN]))"
    return bool(part) and re2.search(alone, sentence) is not None


# --- items of the law ---


def _rests_on_law(notice: Notice, searches: Mapping[str, Search]) -> bool:
    """Whether the notice says that content is illegal (Art. 17(3)(d)), or contrary to the terms (e)."""
    if notice.passages:
        return any(passage.pointer.law for passage in notice.of(Element.GROUND))
    return any(search.alleges_illegality for search in searches.values())


def _item(requirement: Requirement, notice: Notice, found: dict[Element, Finding], *, illegal: bool) -> Item:
    findings = tuple(found[element] for element in requirement.elements)
    if requirement is (TERMS if illegal else LAW) or (requirement is P2B and not notice.p2b):
        return Item(requirement=requirement, status=Status.NOT_APPLICABLE, findings=())
    if requirement is PRECISION:
        return _precision(found)
    return Item(
        requirement=requirement, status=_status(findings), findings=findings, cures=tuple(_cures(findings))
    )


def _status(findings: tuple[Finding, ...]) -> Status:
    """That of the first element, on which the others hang, where it is a defect; else the worst of the others."""
    first, *others = (finding.status for finding in findings)
    return first if first.is_defect else min((first, *others), key=_WORST_FIRST.index)


def _precision(found: dict[Element, Finding]) -> Item:
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
