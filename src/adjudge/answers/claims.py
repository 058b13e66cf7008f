"""Claims and documents as people read them: what is said, how heavily, by whom, where and when."""

from dataclasses import dataclass

from adjudge.answers.dates import holds_text, published_text
from adjudge.answers.words import STATUSES, document_kind_text, weight_text
from adjudge.evidence.case import Case
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim, NoOther, Stance
from adjudge.facts.value import Record, Value, value_text
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim."""

    id: str
    fact: str
    says: str
    denied: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    """The fields of a record, for forms that can set them apart; `says` has them on one line."""
    weight: str
    weight_reason: str
    origin: str
    document: str
    source: str
    status: str
    place: str
    recorded: str
    holds: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One document."""

    id: str
    title: str
    publisher: str
    published: str
    kind: str
    status: str
    summary: str
    note: str
    sources: tuple[str, ...]


def claim_view(claim: Claim, case: Case, tongue: Tongue) -> ClaimView:
    """What to show of a claim."""
    document = case.documents.get(claim.document) if claim.document else None
    return ClaimView(
        id=claim.id,
        fact=claim.fact,
        says=says_text(claim, tongue),
        denied=claim.stance is Stance.DENIES,
        fields=_field_texts(claim.value),
        weight=weight_text(claim.weight, tongue),
        weight_reason=tongue.text(claim.weight_reason),
        origin=claim.origin,
        document=claim.document or "",
        source=f"{document.title} ({document.publisher}, {published_text(document, tongue)})"
        if document
        else claim.origin,
        status=tongue.of(STATUSES[document.status]) if document else "",
        place=claim.place,
        recorded=tongue.day(claim.recorded_at),
        holds=holds_text(claim.holds, tongue),
        note=tongue.text(claim.note),
    )


def document_view(document: Document, tongue: Tongue) -> DocumentView:
    """What to show of a document."""
    return DocumentView(
        id=document.id,
        title=document.title,
        publisher=document.publisher,
        published=published_text(document, tongue),
        kind=document_kind_text(document.kind, tongue),
        status=tongue.of(STATUSES[document.status]),
        summary=tongue.text(document.summary),
        note=tongue.text(document.note),
        sources=document.sources,
    )


def says_text(claim: Claim, tongue: Tongue) -> str:
    """What a claim says of its fact: `= US`, `is not US`, `no other value`. Values stay as the language has them."""
    if isinstance(claim.value, NoOther):
        return tongue("no other value than those asserted")
    value = value_text(claim.value)
    return f"= {value}" if claim.stance is Stance.ASSERTS else tongue("is not {value}", value=value)


def _field_texts(value: Value | NoOther) -> tuple[tuple[str, str], ...]:
    fields = value.fields if isinstance(value, Record) else ()
    return tuple((name, value_text(item)) for name, item in fields)
