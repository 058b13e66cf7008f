"""Secrets from files: read whole, from where nobody else could have written them, and shown by nothing."""

import json
import os
from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.errors import RefusedError
from adjudge.institution.on_database import LOG_KEY, SECRET_KEY, prepared
from adjudge.ledger.signer import signer_of
from adjudge.mount.config.machine import check_machine
from adjudge.settings.schema import SETTINGS, read_settings
from adjudge.settings.secret_files import LONGEST, TWINS
from tests.rooms.cli.inside import adjudge

ADDRESS = "postgresql://user:word-of-passage@db.example/adjudge"
OIDC = {"ADJUDGE_OIDC_ISSUER": "https://id.example.org", "ADJUDGE_OIDC_CLIENT": "adjudge"}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{ADDRESS}\n", encoding="utf-8")
    path.chmod(0o400)
    return path


def told(**given: object) -> list[tuple[str, str]]:
    log = ProblemLog()
    read_settings({f"ADJUDGE_{name}": str(value) for name, value in given.items()}, log)
    return [(problem.where, str(problem.message)) for problem in log.problems]


def test_every_secret_may_lie_in_a_file(secret: Path) -> None:
    names = {item.name for item in SETTINGS}
    assert {item.name for item in SETTINGS if item.secret} == {*TWINS, "ADJUDGE_SMTP_PASSWORD"}
    assert {f"{item.name}_FILE" for item in SETTINGS if item.secret} <= names
    log = ProblemLog()
    found = read_settings({"ADJUDGE_DATABASE_URL_FILE": str(secret)}, log)
    assert (found.database_url, log.problems) == (ADDRESS, [])
    found = read_settings({**OIDC, "ADJUDGE_OIDC_SECRET_FILE": str(secret)}, log)
    assert (found.oidc_secret, log.problems) == (ADDRESS, [])


def test_what_is_wrong_with_a_file_is_told_without_what_it_holds(secret: Path, tmp_path: Path) -> None:
    where = "ADJUDGE_DATABASE_URL_FILE"
    assert told(DATABASE_URL_FILE=tmp_path / "none") == [
        (where, "the file of the secret cannot be read: no such file or directory")
    ]
    assert told(DATABASE_URL_FILE=tmp_path)[0][0] == where
    for mode in (0o602, 0o620, 0o664):
        secret.chmod(mode)
        assert told(DATABASE_URL_FILE=secret) == [
            (where, "others on this machine can write to the file of the secret")
        ]
    for text, wanted in (
        (b" \n", "is empty"),
        (b"\xff\xfe", "it is no text"),
        (b"x" * (LONGEST + 1), "at most"),
    ):
        path = tmp_path / "other"
        path.write_bytes(text)
        assert wanted in told(DATABASE_URL_FILE=path)[0][1]


def test_what_is_wrong_with_a_file_is_told_once(secret: Path, tmp_path: Path) -> None:
    log = ProblemLog()
    secret.chmod(0o666)
    given = {"ADJUDGE_DATA_DIR": str(tmp_path / "none"), "ADJUDGE_DATABASE_URL_FILE": str(secret)}
    check_machine(read_settings(given, log), log)
    assert [problem.where for problem in log.problems] == ["ADJUDGE_DATABASE_URL_FILE"]
    secret.chmod(0o644)
    log = ProblemLog()
    check_machine(read_settings(given, log), log)
    assert [(problem.where, problem.severity.value) for problem in log.problems] == [
        ("ADJUDGE_DATABASE_URL_FILE", "warning")
    ]


def test_a_secret_is_given_once(secret: Path) -> None:
    found = told(DATABASE_URL_FILE=secret, DATABASE_URL=ADDRESS)
    assert found == [("ADJUDGE_DATABASE_URL_FILE", "this is given twice, by itself and by a file")]
    assert "word-of-passage" not in str(found)


def test_keys_may_be_handed_in_from_elsewhere_and_are_then_not_made(tmp_path: Path) -> None:
    keys = {"secret": "s" * 60, "log": signer_of("adjudge.example", bytes(32)).secret()}
    for name, text in keys.items():
        (tmp_path / name).write_text(text + "\n", encoding="ascii")
    data = tmp_path / "data"
    settings = read_settings(
        {
            "ADJUDGE_DATA_DIR": str(data),
            "ADJUDGE_SECRET_KEY_FILE": str(tmp_path / "secret"),
            "ADJUDGE_LOG_KEY_FILE": str(tmp_path / "log"),
        },
        ProblemLog(),
    )
    ready = prepared(settings)
    assert (ready.secret_key, ready.log_key) == (keys["secret"], keys["log"])
    assert list(data.iterdir()) == []
    assert keys["secret"] not in repr(ready)
    assert keys["log"] not in repr(ready)
    (tmp_path / "secret").write_text("short", encoding="ascii")
    with pytest.raises(RefusedError, match="fewer than 50 characters"):
        prepared(settings)
    (tmp_path / "log").unlink()
    (tmp_path / "secret").write_text("s" * 60, encoding="ascii")
    with pytest.raises(RefusedError, match="ADJUDGE_LOG_KEY_FILE"):
        prepared(settings)
    assert not (data / LOG_KEY).exists()
    assert not (data / SECRET_KEY).exists()


def test_whoever_acts_may_name_a_file_with_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("0" * 48, encoding="ascii")
    monkeypatch.setenv("ADJUDGE_KEY_FILE", str(tmp_path / "none"))
    from adjudge.cli.session import _named_file

    assert _named_file() == tmp_path / "none"
    monkeypatch.setenv("ADJUDGE_KEY", "1" * 48)
    assert _named_file() is None


def test_no_command_shows_a_secret(secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {
        "ADJUDGE_OIDC_SECRET": "hidden-oidc",
        "ADJUDGE_SMTP_PASSWORD": "hidden-smtp",
        "ADJUDGE_SMTP_USER": "u",
        **OIDC,
        "ADJUDGE_DATABASE_URL_FILE": str(secret),
        "ADJUDGE_LOG_LEVEL": "nonsense",  # so that no database is asked
    }
    for name, text in words.items():
        monkeypatch.setenv(name, text)
    for form in ("text", "json"):
        done = adjudge("config", "--data", tmp_path / "data", "--format", form)
        assert done.returncode == 2
        for word in ("hidden-oidc", "hidden-smtp", "word-of-passage", ADDRESS):
            assert word not in done.stdout + done.stderr
    shown = {item["name"]: item for item in json.loads(done.stdout)["settings"]}
    assert shown["ADJUDGE_DATABASE_URL"] == {
        "name": "ADJUDGE_DATABASE_URL",
        "value": None,
        "secret": True,
        "from": "a file",
    }
    assert shown["ADJUDGE_OIDC_SECRET"]["from"] == "the environment"
    assert os.fspath(secret) == shown["ADJUDGE_DATABASE_URL_FILE"]["value"]
