"""Invented decisions and measures by a package: of some of the subjects about whom there are claims, resting on one.

They are not what the package comes to: institutions err, too, and comparisons should find something.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables.cells import list_cell, truth
from adjudge.interchange.tables.layout import CLAIMS, DECISIONS, MEASURES
from adjudge.interchange.tables.parquet import exactly
from adjudge.language.package import Measure, Package, Rule
from adjudge.language.seal import digest_of_package
from adjudge.synthetic.draws import Draws, chance
from adjudge.synthetic.labels import DIGITS, MARK
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.people import DAY
from adjudge.synthetic.rows import beside, quoted, where, write_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DECIDED, _OUT_OF = 1, 40
_NOBODY = "(SELECT 1 WHERE false)"
_LASTS = 30 * DAY
_OF_RULES = (
    *("number", "many", "of_kind", "rule", "measure"),
    *("territories", "all_but", "surfaces", "surfaces_all_but"),
)


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
    applying = package.in_force(wanted.known_at, wanted.known_at, None)
    rows = []
    for kind in Kind:
        found = [(r, r.measure) for r in applying if r.subject is kind and r.measure is not None]
        rows += [
            {**_form(rule, measure), "number": str(number), "many": str(len(found)), "of_kind": kind.value}
            for number, (rule, measure) in enumerate(found)
        ]
    form = quoted(json.dumps([dict.fromkeys(_OF_RULES, "VARCHAR")]))
    unpacked = f"SELECT unnest(from_json($rows::JSON, {form}), recursive := true)"
    numbers = "number::UBIGINT AS number, many::UBIGINT AS many"
    db.execute(
        f"CREATE TABLE rules AS SELECT * REPLACE ({numbers}) FROM ({unpacked})",  # noqa: S608 - our own
        {"rows": json.dumps(rows)},
    )


def _form(rule: Rule, measure: Measure) -> dict[str, str]:
    territory = measure.territory if measure.territory is not None else rule.territory
    return {
        "rule": str(rule.id),
        "measure": measure.kind.value,
        "territories": list_cell(sorted(territory or ())),
        "all_but": truth(territory is None),
        "surfaces": list_cell(sorted(measure.surfaces or ())),
        "surfaces_all_but": truth(measure.surfaces is None),
    }


def _decide(db: "DuckDBPyConnection", folder: Path, wanted: Wanted, published: int) -> None:
    """Make the table `made`: who is decided, when, by which rule, on which claim.

    A subject is chosen by its number, so that what is held are those chosen and no others.
    """
    draws, end = Draws(wanted.seed), wanted.known_at.nanos // 1_000
    number = f"right(subject, {DIGITS})::UBIGINT"
    chosen = f"stance = 'asserts' AND {chance(draws.sql('decided', number), _DECIDED, _OUT_OF)}"
    claimed = where(f"read_parquet({quoted(exactly(folder / CLAIMS.file))})", chosen)
    first = "min(id) AS claim, arg_min(epoch_us(recorded_at), id) AS known"
    subjects = f"(SELECT subject, {first} FROM {claimed} GROUP BY subject)"  # noqa: S608 - our own
    known = {
        "n": number,
        "kind": f"CASE WHEN starts_with(subject, '{MARK}ad-') THEN 'ad' ELSE 'advertiser' END",
        "called": f"substr(subject, {len(MARK) + 1})",
        "since": f"greatest(known, {published})",
    }
    drawn = {f"x_{name}": draws.sql(f"decided {name}", "n") for name in ("rule", "issued", "lifted", "free")}
    issued = {
        "issued": f"since + 1 + x_issued::BIGINT * 1000003 % ({end} - since - 1)",
        "free": chance("x_free", 1, 4),
    }
    lifted = f"CASE WHEN {chance('x_lifted', 1, 5)} THEN issued + x_lifted::BIGINT * 1000003 % ({end} - issued + 1) END"
    later = where(beside(subjects, known), f"since < {end - DAY}")
    decided = beside(beside(beside(later, drawn), issued), {"lifted": lifted})
    joined = f"(SELECT * FROM {decided} JOIN rules ON of_kind = kind AND number = x_rule % many)"  # noqa: S608
    db.execute(
        f"CREATE TABLE made AS FROM {beside(joined, {'entry': 'row_number() OVER (ORDER BY subject) - 1'})}"
    )


def _write(db: "DuckDBPyConnection", folder: Path, package: Package) -> None:
    decisions = {
        "id": f"'{MARK}decision-' || called",
        "matter": f"'{MARK}matter-' || called",
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
        "id": f"'{MARK}measure-' || called",
        "decision": f"'{MARK}decision-' || called",
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
