"""Where in the code something went wrong, without a value of what it was about: no texts, no ids, no addresses.

Not the message of the error either, unless its kind speaks of our code or of the machine alone.
"""

import traceback
from collections.abc import Iterator
from types import TracebackType

from django.db import InterfaceError, OperationalError

Raised = tuple[type[BaseException], BaseException, TracebackType | None]
OF_CODE = (
    TypeError,
    AttributeError,
    NameError,
    ImportError,
    NotImplementedError,
    RecursionError,
    ZeroDivisionError,
    OperationalError,
    InterfaceError,
)
"""Kinds whose words name types, modules and places of the machine."""
MOST = 10
"""Errors of a chain that are told."""


def trace_of(error: BaseException) -> str:
    """The way to an error and to those from which it came, each with its kind; the first cause first."""
    return "\n".join(line for item in reversed(list(_chain(error))) for line in _lines(item)).rstrip()


def _chain(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen and len(seen) < MOST:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line or ''}".rstrip(": ")
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    yield f"{kind}{_words(error)}"


def _words(error: BaseException) -> str:
    if isinstance(error, OF_CODE):
        return f": {error}".rstrip()
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    return ""
