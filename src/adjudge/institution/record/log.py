"""The institution's log for those outside: checkpoints, receipts, and the whole as one file that anyone can verify."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from adjudge.basis.digest import Digest
from adjudge.basis.reading.canonical import read_canonical
from adjudge.basis.said import say
from adjudge.errors import BugError
from adjudge.institution.house import House, refused
from adjudge.institution.material.withheld import told_without_words
from adjudge.institution.record.held import held
from adjudge.ledger.checkpoint import Checkpoint, SignedCheckpoint, read_checkpoint, sign
from adjudge.ledger.entry import Entry
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.log_file import Header, Line, line_bytes
from adjudge.ledger.part import Part, part_of
from adjudge.ledger.proof import inclusion_proof, root_at
from adjudge.ledger.receipt import Receipt
from adjudge.ledger.signer import Signer
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may, not_found, permit
from adjudge.records.ports import Reading

ISSUED = frozenset(ACTS[act].writes for act in (Act.ISSUE, Act.AUTOMATE))


def checkpoint(house: House, actor: Actor, signer: Signer) -> SignedCheckpoint:
    """Sign the log as it is now; the checkpoint of this size where there is one. A log of no entries has none."""
    permit(actor, Act.CHECKPOINT)
    return sign_now(house, signer)


def sign_now(house: House, signer: Signer) -> SignedCheckpoint:
    """As `checkpoint`, for the institution itself: its sweep signs what is new."""
    with house.records.reading() as records:
        size = records.size()
        if not size:
            raise refused("empty-log", say("the log has no entries yet"), say("do something first"))
        known = last_checkpoint(records)
    if known is not None and known.checkpoint.size == size:
        return known
    with house.records.writing() as records:
        size = records.size()
        tree = Checkpoint(origin=signer.name, size=size, root=root_at(size, records))
        signed = _read(sign(tree, signer))
        records.keep_checkpoint(signed)
    return signed


def last_checkpoint(records: Reading) -> SignedCheckpoint | None:
    """The newest checkpoint; None before the first."""
    note = records.newest_checkpoint()
    return _read(note) if note is not None else None


def _read(note: str) -> SignedCheckpoint:
    found = read_checkpoint(note)
    if not isinstance(found, SignedCheckpoint):
        raise BugError(f"a checkpoint that was kept cannot be read: {found.message}")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What goes into the file: with the sealed parts, or without them."""

    signer: Signer
    parts_included: bool = True


def export_log(house: House, actor: Actor, exported: Exported) -> Iterator[bytes]:
    """The log as the lines of its file, up to now; read in chunks, so that it may be of any length.

    The sealed parts are for those alone who may read them: the right to check the log is not the right to all of it.
    """
    permit(actor, Act.READ_PARTS if exported.parts_included else Act.READ_LOG)
    last = sign_now(house, exported.signer)
    return _lines(house, exported, last)


def _lines(house: House, exported: Exported, last: SignedCheckpoint) -> Iterator[bytes]:
    yield line_bytes(Header(key=exported.signer.verifier, parts_included=exported.parts_included))
    with house.records.reading() as records:
        waiting = [_read(note) for note in records.checkpoints()]
        waiting = [item for item in waiting if item.checkpoint.size <= last.checkpoint.size]
        for entry in records.entries(0, last.checkpoint.size):
            yield line_bytes(held(records, entry))
            for line in _parts(records, entry) if exported.parts_included else ():
                yield line_bytes(line)
            while waiting and waiting[0].checkpoint.size == entry.seq + 1:
                yield line_bytes(waiting.pop(0))


def _parts(records: Reading, entry: Entry) -> Iterator[Line]:
    for digest in entry.private:
        part, tombstone = part_with(records, digest), records.tombstone(digest)
        if part is not None:
            yield part
        elif tombstone is not None:
            yield tombstone


def part_with(records: Reading, digest: Digest) -> Part | None:
    """A sealed part by its digest; None where it was expunged."""
    content = records.part(digest)
    tree = read_canonical(content) if content is not None else None
    found = part_of(tree) if tree is not None else None
    return found if isinstance(found, Part) else None


