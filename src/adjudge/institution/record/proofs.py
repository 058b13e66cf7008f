"""Proofs about the log for whoever holds a checkpoint of it: that an entry is in it, and that it only grew. RFC 9162.

Not their verification, which needs no log: `adjudge.ledger.prove`, or a few lines of anybody's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from adjudge.basis.said import say, say_plural
from adjudge.errors import RefusedError
from adjudge.institution.house import House, refused
from adjudge.institution.record.held import held
from adjudge.institution.record.log import last_checkpoint
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.proof import Proof, consistency_proof, inclusion_proof, root_at
from adjudge.ledger.tree import EMPTY_ROOT, leaf_hash
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """How long the log is, its root then, and its newest checkpoint, which may be older."""

    size: int
    root: bytes
    signed: SignedCheckpoint | None


def log_state(house: House, actor: Actor) -> LogState:
    """The log as it is now, for whoever may read it."""
    permit(actor, Act.READ_LOG)
    with house.records.reading() as records:
        size = records.size()
        return LogState(size=size, root=_root(records, size), signed=last_checkpoint(records))


def read_one(house: House, actor: Actor, seq: int) -> Entry:
    """One entry. Raises NotFoundError beyond the end of the log, RefusedError where it is not the one written."""
    permit(actor, Act.READ_LOG)
    with house.records.reading() as records:
        entry = records.entry(seq) if 0 <= seq < records.size() else None
        if entry is None:
            raise not_found()
        return held(records, entry)


def checkpoints_of(
    house: House, actor: Actor, *, after: int = -1, most: int | None = None
) -> Sequence[SignedCheckpoint]:
    """The checkpoints that were signed, by their sizes: those behind a size, at most so many."""
    permit(actor, Act.READ_LOG)
    with house.records.reading() as records:
        read = [read_checkpoint(note) for note in records.checkpoints()]
    found = [item for item in read if isinstance(item, SignedCheckpoint) and item.checkpoint.size > after]
    return sorted(found, key=lambda item: item.checkpoint.size)[:most]


@dataclass(frozen=True, slots=True, kw_only=True)
class Included:
    """That the leaf of that hash is entry `seq` of the tree with that size and root. RFC 9162 2.1.3."""

    seq: int
    leaf: bytes
    size: int
    root: bytes
    proof: Proof


def prove_included(house: House, actor: Actor, seq: int, size: int | None = None) -> Included:
    """The proof that an entry is among the first so many: of now, where none are named. Raises RefusedError."""
    permit(actor, Act.READ_LOG)
    with house.records.reading() as records:
        of = records.size() if size is None else size
        entry = records.entry(seq) if 0 <= seq < of <= records.size() else None
        if entry is None:
            raise _beyond(records.size())
        leaf = leaf_hash(entry_bytes(held(records, entry)))
        return _whole(
            lambda: Included(
                seq=seq,
                leaf=leaf,
                size=of,
                root=root_at(of, records),
                proof=inclusion_proof(seq, of, records),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """That the tree of `second` begins with that of `first`. RFC 9162 2.1.4."""

    first: int
    first_root: bytes
    second: int
    second_root: bytes
    proof: Proof


def prove_grown(house: House, actor: Actor, first: int, second: int | None = None) -> Grown:
    """The proof that the log of a size begins with that of an earlier one. Raises RefusedError."""
    permit(actor, Act.READ_LOG)
    with house.records.reading() as records:
        to = records.size() if second is None else second
        if not 0 <= first <= to <= records.size():
            raise _beyond(records.size())
        return _whole(
            lambda: Grown(
                first=first,
                first_root=_root(records, first),
                second=to,
                second_root=_root(records, to),
                proof=consistency_proof(first, to, records),
            )
        )


def _root(records: Reading, size: int) -> bytes:
    return root_at(size, records) if size else EMPTY_ROOT


def _whole(prove: Callable[[], T]) -> T:
    """What is proven; refused where the tree that was kept lacks nodes."""
    try:
        return prove()
    except KeyError:
        hint = say("ask `adjudge log check` for all that does not fit, and go back to a copy")
        raise refused("log-altered", say("the tree over the entries is not whole"), hint) from None


def _beyond(size: int) -> RefusedError:
    message = say("there is no such place in the log")
    hint = say_plural(
        "the log has {count} entry, and it is number 0",
        "the log has {count} entries, counted from 0",
        size,
    )
    return refused("bad-value", message, hint)
