"""The site as a WSGI application, opened over the data folder that the environment names."""

import gc
import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from adjudge.basis.problem import ProblemLog
from adjudge.mount.site import open_site
from adjudge.settings.refusing import refuse_wrong
from adjudge.settings.schema import Settings, read_settings


def settings_of_environment() -> Settings:
    """The settings. Raises RefusedError with the first thing that is wrong in them."""
    log = ProblemLog()
    settings = read_settings(os.environ, log)
    refuse_wrong(log)
    return settings


def application_of(settings: Settings) -> WSGIHandler:
    """The site, ready to serve: no visitor waits until its pages are read in, which Django does when one is sought."""
    open_site(settings)
    application = get_wsgi_application()
    resolve("/")
    from adjudge.desk.frame.framing import read_in  # noqa: PLC0415 - models can be imported from here on

    read_in()
    # What is there now stays: looking through all of it for what could go keeps visitors waiting, again and again.
    gc.collect()
    gc.freeze()
    return application
