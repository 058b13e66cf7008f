"""`adjudge backtest`: in every form, its lists and explanations, and what is wrong with what it is given."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator

from adjudge.backtest.lists import csv_of
from adjudge.cli import backtest
from tests.rooms.backtest.worlds import MEDIA, STANDARD, media, package_of, trade, trade_packages
from tests.rooms.cli.inside import adjudge

ROOT = Path(__file__).resolve().parents[3]
OLD, NEW = f"{STANDARD}@2017-12", f"{STANDARD}@2019-08"
SCHEMA = json.loads((ROOT / "schemas" / "backtest.schema.json").read_text("utf-8"))
FILES = {
    "report.json",
    "report.html",
    "changes.parquet",
    "unchanged.parquet",
    "alike.parquet",
    "from.json",
    "to.json",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return media(tmp_path_factory.mktemp("media") / "data")


@pytest.fixture(scope="module")
def out(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backtest") / "out"
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW, "-o", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a backtest in which everything happens that is told."""
    folder = tmp_path_factory.mktemp("trade")
    old, new = trade_packages(folder / "packages")
    trade(folder / "data", package_of(new).vocabulary)
    done = adjudge("backtest", folder / "data", "--from", old, "--to", new, "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder


def form(data: Path, *more: str) -> dict[str, Any]:
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW, "--format", "json", *more)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


# --- what is told ---


def test_state_media_flip_and_a_public_broadcaster_does_not(out: Path) -> None:
    done = adjudge("backtest", "list", out, "--cell", "kind=advertiser,change=restricted", "--format", "json")
    assert {row["subject"] for row in json.loads(done.stdout)} == {"rt", "sputnik", "disputed"}
    done = adjudge("backtest", "explain", out, "public-one")
    assert "state-controlled-media" in done.stdout
    assert "excepted" in done.stdout
    assert "independent-broadcaster" in done.stdout


def test_the_summary_says_who_changes_and_what_they_spent(data: Path) -> None:
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW)
    assert done.returncode == 0
    assert "Measures change for 3 of 8 advertisers." in done.stdout
    assert "newly under a measure: 1,334.55 EUR and 10 USD" in done.stdout
    assert "as of       18 September 2019" in done.stdout  # when the rule that is brought begins
    assert "Name a folder with `-o`" in done.stdout


def test_the_run_may_be_named(data: Path) -> None:
    one = adjudge("backtest", data, "--from", OLD, "--to", NEW)
    other = adjudge("backtest", "run", data, "--from", OLD, "--to", NEW)
    assert one.stdout == other.stdout


@pytest.mark.parametrize("engine", ["point", "bulk"])
def test_json_keeps_its_schema(data: Path, engine: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert not list(Draft202012Validator(SCHEMA).iter_errors(form(data, "--engine", engine)))


def test_json_of_a_folder_keeps_the_schema_too_with_where_the_data_lie(traded: Path) -> None:
    report = json.loads((traded / "out" / "report.json").read_text("utf-8"))
    assert not list(Draft202012Validator(SCHEMA).iter_errors(report))
    assert report["folder"] == str(traded / "data")


def test_both_engines_write_the_same_bytes(traded: Path) -> None:
    again = traded / "by-point"
    old, new = traded / "packages" / "1.yaml", traded / "packages" / "2.yaml"
    done = adjudge("backtest", traded / "data", "--from", old, "--to", new, "-o", again, "--engine", "point")
    assert done.returncode == 0, done.stderr
    for name in FILES - {"report.html"}:
        assert (traded / "out" / name).read_bytes() == (again / name).read_bytes(), name


def test_what_was_chosen_is_said_and_what_is_named_is_kept(data: Path) -> None:
    assert form(data)["chosen"] == {"valid_at": True, "known_at": True}
    asked = form(data, "--as-of", "2019-08-19", "--known-at", "2019-08-01")
    assert asked["chosen"] == {"valid_at": False, "known_at": False}
    assert asked["to"]["rules_not_in_force"] == ["state-controlled-media"]
    assert all(item["change"] == "same" for item in asked["changes"])


def test_french_is_said_throughout(data: Path) -> None:
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW, "--lang", "fr")
    for english in ("What ", "newly", "before", "advertisers", "Counted", "The "):
        assert english not in done.stdout
    assert "annonceurs" in done.stdout


