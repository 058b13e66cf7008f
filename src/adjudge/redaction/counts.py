"""Statistics of the register: counts of public decisions, with small ones withheld so that none follows from others.

A count below the least that the terms tell is withheld; where it alone were, the next greater one is withheld too,
since a total would give it away. Nought is told: that nothing happened says nothing of anybody.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.redaction.cells import EVERYWHERE, MANY, Cell, read_cell

ENDINGS = ("reversed", "varied", "upheld", "granted")
SPANS: tuple[tuple[str, int], ...] = (
    ("week", 7),
    ("two_weeks", 14),
    ("month", 30),
    ("three_months", 91),
    ("longer", 0),
)
"""How long an appeal took: a name, and up to how many days; the last has no end."""
STATES = ("stands", "over", "lifted", "superseded", "varied", "reversed", "lapsed", "no_measure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a table: by what it counts, and how many; None where the count is withheld."""

    key: tuple[str, ...]
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All tables. `total` is how many decisions were counted, `least` the smallest count that is told."""

    total: int | None
    least: int
    months: Sequence[Line]
    states: Sequence[Line]
    rules: Sequence[Line]
    """By policy and rule: decisions that apply it."""
    countries: Sequence[Line]
    kinds: Sequence[Line]
    by_rule_and_kind: Sequence[Line]
    appeals: Sequence[Line]
    """By rule: how appeals ended, in the order of `ENDINGS`."""
    spans: Sequence[Line]
    missed: Sequence[Line]
    apart: Sequence[Line]
    """By rule: decisions that follow the rules, and those that depart from them to the milder side."""
    automated: Sequence[Line]


Key = tuple[str, ...]
Counted = Mapping[Key, int]


@dataclass(slots=True)
class Tally:
    """Decisions counted one by one, by their cells: counts alone, however many decisions there are.

    `plain` has the tables of one count by name, `wide` those of several.
    """

    total: int = 0
    plain: dict[str, Counter[Key]] = field(default_factory=lambda: {name: Counter() for name in _PLAIN})
    wide: dict[str, dict[Key, list[int]]] = field(default_factory=lambda: {name: {} for name in _WIDE})

    def add(self, cell_text: str, at: str, kept_out: Collection[str] = ()) -> None:
        """Count a decision by its cell, as it stands at a time; nothing of what is not public, which has none.

        Nor of rules that are kept out, though the line still tells of them; of very many rules nobody can tell.
        """
        cell = read_cell(cell_text, at)
        if not cell_text or (kept_out and {*cell.rules} & {*kept_out, MANY}):
            return
        self.total += 1
        for name, keys in _PLAIN.items():
            self.plain[name].update(keys(cell))
        for name, (width, counts) in _WIDE.items():
            for rule in cell.rules:
                found = self.wide[name].setdefault((cell.policy, rule), [0] * width)
                for place, number in enumerate(counts(cell)):
                    found[place] += number

    def figures(self, least: int) -> Figures:
        """The tables, small counts withheld."""
        plain = {name: _plain(counted, least, _ORDERS.get(name, ())) for name, counted in self.plain.items()}
        plain["by_rule_and_kind"] = _crossed(self.plain["by_rule_and_kind"], least)
        wide = {name: _table(sums, least) for name, sums in self.wide.items()}
        for name in _GREATEST_FIRST:
            plain[name] = _ranked(plain[name])
        return Figures(total=_alone(self.total, least), least=least, **plain, **wide)


# --- what each cell counts as ---


def _countries(cell: Cell) -> list[tuple[str, ...]]:
    return [(EVERYWHERE,)] if EVERYWHERE in cell.countries else [(code,) for code in cell.countries]


def _endings(cell: Cell) -> tuple[int, ...]:
    found = Counter(outcome for outcome, _ in cell.appeals)
    return tuple(found[name] for name in ENDINGS)


def _departure(cell: Cell) -> tuple[int, ...]:
    return (0, 1) if cell.departs else (1, 0)


def _span(days: int) -> str:
    return next((name for name, most in SPANS if most and days <= most), SPANS[-1][0])


_PLAIN: Mapping[str, Callable[[Cell], Iterable[Key]]] = {
    "months": lambda cell: [(cell.month,)],
    "states": lambda cell: [(cell.state,)],
    "rules": lambda cell: [(cell.policy, rule) for rule in cell.rules],
    "countries": _countries,
    "kinds": lambda cell: [(kind,) for kind in cell.kinds],
    "by_rule_and_kind": lambda cell: [
        (cell.policy, rule, kind) for rule in cell.rules for kind in cell.kinds
    ],
    "spans": lambda cell: [(_span(days),) for _, days in cell.appeals],
    "missed": lambda cell: [(kind,) for kind in cell.missed],
    "automated": lambda cell: [("automated" if cell.automated else "person",)],
}
"""The tables of one count: under which keys a decision counts."""
_WIDE: Mapping[str, tuple[int, Callable[[Cell], tuple[int, ...]]]] = {
    "appeals": (len(ENDINGS), _endings),
    "apart": (2, _departure),
}
"""The tables of several counts by rule: how many, and what a decision counts as in each."""
_ORDERS: Mapping[str, Sequence[str]] = {"states": STATES, "spans": [name for name, _ in SPANS]}
_GREATEST_FIRST = ("rules", "countries", "kinds")


# --- what is small withheld ---


def _plain(counted: Counted, least: int, order: Sequence[str] = ()) -> Sequence[Line]:
    keys = sorted(counted)
    if order:
        keys = sorted(counted, key=lambda key: order.index(key[0]) if key[0] in order else len(order))
    shown = shielded([counted[key] for key in keys], least)
    return [Line(key=key, counts=(count,)) for key, count in zip(keys, shown, strict=True)]


def _table(sums: Mapping[Key, Sequence[int]], least: int) -> Sequence[Line]:
    """Lines of several counts, small ones withheld."""
    keys = sorted(key for key, found in sums.items() if any(found))
    shown = _grid([sums[key] for key in keys], least)
    return [Line(key=key, counts=tuple(row)) for key, row in zip(keys, shown, strict=True)]


def _crossed(counted: Counted, least: int) -> Sequence[Line]:
    """Lines by rule and measure: the sums of a rule, and those of a measure, stand in tables of their own."""
    rows = sorted({key[:-1] for key in counted})
    columns = sorted({key[-1] for key in counted})
    shown = _grid([[counted.get((*row, column), 0) for column in columns] for row in rows], least)
    told = {
        (*row, column): count
        for row, counts in zip(rows, shown, strict=True)
        for column, count in zip(columns, counts, strict=True)
    }
    return [Line(key=key, counts=(told[key],)) for key in sorted(counted)]


def _grid(sums: Sequence[Sequence[int]], least: int) -> list[list[int | None]]:
    """Small counts withheld in each line, then in each column, until none follows from the others by a sum."""
    shown: list[list[int | None]] = [shielded(row, least) for row in sums]
    while True:
        before = [[*row] for row in shown]
        turned = [_shielded_more(column) for column in zip(*shown, strict=True)]
        shown = [_shielded_more(row) for row in zip(*turned, strict=True)]
        if shown == before:
            return shown


def shielded(counts: Sequence[int], least: int) -> list[int | None]:
    """The counts, with None for what is withheld: small ones; and, where it was one alone, the least of the others.

    Where the sum of what is withheld is small itself, a further one goes with it: the sum may be known.
    """
    shown: list[int | None] = [None if 0 < count < least else count for count in counts]
    while True:
        hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
        if not hidden or (len(hidden) > 1 and sum(hidden) >= least):
            return shown
        left = [count for count in shown if count]
        if not left:
            return shown
        # All of one size go together: which of them went first must not depend on their order.
        shown = [None if count == min(left) else count for count in shown]


def _shielded_more(column: Sequence[int | None]) -> list[int | None]:
    """A column in which one count alone is withheld would give it away by its sum: others are withheld too."""
    told = [count for count in column if count]
    if list(column).count(None) != 1 or not told:
        return list(column)
    return [None if count == min(told) else count for count in column]


def _alone(count: int, least: int) -> int | None:
    return None if 0 < count < least else count


def _ranked(lines: Sequence[Line]) -> Sequence[Line]:
    """The greatest first; what is withheld last, by name, so that the place tells nothing of it."""
    return sorted(lines, key=lambda line: (line.counts[0] is None, -(line.counts[0] or 0), line.key))
