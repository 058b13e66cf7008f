"""Long lists in pages, by number: which rows stand on the one asked for, and how many there are in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list. `total` counts the whole list."""

    rows: Sequence[T]
    number: int
    pages: int
    total: int


def paged(rows: Sequence[T], asked: str, *, most: int = PAGE) -> Paged[T]:
    """The page asked for; the first where what is asked for is no number, the last where there are fewer."""
    pages = max(1, -(-len(rows) // most))
    number = min(max(int(asked[:6]), 1), pages) if asked.isascii() and asked.isdigit() else 1
    return Paged(rows[(number - 1) * most : number * most], number, pages, len(rows))
