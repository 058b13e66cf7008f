"""A desk that is served over SQLite or over PostgreSQL, in which nothing is decided yet, for people who sign in.

Not the site whose pages are looked at, which has a decision in every state. Its server and its sweeper are processes
of their own, as `adjudge up` starts them.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from adjudge.institution.deciding.matters import open_matter
from adjudge.institution.founding import SETTING_UP
from adjudge.institution.material.subjects import record_subject
from adjudge.institution.on_database import Opened
from adjudge.institution.premises import occupy
from adjudge.records.shelf import PEOPLE
from tests.browser.desk_site import Served, wait_for
from tests.databases import Postgres
from tests.ports import free_port
from tests.sites import PASSWORD, Site, founded, opened_in, pointed_to, populated, quick_passwords

__all__ = ["founded"]
WORKERS = ("reviewer", "second", "legal", "other")
"""Who signs in by a password; what the others have was hashed in a hurry, and opens no door of a server."""
CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Working:
    """Where the desk is served, and the two matters in its queue."""

    address: str
    matter: str
    next_one: str
    sessions: dict[str, str]
    """By name, for tests that do not begin at the sign-in."""

    @property
    def served(self) -> Served:
        """As sites are known whose pages are looked at."""
        return Served(self.address, {"matter": self.matter}, self.sessions)


@contextlib.contextmanager
def working(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Working]:
    """Serve the founding case on a database of a kind."""
    url = _filled(kind, folder, request)
    try:
        port = free_port()
        found = _prepared(folder, f"http://localhost:{port}")
    finally:
        pointed_to(folder)  # closes the line to the database, which is the server's from here on
    own = {"ADJUDGE_DATA_DIR": str(folder), "ADJUDGE_PORT": str(port), "ADJUDGE_WORKERS": "1"}
    with _running("server", own, url), _running("sweeper", own, url):
        wait_for(found.address)
        yield found


def _filled(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Put the founding case into a database; its address, empty for the file in the folder."""
    if kind == "sqlite":
        shutil.copytree(request.getfixturevalue("founded"), folder)
        pointed_to(folder)
        return ""
    server: Postgres = request.getfixturevalue("postgres")
    name = server.empty()
    folder.mkdir(parents=True)
    _point(server.database(name))
    with quick_passwords():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        populated(opened_in(folder))
    return server.uri(name)


def _point(database: dict[str, Any]) -> None:
    """Have what is done in this process be done in a database."""
    connections["default"].close()
    settled = connections.configure_settings({"default": database})
    connections.settings["default"] = settled["default"]
    del connections["default"]


def _prepared(folder: Path, address: str) -> Working:
    opened = opened_in(folder, hour=13)
    occupy(opened)
    with opened.house.records.reading() as records:
        site = Site(opened, {row.email.split("@")[0]: row for row in records.find(PEOPLE)})
    for name in WORKERS:
        account = site.account(name)
        account.set_password(PASSWORD)
        account.save()
    _keys(folder, opened)
    matter = site.matter.id
    sessions = {name: site.client(name).cookies["sessionid"].value for name in site.people}
    return Working(address, matter, _another(site), sessions)


def _keys(folder: Path, opened: Opened) -> None:
    (folder / "secret.key").write_text("for tests\n", encoding="ascii")
    (folder / "log.key").write_text(opened.signer.secret() + "\n", encoding="ascii")


def _another(site: Site) -> str:
    """A second matter, so that there is a next one in the queue."""
    record_subject(
        site.house,
        SETTING_UP,
        {"id": "brewery", "kind": "advertiser", "title": {"en": "A brewery", "fr": "Une brasserie"}},
    )
    row = open_matter(
        site.house,
        site.actor("other"),
        "brewery",
        "ads-standard",
        reason="to be looked at",
        title={"en": "Ads of a brewery", "fr": "Publicités d'une brasserie"},
    )
    return row.id


@contextlib.contextmanager
def _running(program: str, own: dict[str, str], url: str) -> Iterator[None]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADJUDGE_")}
    at = {"ADJUDGE_DATABASE_URL": url} if url else {}
    sources = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT)))
    process = subprocess.Popen(
        [sys.executable, "-m", f"adjudge.mount.{program}"],
        cwd=CHECKOUT,
        env={**kept, "PYTHONPATH": sources, **own, **at},
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)
