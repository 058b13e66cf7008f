"""Everybody evaluated by all rules: what a run does that starts from nothing."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.bulk.claims import check_claims, name_facts
from adjudge.bulk.evaluating import PART, Evaluating, PartOutcomes
from adjudge.bulk.evidence import buckets_for, sum_evidence
from adjudge.bulk.question import Question
from adjudge.bulk.staging import STEPS as STAGING_STEPS
from adjudge.bulk.staging import stage_claims
from adjudge.bulk.stored import StoredValues
from adjudge.bulk.subjects import number_subjects
from adjudge.engines.bulk.settling import KeyLayout
from adjudge.facts.vocabulary import Fact
from adjudge.interchange.tables.layout import SUBJECTS

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from adjudge.bulk.evaluating import FailureKey

STEPS = STAGING_STEPS + 2
"""How often `step` is called."""


class Anew:
    """Outcomes of the parts of a population, from claims that are in the database. Parts by several threads."""

    def __init__(
        self,
        db: "DuckDBPyConnection",
        question: Question,
        counted: dict[str, int],
        facts: Sequence[Fact] | None = None,
    ) -> None:
        """`counted` is what `stage` said, in this process or in an earlier one.

        `facts` are those whose claims were staged, where they are more than the question reads.
        """
        facts = question.facts if facts is None else facts
        self.subjects, self.claims, self.unknown = (
            counted[name] for name in ("subjects", "claims", "unknown")
        )
        self.buckets = counted["buckets"]
        self.failures: dict[FailureKey, int] = {}
        values = StoredValues(db, facts, question.asked.package.vocabulary)
        values.load()
        layout = KeyLayout(counted["fact"], counted["row"], counted["value"])
        self._evaluating = Evaluating(question.plans, values, facts, layout, pairs=question.asked.pairs)

    def kept(self, number: int) -> "Path | None":  # noqa: ARG002 - nothing is kept of nothing
        """A file of an earlier run that is this part as it stands."""
        return None

    def part(self, db: "DuckDBPyConnection", number: int, size: int) -> PartOutcomes:
        """The outcomes of a part."""
        return self._evaluating.part(db, number, size)


def stage(
    db: "DuckDBPyConnection", question: Question, log: ProblemLog, step: Callable[[], None]
) -> dict[str, int] | None:
    """Subjects, claims and sums of evidence into the database; what is to be known of them, None with problems."""
    step()
    subjects = number_subjects(db, question.asked.data / SUBJECTS.file, log)
    if log.refuses:
        return None
    step()
    buckets = buckets_for(subjects)
    if look_at_claims(db, question, buckets, log) is None:
        return None
    values = StoredValues(db, question.facts, question.asked.package.vocabulary)
    rows = min(PART, subjects) + 1
    staged = stage_claims(db, question.scan, values, log, plans=question.plans.values(), rows=rows, step=step)
    if staged is None:
        return None
    layout = staged.layout
    return {
        "subjects": subjects,
        "claims": staged.claims,
        "unknown": staged.unknown,
        "buckets": buckets,
        "fact": layout.fact,
        "row": layout.row,
        "value": layout.value,
    }


def look_at_claims(db: "DuckDBPyConnection", question: Question, buckets: int, log: ProblemLog) -> int | None:
    """Make the tables `f` and `e`; how many claims count. None with problems, where one is not sound."""
    name_facts(db, question.facts)
    if not check_claims(db, question.scan, log):
        return None
    return sum_evidence(db, question.scan, buckets)
