"""`adjudge draft` as a user meets it: a statement in every form, examined again, and problems where there is none."""

from pathlib import Path

import pytest
import yaml

from adjudge.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
FOUNDING = ROOT / "examples" / "cases" / "kaspersky-2018"
PHARMACY = ROOT / "tests" / "golden" / "notices" / "cases" / "pharmacy-2026"
POLICIES = ("--policies", str(ROOT / "policies"))
IN_AMERICA = (FOUNDING, "--as-of", "2024-10-01", "--territory", "US")
IN_FRANCE = (PHARMACY, "--as-of", "2026-07-01", "--territory", "FR", *POLICIES)
Told = pytest.CaptureFixture[str]


def draft(capsys: Told, *arguments: object) -> tuple[int, str, str]:
    code = main(["draft", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("form", ["yaml", "text", "html", "md"])
def test_a_statement_is_written_in_every_form(capsys: Told, form: str) -> None:
    code, out, err = draft(capsys, *IN_AMERICA, "--subject", "ad-antivirus", "--format", form)
    assert code == 0
    shown = out.replace("\\", "")  # Markdown escapes marks
    assert "ad-antivirus" in shown
    assert "https://example.org/complaints" in shown
    assert not err


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("form", ["text", "html", "md"])
def test_a_form_for_people_is_in_the_language_asked_for(capsys: Told, form: str, lang: str) -> None:
    _, out, _ = draft(capsys, *IN_FRANCE, "--subject", "ad-antibiotics", "--format", form, "--lang", lang)
    title = {"en": "An ad for antibiotics by post", "fr": "Une publicité pour des antibiotiques par la poste"}
    assert title[lang] in out
    assert title["fr" if lang == "en" else "en"] not in out


@pytest.mark.parametrize(
    ("asked", "subject"),
    [(IN_AMERICA, "ad-antivirus"), (IN_FRANCE, "ad-antibiotics"), (IN_FRANCE, "shop-of-breaches")],
)
def test_what_is_drafted_passes_when_it_is_examined_again(
    capsys: Told, tmp_path: Path, asked: tuple[object, ...], subject: str
) -> None:
    target = tmp_path / "statement.yaml"
    code, out, _ = draft(capsys, *asked, "--subject", subject, "-o", target)
    assert code == 0
    assert not out
    assert set(yaml.safe_load(target.read_text(encoding="utf-8"))["text"]) == {"en", "fr"}
    case, *question = map(str, asked)
    assert main(["examine", str(target), "--case", case, *question]) == 0
    assert main(["examine", str(target)]) == 0


def test_the_time_for_a_complaint_runs_from_the_day_of_informing(capsys: Told) -> None:
    asked = (*IN_AMERICA, "--subject", "ad-antivirus", "--format", "text")
    _, same_day, _ = draft(capsys, *asked)
    _, later, _ = draft(capsys, *asked, "--informed-at", "2024-12-31")
    assert "until 1 April 2025" in same_day
    assert "until 1 July 2025" in later
    assert "It applies from 31 December 2024" in later


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((FOUNDING, "--as-of", "2018-01-31", "--subject", "kaspersky-lab"), "no-measure"),
        ((*IN_AMERICA, "--subject", "ad-threat-intelligence"), "no-measure"),
        ((*IN_AMERICA, "--subject", "ad-antivirius"), "unknown-subject"),
        ((FOUNDING, "--as-of", "2001-01-01", "--subject", "ad-antivirus"), "unknown-package"),
        ((ROOT / "docs", "--subject", "ad-antivirus"), "not-a-case"),
    ],
)
def test_where_there_is_nothing_to_write_a_problem_says_why(
    capsys: Told, arguments: tuple[object, ...], code: str
) -> None:
    exit_code, out, err = draft(capsys, *arguments)
    assert exit_code == 2
    assert not out
    assert code in err


@pytest.mark.parametrize("spoilt", ["no handling", "a notice of which nothing is recorded"])
def test_a_case_that_does_not_say_how_it_was_handled_has_no_draft(
    capsys: Told, tmp_path: Path, spoilt: str
) -> None:
    for path in PHARMACY.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "case.yaml" and spoilt == "no handling":
            text = text.partition("handling:")[0]
        (tmp_path / path.name).write_text(text.replace("[n-orders]", "[n-nothing]"), encoding="utf-8")
    code, _, err = draft(capsys, tmp_path, *IN_FRANCE[1:], "--subject", "ad-antibiotics")
    assert code == 2
    assert "missing-handling" in err


@pytest.mark.parametrize("form", ["text", "html", "md", "yaml"])
def test_a_hostile_title_reaches_neither_the_terminal_nor_the_page(
    capsys: Told, tmp_path: Path, form: str
) -> None:
    for path in PHARMACY.iterdir():
        text = path.read_text(encoding="utf-8")
        hostile = '"<script>alert(1)</script> \\u202e \\x1b[31m"'
        (tmp_path / path.name).write_text(
            text.replace("en: An ad for antibiotics by post", f"en: {hostile}"), encoding="utf-8"
        )
    code, out, _ = draft(capsys, tmp_path, *IN_FRANCE[1:], "--subject", "ad-antibiotics", "--format", form)
    assert code == 0
    assert not {"\x1b", "\u202e"} & set(out)
    assert form in {"text", "yaml"} or "<script>alert" not in out


def test_a_subject_must_be_named(capsys: Told) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["draft", str(FOUNDING)])
    assert ended.value.code == 2
    assert "--subject" in capsys.readouterr().err
