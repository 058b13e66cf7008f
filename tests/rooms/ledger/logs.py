"""Logs for tests: written as whoever keeps one writes it, with every node and line at hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from adjudge.basis.digest import sha256
from adjudge.basis.instant import NANOS, Instant, parse_timestamp
from adjudge.ledger.checkpoint import Checkpoint, SignedCheckpoint, read_checkpoint, sign
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.log_file import Header, Line, line_bytes
from adjudge.ledger.part import Part, Tombstone, sealed
from adjudge.ledger.proof import inclusion_proof
from adjudge.ledger.receipt import Receipt
from adjudge.ledger.report import LogReport
from adjudge.ledger.signer import Signer, signer_of
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.ledger.verify_log import verify_log

ORIGIN = "example.com/log"
START = parse_timestamp("2026-01-01T00:00:00Z") or Instant(0)
SIGNER = signer_of(ORIGIN, bytes(range(32)))


@dataclass(slots=True)
class KeptNodes:
    """Nodes in a dictionary; each is written once."""

    kept: dict[tuple[int, int], bytes] = field(default_factory=dict)
    reads: int = 0

    def node(self, level: int, place: int) -> bytes:
        self.reads += 1
        return self.kept[level, place]


@dataclass(slots=True)
class Log:
    """A log that grows."""

    signer: Signer = SIGNER
    parts_included: bool = True
    frontier: Frontier = field(default_factory=Frontier)
    nodes: KeptNodes = field(default_factory=KeptNodes)
    lines: list[Line] = field(default_factory=list)
    roots: list[bytes] = field(default_factory=lambda: [Frontier().root])

    def add(self, entry: Entry, *below: Part | Tombstone) -> Entry:
        self.frontier, nodes = self.frontier.grown(leaf_hash(entry_bytes(entry)))
        for node in nodes:
            assert (node.level, node.place) not in self.nodes.kept
            self.nodes.kept[node.level, node.place] = node.hash
        self.roots.append(self.frontier.root)
        self.lines += [entry, *below]
        return entry

    def say(self, *below: Part, kind: str = "decision:issued") -> Entry:
        return self.add(entry(self.frontier.size, *below, kind=kind), *below)

    def close(self) -> SignedCheckpoint:
        self.lines.append(self.checkpoint())
        return self.checkpoint()

    def checkpoint(self, size: int | None = None) -> SignedCheckpoint:
        at = self.frontier.size if size is None else size
        head = Checkpoint(origin=self.signer.name, size=at, root=self.roots[at])
        found = read_checkpoint(sign(head, self.signer))
        assert isinstance(found, SignedCheckpoint)
        return found

    def written(self) -> list[bytes]:
        header = Header(key=self.signer.verifier, parts_included=self.parts_included)
        return [line_bytes(line) for line in (header, *self.lines)]

    def receipt(self, seq: int, *parts: Part) -> Receipt:
        of_it = next(line for line in self.lines if isinstance(line, Entry) and line.seq == seq)
        size = self.frontier.size
        return Receipt(
            entry=of_it,
            parts=parts,
            proof=inclusion_proof(seq, size, self.nodes),
            checkpoint=self.checkpoint(),
            key=self.signer.verifier,
        )


def entry(seq: int, *parts: Part, kind: str = "decision:issued") -> Entry:
    return Entry(
        seq=seq,
        at=Instant(START.nanos + seq * 60 * NANOS),
        actor="system",
        kind=kind,
        subject=f"decision/{seq}",
        body={"measure": "exclude", "note": 'é \u2028 "quoted" 😀'} if seq % 7 == 0 else {"measure": "none"},
        private=tuple(part.digest for part in parts),
    )


def part(name: str) -> Part:
    return sealed({"name": name}, sha256(name.encode())[:16])


def log_of(count: int, every: int = 100) -> Log:
    """A log with a sealed part at every tenth entry and a checkpoint now and then, and at the end."""
    log = Log()
    for seq in range(count):
        parts = [part(f"person {seq}"), part(f"address {seq}")] if seq % 10 == 0 else []
        log.say(*parts)
        if (seq + 1) % every == 0 or seq + 1 == count:
            log.close()
    return log


def verified(lines: list[bytes] | bytes, **options: object) -> LogReport:
    verify: Callable[..., LogReport] = verify_log
    return verify(BytesIO(lines if isinstance(lines, bytes) else b"".join(lines)), **options)
