"""What is claimed of whom, told apart by sums: by them a later run knows whose evidence is another now.

Subjects lie in buckets, by a hash of their ids. A bucket has the sum of the hashes of all claims that count at V and K
about subjects in it, whatever fact they are about, and their number. A claim that came, went, began or ended changes
both or one of them. Sums, since the order of rows says nothing and equal claims must not cancel each other. The hash is
DuckDB's, of 64 bits and with no secret: it finds what changed, and is no proof against somebody who forges a table,
which is what digests are for. It holds for one version of DuckDB only, so that the version is noted beside it.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.digest import digest_of_stream
from adjudge.bulk.model import EvidenceWritten

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from adjudge.bulk.scan import Scan

FILE = "evidence.parquet"
FEWEST, MOST = 1 << 10, 1 << 22
_HASHED = ("subject", "fact", "stance", "weight", "origin", '"none"', "value", "recorded_at")
_WAY = "sums of hashes of hashes"
"""How sums are made, so that those made otherwise are not compared with them.

Of several columns DuckDB's hash is put together by exclusive or, and sums of those meet far too often where two claims
exchange a column: hashed once more they do not.
"""
_WRAP = "18446744073709551616::HUGEINT"
"""Sums are kept modulo 2**64, as Parquet has no wider whole number."""


def buckets_for(subjects: int) -> int:
    """How many buckets there are: a power of two, about one for each subject up to four million."""
    return min(MOST, max(FEWEST, 1 << max(0, subjects - 1).bit_length()))


def bucket_of(subject: str, buckets: int) -> str:
    """The bucket of an id, as SQL."""
    return f"(hash({subject}) & {buckets - 1}::UBIGINT)::UINTEGER"


def sum_evidence(db: "DuckDBPyConnection", scan: "Scan", buckets: int) -> int:
    """Make the table `e (bucket, said, claims, read)`; how many claims count that are about facts of `f`.

    All claims about these facts are known to be sound (`adjudge.bulk.claims`).
    """
    hashed = ", ".join(_HASHED)
    rows = f"SELECT c.*, f.number FROM read_parquet($path) c LEFT JOIN f ON f.name = c.fact WHERE {scan.live}"  # noqa: S608
    db.execute(
        f"CREATE TABLE e AS SELECT {bucket_of('subject', buckets)} AS bucket, "  # noqa: S608 - ours
        f"(sum(hash(hash({hashed}))) % {_WRAP})::UBIGINT AS said, count(*)::UINTEGER AS claims, "
        f"count(number)::UINTEGER AS read FROM ({rows}) GROUP BY 1",
        dict(scan.parts),
    )
    return int(db.execute("SELECT coalesce(sum(read), 0) FROM e").fetchall()[0][0])


def fold(db: "DuckDBPyConnection", into: str, buckets: int) -> None:
    """Make a table as `e` of fewer buckets, or as many."""
    db.execute(
        f"CREATE TABLE {into} AS SELECT (bucket & {buckets - 1})::UINTEGER AS bucket, "  # noqa: S608 - ours
        f"(sum(said) % {_WRAP})::UBIGINT AS said, sum(claims)::UINTEGER AS claims FROM e "
        "GROUP BY 1 HAVING sum(claims) > 0"
    )


def hashed_by() -> str:
    """Whose hashes they are."""
    import duckdb  # noqa: PLC0415 - loaded where tables are read or written, and nowhere else

    return f"duckdb {duckdb.__version__}, {_WAY}"


def write_evidence(db: "DuckDBPyConnection", folder: Path, buckets: int) -> EvidenceWritten:
    """Write the table `e`."""
    path = folder / FILE
    quoted = "'" + str(path).replace("'", "''") + "'"
    db.execute(
        f"COPY (SELECT bucket, said, claims FROM e WHERE claims > 0 ORDER BY bucket) TO {quoted} "  # noqa: S608 - ours
        "(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE 122880)"
    )
    with path.open("rb") as stream:
        digest = digest_of_stream(stream)
        os.fsync(stream.fileno())
    return EvidenceWritten(file=FILE, digest=digest, buckets=buckets, hashed_by=hashed_by())
