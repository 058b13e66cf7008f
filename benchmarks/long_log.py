"""A log of any length, written in bulk: its file, and its nodes in the tables in which the institution keeps them.

Only for benchmarks: the institution itself has no way to write more than one entry at a time.
"""

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import psycopg

from adjudge.basis.instant import NANOS, Instant
from adjudge.ledger.checkpoint import Checkpoint, read_checkpoint, sign
from adjudge.ledger.entry import Entry
from adjudge.ledger.log_file import Header, Line, line_bytes
from adjudge.ledger.proof import consistency_proof, inclusion_proof, root_at
from adjudge.ledger.prove import proves_growth, proves_inclusion
from adjudge.ledger.signer import signer_of
from adjudge.ledger.tree import Frontier, Node, leaf_hash
from adjudge.ledger.verify_log import verify_log
from adjudge.records.ports import Records
from benchmarks.timing import Times, heading, line

SIGNER = signer_of("example.org/bench", bytes(range(32)))
EVERY = 100_000
"""Entries from one checkpoint to the next."""
BATCH = 50_000
START = 1_767_225_600 * NANOS
"""1 January 2026."""


def write_log(path: Path, size: int) -> Iterator[Node]:
    """Write the file of a log of so many entries; its nodes as they come about."""
    frontier = Frontier()
    with path.open("wb") as file:
        file.write(line_bytes(Header(key=SIGNER.verifier, parts_included=True)))
        for seq in range(size):
            content = line_bytes(_entry(seq))
            file.write(content)
            frontier, nodes = frontier.grown(leaf_hash(content[:-1]))
            yield from nodes
            if (seq + 1) % EVERY == 0 or seq + 1 == size:
                file.write(line_bytes(_checkpoint(seq + 1, frontier.root)))


def _entry(seq: int) -> Entry:
    return Entry(
        seq=seq,
        at=Instant(START + seq * NANOS),
        actor=f"person:P-{seq % 97:06d}",
        kind="decision:confirmed",
        subject=f"X-{seq:06d}",
        body={"matter": f"M-{seq // 7:06d}", "role": "second_reviewer", "reason": "Read and agreed."},
    )


def _checkpoint(size: int, root: bytes) -> Line:
    found = read_checkpoint(sign(Checkpoint(origin=SIGNER.name, size=size, root=root), SIGNER))
    if not isinstance(found, Line):
        raise TypeError(found)
    return found


def keep_in_sqlite(path: str, nodes: list[Node]) -> None:
    """Keep nodes in the table of the institution."""
    with sqlite3.connect(path) as connection:
        connection.executemany("INSERT INTO adjudge_node (level, place, hash) VALUES (?, ?, ?)", nodes)
    connection.close()


def keep_in_postgres(address: str, nodes: list[Node]) -> None:
    """Keep nodes in the table of the institution."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        with cursor.copy("COPY adjudge_node (level, place, hash) FROM STDIN") as copy:
            for node in nodes:
                copy.write_row(node)
        cursor.execute("ANALYZE adjudge_node")


def time_proofs(name: str, records: Records, file: Path, size: int, count: int) -> None:
    """Inclusion and consistency at random places; each proof is verified, outside of the time."""
    chance = random.Random(size)
    leaves = _leaves(file, {chance.randrange(size) for _ in range(count)})
    included, grown = Times(), Times()
    with records.reading() as reading:
        root = root_at(size, reading)
        for seq, leaf in leaves.items():
            start = perf_counter()
            proof = inclusion_proof(seq, size, reading)
            included.seconds.append(perf_counter() - start)
            if not proves_inclusion(proof, leaf, seq, size, root):
                raise AssertionError(seq)
            start = perf_counter()
            proof = consistency_proof(seq + 1, size, reading)
            grown.seconds.append(perf_counter() - start)
            if not proves_growth(proof, seq + 1, root_at(seq + 1, reading), size, root):
                raise AssertionError(seq)
    line(f"{name}, proof that an entry is in the log", included.at(0.5), included.at(0.99))
    line(f"{name}, proof that the log only grew", grown.at(0.5), grown.at(0.99))


def _leaves(file: Path, wanted: set[int]) -> dict[int, bytes]:
    """The hashes of some entries, from the file."""
    found, seq = {}, 0
    with file.open("rb") as stream:
        for content in stream:
            if not content.startswith(b'{"actor"'):
                continue
            if seq in wanted:
                found[seq] = leaf_hash(content[:-1])
            seq += 1
    return found


def time_verification(file: Path, size: int) -> None:
    """The whole file verified as a stranger does, beside a bare SHA-256 of its bytes."""
    start = perf_counter()
    with file.open("rb") as stream:
        report = verify_log(stream, SIGNER.verifier)
    verified = perf_counter() - start
    if not report.is_verified or report.covered != size:
        raise AssertionError(report.findings)
    start = perf_counter()
    with file.open("rb") as stream:
        hashlib.file_digest(stream, "sha256")
    hashed = perf_counter() - start
    megabytes = file.stat().st_size / 1_000_000
    heading(f"the file of {size:,} entries, {megabytes:,.0f} MB", "s", "entries/s", "/ SHA-256")
    line(
        "adjudge verify, every line, the tree, every checkpoint", verified, size / verified, verified / hashed
    )
    line("SHA-256 of the same bytes", hashed, size / hashed, 1.0)
