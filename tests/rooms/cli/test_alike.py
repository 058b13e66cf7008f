"""`adjudge alike`: in every form, and what is wrong on its line."""

import json
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.rooms.cli.inside import adjudge
from tests.rooms.population.folder import write
from tests.rooms.population.test_alike import shops

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "schemas" / "alike.schema.json").read_text("utf-8"))


def alike(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return adjudge("alike", folder.parent / "policies" / "market@1", "--population", folder, *more)


def flat(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


def counted(folder: Path) -> Path:
    subjects, claims, decisions = shops({"FR": (4, 6), "BE": (1, 8), "DE": (0, 7), "NL": (1, 2)})
    return write(folder, subjects=subjects, claims=claims, decisions=decisions)


def test_like_cases_are_named_with_their_treatment(tmp_path: Path) -> None:
    text = flat(alike(write(tmp_path)))
    parts = (
        "1 group of like cases was treated differently, under 1 rule.",
        "A decision is known of 3; of 2 none is known, and nobody of those counts as spared.",
        "(potions): 3 subjects whom it cannot tell apart",
        "for each of them met (for 2, against 0)",
        "The rule is met for all of them, so that it does not explain the difference.",
        "no measure Shop bob (bob)",
        "notify and exclude Shop ann (ann)",
        "no decision known Shop cyd (cyd)",
    )
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_a_subject_has_its_comparators(tmp_path: Path) -> None:
    folder = write(tmp_path)
    text = flat(alike(folder, "--subject", "cyd"))
    assert "Under 1 of 1 rule cases like this one were treated differently from one another." in text
    assert "Shop ann (ann)" in text
    assert "Nobody else in the population is alike." in flat(alike(folder, "--subject", "dan"))


def test_counts_are_exact_with_an_interval_and_small_ones_withheld(tmp_path: Path) -> None:
    text = flat(alike(counted(tmp_path)))
    assert "A measure was decided, by advertiser.country (all together: 6 of 23)" in text
    assert "Belgium 1 of 8 (95 % interval: 0.3 % to 52.7 %)" in text
    assert "Netherlands withheld" in text
    assert "France withheld" in text
    assert "Germany 0 of 7" in text
    assert "Counts of fewer than 5 are withheld, and with them what would let them be worked out." in text


def test_json_keeps_its_schema(tmp_path: Path) -> None:
    for folder in (write(tmp_path / "one"), counted(tmp_path / "other")):
        for more in ((), ("--subject", "ann" if folder.parent.name == "one" else "be1")):
            form = json.loads(flat(alike(folder, *more, "--format", "json")))
            assert list(Draft202012Validator(SCHEMA).iter_errors(form)) == []
            assert form["format"] == "adjudge-alike/1"
    (rates,) = form["groups"][0]["rates"]
    hidden = [row for row in rates["values"] if row["withheld"]]
    assert [row["value"] for row in hidden] == ["FR", "NL"]
    assert all("of" not in row for row in hidden)


def test_markdown_escapes_what_comes_from_outside(tmp_path: Path) -> None:
    folder = write(tmp_path)
    text = alike(folder, "--format", "md").stdout
    assert text.startswith("# Like cases\n")
    assert "Potions \\<b\\>without\\</b\\> a licence" in text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--subject", "anne"], "[unknown-subject]\n  hint: did you mean `ann`?"),
        (["--rule", "poti"], "[unknown-rule]"),
        (["--rule", "later"], "[not-in-force]"),
        (["--known-at", "2019-01-01"], "[not-in-force]"),
        (["--subject", "zoe", "--rule", "none"], "[unknown-rule]"),
    ],
)
def test_what_is_wrong_on_the_line_is_said(more: list[str], said: str, tmp_path: Path) -> None:
    done = alike(write(tmp_path), *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