@pytest.mark.parametrize("columns", ["40", "60", "100"])
def test_no_line_is_wider_than_the_terminal(
    traded: Path, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backtest, "width", lambda: int(columns))
    old, new = traded / "packages" / "1.yaml", traded / "packages" / "2.yaml"
    done = adjudge("backtest", traded / "data", "--from", old, "--to", new)
    told = done.stdout.split("Name a folder")[0]
    assert max(len(line) for line in told.splitlines()) <= int(columns)


# --- lists ---


def test_the_folder_holds_report_lists_and_both_packages(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == FILES


def test_every_cell_of_the_report_lists_as_many_as_its_number(traded: Path) -> None:
    folder = traded / "out"
    report = json.loads((folder / "report.json").read_text("utf-8"))
    counted = list(_counts(report))
    assert len(counted) > 30
    for cell, subjects in counted:
        done = adjudge("backtest", "list", folder, "--cell", cell, "--format", "json")
        assert len(json.loads(done.stdout)) == subjects, cell


def _counts(tree: Any) -> Any:  # noqa: ANN401 - any part of a report
    if isinstance(tree, dict):
        if "cell" in tree and tree["subjects"]:
            yield tree["cell"], tree["subjects"]
        tree = list(tree.values())
    for item in tree if isinstance(tree, list) else ():
        yield from _counts(item)


def test_a_list_comes_as_csv_json_and_parquet(traded: Path, tmp_path: Path) -> None:
    folder, cell = traded / "out", "kind=ad,change=severer"
    rows = list(
        csv.DictReader(
            io.StringIO(adjudge("backtest", "list", folder, "--cell", cell, "--format", "csv").stdout)
        )
    )
    assert [(row["subject"], row["spend"], row["new_rules"]) for row in rows] == [
        ("alpha-1", "0.1 EUR", "beer-ad french-beer"),
        ("alpha-2", "0.2 EUR", "beer-ad french-beer"),
    ]
    found = json.loads(adjudge("backtest", "list", folder, "--cell", cell, "--format", "json").stdout)
    assert found[0]["spend"] == [{"currency": "EUR", "amount": "0.1"}]
    target = tmp_path / "list.parquet"
    done = adjudge("backtest", "list", folder, "--cell", cell, "--format", "parquet", "-o", target)
    assert done.returncode == 0, done.stderr
    assert duckdb.read_parquet(str(target)).project("subject").fetchall() == [
        ("alpha-1",),
        ("alpha-2",),
    ]


def test_a_cell_in_csv_is_no_formula() -> None:
    text = "".join(csv_of(["subject"], iter([{"subject": "=cmd()"}])))
    assert text == "subject\n'=cmd()\n"


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("kind", "is no column with its value"),
        ("knd=ad", "the lists have no column `knd`"),
        ("group=1,kind=ad", "named by its number alone"),
    ],
)
def test_a_cell_that_names_no_list_is_refused(out: Path, cell: str, what: str) -> None:
    done = adjudge("backtest", "list", out, "--cell", cell)
    assert done.returncode == 2
    assert what in done.stderr
    assert "hint:" in done.stderr


def test_parquet_is_not_written_to_a_terminal(out: Path) -> None:
    done = adjudge("backtest", "list", out, "--cell", "kind=ad", "--format", "parquet")
    assert done.returncode == 2
    assert "name a file with `-o`" in done.stderr


# --- explanations ---


def test_a_subject_is_explained_before_and_after(out: Path) -> None:
    done = adjudge("backtest", "explain", out, "rt")
    assert "before: no measure" in done.stdout
    assert "after: exclude by `state-controlled-media`" in done.stdout
    assert "for: advertiser.news_media = true" in done.stdout


def test_an_explanation_comes_as_json(out: Path) -> None:
    found = json.loads(adjudge("backtest", "explain", out, "rt", "--format", "json").stdout)
    rule = next(item for item in found["rules"] if item["rule"] == "state-controlled-media")
    assert rule["old"] is None
    assert (rule["new"]["verdict"], rule["new"]["measure_applies"]) == ("met", True)


def test_nobody_that_the_data_do_not_know_is_explained(out: Path) -> None:
    done = adjudge("backtest", "explain", out, "somebody")
    assert done.returncode == 2
    assert "the data hold no subject `somebody`" in done.stderr


