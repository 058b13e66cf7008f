"""Of a long list the quick suite tries some, and `make test-full` all."""

from collections.abc import Iterable
from typing import Any

import pytest

_GIVEN = type(pytest.param())


def some_of(values: Iterable[object], *, one_in: int, turn: int = 0) -> list[Any]:
    """The parameters of a test: one in so many is quick, beginning with the place `turn`, and the others are slow.

    Values may be parameters already. Tests of one list that take different turns try more of it between them.
    """
    return [value if place % one_in == turn else _slow(value) for place, value in enumerate(values)]


def _slow(value: object) -> object:
    if isinstance(value, _GIVEN):
        return pytest.param(*value.values, id=value.id, marks=[*value.marks, pytest.mark.slow])
    return pytest.param(value, marks=pytest.mark.slow)
