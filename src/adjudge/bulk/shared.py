"""Outcomes of several packages over the same data at the same V and K: the claims are read once for all of them.

What is claimed is numbered with regard to all that any of the packages asks of it, which is no loss to the others.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.bulk.anew import Anew
from adjudge.bulk.claims import check_claims, name_facts
from adjudge.bulk.database import FILE, work_database
from adjudge.bulk.evaluating import PART
from adjudge.bulk.given import look_at
from adjudge.bulk.model import Asked, How, Written
from adjudge.bulk.ordered import ordered_facts
from adjudge.bulk.parts import forget_counts
from adjudge.bulk.question import Question
from adjudge.bulk.run import write_outcomes
from adjudge.bulk.staging import stage_claims
from adjudge.bulk.stored import StoredValues
from adjudge.bulk.subjects import number_subjects
from adjudge.bulk.writing import share_of, write_parts, written_of
from adjudge.engines.bulk.engine import facts_of_plans
from adjudge.engines.bulk.plan import Plan
from adjudge.facts.vocabulary import Fact
from adjudge.interchange.tables.layout import SUBJECTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Shared:
    """Claims that wait to be weighed by any package that asks nothing else of them."""

    def __init__(
        self,
        db: "DuckDBPyConnection",
        questions: Sequence[Question],
        how: How,
        plans: Sequence[Plan],
        counted: dict[str, int],
    ) -> None:
        """As `sharing` makes it."""
        self._db, self._first, self._how, self._plans, self._counted = db, questions[0], how, plans, counted
        self._facts = facts_of_plans(plans)

    def write(self, asked: Asked, out: Path, log: ProblemLog) -> Written | None:
        """Write the parts of outcomes to a new folder, without what is written for later runs.

        The claims that are counted are those that any of the packages reads. None, with problems in the log, where what
        was given is wrong.
        """
        question = Question(asked, self._first.given)
        if not self._serves(question):
            return write_outcomes(asked, out, log, self._how)
        out.mkdir()
        making = Anew(self._db, question, self._counted, self._facts)
        parts = write_parts(self._db, out, making, self._how)
        forget_counts(out)
        return written_of(question, making, parts, None)

    def _serves(self, question: Question) -> bool:
        """Whether the numbers of values tell apart all that it asks about."""
        first, asked = self._first.asked, question.asked
        at = (question.valid_at, question.known_at, asked.data)
        if at != (self._first.valid_at, self._first.known_at, first.data):
            return False
        plans = tuple(question.plans.values())
        with_it = [*self._plans, *plans]
        return (
            all(fact in self._facts for fact in question.facts)
            and asked.package.vocabulary.taxonomies == first.package.vocabulary.taxonomies
            and ordered_facts(with_it) == ordered_facts(self._plans)
        )


@contextmanager
def sharing(asked: Sequence[Asked], folder: Path, log: ProblemLog, how: How) -> Iterator[Shared | None]:
    """Read the claims that some packages read, all at one V and K; None where problems are in the log.

    `folder` is for files of ours; it must be there. Raises UnavailableError as `write_outcomes` does.
    """
    given = look_at(asked[0], log)
    if given is None:
        yield None
        return
    questions = [Question(item, given) for item in asked]
    while not all(_agree(questions[0].facts, item.facts) for item in questions):
        questions.pop()  # it declares a fact otherwise, and will be evaluated by itself
    plans = [plan for question in questions for plan in question.plans.values()]
    with work_database(folder, FILE, memory=share_of(how), threads=how.threads) as db:
        counted = _staged(db, questions[0], plans, log)
        yield Shared(db, questions, how, plans, counted) if counted is not None else None


def _agree(facts: Sequence[Fact], others: Sequence[Fact]) -> bool:
    """Whether the facts of one name are declared alike."""
    known = {fact.full_name: fact for fact in facts}
    return all(known.get(fact.full_name, fact) == fact for fact in others)


def _staged(
    db: "DuckDBPyConnection", first: Question, plans: Sequence[Plan], log: ProblemLog
) -> dict[str, int] | None:
    subjects = number_subjects(db, first.asked.data / SUBJECTS.file, log)
    if log.refuses:
        return None
    facts = facts_of_plans(plans)
    scan = first.scan_of(facts)
    name_facts(db, facts)
    if not check_claims(db, scan, log):
        return None
    values = StoredValues(db, facts, first.asked.package.vocabulary)
    staged = stage_claims(db, scan, values, log, plans=plans, rows=min(PART, subjects) + 1)
    if staged is None:
        return None
    return {
        "subjects": subjects,
        "claims": staged.claims,
        "unknown": staged.unknown,
        "buckets": 0,
        "fact": staged.layout.fact,
        "row": staged.layout.row,
        "value": staged.layout.value,
    }
