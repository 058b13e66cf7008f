"""The founding case's advertiser with very many ads, each with claims of its own: rows, without what led to them."""

from dataclasses import replace

from adjudge.institution.house import House
from adjudge.institution.queue.keeping import queued
from adjudge.records.rows import ClaimRow, DocumentRow, SubjectRow
from adjudge.records.shelf import CLAIMS, DOCUMENTS, SUBJECTS

MODEL = "ad-antivirus"
"""The ad of which all others are like."""
PORTION = 2_000


def ad(number: int) -> str:
    """The id of one of them."""
    return f"ad-b{number:06d}"


def fill_ads(house: House, count: int) -> None:
    """So many further ads of the advertiser, each with the claims that the founding case has of its ad."""
    with house.records.reading() as records:
        model = records.get(SUBJECTS, MODEL)
        assert model is not None
        claims = records.find(CLAIMS, subject=MODEL)
        documents = records.get_many(DOCUMENTS, [claims[0].document])
    for start in range(0, count, PORTION):
        numbers = range(start, min(start + PORTION, count))
        with queued(house.records).kept.writing() as writing:
            writing.put_all(SUBJECTS, [_ad(model, number) for number in numbers])
            writing.put_all(CLAIMS, [_claim(claim, number) for number in numbers for claim in claims])
            writing.put_all(
                DOCUMENTS, [_document(row, number) for number in numbers for row in documents.values()]
            )


def _ad(model: SubjectRow, number: int) -> SubjectRow:
    content = {**model.content, "id": ad(number), "title": {"en": f"Ad {number}", "fr": f"Annonce {number}"}}
    return replace(model, id=ad(number), content=content, approvals=())


def _claim(claim: ClaimRow, number: int) -> ClaimRow:
    name = f"{claim.id}-b{number:06d}"
    return replace(
        claim, id=name, subject=ad(number), content={**claim.content, "id": name, "subject": ad(number)}
    )


def _document(row: DocumentRow, number: int) -> DocumentRow:
    name = f"{row.id}-b{number:06d}"
    return replace(row, id=name, content={**row.content, "id": name}, blob="", file_name="", size=0)
