"""CSV and JSON Lines as they come: rows that can be told apart are rows, and a file that cannot be is none."""

from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.interchange.incoming.delimited import MOST_COLUMNS, delimited_rows, told_by
from adjudge.interchange.incoming.json_lines import json_rows
from adjudge.interchange.incoming.row import LONGEST_LINE, Row


def read(path: Path, content: bytes, delimiter: str = "") -> tuple[list[Row], list[str]]:
    path.write_bytes(content)
    log = ProblemLog()
    rows = list(delimited_rows(path, delimiter, log))
    return rows, [problem.code for problem in log.problems]


def cells(rows: list[Row]) -> list[dict[str, object]]:
    return [dict(row.cells) for row in rows]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def test_quotes_delimiters_and_line_breaks_within_fields_are_text(file: Path) -> None:
    rows, codes = read(file, b'a,b\r\n"x, y","he said ""no"""\r\n"two\nlines",z\r\n')
    assert codes == []
    assert cells(rows) == [{"a": "x, y", "b": 'he said "no"'}, {"a": "two\nlines", "b": "z"}]


def test_a_byte_order_mark_is_no_part_of_the_first_column(file: Path) -> None:
    rows, _ = read(file, b"\xef\xbb\xbfa,b\n1,2\n")
    assert cells(rows) == [{"a": "1", "b": "2"}]


def test_formulas_stay_texts(file: Path) -> None:
    rows, _ = read(file, b'a\n=1+1\n@SUM(A1)\n"=HYPERLINK(""http://x"")"\n+49 30\n')
    assert [row.cells["a"] for row in rows] == ["=1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "+49 30"]


def test_emoji_and_scripts_from_right_to_left_are_kept(file: Path) -> None:
    rows, _ = read(file, "id\n🫖-\N{RIGHT-TO-LEFT OVERRIDE}x\nשלום\n".encode())
    assert [row.cells["id"] for row in rows] == ["🫖-\N{RIGHT-TO-LEFT OVERRIDE}x", "שלום"]


@pytest.mark.parametrize(
    ("header", "mark"), [("a,b", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("a|b", "|"), ("a", ",")]
)
def test_the_header_tells_the_delimiter(header: str, mark: str) -> None:
    assert told_by(header) == mark


def test_a_given_delimiter_is_not_told(file: Path) -> None:
    rows, _ = read(file, b"a;b,c\n1;2,3\n", delimiter=",")
    assert cells(rows) == [{"a;b": "1;2", "c": "3"}]


def test_a_ragged_row_is_refused_by_itself(file: Path) -> None:
    rows, codes = read(file, b"a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert codes == []
    assert [(row.number, row.flaw.code if row.flaw else "") for row in rows] == [
        (2, ""),
        (3, "wrong-shape"),
        (4, "wrong-shape"),
        (5, ""),
    ]


def test_nul_is_refused_with_its_column(file: Path) -> None:
    rows, codes = read(file, b"a,b\n1,x\0y\n")
    assert codes == []
    assert rows[0].flaw is not None
    assert rows[0].flaw.columns == ("b",)


def test_empty_lines_are_no_rows_and_are_counted(file: Path) -> None:
    rows, _ = read(file, b"a,b\n\n1,2\n\n")
    assert [(row.number, dict(row.cells)) for row in rows] == [(3, {"a": "1", "b": "2"})]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'a,b\n1,"2\n3,4\n', "csv-syntax"),
        (b'a,b\n1,"2"x\n', "csv-syntax"),
        (b"a,b\r1,2\r", "csv-syntax"),
        (b'a\n"' + b"x" * 140_000 + b'"\n', "csv-syntax"),
        (b"a\n" + b"x" * (LONGEST_LINE + 1) + b"\n", "file-too-large"),
        (b"a\n\xe4\n", "not-utf-8"),
        ("a,b\n1,2\n".encode("utf-16"), "not-utf-8"),
        (b"", "empty-file"),
        (b"a,a\n1,2\n", "duplicate-key"),
        (b"a,\n1,2\n", "missing-key"),
        (",".join(f"c{n}" for n in range(MOST_COLUMNS + 1)).encode() + b"\n", "file-too-large"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_file_whose_rows_cannot_be_told_apart_is_refused_whole(
    file: Path, content: bytes, code: str
) -> None:
    _, codes = read(file, content)
    assert codes == [code]


def test_an_open_quote_is_told_by_the_line_in_which_it_opens(file: Path) -> None:
    file.write_bytes(b'a,b\n1,2\n3,"4\n5,6\n')
    log = ProblemLog()
    assert len(list(delimited_rows(file, "", log))) == 1
    assert "line 3" in log.problems[0].message


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    log = ProblemLog()
    assert not list(delimited_rows(tmp_path / "none.csv", "", log))
    assert not list(json_rows(tmp_path / "none.jsonl", log))
    assert [problem.code for problem in log.problems] == ["unreadable-file"] * 2


def test_lines_of_json_are_rows_and_bad_ones_are_refused_by_themselves(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1.50}\n[1]\n{"a": 1, "a": 2}\n\n{"a": NaN}\n{"a": "\\ud800"}\n{"a": true}\n')
    log = ProblemLog()
    rows = list(json_rows(path, log))
    assert log.problems == []
    assert [(row.number, row.flaw.code if row.flaw else "") for row in rows] == [
        (1, ""),
        (2, "wrong-shape"),
        (3, "json-syntax"),
        (5, "json-syntax"),
        (6, "json-syntax"),
        (7, ""),
    ]
    assert str(rows[0].cells["a"]) == "1.50"
