"""Live claims of an export as packed integers in a table, by DuckDB on all threads: LANGUAGE.md 1.6, 2.1.

Texts are read where they are and never carried along: a value, an origin and a subject become numbers in the same scan
in which claims that do not count at V and K are passed over. What the numbers are is nobody's business but that equal
things have equal ones, so that outcomes do not depend on them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adjudge.basis.problem import LIMIT, ProblemLog, quoted
from adjudge.basis.said import say
from adjudge.bulk.scan import Scan
from adjudge.bulk.stored import StoredValues
from adjudge.engines.bulk.settling import KeyLayout, key_layout
from adjudge.facts.settle import CORROBORATING
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Fact
from adjudge.interchange.tables.parquet import exactly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BAD = (
    "c.weight NOT BETWEEN 1 AND 5 OR c.stance NOT IN ('asserts', 'denies') OR c.\"none\" = (c.value IS NOT NULL) "
    'OR c.subject IS NULL OR c.origin IS NULL OR c.weight IS NULL OR c.stance IS NULL OR c."none" IS NULL '
    "OR (c.\"none\" AND (c.stance = 'denies' OR NOT f.is_many))"
)
_NEEDED = "fact IS NULL OR recorded_at IS NULL"
_VALIDATE = say("look at all of them with `adjudge data validate`")


def name_facts(db: "DuckDBPyConnection", facts: Sequence[Fact]) -> None:
    """Make the table `f (number, name, type, is_ad, is_bool, is_many)`."""
    db.execute(
        "CREATE TABLE f (number UINTEGER, name VARCHAR, type VARCHAR, is_ad BOOLEAN, is_bool BOOLEAN, is_many BOOLEAN)"
    )
    for number, fact in enumerate(facts):
        row = [number, str(fact.full_name), str(fact.type), fact.kind.value == "ad", fact.type is Simple.BOOL]
        db.execute("INSERT INTO f VALUES (?, ?, ?, ?, ?, ?)", [*row, fact.many])


def check_claims(db: "DuckDBPyConnection", scan: Scan, log: ProblemLog) -> bool:
    """Whether an engine can read all rightly: weights, words, values that may not be absent, and times."""
    query = (
        f"SELECT c.id, c.fact FROM read_parquet($path) c JOIN f ON f.name = c.fact WHERE {_BAD} "  # noqa: S608
        f"UNION ALL SELECT id, fact FROM read_parquet($path) WHERE {_NEEDED} "
        f"ORDER BY 1 LIMIT {LIMIT}"
    )
    found = db.execute(query, {"path": exactly(scan.path)}).fetchall()
    for claim, fact in found:
        message = say("a claim about {fact} is not sound", fact=quoted(str(fact)))
        where = say("{file}, claim {claim}", file=scan.name, claim=str(claim))
        log.add("bad-value", message, where=where, hint=_VALIDATE)
    return not found


def stage(db: "DuckDBPyConnection", scan: Scan, values: StoredValues, rows: int) -> KeyLayout:
    """Make the table `keys (row, said, origin)` of live claims about subjects of the table `s`.

    `said` is the key of `adjudge.engines.bulk.settling` without its row.
    """
    layout = key_layout(len(scan.facts), rows, values.most)
    fact, _, value = layout.shifts
    # Also those of claims that do not count, since looking at the times of all claims costs more than their numbers.
    origins = f"SELECT origin FROM read_parquet($path) WHERE weight = {CORROBORATING} GROUP BY 1"  # noqa: S608 - ours
    numbered = "origin, row_number() OVER ()::UINTEGER AS number"
    query = f"CREATE TABLE o AS SELECT {numbered} FROM ({origins})"  # noqa: S608 - ours
    db.execute(query, {"path": scan.parts["path"]})
    _say_values(db, fact, value)
    none = f"(f.number::UBIGINT << {fact}::UBIGINT)"
    said = f"coalesce(CASE WHEN c.stance = 'denies' THEN w.denied ELSE w.asserted END, {none}) | c.weight::UBIGINT"
    source = scan.source.replace(
        " WHERE ",
        " JOIN s ON s.id = c.subject LEFT JOIN w ON w.fact = f.number AND w.value = c.value "
        f"LEFT JOIN o ON o.origin = CASE WHEN c.weight = {CORROBORATING} THEN c.origin END WHERE ",
        1,
    )
    db.execute(
        f"CREATE TABLE keys AS SELECT s.row, ({said}) AS said, coalesce(o.number, 0)::UINTEGER AS origin, "
        f"s.is_ad <> f.is_ad AS strays {source}",
        dict(scan.parts),
    )
    return layout


def _say_values(db: "DuckDBPyConnection", fact: int, value: int) -> None:
    """Make the table `w (fact, value, asserted, denied)`: what a claim without its weight comes to, by its stance.

    Denying a truth value is asserting its opposite: LANGUAGE.md 2.1.
    """
    opposite = "CASE v.value WHEN 'true' THEN 'false' ELSE 'true' END"
    key = f"(v.fact::UBIGINT << {fact}::UBIGINT) | ({{}}.number::UBIGINT << {value}::UBIGINT)"
    db.execute(
        f"CREATE TABLE w AS SELECT v.fact, v.value, {key.format('v')} AS asserted, "  # noqa: S608 - ours
        f"CASE WHEN f.is_bool THEN {key.format('n')} ELSE {key.format('v')} | 8::UBIGINT END AS denied "
        "FROM v JOIN f ON f.number = v.fact "
        f"LEFT JOIN v AS n ON f.is_bool AND n.fact = v.fact AND n.value = {opposite}"
    )


def check_kinds(db: "DuckDBPyConnection", scan: Scan, log: ProblemLog) -> bool:
    """Whether a claim's subject has the kind of its fact. LANGUAGE.md 1.3."""
    if not db.execute("SELECT count(*) FROM keys WHERE strays").fetchall()[0][0]:
        return True
    source = scan.source.replace(" WHERE ", " JOIN s ON s.id = c.subject WHERE s.is_ad <> f.is_ad AND ", 1)
    query = f"SELECT c.id, c.subject, c.fact {source} ORDER BY 1 LIMIT {LIMIT}"
    for claim, subject, fact in db.execute(query, dict(scan.parts)).fetchall():
        message = say("{subject} is of another kind than {fact}", subject=quoted(subject), fact=quoted(fact))
        where = say("{file}, claim {claim}", file=scan.name, claim=str(claim))
        log.add("wrong-subject", message, where=where, hint=say("name its own fact"))
    return False
