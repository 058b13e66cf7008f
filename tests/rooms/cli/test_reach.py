"""`adjudge reach`: in every form, on the vendors of 2018 and on a small population, and what is wrong on its line."""

import csv
import json
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.rooms.cli.inside import adjudge
from tests.rooms.population.folder import SHOP, write

ROOT = Path(__file__).resolve().parents[3]
VENDORS = ROOT / "examples" / "populations" / "security-vendors-2018"
POLICY = ROOT / "policies" / "ads-standard"
SCHEMA = json.loads((ROOT / "schemas" / "reach.schema.json").read_text("utf-8"))
PAID = "advertiser.business_model == 'paid_by_users'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def reach(folder: Path, *more: str, package: str = "market@1") -> subprocess.CompletedProcess[str]:
    return adjudge("reach", folder.parent / "policies" / package, "--population", folder, *more)


def flat(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


def test_the_sentence_of_2018_reaches_vendors_of_whom_no_decision_is_known() -> None:
    done = adjudge("reach", f"{POLICY}@2017-12", "--population", VENDORS, "--reason", PAID)
    text = flat(done)
    for part in (
        "For 1 of those reached a measure was decided; whether it still stands is not known.",
        "It does not tell those for whom a measure was decided apart from",
        "Kaspersky Lab (kaspersky-lab): met (for 2, against 0); exclude, decided in January 2018; whether it",
        "no decision is known, which is not the same as no measure",
        "who is silent is not cleared",
    ):
        assert part in text
    for part in ("under a measure", "31 January 2018;", "For 0", " 0 contested"):
        assert part not in text.replace("as of 31 January 2018, 00:00 UTC; known up to 31 January 2018,", "")


def test_who_is_treated_otherwise_stands_first(folder: Path) -> None:
    text = flat(reach(folder, "--rule", "potions"))
    heads = (
        "It reaches 3 of 5 advertisers.",
        "Treated otherwise: reached, and spared a measure that was decided for others",
        "Shop bob (bob): met (for 2, against 0); no measure (unverified)",
        "Reached, and no decision is known",
        "Shop cyd (cyd)",
        "Reached, and a measure was decided",
        "Shop ann (ann): met (for 2, against 0); notify and exclude since 1 March 2020",
        "Not reached, and a measure was decided",
        "Shop dan (dan): refuted (for 0, against 2); limit",
        "1 unknown Shop eve (eve)",
        "advertiser.spend: 10.3 EUR and 5 USD together.",
        "below 10",
        "from 10 to below 100",
    )
    places = [text.find(part) for part in heads]
    assert -1 not in places, heads[places.index(-1)]
    assert places == sorted(places)
    assert "country: sources disagree" in text


def test_json_keeps_its_schema_and_counts_every_subject(folder: Path) -> None:
    form = json.loads(flat(reach(folder, "--rule", "potions", "--format", "json")))
    assert list(Draft202012Validator(SCHEMA).iter_errors(form)) == []
    assert form["format"] == "adjudge-reach/1"
    summary = form["summary"]
    assert summary["treated_otherwise"] == ["bob"]
    assert summary["under_measure_not_reached"] == ["dan"]
    assert sum(summary["verdicts"].values()) == summary["subjects"] == len(form["subjects"]) == 5
    assert form["spend"] == [
        {"name": "spend", "fact": "advertiser.spend", "amounts": {"EUR": "10.3", "USD": "5"}, "unknown": 0}
    ]
    assert flat(reach(folder, "--rule", "potions", "--format", "json", "--lang", "fr")) == flat(
        reach(folder, "--rule", "potions", "--format", "json")
    )


def test_json_of_a_reason_on_the_vendors_keeps_the_schema_too() -> None:
    done = adjudge(
        "reach", f"{POLICY}@2017-12", "--population", VENDORS, "--reason", PAID, "--format", "json"
    )
    form = json.loads(flat(done))
    assert list(Draft202012Validator(SCHEMA).iter_errors(form)) == []
    assert form["reason"] == {"condition": PAID, "subject_kind": "advertiser"}
    assert form["rule"] is None


def test_csv_has_a_line_for_each_subject_and_no_formula(tmp_path: Path) -> None:
    shop = SHOP % ("mal", "mal")
    evil = shop.replace("Shop mal", "=HYPERLINK(1)")
    folder = write(tmp_path)
    file = folder / "population.yaml"
    file.write_text(file.read_text("utf-8").replace("subjects: [", f"subjects: [{evil}, "), encoding="utf-8")
    done = reach(folder, "--rule", "potions", "--format", "csv")
    rows = list(csv.DictReader(StringIO(done.stdout)))
    assert [row["subject"] for row in rows] == ["bob", "cyd", "ann", "dan", "eve", "mal"]
    assert rows[-1]["title"] == "'=HYPERLINK(1)"
    assert rows[2]["measures"] == "notify exclude"
    assert (rows[0]["treatment"], rows[1]["treatment"]) == ("none", "unknown")


def test_hostile_titles_become_no_markup(tmp_path: Path) -> None:
    folder = write(tmp_path)
    file = folder / "population.yaml"
    file.write_text(file.read_text("utf-8").replace("Shop bob", "'<b>[x](y)\u202e| # bob'"), encoding="utf-8")
    marked = reach(folder, "--rule", "potions", "--format", "md").stdout
    assert "\\<b\\>" in marked
    assert "[x](y)" not in marked
    assert "\u202e" not in marked + reach(folder, "--rule", "potions").stdout


def test_the_answer_can_be_a_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "answer.md"
    assert reach(folder, "--rule", "potions", "--format", "md", "-o", str(out)).stdout == ""
    assert out.read_text("utf-8").startswith("# Whom it reaches\n")


def test_a_standard_and_a_day_of_ones_own(folder: Path) -> None:
    asked = ("--reason", "advertiser.potions")
    assert "It reaches 4 of 5 advertisers." in flat(reach(folder, *asked))
    assert "It reaches 0 of 5 advertisers." in flat(reach(folder, *asked, "--standard", "official"))
    early = flat(reach(folder, *asked, "--as-of", "2020-01-20"))
    assert "It reaches 0 of 5 advertisers." in early
    assert "5 unknown" in early
    assert "20 January 2020" in early


def test_what_cannot_be_worked_out_is_reported_and_reaches_nobody(folder: Path) -> None:
    text = flat(reach(folder, "--reason", "1 / (advertiser.staff - advertiser.staff) > 0"))
    assert "It reaches 0 of 5 advertisers." in text
    assert "For 2 of them a part of it could not be worked out, and was left out." in text


def test_a_sealed_package_is_asked_too(folder: Path, tmp_path: Path) -> None:
    sealed = tmp_path / "market.json"
    source = folder.parent / "policies" / "market" / "1.yaml"
    assert adjudge("seal", source, "-o", sealed).returncode == 0
    done = adjudge("reach", sealed, "--population", folder, "--rule", "potions")
    assert "It reaches 3 of 5 advertisers." in flat(done)


WRONG: dict[str, tuple[list[str], str]] = {
    "a rule that there is not": (["--rule", "potion"], "[unknown-rule]\n  hint: did you mean `potions`?"),
    "a rule of another day": (["--rule", "later"], "[not-in-force]"),
    "a day before the version": (["--rule", "potions", "--as-of", "2019-01-01"], "[not-in-force]"),
    "a reason that does not parse": (["--reason", "advertiser.potions &&"], "[expression-syntax]"),
    "a reason of unknown facts": (["--reason", "advertiser.potion"], "[unknown-name]"),
    "a reason of nobody": (["--reason", "ad.text == 'x'", "--subject-kind", "ad"], "[unknown-subject]"),
    "neither rule nor reason": ([], "one of the arguments --rule --reason is required"),
    "both": (["--rule", "a", "--reason", "b"], "not allowed with argument"),
    "a standard that there is not": (["--reason", "x", "--standard", "sure"], "invalid choice"),
    "a day that is none": (["--rule", "potions", "--as-of", "today"], "is no date"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_on_the_line_is_said(name: str, folder: Path) -> None:
    more, said = WRONG[name]
    done = reach(folder, *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reason_has_its_caret(folder: Path) -> None:
    done = reach(folder, "--reason", "advertiser.potions && advertiser.staf > 3")
    assert "--reason:1:23: error: the vocabulary declares no fact `advertiser.staf`" in done.stderr
    assert (
        "  1 | advertiser.potions && advertiser.staf > 3\n    |                       ^^^^^^^^" in done.stderr
    )


def test_a_population_that_speaks_another_vocabulary_is_refused(folder: Path) -> None:
    done = adjudge("reach", f"{POLICY}@2017-12", "--population", folder, "--reason", "true")
    assert done.returncode == 2
    assert "[vocabulary-mismatch]" in done.stderr


def test_a_folder_that_is_no_population_and_a_package_that_is_not_there_are_said_together(
    folder: Path, tmp_path: Path
) -> None:
    done = adjudge(
        "reach", folder.parent / "policies" / "market@9", "--population", tmp_path, "--rule", "potions"
    )
    assert done.returncode == 2
    assert "[unknown-package]" in done.stderr
    assert "[not-a-population]" in done.stderr


def test_check_asks_a_policy_of_a_population(folder: Path) -> None:
    done = adjudge("check", folder.parent / "policies" / "market", "--population", folder)
    assert (done.returncode, done.stderr) == (0, "")
    # Rules are asked as if they were in force: `later` is not, on the day of the population.
    warning = (
        "warning: of 4 subjects of the population that `later` reaches, nobody can end its measure alone"
    )
    assert f"{warning} [no-recourse-in-population]" in done.stdout
    assert "version 1 with population shops-2020" in " ".join(done.stdout.split())


def test_check_of_a_population_that_is_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    done = adjudge("check", folder.parent / "policies" / "market", "--population", tmp_path / "none")
    assert done.returncode == 2
    assert "[not-a-population]" in done.stderr
