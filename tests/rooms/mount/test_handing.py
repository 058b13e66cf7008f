"""The folder of snapshots at `/serving/`: for keys that may fetch it, once, and whole."""

from pathlib import Path
from typing import Any

import pytest

from adjudge.enforcement.current import CURRENT
from adjudge.errors import UnavailableError
from adjudge.institution.staff.keys import make_key, revoke_key
from adjudge.people.act import Act
from adjudge.storage.records import DatabaseRecords
from tests.sites import Site

NAME = "snapshot-7-0123456789ab.adj"


@pytest.fixture
def folder(site: Site) -> Path:
    path = site.opened.settings.serving
    path.mkdir(parents=True, exist_ok=True)
    (path / CURRENT).write_bytes(b'{"base": "one"}\n')
    (path / NAME).write_bytes(bytes(range(256)) * 1_000)
    (path / "log.key").write_bytes(b"secret")
    return path


def key_for(site: Site, act: Act) -> str:
    return make_key(site.house, site.actor("administrator"), "a sidecar", [act]).secret


def fetched(site: Site, name: str, secret: str, **headers: str) -> Any:  # noqa: ANN401 - Django's answers
    return site.client().get(
        f"/serving/{name}", headers={"Authorization": f"Bearer {secret}", "host": "10.0.0.7:8411", **headers}
    )


def body_of(answer: Any) -> bytes:  # noqa: ANN401 - Django's answers
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_files_are_handed_on_whole_and_not_again(site: Site, folder: Path) -> None:
    secret = key_for(site, Act.READ_SNAPSHOT)
    for name in (CURRENT, NAME):
        answer = fetched(site, name, secret)
        assert answer.status_code == 200
        assert body_of(answer) == (folder / name).read_bytes()
        assert "Set-Cookie" not in answer
        etag = answer.headers["ETag"]
        again = fetched(site, name, secret, **{"If-None-Match": etag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    (folder / CURRENT).write_bytes(b'{"base": "two"}\n')
    changed = fetched(site, CURRENT, secret, **{"If-None-Match": etag})
    assert changed.content == b'{"base": "two"}\n'


def test_nobody_else_learns_that_there_is_anything(site: Site, folder: Path) -> None:
    assert folder.is_dir()
    made = make_key(site.house, site.actor("administrator"), "a sidecar", [Act.READ_SNAPSHOT])
    nothing = site.client().get("/nothing/here").status_code
    for secret in ("", "nonsense", key_for(site, Act.READ_METRICS), key_for(site, Act.READ_LOG)):
        assert fetched(site, CURRENT, secret).status_code == nothing == 404
    assert site.client("administrator").get(f"/serving/{CURRENT}").status_code == 404
    assert fetched(site, CURRENT, made.secret).status_code == 200
    revoke_key(site.house, site.actor("administrator"), made.key.id, "lost")
    assert fetched(site, CURRENT, made.secret).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "",
        "log.key",
        ".lock",
        "../log.key",
        "..%2flog.key",
        "snapshot-7-0123456789ab.adj/",
        "delta-1-aaaaaaaaaaaa.adj",
    ],
)
def test_nothing_but_what_is_published_is_handed_on(site: Site, folder: Path, name: str) -> None:
    assert (folder / NAME).exists()
    assert fetched(site, name, key_for(site, Act.READ_SNAPSHOT)).status_code == 404


def test_before_anything_is_published_there_is_nothing(site: Site) -> None:
    assert fetched(site, CURRENT, key_for(site, Act.READ_SNAPSHOT)).status_code == 404


def test_it_is_only_fetched(site: Site, folder: Path) -> None:
    assert folder.is_dir()
    assert site.client().post(f"/serving/{CURRENT}").status_code == 405


def test_where_the_database_is_away_it_is_said(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.is_dir()
    secret = key_for(site, Act.READ_SNAPSHOT)

    def away(_: object) -> None:
        raise UnavailableError("the database does not answer")

    monkeypatch.setattr(DatabaseRecords, "reading", away)
    assert fetched(site, CURRENT, secret).status_code == 503