def test_data_that_changed_since_explain_nothing(out: Path, tmp_path: Path) -> None:
    other = media(tmp_path / "data")
    manifest = other / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("2019-08-19", "2019-08-20"), encoding="utf-8")
    same = adjudge("backtest", "explain", out, "rt", "--data", other)
    assert same.returncode == 0  # the same tables
    shutil.rmtree(other)
    packages = trade_packages(tmp_path / "packages")
    trade(other, package_of(packages[1]).vocabulary)
    done = adjudge("backtest", "explain", out, "rt", "--data", other)
    assert done.returncode == 2
    assert "no longer those that the backtest read" in done.stderr


# --- the page ---


def test_the_page_needs_nothing_else_and_all_its_links_lead_somewhere(traded: Path) -> None:
    page = (traded / "out" / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", page)
    assert "url(" not in page
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert f"adjudge backtest list {traded / 'out'} --cell kind=advertiser,change=released" in page


def test_the_page_explains_who_changes(traded: Path) -> None:
    page = (traded / "out" / "report.html").read_text("utf-8")
    explained = re.findall(r'<section class="behind" id="s-\d+".*?</section>', page, re.DOTALL)
    assert len(explained) == 11  # 8 whose measures change, 3 more who are newly for a person
    assert any("by <code>barred</code>" in text for text in explained)


def test_a_page_is_written_alone_too(data: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW, "--html", page, "--lang", "fr")
    assert done.returncode == 0, done.stderr
    text = page.read_text("utf-8")
    assert '<html lang="fr">' in text
    assert "adjudge backtest list" not in text  # no folder was kept
    assert list(tmp_path.iterdir()) == [page]


# --- what is wrong ---


def test_a_folder_that_is_there_is_not_written_over(out: Path, data: Path) -> None:
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW, "-o", out)
    assert done.returncode == 2
    assert "exists already" in done.stderr


def test_what_was_known_after_the_data_cannot_be_asked(data: Path) -> None:
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW, "--known-at", "2020-01-01")
    assert done.returncode == 2
    assert "cannot say what was known" in done.stderr


def test_a_table_that_was_altered_is_refused_and_nothing_is_left(data: Path, tmp_path: Path) -> None:
    other = shutil.copytree(data, tmp_path / "data")
    with (other / "claims.parquet").open("ab") as stream:
        stream.write(b"x")
    done = adjudge("backtest", other, "--from", OLD, "--to", NEW, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "[altered-data]" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_folder_without_a_manifest_and_a_version_that_is_not_there_are_said(
    data: Path, tmp_path: Path
) -> None:
    done = adjudge("backtest", tmp_path, "--from", OLD, "--to", NEW)
    assert done.returncode == 2
    assert "[not-data]" in done.stderr
    done = adjudge("backtest", data, "--from", OLD, "--to", f"{STANDARD}@2019-09")
    assert done.returncode == 2
    assert "2019-08" in done.stderr


def test_a_folder_of_something_else_holds_no_backtest(tmp_path: Path) -> None:
    for words in (("list", tmp_path, "--cell", "kind=ad"), ("explain", tmp_path, "rt")):
        done = adjudge("backtest", *words)
        assert done.returncode == 2
        assert "the folder holds no backtest" in done.stderr


def test_bounds_are_numbers(data: Path) -> None:
    done = adjudge("backtest", data, "--from", OLD, "--to", NEW, "--signatures", "0")
    assert done.returncode == 2
    assert "no number from 1" in done.stderr


def test_the_world_of_the_media_holds_everybody(out: Path) -> None:
    done = adjudge("backtest", "list", out, "--cell", "kind=advertiser", "--format", "json")
    assert {row["subject"] for row in json.loads(done.stdout)} == {*MEDIA, "disputed"}


def test_a_population_is_asked_as_it_lies(tmp_path: Path) -> None:
    vendors = ROOT / "examples" / "populations" / "security-vendors-2018"
    done = adjudge("backtest", vendors, "--from", OLD, "--to", NEW, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "of 26 advertisers" in done.stdout
    explained = adjudge("backtest", "explain", tmp_path / "out", "kaspersky-lab")
    assert explained.returncode == 0, explained.stderr
