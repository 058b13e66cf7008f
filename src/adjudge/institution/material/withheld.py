"""What is read of a third party's notice by the advertiser whom it is about: what it says, and not by whom.

DSA Art. 17(3)(b): the identity of the notifier is told only where strictly necessary.
"""

from collections.abc import Collection
from dataclasses import replace

from adjudge.basis.said import say
from adjudge.evidence.case import Case
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import ClaimRow, DocumentRow
from adjudge.records.shelf import CLAIMS, MATTERS

BY_A_THIRD_PARTY = say("A notice of a third party")
_OF_A_NOTICE = frozenset({"place", "note", "weight_reason"})


def of_notifiers(records: Reading, advertiser: str) -> frozenset[str]:
    """The documents by which somebody notified us of an advertiser, in whatever matter."""
    notified = {claim for row in records.find(MATTERS, advertiser=advertiser) for claim in row.notified}
    found = records.get_many(CLAIMS, sorted(notified))
    return frozenset(row.document for row in found.values() if row.document)


def told_without_words(records: Reading, advertiser: str) -> frozenset[str]:
    """Ids of those documents and of what was claimed from them: their receipts go without the sealed words."""
    documents = of_notifiers(records, advertiser)
    claims = (row.id for document in sorted(documents) for row in records.find(CLAIMS, document=document))
    return documents.union(claims)


def refuse_of_notifier(records: Reading, actor: Actor, row: DocumentRow) -> None:
    """Raise NotFoundError where an advertiser asks for a document by which somebody notified us of it."""
    if actor.advertiser and row.id in of_notifiers(records, actor.advertiser):
        raise not_found()


def as_read(row: DocumentRow, hidden: Collection[str]) -> DocumentRow:
    """A document as an advertiser has it: of a notice of a third party that there is one, and when it came."""
    if row.id not in hidden:
        return row
    bare = {name: value for name, value in row.content.items() if name != "note"}
    content = {**bare, "title": str(BY_A_THIRD_PARTY), "publisher": "–", "sources": [], "summary": {}}
    return replace(row, content=content, blob="", file_name="", size=0)


def claim_as_read(row: ClaimRow, hidden: Collection[str]) -> ClaimRow:
    """A claim as an advertiser has it: of one read in a notice of a third party no word of that notice."""
    if row.document not in hidden:
        return row
    kept = {name: value for name, value in row.content.items() if name not in _OF_A_NOTICE}
    return replace(row, content=kept)


def without_notifiers(case: Case, documents: Collection[str], title: str) -> Case:
    """A case in which those documents bear no name: neither of who wrote them, nor of where they can be found."""
    if not documents:
        return case
    kept = {key: _bare(item, title) if key in documents else item for key, item in case.documents.items()}
    return replace(
        case,
        documents=kept,
        claims=tuple(_bare_claim(item) if item.document in documents else item for item in case.claims),
    )


def _bare(document: Document, title: str) -> Document:
    return replace(document, title=title, publisher="–", sources=(), summary={}, note={})


def _bare_claim(claim: Claim) -> Claim:
    return replace(claim, place="", note={}, weight_reason={})
