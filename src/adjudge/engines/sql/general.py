"""Leaves that SQL does not weigh: over several facts, over what a policy lacks, over a record that asserts by itself.

Equal evidence is weighed once, by the general way that the point engine has, and joined back. SQL tells which subjects
have equal evidence of the facts that a leaf reads: by the text of all their entries, in order.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from adjudge.basis.ids import FactName
from adjudge.basis.mask import NEGATED
from adjudge.basis.said import Said
from adjudge.engines.bulk.plan import Plan, PlannedLeaf
from adjudge.engines.sql.tables import Numbered, Row, insert
from adjudge.facts.settle import SILENCE, Evidence
from adjudge.facts.value import Value, value_key
from adjudge.facts.vocabulary import Fact, Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SIGNATURE = """
CREATE OR REPLACE TEMP TABLE signature AS
SELECT subject, fact, string_agg(told, ' ' ORDER BY told) AS told FROM (
  SELECT subject, fact, CAST(value AS VARCHAR) || ':' || CAST(pro AS VARCHAR) || ':' || CAST(contra AS VARCHAR) AS told
  FROM entry
  UNION ALL SELECT subject, fact, 'none:' || CAST(weight AS VARCHAR) FROM closing
) AS said GROUP BY subject, fact
"""
"""The one function here whose name other dialects have otherwise (`listagg`)."""


def whose(fact: Fact) -> str:
    """The column of `asked` that says whose claims count for a fact."""
    return "advertiser" if fact.kind is Kind.ADVERTISER else "subject"


class General:
    """The leaves of a plan that go the general way."""

    def __init__(self, connection: "DuckDBPyConnection", plan: Plan, numbered: Numbered) -> None:
        """`asked`, `entry`, `closing` and `signature` are there."""
        self._connection, self._plan, self._numbered = connection, plan, numbered

    def weigh(self, leaf: PlannedLeaf, table: str) -> dict[int, tuple[Said, ...]]:
        """Make a leaf's table of masks, `subject`, `plain`, `turned`, of all asked; whose evidence errs, and why."""
        facts = [self._plan.context.facts[name] for name in leaf.facts]
        self._connection.execute(_grouped(facts, self._numbered))
        groups = self._connection.execute(
            "SELECT g, MIN(subject), MIN(advertiser) FROM grouped GROUP BY g ORDER BY g"
        ).fetchall()
        rows, failing = list[Row](), dict[int, tuple[Said, ...]]()
        for group, subject, advertiser in groups:
            reasons: dict[Said, None] = {}
            mask = leaf.weigh(
                self._evidence(facts, subject, advertiser),
                {},
                self._plan.now,
                lambda _place, reason, found=reasons: found.setdefault(reason),  # type: ignore[misc]  # bound at once
            )
            rows.append((group, mask, NEGATED[mask]))
            if reasons:
                failing[group] = tuple(reasons)
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE weighed (g INTEGER, plain INTEGER, turned INTEGER)"
        )
        insert(self._connection, "weighed", rows, 3)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS "
            "SELECT g.subject, w.plain, w.turned FROM grouped g JOIN weighed w ON w.g = g.g"
        )
        return {
            subject: failing[group]
            for subject, group in self._connection.execute("SELECT subject, g FROM grouped").fetchall()
            if group in failing
        }

    def _evidence(self, facts: Sequence[Fact], subject: int, advertiser: int) -> Mapping[FactName, Evidence]:
        return {
            fact.full_name: self._of(
                self._numbered.facts[fact.full_name],
                advertiser if fact.kind is Kind.ADVERTISER else subject,
            )
            for fact in facts
        }

    def _of(self, fact: int, row: int) -> Evidence:
        read = self._connection.execute
        entries = read(
            "SELECT value, pro, contra FROM entry WHERE fact = ? AND subject = ?", [fact, row]
        ).fetchall()
        closing = read("SELECT weight FROM closing WHERE fact = ? AND subject = ?", [fact, row]).fetchone()
        if not entries and closing is None:
            return SILENCE
        named: list[tuple[Value, int, int]] = [
            (self._numbered.value(fact, value), pro, contra) for value, pro, contra in entries
        ]
        named.sort(key=lambda item: value_key(item[0]))
        return Evidence(
            asserted={value: pro for value, pro, _ in named if pro},
            denied={value: contra for value, _, contra in named if contra},
            none=closing[0] if closing is not None else 0,
            strongest=max((pro for _, pro, _ in named), default=0),
        )


def _grouped(facts: Sequence[Fact], numbered: Numbered) -> str:
    """All asked, with one number for all of equal evidence of the facts."""
    joins, columns = [], []
    for number, fact in enumerate(facts):
        joins.append(
            f"LEFT JOIN signature s{number} ON s{number}.subject = a.{whose(fact)} "
            f"AND s{number}.fact = {numbered.facts[fact.full_name]}"
        )
        columns.append(f"COALESCE(s{number}.told, '')")
    return (
        "CREATE OR REPLACE TEMP TABLE grouped AS "
        f"SELECT a.subject, a.advertiser, DENSE_RANK() OVER (ORDER BY {', '.join(columns) or '1'}) AS g "
        f"FROM asked a {' '.join(joins)}"
    )
