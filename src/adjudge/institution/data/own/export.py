"""An advertiser's own data: all that is kept of it and that it may see, as one archive in the layout `adjudge-own/1`.

Whoever takes it out, it holds what the advertiser's people may see and no more: it is for them. It is read in portions
and handed on while it is read: what is remembered of each row and file are its id and its digest, and not what it
says. It is never refused to an advertiser, whatever was decided about it. GDPR Art. 15, 20.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import Instant, day_of
from adjudge.institution.data.own.fields import told_form
from adjudge.institution.data.own.readme import readme
from adjudge.institution.data.own.zipped import Zipped
from adjudge.institution.hearing.appeal import as_read, message_as_read
from adjudge.institution.house import House, now
from adjudge.institution.material.withheld import as_read as without_author
from adjudge.institution.material.withheld import claim_as_read, of_notifiers, told_without_words
from adjudge.institution.notifying.contacts import contact_of
from adjudge.institution.reading.hearing import told_clock
from adjudge.institution.reading.overview import as_told
from adjudge.institution.record.log import OPEN_TO_MEMBERS, handed_to_members, receipt_of, sign_now
from adjudge.institution.staff.settling import institution_row
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.receipt import receipt_bytes
from adjudge.ledger.signer import Signer
from adjudge.letters.forms import HTML, JSON, PDF, TEXT
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import ContactRow, DocumentRow, MeasureRow, NoticeRow, NoticeState, Row
from adjudge.records.shelf import (
    APPEALS,
    CLAIMS,
    CLOCKS,
    CONTACTS,
    DECISIONS,
    DELIVERIES,
    DISPUTES,
    DOCUMENTS,
    MATTERS,
    MEASURES,
    MESSAGES,
    MISUSES,
    NOTICES,
    PEOPLE,
    REPLIES,
    SPEND,
    SUBJECTS,
    R,
    Shelf,
)
from adjudge.tongues.tongue import LANGUAGES, tongue_of

LAYOUT = "adjudge-own/1"
MEDIA_TYPE = "application/zip"
PAGE = 200
MANY = 100_000
"""Rows above which a table may have more than 2 GiB."""
_ENDINGS: Mapping[str, str] = {
    HTML: "html",
    TEXT: "txt",
    PDF: "pdf",
    JSON: "json",
    "image/png": "png",
    "image/jpeg": "jpg",
}
_OURS = re.compile(r"[A-Z]-[0-9]{6,}(-[0-9]+)?", re.ASCII)
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+", re.ASCII)
Told = Callable[[R], R | None]


@dataclass(slots=True)
class _Own:
    """An export under way. `reader` is somebody of the advertiser: what is told is what such a person may see."""

    house: House
    records: Reading
    reader: Actor
    signed: SignedCheckpoint
    signer: Signer
    archive: Zipped
    objects: dict[str, None] = field(default_factory=dict)
    """Ids of what was handed out, of which the log may tell."""
    decisions: set[str] = field(default_factory=set)

    @property
    def advertiser(self) -> str:
        return self.reader.advertiser


def own_export(
    house: House, actor: Actor, signer: Signer, advertiser: str, language: str = ""
) -> Iterator[bytes]:
    """The archive in pieces, for the advertiser's people and for administrators. Raises NotFoundError at once.

    `language` is that of its README: by default the one in which the advertiser is written to.
    """
    permit(actor, Act.EXPORT_OWN, advertiser)
    with house.records.reading() as records:
        row = records.get(SUBJECTS, advertiser)
        if row is None or row.advertiser != row.id:
            raise not_found()
        at, contact = now(house, records), contact_of(records, advertiser)
    spoken = next(code for code in (language, contact.language, *LANGUAGES) if code in LANGUAGES)
    reader = Actor(person=actor.person, roles=frozenset({Role.MEMBER}), advertiser=advertiser)
    return _pieces(house, reader, signer, at, spoken, is_member=actor.advertiser == advertiser)


def file_name(advertiser: str) -> str:
    """What to call the archive: nothing of the id that could be more than a name."""
    return f"adjudge-{_NOT_IN_NAMES.sub('-', advertiser)[:60].strip('-') or 'advertiser'}.zip"


def _pieces(
    house: House, reader: Actor, signer: Signer, at: Instant, language: str, *, is_member: bool
) -> Iterator[bytes]:
    signed = sign_now(house, signer)
    with house.records.reading() as records:
        own = _Own(house, records, reader, signed, signer, Zipped(day_of(at)))
        for piece in _written(own, at, language, is_member=is_member):
            if piece:
                yield piece


def _written(own: _Own, at: Instant, language: str, *, is_member: bool) -> Iterator[bytes]:
    yield from own.archive.add("README.txt", [_readme(own, at, language).encode()])
    yield from _rows(own)
    yield from _people(own, is_member=is_member)
    yield from _documents(own)
    yield from _notices(own)
    yield from _receipts(own)
    yield from own.archive.add("manifest.json", [_manifest(own, at).encode()])
    yield from own.archive.end()


def _readme(own: _Own, at: Instant, language: str) -> str:
    tongue = tongue_of(language)
    platform = tongue.text(institution_row(own.records).platform)
    return readme(tongue, platform, own.advertiser, at, own.signer.name)


# --- rows ---


def _rows(own: _Own) -> Iterator[bytes]:
    """Every kind of row, as somebody of the advertiser may have it."""
    reader = own.reader
    yield from _table(own, SUBJECTS, "subjects", _same)
    hidden = of_notifiers(own.records, own.reader.advertiser)
    yield from _table(own, CLAIMS, "claims", lambda row: claim_as_read(row, hidden))
    yield from _table(own, DOCUMENTS, "documents", lambda row: without_author(row, hidden))
    yield from _table(own, SPEND, "spend", _same)
    yield from _table(own, MATTERS, "matters", _same)
    yield from _table(
        own, DECISIONS, "decisions", lambda row: as_told(row, reader) if row.issued_at is not None else None
    )
    yield from _table(own, MEASURES, "measures", lambda row: _if_told(own, row))
    yield from _table(own, NOTICES, "notices", lambda row: row if row.state is NoticeState.MADE else None)
    yield from _table(own, DELIVERIES, "deliveries", _same)
    yield from _table(own, APPEALS, "appeals", lambda row: as_read(row, reader))
    yield from _table(own, MESSAGES, "messages", lambda row: message_as_read(row, reader))
    yield from _table(own, CLOCKS, "clocks", lambda row: told_clock(row, reader))
    yield from _table(own, DISPUTES, "disputes", _same)
    yield from _table(own, MISUSES, "misuses", _same)
    yield from _table(own, REPLIES, "replies", _same)


def _same(row: R) -> R:
    return row


def _if_told(own: _Own, row: MeasureRow) -> MeasureRow | None:
    return row if row.decision in own.decisions else None


def _table(own: _Own, shelf: Shelf[R], name: str, told: Told[R]) -> Iterator[bytes]:
    """One file of rows: an array, a row on each line."""
    is_large = own.records.count(shelf, advertiser=own.advertiser) > MANY
    yield from own.archive.add(f"rows/{name}.json", _array(_told(own, shelf, told)), is_large=is_large)


def _told(own: _Own, shelf: Shelf[R], told: Told[R]) -> Iterator[dict[str, object]]:
    for page in _pages(own, shelf):
        for row in page:
            found = told(row)
            if found is None:
                continue
            own.objects[row.id] = None
            if shelf.name == DECISIONS.name:
                own.decisions.add(row.id)
            form = told_form(shelf.name, found)
            yield {**form, "file": _document_file(row)} if isinstance(row, DocumentRow) else form


def _pages(own: _Own, shelf: Shelf[R]) -> Iterator[Sequence[R]]:
    after = ""
    while page := own.records.find(shelf, after=after, most=PAGE, advertiser=own.advertiser):
        yield page
        after = page[-1].id


def _array(forms: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    lead = "[\n"
    for form in forms:
        yield (lead + _json(form)).encode()
        lead = ",\n"
    yield b"[]\n" if lead == "[\n" else b"\n]\n"


def _json(form: object) -> str:
    return json.dumps(form, ensure_ascii=False, sort_keys=True)


def _people(own: _Own, *, is_member: bool) -> Iterator[bytes]:
    """How the advertiser is reached, and who takes this out where that is one of its own people."""
    contact: ContactRow = contact_of(own.records, own.advertiser)
    yield from own.archive.add("rows/contact.json", _array([told_form(CONTACTS.name, contact)]))
    person = own.records.get(PEOPLE, own.reader.person) if is_member else None
    forms = [told_form(PEOPLE.name, person)] if person is not None else []
    yield from own.archive.add("rows/you.json", _array(forms))


# --- bytes ---


def _documents(own: _Own) -> Iterator[bytes]:
    """Documents whose bytes are here, under names of our own: theirs come from outside.

    Not the notices of third parties, who stay unnamed. DSA Art. 17(3)(b).
    """
    hidden = of_notifiers(own.records, own.reader.advertiser)
    for page in _pages(own, DOCUMENTS):
        for row in page:
            if row.id in hidden:
                continue
            content = own.house.blobs.get(row.blob) if _document_file(row) else None
            if content is not None:
                yield from own.archive.add(_document_file(row), [content])


def _document_file(row: DocumentRow) -> str:
    """Where its bytes stand; empty where there are none."""
    if not row.blob or row.expunged_at is not None:
        return ""
    ending = _ENDINGS.get(row.media_type, "bin")
    return f"documents/{_name(row)}.{ending}"


def _notices(own: _Own) -> Iterator[bytes]:
    for page in _pages(own, NOTICES):
        for row in page:
            for media_type, digest in sorted(row.forms.items()) if row.state is NoticeState.MADE else ():
                content = own.house.blobs.get(digest)
                if content is not None:
                    yield from own.archive.add(_notice_file(row, media_type), [content])


def _notice_file(row: NoticeRow, media_type: str) -> str:
    return f"notices/{_name(row)}.{_ENDINGS.get(media_type, 'bin')}"


def _name(row: Row) -> str:
    """The id where it is one of ours; what was brought in is named by the digest of its id."""
    return row.id if _OURS.fullmatch(row.id) else digest_of_bytes(row.id.encode()).removeprefix("sha256:")


# --- receipts ---


def _receipts(own: _Own) -> Iterator[bytes]:
    """A receipt of every entry about what was handed out that members may see, all below one checkpoint."""
    size, key = own.signed.checkpoint.size, own.signer.verifier
    without_words = told_without_words(own.records, own.advertiser)
    for name in own.objects:
        for entry in own.records.entries_of(name):
            is_own = entry.body.get("advertiser") == own.advertiser
            if is_own and entry.kind in OPEN_TO_MEMBERS and entry.seq < size:
                found = receipt_of(
                    own.records, entry, own.signed, key, handed_to_members(entry, without_words)
                )
                file = f"receipts/{entry.seq:06d}-{entry.kind.replace(':', '-')}.json"
                yield from own.archive.add(file, [receipt_bytes(found)])


def _manifest(own: _Own, at: Instant) -> str:
    form = {
        "layout": LAYOUT,
        "advertiser": own.advertiser,
        "at": str(at),
        "files": {
            name: {"size": noted.size, "digest": noted.digest} for name, noted in own.archive.noted.items()
        },
        "log": {
            "key": str(own.signer.verifier),
            "entries": own.signed.checkpoint.size,
            "checkpoint": own.signed.note,
        },
    }
    return json.dumps(form, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
