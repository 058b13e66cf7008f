"""A whole backtest with its report, on data of any size: seconds, memory, and whether both engines say the same.

Run as `.venv/bin/python -m benchmarks.backtest --subjects 1000000 --claims 20000000`. The data are made, and say so in
their ids; two in five subjects are advertisers. Most of what is claimed is unremarkable, as it is of real advertisers.
"""

import argparse
import contextlib
import io
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from adjudge.basis.digest import digest_of_stream
from adjudge.basis.instant import Instant, parse_instant
from adjudge.cli.main import main as adjudge
from adjudge.interchange.tables.layout import CLAIMS, MANIFEST, SPEND, SUBJECTS, TABLES, Sql, Table
from adjudge.interchange.tables.manifest import Listed, Manifest, manifest_text

POLICY = Path(__file__).resolve().parent.parent / "policies" / "ads-standard"
KNOWN_AT = "2019-08-19"
_FACTS = (
    "news_media",
    "state_financial_control",
    "state_editorial_control",
    "public_service_charter",
    "editorial_independence_guaranteed",
    "entertainment_only",
    "product_works_against_user",
    "real_owner_concealed",
    "acts_for_state_service",
    "on_blocking_list",
    "payer_on_blocking_list",
)
_COUNTRIES = ("US", "DE", "FR", "RU", "GB", "IN", "BR", "JP", "CN", "ZA")
_GROUP = 200_000


def _random(salt: int, below: int) -> str:
    return f"(hash(i * 31 + {salt}) % {below}::UBIGINT)::BIGINT"


def _who(number: str) -> str:
    """Two in five are advertisers; an ad belongs to one of them."""
    return f"CASE WHEN {number} % 5 < 2 THEN 'made-' ELSE 'made-ad-' END || lpad(({number})::VARCHAR, 8, '0')"


def _subjects(count: int) -> str:
    return (
        f"SELECT {_who('i')} AS id, CASE WHEN i % 5 < 2 THEN 'advertiser' ELSE 'ad' END AS kind, "  # noqa: S608
        f"CASE WHEN i % 5 < 2 THEN {_who('i')} ELSE {_who(f'(({_random(1, count)} // 5) * 5)')} END AS advertiser "
        f"FROM range({count}) t(i)"
    )


def _claims(subjects: int, claims: int) -> str:
    facts = ", ".join(f"'advertiser.{name}'" for name in _FACTS)
    countries = ", ".join(f"'{name}'" for name in _COUNTRIES)
    return (
        "SELECT 'c-' || lpad(i::VARCHAR, 9, '0') AS id, subject, fact, "  # noqa: S608
        f"CASE {_random(2, 25)} WHEN 0 THEN 'denies' ELSE 'asserts' END AS stance, "
        f"(list_extract([1, 2, 2, 3, 4, 4], 1 + {_random(3, 6)}))::SMALLINT AS weight, "
        f"'origin-' || {_random(4, 50_000)} AS origin, CASE WHEN place IS NULL THEN 'bool' ELSE 'country' END AS type, "
        "CASE WHEN place IS NOT NULL THEN '\"' || place || '\"' WHEN yes THEN 'true' ELSE 'false' END AS value, "
        "CASE WHEN place IS NULL THEN yes END AS value_bool, place AS value_text, "
        f"TIMESTAMPTZ '2016-01-01 00:00:00+00' + to_seconds({_random(5, 114_000_000)}) AS recorded_at FROM ("
        f"  SELECT i, {_who('n')} AS subject, n, {_random(8, 40)} = 0 AS yes, "
        f"  CASE WHEN n % 5 < 2 AND k = 0 THEN list_extract([{countries}], 1 + n % {len(_COUNTRIES)}) END AS place, "
        f"  CASE WHEN n % 5 >= 2 THEN 'ad.false_statement_found' WHEN k = 0 THEN 'advertiser.country' "
        f"  ELSE list_extract([{facts}], k) END AS fact FROM ("
        f"    SELECT i, {_random(6, subjects)} AS n, {_random(7, len(_FACTS) + 1)} AS k FROM range({claims}) t(i)))"
    )


