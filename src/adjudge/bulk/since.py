"""Outcomes from those of an earlier run: anew is whose evidence changed, and by rules that changed, everybody.

Sums over the claims that count then and now tell whose evidence is another (`adjudge.bulk.evidence`), digests which
rules are (`adjudge.bulk.meaning`). All subjects of one advertiser are evaluated together, since rules about ads read
their advertiser. Whoever met an error before is evaluated anew in any case: errors are told by their place in a text,
and that they were the same is written nowhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said, say
from adjudge.bulk.anew import look_at_claims
from adjudge.bulk.claims import name_facts
from adjudge.bulk.evaluating import PART, Evaluating, FailureKey, PartOutcomes
from adjudge.bulk.evidence import bucket_of, buckets_for, fold
from adjudge.bulk.folder import PICKED
from adjudge.bulk.merging import Merging, keep_redone
from adjudge.bulk.previous import Previous, has_columns, why_all
from adjudge.bulk.question import Question
from adjudge.bulk.scan import TIMES, Scan
from adjudge.bulk.staging import stage_claims
from adjudge.bulk.stored import StoredValues
from adjudge.bulk.subjects import number_subjects
from adjudge.engines.bulk.engine import facts_of_plans
from adjudge.engines.bulk.plan import Plan, plan_for
from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables.layout import NANOS, SUBJECTS
from adjudge.interchange.tables.parquet import exactly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STEPS = 4
"""How often `step` is called."""
FILE = "since.duckdb"
_MAIN, _AGAIN, _CHANGED = "since", "again", "changed"
_MOST = 4
"""Of more than one subject in so many there is no gain."""
_PICKED = "subject, fact, stance, weight, origin, \"none\", value, '' AS id"
"""Without their ids, which are long: only problems name them, and a whole run tells those."""


@dataclass(frozen=True, slots=True)
class Found:
    """What must be done: whose evidence is another, how many subjects that touches, and which rules are others."""

    touched: int
    changed: frozenset[str]
    is_same_subjects: bool
    is_short_of_some: bool


class Since:
    """Outcomes of the parts of a population. Parts by several threads."""

    def __init__(
        self,
        db: "DuckDBPyConnection",
        question: Question,
        previous: Previous,
        *,
        subjects: int,
        read: int,
        buckets: int,
        found: Found,
    ) -> None:
        """Nothing is evaluated yet."""
        self.subjects, self.buckets, self.claims, self.unknown = subjects, buckets, read, 0
        self.failures: dict[FailureKey, int] = {}
        self._db, self._question, self._found = db, question, found
        self._merging = Merging(question, previous, found.changed, is_same_subjects=found.is_same_subjects)
        self._changed: Evaluating | None = None

    # --- beforehand ---

    @property
    def remarks(self) -> Iterator[Said]:
        """How much of it is anew."""
        yield say(
            "subjects that are evaluated anew: {touched} of {subjects}",
            touched=f"{self._found.touched:,}",
            subjects=f"{self.subjects:,}",
        )
        if self._found.changed:
            rules = ", ".join(sorted(self._found.changed))
            yield say("rules that are evaluated anew for everybody: {rules}", rules=rules)

    def prepare(self, folder: Path, previous: Previous, log: ProblemLog, step: Callable[[], None]) -> bool:
        """Evaluate those who are touched, and have the claims ready that changed rules read. False with problems."""
        step()
        picked = self._pick(folder, previous.evidence.buckets)
        self.unknown = self._count_unknown(picked, previous)
        self.claims -= self.unknown
        done = self._touch(folder, picked, log)
        step()
        if done and self._found.changed:
            done = self._stage_changed(folder, log)
        self._db.execute(f"USE {_MAIN}")
        return done

    def _pick(self, folder: Path, buckets: int) -> Path:
        """The claims in the buckets of those who are touched, apart from all others."""
        path = folder / PICKED
        path.unlink(missing_ok=True)
        own = bucket_of("id", buckets)
        times = ", ".join(f"{at}, {at}{NANOS}" for at in TIMES)
        self._db.execute(
            f"INSERT INTO d SELECT DISTINCT {own} FROM touched WHERE {own} NOT IN (SELECT bucket FROM d)"  # noqa: S608
        )
        scan = self._question.scan
        self._db.execute(
            f"COPY (SELECT {_PICKED}, {times} FROM read_parquet($path) c "  # noqa: S608 - ours
            f"WHERE {bucket_of('c.subject', buckets)} IN (SELECT bucket FROM d)) "
            f"TO {_quoted(path)} (FORMAT PARQUET, COMPRESSION SNAPPY)",
            {"path": exactly(scan.path)},
        )
        return path

    def _count_unknown(self, picked: Path, previous: Previous) -> int:
        """Claims that count and are about nobody.

        Where there were none, and everybody is there still, there are none but in buckets that changed.
        """
        found = self._found
        is_narrow = not (previous.written.unknown or found.changed or found.is_short_of_some)
        scan = self._question.scan
        narrow = replace(scan, path=picked) if is_narrow else scan
        nobody = "NOT EXISTS (SELECT 1 FROM s WHERE s.id = c.subject)"
        query = f"SELECT count(*) {narrow.source} AND {nobody}"
        return int(self._db.execute(query, dict(narrow.parts)).fetchall()[0][0])

    def _touch(self, folder: Path, picked: Path, log: ProblemLog) -> bool:
        """Evaluate who is touched, by all rules."""
        db, question = self._db, self._question
        _attach(db, folder, _AGAIN)
        db.execute(
            "CREATE TABLE s AS SELECT place AS row, id, is_ad, owner, advertiser "  # noqa: S608 - ours
            f"FROM {_MAIN}.touched ORDER BY place"
        )
        scan = replace(question.scan, path=picked, called=question.scan.path)
        evaluating = self._evaluating(db, question.plans, scan, self._found.touched, log)
        if evaluating is None:
            return False
        for number, start in enumerate(range(0, self._found.touched, PART) or (0,)):
            outcomes = evaluating.part(db, number, min(PART, self._found.touched - start))
            keep_redone(db, outcomes, start, f"{_MAIN}.redone")
            for key, count in outcomes.failures.items():
                if key[0] not in self._found.changed:
                    self.failures[key] = self.failures.get(key, 0) + count
        return True

    def _stage_changed(self, folder: Path, log: ProblemLog) -> bool:
        """The claims that changed rules read, of everybody."""
        db, question = self._db, self._question
        plans = {kind: _part_of(plan, self._found.changed) for kind, plan in question.plans.items()}
        _attach(db, folder, _CHANGED)
        db.execute(f"CREATE VIEW s AS SELECT * FROM {_MAIN}.s")  # noqa: S608 - ours
        scan = question.scan_of(facts_of_plans(plans.values()))
        self._changed = self._evaluating(db, plans, scan, self.subjects, log)
        return self._changed is not None

    def _evaluating(
        self, db: "DuckDBPyConnection", plans: Mapping[Kind, Plan], scan: Scan, rows: int, log: ProblemLog
    ) -> Evaluating | None:
        asked = self._question.asked
        # Asked by threads one at a time, and of the database that is in use now.
        own = db.cursor()
        own.execute(f"USE {_in_use(db)}")
        values = StoredValues(own, scan.facts, asked.package.vocabulary, scan.called)
        name_facts(db, scan.facts)
        staged = stage_claims(db, scan, values, log, plans=plans.values(), rows=min(PART, rows) + 1)
        if staged is None:
            return None
        return Evaluating(plans, values, scan.facts, staged.layout, pairs=asked.pairs)

    # --- parts ---

    def kept(self, number: int) -> Path | None:
        """A file of the earlier run that is this part as it stands."""
        return self._merging.kept(self._db.cursor(), number)

    def part(self, db: "DuckDBPyConnection", number: int, size: int) -> PartOutcomes:
        """The outcomes of a part."""
        found = None
        if self._changed is not None:
            db.execute(f"USE {_CHANGED}")
            found = self._changed.part(db, number, size)
        db.execute(f"USE {_MAIN}")
        return self._merging.part(db, number, size, found)


def since(
    db: "DuckDBPyConnection",
    question: Question,
    previous: Previous,
    log: ProblemLog,
    *,
    folder: Path,
    step: Callable[[], None],
) -> "Since | Said | None":
    """What can give the outcomes; why everything must be evaluated; None with problems.

    `folder` is for files of its own.
    """
    reason = why_all(previous, question)
    if reason is not None:
        return reason
    if not has_columns(db, previous):
        return say("the files of the earlier outcomes are not what their manifest says")
    step()
    subjects = number_subjects(db, question.asked.data / SUBJECTS.file, log)
    if log.refuses:
        return None
    step()
    buckets = buckets_for(subjects)
    read = look_at_claims(db, question, max(buckets, previous.evidence.buckets), log)
    if read is None:
        return None
    found = _look_for(db, question, previous)
    if found.touched * _MOST > subjects:
        return say("more than one subject in four would be evaluated anew")
    if buckets < previous.evidence.buckets:
        fold(db, "e_folded", buckets)
        db.execute("DROP TABLE e")
        db.execute("ALTER TABLE e_folded RENAME TO e")
    meanwhile = ProblemLog()
    made = Since(db, question, previous, subjects=subjects, read=read, buckets=buckets, found=found)
    if made.prepare(folder, previous, meanwhile, step):
        return made
    # Which problems there are, and of which claim each is told, a whole run knows.
    return say("something in the claims cannot be read")


def _look_for(db: "DuckDBPyConnection", question: Question, previous: Previous) -> Found:
    """Make the tables `d (bucket)`, `touched` and, where subjects changed, `old`."""
    buckets = previous.evidence.buckets
    fold(db, "now", buckets)
    db.execute(
        "CREATE TABLE d AS SELECT coalesce(a.bucket, b.bucket) AS bucket FROM now a "
        "FULL JOIN read_parquet($path) b ON a.bucket = b.bucket "
        "WHERE a.said IS DISTINCT FROM b.said OR a.claims IS DISTINCT FROM b.claims",
        {"path": exactly(previous.folder / previous.evidence.file)},
    )
    is_same = previous.written.data.get(SUBJECTS.name) == question.given.digests[SUBJECTS.name]
    is_short = not is_same and _join_old(db, previous)
    new = (
        ""
        if is_same
        else " UNION SELECT owner FROM s WHERE NOT EXISTS (SELECT 1 FROM old WHERE old.row = s.row)"
    )
    owners = (
        f"SELECT owner FROM s WHERE {bucket_of('id', buckets)} IN (SELECT bucket FROM d){new} "  # noqa: S608 - ours
        "UNION SELECT s.owner FROM read_parquet($files) p JOIN s ON s.id = p.subject WHERE p.failed"
    )
    db.execute(
        "CREATE TABLE touched AS SELECT (row_number() OVER (ORDER BY row) - 1)::UINTEGER AS place, * "  # noqa: S608
        f"FROM s WHERE owner IN ({owners}) ORDER BY row",
        {"files": previous.files},
    )
    touched = int(db.execute("SELECT count(*) FROM touched").fetchall()[0][0])
    changed = frozenset(previous.changed_rules(question))
    return Found(touched, changed, is_same, is_short)


def _join_old(db: "DuckDBPyConnection", previous: Previous) -> bool:
    """Make the table `old`: earlier outcomes by the rows of now. Whether somebody is there no more."""
    db.execute(
        "CREATE TABLE old AS SELECT s.row, p.* EXCLUDE (subject, kind, advertiser) FROM read_parquet($files) p "
        "JOIN s ON s.id = p.subject AND s.advertiser = p.advertiser AND s.is_ad = (p.kind = 'ad') ORDER BY s.row",
        {"files": previous.files},
    )
    return int(db.execute("SELECT count(*) FROM old").fetchall()[0][0]) < previous.written.subjects


def _part_of(plan: Plan, rules: frozenset[str]) -> Plan:
    chosen = [rule for rule in plan.rules if rule.id in rules]
    return plan_for(plan.kind, chosen, plan.context, plan.now)


def _attach(db: "DuckDBPyConnection", folder: Path, name: str) -> None:
    """A database of its own, so that tables may have their own names there, and its use."""
    path = folder / f"{FILE}.{name}"
    path.unlink(missing_ok=True)
    db.execute(f"ATTACH {_quoted(path)} AS {name}")
    db.execute(f"USE {name}")


def _in_use(db: "DuckDBPyConnection") -> str:
    return str(db.execute("SELECT current_database()").fetchall()[0][0])


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
