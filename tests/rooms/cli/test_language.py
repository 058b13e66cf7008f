"""Commands speak the language that was asked for, also where something is wrong."""

import argparse
import json
from pathlib import Path

import pytest

from adjudge.cli import arguments, main
from adjudge.tongues.tongue import Tongue
from tests.pseudo import left_out, pseudo

CHECKOUT = Path(__file__).resolve().parents[3]
CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
POLICY = CHECKOUT / "policies" / "ads-standard"
NOTHING_WRONG = CHECKOUT / "tests" / "golden" / "lint" / "nothing_wrong.yaml"
BAD = CHECKOUT / "examples" / "bad" / "domestic-company" / "package.yaml"


def asked(*given: str) -> str:
    command = argparse.ArgumentParser()
    arguments.add_language(command)
    return str(command.parse_args(given).lang)


def test_the_language_is_english_where_nobody_says_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADJUDGE_LANG", raising=False)
    assert asked() == "en"
    assert asked("--lang", "fr") == "fr"


def test_the_environment_may_name_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADJUDGE_LANG", "fr")
    assert asked() == "fr"
    assert asked("--lang", "en") == "en"


@pytest.mark.parametrize("value", ["", "xx", "fr_FR.UTF-8"])
def test_a_language_of_the_environment_that_we_do_not_speak_is_passed_over(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADJUDGE_LANG", value)
    assert asked() == "en"


def test_a_language_that_we_do_not_speak_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main.main(["check", str(BAD), "--lang", "xx"])
    assert caught.value.code == 2
    assert "--lang" in capsys.readouterr().err


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Tongue:
    """A language that no one speaks, in the place of French."""
    tongue = pseudo()

    def tongue_of(code: str) -> Tongue:
        assert code == "fr"
        return tongue

    for name in ("check", "seal", "decide", "demo", "main"):
        monkeypatch.setattr(f"adjudge.cli.{name}.tongue_of", tongue_of)
    return tongue


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize(
    "command",
    [
        ["check", str(BAD)],
        ["seal", str(BAD)],
        ["decide", str(BAD.parent), "--as-of", "2018-01-31"],
        ["demo", str(BAD.parent)],
    ],
    ids=lambda command: command[0],
)
def test_problems_are_said_in_the_language_that_was_asked_for(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main([*command, "--lang", "fr"]) == 2
    said = capsys.readouterr().err
    assert "⟦: error: ⟧" in said
    assert "⟦hint: ⟧" in said
    assert left_out(said.splitlines()[-1], ()) == []


@pytest.mark.usefixtures("spoken")
def test_problems_for_programs_are_said_in_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["check", str(BAD), "--format", "json", "--lang", "fr"])
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert "⟦" in problem["message"]
    assert "⟦" in problem["hint"]
    assert problem["code"] == "protected-fact"


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("path", [NOTHING_WRONG, CASE], ids=["package", "case"])
def test_that_nothing_is_wrong_is_said_in_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["check", str(path), "--lang", "fr"]) == 0
    said = capsys.readouterr().out.removeprefix(str(path)).replace(path.name, "")
    assert left_out(said, ()) == []


@pytest.mark.usefixtures("spoken")
def test_what_was_sealed_is_said_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = POLICY / "2019-08.yaml"
    assert main.main(["seal", str(package), "-o", str(tmp_path / "sealed.json"), "--lang", "fr"]) == 0
    assert capsys.readouterr().err.startswith("⟦sealed ⟧ads-standard")


@pytest.mark.usefixtures("spoken")
def test_an_output_that_cannot_be_written_is_told_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "none" / "answer.txt"
    command = ["decide", str(CASE), "--as-of", "2018-01-31", "-o", str(output), "--lang", "fr"]
    assert main.main(command) == 1
    told, hint = capsys.readouterr().err.splitlines()
    assert told == f"adjudge: {output}⟦ cannot be written: ⟧no such file or directory"
    assert left_out(hint, ()) == []


def test_what_programs_read_is_english_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exchange form is compared between engines."""
    monkeypatch.setenv("ADJUDGE_LANG", "fr")
    monkeypatch.setattr("adjudge.cli.conform.lines", lambda: ["{"])
    assert main.main(["conform", "--engine", "spec"]) == 0
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["message"].startswith("this is not JSON: expecting property name")
