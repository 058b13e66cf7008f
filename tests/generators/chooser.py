"""Where choices come from: a seeded generator for volume, Hypothesis where shrinking helps.

One grammar serves both. Choice 0 is always the plainest, so that what Hypothesis shrinks to is readable.
"""

import random
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Chooser(Protocol):
    """What a grammar asks."""

    def below(self, limit: int) -> int:
        """A whole number from 0, included, to `limit`, excluded."""
        ...

    def pick(self, items: Sequence[T]) -> T:
        """One of the items; the first is the plainest."""
        ...

    def chance(self, percent: int) -> bool:
        """Whether something that happens so often happens now."""
        ...


class Seeded:
    """Choices of a seeded generator: quick, and the same on every run."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - reproducible cases, not secrets

    def below(self, limit: int) -> int:
        return int(self._random() * limit)

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self._random() * len(items))]

    def chance(self, percent: int) -> bool:
        return self._random() * 100 < percent


class Drawn:
    """Choices that Hypothesis draws, and can shrink."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int]) -> None:
        self._draw = draw

    def below(self, limit: int) -> int:
        return self._draw(st.integers(0, limit - 1))

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def chance(self, percent: int) -> bool:
        return self.below(100) >= 100 - percent
