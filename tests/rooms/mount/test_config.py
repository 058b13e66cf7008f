"""The configuration check: what would keep the institution from running is told before it does."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from adjudge.basis.instant import Instant
from adjudge.basis.problem import Problem, ProblemLog, Severity
from adjudge.institution.record.log import sign_now
from adjudge.ledger.signer import signer_of
from adjudge.mount.config import database, machine
from adjudge.mount.config.database import check_database
from adjudge.mount.config.machine import check_machine, file_system
from adjudge.settings.schema import Settings, read_settings
from tests.rooms.cli.inside import adjudge
from tests.sites import Site


def problems(settings: Settings) -> list[Problem]:
    log = ProblemLog()
    check_machine(settings, log)
    return log.problems


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def kept(site: Site) -> Settings:
    """Give the settings of a site whose keys lie in its folder."""
    folder = site.opened.settings.data
    signer = signer_of("adjudge.test", bytes(32))
    for name, text in (("log.key", signer.secret()), ("secret.key", "s" * 60)):
        (folder / name).write_text(text, encoding="ascii")
        (folder / name).chmod(0o600)
    return site.opened.settings


def test_a_usual_machine_is_as_it_should_be(settings: Settings) -> None:
    assert problems(settings) == []
    assert not settings.data.exists()


def test_keys_that_others_can_read_are_warned_of_and_such_as_others_can_write_refused(
    settings: Settings, tmp_path: Path
) -> None:
    settings.data.mkdir()
    key, handed_in = settings.data / "log.key", tmp_path / "handed-in"
    for path in (key, handed_in):
        path.write_text("k", encoding="ascii")
    named = replace(settings, secret_key_file=handed_in)
    wherever = {
        name: f"ADJUDGE_{name.upper()}"
        for name in ("database_url_file", "oidc_secret_file", "log_key_file", "smtp_password_file")
    }
    for mode, wanted in (
        (0o600, []),
        (0o644, [(str(key), "warning"), ("ADJUDGE_SECRET_KEY_FILE", "warning")]),
        # a store of secrets may hand them to a group
        (0o440, [(str(key), "warning")]),
        (0o660, [(str(key), "refused"), ("ADJUDGE_SECRET_KEY_FILE", "refused")]),
        (0o666, [(str(key), "refused"), ("ADJUDGE_SECRET_KEY_FILE", "refused")]),
    ):
        for path in (key, handed_in):
            path.chmod(mode)
        assert [(item.where, item.severity.value) for item in problems(named)] == wanted
        # Whichever secret it is, its file is looked at alike.
        for name, where in wherever.items():
            found = problems(replace(settings, **{name: handed_in}))  # type: ignore[arg-type]
            assert [item.severity.value for item in found if item.where == where] == [
                severity for where, severity in wanted if where == "ADJUDGE_SECRET_KEY_FILE"
            ]


def test_a_folder_that_is_a_file_and_a_disk_without_room_are_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for left, wanted in ((10_000_000, Severity.REFUSED), (100_000_000, Severity.WARNING)):
        monkeypatch.setattr(machine, "room", lambda _folder, left=left: left)
        found = problems(settings)
        assert [(item.where, item.severity) for item in found] == [("ADJUDGE_DATA_DIR", wanted)]
    monkeypatch.undo()
    settings.data.write_text("", encoding="ascii")
    assert "is no folder" in problems(settings)[0].message


def test_a_folder_for_servers_of_ads_that_takes_no_files_is_warned_of(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = replace(settings, serving_folder=tmp_path / "serving")
    assert problems(named) == []
    may = os.access
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: path != tmp_path and may(path, mode))
        found = problems(replace(named, data=tmp_path / "data" / "below"))
        assert ("ADJUDGE_SERVING_DIR", Severity.WARNING) in [(item.where, item.severity) for item in found]
    (tmp_path / "serving").write_text("", encoding="ascii")
    (warned,) = problems(named)
    assert (warned.where, warned.severity) == ("ADJUDGE_SERVING_DIR", Severity.WARNING)


def test_sqlite_on_a_network_file_system_is_warned_of(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    lines = ("/dev/a / ext4 rw", f"host:/x {tmp_path} nfs4 rw", f"tmp {tmp_path}/other tmpfs rw")
    mounts.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(machine, "MOUNTS", mounts)
    assert file_system(tmp_path) == "nfs4"
    assert file_system(Path("/")) == "ext4"
    found = problems(settings)
    assert [item.severity for item in found] == [Severity.WARNING]
    assert "network file system (nfs4)" in found[0].message
    assert problems(replace(settings, database_url="postgresql://x/y")) == []
    mounts.unlink()
    assert file_system(tmp_path) == "unknown"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"secure": True, "proxies": 1}, ["ADJUDGE_HOSTS"]),
        ({"secure": True, "proxies": 1, "hosts": ("localhost", "ads.example.org")}, []),
        ({"secure": True, "hosts": ("ads.example.org",)}, ["ADJUDGE_PROXIES"]),
        (
            {
                "secure": True,
                "proxies": 1,
                "hosts": ("ads.example.org",),
                "public_url": "https://other.example.org",
            },
            ["ADJUDGE_PUBLIC_URL"],
        ),
        (
            {"hosts": ("ads.example.org",), "public_url": "https://ads.example.org"},
            ["ADJUDGE_PUBLIC_URL"],
        ),
        ({"public_url": "http://localhost:8411"}, []),
        ({"workers": 64}, ["ADJUDGE_WORKERS"]),
        ({"otlp_endpoint": "http://localhost:4318"}, ["ADJUDGE_OTLP_ENDPOINT"]),
    ],
)
def test_settings_that_do_not_agree_are_told(
    settings: Settings, changed: dict[str, object], where: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adjudge.mount.tracing.extra.is_installed", lambda _name: False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    assert [item.where for item in problems(replace(settings, **changed))] == where  # type: ignore[arg-type]


def test_traces_without_their_extra_say_what_to_install(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(settings, otlp_endpoint="http://localhost:4318")
    monkeypatch.setattr("adjudge.mount.tracing.extra.is_installed", lambda _name: False)
    found = problems(asked)
    assert found[0].hint == "install `adjudge[telemetry]`, or unset `ADJUDGE_OTLP_ENDPOINT`"
    assert found[0].severity is Severity.REFUSED
    monkeypatch.setattr("adjudge.mount.tracing.extra.is_installed", lambda _name: True)
    assert problems(asked) == []


def test_a_database_in_good_order_is_described(kept: Settings) -> None:
    log = ProblemLog()
    found = " ".join(check_database(kept, log))
    assert log.problems == []
    assert "database: SQLite 3" in found
    assert "migrations: all are applied" in found
    assert "entries of the log:" in found


def test_a_clock_behind_the_log_and_another_key_are_told(
    kept: Settings, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_now(site.house, signer_of("adjudge.test", b"1" * 32))
    monkeypatch.setattr(
        database,
        "open_institution",
        lambda _settings: replace(site.opened, house=replace(site.house, clock=lambda: Instant(0))),
    )
    log = ProblemLog()
    check_database(kept, log)
    assert [(item.where, item.severity.value) for item in log.problems] == [
        ("clock", "warning"),
        (str(kept.data / "log.key"), "refused"),
    ]


def test_a_database_that_a_later_program_used_is_told_and_one_that_is_behind(kept: Settings) -> None:
    MigrationRecorder(connections["default"]).record_applied("adjudge", "9999_later")
    log = ProblemLog()
    check_database(kept, log)
    assert [item.message for item in log.problems] == [
        "a later version of this program has used the database"
    ]
    (last,) = MigrationExecutor(connections["default"]).loader.graph.leaf_nodes("adjudge")
    MigrationRecorder(connections["default"]).record_unapplied(*last)
    found = " ".join(check_database(kept, ProblemLog()))
    assert "`adjudge up` will apply" in found


def test_a_missing_key_of_the_log_and_a_spoilt_database_are_told(kept: Settings) -> None:
    shutil.move(kept.data / "log.key", kept.data / "away")
    log = ProblemLog()
    check_database(kept, log)
    assert ["the key of its log is not" in item.message for item in log.problems] == [True]
    connections["default"].close()
    (kept.data / "adjudge.sqlite3").write_bytes(b"no database at all" * 1_000)
    for name in ("adjudge.sqlite3-wal", "adjudge.sqlite3-shm"):
        (kept.data / name).unlink(missing_ok=True)
    log = ProblemLog()
    assert check_database(kept, log) == ()
    assert [item.message for item in log.problems] == ["the database does not answer"]


def test_without_a_database_none_is_made(settings: Settings) -> None:
    log = ProblemLog()
    assert check_database(settings, log) == ("there is no database yet: `adjudge up` makes one",)
    assert log.problems == []
    assert not settings.data.exists()


def test_the_command_shows_every_setting_and_where_it_is_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADJUDGE_PORT", "9000")
    done = adjudge("config", "--data", tmp_path / "data", "--format", "json")
    assert done.returncode == 0
    form = json.loads(done.stdout)
    shown = {item["name"]: (item["value"], item["from"]) for item in form["settings"]}
    assert shown["ADJUDGE_PORT"] == ("9000", "the environment")
    assert shown["ADJUDGE_DATA_DIR"] == (str(tmp_path / "data"), "the command line")
    assert shown["ADJUDGE_WORKERS"] == ("2", "default")
    assert form["problems"] == []
    text = adjudge("config", "--data", tmp_path / "data")
    assert text.returncode == 0
    assert "nothing is wrong" in text.stdout
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "loud"),
        ("OTLP_ENDPOINT", "collector"),
        ("DRAIN", "601"),
    ],
)
def test_settings_of_what_is_told_are_checked(name: str, value: str) -> None:
    log = ProblemLog()
    read_settings({f"ADJUDGE_{name}": value}, log)
    assert [item.where for item in log.problems] == [f"ADJUDGE_{name}"]
