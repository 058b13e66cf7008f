"""Subjects, claims and documents one by one and in lists, for whoever may read the matters that they are about.

Not their bytes: those are fetched from `adjudge.institution.material.documents`.
"""

from collections.abc import Callable, Sequence

from adjudge.institution.house import House
from adjudge.institution.material.withheld import as_read, claim_as_read, of_notifiers
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.rows import ClaimRow, DocumentRow, SubjectRow
from adjudge.records.shelf import CLAIMS, DOCUMENTS, SUBJECTS, R, Shelf

Found = Callable[[str, int], Sequence[R]]
"""Rows after an id, at most so many, in the order of their ids."""


def read_subject(house: House, actor: Actor, subject_id: str) -> SubjectRow:
    """A subject. Raises NotFoundError."""
    row = _get(house, SUBJECTS, subject_id)
    permit(actor, Act.READ_MATTER, row.advertiser)
    return row


def read_claim(house: House, actor: Actor, claim_id: str) -> ClaimRow:
    """A claim, withdrawn or not. Raises NotFoundError."""
    row = _get(house, CLAIMS, claim_id)
    permit(actor, Act.READ_MATTER, row.advertiser)
    with house.records.reading() as records:
        return claim_as_read(
            row, of_notifiers(records, actor.advertiser) if actor.advertiser else frozenset()
        )


def read_document(house: House, actor: Actor, document_id: str) -> DocumentRow:
    """What is said of a document. Raises NotFoundError."""
    row = _get(house, DOCUMENTS, document_id)
    permit(actor, Act.READ_MATTER, row.advertiser)
    with house.records.reading() as records:
        return as_read(row, of_notifiers(records, actor.advertiser) if actor.advertiser else frozenset())


def found_in(house: House, actor: Actor, shelf: Shelf[R], advertiser: str, **equal: str) -> Found[R]:
    """A way to find rows of a shelf by advertiser and other fields, empty ones left out; of members their own alone."""
    whose = advertiser or actor.advertiser
    permit(actor, Act.READ_MATTER, whose)
    where = {name: value for name, value in {"advertiser": whose, **equal}.items() if value}

    def found(after: str, most: int) -> Sequence[R]:
        with house.records.reading() as records:
            return records.find(shelf, after=after, most=most, **where)

    return found


def documents_in(house: House, actor: Actor, advertiser: str) -> Found[DocumentRow]:
    """A way to find documents, as whoever asks may have each."""
    rows = found_in(house, actor, DOCUMENTS, advertiser)

    def found(after: str, most: int) -> Sequence[DocumentRow]:
        with house.records.reading() as records:
            hidden = of_notifiers(records, actor.advertiser) if actor.advertiser else frozenset()
        return [as_read(row, hidden) for row in rows(after, most)]

    return found


def claims_in(house: House, actor: Actor, advertiser: str, **equal: str) -> Found[ClaimRow]:
    """A way to find claims, as whoever asks may have each."""
    rows = found_in(house, actor, CLAIMS, advertiser, **equal)

    def found(after: str, most: int) -> Sequence[ClaimRow]:
        with house.records.reading() as records:
            hidden = of_notifiers(records, actor.advertiser) if actor.advertiser else frozenset()
        return [claim_as_read(row, hidden) for row in rows(after, most)]

    return found


def _get(house: House, shelf: Shelf[R], key: str) -> R:
    with house.records.reading() as records:
        row = records.get(shelf, key)
    if row is None:
        raise not_found()
    return row
