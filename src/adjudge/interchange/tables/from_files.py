"""Parties, documents and claims that were read from a folder, in the words in which an institution keeps them.

So one writer of cells serves both, and the same words give the same bytes. Nothing here reads a file.
"""

from collections.abc import Mapping

from adjudge.basis.instant import FIRST
from adjudge.basis.reading.json_text import Plain
from adjudge.evidence.case import NameVariant, Party
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim, NoOther
from adjudge.facts.value import exchange_value
from adjudge.records.rows import ClaimRow, DocumentRow


def subject_content(party: Party) -> dict[str, Plain]:
    """A party, as under `subjects` of a case file."""
    return _said(
        {
            "title": dict(party.title),
            "names": [_name(name) for name in party.names],
            "hypothetical": party.hypothetical,
            "note": dict(party.note),
            "domains": list(party.domains),
            "creative": party.creative,
            "landing": party.landing,
        }
    )


def _name(name: NameVariant) -> Plain:
    return _said(
        {
            "text": name.text,
            "script": name.script,
            "language": name.language,
            "status": "verified" if name.verified else "unverified",
            "person": name.person.value if name.person is not None else None,
            "note": dict(name.note),
        }
    )


def document_row(document: Document) -> DocumentRow:
    """A document; of its bytes and of who received them a folder says nothing."""
    content = _said(
        {
            "kind": document.kind,
            "title": document.title,
            "publisher": document.publisher,
            "published": str(document.published) if document.published is not None else None,
            "precision": document.precision.value,
            "language": document.language,
            "status": document.status.value,
            "sources": list(document.sources),
            "summary": dict(document.summary),
            "note": dict(document.note),
        }
    )
    return DocumentRow(id=document.id, advertiser="", content=content, received_at=FIRST)


def claim_row(claim: Claim) -> ClaimRow:
    """A claim."""
    is_none = isinstance(claim.value, NoOther)
    content = _said(
        {
            "fact": str(claim.fact),
            "stance": claim.stance.value,
            "origin": str(claim.origin),
            "none": is_none,
            "holds_from": str(claim.holds.start) if claim.holds.start is not None else None,
            "holds_to": str(claim.holds.end) if claim.holds.end is not None else None,
            "place": claim.place,
            "note": dict(claim.note),
            "weight_reason": dict(claim.weight_reason),
        }
    )
    if not isinstance(claim.value, NoOther):
        content["value"] = exchange_value(claim.value)  # type: ignore[assignment]  # a tree of the same kind
    return ClaimRow(
        id=claim.id,
        subject=claim.subject,
        advertiser="",
        content=content,
        weight=claim.weight,
        document=str(claim.document or ""),
        recorded_at=claim.recorded_at,
        withdrawn_at=claim.withdrawn_at,
    )


def _said(tree: Mapping[str, Plain]) -> dict[str, Plain]:
    """Without what says nothing."""
    return {key: value for key, value in tree.items() if value not in (None, "", False, {}, [])}
