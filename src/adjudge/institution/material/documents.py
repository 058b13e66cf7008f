"""Documents of the institution: received with their bytes, and expunged by digest where a person's data must go.

Bytes are hostile: nothing here opens them. What type they are is told from their first bytes, not from their name.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace

from adjudge.basis.digest import Digest, digest_of_bytes
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.said import say
from adjudge.errors import ConflictError, NotFoundError, UnavailableError
from adjudge.evidence.case_reader import read_documents
from adjudge.institution.binding.holds import refuse_held
from adjudge.institution.consequences import heard_with, resting_on, shown_with
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.material.subjects import refusal, subject_row
from adjudge.institution.material.withheld import refuse_of_notifier
from adjudge.institution.plain import as_text
from adjudge.ledger.part import Tombstone, expunging
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import DocumentRow
from adjudge.records.shelf import CLAIMS, DOCUMENTS

_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
TEXT = "text/plain"
_ENDINGS = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    TEXT: ("txt", "md", "csv"),
}
_PARTS = re.compile(r"[\\/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bytes from outside, and the name that they came with."""

    content: bytes
    file_name: str


def receive(
    house: House, actor: Actor, advertiser: str, content: dict[str, Plain], upload: Upload | None = None
) -> DocumentRow:
    """Receive a document about an advertiser; `content` is as in a documents file, without its id."""
    with house.records.reading() as records:
        owner = subject_row(records, advertiser).advertiser
        permit(actor, Act.RECEIVE_DOCUMENT, owner)
    media_type = media_type_of(upload.content, house.largest_upload) if upload is not None else ""
    with doing(house, actor, Act.RECEIVE_DOCUMENT, owner) as act:
        document_id = act.mint("D")
        whole = {**content, "id": document_id}
        _check(whole)
        blob = digest_of_bytes(upload.content) if upload is not None else ""
        file_name = safe_name(upload.file_name, media_type) if upload is not None else ""
        _refuse_twice(act, owner, whole, (blob, file_name))
        # The digest of the bytes is sealed too: by itself it would show who guesses what they were.
        part = act.seal({"document": as_text(whole), "file_name": file_name, "blob": blob})
        row = DocumentRow(
            id=document_id,
            advertiser=owner,
            content=dict(whole),
            received_at=act.at,
            blob=blob,
            media_type=media_type,
            size=len(upload.content) if upload is not None else 0,
            file_name=file_name,
            part=part.digest,
        )
        act.records.put(DOCUMENTS, row)
        body = {"advertiser": owner, "media_type": media_type, "size": str(row.size)}
        act.write(row.id, body, further=[part])
        # Last, and within the transaction: bytes without an entry are garbage, an entry without bytes would be a loss.
        if upload is not None:
            house.blobs.put(upload.content)
    return row


def receive_once(
    house: House, actor: Actor, advertiser: str, content: dict[str, Plain], upload: Upload
) -> DocumentRow:
    """A document that comes with something else, or the one that is there already: a form may be sent twice."""
    try:
        return receive(house, actor, advertiser, content, upload)
    except ThereAlreadyError as error:
        return error.row


class ThereAlreadyError(ConflictError):
    """The same bytes came with the same description once more."""

    def __init__(self, row: DocumentRow) -> None:
        """`row` is the one that is there."""
        message = say("this document is there already, as {document}", document=row.id)
        super().__init__(message, hint=say("nothing was received twice; use the one that is there"))
        self.row = row


def _refuse_twice(act: Doing, owner: str, content: dict[str, Plain], file: tuple[str, str]) -> None:
    """One document, however often its form is sent. Nobody learns so of one that is withheld from them."""
    blob, name = file
    for row in act.records.find(DOCUMENTS, blob=blob) if blob else ():
        is_whole = row.advertiser == owner and row.expunged_at is None and row.file_name == name
        if not is_whole or {**row.content, "id": ""} != {**content, "id": ""}:
            continue
        with suppress(NotFoundError):
            refuse_of_notifier(act.records, act.actor, row)
            raise ThereAlreadyError(row)


def expunge(house: House, actor: Actor, document_id: str, reason: str) -> DocumentRow:
    """Expunge a document's words and bytes. Refused while a decision in force rests on it: its clocks still run."""
    told = need(reason, say("the reason"))
    with house.records.reading() as records:
        found = records.get(DOCUMENTS, document_id)
    if found is None:
        raise not_found()
    with doing(house, actor, Act.EXPUNGE, found.advertiser) as act:
        row = act.records.get(DOCUMENTS, document_id)
        if row is None or row.expunged_at is not None:
            raise ConflictError(say("the document was expunged already"))
        claims = {claim.id for claim in act.records.find(CLAIMS, document=row.id)}
        resting = resting_on(act.records, claims, act.at)
        if resting:
            message = say("decisions rest on it: {decisions}", decisions=tuple(item.id for item in resting))
            hint = say(
                "it can go when they are superseded and six months have passed, within which one may complain"
            )
            raise refused("still-needed", message, hint)
        heard = heard_with(act.records, row.advertiser, row.id)
        if heard:
            message = say("it was sent in appeals that are open: {appeals}", appeals=heard)
            raise refused("still-needed", message, say("it can go when they are decided or withdrawn"))
        disputed = shown_with(act.records, row.advertiser, row.id)
        if disputed:
            message = say("it shows an outcome that waits for an answer: {disputes}", disputes=disputed)
            raise refused("still-needed", message, say("it can go when that is answered"))
        refuse_held(act.records, *concerned_by(act.records, row))
        tombstone = Tombstone(digest=part_of(act.records, row), at=act.at, why=told, entry=act.records.size())
        act.append(expunging(tombstone, act.actor.name), [])
        act.records.expunge(tombstone)
        gone = emptied(act.records, row, act.at)
    # Behind the transaction: bytes that outlive it are garbage, bytes that went before it was kept would be a loss.
    house.records.afterwards(lambda: forget_bytes_of(house, gone.id))
    return gone


