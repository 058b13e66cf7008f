"""How a server begins and ends: its pages are read in before anybody comes, and its journal is written back."""

import subprocess
import sys

from adjudge.client import Client
from tests.journeys.institution.places import CHECKOUT, Place
from tests.journeys.institution.served import served

_OPENED = """
import sys

from adjudge.mount.site import open_site
from adjudge.mount.wsgi import application_of, settings_of_environment

settings = settings_of_environment()
open_site(settings, migrated=True)
print("adjudge.api.site" in sys.modules)
application_of(settings)
print("adjudge.api.site" in sys.modules, "adjudge.desk.urls" in sys.modules)
"""


def test_pages_are_read_in_before_anybody_comes(sqlite: Place) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPENED],
        cwd=CHECKOUT,
        env=sqlite.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.split() == ["False", "True", "True"], done.stderr


def test_a_server_that_is_told_to_stop_leaves_one_file(sqlite: Place) -> None:
    clerk = sqlite.founded(2)
    key = clerk.ask("keys")["author"]
    clerk.end()
    sqlite.clerks.clear()
    with served(sqlite) as server:
        server.start()
        with Client(server.address, key) as client:
            first = next(iter(client.list_matters()))
            opened = client.evaluate_matter(first.id)
            assert opened.outcomes
        assert server.stop() == 0
    journal = sqlite.folder / "adjudge.sqlite3-wal"
    assert not journal.exists(), "who copies the database alone would miss what is in the journal"
