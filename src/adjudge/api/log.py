"""The log over HTTP: entries, checkpoints, proofs, receipts, and the whole as a file that anyone can verify."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from adjudge.api.caller import Caller, caller_of
from adjudge.api.choosing import streamed
from adjudge.api.decisions import receipt_answer
from adjudge.api.endpoint import acts, reads
from adjudge.api.limits import WHOLE, one_of_few, weigh
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.log import (
    AuditShape,
    CheckpointShape,
    ConsistencyShape,
    DiscrepancyShape,
    EntryShape,
    InclusionShape,
    LogShape,
)
from adjudge.api.shapes.shape import Bytes, Page
from adjudge.institution.record import log, proofs
from adjudge.institution.record.audit.check import check_log
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.fields import base64_text
from adjudge.people.act import Act

router = Router(tags=["log"])
JSON_LINES = "application/jsonl"
LARGEST = 10**15
"""Entries that no log has, and that every number takes."""
Number = Annotated[int, Query(ge=0, le=LARGEST)]
FromNumber = Annotated[int, Query(alias="from", ge=0, le=LARGEST)]
Entries = Annotated[int, Query(ge=1, le=500)]


@reads(router, "/log", act=Act.READ_LOG, gives=LogShape)
def read_log(request: HttpRequest) -> LogShape:
    """Read how long the log is, its root, its key, and its newest checkpoint."""
    caller = caller_of(request)
    found = proofs.log_state(caller.house, caller.actor)
    return LogShape(
        size=found.size,
        root=base64_text(found.root),
        key=str(caller.opened.signer.verifier),
        checkpoint=_checkpoint(found.signed) if found.signed is not None else None,
    )


def _checkpoint(found: SignedCheckpoint) -> CheckpointShape:
    tree = found.checkpoint
    return CheckpointShape(
        id=str(tree.size), origin=tree.origin, size=tree.size, root=base64_text(tree.root), note=found.note
    )


# --- entries ---


N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class _Numbered(Generic[N]):
    """Something in a list that is ordered by number."""

    number: int
    found: N

    @property
    def id(self) -> str:
        return str(self.number)


def _number(after: str, before_all: int) -> int:
    """The number behind which a part begins."""
    return int(after[:18]) if after.isascii() and after.isdigit() else before_all


@reads(router, "/log/entries", act=Act.READ_LOG, gives=Page[EntryShape])
def list_entries(
    request: HttpRequest,
    *,
    first: FromNumber = 0,
    kind: str = "",
    subject: str = "",
    cursor: Cursor = "",
    limit: Entries = PART,
) -> Page[EntryShape]:
    """List entries in order, from a number on; of one kind, or about one object."""
    caller = caller_of(request)
    log.read_entries(caller.house, caller.actor, most=0)  # the right is asked for, whatever there is to read

    def found(after: str, most: int) -> Sequence[_Numbered[Entry]]:
        begin = max(first, _number(after, -1) + 1)
        entries = log.read_entries(caller.house, caller.actor, first=begin, most=most, subject=subject)
        return [_Numbered(entry.seq, entry) for entry in entries]

    return page_of(
        request,
        Page[EntryShape],
        found,
        lambda item: _entry(item.found),
        cursor=cursor,
        limit=limit,
        keeps=lambda item: kind in {"", item.found.kind},
    )


def _entry(entry: Entry) -> EntryShape:
    return EntryShape(
        id=str(entry.seq),
        seq=entry.seq,
        at=str(entry.at),
        actor=entry.actor,
        kind=entry.kind,
        subject=entry.subject,
        body=entry.body,
        private=[*entry.private],
        canonical=entry_bytes(entry).decode(),
    )


@reads(router, "/log/entries/{int:seq}", act=Act.READ_LOG, gives=EntryShape)
def read_entry(request: HttpRequest, seq: int) -> EntryShape:
    """Read one entry."""
    caller = caller_of(request)
    return _entry(proofs.read_one(caller.house, caller.actor, seq))


# --- checkpoints and proofs ---


@reads(router, "/log/checkpoints", act=Act.READ_LOG, gives=Page[CheckpointShape])
def list_checkpoints(
    request: HttpRequest, *, cursor: Cursor = "", limit: Limit = PART
) -> Page[CheckpointShape]:
    """List the checkpoints that were signed, the oldest first."""
    caller = caller_of(request)

    def found(after: str, most: int) -> Sequence[_Numbered[SignedCheckpoint]]:
        signed = proofs.checkpoints_of(caller.house, caller.actor, after=_number(after, -1), most=most)
        return [_Numbered(item.checkpoint.size, item) for item in signed]

    return page_of(
        request,
        Page[CheckpointShape],
        found,
        lambda item: _checkpoint(item.found),
        cursor=cursor,
        limit=limit,
    )


@acts(router, "/log/checkpoints", act=Act.CHECKPOINT, gives=CheckpointShape)
def sign_checkpoint(request: HttpRequest) -> CheckpointShape:
    """Sign the log as it is now. Where nothing came since the last checkpoint, that one is given."""
    caller = caller_of(request)
    return _checkpoint(log.checkpoint(caller.house, caller.actor, caller.opened.signer))


@reads(router, "/log/proofs/inclusion", act=Act.READ_LOG, gives=InclusionShape)
def prove_inclusion(request: HttpRequest, *, entry: Number, size: Number | None = None) -> InclusionShape:
    """Prove that an entry is among the first `size`: those of now, where no size is named."""
    caller = caller_of(request)
    found = proofs.prove_included(caller.house, caller.actor, entry, size)
    return InclusionShape(
        entry=found.seq,
        leaf=base64_text(found.leaf),
        size=found.size,
        root=base64_text(found.root),
        proof=[base64_text(step) for step in found.proof],
    )


@reads(router, "/log/proofs/consistency", act=Act.READ_LOG, gives=ConsistencyShape)
def prove_consistency(
    request: HttpRequest, *, first: FromNumber, to: Number | None = None
) -> ConsistencyShape:
    """Prove that the log of `to` entries begins with that of `from`: that of now, where no size is named."""
    caller = caller_of(request)
    found = proofs.prove_grown(caller.house, caller.actor, first, to)
    return ConsistencyShape(
        first=found.first,
        first_root=base64_text(found.first_root),
        second=found.second,
        second_root=base64_text(found.second_root),
        proof=[base64_text(step) for step in found.proof],
    )


# --- the whole, and receipts ---


@reads(router, "/log/export", act=Act.READ_LOG, gives=Bytes, media=[JSON_LINES])
def export_log(request: HttpRequest) -> StreamingHttpResponse:
    """Take out the whole log as a file, without what is sealed beside its entries.

    Its form is `adjudge-log/1` (docs/reference/log-format.md); `adjudge verify` holds it to the key of the log.
    """
    weigh(request, WHOLE)
    return _file_of(caller_of(request), parts=False)


@reads(router, "/log/export/whole", act=Act.READ_PARTS, gives=Bytes, media=[JSON_LINES])
def export_whole_log(request: HttpRequest) -> StreamingHttpResponse:
    """Take out the whole log as a file, with what is sealed beside its entries: personal data is among it.

    The right to read the log is not enough, and no service key has the one that is needed.
    """
    weigh(request, WHOLE)
    return _file_of(caller_of(request), parts=True)


def _file_of(caller: Caller, *, parts: bool) -> StreamingHttpResponse:
    wanted = log.Exported(signer=caller.opened.signer, parts_included=parts)
    return streamed(log.export_log(caller.house, caller.actor, wanted), JSON_LINES, "log.jsonl")


@reads(
    router,
    "/log/receipts/{path:object_id}",
    act=Act.READ_MATTER,
    gives=Bytes,
    media=["application/json"],
)
def read_receipt(request: HttpRequest, object_id: str) -> HttpResponse:
    """Read the receipt of the last entry about an object, such as a matter, a claim, a person or a version.

    Of what concerns no advertiser the right to read the log is needed, and what is sealed comes only with the right to
    read that. Advertisers have those of what they are told.
    """
    return receipt_answer(caller_of(request), object_id)


@reads(router, "/log/check", act=Act.READ_LOG, gives=AuditShape)
def check_everything(request: HttpRequest) -> AuditShape:
    """Hold everything that is kept to the log. All of it is read: of a long log ask `adjudge log check` instead."""
    caller = caller_of(request)
    weigh(request, WHOLE)
    with one_of_few():
        found = check_log(caller.house, caller.actor, caller.opened.signer.verifier)
    return AuditShape(
        entries=found.entries,
        signed=found.signed,
        rows=found.rows,
        silent_parts=found.silent,
        findings=[
            DiscrepancyShape(where=item.where, entry=item.entry, message=caller.tongue.of(item.message))
            for item in found.findings
        ],
    )
