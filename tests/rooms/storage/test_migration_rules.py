"""Programs of two releases run side by side on one database: what migrations may do, and that it is so."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps.registry import Apps
from django.db import connections, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from adjudge.institution.record.audit.check import check_log
from adjudge.records.shelf import DECISIONS, MESSAGES
from adjudge.settings.web import sqlite
from adjudge.storage.migrating import behind, migrate
from tests.databases import DATABASES, Place, Postgres, database_records, known
from tests.landed.programs import beside, program_of
from tests.landed.states import STATES, landed
from tests.rooms.storage.logs import grow
from tests.rooms.storage.migration_rules import faults

BOUND_SINCE = "0005"
"""Migrations after this one are bound: before it, nobody ran anything."""


def own() -> Iterator[tuple[str, migrations.Migration, ProjectState]]:
    """Each of our migrations that is bound, with what was there before it."""
    loader = MigrationLoader(None)
    names = sorted(name for app, name in loader.disk_migrations if app == "adjudge")
    for before, name in pairwise(names):
        if name[:4] > BOUND_SINCE:
            yield name, loader.disk_migrations["adjudge", name], loader.project_state(("adjudge", before))


def test_every_migration_keeps_to_the_rules() -> None:
    found = {name: list(faults(item, state, STATES)) for name, item, state in own()}
    assert len(found) >= 1
    assert {name: flaws for name, flaws in found.items() if flaws} == {}


# --- the rules find what they are there for ---


def _alters(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("ALTER TABLE adjudge_person ALTER COLUMN id TYPE text")


def _updates(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("UPDATE adjudge_person SET email = ''")


def _own(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Its own table, in one database of two."""
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE "adjudge_thing" ALTER COLUMN id TYPE varchar(500) COLLATE "C"')


