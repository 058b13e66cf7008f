"""The database as it is found: whether it answers, its version, its migrations, its clock and the key of its log.

Nothing is made or brought up to date: `adjudge up` does that.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor

from adjudge.basis.problem import ProblemLog, Severity
from adjudge.basis.said import Said, say, verbatim
from adjudge.errors import AdjudgeError
from adjudge.institution.on_database import LOG_KEY, Opened, open_institution
from adjudge.institution.record.log import last_checkpoint
from adjudge.settings.schema import DATABASE, Settings
from adjudge.settings.web import configure

SKEW = 1_000_000_000
"""Nanoseconds by which clocks of two machines may differ."""
_CODE = "unfit-machine"


@dataclass(frozen=True, slots=True)
class Migrations:
    """What is to be applied, and what was applied by a later program than this one."""

    missing: int
    unknown: int


def check_database(settings: Settings, log: ProblemLog) -> tuple[Said, ...]:
    """What was found, a line each; problems and warnings in the log."""
    if not settings.database_url and not (settings.data / DATABASE).exists():
        return (say("there is no database yet: `adjudge up` makes one"),)
    try:
        configure(settings)
        return tuple(_found(settings, log))
    except AdjudgeError as error:
        log.add(_CODE, _said(error.message), where="ADJUDGE_DATABASE_URL", hint=_said(error.hint))
    except (DatabaseError, InterfaceError):
        # What the database says may bear the address with its password.
        hint = say("see that it runs, that its address is right, and that its disk has room")
        log.add(_CODE, say("the database does not answer"), where="ADJUDGE_DATABASE_URL", hint=hint)
    finally:
        connections.close_all()
    return ()


def _said(text: str) -> Said:
    return text if isinstance(text, Said) else verbatim(text)


def _found(settings: Settings, log: ProblemLog) -> Iterator[Said]:
    yield say("database: {name} {version}", name=_name(), version=verbatim(_version()))
    found = migrations()
    if found.unknown:
        message = say("a later version of this program has used the database")
        hint = say("run that version too as soon as you can")
        log.add(_CODE, message, where=say("database"), hint=hint, severity=Severity.WARNING)
    if found.missing:
        yield say("migrations that `adjudge up` will apply: {count}", count=found.missing)
        return
    yield say("migrations: all are applied")
    key = settings.log_key_file or settings.data / LOG_KEY
    if not key.exists():
        message = say("the database is there, and the key of its log is not")
        hint = say("put {file} back from a backup", file=str(key))
        log.add(_CODE, message, where=str(key), hint=hint, severity=Severity.WARNING)
        return
    yield from _log(open_institution(settings), log)


def _name() -> str:
    return str(connections["default"].display_name)


def _version() -> str:
    return ".".join(map(str, connections["default"].get_database_version()))


def migrations() -> Migrations:
    """How the database stands to this program."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    ours = {key for key in executor.loader.applied_migrations if key[0] == "adjudge"}
    return Migrations(missing=len(plan), unknown=len(ours - set(executor.loader.disk_migrations)))


def _log(opened: Opened, log: ProblemLog) -> Iterator[Said]:
    with opened.house.records.reading() as records:
        size, signed = records.size(), last_checkpoint(records)
        last = records.entry(size - 1) if size else None
    yield say("entries of the log: {count}", count=size)
    if last is not None and last.at.nanos > opened.house.clock().nanos + SKEW:
        message = say("the last entry of the log is later than the clock of this machine")
        hint = say("set the clock right: until it has caught up, everything bears the time of that entry")
        log.add(_CODE, message, where=say("clock"), hint=hint, severity=Severity.WARNING)
    if signed is not None and not signed.is_signed_by(opened.signer.verifier):
        message = say("the last checkpoint of the log was signed by another key")
        hint = say("put the key back that signed it: with another one the log has another name")
        where = (
            "ADJUDGE_LOG_KEY_FILE" if opened.settings.log_key_file else str(opened.settings.data / LOG_KEY)
        )
        log.add(_CODE, message, where=where, hint=hint)
