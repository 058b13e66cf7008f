"""The public register: a row for each decision that is shown, and the index of the words by which rows are sought.

Replies of advertisers beside them. The rows of the register follow from others, and are made when the institution is
next started: nothing of ours can be asked here.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _collate(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django hands it over
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE adjudge_register ALTER COLUMN id TYPE varchar(500) COLLATE "C"')
        editor.execute('ALTER TABLE adjudge_register ALTER COLUMN place TYPE varchar(500) COLLATE "C"')
        editor.execute('ALTER TABLE adjudge_register ALTER COLUMN issued TYPE varchar(500) COLLATE "C"')
        editor.execute('ALTER TABLE adjudge_reply ALTER COLUMN id TYPE varchar(500) COLLATE "C"')


def _index_words(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django hands it over
    """The database's own index of words. What stands between spaces is a word as it is: nothing is folded here."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "ALTER TABLE adjudge_register ADD COLUMN sought tsvector "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        )
        editor.execute(
            "CREATE INDEX register_sought ON adjudge_register USING gin (sought) WITH (fastupdate = off)"
        )
    else:
        editor.execute(
            "CREATE VIRTUAL TABLE adjudge_register_words USING fts5("
            "words, content='', detail=none, columnsize=0, prefix='3 4 5 6 7 8', tokenize=\"ascii tokenchars '_'\")"
        )
        editor.execute(
            "CREATE TRIGGER adjudge_register_sought_insert AFTER INSERT ON adjudge_register "
            "WHEN new.words <> '' BEGIN "
            "INSERT INTO adjudge_register_words(rowid, words) VALUES (CAST(new.place AS INTEGER), new.words); END"
        )
        editor.execute(
            "CREATE TRIGGER adjudge_register_sought_update AFTER UPDATE ON adjudge_register "
            "WHEN old.words <> new.words OR old.place <> new.place BEGIN "
            "INSERT INTO adjudge_register_words(adjudge_register_words, rowid, words) "
            "SELECT 'delete', CAST(old.place AS INTEGER), old.words WHERE old.words <> ''; "
            "INSERT INTO adjudge_register_words(rowid, words) "
            "SELECT CAST(new.place AS INTEGER), new.words WHERE new.words <> ''; END"
        )
        editor.execute(
            "CREATE TRIGGER adjudge_register_sought_delete AFTER DELETE ON adjudge_register "
            "WHEN old.words <> '' BEGIN "
            "INSERT INTO adjudge_register_words(adjudge_register_words, rowid, words) "
            "VALUES ('delete', CAST(old.place AS INTEGER), old.words); END"
        )


class Migration(migrations.Migration):
    """Forward only, as all of them."""

    dependencies: ClassVar = [("adjudge", "0007_queue")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="RegisterRecord",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("place", models.CharField(blank=True, db_index=True, max_length=500)),
                ("issued", models.CharField(blank=True, max_length=500)),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("matter", models.CharField(blank=True, db_index=True, max_length=500)),
                ("cell", models.CharField(blank=True, db_index=True, max_length=500)),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "db_table": "adjudge_register",
                "indexes": [models.Index(fields=["issued", "id"], name="register_issued")],
            },
        ),
        migrations.CreateModel(
            name="ReplyRecord",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
                ("advertiser", models.CharField(blank=True, db_index=True, max_length=500)),
                ("state", models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={"db_table": "adjudge_reply"},
        ),
        migrations.RunPython(_collate),
        migrations.RunPython(_index_words),
    ]
