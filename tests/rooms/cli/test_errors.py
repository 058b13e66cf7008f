"""What was not done, told: exit codes, what stands in the way, forms for people and programs, and hostile texts."""

import json

import pytest

from adjudge.basis.said import say
from adjudge.cli.errors import tell_error
from adjudge.errors import (
    AdjudgeError,
    BugError,
    ConflictError,
    Finding,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from adjudge.tongues.tongue import tongue_of

ENGLISH, FRENCH = tongue_of("en"), tongue_of("fr")


@pytest.mark.parametrize(
    ("root", "kind", "code"),
    [
        (UnavailableError, "unavailable", 1),
        (BugError, "bug", 3),
        (NotFoundError, "not-found", 2),
        (RefusedError, "refused", 2),
        (ConflictError, "conflict", 2),
        (AdjudgeError, "error", 2),
    ],
)
def test_each_kind_has_its_exit_code(
    root: type[AdjudgeError], kind: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    error = root(say("the database does not answer: {reason}", reason="away"), hint="look")
    assert tell_error(error, ENGLISH, as_json=True) == code
    out, err = capsys.readouterr()
    assert err == "adjudge: the database does not answer: away\n  look\n"
    assert json.loads(out)["error"] == {
        "kind": kind,
        "message": "the database does not answer: away",
        "hint": "look",
        "findings": [],
    }


def test_everything_that_stands_in_the_way_is_told_in_the_language_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    findings = (
        Finding("not-signed", say("the signature of {role} is missing", role="legal"), say("write it")),
        Finding("no-ground", "plain"),
    )
    error = RefusedError(say("the decision cannot be issued yet"), findings=findings)
    tell_error(error, FRENCH)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "adjudge: la décision ne peut pas encore être rendue",
        "  - il manque la signature de legal [not-signed]",
        "    conseil\N{NO-BREAK SPACE}: écrivez-le",
        "  - plain [no-ground]",
    ]


def test_a_refusal_for_one_reason_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    message = say("the proposal is not complete")
    tell_error(RefusedError(message, findings=(Finding("a", message),)), ENGLISH)
    assert capsys.readouterr().err == "adjudge: the proposal is not complete\n"


def test_texts_from_outside_do_not_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}"
    error = RefusedError(hostile, hint=hostile, findings=(Finding("a", "b" + hostile, hostile),))
    tell_error(error, ENGLISH)
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in err
