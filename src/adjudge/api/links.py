"""Which operation leads to which: links from what is listed, made or read to what takes its id.

Derived from names alone: the parameter `matter_id` takes the `id` of a `MatterShape`, and the field `matter` of others.
A list, what was just made and what names something else lead to what reads the thing; what reads it leads to all that
can be done with it, with the tag that was seen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_REF = "#/components/schemas/"
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MADE = "201"


@dataclass(frozen=True, slots=True)
class _Operation:
    """An operation with where it stands."""

    path: str
    method: str
    told: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """The names in its address."""
        return [item["name"] for item in self.told.get("parameters", ()) if item["in"] == "path"]

    def reads(self, parameter: str) -> bool:
        """Whether it reads the very thing that a name in its address stands for."""
        return self.method == "get" and self.path.endswith(f"{{{parameter}}}")

    def leads_to(self, act: "_Operation") -> bool:
        """Whether it reads what an act is done to, so that its tag is what the act compares."""
        is_same = self.names == act.names
        return is_same and self.method == "get" and f"{act.path}/".startswith(f"{self.path}/")

    @property
    def matches(self) -> bool:
        """Whether it holds `If-Match` to what is there."""
        return any(item["name"] == "If-Match" for item in self.told.get("parameters", ()))


def linked(described: dict[str, Any]) -> None:
    """Put the links into a description."""
    schemas = described["components"]["schemas"]
    operations = [
        _Operation(path, method, told)
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    ]
    takers = [item for item in operations if len(item.names) == 1]
    for operation in operations:
        for status, response in operation.told["responses"].items():
            links = dict(_links(operation, status, response, takers, schemas))
            if links:
                response["links"] = links


def _links(
    operation: _Operation,
    status: str,
    response: Mapping[str, Any],
    takers: list[_Operation],
    schemas: Mapping[str, Any],
) -> Iterator[tuple[str, dict[str, Any]]]:
    if not status.startswith("2"):
        return
    name = _form_of(response)
    inner = _item_of(schemas.get(name, {}))
    form, pointer = (inner, "/items/0") if inner else (name, "")
    fields = schemas.get(form, {}).get("properties", {})
    reads = operation.method == "get" and not inner
    if not reads and not inner and status != _MADE:
        return
    for taker in takers:
        parameter = taker.names[0]
        is_it = "id" in fields and (operation.reads(parameter) or parameter == f"{_noun(form)}_id")
        field = "id" if is_it else _reference(parameter, fields)
        if (
            not field
            or taker.told is operation.told
            or (taker.method != "get" and not operation.leads_to(taker))
        ):
            continue
        given: dict[str, str] = {f"path.{parameter}": f"$response.body#{pointer}/{field}"}
        if taker.matches:
            given["header.If-Match"] = "$response.header.ETag"
        yield taker.told["operationId"], {"operationId": taker.told["operationId"], "parameters": given}


def _form_of(response: Mapping[str, Any]) -> str:
    """The name of the form of an answer, of the whole of it where parts can be asked for; empty without one."""
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    whole = schema["anyOf"][0] if "anyOf" in schema else schema
    return str(whole.get("$ref", "")).removeprefix(_REF)


def _item_of(form: Mapping[str, Any]) -> str:
    """The name of the form of a page's items; empty where it is no page."""
    fields = form.get("properties", {})
    if set(fields) != {"items", "next"}:
        return ""
    return str(fields["items"].get("items", {}).get("$ref", "")).removeprefix(_REF)


def _noun(form: str) -> str:
    """What a form is of: a `MatterShape` of a `matter`."""
    return _BOUNDARY.sub("_", form.removesuffix("Shape")).lower()


def _reference(parameter: str, fields: Mapping[str, Any]) -> str:
    """The field that names something else, by what takes it; empty where there is none."""
    return next((name for name in (parameter, parameter.removesuffix("_id")) if name in fields), "")
