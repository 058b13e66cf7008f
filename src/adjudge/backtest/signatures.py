"""Equal evidence, put together: recourse is the same wherever the same is said, so that it is searched once.

The signature of a subject holds all on which weights depend, and what a further claim would make of them: for every
fact that rules read, value and stance the greatest weight, and whether none, one or several origins reach the weight
that corroborates. A claim that recourse adds has an origin of its own. LANGUAGE.md 2.1.
"""

from dataclasses import dataclass

from adjudge.backtest.model import Change
from adjudge.backtest.question import Question
from adjudge.backtest.tables import Tables
from adjudge.facts.settle import CORROBORATING
from adjudge.facts.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Signature:
    """One evidence: its number, the first subject that has it, and how many have it."""

    number: int
    row: int
    subjects: int
    had_measure: bool


_VALUE = (
    "CASE WHEN closing THEN 'none' "
    "WHEN value_bool IS NOT NULL AND stance = 'denies' THEN CAST(NOT value_bool AS VARCHAR) "
    "WHEN value_bool IS NOT NULL THEN CAST(value_bool AS VARCHAR) "
    "WHEN value_decimal IS NOT NULL THEN concat_ws(' ', CAST(value_decimal AS VARCHAR), value_text) ELSE value END"
)
"""Equal values as equal texts; denying a truth value is asserting its opposite."""
_STANCE = "CASE WHEN value_bool IS NOT NULL THEN 'asserts' ELSE stance END"
_ORIGINS = (
    f"CASE WHEN type LIKE 'record%' THEN list_sort(list_distinct(list(origin) FILTER (weight >= {CORROBORATING}))) "
    f"ELSE [CAST(least(2, count(DISTINCT origin) FILTER (weight >= {CORROBORATING})) AS VARCHAR)] END"
)
"""Records are compared by their texts, of which equal ones may differ: there the origins themselves count."""


def make_signatures(question: Question, tables: Tables) -> tuple[Signature, ...]:
    """The tables `signature (number, row)` of those with measures that they had not before, the most frequent first."""
    facts = [(kind.value, fact) for kind in Kind for fact in question.facts(kind)]
    tables.run("CREATE TABLE facts_read (kind VARCHAR, fact VARCHAR)")
    tables.fill("facts_read", [kind for kind, _ in facts], [fact for _, fact in facts])
    tables.run(
        "CREATE TABLE candidates AS SELECT row, owner, kind, old <> 'none' AS had FROM changed "
        "WHERE new <> 'none' AND change <> $same",
        same=Change.SAME.value,
    )
    tables.run(_SAID)
    tables.run(
        "CREATE TABLE signed AS SELECT c.row, c.kind, c.had, coalesce(string_agg(t.text, '\n' ORDER BY t.text), '') "
        "AS text FROM candidates c LEFT JOIN said t USING (row) GROUP BY c.row, c.kind, c.had"
    )
    tables.run(
        "CREATE TABLE signatures AS SELECT CAST(row_number() OVER (ORDER BY count(*) DESC, min(row)) - 1 AS INTEGER) "
        "AS number, kind, had, text, min(row) AS row, count(*) AS subjects FROM signed GROUP BY kind, had, text"
    )
    tables.run(
        "CREATE TABLE signature AS SELECT n.number, s.row FROM signed s JOIN signatures n USING (kind, had, text)"
    )
    found = tables.run("SELECT number, row, subjects, had FROM signatures ORDER BY number")
    return tuple(Signature(number, row, subjects, had) for number, row, subjects, had in found)


_TEXT = (
    f"concat_ws('|', l.fact, {_STANCE}, {_VALUE}, CAST(max(weight) AS VARCHAR), "
    f"array_to_string({_ORIGINS}, '+')) AS text"
)
_GROUP = f"GROUP BY c.row, l.fact, {_STANCE}, {_VALUE}, type, closing"
_SAID = (
    f"CREATE TABLE said AS SELECT c.row, {_TEXT} FROM candidates c JOIN live l ON l.row = c.row "  # noqa: S608 - as above
    f"JOIN facts_read f ON f.kind = c.kind AND f.fact = l.fact {_GROUP} "
    f"UNION ALL SELECT c.row, {_TEXT} FROM candidates c JOIN live l ON l.row = c.owner "
    f"JOIN facts_read f ON f.kind = c.kind AND f.fact = l.fact WHERE c.kind = 'ad' {_GROUP}"
)
