"""Whether all that an institution keeps fits together: rows and log as `adjudge log check` finds them, and more.

What the log itself must not tell, such as two proposals that wait on one subject, is looked for here.
"""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from adjudge.institution.on_database import Opened
from adjudge.institution.record import log
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.record.log import Exported
from adjudge.institution.record.replay import replay
from adjudge.ledger.entry import Entry
from adjudge.ledger.receipt import receipt_bytes
from adjudge.ledger.verify_log import verify_log
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionState
from adjudge.records.shelf import DECISIONS
from tests.generators.institutions import staff_of

PROPOSED, CONFIRMED, ISSUED = "decision:proposed", "decision:confirmed", "decision:issued"
RETURNED, DISCOUNTED, WITHDRAWN = "decision:returned", "claim:discounted", "claim:withdrawn"
SAMPLE = 5
"""Decisions of which a receipt is taken, and which are replayed: each reads the log from its beginning."""


def flaws_of(opened: Opened) -> list[str]:
    """Everything that does not fit, in words."""
    audited = check_log(opened.house, staff_of(opened.house).auditor, opened.signer.verifier)
    found = [f"{item.where}: {item.message}" for item in audited.findings]
    with opened.house.records.reading() as records:
        entries = list(records.entries())
        found += [*_of_decisions(records, entries), *_of_ends(entries)]
    return [*found, *_of_file(opened, len(entries)), *_of_samples(opened, entries)]


def _of_decisions(records: Reading, entries: list[Entry]) -> Iterator[str]:
    """What the log itself must not tell, whatever the rows say."""
    told = Counter((item.subject, item.kind) for item in entries)
    for (decision, kind), count in told.items():
        if kind in {PROPOSED, ISSUED, RETURNED} and count > 1:
            yield f"{decision} has {count} entries of the kind {kind}"
        if kind in {ISSUED, RETURNED} and not told[decision, PROPOSED]:
            yield f"{decision} was never proposed"
    rows = records.find(DECISIONS)
    in_force = Counter(row.subject for row in rows if row.state is DecisionState.ISSUED)
    yield from (
        f"{subject} has {count} decisions in force" for subject, count in in_force.items() if count > 1
    )
    waiting = Counter(row.subject for row in rows if row.state is DecisionState.PROPOSED)
    yield from (f"{count} proposals wait on {subject}" for subject, count in waiting.items() if count > 1)


def _of_ends(entries: list[Entry]) -> Iterator[str]:
    opened = Counter(item.subject for item in entries if item.kind == "matter:opened")
    if any(count != 1 for count in opened.values()):
        yield "a matter was opened twice under one id"
    ended = Counter(item.subject for item in entries if item.kind in {DISCOUNTED, WITHDRAWN})
    yield from (f"{claim} ended {count} times" for claim, count in ended.items() if count > 1)


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
