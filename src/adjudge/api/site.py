"""The API of version 1, joined of its parts, with its description in OpenAPI 3.1."""

from typing import Any

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI

from adjudge.api import matters, myself
from adjudge.api.caller import Key
from adjudge.api.description import described
from adjudge.api.problems import handle_errors

PREFIX = "api/v1/"
_ROUTERS = (myself.router, matters.router)


class Version1(NinjaAPI):
    """The API, whose description says more than ninja's."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:  # noqa: ANN401 - as ninja declares it
        """The description."""
        return described(super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params))


def _made() -> Version1:
    api = Version1(
        title="Adjudge",
        version="1",
        description="Decisions about who may advertise what, with their reasons.",
        docs_url=None,
        auth=Key(),
        urls_namespace="api",
    )
    for router in _ROUTERS:
        api.add_router("", router)
    handle_errors(api)
    return api


API = _made()
ADDRESSES: list[URLPattern | URLResolver] = [path(PREFIX, API.urls)]
