"""Outcomes over a folder of data, written to a folder: the whole of a bulk evaluation."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge import __version__
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said, say
from adjudge.bulk.claims import check_claims, check_kinds, name_facts, stage
from adjudge.bulk.database import be_quiet, work_database
from adjudge.bulk.evaluating import PART, Evaluating, FailureKey
from adjudge.bulk.folder import Work
from adjudge.bulk.given import Given, look_at
from adjudge.bulk.manifest import manifest_text
from adjudge.bulk.model import Asked, FailureWritten, How, Progress, RuleWritten, Written
from adjudge.bulk.ordered import ordered_facts
from adjudge.bulk.parts import Part, done_part, forget_counts, write_part
from adjudge.bulk.scan import Scan
from adjudge.bulk.stored import StoredValues
from adjudge.bulk.subjects import number_subjects
from adjudge.engines.bulk.engine import facts_of_plans
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.engines.bulk.plan import Plan, plan_of
from adjudge.engines.bulk.settling import KeyLayout, key_layout
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.interchange.tables.layout import CLAIMS, SUBJECTS
from adjudge.language.seal import digest_of_package

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
    run = _Run(asked, given, how)
    work = Work(out)
    with work.open(run.question, resume=how.resume):
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


@dataclass(slots=True)
class _Staged:
    """What is known once the claims are in the database."""

    subjects: int
    claims: int
    unknown: int
    layout: KeyLayout


class _Run:
    """One evaluation."""

    def __init__(self, asked: Asked, given: Given, how: How) -> None:
        self.asked, self.given, self.how = asked, given, how
        self.valid_at: Instant = asked.valid_at or given.known_at
        self.known_at: Instant = asked.known_at or given.known_at
        at = (self.valid_at, self.known_at, asked.territory)
        self.plans: Mapping[Kind, Plan] = {kind: plan_of(asked.package, kind, *at) for kind in Kind}
        self.facts: tuple[Fact, ...] = facts_of_plans(self.plans.values())
        self.digest = str(digest_of_package(asked.package))
        form = {
            "package": self.digest,
            "data": dict(given.digests),
            "valid_at": str(self.valid_at),
            "known_at": str(self.known_at),
            "territory": asked.territory,
            "pairs": asked.pairs,
            "part": PART,
            "program": __version__,
        }
        self.question = json.dumps(form, sort_keys=True)

    @property
    def _workers(self) -> int:
        """Parts that are made at once: as many as there are threads, and memory."""
        return max(1, min(self.how.threads, (self.how.memory - LEAST - COLUMNS) // COLUMNS))

    def write(self, work: Work, log: ProblemLog) -> Written | None:
        """Everything but the publishing; None with problems."""
        found = work.staged()
        if found is None:
            work.forget_database()
        # The rest is for columns, which grow with the threads and not with the data, and for the program itself.
        share = max(LEAST, self.how.memory - COLUMNS * (1 + self._workers))
        with work_database(work.folder, memory=share, threads=self.how.threads) as db:
            values = StoredValues(db, self.facts, self.asked.package.vocabulary)
            if found is None:
                found = self._stage(db, values, log)
                if found is None:
                    return None
                db.execute("CHECKPOINT")
                work.note_staged(found)
            else:
                values.load()
            layout = KeyLayout(found["fact"], found["row"], found["value"])
            staged = _Staged(found["subjects"], found["claims"], found["unknown"], layout)
            return self._evaluate(db, work, values, staged)

    def _stage(
        self, db: "DuckDBPyConnection", values: StoredValues, log: ProblemLog
    ) -> dict[str, int] | None:
        """Claims into the database; what is to be known of them, None with problems."""
        claims = self.asked.data / CLAIMS.file
        scan = Scan(claims, self.facts, self.valid_at, self.known_at)
        subjects = 0
        layout = key_layout(1, 1, 1)

        def number_rows() -> None:
            nonlocal subjects
            subjects = number_subjects(db, self.asked.data / SUBJECTS.file, log)
            name_facts(db, self.facts)

        def number_values() -> None:
            values.number(scan, ordered_facts(self.plans.values()), log)
            values.check_ordered(claims, log)

        def stage_claims() -> None:
            nonlocal layout
            layout = stage(db, scan, values, min(PART, subjects) + 1)
            check_kinds(db, scan, log)

        steps = (number_rows, lambda: check_claims(db, scan, log), number_values, stage_claims)
        for number, step in enumerate(steps):
            self._tell(STAGING, number, len(steps))
            step()
            if log.refuses:
                return None
        self._tell(STAGING, len(steps), len(steps))
        kept = int(db.execute("SELECT count(*) FROM keys").fetchall()[0][0])
        sizes = {"fact": layout.fact, "row": layout.row, "value": layout.value}
        return {"subjects": subjects, "claims": kept, "unknown": values.claims - kept, **sizes}

    def _evaluate(
        self, db: "DuckDBPyConnection", work: Work, values: StoredValues, staged: _Staged
    ) -> Written:
        evaluating = Evaluating(self.plans, values, self.facts, staged.layout, pairs=self.asked.pairs)
        starts = range(0, staged.subjects, PART) if staged.subjects else (0,)
        sizes = [min(PART, staged.subjects - start) for start in starts]
        done: dict[int, Part] = {}
        self._tell(EVALUATING, 0, staged.subjects)

        def make(number: int) -> Part:
            found = done_part(work.parts, number) if self.how.resume else None
            if found is None:
                cursor = db.cursor()
                be_quiet(cursor)
                outcomes = evaluating.part(cursor, number, sizes[number])
                found = write_part(cursor, work.parts, number, outcomes)
                cursor.close()
            done[number] = found
            self._tell(EVALUATING, sum(part.written.rows for part in list(done.values())), staged.subjects)
            return found

        with ThreadPoolExecutor(self._workers) as pool:
            parts = list(pool.map(make, range(len(sizes))))
        forget_counts(work.parts)
        return self._written(evaluating, staged, parts)

    def _tell(self, stage_: Said, done: int, total: int) -> None:
        self.how.progress(Progress(stage_, done, total))

    def _written(self, evaluating: Evaluating, staged: _Staged, parts: list[Part]) -> Written:
        failures: dict[FailureKey, int] = {}
        for part in parts:
            for key, count in part.failures.items():
                failures[key] = failures.get(key, 0) + count
        package = self.asked.package
        return Written(
            package=package.id,
            version=package.version,
            digest=self.digest,
            data=self.given.digests,
            valid_at=self.valid_at,
            known_at=self.known_at,
            territory=self.asked.territory,
            pairs=self.asked.pairs,
            rules=tuple(
                RuleWritten(
                    rule=rule.id,
                    subject=rule.subject,
                    measure=rule.measure.kind if rule.measure is not None else None,
                    verdicts={
                        verdict: sum(part.verdicts.get(rule.id, {}).get(verdict, 0) for part in parts)
                        for verdict in VERDICTS
                    },
                )
                for rule in evaluating.rules
            ),
            parts=tuple(part.written for part in parts),
            subjects=staged.subjects,
            claims=staged.claims,
            unknown=staged.unknown,
            referred=sum(part.referred for part in parts),
            failures=tuple(
                FailureWritten(rule=rule, part=name, start=start, end=end, reason=reason, subjects=count)
                for (rule, name, start, end, reason), count in sorted(failures.items())
            ),
        )
