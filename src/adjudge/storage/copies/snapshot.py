"""The database as it was at one instant, on a connection of its own that blocks nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import count

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from adjudge.storage.records import told

_NUMBERS = count(1)


@contextmanager
def snapshot(alias: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """Give Django's name for a connection that sees what is committed now, and nothing of what is committed later.

    Others write meanwhile. Raises UnavailableError where the database does not answer.
    """
    name = f"{alias} as it was, {next(_NUMBERS)}"
    database = deepcopy(connections.settings[alias])
    if connections[alias].vendor == "sqlite":
        # Our other transactions begin by taking the write lock; this one must not.
        database["OPTIONS"] = {**database["OPTIONS"], "transaction_mode": "DEFERRED"}
    connections.settings[name] = database
    try:
        with told(name), transaction.atomic(using=name):
            _begin(name)
            yield name
    finally:
        connections[name].close()
        del connections[name]
        del connections.settings[name]


def _begin(name: str) -> None:
    """Settle the instant: PostgreSQL by the kind of transaction, SQLite by the first read."""
    with connections[name].cursor() as cursor:
        if connections[name].vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT size FROM adjudge_head")
        cursor.fetchone()
