"""Triggers that refuse to change or delete what the log holds, whoever asks; and the one row that writers lock."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("adjudge_entry", "adjudge_node", "adjudge_checkpoint", "adjudge_tombstone")
"""Neither changed nor deleted. A part is deleted once its tombstone stands, and never changed."""

_SQLITE = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} BEGIN
  SELECT RAISE(ABORT, 'the log only grows: nothing in {table} is changed or deleted');
END
"""
_SQLITE_PART = """
CREATE TRIGGER adjudge_part_no_delete BEFORE DELETE ON adjudge_part
WHEN NOT EXISTS (SELECT 1 FROM adjudge_tombstone WHERE digest = OLD.digest) BEGIN
  SELECT RAISE(ABORT, 'a sealed part is deleted only where its tombstone stands');
END
"""
_SQLITE_HEAD = """
CREATE TRIGGER adjudge_head_grows BEFORE UPDATE ON adjudge_head
WHEN NEW.size <> OLD.size + 1 OR NOT EXISTS (SELECT 1 FROM adjudge_entry WHERE seq = OLD.size) BEGIN
  SELECT RAISE(ABORT, 'the log grows by one entry at a time');
END
"""
_POSTGRES = """
CREATE FUNCTION adjudge_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'the log only grows: nothing in ' || TG_TABLE_NAME || ' is changed or deleted';
END $$;
CREATE FUNCTION adjudge_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM adjudge_tombstone WHERE digest = OLD.digest) THEN
    RAISE EXCEPTION 'a sealed part is deleted only where its tombstone stands';
  END IF;
  RETURN OLD;
END $$;
CREATE FUNCTION adjudge_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size <> OLD.size + 1 OR NOT EXISTS (SELECT 1 FROM adjudge_entry WHERE seq = OLD.size) THEN
    RAISE EXCEPTION 'the log grows by one entry at a time';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER adjudge_part_no_update BEFORE UPDATE ON adjudge_part
  FOR EACH ROW EXECUTE FUNCTION adjudge_only_grows();
CREATE TRIGGER adjudge_part_no_delete BEFORE DELETE ON adjudge_part
  FOR EACH ROW EXECUTE FUNCTION adjudge_part_stays();
CREATE TRIGGER adjudge_part_no_truncate BEFORE TRUNCATE ON adjudge_part EXECUTE FUNCTION adjudge_only_grows();
CREATE TRIGGER adjudge_head_grows BEFORE UPDATE ON adjudge_head
  FOR EACH ROW EXECUTE FUNCTION adjudge_head_grows();
CREATE TRIGGER adjudge_head_no_delete BEFORE DELETE ON adjudge_head
  FOR EACH ROW EXECUTE FUNCTION adjudge_only_grows();
CREATE TRIGGER adjudge_head_no_truncate BEFORE TRUNCATE ON adjudge_head EXECUTE FUNCTION adjudge_only_grows();
"""
_POSTGRES_TABLE = """
CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION adjudge_only_grows();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION adjudge_only_grows();
"""


def _guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("adjudge", "Head").objects.using(editor.connection.alias).create(id=1, size=0)
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement)


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [_POSTGRES, *(_POSTGRES_TABLE.format(table=table) for table in TABLES)]
    if vendor != "sqlite":
        message = f"no triggers are written for {vendor}"
        raise NotImplementedError(message)
    guarded = [_SQLITE.format(table=table, act=act) for table in TABLES for act in ("UPDATE", "DELETE")]
    part = _SQLITE.format(table="adjudge_part", act="UPDATE")
    return [*guarded, part, _SQLITE_PART, _SQLITE_HEAD, _SQLITE.format(table="adjudge_head", act="DELETE")]


class Migration(migrations.Migration):
    """Forward only: a log without its guards is none."""

    dependencies: ClassVar = [("adjudge", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(_guard)]
