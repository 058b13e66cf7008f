"""What is on record of a matter, all of it or in portions: an advertiser may have very many ads, and much beside them.

Not what is found of them. Counts are those of everything, however little is shown.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from adjudge.answers.answer import SubjectAnswer
from adjudge.institution.hearing.appeal import DECIDED
from adjudge.institution.record.log import OPEN_TO_MEMBERS
from adjudge.ledger.entry import Entry
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import ClaimRow, DecisionRow, DocumentRow, MatterRow, SubjectRow
from adjudge.records.shelf import CLAIMS, DECISIONS, DOCUMENTS, SUBJECTS

MOST_BESIDE = 12
"""Subjects that are named beside the one whose sheet it is."""
READ_AT_ONCE = 500
"""Subjects that are read at once by whoever looks for some of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which portion of a matter is wanted: subjects after one, whose id or title has what is `named`; pages by number.

    At most `subjects`, `rows` decisions and documents each, and `entries` are shown. `only` is the one subject that is
    wanted, where it is one.
    """

    subjects: int
    rows: int
    entries: int
    after: str = ""
    named: str = ""
    only: str = ""
    decisions: int = 1
    documents: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is in all. `next` is the subject after which there are further ones; empty without any."""

    subjects: int
    decisions: int
    documents: int
    entries: int
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is shown of a matter. `about` are the subjects of which something is to be found, None for all of them.

    `about_them` are the decisions about the subjects that are shown, also those of other matters.
    """

    subjects: Sequence[SubjectRow]
    claims: Sequence[ClaimRow]
    documents: Sequence[DocumentRow]
    decisions: Sequence[DecisionRow]
    about_them: Sequence[DecisionRow]
    entries: Sequence[Entry]
    counts: Counts
    about: Collection[str] | None = field(default=None)

    def of(self, found: tuple[SubjectAnswer, ...]) -> tuple[SubjectAnswer, ...]:
        """What is found of the subjects that are shown."""
        shown = {row.id for row in self.subjects}
        return tuple(item for item in found if str(item.outcome.subject) in shown)


def material_of(records: Reading, row: MatterRow, actor: Actor, shown: Shown | None) -> Material:
    """What its reader is told of a matter: a portion of it, or all."""
    return _all_of(records, row, actor) if shown is None else _portion_of(records, row, actor, shown)


def _all_of(records: Reading, row: MatterRow, actor: Actor) -> Material:
    """All that is on record of a matter and that its reader is told of."""
    decided = records.find(DECISIONS, advertiser=row.advertiser)
    decisions = [item for item in decided if item.matter == row.id and is_told(item, actor)]
    subjects = records.find(SUBJECTS, advertiser=row.advertiser)
    documents = records.find(DOCUMENTS, advertiser=row.advertiser)
    about = [row.id, *(item.id for item in decisions)]
    kinds = _kinds(actor)
    size = records.count_entries_about(about, kinds)
    return Material(
        subjects=subjects,
        claims=records.find(CLAIMS, advertiser=row.advertiser),
        documents=documents,
        decisions=decisions,
        about_them=decided,
        entries=records.entries_about(about, size, kinds),
        counts=Counts(
            subjects=len(subjects), decisions=len(decisions), documents=len(documents), entries=size
        ),
    )


def _portion_of(records: Reading, row: MatterRow, actor: Actor, shown: Shown) -> Material:
    """A portion of it."""
    counted = records.count(SUBJECTS, advertiser=row.advertiser)
    if shown.only:
        subjects, further = _only(records, row, shown.only), ""
    elif actor.advertiser:
        subjects, further = _decided_subjects(records, row, shown)
    else:
        subjects, further = _subjects(records, row, shown)
    ids = [item.id for item in subjects]
    about_them = records.find_any(DECISIONS, "subject", ids)
    states = sorted(DECIDED) if actor.advertiser else None
    among = {} if states is None else {"state": states}
    decided = records.get_many(
        DECISIONS,
        records.newest(
            DECISIONS, start=_start(shown.decisions, shown), most=shown.rows, among=among, matter=row.id
        ),
    )
    documents = records.get_many(
        DOCUMENTS,
        records.newest(
            DOCUMENTS, start=_start(shown.documents, shown), most=shown.rows, advertiser=row.advertiser
        ),
    )
    theirs = (item for item in about_them if item.matter == row.id and is_told(item, actor))
    about = list(dict.fromkeys([row.id, *decided, *(item.id for item in theirs)]))
    kinds = _kinds(actor)
    return Material(
        subjects=subjects,
        claims=records.find_any(CLAIMS, "subject", [*ids, row.advertiser]),
        documents=[documents[key] for key in sorted(documents)],
        decisions=[decided[key] for key in sorted(decided)],
        about_them=[item for item in about_them if item.advertiser == row.advertiser],
        entries=records.entries_about(about, shown.entries, kinds),
        counts=Counts(
            subjects=counted,
            decisions=_count(records, row, states),
            documents=records.count(DOCUMENTS, advertiser=row.advertiser),
            entries=records.count_entries_about(about, kinds),
            next=further,
        ),
        about=ids,
    )


def is_told(row: DecisionRow, actor: Actor) -> bool:
    """Whether somebody is told of a decision: an advertiser of those that were issued."""
    return row.issued_at is not None or not actor.advertiser


def _kinds(actor: Actor) -> Sequence[str] | None:
    """The kinds of entries that somebody is told of; all of them for who works here."""
    return sorted(OPEN_TO_MEMBERS) if actor.advertiser else None


def _start(page: int, shown: Shown) -> int:
    return (max(1, page) - 1) * shown.rows


def _count(records: Reading, row: MatterRow, states: Iterable[str] | None) -> int:
    """How many decisions of a matter there are, in some states."""
    if states is None:
        return records.count(DECISIONS, matter=row.id)
    return sum(records.count(DECISIONS, matter=row.id, state=state) for state in states)


# --- subjects ---


def _only(records: Reading, row: MatterRow, subject: str) -> Sequence[SubjectRow]:
    found = records.get(SUBJECTS, subject)
    return [found] if found is not None and found.advertiser == row.advertiser else []


def _subjects(records: Reading, row: MatterRow, shown: Shown) -> tuple[Sequence[SubjectRow], str]:
    """Subjects in the order of their ids, and after which there are further ones."""
    wanted, found, last = _plain(shown.named), list[SubjectRow](), shown.after
    while len(found) <= shown.subjects:
        size = READ_AT_ONCE if wanted else shown.subjects + 1
        rows = records.find(SUBJECTS, after=last, most=size, advertiser=row.advertiser)
        found += [item for item in rows if wanted in _words(item)]
        if len(rows) < size:
            break
        last = rows[-1].id
    return _cut(found, shown)


def _decided_subjects(records: Reading, row: MatterRow, shown: Shown) -> tuple[Sequence[SubjectRow], str]:
    """The same of those alone about whom something was decided: an advertiser is told of no others."""
    decided = {
        item["subject"]
        for item in records.listed(DECISIONS, advertiser=row.advertiser)
        if item["state"] in DECIDED
    }
    wanted, found = _plain(shown.named), list[SubjectRow]()
    ids = sorted(key for key in decided if key > shown.after)
    size = READ_AT_ONCE if wanted else shown.subjects + 1
    for start in range(0, len(ids), size):
        rows = records.get_many(SUBJECTS, ids[start : start + size])
        found += [rows[key] for key in sorted(rows) if wanted in _words(rows[key])]
        if len(found) > shown.subjects:
            break
    return _cut(found, shown)


def _cut(found: Sequence[SubjectRow], shown: Shown) -> tuple[Sequence[SubjectRow], str]:
    rows = found[: shown.subjects]
    return rows, rows[-1].id if len(found) > shown.subjects else ""


def _plain(text: str) -> str:
    return text.casefold().strip()


def _words(row: SubjectRow) -> str:
    """All that a subject is called."""
    title = row.content.get("title")
    titles = title.values() if isinstance(title, dict) else ()
    return _plain(" ".join((row.id, *map(str, titles))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Siblings:
    """Some subjects of an advertiser, ordered by id; `count` says how many it has in all."""

    rows: Sequence[SubjectRow]
    count: int

    @property
    def is_all(self) -> bool:
        """Whether there are no others."""
        return len(self.rows) == self.count


def siblings_of(records: Reading, subject: SubjectRow) -> Siblings:
    """Those that are named beside a subject: all, or, of many, the advertiser, itself and those that follow it."""
    count = records.count(SUBJECTS, advertiser=subject.advertiser)
    if count <= MOST_BESIDE:
        return Siblings(rows=records.find(SUBJECTS, advertiser=subject.advertiser), count=count)
    owner = records.get(SUBJECTS, subject.advertiser)
    first = [row for row in (owner, subject) if row is not None]
    after = records.find(SUBJECTS, after=subject.id, most=MOST_BESIDE, advertiser=subject.advertiser)
    rows = {row.id: row for row in (*first, *after)}
    return Siblings(rows=tuple(rows.values())[:MOST_BESIDE], count=count)
