"""Invented decisions and measures by a package: of some of the subjects about whom there are claims, resting on one.

They are not what the package comes to: institutions err, too, and comparisons should find something.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables.cells import list_cell, truth
from adjudge.interchange.tables.layout import CLAIMS, DECISIONS, MEASURES
from adjudge.language.package import Package, RuleKind
from adjudge.language.seal import digest_of_package
from adjudge.synthetic.draws import Draws, chance
from adjudge.synthetic.labels import DIGITS
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.people import DAY
from adjudge.synthetic.rows import quoted, write_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DECIDED, _OUT_OF = 1, 40
_NOBODY = "(SELECT 1 WHERE false)"
_LASTS = 30 * DAY


def write_decisions(db: "DuckDBPyConnection", folder: Path, wanted: Wanted) -> None:
    """Write the tables of decisions and of measures, empty ones where there is no package."""
    if wanted.package is None:
        write_rows(db, folder, DECISIONS, {}, _NOBODY)
        write_rows(db, folder, MEASURES, {}, _NOBODY)
        return
    _name_rules(db, wanted, wanted.package)
    _decide(db, folder, wanted, wanted.package.published_at.nanos // 1_000)
    _write(db, folder, wanted.package)


def _name_rules(db: "DuckDBPyConnection", wanted: Wanted, package: Package) -> None:
    """Make the table `rules (number, of_kind, …)`: those in force that have a measure, counted within their kind."""
    rows = []
    for kind in Kind:
        applying = package.in_force(wanted.known_at, wanted.known_at, None)
        found = [rule for rule in applying if rule.subject is kind and rule.kind is not RuleKind.EXEMPTION]
        for number, rule in enumerate(found):
            measure = rule.measure
            if measure is None:
                continue
            territory = measure.territory if measure.territory is not None else rule.territory
            form = {
                "number": str(number),
                "many": str(len(found)),
                "of_kind": kind.value,
                "rule": str(rule.id),
                "measure": measure.kind.value,
                "territories": list_cell(sorted(territory or ())),
                "all_but": truth(territory is None),
                "surfaces": list_cell(sorted(measure.surfaces or ())),
                "surfaces_all_but": truth(measure.surfaces is None),
            }
            rows.append(form)
    names = (
        "number",
        "many",
        "of_kind",
        "rule",
        "measure",
        "territories",
        "all_but",
        "surfaces",
        "surfaces_all_but",
    )
    form_text = quoted(json.dumps([dict.fromkeys(names, "VARCHAR")]))
    unpacked = f"SELECT unnest(from_json($rows::JSON, {form_text}), recursive := true)"
    db.execute(
        f"CREATE TABLE rules AS SELECT * REPLACE (number::UBIGINT AS number, many::UBIGINT AS many) FROM ({unpacked})",  # noqa: S608
        {"rows": json.dumps(rows)},
    )


def _decide(db: "DuckDBPyConnection", folder: Path, wanted: Wanted, published: int) -> None:
    """Make the table `made`: who is decided, when, by which rule, on which claim; in the order of their ids.

    A subject is chosen by its number, so that what is held are those chosen and no others.
    """
    draws, end = Draws(wanted.seed), wanted.known_at.nanos // 1_000
    number = f"right(subject, {DIGITS})::UBIGINT"
    chosen = draws.sql("decided", number)
    path = quoted(str(folder / CLAIMS.file))
    db.execute(
        "CREATE TABLE made AS WITH claimed AS ("  # noqa: S608 - our own
        f"  SELECT subject, min(id) AS claim, arg_min(epoch_us(recorded_at), id) AS known FROM read_parquet({path}) "
        f"  WHERE stance = 'asserts' AND {chance(chosen, _DECIDED, _OUT_OF)} GROUP BY subject), "
        f"drawn AS (SELECT *, {number} AS n, CASE WHEN subject LIKE 'synthetic-ad-%' THEN 'ad' ELSE 'advertiser' END "
        f"  AS kind, greatest(known, {published}) AS since FROM claimed), "
        f"numbered AS (SELECT *, {draws.sql('rule', 'n')} AS x_rule, {draws.sql('issued', 'n')} AS x_issued, "
        f"  {draws.sql('lifted', 'n')} AS x_lifted, {chance(draws.sql('free', 'n'), 1, 4)} AS free "
        f"  FROM drawn WHERE since < {end - DAY}) "
        "SELECT row_number() OVER (ORDER BY subject) - 1 AS entry, replace(subject, 'synthetic-', '') AS called, "
        "  subject, claim, free, rules.* EXCLUDE (number, many, of_kind), x_lifted, "
        f"  since + 1 + x_issued::BIGINT * 1000003 % ({end} - since - 1) AS issued, "
        "FROM numbered JOIN rules ON of_kind = kind AND number = x_rule % many ORDER BY subject"
    )
    db.execute(
        f"ALTER TABLE made ADD COLUMN lifted BIGINT; UPDATE made SET lifted = CASE WHEN {chance('x_lifted', 1, 5)} "  # noqa: S608
        f"THEN issued + x_lifted::BIGINT * 1000003 % ({end} - issued + 1) END"
    )


def _write(db: "DuckDBPyConnection", folder: Path, package: Package) -> None:
    decisions = {
        "id": "'synthetic-decision-' || called",
        "matter": "'synthetic-matter-' || called",
        "subject": "subject",
        "policy": quoted(package.id),
        "version": quoted(package.version),
        "package": quoted(digest_of_package(package)),
        **dict.fromkeys(("issued_at", "valid_at", "known_at"), "issued"),
        "automated": "false",
        "in_force": "true",
        "rules": "CASE WHEN free THEN '[]' ELSE to_json([rule])::VARCHAR END",
        "grounds": "CASE WHEN free THEN '[]' ELSE to_json([claim])::VARCHAR END",
        "entry": "entry",
    }
    write_rows(db, folder, DECISIONS, decisions, "(SELECT * FROM made ORDER BY subject)")
    measures = {
        "id": "'synthetic-measure-' || called",
        "decision": "'synthetic-decision-' || called",
        **{
            name: name
            for name in ("subject", "rule", "territories", "all_but", "surfaces", "surfaces_all_but")
        },
        "kind": "measure",
        "start": "issued",
        "end": f"CASE WHEN measure = 'suspend' THEN issued + {_LASTS} END",
        "lifted_at": "lifted",
    }
    write_rows(db, folder, MEASURES, measures, "(SELECT * FROM made WHERE NOT free ORDER BY subject)")
