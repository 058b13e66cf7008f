"""For what the values that were tried stand: ranges, where the conditions only compare the fact or the field.

Not a guess: the ends of ranges are those of the conditions, and all values of a range are on the same side of each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from adjudge.basis.ids import FactName
from adjudge.facts.type import RecordType, Type
from adjudge.facts.value import Record, Value
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import Bound, FactValue, FieldValue, Member
from adjudge.language.operators import Concrete
from adjudge.recourse.action import Choice
from adjudge.recourse.cuts import Around, Comparison, ComputedError, Part, comparisons
from adjudge.recourse.ranges import (
    ORDERED,
    FieldRange,
    Range,
    RecordRanges,
    Spread,
    cell,
    cut_of,
    is_point,
    point,
    united,
)
from adjudge.recourse.reader import Reader, atom_of

Ends = tuple[tuple[Concrete, bool], ...]


class Spreads:
    """Finds the spreads of choices; the ends of each fact and field are worked out once."""

    def __init__(
        self,
        facts: Mapping[FactName, Fact],
        readers: Mapping[FactName, Sequence[Reader]],
        claimed: Mapping[FactName, Sequence[Value]],
        around: Around,
    ) -> None:
        """`readers` are the leaves that read each fact; of `claimed` values each has an effect of its own."""
        self._facts, self._readers, self._claimed, self._around = facts, readers, claimed, around
        self._known: dict[tuple[FactName, str], tuple[Ends, tuple[FactName, ...]] | None] = {}

    def spread(self, name: FactName, choice: Choice) -> Choice:
        """A choice with what it stands for."""
        kind = self._facts[name].type
        if isinstance(kind, RecordType):
            return replace(choice, spread=self._of_records(name, kind, choice))
        found = self._ends(name, "") if kind in ORDERED else None
        if found is None:
            return choice
        claimed = ((value, side) for value in self._claimed.get(name, ()) for side in (False, True))
        ends = (*found[0], *claimed)
        ranges = united(_range(kind, value, ends) for value in choice.all)
        return replace(choice, spread=Spread(ranges, beside=found[1]))

    def _of_records(self, name: FactName, kind: RecordType, choice: Choice) -> Spread:
        fields = [
            (field, inner) for field, inner in kind.fields if inner in ORDERED and field not in choice.unread
        ]
        ends = {field: found for field, _ in fields if (found := self._ends(name, field)) is not None}
        records = []
        for value in choice.all:
            if isinstance(value, Record):
                read = [(field, inner) for field, inner in fields if field in ends]
                inside = tuple(_fields(value, read, ends))
                records += [RecordRanges(value, inside)] if inside else []
        beside = sorted({fact for _, facts in ends.values() for fact in facts})
        return Spread(records=tuple(records), beside=tuple(beside))

    def _ends(self, name: FactName, field: str) -> tuple[Ends, tuple[FactName, ...]] | None:
        """Where the effect of a fact, or of a field of it, changes; None where something is computed with it."""
        key = name, field
        if key not in self._known:
            try:
                self._known[key] = self._found(name, field)
            except ComputedError:
                self._known[key] = None
        return self._known[key]

    def _found(self, name: FactName, field: str) -> tuple[Ends, tuple[FactName, ...]]:
        ends: dict[tuple[str, bool], tuple[Concrete, bool]] = {}
        beside: set[FactName] = set()
        for reader in self._readers[name]:
            if isinstance(reader.leaf, Member):
                if field:
                    raise ComputedError  # whole records are compared
                both = () if reader.compared is None else ((reader.compared, side) for side in (False, True))
                ends |= {(repr(value), side): (value, side) for value, side in both}
                continue
            for comparison in _comparisons(reader, name, field):
                beside |= set(comparison.beside)
                ends |= {
                    (repr(value), above): (value, above) for value, above in comparison.ends(self._around)
                }
        return tuple(ends.values()), tuple(sorted(beside - {name}))


def alone(choice: Choice) -> Choice:
    """A value that is claimed already stands for itself."""
    value = choice.value
    if isinstance(value, bool | str | Record):
        return choice
    return replace(choice, spread=Spread((point(value),)))


def _comparisons(reader: Reader, name: FactName, field: str) -> Iterator[Comparison]:
    atom = atom_of(reader.leaf)
    if atom is None:
        return
    root: Part = Bound(reader.variable) if reader.ranged == name else FactValue(name)
    part = FieldValue(root, field) if field else root
    variables = {reader.variable: reader.ranged} if reader.ranged is not None else {}
    yield from comparisons(atom.expr, part, variables)


def _range(kind: Type, value: Value, ends: Ends) -> Range:
    cuts = (cut_of(kind, at, above=above, like=value) for at, above in ends)
    return cell(value, [cut for cut in cuts if cut is not None])


def _fields(
    record: Record, fields: Iterable[tuple[str, Type]], ends: Mapping[str, tuple[Ends, tuple[FactName, ...]]]
) -> Iterator[FieldRange]:
    for field, inner in fields:
        value = record.get(field)
        if value is not None and not is_point(found := _range(inner, value, ends[field][0])):
            yield FieldRange(field, found)
