"""Which lines are told at which level, for Django and for gunicorn alike."""

import logging
from typing import Any

from gunicorn.glogging import Logger

from adjudge.mount.telling.form import formatter
from adjudge.settings.schema import Settings

STRANGERS = {"debug": "WARNING", "info": "WARNING", "warning": "WARNING", "error": "ERROR"}
"""At which level the libraries below us speak, by the level that is set for us."""


def logging_settings(settings: Settings) -> dict[str, Any]:
    """What the standard library is told, by Django."""
    strangers = STRANGERS[settings.log_level]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "adjudge.mount.telling.form.formatter", "form": settings.log_format}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": strangers},
        "loggers": {
            "adjudge": {"level": settings.log_level.upper()},
            # Who asks for a page that is not there is no news; a page that fails is.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "django": {"handlers": [], "propagate": True},
        },
    }


class OurLogger(Logger):  # type: ignore[misc]  # gunicorn ships no annotations
    """Gunicorn's lines in our form, and none for each request: we write those ourselves."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn's own settings
        """Set its loggers up; the form comes with the settings, by name."""
        super().setup(cfg)
        handler = logging.StreamHandler()
        handler.setFormatter(formatter(getattr(self, "form", "text")))
        self.error_log.handlers[:] = [handler]


class OurJsonLogger(OurLogger):
    """The same, in JSON."""

    form = "json"
