"""What a database is to know of its tables, so that it finds its way: how the queue and the register are filled.

Without it SQLite takes every index for as good as any other.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from adjudge.storage.records import told

SAMPLE = 1_000
"""Rows of an index that SQLite looks at."""


def analyse_queue(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Let the database look how the queue is filled. Raises UnavailableError where it does not answer."""
    _analyse(alias, "ANALYZE adjudge_queue")


def analyse_register(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Let the database look how the register is filled. Raises UnavailableError where it does not answer."""
    _analyse(alias, "ANALYZE adjudge_register")


def _analyse(alias: str, statement: str) -> None:
    with told(alias), connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        cursor.execute(statement)
