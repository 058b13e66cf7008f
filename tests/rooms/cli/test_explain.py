"""`adjudge explain` on the founding case, on cases made for it, and on names and dates that do not fit."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rooms.trials.policy import PACKAGE, VOCABULARY

ROOT = Path(__file__).resolve().parents[3]
FOUNDING = ROOT / "examples" / "cases" / "kaspersky-2018"
CASE = """
case: beer
title: {en: A beer}
policy: pub
subjects:
  - {id: brewer, kind: advertiser, title: {en: A brewer}}
  - {id: ad, kind: ad, advertiser: brewer, title: {en: An ad}}
"""
DOCUMENTS = """
documents:
  - id: register
    kind: register_extract
    title: Extract <b>of</b> the register
    publisher: The registrar
    published: 2020-01-15
    precision: day
    language: en
    status: primary
    sources: [the registrar]
    summary: {en: It says so.}
"""
PRODUCT = "- {id: product, subject: ad, fact: ad.beer, value: true, weight: 3, REST}"
PLACE = "- {id: place, subject: ad, fact: ad.country, value: FR, weight: 4, REST}"
REST = "stance: asserts, origin: o, document: register, recorded_at: 2020-01-20, place: line 3"


def licence(weight: int, until: str = "2021-01-01") -> str:
    value = f"{{country: FR, until: {until}}}"
    return (
        f"- {{id: licence, subject: brewer, fact: advertiser.licences, value: {value}, weight: {weight}, "
        f"REST, holds_from: 2020-02-01}}"
    )


def adjudge(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", **environment},
        check=False,
        timeout=60,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case beside the small policy, with no claims yet."""
    policy = tmp_path / "policies" / "pub"
    policy.mkdir(parents=True)
    (policy / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    (policy / "1.yaml").write_text(PACKAGE % ("1", "2020-01-01", "reported"), encoding="utf-8")
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.yaml").write_text(CASE, encoding="utf-8")
    (case / "documents.yaml").write_text(DOCUMENTS, encoding="utf-8")
    claims(case)
    return case


def claims(folder: Path, *lines: str) -> None:
    text = "claims:\n" + "".join(f"  {line.replace('REST', REST)}\n" for line in lines)
    (folder / "claims.yaml").write_text(text if lines else "claims: []\n", encoding="utf-8")


def explained(folder: Path, *more: str, rule: str = "beer", subject: str = "ad") -> str:
    done = adjudge("explain", folder, "--rule", rule, "--subject", subject, "--as-of", "2020-06-01", *more)
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


ROWS: dict[str, tuple[list[str], str, str]] = {
    "unknown": ([], "unknown (for 0, against 0)", "nothing weighs for the condition and nothing against it"),
    "refuted": (
        [PRODUCT.replace("value: true", "value: false")],
        "refuted (for 0, against 3)",
        "condition, 0, is below the standard, 3 corroborated, and the weight against it, 3, is no less",
    ),
    "unproven": (
        [PRODUCT.replace("weight: 3", "weight: 2")],
        "unproven (for 2, against 0)",
        (
            "the weight for the condition, 2, is greater than the weight against it, 0, but below the standard, "
            "3 corroborated"
        ),
    ),
    "contested by the condition": (
        [PRODUCT, PRODUCT.replace("product", "other").replace("true", "false")],
        "contested (for 3, against 3)",
        "condition, 3, reaches the standard, 3 corroborated, but the weight against it, 3, is no less",
    ),
    "contested by an exception": (
        [
            PRODUCT,
            PLACE,
            licence(4),
            licence(4)
            .replace("id: licence", "id: denial")
            .replace("REST", REST.replace("asserts", "denies")),
        ],
        "contested (for 3, against 0)",
        (
            "the condition is shown to its standard, 3 corroborated; no exception is established, but one is disputed: "
            "licensed (for 4, against 4; standard 4 official)"
        ),
    ),
    "excepted": (
        [PRODUCT, PLACE, licence(4)],
        "excepted (for 3, against 0)",
        (
            "the condition is shown to its standard, 3 corroborated, but an exception is established: "
            "licensed (for 4, against 0; standard 4 official)"
        ),
    ),
    "met": (
        [PRODUCT, PLACE, licence(3)],
        "met (for 3, against 0)",
        (
            "the weight for the condition, 3, reaches the standard, 3 corroborated, and is greater than the weight "
            "against it, 0; no exception reaches its own standard"
        ),
    ),
}


@pytest.mark.parametrize(("lines", "verdict", "row"), ROWS.values(), ids=ROWS.keys())
def test_each_row_of_the_table_of_verdicts_is_put_in_words(
    folder: Path, lines: list[str], verdict: str, row: str
) -> None:
    claims(folder, *lines)
    text = explained(folder)
    assert verdict in text
    assert row in text


def test_the_condition_and_the_exceptions_are_shown_with_claims_documents_and_dates(folder: Path) -> None:
    claims(folder, PRODUCT, PLACE, licence(4, until="2020-03-01"))
    text = explained(folder)
    for part in (
        "the condition of the rule, to be shown to 3 corroborated",
        "3 0 yes ad.beer for: ad.beer = true",
        "Extract <b>of</b> the register (The registrar, 15 January 2020); line 3; recorded on 20 January 2020",
        "unless licensed: licensed, to be shown to 4 official",
        "no effect: advertiser.licences = country: FR, until: 2020-03-01",
        "it fails l.until > now",
        "holds from 1 February 2020",
        "the record of advertiser.licences is complete: what is not in it counts at 4 official",
        "What the facts mean ad.beer the vocabulary does not define it",
    ):
        assert part in text, part


def test_a_claim_that_is_not_live_is_not_shown(folder: Path) -> None:
    claims(
        folder, PRODUCT.replace("2020-01-20", "x").replace("REST", REST.replace("2020-01-20", "2020-07-01"))
    )
    assert "no claim that counts speaks of ad.beer" in explained(folder)
    assert "claim product" in explained(folder, "--known-at", "2020-07-01")


def test_the_founding_case_is_explained_in_the_words_of_its_vocabulary() -> None:
    done = adjudge(
        "explain",
        FOUNDING,
        "--subject",
        "kaspersky-lab",
        "--rule",
        "state-service-ties",
        "--as-of",
        "2018-04-23",
    )
    assert done.returncode == 0
    text = " ".join(done.stdout.split())
    assert "claim ties-alleged-en" in text
    assert "against: advertiser.acts_for_state_service is not true" in text
    assert "A fear, a possibility of access, a nationality or a place of business is no such finding." in text


def test_every_rule_of_the_founding_case_can_be_explained_for_every_subject() -> None:
    done = adjudge("decide", FOUNDING, "--as-of", "2024-10-01", "--territory", "US", "--format", "json")
    outcomes: list[dict[str, Any]] = json.loads(done.stdout)["outcomes"]
    pairs = [(outcome["subject"], item) for outcome in outcomes for item in outcome["rules"]]
    assert len(pairs) > 5
    for subject, item in pairs[::3]:
        question = ("--as-of", "2024-10-01", "--territory", "US", "--format", "json")
        done = adjudge("explain", FOUNDING, "--subject", subject, "--rule", item["rule"], *question)
        form = json.loads(done.stdout)
        assert (form["verdict"], form["for"], form["against"]) == (
            item["verdict"],
            item["for"],
            item["against"],
        )


def test_the_json_form_has_the_tree(folder: Path) -> None:
    claims(folder, PRODUCT, PLACE, licence(4))
    done = adjudge(
        "explain", folder, "--rule", "beer", "--subject", "ad", "--as-of", "2020-06-01", "--format", "json"
    )
    form: dict[str, Any] = json.loads(done.stdout)
    assert (form["format"], form["verdict"]) == ("adjudge-explanation/1", "excepted")
    assert form["when"]["operator"] == "atom"
    assert form["when"]["claims"][0]["document"] == "register"
    assert form["unless"][0]["operator"] == "exists"
    assert (form["unless"][0]["for"], form["unless"][0]["shown"]) == (4, True)
    assert set(form["facts"]) == {"ad.beer", "ad.country", "advertiser.licences"}


def test_the_markdown_form_escapes_what_comes_from_outside(folder: Path) -> None:
    claims(folder, PRODUCT)
    done = adjudge(
        "explain", folder, "--rule", "beer", "--subject", "ad", "--as-of", "2020-06-01", "--format", "md"
    )
    assert done.returncode == 0
    assert "- `ad.beer` (for 3, against 0, shown: yes)" in done.stdout
    assert "<b>" not in done.stdout
    assert "\\<b\\>" in done.stdout


def test_it_is_explained_in_french_dates_too(folder: Path) -> None:
    claims(folder, PRODUCT)
    assert "15 janvier 2020" in explained(folder, "--lang", "fr")


def test_it_can_be_written_to_a_file(folder: Path, tmp_path: Path) -> None:
    assert explained(folder, "-o", str(tmp_path / "out.txt")) == ""
    assert "ad.beer" in (tmp_path / "out.txt").read_text(encoding="utf-8")


WRONG: dict[str, tuple[tuple[str, ...], str, str]] = {
    "an unknown subject": (("--subject", "add", "--rule", "beer"), "unknown-subject", "did you mean `ad`?"),
    "an unknown rule": (("--subject", "ad", "--rule", "bear"), "unknown-rule", "did you mean `beer`?"),
    "a rule about another kind": (
        ("--subject", "ad", "--rule", "owner"),
        "wrong-subject",
        "of that kind: `brewer`",
    ),
    "a rule that is not yet in force": (
        ("--subject", "ad", "--rule", "beer", "--as-of", "2020-01-15"),
        "not-in-force",
        "the rule is in force from 1 February 2020 on",
    ),
    "a rule that is no longer in force": (
        ("--subject", "ad", "--rule", "beer", "--as-of", "2030-01-01"),
        "not-in-force",
        "the rule was in force until 1 January 2030",
    ),
    "a rule of other territories": (
        ("--subject", "ad", "--rule", "beer", "--territory", "DE"),
        "not-in-force",
        "the rule applies in other territories: Belgium and France",
    ),
    "a version that was not published": (
        ("--subject", "ad", "--rule", "beer", "--as-of", "2019-12-31"),
        "unknown-package",
        "the first was published at 2020-01-01",
    ),
}


@pytest.mark.parametrize(("arguments", "code", "part"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_explained_says_why_and_what_to_ask_instead(
    folder: Path, arguments: tuple[str, ...], code: str, part: str
) -> None:
    asked = arguments if "--as-of" in arguments else (*arguments, "--as-of", "2020-06-01")
    done = adjudge("explain", folder, *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"[{code}]" in done.stderr
    assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rule_of_a_later_version_is_named_with_its_version() -> None:
    done = adjudge(
        "explain", FOUNDING, "--subject", "ad-antivirus", "--rule", "prohibited-sale", "--as-of", "2018-01-31"
    )
    assert done.returncode == 2
    assert "version 2017-12 of the policy has no rule `prohibited-sale`" in done.stderr
    assert "version 2024-10, published on 16 September 2024, has it" in done.stderr


def test_a_spoilt_case_is_reported_as_by_decide(folder: Path) -> None:
    shutil.copy(folder / "case.yaml", folder / "claims.yaml")
    done = adjudge("explain", folder, "--rule", "beer", "--subject", "ad")
    assert done.returncode == 2
    assert "[missing-key]" in done.stderr


def test_subject_and_rule_must_be_named(folder: Path) -> None:
    done = adjudge("explain", folder)
    assert done.returncode == 2
    assert "--subject" in done.stderr
