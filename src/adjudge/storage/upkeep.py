"""What a database is to know of its tables, so that it finds its way: how they are filled.

Without it SQLite takes every index for as good as any other, and looks for the notices of one advertiser among all
that were made. PostgreSQL looks by itself, but for the queue and the register, which are filled at once.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from adjudge.storage.models import SHELF_MODELS
from adjudge.storage.records import told

SAMPLE = 1_000
"""Rows of an index that SQLite looks at."""
FEW = 100
"""Of a table with fewer rows nothing is noted: what holds of it would not hold once it has many."""
FILLED_AT_ONCE = ("adjudge_queue", "adjudge_register")


def analyse(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Let the database look how its tables are filled. Raises UnavailableError where it does not answer."""
    with told(alias), connections[alias].cursor() as cursor:
        if connections[alias].vendor != "sqlite":
            for table in FILLED_AT_ONCE:
                cursor.execute(f"ANALYZE {table}")
            return
        cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        for model in SHELF_MODELS.values():
            table = model._meta.db_table  # noqa: SLF001 - that is how Django tells it
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1 OFFSET {FEW}")  # noqa: S608 - a name of ours
            if cursor.fetchone():
                cursor.execute(f"ANALYZE {table}")
