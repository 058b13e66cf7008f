"""Lists in parts: gone through as one, or part by part."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Page(Generic[S]):
    """A part of a list. `next` leads to the following one, and is None at the end."""

    items: tuple[S, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Listing(Generic[S]):
    """A list that is asked for as it is gone through. Each time it is gone through, it is asked for anew."""

    ask: Callable[[str], Page[S]]
    """What gives the part that a cursor leads to; an empty one leads to the first."""

    def __iter__(self) -> Iterator[S]:
        """All items."""
        for part in self.parts():
            yield from part.items

    def parts(self, cursor: str = "") -> Iterator[Page[S]]:
        """The parts, from a cursor on. One may have no items and yet be followed by others."""
        while True:
            part = self.ask(cursor)
            yield part
            if part.next is None:
                return
            cursor = part.next