def _hides(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    _alters(apps, editor)


def _puts_together(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("ALTER TABLE adjudge" + "_person DROP COLUMN email")


def _whispers(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("update adjudge_thing set data = ''")


def _goes_on(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("ALTER TABLE adjudge_thing ALTER COLUMN id TYPE text; DROP TABLE adjudge_thing")


def _asks(apps: Apps, _: object) -> None:
    for model in apps.get_models():
        model.from_db(None, [], [])


def _nothing(_: object, __: object) -> None:
    """Nothing that anybody could see."""


KEY = models.CharField(max_length=500, primary_key=True)
TEXT = models.CharField(max_length=500)
THING = migrations.CreateModel("Thing", [("id", KEY), ("data", models.TextField())])
ALLOWED: dict[str, list[object]] = {
    "a new table": [THING],
    "an index on a new table": [THING, migrations.AddIndex("Thing", models.Index(fields=["data"], name="t"))],
    "a new field on a new table": [THING, migrations.AddField("Thing", "x", TEXT)],
    "a field that may be empty": [migrations.AddField("Person", "x", models.TextField(null=True))],
    "a field that the database fills": [migrations.AddField("Person", "x", models.TextField(db_default=""))],
    "a longer text": [
        migrations.AlterField("Key", "digest", models.CharField(max_length=900, db_index=True, blank=True))
    ],
    "an altered new table": [THING, migrations.RunPython(_own)],
}
REFUSED: dict[str, list[object]] = {
    "a field taken away": [migrations.RemoveField("Person", "email")],
    "a table taken away": [migrations.DeleteModel("Person")],
    "a field of another name": [migrations.RenameField("Person", "email", "mail")],
    "a table of another name": [migrations.RenameModel("Person", "Human")],
    "a table elsewhere": [migrations.AlterModelTable("Person", "people")],
    "a field that must be filled": [migrations.AddField("Person", "x", models.TextField(default=""))],
    "a field that is unique": [migrations.AddField("Person", "x", models.TextField(null=True, unique=True))],
    "a shorter text": [
        migrations.AlterField("Key", "digest", models.CharField(max_length=70, db_index=True, blank=True))
    ],
    "another kind": [migrations.AlterField("Key", "digest", models.TextField(db_index=True, blank=True))],
    "an index in use": [migrations.AddIndex("Person", models.Index(fields=["email"], name="p"))],
    "a rule in use": [
        migrations.AddConstraint("Person", models.UniqueConstraint(fields=["email"], name="p"))
    ],
    "what another function does": [THING, migrations.RunPython(_hides)],
    "a name that is put together": [THING, migrations.RunPython(_puts_together)],
    "rows of a new table, in small letters": [THING, migrations.RunPython(_whispers)],
    "a statement behind another one": [THING, migrations.RunPython(_goes_on)],
    "rows by their model": [THING, migrations.RunPython(_asks)],
    "a step that says nothing": [THING, migrations.RunPython(_nothing)],
    "a table that is there, as another model": [
        migrations.CreateModel("Human", [("id", KEY)], options={"db_table": "adjudge_person"})
    ],
    "statements": [migrations.RunSQL("DROP TABLE adjudge_person")],
    "an altered table in use": [migrations.RunPython(_alters)],
    "all rows at once": [migrations.RunPython(_updates)],
    "portions in one transaction": [migrations.RunPython(_updates, hints={"portion": 500})],
    "portions without end": [migrations.RunPython(_updates, hints={"portion": 10**9}, atomic=False)],
}


def _migration(operations: list[object], **more: object) -> migrations.Migration:
    kind = type("Migration", (migrations.Migration,), {"operations": operations, **more})
    found: migrations.Migration = kind("9999_x", "adjudge")
    return found


def _now() -> ProjectState:
    state: ProjectState = MigrationLoader(None).project_state()
    return state


@pytest.mark.parametrize("name", ALLOWED)
def test_what_adds_is_allowed(name: str) -> None:
    assert list(faults(_migration(ALLOWED[name]), _now(), STATES)) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_program_before_cannot_bear_is_refused(name: str) -> None:
    assert list(faults(_migration(REFUSED[name]), _now(), STATES)) != []


def test_rows_are_moved_in_portions_that_are_kept_one_by_one() -> None:
    step = migrations.RunPython(_updates, hints={"portion": 500}, atomic=False)
    assert list(faults(_migration([step], atomic=False), _now(), STATES)) == []


def test_what_no_program_needs_since_a_landed_state_is_taken_away() -> None:
    gone = migrations.RemoveField("Person", "email")
    assert list(faults(_migration([gone], contracts=STATES[0]), _now(), STATES)) == []
    assert list(faults(_migration([gone], contracts="9998"), _now(), STATES)) != []


# --- side by side ---


@pytest.mark.parametrize("kind", DATABASES)
def test_the_program_before_works_on_what_this_one_has_migrated(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """It acts and reads; then this one reads what it wrote, and all of it fits the log, for both."""
    previous = STATES[-2]
    program = program_of(previous, tmp_path / "program")
    with landed(previous, kind, tmp_path, request) as left:
        assert behind(left.alias)
        migrate(left.alias)
        address = ""
        if kind == "sqlite":
            connections[left.alias].close()
            (tmp_path / "upgraded.sqlite3").rename(left.folder / "adjudge.sqlite3")
            (tmp_path / "upgraded.sqlite3").symlink_to(left.folder / "adjudge.sqlite3")
        else:
            server: Postgres = request.getfixturevalue("postgres")
            address = server.uri(connections[left.alias].settings_dict["NAME"])
        found = beside(previous, program, left.folder, address, left.told)
        assert found["findings"] == []
        left.told["at"] = found["at"]
        house = left.house()
        with house.records.reading() as records:
            assert "beside a newer program" in str(records.find(MESSAGES, appeal=left.told["appeal"]))
            row = records.get(DECISIONS, left.told["waiting"])
            assert row is not None
            assert str(row.state) == found["returned"] == "returned"
        audited = check_log(house, left.who(house, "auditor"), left.signer.verifier)
        assert [(item.where, str(item.message)) for item in audited.findings] == []


def test_the_program_before_works_on_what_this_one_has_left(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """As after going back: people do with their keys what they did, over rows that only the newer program writes."""
    program = program_of(STATES[-2], tmp_path / "program")
    with landed(STATES[-1], "sqlite", tmp_path, request) as left:
        found = beside(STATES[-2], program, left.folder, "", left.told)
        assert found["returned"] == "returned"
        left.told["at"] = found["at"]
    (tmp_path / "upgraded.sqlite3").write_bytes((left.folder / "adjudge.sqlite3").read_bytes())
    with known(sqlite(str(tmp_path / "upgraded.sqlite3"))) as alias:
        house = replace(left, alias=alias).house()
        audited = check_log(house, left.who(house, "auditor"), left.signer.verifier)
        assert [(item.where, str(item.message)) for item in audited.findings] == []


def test_a_database_that_is_ahead_is_neither_behind_nor_refused(database: Place) -> None:
    """As an old worker finds it while the new release is rolled out, and after it was rolled back."""
    migrate(database.alias)
    with connections[database.alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('adjudge', '9999_later', CURRENT_TIMESTAMP)"
        )
        cursor.execute("ALTER TABLE adjudge_person ADD COLUMN later varchar(10) NULL")
        cursor.execute("CREATE TABLE adjudge_later (id varchar(10) PRIMARY KEY)")
    assert not behind(database.alias)
    migrate(database.alias)
    grow(database_records(database.alias), 2)
    with connections[database.alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM adjudge_later")
        assert cursor.fetchall() == [(0,)]
