"""Ids in the order of their code points on PostgreSQL too, whatever the language of the server; SQLite has it so."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = (
    "person key institution version enactment subject claim document matter decision measure spend"
).split()


def _collate(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django hands it over
    if editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        editor.execute(f'ALTER TABLE adjudge_{table} ALTER COLUMN id TYPE varchar(500) COLLATE "C"')


class Migration(migrations.Migration):
    """Forward only: nobody needs another order back."""

    dependencies: ClassVar = [("adjudge", "0002_append_only")]
    operations: ClassVar = [migrations.RunPython(_collate)]
