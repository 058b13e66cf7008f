"""`adjudge recourse`: its forms, its groups, and what it answers to input that does not fit."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from adjudge.answers.recourse.json_form import recourse_form
from adjudge.facts.vocabulary import Taxonomy
from adjudge.recourse.kinds import Extent, told
from adjudge.recourse.recourse import recourse
from tests.rooms.recourse.worlds import ROOT, package, question, rule

FOUNDING = ROOT / "examples" / "cases" / "kaspersky-2018"
SCHEMA = json.loads((ROOT / "schemas" / "recourse.schema.json").read_text(encoding="utf-8"))
ASKED = ("--as-of", "2024-11-01", "--territory", "US")


def adjudge(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", "recourse", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100"},
        check=False,
        timeout=120,
    )


def written(*more: str | Path, subject: str = "ad-antivirus", case: Path = FOUNDING) -> str:
    done = adjudge(case, "--subject", subject, *ASKED, *more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_terminal_shows_the_groups_in_order_with_documents_and_what_remains() -> None:
    text = flat(written())
    places = [
        text.index(heading)
        for heading in (
            "What applies now: exclude",
            "What the advertiser can change",
            "change `ad.product` from antivirus to anything outside security_software",
            "What only others can change",
            "authority: us_commerce",
            "What obtains a person's decision, not a release",
            "With those that are not shown, these are all the ways there are",
        )
    ]
    assert places == sorted(places)
    assert "until a person decides, no measure follows by rule" in text
    assert "a third party: `us_commerce`" in text
    assert "no measure remains" in text
    assert "proof: ad record" in text


def test_json_keeps_its_schema_and_says_the_same() -> None:
    form: dict[str, Any] = json.loads(written("--format", "json"))
    assert list(Draft202012Validator(SCHEMA).iter_errors(form)) == []
    assert (form["complete"], form["own_power"], form["lifted"]) == (True, True, ["prohibited-sale"])
    assert [way["power"] for way in form["ways"] if not way["ends_contested"]] == ["change", "others"]


def test_every_kind_of_action_keeps_the_schema() -> None:
    facts = """
facts:
  advertiser:
    a: {type: bool, changeable_by: advertiser, proof: [{document: audit, weight: 4}]}
    tags: {type: string, many: true, changeable_by: platform, proof: [{document: audit, weight: 4}]}
    fixed: {type: country, protected: true}
