"""Every operation of the API as its description has it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from adjudge.api.site import API, PREFIX
from adjudge.people.act import Act


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its name, where it stands, and the act whose right it needs (None where everybody has it)."""

    name: str
    method: str
    path: str
    act: Act | None
    told: Mapping[str, Any]

    @property
    def public(self) -> bool:
        """Whether no key is asked for."""
        return not self.told.get("security")

    @property
    def writes(self) -> bool:
        return bool(self.told.get("x-writes"))

    @property
    def matches(self) -> bool:
        return any(item["name"] == "If-Match" for item in self.told.get("parameters", ()))

    @property
    def names(self) -> list[str]:
        """The names in its address."""
        return [item["name"] for item in self.told.get("parameters", ()) if item["in"] == "path"]


@cache
def description() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=f"/{PREFIX}")))
    return told


def operations() -> Iterator[Operation]:
    for path, methods in description()["paths"].items():
        for method, told in methods.items():
            act = Act(told["x-act"]) if told.get("x-act") else None
            yield Operation(told["operationId"], method.upper(), path, act, told)
