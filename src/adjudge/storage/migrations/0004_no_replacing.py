"""Triggers of SQLite against `INSERT OR REPLACE`, which deletes what stood there without asking the others.

PostgreSQL has no such statement: its `ON CONFLICT DO UPDATE` is an update, and refused as one.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEYS = {
    "adjudge_entry": "seq = NEW.seq",
    "adjudge_node": "id = NEW.id OR (level = NEW.level AND place = NEW.place)",
    "adjudge_checkpoint": "size = NEW.size",
    "adjudge_tombstone": "digest = NEW.digest",
    "adjudge_part": "digest = NEW.digest",
    "adjudge_head": "id = NEW.id",
}
_TRIGGER = """
CREATE TRIGGER {table}_no_replacing BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) BEGIN
  SELECT RAISE(ABORT, 'the log only grows: nothing in {table} is replaced');
END
"""


def _guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django hands it over
    if editor.connection.vendor == "sqlite":
        for table, key in KEYS.items():
            editor.execute(_TRIGGER.format(table=table, key=key))


class Migration(migrations.Migration):
    """Forward only: a log without its guards is none."""

    dependencies: ClassVar = [("adjudge", "0003_ids_by_code_point")]
    operations: ClassVar = [migrations.RunPython(_guard)]
