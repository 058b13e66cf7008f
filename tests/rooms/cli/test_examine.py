"""`adjudge examine` as a user meets it: texts and notice files, with a case and without, problems, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from adjudge.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "notices"
FOUNDING = ROOT / "examples" / "cases" / "kaspersky-2018"
PHARMACY = GOLDEN / "cases" / "pharmacy-2026"
NOTICE = FOUNDING / "notice.yaml"
POLICIES = ("--policies", str(ROOT / "policies"))
IN_FRANCE = ("--case", str(PHARMACY), "--as-of", "2026-07-01", "--territory", "FR", *POLICIES)
IN_AMERICA = ("--case", str(FOUNDING), "--as-of", "2024-10-01", "--territory", "US")
SHORT = "notice: n\nfrom: f\nto: t\ntext: {en: Hello.}\nsigned: true\nsources: []\n"
Told = pytest.CaptureFixture[str]


def examine(capsys: Told, *arguments: object) -> tuple[int, str, str]:
    code = main(["examine", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


def as_json(capsys: Told, *arguments: object) -> dict[str, Any]:
    _, out, _ = examine(capsys, *arguments, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_an_incomplete_notice_ends_with_one_in_every_form(capsys: Told, form: str) -> None:
    code, out, err = examine(capsys, NOTICE, "--format", form)
    assert code == 1
    assert "DSA-17.3a" in out.replace("\\", "")  # Markdown escapes marks
    assert not err


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_a_complete_notice_ends_with_zero_in_every_form(capsys: Told, form: str) -> None:
    code, out, err = examine(capsys, GOLDEN / "01-pharmacy-unmarked.yaml", "--format", form)
    assert code == 0
    assert "DSA-17.3a" in out.replace("\\", "")  # Markdown escapes marks
    assert not err


def test_the_founding_notice_is_refused_for_seven_defects(capsys: Told) -> None:
    found = as_json(capsys, NOTICE)
    assert found["format"] == "adjudge-examination/1"
    assert found["complete"] is False
    assert {item["requirement"]: item["status"] for item in found["defects"]} == {
        "DSA-17.3a": "missing",
        "DSA-17.3b": "too_vague",
        "DSA-17.3c": "missing",
        "DSA-17.3e": "too_vague",
        "DSA-17.3f": "missing",
        "DSA-17.4": "too_vague",
        "P2B-4.5": "too_vague",
    }
    assert all(item["cure"] for item in found["defects"])


def test_a_plain_text_is_searched_in_the_language_that_is_named(capsys: Told, tmp_path: Path) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text("Nous ne diffusons plus cette publicité. Cela s’applique partout.", encoding="utf-8")

    def statuses(language: str) -> list[str]:
        found = as_json(capsys, mail, "--text-lang", language)
        return [element["status"] for element in found["items"][0]["elements"]]

    assert statuses("fr") == ["present", "present", "missing"]
    assert statuses("en") == ["missing", "missing", "missing"]


def test_a_plain_text_is_called_by_the_name_of_its_file(capsys: Told, tmp_path: Path) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text("Your account is suspended.", encoding="utf-8")
    found = as_json(capsys, mail)
    assert found["notice"] == "mail.txt"
    assert found["by_pattern"] is True


@pytest.mark.parametrize("draft", ["03-founding-case-marked", "13-territory-too-wide"])
def test_a_marked_notice_is_compared_with_its_case(capsys: Told, draft: str) -> None:
    beside = as_json(capsys, GOLDEN / f"{draft}.yaml", *IN_AMERICA)
    assert beside["with_case"] is True
    assert beside["complete"] is (draft == "03-founding-case-marked")


def test_a_false_clause_is_found_only_beside_the_case(capsys: Told) -> None:
    draft = GOLDEN / "23-false-clause.yaml"
    assert examine(capsys, draft)[0] == 0
    code, out, _ = examine(capsys, draft, *IN_FRANCE)
    assert code == 1
    assert "rests on what it cites" in " ".join(out.split())


def test_another_subject_may_be_named(capsys: Told) -> None:
    draft = GOLDEN / "04-pharmacy-marked.yaml"
    assert examine(capsys, draft, *IN_FRANCE)[0] == 0
    code, out, _ = examine(capsys, draft, *IN_FRANCE, "--subject", "shop-of-breaches")
    assert code == 1
    assert "suspend" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nowhere.yaml",), "unreadable-file"),
        (("nowhere.txt",), "unreadable-file"),
        ((NOTICE, *IN_FRANCE), "unknown-subject"),
        ((NOTICE, *IN_AMERICA, "--subject", "kaspersky-lap"), "unknown-subject"),
        ((NOTICE, "--case", GOLDEN), "not-a-case"),
        ((NOTICE, "--case", FOUNDING, "--as-of", "2001-01-01"), "unknown-package"),
    ],
)
def test_what_cannot_be_examined_is_a_problem(capsys: Told, arguments: tuple[object, ...], code: str) -> None:
    exit_code, out, err = examine(capsys, *arguments)
    assert exit_code == 2
    assert not out
    assert code in err


def test_an_unknown_subject_is_answered_with_the_nearest(capsys: Told) -> None:
    _, _, err = examine(capsys, NOTICE, *IN_AMERICA, "--subject", "kaspersky-lap")
    assert "kaspersky-lab" in err


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("mail.txt", " \n ", "empty-file"),
        ("notice.yaml", "notice: x\n", "missing-key"),
        ("notice.yaml", "notice: [\n", "yaml"),
        (
            "notice.yaml",
            f"{SHORT}statement: [{{element: court, passage: {{en: Goodbye.}}}}]\n",
            "passage-not-found",
        ),
        (
            "notice.yaml",
            f"{SHORT}statement: [{{element: kurt, passage: {{en: Hello.}}}}]\n",
            "bad-word",
        ),
    ],
)
def test_a_file_that_is_no_notice_is_a_problem(
    capsys: Told, tmp_path: Path, name: str, text: str, code: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    exit_code, out, err = examine(capsys, path)
    assert exit_code == 2
    assert not out
    assert code in err


def test_bytes_that_are_no_text_are_a_problem(capsys: Told, tmp_path: Path) -> None:
    path = tmp_path / "mail.txt"
    path.write_bytes(b"\xff\xfe\x00hello")
    assert examine(capsys, path)[0] == 2


@pytest.mark.parametrize("form", ["text", "md"])
def test_nothing_hostile_reaches_the_terminal(capsys: Told, tmp_path: Path, form: str) -> None:
    path = tmp_path / "mail.txt"
    path.write_text(
        "Your account is sus\u202epended \x1b[31mred\x07 <script>alert(1)</script>.", encoding="utf-8"
    )
    code, out, _ = examine(capsys, path, "--format", form)
    assert code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert form == "text" or "<script>" not in out


def test_the_result_can_be_written_to_a_file(capsys: Told, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    code, out, _ = examine(capsys, NOTICE, "--format", "json", "-o", target)
    assert code == 1
    assert not out
    assert json.loads(target.read_text(encoding="utf-8"))["notice"] == "platform-notice-2018-01"


def test_what_was_not_yet_law_is_said(capsys: Told) -> None:
    _, early, _ = examine(capsys, NOTICE, "--as-of", "2018-01-31")
    _, late, _ = examine(capsys, NOTICE, "--as-of", "2024-10-01")
    assert "Kept as a standard" in early
    assert "Kept as a standard" not in late


def test_the_result_can_be_asked_for_in_french(capsys: Told) -> None:
    assert as_json(capsys, NOTICE, "--lang", "fr")["language"] == "fr"
