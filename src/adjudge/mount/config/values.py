"""Every setting with its value and where that comes from. Not the values of secrets: only that they are set."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.said import Said, say, verbatim
from adjudge.settings.schema import SETTINGS
from adjudge.settings.secret_files import TWINS

HIDDEN = say("set, and not shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A setting as it is. `text` is None where it is a secret that is set."""

    name: str
    text: str | None
    source: Said


def values_of(environment: Mapping[str, str], data: Path | None = None) -> tuple[Value, ...]:
    """All of them, in the order of the reference page; `data` was named on the command line."""
    return tuple(_value(item.name, item.default, environment, data, secret=item.secret) for item in SETTINGS)


def _value(
    name: str, default: str, environment: Mapping[str, str], data: Path | None, *, secret: bool
) -> Value:
    if name == "ADJUDGE_DATA_DIR" and data is not None:
        return Value(name=name, text=str(data), source=say("the command line"))
    if given := environment.get(name):
        return Value(name=name, text=None if secret else given, source=say("the environment"))
    file = environment.get(f"{name}_FILE") if secret else ""
    if file:
        by = say("a file") if name in TWINS else say("a file, read when it is used")
        return Value(name=name, text=None, source=by)
    return Value(name=name, text=default, source=say("default") if default else verbatim("—"))
