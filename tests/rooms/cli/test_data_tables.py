"""`adjudge data tables`: a population folder as an export, whole or not at all, told in both forms and languages."""

import json
from pathlib import Path

import pytest

from tests.rooms.cli.inside import adjudge
from tests.rooms.population.folder import write

ROOT = Path(__file__).resolve().parents[3]
MEDIA = ROOT / "examples" / "populations" / "state-media-2019"


def test_a_population_is_written_told_and_found_sound(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = adjudge("data", "tables", MEDIA, "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    for part in (
        "Made from the population state-media-2019.",
        "2 decisions stayed there: too little is known of them for the table.",
    ):
        assert part in done.stdout
    again = adjudge("data", "validate", out)
    assert (again.returncode, again.stdout) == (0, done.stdout)


def test_it_is_told_in_french(tmp_path: Path) -> None:
    done = adjudge("data", "tables", write(tmp_path), "-o", tmp_path / "out", "--lang", "fr")
    assert done.returncode == 0
    assert "Tirées de la population shops-2020." in done.stdout
    assert "3 décisions y sont restées" in done.stdout


def test_as_json_it_has_the_population_and_the_rows(tmp_path: Path) -> None:
    done = adjudge(
        "data", "tables", write(tmp_path), "-o", tmp_path / "out", "--known-at", "2020-01-01", "--format", "json"
    )  # fmt: skip
    form = json.loads(done.stdout)
    assert form["known_at"] == "2020-01-01T00:00:00Z"
    assert form["population"] == {
        "id": "shops-2020",
        "as_of": "2020-06-01T00:00:00Z",
        "decisions_left_out": 3,
    }
    assert (form["tables"]["subjects"]["rows"], form["tables"]["claims"]["rows"]) == (5, 0)
    found = json.loads(adjudge("data", "validate", tmp_path / "out", "--format", "json").stdout)
    assert {key: found[key] for key in form} == form


@pytest.mark.parametrize(("case", "code"), [("there", "already-there"), ("wrong", "missing-key")])
def test_nothing_is_written_over_and_nothing_is_left_of_what_is_refused(
    case: str, code: str, tmp_path: Path
) -> None:
    folder, out = write(tmp_path), tmp_path / "out"
    if case == "there":
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    else:
        (folder / "claims.yaml").write_text("claims: [{id: c}]")
    before = sorted(path.name for path in tmp_path.iterdir())
    done = adjudge("data", "tables", folder, "-o", out)
    assert done.returncode == 2
    assert f"[{code}]" in done.stdout + done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert case == "wrong" or [path.name for path in out.iterdir()] == ["mine.txt"]
