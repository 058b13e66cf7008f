"""The register kept true: at the end of each transaction the lines of all decisions that it bears on are made anew.

The one place where this is done. No act knows of the register: what a transaction wrote says which decisions it
concerns. Lines are of what may be shown alone, so that whoever reads them can show nothing else.
"""

from collections.abc import Iterable, Iterator

from adjudge.institution.register.lines import lines_anew, lines_of
from adjudge.records.ports import Writing
from adjudge.records.rows import SubjectRow
from adjudge.records.shelf import (
    APPEALS,
    CLAIMS,
    CLOCKS,
    DECISIONS,
    DOCUMENTS,
    MEASURES,
    PROCEDURES,
    REGISTER,
    REPLIES,
    SUBJECTS,
    R,
    Shelf,
)

AT_ONCE = 500
"""Lines that one transaction makes anew when terms or a name change.

The others are made anew whenever they are read, until the daily round has kept them so: see `published.look`.
"""


def keep_register(records: Writing) -> None:
    """Make the lines anew of all decisions that this transaction bears on."""
    concerned = set(_concerned(records))
    if not concerned:
        return
    keys = sorted(concerned)
    before = records.get_many(REGISTER, keys)
    lines = lines_anew(records, list(records.get_many(DECISIONS, keys).values()))
    records.put_all(REGISTER, [line for line in lines if before.get(line.id) != line])


def _concerned(records: Writing) -> Iterator[str]:
    touched = records.touched.rows
    for row in _rows(records, DECISIONS):
        yield from filter(None, (row.id, row.supersedes))
    yield from (row.decision for row in _rows(records, MEASURES))
    yield from (row.decision for row in _rows(records, APPEALS))
    yield from (row.decision for row in _rows(records, CLOCKS))
    yield from touched.get(REPLIES.name, ())
    for subject in _rows(records, SUBJECTS):
        if subject.id == subject.advertiser:
            yield from _of_renamed(records, subject)
    for document in _rows(records, DOCUMENTS):
        if document.expunged_at is not None:  # what is left of it may be of no kind any more
            claims = records.find(CLAIMS, document=document.id)
            for advertiser in sorted({claim.advertiser for claim in claims}):
                yield from _first_of(records, advertiser)
    if touched.get(PROCEDURES.name):
        listed = records.listed(REGISTER, most=AT_ONCE + 1)
        if len(listed) <= AT_ONCE:
            yield from (item["id"] for item in listed)


def _of_renamed(records: Writing, subject: SubjectRow) -> Iterator[str]:
    """The decisions about an advertiser, if it is called otherwise now than the first of them says."""
    first = records.find(REGISTER, most=1, advertiser=subject.id)
    if not first:
        return
    row = records.get(DECISIONS, first[0].id)
    now = lines_of(records, [row]) if row is not None else ()
    if not now or now[0] != first[0]:
        yield from _first_of(records, subject.id)


def _first_of(records: Writing, advertiser: str) -> Iterator[str]:
    return (item["id"] for item in records.listed(REGISTER, most=AT_ONCE, advertiser=advertiser))


def _rows(records: Writing, shelf: Shelf[R]) -> Iterable[R]:
    touched = sorted(records.touched.rows.get(shelf.name, ()))
    return records.get_many(shelf, touched).values() if touched else ()
