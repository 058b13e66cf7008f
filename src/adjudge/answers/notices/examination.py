"""An examination as people and programs read it: items with their words, and the short form that `decide` gives."""

from dataclasses import dataclass

from adjudge.basis.said import Said, say
from adjudge.notices.examination import Examination, Finding, Item, Status
from adjudge.notices.requirements import ELEMENTS
from adjudge.tongues.tongue import Tongue

STATUSES: dict[Status, Said] = {
    Status.PRESENT: say("stated"),
    Status.MISSING: say("missing"),
    Status.TOO_VAGUE: say("too vague"),
    Status.NOT_APPLICABLE: say("does not apply"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One element; `said` is all that was found of it. `told` marks one that an earlier item has told in full."""

    said: str
    status: Status
    passage: str
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item of the law. `cures` are those that no earlier item has named."""

    requirement: str
    title: str
    said: str
    status: Status
    status_text: str
    findings: tuple[FindingView, ...]
    cures: tuple[str, ...]
    as_law: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationView:
    """A whole examination. `how` says by what it was found, `standing` what was not yet law.

    `complete` says that nothing was found missing, `proven` that this rests on marks and on a case.
    """

    notice: str
    complete: bool
    proven: bool
    verdict: str
    how: str
    standing: str
    items: tuple[ItemView, ...]


def examination_view(found: Examination, tongue: Tongue) -> ExaminationView:
    """What to show of an examination."""
    told: set[object] = set()
    return ExaminationView(
        notice=found.notice,
        complete=found.complete,
        proven=found.proven,
        verdict=_verdict(found, tongue),
        how=_how(found, tongue),
        standing=_standing(found, tongue),
        items=tuple(_item(item, tongue, told) for item in found.items),
    )


def _verdict(found: Examination, tongue: Tongue) -> str:
    if found.proven:
        return tongue("Complete: as a statement of reasons it may be sent.")
    if found.complete and found.by_pattern:
        return tongue("Nothing was found missing by pattern; that is no proof: mark the passages.")
    if found.complete:
        return tongue("Complete in itself, and not compared with a case: whether it is true is open.")
    return tongue.plural(
        "Refused as a statement of reasons: {count} item is missing or too vague.",
        "Refused as a statement of reasons: {count} items are missing or too vague.",
        len(found.defects),
    )


def _how(found: Examination, tongue: Tongue) -> str:
    if found.by_pattern:
        return tongue(
            "Its author marked no passage, so the text was searched by patterns: they find words, not meaning."
        )
    if found.with_case:
        return tongue(
            "Every passage that its author marked was compared with the case: what it points to, and whether its words "
            "say that. Of what they say can be done, only the codes of facts were compared: numbers, days, names, "
            "parts of records, yes and no were not."
        )
    return tongue(
        "Every passage that its author marked was tested for what it points to, but with no case beside it."
    )


def _standing(found: Examination, tongue: Tongue) -> str:
    early = tuple(
        dict.fromkeys(item.requirement.id.partition("-")[0] for item in found.items if not item.as_law)
    )
    if not early:
        return ""
    return tongue("Kept as a standard, since it was not law on that day: {laws}.", laws=early)


def _item(item: Item, tongue: Tongue, told: set[object]) -> ItemView:
    """One item; what is shown of it is noted in `told`."""
    title, status = item.requirement.title, STATUSES[item.status]
    view = ItemView(
        requirement=item.requirement.id,
        title=tongue.of(title),
        said=tongue(
            "{requirement}: {title}: {status}", requirement=item.requirement.id, title=title, status=status
        ),
        status=item.status,
        status_text=tongue.of(STATUSES[item.status]),
        findings=tuple(_finding(finding, tongue, told=finding.element in told) for finding in item.findings),
        cures=tuple(tongue.of(cure) for cure in item.cures if cure not in told),
        as_law=item.as_law,
    )
    told.update(finding.element for finding in item.findings)
    told.update(item.cures)
    return view


def _finding(found: Finding, tongue: Tongue, *, told: bool) -> FindingView:
    return FindingView(
        said=_said(found, tongue, told=told),
        status=found.status,
        passage=tongue.text(found.passages),
        told=told,
    )


def _said(found: Finding, tongue: Tongue, *, told: bool) -> str:
    """An element, its status, by what it was found, and what is wrong with it."""
    element, status, why = ELEMENTS[found.element], STATUSES[found.status], found.why
    if told:
        return tongue("{element}: {status} (as above)", element=element, status=status)
    if found.by_pattern and why:
        return tongue(
            "{element}: {status} (found by pattern): {why}", element=element, status=status, why=why
        )
    if found.by_pattern:
        return tongue("{element}: {status} (found by pattern)", element=element, status=status)
    if why:
        return tongue("{element}: {status}: {why}", element=element, status=status, why=why)
    return tongue("{element}: {status}", element=element, status=status)


def short_form(found: Examination, tongue: Tongue) -> dict[str, object]:
    """`notice_examination` of an answer: whether it is complete, and each defect with the words that would cure it."""
    defects = [
        {
            "requirement": item.requirement.id,
            "status": item.status.value,
            "cure": " ".join(tongue.of(cure) for cure in item.cures),
        }
        for item in found.defects
    ]
    return {"complete": found.complete, "defects": defects}


def long_form(found: Examination, tongue: Tongue) -> dict[str, object]:
    """Everything that was found, for programs."""
    return {
        "format": "adjudge-examination/1",
        "notice": found.notice,
        "language": tongue.code,
        **short_form(found, tongue),
        "by_pattern": found.by_pattern,
        "with_case": found.with_case,
        "items": [_item_form(item, tongue) for item in found.items],
    }


def _item_form(item: Item, tongue: Tongue) -> dict[str, object]:
    return {
        "requirement": item.requirement.id,
        "title": tongue.of(item.requirement.title),
        "status": item.status.value,
        "as_law": item.as_law,
        "elements": [
            {
                "element": finding.element.value,
                "status": finding.status.value,
                "passages": dict(sorted(finding.passages.items())),
                "languages": list(finding.languages),
                "by_pattern": finding.by_pattern,
                "why": tongue.of(finding.why),
                "cure": tongue.of(finding.cure) if finding.status.is_defect else "",
            }
            for finding in item.findings
        ],
    }
