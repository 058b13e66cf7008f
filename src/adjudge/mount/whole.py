"""The institution opened with all that is kept of it, also how people sign in; whether or not its pages are served."""

from adjudge.institution.on_database import Opened, open_institution, prepared, refuse_missing
from adjudge.mount.site import site_settings
from adjudge.settings.schema import Settings
from adjudge.settings.web import configure

INSTITUTION = "adjudge"


def open_whole(settings: Settings) -> Opened:
    """Open it. Tables of the pages may be missing, as where nobody ever served them; its own must be up to date."""
    refuse_missing(settings)
    ready = prepared(settings)
    configure(ready, **site_settings(ready))
    return open_institution(ready, part=INSTITUTION)


def told_of(settings: Settings) -> None:
    """Tell Django of a database in which there is nothing yet."""
    configure(settings, **site_settings(settings))
