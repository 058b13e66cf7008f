"""Answers kept for requests that are sent again, and the shelf of hooks; ids ordered as in 0003."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _collate(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django hands it over
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE adjudge_hook ALTER COLUMN id TYPE varchar(500) COLLATE "C"')
        editor.execute('ALTER TABLE adjudge_request ALTER COLUMN id TYPE varchar(200) COLLATE "C"')


class Migration(migrations.Migration):
    """Forward only, as all of them."""

    dependencies: ClassVar = [("adjudge", "0005_notices_appeals_clocks")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Hook",
            fields=[
                ("id", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("data", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestRecord",
            fields=[
                ("id", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("request", models.CharField(max_length=71)),
                ("status", models.PositiveSmallIntegerField()),
                ("headers", models.TextField()),
                ("body", models.TextField()),
                ("at", models.BigIntegerField(db_index=True)),
            ],
            options={
                "db_table": "adjudge_request",
            },
        ),
        migrations.RunPython(_collate),
    ]
