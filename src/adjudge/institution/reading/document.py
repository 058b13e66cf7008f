"""A document as it is read: what is said of it, its bytes, what claims were read in it, what else has the same origin.

Members of an advertiser read the documents about it: what others have read in them is not told to them here. Of
advertisers with very many claims the first ones are looked at, and it is said where there are more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.errors import NotFoundError
from adjudge.evidence.case import Case
from adjudge.evidence.case_reader import read_documents
from adjudge.evidence.document import Document
from adjudge.facts.vocabulary import NO_VOCABULARY, Vocabulary
from adjudge.institution.house import House, time_of
from adjudge.institution.material.claims import claims_of
from adjudge.institution.material.documents import fetch
from adjudge.institution.material.view import case_of
from adjudge.institution.reading.engines import compiled
from adjudge.institution.reading.material import read_document
from adjudge.institution.versions import applying_now, version_at
from adjudge.ledger.entry import Entry
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import ClaimRow, DocumentRow, MatterRow, SubjectRow
from adjudge.records.shelf import CLAIMS, DOCUMENTS, MATTERS, SUBJECTS

MOST_CLAIMS = 200
"""Claims read in one document that are shown."""
MOST_BESIDE = 1_000
"""Claims of the advertiser that are looked at for those of the same origin."""
MOST_SUBJECTS = 300
"""Subjects among which one can choose; beyond, the id is typed."""
MOST_MATTERS = 50
RECEIVED = "document:received"


@dataclass(frozen=True, slots=True)
class SameOrigin:
    """Another document in which something of the same origin was read."""

    row: DocumentRow
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """A document as somebody reads it. `document` is None where what is said of it can no longer be read.

    `received` is the entry by which it came in, None where it came with a case or a file of data. `policy` is the one
    whose vocabulary the claims are read by, of `policies`; empty where none is in force. What is said of claims is
    empty for members of an advertiser.
    """

    row: DocumentRow
    document: Document | None
    received: Entry | None
    content: bytes | None
    policy: str
    policies: Sequence[str] = ()
    vocabulary: Vocabulary = NO_VOCABULARY
    case: Case
    claims: Sequence[ClaimRow] = ()
    more_claims: bool = False
    same_origin: Sequence[SameOrigin] = ()
    origins: Sequence[str] = ()
    """Origins that are known of the advertiser, those of this document first."""
    subjects: Sequence[SubjectRow] = ()
    more_subjects: bool = False
    matters: Sequence[MatterRow] = ()


def document_reading(
    house: House, actor: Actor, document_id: str, *, policy: str = "", content: bool = True
) -> DocumentReading:
    """A document, with its bytes where they are asked for. Raises NotFoundError."""
    row = read_document(house, actor, document_id)
    found = _bytes(house, actor, row) if content else None
    at = time_of(house)
    with house.records.reading() as records:
        matters = (
            records.find(MATTERS, advertiser=row.advertiser, most=MOST_MATTERS) if row.advertiser else ()
        )
        if actor.advertiser:
            bare = _bare(row, found)
            return replace(bare, matters=matters)
        policies = _in_force(records, at)
        chosen = next((name for name in (policy, *_policies_of(matters), *policies) if name in policies), "")
        vocabulary = _vocabulary(records, chosen, at)
        claims = records.find(CLAIMS, document=row.id, most=MOST_CLAIMS + 1)
        beside = _beside(records, row, claims)
        subjects = (
            records.find(SUBJECTS, advertiser=row.advertiser, most=MOST_SUBJECTS + 1)
            if row.advertiser
            else ()
        )
        return replace(
            _bare(row, found),
            received=next((entry for entry in records.entries_of(row.id) if entry.kind == RECEIVED), None),
            policy=chosen,
            policies=policies,
            vocabulary=vocabulary,
            case=_case(row, claims[:MOST_CLAIMS], vocabulary),
            claims=claims[:MOST_CLAIMS],
            more_claims=len(claims) > MOST_CLAIMS,
            same_origin=_same_origin(records, row, claims, beside),
            origins=tuple(dict.fromkeys(str(claim.content.get("origin")) for claim in (*claims, *beside))),
            subjects=subjects[:MOST_SUBJECTS],
            more_subjects=len(subjects) > MOST_SUBJECTS,
            matters=matters,
        )


def _bytes(house: House, actor: Actor, row: DocumentRow) -> bytes | None:
    """The bytes as they came in; None where there are none."""
    if not row.blob or row.expunged_at is not None:
        return None
    try:
        return fetch(house, actor, row.id)[1]
    except NotFoundError:
        return None


def _bare(row: DocumentRow, content: bytes | None) -> DocumentReading:
    """What everybody who may read the document is told."""
    return DocumentReading(
        row=row,
        document=_described(row),
        received=None,
        content=content,
        policy="",
        case=_case(row, (), NO_VOCABULARY),
    )


def _described(row: DocumentRow) -> Document | None:
    found = read_documents(node_of({"documents": [row.content]}, "documents"), ProblemLog())
    return next(iter(found.values()), None)


def _case(row: DocumentRow, claims: Sequence[ClaimRow], vocabulary: Vocabulary) -> Case:
    """The claims that the vocabulary can read, with their document, as pages of answers show them."""
    document = _described(row)
    case = case_of(row.id, "", (), claims_of(claims, vocabulary, ProblemLog()))
    return replace(case, documents={document.id: document} if document is not None else {})


def _in_force(records: Reading, at: Instant) -> Sequence[str]:
    """Policies of which a version applies."""
    return list(applying_now(records, at))


def _policies_of(matters: Sequence[MatterRow]) -> Sequence[str]:
    return [row.policy for row in sorted(matters, key=lambda row: (row.state.value == "closed", row.id))]


def _vocabulary(records: Reading, policy: str, at: Instant) -> Vocabulary:
    applying = version_at(records, policy, at) if policy else None
    return compiled(records, applying.id).package.vocabulary if applying is not None else NO_VOCABULARY


def _beside(records: Reading, row: DocumentRow, claims: Sequence[ClaimRow]) -> Sequence[ClaimRow]:
    """Claims of the same advertisers that were read elsewhere; of a document about several, of those read in it."""
    whose = sorted({row.advertiser, *(claim.advertiser for claim in claims)} - {""})
    found: list[ClaimRow] = []
    for advertiser in whose:
        left = MOST_BESIDE - len(found)
        if left > 0:
            found += records.find(CLAIMS, advertiser=advertiser, most=left)
    return [claim for claim in found if claim.document != row.id]


def _same_origin(
    records: Reading, row: DocumentRow, claims: Sequence[ClaimRow], beside: Sequence[ClaimRow]
) -> Sequence[SameOrigin]:
    own = {str(claim.content.get("origin")) for claim in claims}
    shared: dict[str, set[str]] = {}
    for claim in beside:
        if str(claim.content.get("origin")) in own and claim.document:
            shared.setdefault(claim.document, set()).add(str(claim.content.get("origin")))
    rows = records.get_many(DOCUMENTS, sorted(shared.keys() - {row.id}))
    return [SameOrigin(rows[key], tuple(sorted(shared[key]))) for key in sorted(rows)]
