"""Outcomes over a folder of data, written to a folder: the whole of a bulk evaluation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said, say
from adjudge.bulk import anew
from adjudge.bulk import since as incremental
from adjudge.bulk.anew import Anew
from adjudge.bulk.database import FILE, work_database
from adjudge.bulk.evidence import write_evidence
from adjudge.bulk.folder import Work
from adjudge.bulk.given import look_at
from adjudge.bulk.manifest import manifest_text
from adjudge.bulk.model import Asked, How, Progress, Written
from adjudge.bulk.parts import forget_counts
from adjudge.bulk.previous import Previous, look_at_previous
from adjudge.bulk.question import Question
from adjudge.bulk.since import Since
from adjudge.bulk.writing import Making, share_of, write_parts, written_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGING = say("reading claims")


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


class _Run:
    """One evaluation."""

    def __init__(self, question: Question, how: How, previous: Previous | None) -> None:
        self.question, self.how, self.previous = question, how, previous

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
        with work_database(work.folder, file, memory=share_of(self.how), threads=self.how.threads) as db:
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

    def _evaluate(self, db: "DuckDBPyConnection", work: Work, making: Making) -> Written:
        parts = write_parts(db, work.parts, making, self.how)
        forget_counts(work.parts)
        return written_of(self.question, making, parts, write_evidence(db, work.parts, making.buckets))

    def _tell(self, stage_: Said, done: int, total: int) -> None:
        self.how.progress(Progress(stage_, done, total))
