"""Tables of an export: every type comes back as it was, equal rows give equal bytes, and what is damaged is told."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import AFTER_LAST, FIRST, Instant
from adjudge.basis.problem import ProblemLog
from adjudge.facts.type import RecordType, Simple, Type
from adjudge.facts.vocabulary import Fact, Kind, Vocabulary
from adjudge.interchange.tables import parquet
from adjudge.interchange.tables.cells import Cells, instant_of, time_cells
from adjudge.interchange.tables.layout import CLAIMS, MANIFEST, NANOS, SPEND, TABLES, Sql
from adjudge.interchange.tables.parquet import TableWriter, read_rows
from adjudge.interchange.tables.to_cells import spend_cells
from adjudge.interchange.tables.validate import validate
from adjudge.interchange.tables.values import value_cells
from adjudge.records.rows import SpendRow
from tests.rooms.interchange.exports import exported

AT = Instant(1_517_356_800_000_000_001)


def spend(number: int, amount: str = "1.5") -> SpendRow:
    return SpendRow(
        id=f"s-{number:05d} 🫖'\"\\", subject="a", advertiser="a", start=FIRST, end=AT, amount=amount, currency="EUR",
        recorded_at=AT,
    )  # fmt: skip


def written(folder: Path, rows: list[SpendRow]) -> bytes:
    folder.mkdir()
    with TableWriter(folder, SPEND) as writer:
        for row in rows:
            writer.add(spend_cells(row))
    assert [path.name for path in folder.iterdir()] == [SPEND.file]
    return (folder / SPEND.file).read_bytes()


def test_the_same_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [spend(number, f"{number}.{number:018d}") for number in range(3_000)]
    assert written(tmp_path / "one's", rows) == written(tmp_path / "other [x]*", rows[::-1])


@pytest.mark.parametrize("count", [0, 1, 10, 11, 35])
def test_slices_are_put_together_in_the_order_in_which_rows_came(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "SLICE", 10)
    folder = tmp_path / "one's [x]* {a,b}"
    folder.mkdir()
    rows = [spend_cells(spend(number)) for number in reversed(range(count))]
    path = parquet.write_slices(folder, SPEND, iter(rows))
    assert [row["id"] for row in read_rows(path, SPEND)] == [row["id"] for row in rows]
    assert list(folder.iterdir()) == [path]


def test_slices_are_read_no_further_than_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "SLICE", 10)
    written_before: list[int] = []

    def rows() -> Iterator[Cells]:
        for number in range(35):
            written_before.append(len(list(tmp_path.glob(f"part-*/{SPEND.file}"))))
            yield spend_cells(spend(number))

    parquet.write_slices(tmp_path, SPEND, rows())
    assert written_before == [0] * 10 + [1] * 10 + [2] * 10 + [3] * 5


def test_amounts_are_exact(tmp_path: Path) -> None:
    amounts = ["99999999999999999999.999999999999999999", "-0.000000000000000001", "0"]
    written(tmp_path / "out", [spend(number, amount) for number, amount in enumerate(amounts)])
    found = [row["amount"] for row in read_rows(tmp_path / "out" / SPEND.file, SPEND)]
    assert [f"{amount:f}" for amount in found] == [
        "99999999999999999999.999999999999999999",
        "-0.000000000000000001",
        "0.000000000000000000",
    ]


@pytest.mark.parametrize("at", [FIRST, AT, Instant(-1), Instant(0), Instant(AFTER_LAST.nanos - 1)])
def test_instants_keep_every_nanosecond(at: Instant) -> None:
    cells = time_cells("at", at)
    assert instant_of(int(cells["at"] or ""), int(cells["at" + NANOS] or "")) == at


@pytest.mark.parametrize(
    ("kind", "content", "column", "cell"),
    [
        (Simple.BOOL, True, "value_bool", "true"),
        (Simple.INT, -(2**63), "value_int", "-9223372036854775808"),
        (Simple.DECIMAL, "1.50", "value_decimal", "1.5"),
        (Simple.STRING, "=1+1", "value_text", "=1+1"),
        (Simple.COUNTRY, "FR", "value_text", "FR"),
        (Simple.DATE, "2018-01-31", "value_date", "2018-01-31"),
        (Simple.TIMESTAMP, "1970-01-01T00:00:01Z", "value_time", "1000000"),
        (Simple.DURATION, "1s", "value_int", "1000000000"),
        (Simple.MONEY, {"amount": "2.50", "currency": "EUR"}, "value_decimal", "2.5"),
        (Simple.DECIMAL, "1" + "0" * 30, "value_decimal", None),
        (RecordType((("n", Simple.INT),)), {"n": 3}, "value_text", None),
        (Simple.INT, "no number", "value_int", None),
    ],
)
def test_a_value_stands_in_the_column_of_its_type(
    kind: Type, content: object, column: str, cell: str | None
) -> None:
    fact = Fact(kind=Kind.AD, name="x", type=kind)
    vocabulary = Vocabulary(name="v", version=1, taxonomies={}, facts={fact.full_name: fact})
    cells = value_cells(content, fact, vocabulary)  # type: ignore[arg-type]  # of several types on purpose
    assert cells[column] == cell
    assert cells["type"] == str(kind)
    assert cells["value"] is not None
    others = {key for key, value in cells.items() if key.startswith("value_") and value is not None}
    assert others <= {column, "value_text", "value_time" + NANOS}


def test_a_value_that_no_vocabulary_declares_is_kept_as_it_is() -> None:
    cells = value_cells({"b": 1, "a": "x"}, None, None)
    assert cells["value"] == '{"a":"x","b":1}'
    assert cells["type"] is None


# --- validation ---


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(tmp_path_factory.mktemp("export"))


@pytest.fixture
def folder(export: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(export, tmp_path / "copy"))


def problems(folder: Path) -> list[tuple[str, str]]:
    log = ProblemLog()
    validate(folder, log)
    return [(problem.code, problem.where.rpartition("/")[2]) for problem in log.problems]


def changed(folder: Path, table: str, statement: str) -> None:
    """Change a table, and the manifest with it, as somebody would who writes such tables."""
    path = folder / f"{table}.parquet"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t AS FROM read_parquet(?)", [str(path)])
    connection.execute(statement)
    connection.execute(f"COPY t TO '{path}' (FORMAT PARQUET)")
    rows = connection.execute("SELECT count(*) FROM t").fetchall()[0][0]
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["tables"][table] |= {"rows": rows, "digest": digest_of_bytes(path.read_bytes())}
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_an_export_of_ours_is_sound(export: Path) -> None:
    assert problems(export) == []


@pytest.mark.parametrize(
    ("table", "statement", "code", "where"),
    [
        ("claims", "UPDATE t SET weight = 6 WHERE id = (SELECT min(id) FROM t)", "bad-value", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET stance = 'maybe'", "bad-word", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET subject = 'nobody'", "unknown-subject", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET document = 'none'", "unknown-document", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET value = '{'", "json-syntax", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET origin = NULL", "missing-key", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET recorded_at_ns = 1000", "bad-value", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET value = NULL", "bad-value", "claims.parquet, row 1"),
        ("claims", "UPDATE t SET withdrawn_at = recorded_at - INTERVAL 1 DAY, withdrawn_at_ns = 0",
         "reversed-interval", "claims.parquet, row 1"),
        ("claims", "ALTER TABLE t DROP COLUMN origin", "wrong-column", "claims.parquet"),
        ("claims", "ALTER TABLE t ADD COLUMN more INTEGER", "wrong-column", "claims.parquet"),
        ("claims", "ALTER TABLE t ALTER recorded_at TYPE TIMESTAMP", "wrong-column", "claims.parquet"),
        ("claims", "ALTER TABLE t ALTER weight TYPE DOUBLE", "wrong-column", "claims.parquet"),
        ("subjects", "INSERT INTO t FROM t ORDER BY id", "bad-value", "subjects.parquet, row 5"),
        ("subjects", "UPDATE t SET id = 'same'", "duplicate-id", "subjects.parquet, row 2"),
        ("spend", "UPDATE t SET currency = 'EURO'", "unknown-code", "spend.parquet, row 1"),
        ("spend", 'UPDATE t SET "to" = "from" - INTERVAL 1 DAY', "reversed-interval", "spend.parquet, row 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_table_and_row(
    folder: Path, table: str, statement: str, code: str, where: str
) -> None:
    changed(folder, table, statement)
    assert (code, where) in problems(folder)


def test_a_table_that_is_not_what_the_manifest_says_is_told(folder: Path) -> None:
    path = folder / "claims.parquet"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert ("altered-data", "claims.parquet") in problems(folder)
    path.unlink()
    assert ("altered-data", "claims.parquet") in problems(folder)
    shutil.copy(folder / "spend.parquet", path)
    assert ("wrong-column", "claims.parquet") in problems(folder)


@pytest.mark.parametrize("place", range(8, 900, 37))
def test_a_table_that_is_damaged_inside_is_told_or_can_be_read(folder: Path, place: int) -> None:
    """With a manifest that fits it, as if somebody had meant it."""
    path = folder / "claims.parquet"
    content = bytearray(path.read_bytes())
    content[place : place + 20] = b"\xff" * 20
    path.write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["tables"]["claims"]["digest"] = digest_of_bytes(bytes(content))
    (folder / MANIFEST).write_text(json.dumps(manifest))
    if not problems(folder):
        assert len(list(read_rows(path, CLAIMS))) == 2


def test_one_byte_more_is_told(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    digest = manifest["tables"]["spend"]["digest"]
    manifest["tables"]["spend"]["digest"] = digest[:-1] + ("0" if digest[-1] != "0" else "1")
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert problems(folder) == [("altered-data", "spend.parquet")]


@pytest.mark.parametrize(
    "text", ["", "{", '{"layout": "adjudge-data/9"}', "[]", '{"layout": "adjudge-data/1"}', "\udcff"]
)
def test_a_manifest_that_says_something_else_is_told(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_bytes(text.encode(errors="surrogateescape"))
    found = problems(folder)
    assert found
    assert {code for code, _ in found} <= {
        "not-data",
        "json-syntax",
        "not-utf-8",
        "wrong-shape",
        "missing-key",
    }


def test_a_folder_that_is_no_export_is_told(tmp_path: Path) -> None:
    assert [code for code, _ in problems(tmp_path)] == ["not-data"]


def test_every_time_has_its_nanoseconds_and_every_reference_its_table() -> None:
    names = {table.name for table in TABLES}
    for table in TABLES:
        columns = {column.name for column in table.columns}
        assert len(columns) == len(table.columns)
        for column in table.columns:
            assert column.sql is not Sql.TIME or column.name + NANOS in columns
            assert not column.names or column.names in names
