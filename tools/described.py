"""The description of the API as it is now, for what is generated from it; nothing is served, and no database opened."""

import json
import os
from pathlib import Path
from typing import Any

from adjudge.mount.site import site_settings
from adjudge.settings.schema import Settings
from adjudge.settings.web import configure


def described() -> dict[str, Any]:
    """The description in OpenAPI 3.1."""
    settings = Settings(data=Path(os.devnull), secret_key="for its words only")  # noqa: S106 - no secret: nothing is served
    configure(settings, **site_settings(settings))
    from adjudge.api.site import API, PREFIX  # noqa: PLC0415 - ninja is imported once Django is set up

    told: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=f"/{PREFIX}")))
    return told
