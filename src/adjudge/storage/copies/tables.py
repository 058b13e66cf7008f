"""The tables of a copy: what an institution keeps beside its log, and how people sign in. Rows to JSON and back.

Not what is forgotten anyway: sessions, attempts to sign in, answers that are kept for a day.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from django.apps.registry import Apps
from django.apps.registry import apps as of_program
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

from adjudge.storage import models as ours

APP = "adjudge"
LOGGED = frozenset(
    {
        ours.Head,
        ours.EntryRecord,
        ours.NodeRecord,
        ours.PartRecord,
        ours.TombstoneRecord,
        ours.CheckpointRecord,
    }
)
"""Written as the file of the log, from which they follow."""
FORGOTTEN = frozenset({ours.RequestRecord})
SIGN_IN = ("account.emailaddress", "mfa.authenticator", "socialaccount.socialaccount")
"""Tables of parts that are not ours: addresses, second factors, identities at a provider."""
AT_ONCE = 200
"""Rows read or written at once: a decision may be long."""
Known = Apps
"""The models of a migration state."""


def labels(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The tables of a copy that are in the database: accounts first of those that refer to them."""
    with connections[alias].cursor() as cursor:
        there = set(connections[alias].introspection.table_names(cursor))
    own = [item for item in of_program.get_app_config(APP).get_models() if item not in LOGGED | FORGOTTEN]
    others = [_model(label, of_program) for label in SIGN_IN if of_program.is_installed(_APPS[label])]
    return sorted(item._meta.label_lower for item in (*own, *others) if item._meta.db_table in there)  # noqa: SLF001


def left_out(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Tables of sign-in that hold something, and whose part is not installed: they would be missing in a copy."""
    with connections[alias].cursor() as cursor:
        there = set(connections[alias].introspection.table_names(cursor))
        found = []
        for label, app in _APPS.items():
            table = label.replace(".", "_")
            if table in there and not of_program.is_installed(app):
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own words
                found += [label] if cursor.fetchone() else []
    return found


_APPS = {label: f"allauth.{label.partition('.')[0]}" for label in SIGN_IN}


def rows(alias: str, label: str) -> Iterator[bytes]:
    """The rows of a table as lines, by id, read in portions."""
    model = _model(label, of_program)
    names = [item.attname for item in model._meta.concrete_fields]  # noqa: SLF001 - Django's documented door to fields
    found = model._base_manager.using(alias).order_by("pk").values_list(*names)  # noqa: SLF001 - without filters
    for row in found.iterator(chunk_size=AT_ONCE):
        yield msgspec.json.encode(dict(zip(names, row, strict=True)), enc_hook=_plain, order="sorted") + b"\n"


def _plain(value: object) -> object:
    raise NotImplementedError(type(value))


def load(alias: str, label: str, lines: Iterable[Mapping[str, Any]], known: Known) -> int:
    """Put lines into a table as it was at a migration state, whose models are `known`; how many they were."""
    model = _model(label, known)
    fields = {item.attname: item for item in model._meta.concrete_fields}  # noqa: SLF001
    count, portion = 0, []
    for line in lines:
        portion.append([_kept(alias, fields[name], line[name]) for name in fields])
        if len(portion) == AT_ONCE:
            count += _keep(alias, model, portion)
            portion = []
    return count + _keep(alias, model, portion)


def _kept(alias: str, field: "Field[Any, Any]", value: Any) -> Any:  # noqa: ANN401 - of any column
    return field.get_db_prep_save(field.to_python(value), connections[alias])


def _keep(alias: str, model: type[Model], portion: list[list[Any]]) -> int:
    quoted = connections[alias].ops.quote_name
    names = [str(item.column) for item in model._meta.concrete_fields]  # noqa: SLF001
    places = ", ".join(["%s"] * len(names))
    into = f"{quoted(model._meta.db_table)} ({', '.join(map(quoted, names))})"  # noqa: SLF001
    with connections[alias].cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({places})", portion)  # noqa: S608 - our own words
    return len(portion)


def columns(label: str, known: Known) -> frozenset[str]:
    """The columns of a table at a migration state; none where there is no such table."""
    try:
        return frozenset(item.attname for item in _model(label, known)._meta.concrete_fields)  # noqa: SLF001
    except LookupError:
        return frozenset()


def _model(label: str, known: Known) -> type[Model]:
    found: type[Model] = known.get_model(label)
    return found


def applied(alias: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """The last migration applied of each part of the database."""
    found: dict[str, str] = {}
    for app, name in sorted(MigrationRecorder(connections[alias]).applied_migrations()):
        found[app] = max(name, found.get(app, ""))
    return found
