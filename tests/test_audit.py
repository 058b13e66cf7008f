"""The audit of pinned packages: what was found is told, and what could not be asked is no good news."""

import json
import subprocess
from pathlib import Path

import pytest

from tools import audit

WEAK = {
    "name": "a",
    "version": "1",
    "vulns": [{"id": "X-1", "fix_versions": ["2"]}, {"id": "X-2", "fix_versions": []}],
}
SOUND = {"name": "b", "version": "1", "vulns": []}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


def answering(monkeypatch: pytest.MonkeyPatch, found: object, errors: str = "") -> None:
    text = json.dumps({"dependencies": found}) if found is not None else ""

    def run(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, text, errors)

    monkeypatch.setattr(subprocess, "run", run)


def test_each_weakness_is_told_with_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, [WEAK, SOUND])
    lines, reason = audit.audited(Path("pip-audit"), "pypi")
    assert (lines, reason) == (["a 1: X-1; mended in: 2", "a 1: X-2; mended in: none yet"], "")


def test_a_mirror_that_knows_no_weaknesses_has_answered_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, [UNKNOWN, UNKNOWN])
    assert audit.audited(Path("pip-audit"), "pypi") == ([], "it knows none of the packages")


def test_packages_that_could_not_be_asked_about_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(monkeypatch, [SOUND, UNKNOWN])
    assert audit.audited(Path("pip-audit"), "pypi") == ([], "")
    assert capsys.readouterr().out == "audit: nothing could be asked of c\n"


def test_a_service_out_of_reach_has_answered_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, None, "Traceback\nConnectionError: no way there\n")
    assert audit.audited(Path("pip-audit"), "osv") == ([], "ConnectionError: no way there")
