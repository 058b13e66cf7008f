"""Migrations: the models need no further one, and each state that was landed goes forward with what it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from adjudge.settings.web import sqlite
from adjudge.storage.migrating import behind, migrate
from tests.databases import DATABASES, Postgres, database_records, known, migrated, place_of
from tests.rooms.storage.logs import grow

LANDED = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
FOLDER = Path("src/adjudge/storage/migrations")


def test_the_models_need_no_further_migration() -> None:
    with translation.override(None):  # as makemigrations does: names as the models write them
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    assert "adjudge" not in changes


def test_every_landed_migration_is_gone_forward_from() -> None:
    names = sorted(path.name[:4] for path in FOLDER.glob("0*.py"))
    assert tuple(names) == LANDED


@pytest.fixture(params=DATABASES)
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database in which there is nothing, of both kinds in turn."""
    if request.param == "sqlite":
        database = sqlite(str(tmp_path / "old.sqlite3"))
    else:
        server: Postgres = request.getfixturevalue("postgres")
        database = server.database(server.empty())
    with known(database) as alias:
        yield alias


@pytest.mark.parametrize("state", LANDED)
def test_a_landed_state_goes_forward_with_what_it_holds(nothing: str, state: str) -> None:
    call_command("migrate", "adjudge", state, database=nothing, verbosity=0)
    assert behind(nothing)  # the pages have tables of their own, which are missing too
    with connections[nothing].cursor() as cursor:
        cursor.execute("INSERT INTO adjudge_person VALUES ('P', '{\"id\":\"P\"}', 'e', '', '')")
    migrated(nothing)
    with connections[nothing].cursor() as cursor:
        cursor.execute("SELECT id, email FROM adjudge_person")
        assert cursor.fetchall() == [("P", "e")]
    grow(database_records(nothing), 2)


def test_nothing_goes_forward_to_all_and_twice_is_as_once(nothing: str) -> None:
    assert behind(nothing)
    migrate(nothing)
    migrate(nothing)
    assert not behind(nothing)
    grow(database_records(nothing), 2)


def test_ids_are_ordered_by_code_point_whatever_the_language_of_the_server(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    # SQLite orders by code point and knows no language.
    with (
        place_of("postgres", tmp_path, request) as place,
        connections[place.alias].cursor() as cursor,
    ):
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_name LIKE 'adjudge_%' "
            "AND column_name = 'id' AND data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C'"
        )
        assert cursor.fetchall() == []
