"""The values that invented claims repeat, as a table: read by the reader of claims before any claim has them."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adjudge.basis.digest import sha256
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.reading.shape import Shape
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.interchange.tables.cells import Cells, time_cells
from adjudge.interchange.tables.layout import CLAIMS, Sql
from adjudge.interchange.tables.values import value_cells
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.rows import quoted
from adjudge.synthetic.values import SLOTS, closes, content_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VALUES = tuple(
    column for column in CLAIMS.columns if column.name == "value" or column.name.startswith("value_")
)


@dataclass(frozen=True, slots=True)
class Facts:
    """How many facts there are to claim of ads and of advertisers; those of ads come first in the table."""

    ad: int
    advertiser: int


def make_pool(db: "DuckDBPyConnection", wanted: Wanted) -> Facts:
    """Make the table `pool (slot, fact, type, closing, value, value_…)`, times as microseconds."""
    by_kind = {kind: facts_of(wanted, kind) for kind in Kind}
    rows = [
        {"slot": str(number * SLOTS + slot), **_cells(fact, slot, wanted)}
        for number, fact in enumerate(by_kind[Kind.AD] + by_kind[Kind.ADVERTISER])
        for slot in range(SLOTS)
    ]
    names = ("slot", "fact", "type", "closing", *(column.name for column in VALUES))
    form = json.dumps([dict.fromkeys(names, "VARCHAR")])
    unpacked = f"SELECT unnest(from_json($rows::JSON, {quoted(form)}), recursive := true)"
    casts = [f'"{column.name}"::{_sql(column.sql)} AS "{column.name}"' for column in VALUES]
    chosen = ", ".join(["slot::UINTEGER AS slot", "fact", "type", "closing::BOOLEAN AS closing", *casts])
    db.execute(f"CREATE TABLE pool AS SELECT {chosen} FROM ({unpacked})", {"rows": json.dumps(rows)})  # noqa: S608
    return Facts(len(by_kind[Kind.AD]), len(by_kind[Kind.ADVERTISER]))


def _sql(kind: Sql) -> str:
    return Sql.WHOLE if kind is Sql.TIME else kind


def facts_of(wanted: Wanted, kind: Kind) -> list[Fact]:
    """Those that have legal values: a taxonomy may have no code."""
    found = [fact for fact in wanted.vocabulary.facts.values() if fact.kind is kind]
    # The first are claimed most: which these are is up to the seed, and not to the alphabet.
    found.sort(key=lambda fact: sha256(f"{wanted.seed}\n{fact.full_name}".encode()))
    return [fact for fact in found if all(_is_legal(fact, slot, wanted) for slot in range(SLOTS))]


def _is_legal(fact: Fact, slot: int, wanted: Wanted) -> bool:
    content = content_of(fact, slot, wanted.vocabulary, wanted.seed, wanted.known_at)
    log = ProblemLog()
    value = read_value(Shape(log), node_of(content, "value"), fact.type, wanted.vocabulary.taxonomies)
    return value is not None and not log.problems


def _cells(fact: Fact, slot: int, wanted: Wanted) -> Cells:
    closing = closes(fact, slot)
    content = None if closing else content_of(fact, slot, wanted.vocabulary, wanted.seed, wanted.known_at)
    cells = {**time_cells("value_time", None), **value_cells(content, fact, wanted.vocabulary)}
    named = {"fact": str(fact.full_name), "closing": "true" if closing else "false"}
    return {**{column.name: cells[column.name] for column in VALUES}, "type": cells["type"], **named}
