"""`--lang`: the answers of the commands in another language, in every form and as files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CASE = ROOT / "examples" / "cases" / "kaspersky-2018"
ASKED = ("--as-of", "2018-01-31", "--territory", "US")


def adjudge(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_an_answer_in_french_has_its_days_its_countries_and_the_texts_of_the_case(form: str) -> None:
    done = adjudge("decide", str(CASE), *ASKED, "--lang", "fr", "--format", form)
    assert done.returncode == 0, done.stderr
    shown = done.stdout.replace("\\", "")
    for text in (
        "31 janvier 2018",
        "États-Unis",
        "Une plateforme coupe les publicités",
        "m.addressee.under(",
    ):
        assert text in shown
    assert "31 January 2018" not in shown


def test_an_answer_in_json_says_its_language_and_stays_for_machines() -> None:
    forms = {
        code: json.loads(adjudge("decide", str(CASE), *ASKED, "--lang", code, "--format", "json").stdout)
        for code in ("en", "fr")
    }
    assert forms["fr"].pop("language") == "fr"
    assert forms["en"].pop("language") == "en"
    for form in forms.values():
        for defect in form["notice_examination"]["defects"]:
            assert defect.pop("cure")
    assert forms["fr"] == forms["en"]


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    done = adjudge("decide", str(CASE), *ASKED, "--lang", "tlh")
    assert done.returncode == 2
    assert "invalid choice" in done.stderr


def test_the_demonstration_speaks_and_writes_the_language_that_is_asked_for(tmp_path: Path) -> None:
    done = adjudge("demo", "--lang", "fr", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "31 janvier 2018, États-Unis : y avait-il une règle ?" in done.stdout.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert done.stdout.rstrip().endswith("--as-of 2018-04-23 --lang fr")
    pages = sorted(tmp_path.glob("*.html"))
    assert len(pages) == 6
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<html lang="fr">' in text
        assert "publicité" in text
    for answer in tmp_path.glob("*.json"):
        assert json.loads(answer.read_text(encoding="utf-8"))["language"] == "fr"
