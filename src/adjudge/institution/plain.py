"""Trees of the log hold texts only: numbers, instants and enumerations written as texts, and nothing else changed."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, read_json
from adjudge.errors import BugError


def textual(tree: object) -> Json:
    """A tree without numbers, as the log writes it. Raises BugError for what cannot stand in JSON."""
    match tree:
        case None | bool():
            return tree
        case str():
            return str(tree)
        case int() | Decimal() | Instant():
            return str(tree)
        case Mapping():
            return {str(key): textual(item) for key, item in tree.items()}
        case Sequence():
            return [textual(item) for item in tree]
        case set() | frozenset():
            return [textual(item) for item in sorted(tree)]
        case _:
            raise BugError(f"{type(tree).__name__} cannot stand in the log")


def as_text(tree: Mapping[str, object]) -> str:
    """What came from outside as a JSON text: sealed whole, so that its numbers are what they were."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def from_text(text: str) -> dict[str, Plain]:
    """What `as_text` wrote. Raises BugError for anything else."""
    found = read_json(text, ProblemLog(), "sealed")
    if found is None or not isinstance(found[0], dict):
        raise BugError("a sealed text cannot be read any more")
    return found[0]
