"""Rows of the institution as the cells of tables, as known at a time: what came later is not said."""

from collections.abc import Mapping, Sequence

from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.reading.json_text import Plain
from adjudge.facts.vocabulary import Vocabulary
from adjudge.interchange.tables.cells import Cells, list_cell, time_cells, tree_cell, truth
from adjudge.interchange.tables.values import value_cells
from adjudge.records.rows import ClaimRow, DecisionRow, DocumentRow, MeasureRow, SpendRow


def subject_cells(subject_id: str, kind: str, advertiser: str, content: Mapping[str, Plain]) -> Cells:
    """A subject, in the words that it had."""
    return {
        "id": subject_id,
        "kind": kind,
        "advertiser": advertiser,
        "title": tree_cell(content.get("title")),
        "names": tree_cell(content.get("names")),
        "hypothetical": truth(content.get("hypothetical") is True),
        "note": tree_cell(content.get("note")),
        "domains": tree_cell(content.get("domains")),
        "creative": _told(content.get("creative")),
        "landing": _told(content.get("landing")),
    }


def document_cells(row: DocumentRow) -> Cells:
    """A document. One that was expunged has no date any more, since what it dated is gone."""
    content = row.content
    published = None if row.expunged_at is not None else _instant(content, "published")
    return {
        "id": row.id,
        "kind": str(content.get("kind")),
        "title": str(content.get("title")),
        "publisher": str(content.get("publisher")),
        "language": str(content.get("language")),
        "precision": "unknown" if published is None else str(content.get("precision")),
        "status": str(content.get("status")),
        "sources": list_cell(content.get("sources") or ()),
        "summary": tree_cell(content.get("summary")),
        **time_cells("published", published),
        "note": None if row.expunged_at is not None else tree_cell(content.get("note")),
    }


def claim_cells(row: ClaimRow, vocabularies: Sequence[Vocabulary], known_at: Instant) -> Cells:
    """A claim. Its value is typed by the first vocabulary that declares its fact."""
    content, withdrawn = row.content, row.withdrawn_at
    vocabulary = next((item for item in vocabularies if content.get("fact") in item.facts), None)
    fact = vocabulary.facts[content["fact"]] if vocabulary is not None else None
    return {
        "id": row.id,
        "subject": row.subject,
        "fact": str(content.get("fact")),
        "stance": str(content.get("stance")),
        "weight": str(row.weight),
        "origin": str(content.get("origin")),
        "document": row.document,
        "none": truth(content.get("none") is True),
        **value_cells(content.get("value"), fact, vocabulary),
        **time_cells("holds_from", _instant(content, "holds_from")),
        **time_cells("holds_to", _instant(content, "holds_to")),
        **time_cells("recorded_at", row.recorded_at),
        **time_cells("withdrawn_at", withdrawn if withdrawn is not None and withdrawn <= known_at else None),
        "place": content.get("place") or None,
        "note": tree_cell(content.get("note")),
        "weight_reason": tree_cell(content.get("weight_reason")),
    }


def spend_cells(row: SpendRow) -> Cells:
    """An amount that was spent."""
    return {
        "id": row.id,
        "subject": row.subject,
        **time_cells("from", row.start),
        **time_cells("to", row.end),
        "amount": row.amount,
        "currency": row.currency,
        **time_cells("recorded_at", row.recorded_at),
    }


def decision_cells(row: DecisionRow, policy: tuple[str, str], *, in_force: bool) -> Cells:
    """A decision; `policy` is its policy and version."""
    return {
        "id": row.id,
        "matter": row.matter,
        "subject": row.subject,
        "policy": policy[0],
        "version": policy[1],
        "package": row.package,
        **time_cells("issued_at", row.issued_at),
        **time_cells("valid_at", row.valid_at),
        **time_cells("known_at", row.known_at),
        "automated": truth(row.automated),
        "supersedes": row.supersedes or None,
        "bound_to": row.bound_to or None,
        "in_force": truth(in_force),
        "rules": list_cell(row.rules),
        "grounds": list_cell(row.grounds),
        "entry": str(row.entry),
    }


def measure_cells(row: MeasureRow, known_at: Instant) -> Cells:
    """A measure."""
    lifted = row.lifted_at if row.lifted_at is not None and row.lifted_at <= known_at else None
    return {
        "id": row.id,
        "decision": row.decision,
        "subject": row.subject,
        "rule": row.rule,
        "kind": row.kind,
        "territories": list_cell(row.territories),
        "all_but": truth(row.all_but),
        "surfaces": list_cell(row.surfaces),
        "surfaces_all_but": truth(row.surfaces_all_but),
        **time_cells("start", row.start),
        **time_cells("end", row.end),
        **time_cells("lifted_at", lifted),
    }


def _told(value: Plain) -> str | None:
    return value if isinstance(value, str) and value else None


def _instant(content: Mapping[str, Plain], key: str) -> Instant | None:
    return parse_instant(str(content.get(key) or ""))
