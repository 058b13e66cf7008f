"""Claims and documents as people read them: what is said, how heavily, by whom, where and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from adjudge.answers.dates import day_text, published_text
from adjudge.answers.words import text_in, weight_text
from adjudge.basis.instant import Interval
from adjudge.evidence.case import Case
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim, NoOther, Stance
from adjudge.facts.value import Money, Record, Value, decimal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim."""

    id: str
    fact: str
    says: str
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


def claim_view(claim: Claim, case: Case, language: str) -> ClaimView:
    """What to show of a claim."""
    document = case.documents.get(claim.document) if claim.document else None
    return ClaimView(
        id=claim.id,
        fact=claim.fact,
        says=says_text(claim),
        fields=_field_texts(claim.value),
        weight=weight_text(claim.weight),
        weight_reason=text_in(claim.weight_reason, language),
        origin=claim.origin,
        document=claim.document or "",
        source=f"{document.title} ({document.publisher}, {published_text(document)})"
        if document
        else claim.origin,
        status=document.status.value if document else "",
        place=claim.place,
        recorded=day_text(claim.recorded_at),
        holds=_interval_text(claim.holds),
        note=text_in(claim.note, language),
    )


def document_view(document: Document, language: str) -> DocumentView:
    """What to show of a document."""
    return DocumentView(
        id=document.id,
        title=document.title,
        publisher=document.publisher,
        published=published_text(document),
        kind=document.kind.replace("_", " "),
        status=document.status.value,
        summary=text_in(document.summary, language),
        note=text_in(document.note, language),
        sources=document.sources,
    )


def says_text(claim: Claim) -> str:
    """What a claim says of its fact: `= US`, `is not US`, `no other value`."""
    if isinstance(claim.value, NoOther):
        return "no other value than those asserted"
    sign = "=" if claim.stance is Stance.ASSERTS else "is not"
    return f"{sign} {value_text(claim.value)}"


def value_text(value: Value) -> str:
    """A value on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return decimal_text(value)
        case Money():
            return f"{decimal_text(value.amount)} {value.currency}"
        case Record():
            return _fields_text(value.fields)
        case _:
            return str(value)


def _field_texts(value: Value | NoOther) -> tuple[tuple[str, str], ...]:
    fields = value.fields if isinstance(value, Record) else ()
    return tuple((name, value_text(item)) for name, item in fields)


def _fields_text(fields: Iterable[tuple[str, Value]]) -> str:
    return ", ".join(f"{name}: {value_text(item)}" for name, item in fields)


def _interval_text(interval: Interval) -> str:
    """Half-open, in words; empty where it is unbounded."""
    start = f"from {day_text(interval.start)}" if interval.start else ""
    end = f"until {day_text(interval.end)}" if interval.end else ""
    return " ".join(part for part in (start, end) if part)
