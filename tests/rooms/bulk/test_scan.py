"""Which claims count, to the nanosecond, and when nanoseconds need not be looked at."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant, Interval
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked
from adjudge.bulk.run import write_outcomes
from adjudge.bulk.scan import TIMES, has_whole_times
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.outcome import Verdict
from tests.rooms.bulk import small

NANO, MICRO = 1, 1_000


def _claims(tmp_path: Path, column: str, value: str, *, where: str = "true") -> Path:
    """The claims of some advertisers, in which the nanoseconds of one time are others."""
    folder = small.data(tmp_path / "data", *small.many(20))
    path = tmp_path / "claims.parquet"
    duckdb.execute(
        f"COPY (SELECT * REPLACE (CASE WHEN {where} THEN {value} ELSE {column} END AS {column}) "  # noqa: S608 - ours
        f"FROM '{folder / 'claims.parquet'}') TO '{path}' (FORMAT PARQUET)"
    )
    return path


def test_times_of_whole_microseconds_are_known_as_such(tmp_path: Path) -> None:
    assert has_whole_times(small.data(tmp_path / "data", *small.many(20)) / "claims.parquet")


def test_a_table_without_rows_says_nothing(tmp_path: Path) -> None:
    path = _claims(tmp_path, "recorded_at_ns", "0")
    none = tmp_path / "none.parquet"
    duckdb.execute(f"COPY (SELECT * FROM '{path}' LIMIT 0) TO '{none}' (FORMAT PARQUET)")  # noqa: S608 - ours
    assert not has_whole_times(none), "a file that says nothing of its columns is looked at"


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("value", ["1", "999"])
def test_one_time_beyond_a_microsecond_is_found(tmp_path: Path, time: str, value: str) -> None:
    assert not has_whole_times(_claims(tmp_path, f"{time}_ns", f"{value}::SMALLINT", where="id = 'c-0007'"))


def test_nanoseconds_that_are_absent_beside_a_time_are_found(tmp_path: Path) -> None:
    assert not has_whole_times(_claims(tmp_path, "recorded_at_ns", "NULL", where="id = 'c-0007'"))


@pytest.mark.parametrize("beyond", [0, 1, 500])
@pytest.mark.parametrize("off", [-MICRO, -NANO, 0, NANO, MICRO])
def test_a_claim_counts_from_its_nanosecond_on(tmp_path: Path, beyond: int, off: int) -> None:
    begins = Instant(small.SAID_AT.nanos + beyond)
    said = replace(small.claim(1, "a", "advertiser.licences", "beer"), holds=Interval(begins, None))
    ended = replace(small.claim(2, "b", "advertiser.licences", "beer"), holds=Interval(None, begins))
    folder = small.data(tmp_path / "data", [small.advertiser("a"), small.advertiser("b")], [said, ended])
    log = ProblemLog()
    asked = Asked(data=folder, package=small.package(), valid_at=Instant(begins.nanos + off))
    written = write_outcomes(asked, tmp_path / "out", log)
    assert written is not None, log.problems
    assert written.claims == 1, "either the one that begins or the one that ends"
    place = [rule.rule for rule in written.rules].index(RuleId("licensed"))
    verdict = f"verdicts_0 >> {3 * place} & 7"
    rows = duckdb.execute(f"SELECT subject, {verdict} FROM '{tmp_path}/out/part-*.parquet'")  # noqa: S608 - ours
    met = [subject for subject, verdict in rows.fetchall() if VERDICTS[verdict] is Verdict.MET]
    assert met == ["a" if off >= 0 else "b"]
