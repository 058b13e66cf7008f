"""Subjects numbered so that those of one advertiser stand together, the advertiser first.

A portion of them then needs no claims but their own, and those of one advertiser before it at most.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import LIMIT, ProblemLog, quoted
from adjudge.basis.said import Said, say
from adjudge.interchange.tables.parquet import exactly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CORRECT = say("correct the row where the data come from, and write the table anew")


def number_subjects(db: "DuckDBPyConnection", path: Path, log: ProblemLog) -> int:
    """Make the table `s (row, id, is_ad, owner, advertiser)`; how many there are.

    `owner` is the same for those of one advertiser. What is wrong with the subjects stands in the log, by row.
    """
    db.execute(
        "CREATE TABLE raw AS SELECT file_row_number::UINTEGER AS place, id, kind, advertiser "
        "FROM read_parquet($path, file_row_number = true)",
        {"path": exactly(path)},
    )
    _check(db, path, log)
    if log.refuses:
        return 0
    db.execute(
        "CREATE TABLE s AS SELECT (row_number() OVER (ORDER BY owner, is_ad, place) - 1)::UINTEGER AS row, "
        "id, is_ad, owner, advertiser FROM ("
        "  SELECT place, id, false AS is_ad, place AS owner, advertiser FROM raw WHERE kind = 'advertiser' "
        "  UNION ALL SELECT a.place, a.id, true, o.place, a.advertiser FROM raw a JOIN raw o ON o.id = a.advertiser "
        "  WHERE a.kind = 'ad')"
    )
    db.execute("DROP TABLE raw")
    return int(db.execute("SELECT count(*) FROM s").fetchall()[0][0])


def _check(db: "DuckDBPyConnection", path: Path, log: ProblemLog) -> None:
    def report(code: str, what: Said, query: str) -> None:
        for place, shown in db.execute(f"{query} ORDER BY 1 LIMIT {LIMIT}").fetchall():
            message = what if shown is None else say("{what}: {value}", what=what, value=quoted(str(shown)))
            where = say("{file}, row {row}", file=str(path), row=str(place + 1))
            log.add(code, message, where=where, hint=_CORRECT)

    cells = "id IS NULL OR kind IS NULL OR advertiser IS NULL"
    report("missing-key", say("a cell is absent"), f"SELECT place, NULL FROM raw WHERE {cells}")  # noqa: S608
    words = "kind NOT IN ('advertiser', 'ad')"
    what = say("{column} has a word that it does not know", column="`kind`")
    report("bad-word", what, f"SELECT place, kind FROM raw WHERE {words}")  # noqa: S608
    # Of two that are equal one stands right behind the other, since rows are in the order of their ids.
    before = "SELECT place, id, lag(id) OVER () AS before FROM raw"
    what = say("an id stands twice")
    report("duplicate-id", what, f"SELECT place, id FROM ({before}) WHERE id = before")  # noqa: S608
    what = say("an id is out of order")
    report("bad-value", what, f"SELECT place, id FROM ({before}) WHERE id < before")  # noqa: S608
    what = say("an advertiser has another as its advertiser")
    alone = "kind = 'advertiser' AND advertiser <> id"
    report("wrong-subject", what, f"SELECT place, advertiser FROM raw WHERE {alone}")  # noqa: S608
    if not db.execute("SELECT count(*) FROM raw WHERE kind = 'ad'").fetchall()[0][0]:
        return
    joined = "FROM raw a LEFT JOIN raw o ON o.id = a.advertiser WHERE a.kind = 'ad'"
    what = say("{column} is not in the table {table}", column="`advertiser`", table="`subjects`")
    report("unknown-subject", what, f"SELECT a.place, a.advertiser {joined} AND o.id IS NULL")
    what = say("the advertiser of an ad is an ad")
    report("wrong-subject", what, f"SELECT a.place, a.advertiser {joined} AND o.kind = 'ad'")
