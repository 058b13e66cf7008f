"""Whether all that an institution keeps fits together: the log with itself, with its file, and with the rows.

Everything is worked out anew from the entries; nothing is taken from the code that wrote them but the readers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

from adjudge.basis.digest import digest_of
from adjudge.institution import log
from adjudge.institution.log import Exported, part_with
from adjudge.institution.on_database import Opened
from adjudge.institution.replay import replay
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.proof import root_at
from adjudge.ledger.receipt import receipt_bytes
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.ledger.verify_log import verify_log
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, DecisionState
from adjudge.records.shelf import CLAIMS, DECISIONS, MATTERS, MEASURES
from tests.generators.institutions import staff_of

PROPOSED, CONFIRMED, ISSUED = "decision:proposed", "decision:confirmed", "decision:issued"
RETURNED, DISCOUNTED, WITHDRAWN = "decision:returned", "claim:discounted", "claim:withdrawn"
_MOVES = {"matter:assigned", "matter:closed", "matter:reopened"}
SAMPLE = 5
"""Decisions of which a receipt is taken, and which are replayed: each reads the log from its beginning."""


def flaws_of(opened: Opened) -> list[str]:
    """Everything that does not fit, in words."""
    with opened.house.records.reading() as records:
        entries = list(records.entries())
        found = [
            *_of_tree(records, entries),
            *_of_decisions(records, entries),
            *_of_measures(records, entries),
            *_of_matters(records, entries),
            *_of_claims(records, entries),
        ]
    return [*found, *_of_file(opened, len(entries)), *_of_samples(opened, entries)]


def _of_tree(records: Reading, entries: list[Entry]) -> Iterator[str]:
    if [item.seq for item in entries] != list(range(records.size())):
        yield "the entries are not numbered without gaps up to the size of the log"
    frontier = Frontier()
    for entry in entries:
        frontier, nodes = frontier.grown(leaf_hash(entry_bytes(entry)))
        for node in nodes:
            if records.node(node.level, node.place) != node.hash:
                yield f"the node {node.level}, {node.place} is not that of the entries"
        for digest in entry.private:
            part = part_with(records, digest)
            if part is None or part.digest != digest:
                yield f"entry {entry.seq} lacks its part"
    if root_at(len(entries), records) != frontier.root:
        yield "the root of the nodes is not that of the entries"
    if any(one.at > other.at for one, other in pairwise(entries)):
        yield "time goes back"


def _of_decisions(records: Reading, entries: list[Entry]) -> Iterator[str]:
    told: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if entry.kind.startswith("decision:"):
            told[entry.subject][entry.kind].append(entry)
    rows = {row.id: row for row in records.find(DECISIONS)}
    if set(rows) != set(told):
        yield f"decisions in rows or in the log only: {sorted(set(rows) ^ set(told))}"
    superseded = {str(item.body["supersedes"]) for one in told.values() for item in one[ISSUED]}
    for key, row in rows.items():
        yield from _of_decision(row, told[key], is_superseded=key in superseded)
    in_force = Counter(row.subject for row in rows.values() if row.state is DecisionState.ISSUED)
    yield from (
        f"{subject} has {count} decisions in force" for subject, count in in_force.items() if count > 1
    )
    waiting = Counter(row.subject for row in rows.values() if row.state is DecisionState.PROPOSED)
    yield from (f"{count} proposals wait on {subject}" for subject, count in waiting.items() if count > 1)


def _of_decision(row: DecisionRow, told: dict[str, list[Entry]], *, is_superseded: bool) -> Iterator[str]:
    counts = [len(told[kind]) for kind in (PROPOSED, ISSUED, RETURNED)]
    if counts[0] != 1 or max(counts) > 1:
        yield f"{row.id} was proposed, issued and returned {counts} times"
    if told[PROPOSED][0].body["digest"] != row.digest:
        yield f"{row.id} is not what was proposed"
    if [item.actor for item in told[CONFIRMED]] != [f"person:{item.person}" for item in row.signatures]:
        yield f"{row.id} bears other signatures than the log"
    state = DecisionState.RETURNED if told[RETURNED] else DecisionState.PROPOSED
    if told[ISSUED]:
        state = DecisionState.SUPERSEDED if is_superseded else DecisionState.ISSUED
    if row.state is not state:
        yield f"{row.id} is {row.state}, and {state} by the log"
    for entry in told[ISSUED]:
        written = {language: digest_of(text) for language, text in row.statement.items()}
        if row.entry != entry.seq or entry.body["statement"] != written or not written:
            yield f"the statement of {row.id} is not the one of its entry"


def _of_measures(records: Reading, entries: list[Entry]) -> Iterator[str]:
    told = Counter(
        (entry.subject, str(item["rule"]), str(item["kind"]), str(item["start"]))
        for entry in entries
        if entry.kind == ISSUED and isinstance(measures := entry.body["measures"], list)
        for item in measures
        if isinstance(item, dict)
    )
    kept = Counter((row.decision, row.rule, row.kind, str(row.start)) for row in records.find(MEASURES))
    if told != kept:
        yield f"measures in rows or in the log only: {(told - kept) + (kept - told)}"


def _of_matters(records: Reading, entries: list[Entry]) -> Iterator[str]:
    opened = Counter(item.subject for item in entries if item.kind == "matter:opened")
    if any(count != 1 for count in opened.values()):
        yield "a matter was opened twice under one id"
    rows = records.find(MATTERS)
    if {row.id for row in rows} != set(opened):
        yield "matters in rows or in the log only"
    moved = Counter(item.subject for item in entries if item.kind in _MOVES)
    yield from (f"{row.id} was seen {row.seen} times" for row in rows if row.seen != moved[row.id])


def _of_claims(records: Reading, entries: list[Entry]) -> Iterator[str]:
    ended = Counter(item.subject for item in entries if item.kind in {DISCOUNTED, WITHDRAWN})
    rows = {row.id for row in records.find(CLAIMS) if row.withdrawn_at is not None}
    if rows != set(ended) or any(count > 1 for count in ended.values()):
        yield f"claims ended in rows or in the log only, or twice: {sorted(rows ^ set(ended))}"


def _of_file(opened: Opened, size: int) -> Iterator[str]:
    staff = staff_of(opened.house)
    lines = b"".join(log.export_log(opened.house, staff.auditor, Exported(signer=opened.signer)))
    report = verify_log(BytesIO(lines), opened.signer.verifier)
    yield from (f"the file of the log: {finding.message}" for finding in report.findings)
    if (report.entries, report.covered) != (size, size):
        yield f"the file covers {report.covered} of {size} entries"


def _of_samples(opened: Opened, entries: list[Entry]) -> Iterator[str]:
    staff = staff_of(opened.house)
    issued = [item.subject for item in entries if item.kind == ISSUED]
    step = max(1, len(issued) // SAMPLE)
    for decision in issued[::step]:
        receipt = log.receipt(opened.house, staff.auditor, decision, opened.signer)
        if not verify_receipt(receipt_bytes(receipt), opened.signer.verifier).is_verified:
            yield f"the receipt of {decision} does not hold"
        replayed = replay(opened.house, staff.auditor, decision)
        if not replayed.same or replayed.missing:
            yield f"{decision} is not what a replay finds"
