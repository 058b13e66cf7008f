"""What Django is told of the settings. Not Django's settings module: nothing is read from the environment here."""

from typing import Any

import dj_database_url
from django.conf import settings as django_settings

from adjudge.basis.said import say
from adjudge.errors import RefusedError
from adjudge.settings.schema import DATABASE, Settings

BUSY = 30
"""Seconds for which a writer waits for another one on SQLite."""
KEPT = 60
"""Seconds for which a line to the database is kept from request to request."""
AWAY = {"connect_timeout": 10, "tcp_user_timeout": 30_000}
"""Seconds, and milliseconds, after which a machine that does not answer counts as away; the address may say others."""


def database_of(settings: Settings) -> dict[str, Any]:
    """The one database: PostgreSQL where an address names it, else SQLite in the data folder."""
    if not settings.database_url:
        return sqlite(str(settings.data / DATABASE))
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(settings.database_url, conn_max_age=KEPT))
    except ValueError as error:
        raise _bad_address() from error
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise _bad_address()
    return {**found, "OPTIONS": {**AWAY, **found.get("OPTIONS", {})}, "CONN_HEALTH_CHECKS": True}


def sqlite(path: str) -> dict[str, Any]:
    """SQLite such that a committed act outlives the power, and one writer waits for another one."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Whoever closes the last line to a file writes its journal back into it: not after every request.
        "CONN_MAX_AGE": KEPT,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _bad_address() -> RefusedError:
    return RefusedError(
        say("`ADJUDGE_DATABASE_URL` is not the address of a PostgreSQL database"),
        hint=say("write `postgresql://user:password@host/name`, or unset it for SQLite"),
    )


def configure(settings: Settings, **more: Any) -> None:  # noqa: ANN401 - Django's settings are of all types
    """Tell Django, once in a process. `more` comes from the faces that need more of it."""
    if django_settings.configured:
        return
    told: dict[str, Any] = {
        "DATABASES": {"default": database_of(settings)},
        "INSTALLED_APPS": ["adjudge.storage"],
        "AUTH_USER_MODEL": "adjudge.Account",
        "SECRET_KEY": settings.secret_key,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    }
    django_settings.configure(**{**told, **more})
    import django  # noqa: PLC0415 - its own set-up reads the settings

    django.setup()