def _spend(subjects: int) -> str:
    """Few spend much."""
    return (
        f"SELECT 'p-' || lpad(i::VARCHAR, 8, '0') AS id, {_who('i')} AS subject, "  # noqa: S608
        "TIMESTAMPTZ '2019-05-01 00:00:00+00' AS \"from\", TIMESTAMPTZ '2019-06-01 00:00:00+00' AS \"to\", "
        f"CAST(1000000.0 / (1 + {_random(9, 100_000)}) AS DECIMAL(38,2)) AS amount, "
        f"CASE WHEN i % 7 = 0 THEN 'USD' ELSE 'EUR' END AS currency, "
        f"TIMESTAMPTZ '2019-06-02 00:00:00+00' AS recorded_at FROM range({subjects}) t(i)"
    )


def _cells(table: Table, known: set[str]) -> str:
    """Every column of the layout: those that are made here, and the others absent."""
    cells = []
    for column in table.columns:
        base = column.name.removesuffix("_ns")
        made = f'"{column.name}"' if column.name in known else "false" if column.sql is Sql.TRUTH else "NULL"
        if column.name != base and base in known:
            made = "0"
        if column.name.startswith("value_") and column.name not in known:
            made = "NULL"
        if column.name == "document":
            made = "'d'"
        cells.append(f'CAST({made} AS {column.sql.value}) AS "{column.name}"')
    return ", ".join(cells)


def make_data(folder: Path, subjects: int, claims: int) -> Path:
    """Write the tables and their manifest."""
    folder.mkdir(parents=True)
    sources = {
        SUBJECTS.name: (_subjects(subjects), subjects),
        CLAIMS.name: (_claims(subjects, claims), claims),
        SPEND.name: (_spend(subjects), subjects),
    }
    database = duckdb.connect(
        config={"threads": 2, "memory_limit": "2GB", "temp_directory": str(folder / "t")}
    )
    listed = {}
    for table in TABLES:
        source, rows = sources.get(table.name, ("SELECT 1 AS nothing WHERE false", 0))
        described = database.execute(f"DESCRIBE {source}").fetchall()
        chosen = _cells(table, {str(row[0]) for row in described})
        order = "ORDER BY id" if rows and table is not CLAIMS else ""
        path = folder / table.file
        database.execute(
            f"COPY (SELECT {chosen} FROM ({source}) {order}) TO '{path}' "  # noqa: S608
            f"(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {_GROUP})"
        )
        with path.open("rb") as stream:
            listed[table.name] = Listed(rows=rows, digest=digest_of_stream(stream))
    database.close()
    shutil.rmtree(folder / "t", ignore_errors=True)
    known_at = parse_instant(KNOWN_AT) or Instant(0)
    manifest = Manifest(known_at=known_at, policy="", tables=listed, log_size=0, checkpoint="")
    (folder / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return folder


def _run(data: Path, out: Path, engine: str) -> float:
    began = time.monotonic()
    line = ["backtest", str(data), "--from", f"{POLICY}@2017-12", "--to", f"{POLICY}@2019-08"]
    with contextlib.redirect_stdout(io.StringIO()):
        code = adjudge([*line, "-o", str(out), "--engine", engine])
    if code:
        raise SystemExit(code)
    return time.monotonic() - began


def main() -> None:
    """Make data, run, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=2_000_000)
    parser.add_argument("--data", type=Path, help="data that were made before, or are to be kept")
    parser.add_argument(
        "--point", action="store_true", help="compare with the point engine, which takes long"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = asked.data or Path(folder) / "data"
        if not data.exists():
            make_data(data, asked.subjects, asked.claims)
        seconds = _run(data, Path(folder) / "out", "bulk")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
        print(
            f"{asked.subjects:,} subjects, {asked.claims:,} claims: {seconds:.1f} s with report, peak {peak:,} MB"
        )
        if asked.point:
            seconds = _run(data, Path(folder) / "by-point", "point")
            same = all(
                (Path(folder) / "out" / name).read_bytes() == (Path(folder) / "by-point" / name).read_bytes()
                for name in ("report.json", "changes.parquet", "unchanged.parquet", "alike.parquet")
            )
            print(f"point engine: {seconds:.1f} s; {'the same' if same else 'NOT the same'}")


if __name__ == "__main__":
    main()
