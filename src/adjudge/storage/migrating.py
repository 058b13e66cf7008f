"""The database brought up to date: forward only, from every state that was landed."""

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from adjudge.basis.said import say
from adjudge.errors import UnavailableError


def migrate(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Apply what is missing. Raises UnavailableError where the database does not answer."""
    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    except OperationalError as error:
        raise _away(error) from error


def behind(alias: str = DEFAULT_DB_ALIAS, *, part: str | None = None) -> bool:
    """Whether the database, or that part of it, lacks a migration, or is not there."""
    try:
        executor = MigrationExecutor(connections[alias])
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes(part)))
    except OperationalError as error:
        raise _away(error) from error


def _away(error: OperationalError) -> UnavailableError:
    message = say("the database does not answer: {reason}", reason=str(error).strip())
    return UnavailableError(
        message, hint=say("see that it runs, that its address is right, and that its disk has room")
    )
