"""Bodies of requests: JSON as all our readers take it, with exact numbers, and nothing that JSON does not have.

Not the forms: those are checked afterwards. A number with a fraction is a decimal and never a float; where it stands in
a tree that a procedure takes whole, it becomes its text, as it would from a file.
"""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from adjudge.api.failure import RequestError
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, read_json
from adjudge.basis.said import say
from adjudge.institution.house import refused
from adjudge.institution.material.subjects import finding_of
from adjudge.institution.plain import as_text

LARGEST_TREE = 400_000
"""Bytes of one subject, claim or description, as the log writes it."""


class Exact(Parser):
    """Reads bodies for the framework."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 - any tree of JSON
        """The tree. Raises RequestError with what is wrong in it."""
        return json_of(request.body, say("the body"))


def json_of(content: bytes, what: str) -> Plain:
    """Bytes as a tree of JSON. Raises RequestError with what is wrong in them."""
    log = ProblemLog()
    try:
        found = read_json(content.decode(), log, what)
    except UnicodeDecodeError:
        found = None
    if found is None:
        hint = say("send JSON in UTF-8, with its length")
        message = say("the body cannot be read as JSON")
        raise RequestError(
            400, "unreadable-body", message, hint=hint, findings=tuple(map(finding_of, log.problems))
        )
    return found[0]


def exact(tree: dict[str, Any]) -> dict[str, Plain]:
    """A tree from a body as a procedure takes it. Raises RefusedError where it is too large for one entry."""
    found = {key: _exact(item) for key, item in tree.items()}
    if len(as_text(found).encode()) > LARGEST_TREE:
        message = say("at most {most} bytes come in at once", most=LARGEST_TREE)
        raise refused("too-much", message, say("split them"))
    return found


def _exact(tree: Any) -> Plain:  # noqa: ANN401 - any tree of JSON
    match tree:
        case dict():
            return {str(key): _exact(item) for key, item in tree.items()}
        case list():
            return [_exact(item) for item in tree]
        case bool() | int() | str() | None:
            return tree
        case Decimal():
            return str(tree)
        case _:
            return str(tree)