def read_entries(
    house: House, actor: Actor, *, first: int = 0, most: int = 50, subject: str = ""
) -> Sequence[Entry]:
    """Entries of the log in order, of one object or of all, from a number on."""
    permit(actor, Act.READ_LOG)
    with house.records.reading() as records:
        if subject:
            return [item for item in records.entries_of(subject) if item.seq >= first][:most]
        return list(records.entries(first, min(first + most, records.size())))


def receipt(
    house: House, actor: Actor, object_id: str, signer: Signer, *, kinds: Sequence[str] = ()
) -> Receipt:
    """A receipt for the last entry about an object, of some kinds if they are given, covered by a fresh checkpoint.

    Whoever may read the log has any, with the sealed parts where these may be read too; whoever may read a matter has
    those about it, with the sealed parts. Of decisions the advertiser's people have what was issued, and learn nothing
    of what was merely proposed.
    """
    with house.records.reading() as records:
        entries = [item for item in records.entries_of(object_id) if not kinds or item.kind in kinds]
    if actor.advertiser:
        entries = [item for item in entries if _is_for_members(item)]
    if not entries:
        raise not_found()
    entry = entries[-1]
    advertiser = str(entry.body.get("advertiser") or "")
    permit(actor, Act.READ_MATTER if advertiser else Act.READ_LOG, advertiser)
    signed = sign_now(house, signer)
    with house.records.reading() as records:
        handed = _handed(records, actor, entry, advertiser)
        return receipt_of(records, entry, signed, signer.verifier, handed)


def _handed(records: Reading, actor: Actor, entry: Entry, advertiser: str) -> Sequence[Digest]:
    """The sealed parts that go with a receipt."""
    if actor.advertiser:
        return handed_to_members(entry, told_without_words(records, actor.advertiser))
    return entry.private if advertiser or may(actor, Act.READ_PARTS) else ()


def handed_to_members(entry: Entry, without_words: Collection[str]) -> Sequence[Digest]:
    """The sealed parts that an advertiser's people have of an entry.

    The second one speaks of others: they have the first. They have none of what a third party's notice says
    (`told_without_words`): the receipt proves the entry without it.
    """
    return () if entry.subject in without_words else entry.private[:1]


def receipt_of(
    records: Reading, entry: Entry, signed: SignedCheckpoint, key: VerifierKey, handed: Sequence[Digest]
) -> Receipt:
    """The receipt of an entry below a checkpoint. Raises RefusedError for one that is not held by the tree."""
    held(records, entry)
    parts = (part_with(records, digest) for digest in handed)
    return Receipt(
        entry=entry,
        parts=tuple(part for part in parts if part is not None),
        proof=inclusion_proof(entry.seq, signed.checkpoint.size, records),
        checkpoint=signed,
        key=key,
    )


OPEN_TO_MEMBERS = frozenset(
    {
        "matter:opened",
        "matter:closed",
        "matter:reopened",
        "decision:issued",
        "decision:automated",
        "claim:recorded",
        "claim:withdrawn",
        "document:received",
        "subject:recorded",
        "appeal:filed",
        "appeal:acknowledged",
        "appeal:message",
        "appeal:answered",
        "appeal:decided",
        "appeal:granted",
        "appeal:withdrawn",
        "measure:paused",
        "measure:resumed",
        "clock:extended",
        "clock:ran_out",
        "notice:made",
        "notice:delivered",
        "dispute:referred",
        "dispute:decided",
        "dispute:carried_out",
        "dispute:not_followed",
        "dispute:ended",
        "misuse:warned",
        "misuse:suspended",
        "misuse:ended",
        "reply:given",
        "reply:withdrawn",
        "reply:refused",
        "reply:answered",
        "reply:restored",
    }
)
"""Entries that an advertiser sees of its own matters, on every face; what is weighed and proposed is not told.

Nor who here looks after what: to whom an appeal is assigned, and what failed on the way to whom.
"""


def _is_for_members(entry: Entry) -> bool:
    return entry.kind in OPEN_TO_MEMBERS
