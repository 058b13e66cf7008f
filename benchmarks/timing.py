"""Times of things done again and again, and how they are printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(slots=True)
class Times:
    """The seconds that something took, each time that it was done."""

    seconds: list[float] = field(default_factory=list)

    def take(self, act: Callable[[], object]) -> None:
        """Do it once more."""
        start = perf_counter()
        act()
        self.seconds.append(perf_counter() - start)

    def at(self, share: float) -> float:
        """A percentile, in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    @property
    def rate(self) -> float:
        """How often in a second."""
        return len(self.seconds) / sum(self.seconds)


def in_turn(ways: dict[str, Sequence[Callable[[], object]]]) -> dict[str, Times]:
    """Do the first of every way, then the second of every way, so that a busy moment meets all of them."""
    times = {name: Times() for name in ways}
    for number in range(max(map(len, ways.values()))):
        for name, acts in ways.items():
            if number < len(acts):
                times[name].take(acts[number])
    return times


def heading(name: str, *columns: str) -> None:
    """The first line of a table."""
    print(f"\n{name:58}" + "".join(f"{column:>12}" for column in columns))


def line(name: str, *figures: float | str) -> None:
    """One line of a table."""
    cells = (f"{item:>12}" if isinstance(item, str) else f"{item:>12,.{_digits(item)}f}" for item in figures)
    print(f"{name:58}" + "".join(cells))


def _digits(figure: float) -> int:
    return 0 if figure >= 1_000 else 1 if figure >= 10 else 2  # noqa: PLR2004 - about three digits
