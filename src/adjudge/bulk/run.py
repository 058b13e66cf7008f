"""Outcomes over a folder of data, written to a folder: the whole of a bulk evaluation."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said, say
from adjudge.bulk import anew
from adjudge.bulk import since as incremental
from adjudge.bulk.anew import Anew
from adjudge.bulk.database import FILE, be_quiet, work_database
from adjudge.bulk.evaluating import PART, FailureKey, PartOutcomes
from adjudge.bulk.evidence import write_evidence
from adjudge.bulk.folder import Work
from adjudge.bulk.given import look_at
from adjudge.bulk.manifest import manifest_text
from adjudge.bulk.model import Asked, EvidenceWritten, FailureWritten, How, Progress, RuleWritten, Written
from adjudge.bulk.parts import Part, done_part, forget_counts, write_part
from adjudge.bulk.previous import Previous, look_at_previous
from adjudge.bulk.question import Question
from adjudge.bulk.since import Since
from adjudge.engines.bulk.packing import VERDICTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEAST, COLUMNS = 150_000_000, 150_000_000
"""What the database needs at least, and what the program needs for itself and for each part that it makes at once."""
STAGING, EVALUATING = say("reading claims"), say("evaluating")


def write_outcomes(asked: Asked, out: Path, log: ProblemLog, how: How | None = None) -> Written | None:
    """Evaluate everybody in `asked.data`, and write the outcomes to the folder `out`, which must not exist yet.

    The folder is there when all is written, and not before. In it are `manifest.json`, which says what `Written` says,
    and `part-00000.parquet` and so on (read `out/part-*.parquet`), one row for each subject, those of one advertiser
    together, the advertiser first:

    - `subject`, `kind`, `advertiser` (of an advertiser its own id): texts;
    - `verdicts_0`, `verdicts_1` ...: UBIGINT, the verdicts of twenty rules each, three bits for each rule; rule n of
      `Written.rules` stands in `verdicts_{n // 20}`, in the bits from `3 * (n % 20)` on; the number is the place in
      `adjudge.engines.bulk.packing.VERDICTS`, 7 where the rule is about another kind of subject;
    - `measures_0` ...: UBIGINT, bit `n % 64` of `measures_{n // 64}`: whether the measure of rule n applies (5.2);
    - `referred`, `failed`: BOOLEAN, whether a person must decide, and whether a condition met an error (3.7);
    - with `asked.pairs` also `pair_0`, `pair_1` ... for each rule: UTINYINT, ten times the weight for its `when`, and
      the weight against; 99 where the rule is about another kind of subject.

    `evidence.parquet` is for later runs: with `How(since=...)` earlier outcomes are taken over where nothing changed,
    and what is written is the same to the byte as by a whole run.

    None, with problems in the log, where what was given is wrong. Raises UnavailableError where the disk or the memory
    does not suffice; then, as after a kill, `How(resume=True)` goes on with what was done.
    """
    how = how or How()
    given = look_at(asked, log)
    if given is None:
        return None
    _refuse_existing(out, log)
    if log.refuses:
        return None
    previous = look_at_previous(how.since, log) if how.since is not None else None
    if previous is None and how.since is not None:
        return None
    run = _Run(Question(asked, given), how, previous)
    work = Work(out)
    text = run.question.text(previous.identity if previous is not None else None)
    with work.open(text, resume=how.resume, remark=how.remark):
        written = run.write(work, log)
        if written is None:
            work.remove()
        else:
            work.publish(manifest_text(written))
    return written


def _refuse_existing(out: Path, log: ProblemLog) -> None:
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        message = say("{path} exists already", path=str(out))
        log.add("already-there", message, where=str(out), hint=say("name a folder that does not exist yet"))


class _Making(Protocol):
    """What gives the outcomes of parts, by several threads."""

    subjects: int
    claims: int
    unknown: int
    buckets: int
    failures: dict[FailureKey, int]
    """Errors that no part has counted."""

    def kept(self, number: int) -> Path | None: ...

    def part(self, db: "DuckDBPyConnection", number: int, size: int) -> PartOutcomes: ...


class _Run:
    """One evaluation."""

    def __init__(self, question: Question, how: How, previous: Previous | None) -> None:
        self.question, self.how, self.previous = question, how, previous

    @property
    def _workers(self) -> int:
        """Parts that are made at once: as many as there are threads, and memory."""
        return max(1, min(self.how.threads, (self.how.memory - LEAST - COLUMNS) // COLUMNS))

    def write(self, work: Work, log: ProblemLog) -> Written | None:
        """Everything but the publishing; None with problems."""
        if self.previous is not None:
            written = self._write_since(work, self.previous, log)
            if not isinstance(written, Said):
                return written
            self.how.remark(say("everything is evaluated: {reason}", reason=written))
        with self._database(work, FILE) as db:
            making = self._anew(db, work, log)
            return None if making is None else self._evaluate(db, work, making)

    @contextmanager
    def _database(self, work: Work, file: str) -> "Iterator[DuckDBPyConnection]":
        if work.staged() is None:
            work.forget_database()
        # The rest is for columns, which grow with the threads and not with the data, and for the program itself.
        share = max(LEAST, self.how.memory - COLUMNS * (1 + self._workers))
        with work_database(work.folder, file, memory=share, threads=self.how.threads) as db:
            yield db

    def _steps(self, count: int) -> Callable[[], None]:
        """Tells of each step when it begins."""
        done = iter(range(count + 1))
        return lambda: self._tell(STAGING, next(done), count)

    def _anew(self, db: "DuckDBPyConnection", work: Work, log: ProblemLog) -> Anew | None:
        counted = work.staged()
        if counted is None:
            step = self._steps(anew.STEPS)
            counted = anew.stage(db, self.question, log, step)
            if counted is None:
                return None
            step()
            db.execute("CHECKPOINT")
            work.note_staged(counted)
        return Anew(db, self.question, counted)

    def _write_since(self, work: Work, previous: Previous, log: ProblemLog) -> Written | Said | None:
        """What `write` gives, or why everything must be evaluated."""
        if work.staged() is not None:
            return say("the run that was cut off had begun so")
        with self._database(work, incremental.FILE) as db:
            step = self._steps(incremental.STEPS)
            making = incremental.since(db, self.question, previous, log, folder=work.folder, step=step)
            if not isinstance(making, Since):
                return making
            step()
            for remark in making.remarks:
                self.how.remark(remark)
            return self._evaluate(db, work, making)

    def _evaluate(self, db: "DuckDBPyConnection", work: Work, making: _Making) -> Written:
        starts = range(0, making.subjects, PART) if making.subjects else (0,)
        sizes = [min(PART, making.subjects - start) for start in starts]
        done: dict[int, Part] = {}
        self._tell(EVALUATING, 0, making.subjects)

        def make(number: int) -> Part:
            found = done_part(work.parts, number) if self.how.resume else None
            if found is None:
                cursor = db.cursor()
                be_quiet(cursor)
                outcomes = making.part(cursor, number, sizes[number])
                found = write_part(cursor, work.parts, number, outcomes, making.kept(number))
                cursor.close()
            done[number] = found
            self._tell(EVALUATING, sum(part.written.rows for part in list(done.values())), making.subjects)
            return found

        with ThreadPoolExecutor(self._workers) as pool:
            parts = list(pool.map(make, range(len(sizes))))
        forget_counts(work.parts)
        return self._written(making, parts, write_evidence(db, work.parts, making.buckets))

    def _tell(self, stage_: Said, done: int, total: int) -> None:
        self.how.progress(Progress(stage_, done, total))

    def _written(self, making: _Making, parts: Sequence[Part], evidence: EvidenceWritten) -> Written:
        failures = dict(making.failures)
        for part in parts:
            for key, count in part.failures.items():
                failures[key] = failures.get(key, 0) + count
        question, package = self.question, self.question.asked.package
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
