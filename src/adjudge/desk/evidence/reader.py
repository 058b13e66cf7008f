"""The page on which a document is read: its text with the passages of claims, what was read in it, and a form for more.

The file as it came in has an address of its own. Members of an advertiser see the document and its text alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.answers.claims import ClaimView, claim_view, document_view
from adjudge.answers.decision.measures import headline
from adjudge.answers.words import VERDICTS, pair_text
from adjudge.basis.said import Said
from adjudge.desk.evidence.claim_form import ClaimForm, asked_for
from adjudge.desk.evidence.shown import Shown, shown
from adjudge.desk.frame.acting import FRESH, Forms
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.meanings import SECTIONS
from adjudge.evidence.words import WEIGHTS
from adjudge.institution.reading.document import DocumentReading, document_reading
from adjudge.institution.reading.listing import names_of, titles
from adjudge.institution.reading.supposing import Supposition, Titles
from adjudge.outcome import RuleOutcome
from adjudge.people.act import Act
from adjudge.records.rows import ClaimRow
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim read in the document. `view` is None where the version asked does not know its fact.

    `address` leads to its passage, empty where the text has none; `paragraph` is that passage's. `by` is the claim that
    stands in its place since it was discounted.
    """

    number: int
    row: ClaimRow
    view: ClaimView | None
    address: str
    paragraph: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule that would change, in words."""

    title: str
    before: str
    after: str
    before_pair: str
    after_pair: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A subject of whom something else would be found, in words."""

    subject: str
    before: str
    after: str
    rules: tuple[RuleLine, ...]


_CARRIES: Mapping[int, Said] = {
    int(weight): meaning.texts[0]
    for section in SECTIONS
    if section.name == "weight"
    for weight, meaning in section.meanings.items()
    if weight != "0"
}
"""What each weight takes, in the words of the glossary."""


def reader_page(
    visit: Visit,
    document_id: str,
    forms: Forms = FRESH,
    *,
    form: ClaimForm | None = None,
    tried: Sequence[Supposition] | None = None,
) -> HttpResponseBase:
    """A document with its text, its claims, and the form for a further one as it stands."""
    policy = visit.sent("policy") or visit.asked("policy")
    reading = document_reading(visit.house, visit.actor, document_id, policy=policy)
    text = shown(reading, visit.asked("page"))
    told = {
        **_told(visit, reading, text),
        **claim_told(visit, reading, form or asked_for(visit, reading), tried),
    }
    return show(visit, "evidence/read.html", status=forms.status, forms=forms, **told)


def _told(visit: Visit, reading: DocumentReading, text: Shown) -> dict[str, Any]:
    """What the page shows beside the form."""
    row, tongue = reading.row, visit.tongue
    sender = reading.received.actor.partition(":")[2] if reading.received is not None else ""
    lines = claim_lines(reading, text, tongue, reverse("read_document", args=[row.id]))
    return {
        "text": text,
        "document": document_view(reading.document, tongue) if reading.document is not None else None,
        "language_of": reading.document.language if reading.document is not None else "",
        "lines": lines,
        "numbers": {line.row.id: line.number for line in lines},
        "names": names_of(visit.house, [row.advertiser, sender, *(line.row.subject for line in lines)]),
        "sender": sender,
        "is_member": bool(visit.actor.advertiser),
        "may_discount": visit.may(Act.DISCOUNT, row.advertiser),
        "may_withdraw": visit.may(Act.WITHDRAW_CLAIM, row.advertiser),
    }


def claim_told(
    visit: Visit, reading: DocumentReading, form: ClaimForm, tried: Sequence[Supposition] | None
) -> dict[str, Any]:
    """What the form shows, which is asked for by itself too."""
    may_claim = not visit.actor.advertiser and visit.may(Act.RECORD_CLAIM, reading.row.advertiser)
    subjects = {row.id: titles(row) for row in reading.subjects}
    return {
        "reading": reading,
        "row": reading.row,
        "form": form,
        "may_claim": may_claim and reading.row.expunged_at is None,
        "may_try": visit.may(Act.ASK),
        "facts": reading.vocabulary.facts,
        "kind_of_fact": _kind_text(form),
        "subjects_named": _of_kind(reading, form, subjects),
        "weights": WEIGHTS,
        "carries": _CARRIES,
        "tried": tried,
        "changes": [] if tried is None else [change_lines(item, subjects, visit.tongue) for item in tried],
    }


def _kind_text(form: ClaimForm) -> str:
    return str(form.fact.type) if form.fact is not None else ""


def _of_kind(
    reading: DocumentReading, form: ClaimForm, subjects: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    """Those whom a fact can be about: an advertiser's fact is about no ad."""
    if form.fact is None:
        return subjects
    return {row.id: subjects[row.id] for row in reading.subjects if row.kind == form.fact.kind.value}


def claim_lines(reading: DocumentReading, text: Shown, tongue: Tongue, address: str) -> Sequence[ClaimLine]:
    """The claims in the order of their passages, those without one behind, in the order of their recording."""
    known = {str(claim.id): claim for claim in reading.case.claims}
    after = {row.replaces: row.id for row in reading.claims if row.replaces}
    ordered = sorted(
        reading.claims,
        key=lambda row: (row.id not in text.at, text.at.get(row.id, (0, 0)), row.recorded_at, row.id),
    )
    return [
        ClaimLine(
            number=number,
            row=row,
            view=claim_view(known[row.id], reading.case, tongue) if row.id in known else None,
            address=_passage_at(address, text, row.id),
            paragraph=text.at.get(row.id, (0, 0))[1],
            by=after.get(row.id, ""),
        )
        for number, row in enumerate(ordered, start=1)
    ]


def _passage_at(address: str, text: Shown, claim: str) -> str:
    if claim not in text.at:
        return ""
    page, paragraph = text.at[claim]
    asked = f"{address}?page={page}" if page != text.number else ""
    return f"{asked}#p-{paragraph}"


def change_lines(
    item: Supposition, subjects: Mapping[str, Mapping[str, str]], tongue: Tongue
) -> Sequence[ChangeLine]:
    """What would change in one matter, in words."""
    return [
        ChangeLine(
            subject=tongue.text(subjects.get(change.subject, {})) or change.subject,
            before=tongue.of(headline(change.before)),
            after=tongue.of(headline(change.after)),
            rules=tuple(
                RuleLine(
                    title=_title(item.titles, rule.rule, tongue),
                    before=_verdict(rule.before, tongue),
                    after=_verdict(rule.after, tongue),
                    before_pair=_pair(rule.before, tongue),
                    after_pair=_pair(rule.after, tongue),
                )
                for rule in change.rules
            ),
        )
        for change in item.changes
    ]


def _title(named: Titles, rule: str, tongue: Tongue) -> str:
    return tongue.text(named.get(rule, {})) or rule


def _verdict(outcome: RuleOutcome | None, tongue: Tongue) -> str:
    """What was found of a rule; empty where it does not apply."""
    return tongue.of(VERDICTS[outcome.verdict]) if outcome is not None else ""


def _pair(outcome: RuleOutcome | None, tongue: Tongue) -> str:
    return pair_text(outcome.pair, tongue) if outcome is not None else ""
