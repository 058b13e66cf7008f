"""Parts of outcomes made by several threads, written, and summed up."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from adjudge.basis.said import say
from adjudge.bulk.database import be_quiet
from adjudge.bulk.evaluating import PART, FailureKey, PartOutcomes
from adjudge.bulk.model import EvidenceWritten, FailureWritten, How, Progress, RuleWritten, Written
from adjudge.bulk.parts import Part, done_part, write_part
from adjudge.bulk.question import Question
from adjudge.engines.bulk.packing import VERDICTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEAST, COLUMNS = 150_000_000, 150_000_000
"""What the database needs at least, and what the program needs for itself and for each part that it makes at once."""
EVALUATING = say("evaluating")


class Making(Protocol):
    """What gives the outcomes of parts, by several threads."""

    subjects: int
    claims: int
    unknown: int
    buckets: int
    failures: dict[FailureKey, int]
    """Errors that no part has counted."""

    def kept(self, number: int) -> Path | None:
        """A file that is this part as it stands."""
        ...

    def part(self, db: "DuckDBPyConnection", number: int, size: int) -> PartOutcomes:
        """The outcomes of a part of so many subjects; the cursor is the thread's own."""
        ...


def share_of(how: How) -> int:
    """The memory of the database.

    The rest is for columns, which grow with the threads and not with the data, and for the program itself.
    """
    return max(LEAST, how.memory - COLUMNS * (1 + _workers(how)))


def _workers(how: How) -> int:
    """Parts that are made at once: as many as there are threads, and memory."""
    return max(1, min(how.threads, (how.memory - LEAST - COLUMNS) // COLUMNS))


def write_parts(db: "DuckDBPyConnection", folder: Path, making: Making, how: How) -> list[Part]:
    """Write all parts, but those that are there already where a run goes on."""
    starts = range(0, making.subjects, PART) if making.subjects else (0,)
    sizes = [min(PART, making.subjects - start) for start in starts]
    done: dict[int, Part] = {}
    how.progress(Progress(EVALUATING, 0, making.subjects))

    def make(number: int) -> Part:
        found = done_part(folder, number) if how.resume else None
        if found is None:
            cursor = db.cursor()
            be_quiet(cursor)
            outcomes = making.part(cursor, number, sizes[number])
            found = write_part(cursor, folder, number, outcomes, making.kept(number))
            cursor.close()
        done[number] = found
        rows = sum(part.written.rows for part in list(done.values()))
        how.progress(Progress(EVALUATING, rows, making.subjects))
        return found

    with ThreadPoolExecutor(_workers(how)) as pool:
        return list(pool.map(make, range(len(sizes))))


def written_of(
    question: Question, making: Making, parts: Sequence[Part], evidence: EvidenceWritten | None
) -> Written:
    """What a folder of these parts says of itself."""
    failures = dict(making.failures)
    for part in parts:
        for key, count in part.failures.items():
            failures[key] = failures.get(key, 0) + count
    package = question.asked.package
    return Written(
        package=package.id,
        version=package.version,
        digest=question.digest,
        data=question.given.digests,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.asked.territory,
        pairs=question.asked.pairs,
        rules=tuple(
            RuleWritten(
                rule=rule.id,
                subject=rule.subject,
                measure=rule.measure.kind if rule.measure is not None else None,
                verdicts={
                    verdict: sum(part.verdicts.get(rule.id, {}).get(verdict, 0) for part in parts)
                    for verdict in VERDICTS
                },
                meaning=question.meanings[rule.id],
            )
            for rule in question.rules
        ),
        parts=tuple(part.written for part in parts),
        subjects=making.subjects,
        claims=making.claims,
        unknown=making.unknown,
        referred=sum(part.referred for part in parts),
        failures=tuple(
            FailureWritten(rule=rule, part=name, start=start, end=end, reason=reason, subjects=count)
            for (rule, name, start, end, reason), count in sorted(failures.items())
        ),
        evidence=evidence,
    )
