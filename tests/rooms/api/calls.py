"""Calls of the API in tests: by Django's client, in this process, with a key of one's own or a service key."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from adjudge.institution.staff.keys import make_key, make_own_key
from adjudge.people.act import Act
from tests.sites import Answered, Site

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Calls:
    """Who calls: a client with a key."""

    client: Client
    secret: str

    def get(self, path: str, **headers: str) -> Answered:
        return self.client.get(PREFIX + path, headers=self._headers(headers))

    def send(self, path: str, body: object = None, *, method: str = "POST", **headers: str) -> Answered:
        return self.client.generic(
            method,
            PREFIX + path,
            data=json.dumps(body if body is not None else {}),
            content_type="application/json",
            headers=self._headers(headers),
        )

    def upload(self, path: str, form: dict[str, Any], **headers: str) -> Answered:
        return self.client.post(PREFIX + path, data=form, headers=self._headers(headers))

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        bearer = {"authorization": f"Bearer {self.secret}"} if self.secret else {}
        return {"host": "localhost", **bearer, **named}


def calls_of(site: Site, name: str) -> Calls:
    """Calls by somebody's own key."""
    made = make_own_key(site.house, site.actor(name), "tests")
    return Calls(Client(), made.secret)


def service(site: Site, acts: Iterable[Act]) -> Calls:
    """Calls by a service key for some acts."""
    made = make_key(site.house, site.actor("administrator"), "a service", acts)
    return Calls(Client(), made.secret)


def stranger() -> Calls:
    """Calls without a key."""
    return Calls(Client(), "")


def told(answer: Answered) -> Any:  # noqa: ANN401 - JSON
    return json.loads(answer.content)
