"""Claims of a file into the tables of a database, where they wait to be weighed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.bulk.claims import check_kinds, stage
from adjudge.bulk.ordered import ordered_facts
from adjudge.bulk.scan import Scan
from adjudge.bulk.stored import StoredValues
from adjudge.engines.bulk.plan import Plan
from adjudge.engines.bulk.settling import KeyLayout

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STEPS = 2
"""How often `step` is called."""


@dataclass(frozen=True, slots=True)
class Staged:
    """How the keys are laid out, how many there are, and how many claims count that are about nobody in `s`."""

    layout: KeyLayout
    claims: int
    unknown: int


def stage_claims(
    db: "DuckDBPyConnection",
    scan: Scan,
    values: StoredValues,
    log: ProblemLog,
    *,
    plans: Iterable[Plan],
    rows: int,
    step: Callable[[], None] = lambda: None,
) -> Staged | None:
    """Make the tables `v`, `w`, `o` and `keys` beside `s` and `f`; None with problems.

    `rows` is how many subjects are evaluated together, at most.
    """
    step()
    values.number(scan, ordered_facts(plans), log)
    values.check_ordered(scan.path, log)
    if log.refuses:
        return None
    step()
    layout = stage(db, scan, values, rows)
    if not check_kinds(db, scan, log):
        return None
    kept = int(db.execute("SELECT count(*) FROM keys").fetchall()[0][0])
    return Staged(layout, kept, values.claims - kept)
