"""What an address takes: the parts behind the question mark, the fields of a form, its files. All else is refused.

A filter that was mistyped must not show everything, and a field that was mistyped must not be dropped in silence.
Bodies of JSON are held to their forms, which refuse by themselves.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from ninja import params

from adjudge.api.answering import FIELDS
from adjudge.api.failure import RequestError
from adjudge.api.shapes.shape import Body
from adjudge.basis.said import Said, say

View = Callable[..., object]
_ANYWHERE = ("request", FIELDS)
_IN_BODY = (params.models.Form, params.models.File)


@dataclass(frozen=True, slots=True)
class Taken:
    """The names that a view reads: behind the question mark, of the fields of a form, of its files."""

    query: frozenset[str]
    fields: frozenset[str]
    files: frozenset[str]

    @classmethod
    def by(cls, view: View, path: str) -> "Taken":
        """What a view takes, by its own signature."""
        query: set[str] = set()
        fields: set[str] = set()
        files: set[str] = set()
        for name, parameter in inspect.signature(view).parameters.items():
            place = _place_of(parameter)
            if place is params.models.Form:
                fields |= _fields_of(name, parameter)
            elif place is params.models.File:
                files.add(name)
            elif name not in (*_ANYWHERE, "body") and not _in_path(name, path):
                query.add(_alias(parameter))
        return cls(frozenset(query), frozenset(fields), frozenset(files))

    def check(self, request: HttpRequest) -> None:
        """Raises RequestError for what nothing reads, and for a second one of which only the first would be read."""
        allowed = self.query | {FIELDS} if request.method in {"GET", "HEAD"} else self.query
        unknown = sorted(request.GET.keys() - allowed)
        if unknown:
            message = say("the address has parts that nothing reads: {names}", names=tuple(unknown))
            raise _refused("unknown-parameter", message, allowed)
        if self.fields or self.files:
            self._check_form(request)

    def _check_form(self, request: HttpRequest) -> None:
        unknown = sorted((request.POST.keys() - self.fields) | (request.FILES.keys() - self.files))
        if unknown:
            message = say("the form has parts that nothing reads: {names}", names=tuple(unknown))
            raise _refused("unread-part", message, self.fields | self.files)
        twice = [name for name in request.POST if len(request.POST.getlist(name)) > 1]
        twice += [name for name in request.FILES if len(request.FILES.getlist(name)) > 1]
        if twice:
            message = say(
                "the form has more than one of what is read once: {names}", names=tuple(sorted(twice))
            )
            raise RequestError(422, "unread-part", message, hint=say("send each once"))


def _refused(code: str, message: Said, allowed: Iterable[str]) -> RequestError:
    return RequestError(
        422, code, message, hint=say("choose among: {names}", names=tuple(sorted(allowed)) or ("–",))
    )


def _place_of(parameter: inspect.Parameter) -> type | None:
    """Where the framework reads a parameter from, where its annotation says so; None for the address."""
    further = getattr(parameter.annotation, "__metadata__", ())
    return next((kind for item in further for kind in _IN_BODY if isinstance(item, kind)), None)


def _fields_of(name: str, parameter: inspect.Parameter) -> set[str]:
    """The fields of a form that stand for a parameter: those of its class, or one of its own name."""
    kind = getattr(parameter.annotation, "__origin__", None)
    return set(kind.model_fields) if isinstance(kind, type) and issubclass(kind, Body) else {name}


def _in_path(name: str, path: str) -> bool:
    return f"{{{name}}}" in path or f":{name}}}" in path


def _alias(parameter: inspect.Parameter) -> str:
    """What a parameter is called in the address, where that is a word that Python keeps for itself."""
    further = getattr(parameter.annotation, "__metadata__", ())
    return next((item.alias for item in further if getattr(item, "alias", None)), parameter.name)
