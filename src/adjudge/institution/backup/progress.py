"""Telling how far a long run is: a few words for what is under way, and how many of it are done."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from adjudge.basis.said import Said

T = TypeVar("T")
EVERY = 1_000
Progress = Callable[[Said, int], None]
"""What is under way, and how many of it are done."""


def silent(_what: Said, _done: int) -> None:
    """Tell nobody."""


def counted(items: Iterable[T], what: Said, progress: Progress) -> Iterator[T]:
    """The same items; before the first and every so many one is told."""
    progress(what, 0)
    for number, item in enumerate(items, 1):
        yield item
        if number % EVERY == 0:
            progress(what, number)
