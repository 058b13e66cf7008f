"""Forms read from JSON and written to it, by the types of their fields.

What a newer institution says beyond a form is passed over; what a form needs and is missing is an error.
"""

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Self, TypeVar, Union, get_args, get_origin, get_type_hints

S = TypeVar("S")


class NoFormError(ValueError):
    """A tree of JSON has not what a form needs: whoever sent it is not whom this client was made for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What all forms have. `etag` is the tag under which it was read: hand it on as `seen` when changing the thing."""

    etag: str = field(default="", compare=False, repr=False)

    @classmethod
    def from_json(cls, told: object, etag: str = "") -> Self:
        """The form of a tree of JSON. Raises NoFormError where it has not what the form needs."""
        found: Self = _form(cls, told, etag)
        return found

    def to_json(self) -> dict[str, Any]:
        """The tree of JSON; what is None is left to the institution."""
        form: Any = type(self)
        optional = _optional(form)
        found = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "etag"}
        return {
            _outer(name): to_json(value)
            for name, value in found.items()
            if value is not None or name not in optional
        }


def to_json(value: object) -> Any:  # noqa: ANN401 - a tree of JSON
    """A value as a tree of JSON."""
    if isinstance(value, Shape):
        return value.to_json()
    if isinstance(value, Mapping):
        return {str(name): to_json(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_json(item) for item in value]
    return value


def from_json(form: type[S], told: object) -> S:
    """A value of a type, of a tree of JSON. Raises NoFormError."""
    found: S = _value(form, told)
    return found


def _form(form: Any, told: object, etag: str = "") -> Any:  # noqa: ANN401 - any form
    if not isinstance(told, dict):
        raise NoFormError(f"the answer is no {form.__name__}")
    hints = _hints(form)
    given: dict[str, Any] = {"etag": etag}
    for name, hint in hints.items():
        outer = _outer(name)
        if outer in told and name != "etag":
            given[name] = _value(hint, told[outer])
    missing = _required(form) - given.keys()
    if missing:
        raise NoFormError(f"the answer lacks {', '.join(sorted(missing))} of {form.__name__}")
    return form(**given)


def _value(hint: Any, told: Any) -> Any:  # noqa: ANN401 - types and JSON
    """A value of a type. Texts and numbers are taken as they come: a newer institution may know further words."""
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _form(hint, told)
    if origin in {Union, types.UnionType}:
        return _either(inner, told)
    if origin in {tuple, Sequence} and isinstance(told, list):
        return tuple(_value(inner[0], item) for item in told)
    if origin is Mapping and isinstance(told, dict):
        return {name: _value(inner[1], item) for name, item in told.items()}
    return told


def _either(options: tuple[Any, ...], told: Any) -> Any:  # noqa: ANN401 - types and JSON
    """Of several types the first that takes it; as it came where none does."""
    if told is None and types.NoneType in options:
        return None
    for option in options:
        if option is types.NoneType or (get_origin(option) is Literal and told not in get_args(option)):
            continue
        try:
            return _value(option, told)
        except NoFormError:
            continue
    return told


def _outer(name: str) -> str:
    """A name as it travels: here a word of Python has a line behind it."""
    return name.removesuffix("_")


@cache
def _hints(form: type[Any]) -> dict[str, Any]:
    return get_type_hints(form)


@cache
def _required(form: type[Any]) -> frozenset[str]:
    return frozenset(_names(form, required=True))


@cache
def _optional(form: type[Any]) -> frozenset[str]:
    return frozenset(_names(form, required=False))


def _names(form: type[Any], *, required: bool) -> list[str]:
    return [
        item.name
        for item in fields(form)
        if (item.default is MISSING and item.default_factory is MISSING) is required
    ]
