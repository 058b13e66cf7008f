"""Data that cannot be evaluated are refused before anything is written, with where and what to do."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.bulk.model import Asked, Written
from adjudge.bulk.run import write_outcomes
from adjudge.facts.value import Money
from tests.generators.data_folders import list_tables
from tests.rooms.bulk.small import KNOWN_AT, ad, advertiser, claim, data, many, package


def refused(folder: Path, out: Path, **asked: object) -> list[Problem]:
    """The problems with which a folder is refused; nothing is left where the outcomes would be."""
    log = ProblemLog()
    found = write_outcomes(Asked(data=folder, package=package(), **asked), out, log)  # type: ignore[arg-type]  # as given
    assert found is None
    assert log.refuses
    assert all(problem.message and problem.hint for problem in log.problems)
    assert [path.name for path in out.parent.iterdir() if path != folder] == []
    return log.problems


def written(folder: Path, out: Path, **asked: object) -> Written:
    """What is written of a folder that is sound."""
    log = ProblemLog()
    found = write_outcomes(Asked(data=folder, package=package(), **asked), out, log)  # type: ignore[arg-type]  # as given
    assert found is not None, log.problems
    return found


def changed(folder: Path, table: str, query: str) -> Path:
    """A table of a folder made anew by a query over itself, and listed as it then is."""
    path = folder / f"{table}.parquet"
    other = path.with_suffix(".other")
    connection = duckdb.connect()
    connection.execute(f"COPY ({query.format(path=path)}) TO '{other}' (FORMAT PARQUET)")
    counts = {}
    other.replace(path)
    for name in ("subjects", "claims"):
        found = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(folder / f"{name}.parquet")])
        counts[name] = found.fetchall()[0][0]
    connection.close()
    return list_tables(folder, counts, KNOWN_AT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return data(tmp_path / "data", *many(5))


def test_a_folder_without_a_manifest_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "manifest.json").unlink()
    assert [problem.code for problem in refused(folder, tmp_path / "out")] == ["not-data"]


def test_a_missing_column_is_refused_by_its_name(folder: Path, tmp_path: Path) -> None:
    changed(folder, "claims", "SELECT * EXCLUDE (origin) FROM '{path}'")
    problems = refused(folder, tmp_path / "out")
    assert [problem.code for problem in problems] == ["wrong-column"]
    assert "`origin`" in problems[0].message


def test_a_column_of_another_type_is_refused(folder: Path, tmp_path: Path) -> None:
    changed(folder, "claims", "SELECT * REPLACE (weight::VARCHAR AS weight) FROM '{path}'")
    problems = refused(folder, tmp_path / "out")
    assert "VARCHAR" in problems[0].message


def test_times_that_are_not_in_utc_are_refused(folder: Path, tmp_path: Path) -> None:
    changed(folder, "claims", "SELECT * REPLACE (recorded_at::TIMESTAMP AS recorded_at) FROM '{path}'")
    problems = refused(folder, tmp_path / "out")
    assert "UTC" in problems[0].hint


def test_a_table_that_is_cut_off_is_refused(folder: Path, tmp_path: Path) -> None:
    whole = (folder / "claims.parquet").read_bytes()
    (folder / "claims.parquet").write_bytes(whole[: len(whole) // 2])
    assert [problem.code for problem in refused(folder, tmp_path / "out")] == ["altered-data"]


def test_a_table_that_was_altered_is_refused(folder: Path, tmp_path: Path) -> None:
    query = "COPY (SELECT * FROM '{0}' LIMIT 3) TO '{0}.new' (FORMAT PARQUET)"
    duckdb.connect().execute(query.format(folder / "claims.parquet"))
    (folder / "claims.parquet.new").replace(folder / "claims.parquet")
    assert [problem.code for problem in refused(folder, tmp_path / "out")] == ["altered-data"]


def test_a_subject_that_stands_twice_is_refused_by_its_row(folder: Path, tmp_path: Path) -> None:
    changed(
        folder,
        "subjects",
        "SELECT * FROM (FROM '{path}' UNION ALL FROM '{path}' WHERE id = 'a-0003') ORDER BY id",
    )
    problems = refused(folder, tmp_path / "out")
    assert [problem.code for problem in problems] == ["duplicate-id"]
    assert "row 5" in str(problems[0].file)
    assert "`a-0003`" in problems[0].message


def test_subjects_out_of_order_are_refused(folder: Path, tmp_path: Path) -> None:
    changed(folder, "subjects", "SELECT * FROM '{path}' ORDER BY id DESC")
    assert {problem.code for problem in refused(folder, tmp_path / "out")} == {"bad-value"}


def test_an_ad_of_nobody_is_refused(tmp_path: Path) -> None:
    folder = data(tmp_path / "data", [advertiser("a"), ad("b", "nobody")], [])
    problems = refused(folder, tmp_path / "out")
    assert [problem.code for problem in problems] == ["unknown-subject"]
    assert "`nobody`" in problems[0].message


def test_an_ad_of_an_ad_is_refused(tmp_path: Path) -> None:
    folder = data(tmp_path / "data", [advertiser("a"), ad("b", "a"), ad("c", "b")], [])
    assert [problem.code for problem in refused(folder, tmp_path / "out")] == ["wrong-subject"]


def test_a_claim_about_a_subject_of_another_kind_is_refused(tmp_path: Path) -> None:
    claims = [claim(1, "b", "advertiser.staff", 3)]
    folder = data(tmp_path / "data", [advertiser("a"), ad("b", "a")], claims)
    problems = refused(folder, tmp_path / "out")
    assert [problem.code for problem in problems] == ["wrong-subject"]
    assert "claim c-0001" in str(problems[0].file)


def test_a_weight_outside_its_range_is_refused(folder: Path, tmp_path: Path) -> None:
    changed(folder, "claims", "SELECT * REPLACE (9::SMALLINT AS weight) FROM '{path}'")
    problems = refused(folder, tmp_path / "out")
    assert {problem.code for problem in problems} == {"bad-value"}
    assert "adjudge data validate" in problems[0].hint


def test_a_value_that_the_vocabulary_cannot_read_is_refused_with_its_claim(
    folder: Path, tmp_path: Path
) -> None:
    changed(folder, "claims", "SELECT * REPLACE (replace(value, 'beer', 'wine') AS value) FROM '{path}'")
    problems = refused(folder, tmp_path / "out")
    assert "wine" in problems[0].message
    assert "claim c-0001" in str(problems[0].file)


def test_an_amount_in_no_currency_is_refused_with_its_claim(tmp_path: Path) -> None:
    claims = [claim(1, "a", "advertiser.spend", Money(Decimal(5), "EUR"))]
    folder = data(tmp_path / "data", [advertiser("a")], claims)
    changed(folder, "claims", "SELECT * REPLACE (replace(value, 'EUR', 'EUX') AS value) FROM '{path}'")
    problems = refused(folder, tmp_path / "out")
    assert "EUX" in problems[0].message
    assert "claim c-0001" in str(problems[0].file)


def test_what_the_data_do_not_know_yet_cannot_be_asked(folder: Path, tmp_path: Path) -> None:
    later = parse_instant("2021-01-01") or Instant(0)
    problems = refused(folder, tmp_path / "out", known_at=later)
    assert "2021-01-01" in problems[0].message


def test_a_folder_that_exists_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    log = ProblemLog()
    assert write_outcomes(Asked(data=folder, package=package()), tmp_path / "out", log) is None
    assert [problem.code for problem in log.problems] == ["already-there"]
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_claims_about_nobody_in_the_data_are_counted_and_change_nothing(tmp_path: Path) -> None:
    subjects, claims = many(3)
    folder = data(tmp_path / "data", subjects, [*claims, claim(99, "a-9999", "advertiser.staff", 3)])
    found = written(folder, tmp_path / "out")
    assert (found.unknown, found.claims) == (1, len(claims))


def test_amounts_in_two_currencies_are_an_error_that_is_told_and_no_verdict(tmp_path: Path) -> None:
    claims = [claim(1, "a", "advertiser.spend", Money(Decimal(500), "USD"))]
    folder = data(tmp_path / "data", [advertiser("a"), advertiser("b")], claims)
    found = written(folder, tmp_path / "out")
    big = next(rule for rule in found.rules if rule.rule == "big")
    assert {verdict.value: count for verdict, count in big.verdicts.items() if count} == {"unknown": 2}
    assert [(item.rule, item.part, item.subjects) for item in found.failures] == [("big", "when", 1)]
    assert "EUR" in found.failures[0].reason
