"""`adjudge synth`: what it writes and says; and that what it writes is told as invented wherever it goes."""

import json
import shutil
from pathlib import Path

import pytest

from adjudge.basis.digest import digest_of_bytes
from adjudge.cli.synth import WholeNumber
from adjudge.interchange.tables.layout import MANIFEST
from adjudge.records.shelf import CLAIMS, SUBJECTS
from tests.rooms.cli.desk import new_desk
from tests.rooms.cli.inside import adjudge
from tests.rooms.synthetic.invented import PACKAGE, VOCABULARY, files

BEER = """
vocabulary: brewing
version: 1
facts:
  ad:
    beer: {type: bool, definition: {en: The ad sells beer.}}
"""
WHY = ("--reason", "a trial")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "vocabulary.yaml").write_text(VOCABULARY)
    (tmp_path / "policy" / "1.yaml").write_text(PACKAGE)
    (tmp_path / "beer.yaml").write_text(BEER)
    return tmp_path


def line(folder: Path, out: str, *more: str | Path, claims: str = "2_000") -> tuple[str | Path, ...]:
    return ("synth", "--subjects", "400", "--claims", claims, "-o", folder / out, *more)


def by_package(folder: Path) -> tuple[str | Path, ...]:
    return ("--package", folder / "policy" / "1.yaml")


def beers(folder: Path) -> Path:
    done = adjudge(*line(folder, "beers", "--vocabulary", folder / "beer.yaml", claims="100"))
    assert done.returncode == 0, done.stderr
    return folder / "beers"


def test_it_says_what_it_wrote_and_that_it_is_invented(folder: Path) -> None:
    done = adjudge(*line(folder, "data", *by_package(folder)))
    assert done.returncode == 0, done.stderr
    assert "is written: a synthetic population, about nobody." in done.stdout
    assert "  subjects: 400 rows\n" in done.stdout
    assert "  claims: 2,000 rows\n" in done.stdout
    manifest = json.loads((folder / "data" / MANIFEST).read_text())
    assert manifest["synthetic"]["vocabulary"] == "everything@3"
    assert manifest["known_at"] == "2020-01-01T00:00:00Z"  # the second New Year after it was published
    assert manifest["policy"] == "brewers"
    assert manifest["tables"]["decisions"]["rows"] > 0


def test_the_same_line_gives_the_same_bytes_and_another_seed_others(folder: Path) -> None:
    for out, more in (("one", ()), ("two", ()), ("three", ("--seed", "other"))):
        assert adjudge(*line(folder, out, *by_package(folder), *more)).returncode == 0
    assert files(folder / "one") == files(folder / "two")
    assert files(folder / "one")["claims.parquet"] != files(folder / "three")["claims.parquet"]


def test_programs_are_told_in_json(folder: Path) -> None:
    done = adjudge(*line(folder, "data", *by_package(folder), "--format", "json"))
    form = json.loads(done.stdout)
    assert form["synthetic"] is True
    assert form["tables"]["claims"]["rows"] == 2_000
    assert form["tables"]["claims"]["digest"] == digest_of_bytes(
        (folder / "data" / "claims.parquet").read_bytes()
    )


def test_nothing_else_is_left_beside_it(folder: Path) -> None:
    (folder / "outs").mkdir()
    assert adjudge(*line(folder / "outs", "data", *by_package(folder))).returncode == 0
    assert [path.name for path in (folder / "outs").iterdir()] == ["data"]
    tables = ("claims", "decisions", "documents", "measures", "spend", "subjects")
    assert sorted(files(folder / "outs" / "data")) == sorted(
        [MANIFEST, *(f"{name}.parquet" for name in tables)]
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            ("--known-at", "1500-01-01"),
            "--known-at: error: documents and claims lie years about the known time",
        ),
        (("--known-at", "2016-01-01"), "--known-at: error: the package is published at 2018-01-01"),
        (("--seed", "a\nb"), "--seed: error: the seed is too long, or cannot be printed"),
        (("--seed", "a" * 201), "--seed: error: the seed is too long, or cannot be printed"),
    ],
)
def test_what_cannot_be_invented_is_refused_before_anything_is_written(
    more: tuple[str, ...], said: str, folder: Path
) -> None:
    done = adjudge(*line(folder, "data", *by_package(folder), *more))
    assert done.returncode == 2
    assert said in done.stderr
    assert not (folder / "data").exists()


def test_a_folder_that_holds_something_is_not_written_into(folder: Path) -> None:
    done = adjudge(*line(folder, "policy", *by_package(folder)))
    assert done.returncode == 2
    assert "the folder is there already" in done.stderr
    assert sorted(files(folder / "policy")) == ["1.yaml", "vocabulary.yaml"]


