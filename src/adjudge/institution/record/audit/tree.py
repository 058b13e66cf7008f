"""The log beside its own tree: entries by number and time, nodes, sealed parts, tombstones, checkpoints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from adjudge.basis.digest import Digest
from adjudge.basis.instant import Instant
from adjudge.basis.said import Said, say
from adjudge.errors import AdjudgeError
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.record.held import is_held
from adjudge.institution.record.log import part_with
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.key import VerifierKey
from adjudge.ledger.part import EXPUNGED, Tombstone, is_said_by
from adjudge.ledger.tree import Frontier, Node, leaf_hash
from adjudge.records.ports import Reading

UNREADABLE = (AdjudgeError, KeyError, ValueError, TypeError)
"""What an entry raises that nobody of ours has written."""


@dataclass(slots=True)
class TreeCheck:
    """Where the check of a log of `size` entries stands."""

    records: Reading
    key: VerifierKey
    size: int
    signed: int = 0
    found: list[Discrepancy] = field(default_factory=list)
    tombstones: dict[int, Tombstone] = field(default_factory=dict)
    """Those that stand for parts, by the entry that should say so."""

    def entries(self) -> Iterator[Entry]:
        """The entries in order, each checked as it goes by; none behind one that cannot be read."""
        frontier, last, due = Frontier(), None, 0
        checkpoints = self._checkpoints()
        try:
            for entry in self.records.entries(0, self.size):
                self._check_place(entry, due, last)
                frontier, nodes = frontier.grown(leaf_hash(entry_bytes(entry)))
                for node in nodes:
                    self._check_node(node, entry)
                self._check_parts(entry)
                due, last = due + 1, entry.at
                if due in checkpoints:
                    self._check_root(checkpoints.pop(due), frontier.root)
                yield entry
        except AdjudgeError as error:
            self._add(say("the entry cannot be read: {reason}", reason=error.message), due)
            return
        if due != self.size:
            self._add(say("the log holds {found} entries, and counts {size}", found=due, size=self.size))
        for size in checkpoints:
            self._add(say("a checkpoint covers {size} entries, and the log holds fewer", size=size))

    def guarded(self, entry: Entry, tell: Callable[[], None]) -> None:
        """Let an entry tell; one that was not written by ours is a finding."""
        try:
            tell()
        except UNREADABLE:
            self._add(say("what the entry says cannot be understood"), entry.seq)

    def findings(self) -> list[Discrepancy]:
        """What was found, when all entries have gone by."""
        for seq, tombstone in self.tombstones.items():
            entry = self.records.entry(seq)
            if entry is None or not is_said_by(tombstone, entry):
                message = say(
                    "the sealed part {digest} was expunged, and no entry says so", digest=tombstone.digest
                )
                self._add(message)
        return self.found

    def _checkpoints(self) -> dict[int, SignedCheckpoint]:
        read = [read_checkpoint(note) for note in self.records.checkpoints()]
        kept = {item.checkpoint.size: item for item in read if isinstance(item, SignedCheckpoint)}
        if len(kept) < len(read):
            self._add(say("a checkpoint that was kept cannot be read"))
        # One made while we read covers more than we look at.
        now = self.records.size()
        return {size: item for size, item in kept.items() if size <= self.size or size > now}

    def _check_place(self, entry: Entry, due: int, last: Instant | None) -> None:
        if entry.seq != due:
            message = say("the entry has the number {found}, where {due} is due", found=entry.seq, due=due)
            self._add(message, entry.seq)
        if last is not None and entry.at < last:
            self._add(say("the entry is earlier than the one before it"), entry.seq)

    def _check_node(self, node: Node, entry: Entry) -> None:
        if node.level == 0 and not is_held(self.records, entry):
            self._add(say("the entry is not the one over which the tree was built"), entry.seq)
        elif node.level and self._kept(node) != node.hash:
            message = say(
                "a node of the tree up to entry {entry} is not that of its entries", entry=entry.seq
            )
            self._add(message, entry.seq)

    def _kept(self, node: Node) -> bytes | None:
        try:
            return self.records.node(node.level, node.place)
        except KeyError:
            return None

    def _check_root(self, signed: SignedCheckpoint, root: bytes) -> None:
        size = signed.checkpoint.size
        if signed.checkpoint.root != root:
            self._add(say("the first {size} entries are not those that were signed", size=size))
        elif not signed.is_signed_by(self.key):
            self._add(say("the checkpoint of {size} entries is not signed by this log's key", size=size))
        else:
            self.signed = size

    def _check_parts(self, entry: Entry) -> None:
        for digest in entry.private:
            self._check_part(entry, digest)
        if entry.kind == EXPUNGED and self.records.tombstone(entry.subject) is None:
            self._add(say("the entry expunges a part, and no tombstone stands for it"), entry.seq)

    def _check_part(self, entry: Entry, digest: Digest) -> None:
        part, tombstone = part_with(self.records, digest), self.records.tombstone(digest)
        if part is not None and part.digest != digest:
            self._add(say("the sealed part {digest} says something else", digest=digest), entry.seq)
        elif part is None and tombstone is None:
            self._add(say("the sealed part {digest} is not there", digest=digest), entry.seq)
        elif part is None and tombstone is not None:
            self.tombstones[tombstone.entry] = tombstone

    def _add(self, message: Said, entry: int | None = None) -> None:
        where = "log" if entry is None else f"log {entry}"
        self.found.append(Discrepancy(where=where, message=message, entry=entry))