"""
    rules = (
        "rules:"
        + rule("r1", "advertiser.a || advertiser.tags.exists(t, t == 'x')")
        + rule("r2", "advertiser.a && !('y' in advertiser.tags)")
    )
    made = package(facts, rules)
    kinds = set()
    for said in (
        [("advertiser.a", True, 3), ("advertiser.tags", "x", 3)],
        [("advertiser.tags", "x", 3)],
        [("advertiser.a", True, 3), ("advertiser.tags", None, 4)],
    ):
        form = recourse_form(recourse(question(made, *said)))
        schema = {**SCHEMA, "required": [key for key in SCHEMA["required"] if key in form]}
        assert list(Draft202012Validator(schema).iter_errors(form)) == []
        kinds |= {action["kind"] for way in form["ways"] for action in way["actions"]}  # type: ignore[attr-defined]  # a tree
    assert kinds >= {"replace", "remove", "prove"}


def test_markdown_and_html_say_the_same_and_need_nothing_else() -> None:
    markdown, page = written("--format", "md"), written("--format", "html")
    assert markdown.startswith("# What would change it: ")
    assert "## What only others can change" in markdown
    assert '<h2 id="others">What only others can change</h2>' in page
    assert "<script" not in page
    assert "src=" not in page


def test_the_same_question_is_the_same_text() -> None:
    assert written("--format", "json") == written("--format", "json")


def test_no_measure_to_begin_with_is_no_error() -> None:
    text = flat(written(subject="ad-threat-intelligence"))
    assert "No measure applies, so that there is nothing to change." in text
    assert "What the advertiser can change" not in text


def test_a_target_that_is_reached_already_says_so() -> None:
    assert "No measure is too severe; what applies: exclude" in flat(written("--target", "exclude"))


def test_another_language_is_spoken() -> None:
    assert "États-Unis" in written("--lang", "fr")


def test_a_file_is_written(tmp_path: Path) -> None:
    out = tmp_path / "ways.md"
    assert written("--format", "md", "-o", out) == ""
    assert out.read_text(encoding="utf-8").startswith("# What would change it")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--subject", "ad-antivirs"), "unknown-subject", "did you mean `ad-antivirus`?"),
        (("--subject", "ad-antivirus", "--target", "exclud"), "bad-word", "did you mean `exclude`?"),
        (("--subject", "nobody", "--target", "ban"), "bad-word", "`ban` is no measure"),
    ],
)
def test_names_that_do_not_fit_are_problems_with_a_hint(
    arguments: tuple[str, ...], code: str, told: str
) -> None:
    done = adjudge(FOUNDING, *ASKED, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"[{code}]" in done.stderr
    assert told in done.stderr


def test_both_names_that_do_not_fit_are_told_at_once() -> None:
    done = adjudge(FOUNDING, *ASKED, "--subject", "nobody", "--target", "ban")
    assert "[bad-word]" in done.stderr
    assert "[unknown-subject]" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("--as-of", "yesterday"), ("--known-at", "2024-13-01"), ("--territory", "Utopia")]
)
def test_dates_and_places_that_are_none_are_refused(arguments: tuple[str, ...]) -> None:
    done = adjudge(FOUNDING, "--subject", "ad-antivirus", *arguments)
    assert done.returncode == 2
    assert arguments[1] in done.stderr


def test_a_policy_not_yet_published_is_a_problem() -> None:
    done = adjudge(FOUNDING, "--subject", "ad-antivirus", "--as-of", "2001-01-01")
    assert done.returncode == 2
    assert "[unknown-package]" in done.stderr


HOSTILE = "<script>alert(1)</script>\u202e# x"


@pytest.fixture
def hostile_case(tmp_path: Path) -> Path:
    """The founding case with a product's place taken by a text that means harm wherever it is not escaped."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copytree(ROOT / "examples" / "populations", tmp_path / "populations")
    folder = tmp_path / "case"
    shutil.copytree(FOUNDING, folder)
    claims = folder / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    assert "Final Determination ICTS-2021-002" in text
    claims.write_text(
        text.replace("instrument: Final Determination ICTS-2021-002", f'instrument: "{HOSTILE}"'),
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_hostile_texts_do_no_harm(hostile_case: Path, form: str) -> None:
    text = written("--format", form, case=hostile_case)
    assert "alert" in text
    assert "\u202e" not in text
    if form != "text":
        assert not re.search(r"(?<!\\)<script", text)


TREE = Taxonomy("t", {"a": None, "b": "a", "c": "a", "d": None, "e": "d", "f": None})


@pytest.mark.parametrize(
    ("values", "extent", "branches", "excepted"),
    [
        (("b",), Extent.ONE, (), ()),
        (("a", "b", "c"), Extent.WITHIN, ("a",), ()),
        (("d", "e", "f"), Extent.OUTSIDE, ("a",), ()),
        (("c", "d", "e", "f"), Extent.OUTSIDE, ("b",), ()),  # what contains it is not outside
        (("a", "f"), Extent.LISTED, (), ()),
    ],
)
def test_codes_are_told_by_their_branches(
    values: tuple[str, ...], extent: Extent, branches: tuple[str, ...], excepted: tuple[str, ...]
) -> None:
    found = told(values, TREE)
    assert (found.extent, found.branches, found.excepted) == (extent, branches, excepted)


def test_variants_are_shown_where_they_are_asked_for() -> None:
    few, every = flat(written()), flat(written("--all"))
    assert "`adjudge recourse --all` shows them" in few
    assert "Variants that need more" not in few
    assert "Variants that need more, or put more in dispute 1." in every
    assert "These are all the ways there are" in every
    assert "## Variants that need more, or put more in dispute" in written("--all", "--format", "md")