def test_a_package_or_a_vocabulary_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "beer.yaml").write_text("vocabulary: [")
    assert adjudge(*line(folder, "data", "--vocabulary", folder / "beer.yaml")).returncode == 2
    assert adjudge(*line(folder, "data", "--package", folder / "none.yaml")).returncode == 2
    assert adjudge(*line(folder, "data")).returncode == 2


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1e9", "١", "9" * 13, ""])
def test_a_number_of_subjects_that_is_none_is_refused(text: str, folder: Path) -> None:
    done = adjudge("synth", "--subjects", text, "--claims", "1", *by_package(folder), "-o", folder / "data")
    assert done.returncode == 2
    assert "is no number from 1 to 100000000" in done.stderr


def test_numbers_may_have_marks_between_their_digits() -> None:
    assert WholeNumber(0, 2_000_000)("1_000_000") == 1_000_000


# --- told as invented wherever it goes ---


def test_validating_says_so_in_both_forms_and_languages(folder: Path) -> None:
    data = beers(folder)
    assert adjudge("data", "validate", data).stdout.startswith("The data are synthetic: they are invented")
    assert adjudge("data", "validate", data, "--lang", "fr").stdout.startswith(
        "Les données sont synthétiques"
    )
    assert json.loads(adjudge("data", "validate", data, "--format", "json").stdout)["synthetic"] is True


def test_an_institution_refuses_it_unless_it_is_asked_to_take_it(folder: Path) -> None:
    desk, data = new_desk(), beers(folder)
    done = desk.run("administrator", "data", "import", data, "--policy", "brewers", *WHY)
    assert done.returncode == 2
    assert "the data are synthetic: they are invented, and about nobody [synthetic-data]" in done.stderr
    assert "with `--synthetic`" in done.stderr
    with desk.house.records.reading() as records:
        assert records.get(SUBJECTS, "synthetic-advertiser-0000000000") is None
    told = desk.done("administrator", "data", "import", data, "--policy", "brewers", "--synthetic", *WHY)
    assert "400 rows read, 400 fit, 0 refused" in told
    assert "100 rows read, 100 fit, 0 refused" in told
    with desk.house.records.reading() as records:
        assert records.get(CLAIMS, "synthetic-claim-0000000099") is not None


def test_it_is_refused_by_its_documents_where_the_manifest_lost_the_mark(folder: Path) -> None:
    data = beers(folder)
    manifest = json.loads((data / MANIFEST).read_text())
    del manifest["synthetic"]
    (data / MANIFEST).write_text(json.dumps(manifest))
    done = new_desk().run("administrator", "data", "import", data, "--policy", "brewers", *WHY)
    assert done.returncode == 2
    assert "[synthetic-data]" in done.stderr


def test_what_an_institution_for_trials_gives_out_is_told_as_invented(folder: Path) -> None:
    desk = new_desk()
    desk.done("administrator", "data", "import", beers(folder), "--policy", "brewers", "--synthetic", *WHY)
    desk.done("administrator", "data", "export", "-o", folder / "out")
    assert "The data are synthetic" in adjudge("data", "validate", folder / "out").stdout


def test_an_export_of_an_institution_is_not_told_as_invented(folder: Path) -> None:
    new_desk().done("administrator", "data", "export", "-o", folder / "out")
    done = adjudge("data", "validate", folder / "out", "--format", "json")
    assert json.loads(done.stdout)["synthetic"] is False
    assert "synthetic" not in json.loads((folder / "out" / MANIFEST).read_text())


@pytest.mark.parametrize("mark", [True, {}, {"seed": "1"}])
def test_a_mark_that_is_not_one_is_a_problem_and_no_clean_bill(mark: object, folder: Path) -> None:
    data = Path(shutil.copytree(beers(folder), folder / "copy"))
    manifest = json.loads((data / MANIFEST).read_text())
    (data / MANIFEST).write_text(json.dumps({**manifest, "synthetic": mark}))
    assert adjudge("data", "validate", data).returncode == 2


def test_the_outcomes_of_an_invented_population_are_of_every_kind(folder: Path) -> None:
    assert adjudge(*line(folder, "data", *by_package(folder), claims="20000")).returncode == 0
    done = adjudge("bulk", folder / "data", *by_package(folder), "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    verdicts = done.stdout.split("beer ")[1].splitlines()[0]
    assert all(word in verdicts for word in ("unknown", "refuted", "contested", "met"))