def concerned_by(records: Reading, row: DocumentRow) -> tuple[str, ...]:
    """Whom a document concerns: the advertiser that it is of, if any, and all about whom claims rest on it."""
    found = {claim.advertiser for claim in records.find(CLAIMS, document=row.id)} | {row.advertiser}
    return tuple(sorted(found - {""}))


def emptied(records: Writing, row: DocumentRow, at: Instant) -> DocumentRow:
    """The row of a document whose sealed part has just gone, kept without what was said of it."""
    content = {key: value for key, value in row.content.items() if key in _STAYS}
    gone = replace(row, content={**content, **_EMPTIED}, file_name="", expunged_at=at)
    records.put(DOCUMENTS, gone)
    return gone


def forget_bytes_of(house: House, document_id: str) -> None:
    """Forget the bytes now; where the disk does not let go of them, the daily round tries it again, and says so."""
    with suppress(UnavailableError):
        with house.records.reading() as records:
            row = records.get(DOCUMENTS, document_id)
        if row is not None:
            forget_bytes(house, row)


def forget_bytes(house: House, row: DocumentRow) -> None:
    """Forget the bytes of a document that was expunged, unless they are those of another one. Twice is as once.

    Under the lock: a document with the same bytes, received between a look and the deletion, would be left without any.
    """
    if not row.blob or row.expunged_at is None:
        return
    with house.records.writing() as records:
        if all(item.expunged_at is not None for item in records.find(DOCUMENTS, blob=row.blob)):
            house.blobs.delete(row.blob)


def fetch(house: House, actor: Actor, document_id: str) -> tuple[DocumentRow, bytes]:
    """A document with its bytes, for whoever may read what it is about. NotFoundError where there are none."""
    with house.records.reading() as records:
        row = records.get(DOCUMENTS, document_id)
    if row is None:
        raise not_found()
    permit(actor, Act.READ_MATTER, row.advertiser)
    with house.records.reading() as records:
        refuse_of_notifier(records, actor, row)
    content = house.blobs.get(row.blob) if row.blob and row.expunged_at is None else None
    if content is None:
        raise not_found()
    return row, content


def can_go_alone(records: Reading, row: DocumentRow) -> bool:
    """Whether what was said of it is sealed by itself."""
    return bool(row.part) or any(entry.private for entry in records.entries_of(row.id)[:1])


def part_of(records: Reading, row: DocumentRow) -> Digest:
    """The sealed part that holds what was said of it. Rows of before they named it: that of the entry.

    Raises RefusedError for one that was brought in then, sealed in one part with all that came with it.
    """
    if row.part:
        return Digest(row.part)
    if not can_go_alone(records, row):
        message = say("it was brought in together with others, and is sealed with them in one part")
        raise refused("sealed-together", message, say("what is sealed so cannot go by itself"))
    return records.entries_of(row.id)[0].private[0]


_STAYS = frozenset({"id", "kind", "language", "precision", "status"})
_EMPTIED: dict[str, object] = {"title": "expunged", "publisher": "expunged", "sources": [], "summary": {}}


def _check(content: dict[str, Plain]) -> None:
    log = ProblemLog()
    found = read_documents(node_of({"documents": [content]}, "document"), log)
    if log.refuses or not found:
        raise refusal(log)


def media_type_of(content: bytes, largest: int) -> str:
    """What bytes are, by how they begin. Raises RefusedError for what no reader of ours takes."""
    if not content:
        raise refused("empty-file", say("there is nothing in this file"), say("choose another one"))
    if len(content) > largest:
        message = say("the document has more than {most} bytes", most=largest)
        raise refused("file-too-large", message, say("send the part that matters, or a smaller copy"))
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    if _is_text(content):
        return TEXT
    message = say("the document is neither a PDF, a PNG or JPEG picture, nor plain text")
    raise refused("unknown-type", message, say("send it as a PDF; archives and office files are not opened"))


def _is_text(content: bytes) -> bool:
    """UTF-8 without control characters. Markup is kept as text, and never shown as a page."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(char) == "Cc" and char not in "\n\r\t\f" for char in text)


def safe_name(name: str, media_type: str) -> str:
    """The last part of a file's name, without what turns directions or drives a terminal; never a path.

    It ends as what the bytes are: a text that is markup must not open as a page once it is saved.
    """
    last = _PARTS.split(name)[-1]
    kept = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    stem, _, ending = (kept.strip(". ")[:200] or "document").rpartition(".")
    if stem and ending.lower() in _ENDINGS[media_type]:
        return f"{stem}.{ending}"
    return f"{stem}.{ending}.{_ENDINGS[media_type][0]}" if stem else f"{ending}.{_ENDINGS[media_type][0]}"
