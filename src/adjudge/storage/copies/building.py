"""A database built from a copy: empty before, its tables as they were at a migration state, then brought up to date.

Not what goes into the tables (`adjudge.storage.copies.tables`, `adjudge.storage.copies.log_lines`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.apps.registry import apps as of_program
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddIndex, RemoveIndex
from django.db.migrations.operations.base import Operation

from adjudge.storage.copies.tables import Known
from adjudge.storage.records import told

_SIZE = "UPDATE adjudge_head SET size = %s"
_QUICKLY = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
"""For a file that nobody else sees until it is whole; whoever moves it to its place waits for the disk."""


def is_postgres(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the database is a PostgreSQL."""
    return connections[alias].vendor == "postgresql"


def tables_of(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The tables that are there. Raises UnavailableError where the database does not answer."""
    with told(alias), connections[alias].cursor() as cursor:
        return sorted(connections[alias].introspection.table_names(cursor))


def unknown(migrations: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The parts that are not installed here, and the migrations that this program does not know."""
    loader = MigrationLoader(None)
    parts = [app for app in sorted(migrations) if app not in loader.migrated_apps]
    later = [
        f"{app}.{name}"
        for app, name in sorted(migrations.items())
        if app in loader.migrated_apps and (app, name) not in loader.graph.nodes
    ]
    return parts, later


@contextmanager
def whole(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Whatever is built within is there at once or not at all: on PostgreSQL by one transaction.

    A file of SQLite is built where nobody looks, and moved to its place by whoever builds it.
    """
    if is_postgres(alias):
        with told(alias), transaction.atomic(using=alias):
            yield
        return
    with told(alias):
        try:
            with connections[alias].cursor() as cursor:
                for statement in _QUICKLY.split(";")[:-1]:
                    cursor.execute(statement)
            yield
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA optimize")
                cursor.execute("PRAGMA journal_mode=WAL")
        finally:
            connections[alias].close()  # the file is moved, or taken away


def at_state(alias: str, migrations: Mapping[str, str]) -> Known:
    """Make the tables as they were at a state; the models of it."""
    executor = _executor(alias)
    targets = sorted(migrations.items())
    executor.migrate(targets)
    return _executor(alias).loader.project_state(targets).apps


def forward(alias: str) -> None:
    """Bring the tables up to date."""
    if is_postgres(alias):
        # Or what waits to be checked at the end would keep tables from being altered.
        with connections[alias].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = _executor(alias)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _executor(alias: str) -> MigrationExecutor:
    """What migrates. Indexes are built within the transaction: nobody else is there to be kept waiting."""
    executor = MigrationExecutor(connections[alias])
    for migration in executor.loader.graph.nodes.values():
        migration.operations = [in_transaction(item) for item in migration.operations]
    return executor


def in_transaction(operation: Operation) -> Operation:
    """The same operation as it may stand in a transaction. It is known by name: its room needs a driver to be read."""
    kinds = {kind.__name__ for kind in type(operation).__mro__}
    if isinstance(operation, AddIndex) and "AddIndexConcurrently" in kinds:
        return AddIndex(operation.model_name, operation.index)
    if isinstance(operation, RemoveIndex) and "RemoveIndexConcurrently" in kinds:
        return RemoveIndex(operation.model_name, operation.name)
    return operation


@contextmanager
def loading(alias: str) -> Iterator[None]:
    """One transaction around what is loaded."""
    with transaction.atomic(using=alias):
        yield


def set_head(alias: str, size: int) -> None:
    """The size of a log that was filled in bulk. Its trigger, which lets it grow by one at a time, rests meanwhile."""
    with connections[alias].cursor() as cursor:
        if is_postgres(alias):
            cursor.execute("ALTER TABLE adjudge_head DISABLE TRIGGER adjudge_head_grows")
            cursor.execute(_SIZE, [size])
            cursor.execute("ALTER TABLE adjudge_head ENABLE TRIGGER adjudge_head_grows")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'adjudge_head_grows'")
        (guard,) = cursor.fetchone()
        cursor.execute("DROP TRIGGER adjudge_head_grows")
        cursor.execute(_SIZE, [size])
        cursor.execute(guard)


def reset_sequences(alias: str) -> None:
    """Let new rows have ids behind those that were loaded."""
    there = set(tables_of(alias))
    models = [item for item in of_program.get_models() if item._meta.db_table in there]  # noqa: SLF001
    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def analysed(alias: str) -> None:
    """Let PostgreSQL know how its tables are filled: the first questions are asked at once."""
    if is_postgres(alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("ANALYZE")
