"""The API of version 1, joined of its parts, with its description in OpenAPI 3.1."""

import re
from typing import Any

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI, Router

from adjudge.api import (
    appeal_acts,
    appeal_talk,
    appeals,
    claims,
    clocks,
    contacts,
    data,
    deciding,
    decisions,
    disputes,
    documents,
    evaluations,
    hooks,
    institution,
    keys,
    log,
    matters,
    misuse,
    myself,
    notices,
    overview,
    people,
    policies,
    procedure,
    register,
    replies,
    retention,
    subjects,
)
from adjudge.api.body import Exact
from adjudge.api.caller import Key
from adjudge.api.description import described
from adjudge.api.openapi import description_page
from adjudge.api.problems import handle_errors

PREFIX = "api/v1/"
_ENDS_IN_ID = re.compile(r"\{path:\w+\}$")
_ROUTERS = (
    myself.router,
    subjects.router,
    claims.router,
    documents.router,
    data.router,
    policies.router,
    evaluations.router,
    matters.router,
    decisions.router,
    deciding.router,
    notices.router,
    appeals.router,
    appeal_acts.router,
    appeal_talk.router,
    disputes.router,
    clocks.router,
    misuse.router,
    contacts.router,
    procedure.router,
    retention.router,
    log.router,
    register.router,
    replies.router,
    people.router,
    keys.router,
    institution.router,
    overview.router,
    hooks.router,
)


class Version1(NinjaAPI):
    """The API, whose description says more than ninja's."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:  # noqa: ANN401 - as ninja declares it
        """The description."""
        return described(super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params))


def _made() -> Version1:
    api = Version1(
        title="Adjudge",
        version="1",
        description="Decisions about who may advertise what, with their reasons.\n\nEvery request may bear "
        "`Accept-Language`: problems come in the first of its languages that there is, "
        "and so do texts of policies. What holds for all requests stands in docs/guides/api.md.",
        docs_url=None,
        openapi_url=None,  # ninja's own would make it anew for everybody who asks, and count nobody
        auth=Key(),
        parser=Exact(),
        urls_namespace="api",
    )
    for router in _ROUTERS:
        _longer_first(router)
        api.add_router("", router)
    handle_errors(api)
    return api


def _longer_first(router: Router) -> None:
    """Ids may hold slashes: an address that ends in one is looked at after those that go on behind it."""
    found = sorted(router.path_operations.items(), key=lambda item: _ENDS_IN_ID.search(item[0]) is not None)
    router.path_operations = dict(found)


API = _made()
ADDRESSES: list[URLPattern | URLResolver] = [
    path(f"{PREFIX}openapi.json", description_page(API.get_openapi_schema)),
    path(PREFIX, API.urls),
]
