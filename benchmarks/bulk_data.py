"""Claims of very many subjects about the facts of the workload, written in the layout `adjudge-data/1` by DuckDB.

The same numbers give the same tables on every machine. Some subjects have many more claims than others; one claim in
twenty denies; the same word has one origin or several; two in three claims do not hold at V or are not known at K.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb

from adjudge.basis.digest import digest_of_stream
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.interchange.tables.layout import CLAIMS, MANIFEST, SUBJECTS, TABLES, Sql, Table
from adjudge.interchange.tables.manifest import Listed, Manifest, manifest_text, read_manifest
from benchmarks.workload import (
    DATES,
    GREATEST_DAY,
    GREATEST_INTEGER,
    INTEGERS,
    LISTS,
    STRINGS,
    TAGS,
    TRUTHS,
    WORDS,
)

KNOWN_AT = "2020-01-01"
_FACTS = STRINGS + INTEGERS + DATES + TRUTHS + LISTS
_GROUP = 200_000


def _random(salt: int, below: str) -> str:
    """A number drawn for each row `i`, the same in every run."""
    return f"(hash(i * 31 + {salt}) % ({below})::UBIGINT)::BIGINT"


def _claims(subjects: int, claims: int) -> str:
    # A tenth of the claims is about a hundredth of the subjects.
    who = (
        f"CASE WHEN {_random(1, '10')} = 0 THEN {_random(2, str(max(1, subjects // 100)))} "
        f"ELSE {_random(3, str(subjects))} END"
    )
    word = f"least({_random(5, str(WORDS))}, {_random(6, str(WORDS))})"
    fact = (
        f"CASE WHEN k < {STRINGS} THEN 's' || k WHEN k < {STRINGS + INTEGERS} THEN 'i' || (k - {STRINGS}) "
        f"WHEN k < {STRINGS + INTEGERS + DATES} THEN 'd' || (k - {STRINGS + INTEGERS}) "
        f"WHEN k < {_FACTS - LISTS} THEN 'b' || (k - {STRINGS + INTEGERS + DATES}) "
        f"ELSE 'l' || (k - {_FACTS - LISTS}) END"
    )
    value = (
        f"CASE WHEN k < {STRINGS} THEN '\"' || substr('abcdef', w % 6 + 1, 1) || lpad(w::VARCHAR, 2, '0') || '\"' "
        f"WHEN k < {STRINGS + INTEGERS} THEN n::VARCHAR "
        f"WHEN k < {STRINGS + INTEGERS + DATES} THEN '\"' || (DATE '1970-01-01' + d) || '\"' "
        f"WHEN k < {_FACTS - LISTS} THEN CASE n % 2 WHEN 0 THEN 'true' ELSE 'false' END "
        f"ELSE '\"t' || lpad((n % {TAGS})::VARCHAR, 2, '0') || '\"' END"
    )
    return (
        f"SELECT i, 'c-' || lpad(i::VARCHAR, 9, '0') AS id, 's-' || lpad(({who})::VARCHAR, 8, '0') AS subject, "  # noqa: S608
        f"'advertiser.' || {fact} AS fact, {value} AS value, "
        f"CASE {_random(10, '20')} WHEN 0 THEN 'denies' ELSE 'asserts' END AS stance, "
        f"(list_extract([1, 2, 2, 2, 3, 4, 4, 5], 1 + {_random(11, '8')}))::SMALLINT AS weight, "
        f"'origin-' || {_random(12, '50000')} AS origin, "
        f"TIMESTAMPTZ '2015-01-01 00:00:00+00' + to_seconds({_random(13, '158000000')}) AS recorded_at, "
        f"CASE {_random(14, '3')} WHEN 0 THEN NULL ELSE TIMESTAMPTZ '2014-01-01 00:00:00+00' "
        f"+ to_seconds({_random(15, '200000000')}) END AS holds_from, "
        f"CASE {_random(16, '2')} WHEN 0 THEN NULL ELSE coalesce(holds_from, TIMESTAMPTZ '2016-01-01 00:00:00+00') "
        f"+ to_seconds({_random(17, '200000000')}) END AS holds_to, "
        f"CASE {_random(18, '10')} WHEN 0 THEN recorded_at + to_days(100) END AS withdrawn_at "
        f"FROM (SELECT i, {_random(4, str(_FACTS))} AS k, {word} AS w, {_random(7, str(GREATEST_INTEGER))} AS n, "
        f"{_random(8, str(GREATEST_DAY))}::INTEGER AS d FROM range({claims}) t(i))"
    )


def _cells(table: Table, known: dict[str, str]) -> str:
    """Every column of the layout: those that are made here, and the others absent."""
    cells = []
    for column in table.columns:
        if column.name.endswith("_ns") and column.name.removesuffix("_ns") in known:
            made = f"CASE WHEN {column.name.removesuffix('_ns')} IS NULL THEN NULL ELSE 0 END"
        else:
            made = known.get(column.name, "false" if column.sql is Sql.TRUTH and column.needed else "NULL")
        cells.append(f'CAST({made} AS {column.sql.value}) AS "{column.name}"')
    return ", ".join(cells)


def make_changed(data: Path, folder: Path, where: str) -> Path:
    """The same data with another weight of the claims for which a condition holds."""
    shutil.copytree(data, folder)
    path = folder / CLAIMS.file
    with duckdb.connect(config={"threads": 2}) as database:
        weight = f"(CASE WHEN {where} THEN 1 + weight % 5 ELSE weight END)::SMALLINT AS weight"
        database.execute(
            f"COPY (SELECT * REPLACE ({weight}) FROM '{data / CLAIMS.file}') TO '{path}' "  # noqa: S608 - ours
            f"(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {_GROUP})"
        )
    manifest = read_manifest(data, ProblemLog())
    if manifest is None:
        raise ValueError(data)
    with path.open("rb") as stream:
        listed = replace(manifest.tables[CLAIMS.name], digest=digest_of_stream(stream))
    tables = {**manifest.tables, CLAIMS.name: listed}
    (folder / MANIFEST).write_text(manifest_text(replace(manifest, tables=tables)), encoding="utf-8")
    return folder


def make_data(folder: Path, subjects: int, claims: int) -> Path:
    """Write the tables and their manifest."""
    folder.mkdir(parents=True)
    same = ("id", "subject", "fact", "value", "stance", "weight", "origin", "recorded_at", "holds_from")
    made = {name: name for name in (*same, "holds_to", "withdrawn_at")} | {"document": "'d'"}
    named = {"id": "id", "kind": "'advertiser'", "advertiser": "id"}
    ids = f"SELECT 's-' || lpad(i::VARCHAR, 8, '0') AS id FROM range({subjects}) t(i)"  # noqa: S608 - numbers of ours
    sources = {
        SUBJECTS.name: f"SELECT {_cells(SUBJECTS, named)} FROM ({ids}) ORDER BY id",  # noqa: S608 - ours
        CLAIMS.name: f"SELECT {_cells(CLAIMS, made)} FROM ({_claims(subjects, claims)})",  # noqa: S608 - ours
    }
    database = duckdb.connect(config={"threads": 2})
    listed = {}
    for table in TABLES:
        path = folder / table.file
        empty = f"SELECT {_cells(table, {})} WHERE false"
        source = sources.get(table.name, empty)
        database.execute(
            f"COPY ({source}) TO '{path}' (FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {_GROUP})"
        )
        with path.open("rb") as stream:
            digest = digest_of_stream(stream)
        rows = {SUBJECTS.name: subjects, CLAIMS.name: claims}.get(table.name, 0)
        listed[table.name] = Listed(rows=rows, digest=digest)
    database.close()
    known_at = parse_instant(KNOWN_AT) or Instant(0)
    manifest = Manifest(known_at=known_at, policy="", tables=listed, log_size=0, checkpoint="")
    (folder / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return folder
