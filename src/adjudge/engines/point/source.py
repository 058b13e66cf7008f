"""Rules to the source of one Python function over one long integer of masks.

Built from the checked core only: every name is made here, and what a policy says (values, patterns, leaves) reaches the
code as constants of its namespace, never as text. The code is flat: for each fact one look-up and one `|`, then a few
operations that join the lanes of all rules at once (`adjudge.engines.point.lanes`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.basis.mask import NOTHING_KNOWN, WORDS, mask_of
from adjudge.engines.point.bands import Bands
from adjudge.engines.point.closures import Known, function_of
from adjudge.engines.point.lanes import BITS, Layout, Leaf, Spot, lay_out
from adjudge.engines.point.quick import Call, Test, constant_value, quick_test, simple_constant
from adjudge.engines.point.readings import Weighed, by_leaf, masks_by_weight, several, weighed
from adjudge.engines.point.weigh import RECORD, Context, weigher
from adjudge.facts.type import Simple
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.language.core import Atom, Condition, Member, compared_with

_NO_TIME = Instant(0)
_ALL_BITS = WORDS - 1


@dataclass(slots=True)
class Constants:
    """Values that generated code reads by name; the only way in which a policy's content reaches it."""

    namespace: dict[str, object] = field(default_factory=dict)

    def name(self, value: object) -> str:
        """A new name for a value."""
        name = f"K{len(self.namespace)}"
        self.namespace[name] = value
        return name


@dataclass(slots=True)
class _Group:
    """The quick leaves of one fact, each once for all rules that hold it."""

    tests: list[tuple[Test, Weighed]] = field(default_factory=list)
    members: list[tuple[object, Weighed]] = field(default_factory=list)
    atoms: list[Atom] = field(default_factory=list)


class Writer:
    """Writes `evaluate(own, above, evidence, now, failures)`, which gives the lanes of the parts as one integer.

    `own` and `above` are the settled facts of the subject and of its advertiser (of an advertiser the same), `evidence`
    both of them by fact, for what takes the general way.
    """

    def __init__(self, parts: Sequence[tuple[int, str, Condition]], context: Context) -> None:
        """Lay out the parts: the number of the rule, the name of the part, the condition."""
        self.context = context
        self.constants = Constants()
        self.layout: Layout = lay_out(parts)
        self.groups: dict[FactName, _Group] = {}
        self.general: list[Spot] = []
        for leaf, spots in _by_leaf(self.layout.spots).items():
            self._sort(leaf, spots)

    def _sort(self, leaf: Leaf, spots: list[Spot]) -> None:
        """A leaf to the quick ones of its fact, or to the general ones."""
        if isinstance(leaf, Atom) and len(leaf.facts) == 1:
            test = quick_test(leaf, self.context.facts[leaf.facts[0]], self.context.entries)
            if test is not None:
                group = self.groups.setdefault(leaf.facts[0], _Group())
                group.tests.append((test, weighed(weigher(leaf, self.context), spots)))
                group.atoms.append(leaf)
                return
        if isinstance(leaf, Member):
            value = simple_constant(leaf.value, self.context.facts[leaf.fact], self.context.entries)
            if value is not None:
                group = self.groups.setdefault(leaf.fact, _Group())
                group.members.append((value, weighed(weigher(leaf, self.context), spots)))
                return
        self.general += spots

    def finish(self) -> str:
        """The source."""
        lines = [f"x = {self.constants.name(self.layout.start)}"]
        for name, group in sorted(self.groups.items()):
            lines += self._members(name, group) if group.members else self._atoms(name, group)
        for spot in self.general:
            lines.append(self._general(spot))
        lines += self._joins()
        return "def evaluate(own, above, evidence, now, failures):\n" + "".join(
            f"    {line}\n" for line in lines
        )

    # --- leaves ---

    def _get(self, fact: Fact) -> str:
        of = "above" if fact.kind is Kind.ADVERTISER else "own"
        return f"e = {of}.get({self.constants.name(fact.full_name)})"

    def _atoms(self, name: FactName, group: _Group) -> Iterable[str]:
        """A single-valued fact: a row by its value and weight, if it has one of each and nobody denies it."""
        fact = self.context.facts[name]
        bands = Bands([(test, leaf.row) for test, leaf in group.tests])
        silent = 0
        for atom, (_, leaf) in zip(group.atoms, group.tests, strict=True):
            silent |= leaf.row.stored(self._silence(atom, fact))
        compared = [self._compared(atom) for atom in group.atoms]
        read = several(fact, bands, [leaf for _, leaf in group.tests], compared)
        yield self._get(fact)
        yield "if e is None:"
        yield f"    x |= {self.constants.name(silent)}"
        yield "else:"
        yield "    s = e.sole"
        # A complete record speaks beside claims of less weight than its own.
        weak = f" or s[1] < {RECORD}" if fact.complete else ""
        yield f"    if s is None{weak}:"
        yield f"        x |= {self.constants.name(read)}(e, now, failures)"
        yield "    else:"
        yield "        v, w = s"
        for line in self._row(bands):
            yield f"        {line}"

    def _compared(self, atom: Atom) -> tuple[Value, ...]:
        """The constants of `f == c` or `f in [..]`; a quick atom's have values that Python compares rightly."""
        expr = compared_with(atom)
        value = None if expr is None else constant_value(expr, self.context.entries)
        if value is None:
            return ()
        return value if isinstance(value, tuple) else (value,)  # type: ignore[return-value]  # simple values

    def _row(self, bands: Bands) -> Iterable[str]:
        if bands.tests:
            index = self.constants.name(bands.index)
            rows, fill = self.constants.name(bands.rows), self.constants.name(bands.fill)
            if bands.cuts:
                yield f"i = {index}.get(v)"
                yield "if i is None:"
                yield f"    i = bisect({self.constants.name(bands.cuts)}, v)"
            else:
                yield f"i = {index}.get(v, 0)"
            yield f"r = {rows}[w].get(i)"
            yield f"x |= {fill}(w, i) if r is None else r"
        for number, (test, _) in enumerate(bands.called):
            assert isinstance(test, Call)  # noqa: S101 - for the type checker
            pairs = self.constants.name(tuple(by_weight[number] for by_weight in bands.called_rows))
            yield f"x |= {pairs}[w][{self.constants.name(test.holds)}(v)]"

    def _members(self, name: FactName, group: _Group) -> Iterable[str]:
        """A many-valued fact: what rises with a value by one look-up for each value, what falls leaf by leaf."""
        fact = self.context.facts[name]
        silent = 0
        risen: list[dict[object, int]] = [{} for _ in range(6)]
        falling = []
        for value, leaf in group.members:
            rise, fall = leaf.row.parted()
            masks = masks_by_weight(leaf, value, name)
            silent |= rise.stored(masks[0])
            for weight, mask in enumerate(masks):
                risen[weight][value] = risen[weight].get(value, 0) | rise.stored(mask)
            if fall.factors:
                falling.append((value, tuple(fall.stored(mask) for mask in masks)))
        silent_all = silent
        for _, rows in falling:
            silent_all |= rows[0]
        yield self._get(fact)
        yield "if e is None:"
        yield f"    x |= {self.constants.name(silent_all)}"
        yield "elif e.denied or e.none:"
        read = by_leaf(fact, [leaf for _, leaf in group.members])
        yield f"    x |= {self.constants.name(read)}(e, now, failures)"
        yield "else:"
        yield f"    x |= {self.constants.name(silent)}"
        yield "    s = e.asserted"
        yield "    for v, w in s.items():"
        yield f"        x |= {self.constants.name(risen)}[w].get(v, 0)"
        for value, rows in falling:
            yield f"    x |= {self.constants.name(rows)}[s.get({self.constants.name(value)}, 0)]"

    def _general(self, spot: Spot) -> str:
        """A call of the general way, made at the place of use, so that its errors know rule and part."""
        weigh = self.constants.name(weigher(spot.leaf, self.context))
        report = f"report(failures, {spot.rule}, {self.constants.name(spot.part)})"
        return f"x |= {self.constants.name(spot.form)}[{weigh}(evidence, NONE, now, {report})] << {spot.bit}"

    def _silence(self, atom: Atom, fact: Fact) -> int:
        """The mask of an atom where nothing is claimed of its fact. LANGUAGE.md 3.4."""
        if not fact.complete:
            return NOTHING_KNOWN
        if fact.type is not Simple.BOOL:
            return mask_of(0, RECORD)
        truth = function_of(atom.expr, self.context.entries)
        # A quick atom reads neither variables nor the time, so any will do.
        holds = truth(Known({fact.full_name: False}, {}, _NO_TIME))
        return mask_of(RECORD, 0) if holds else mask_of(0, RECORD)

    # --- lanes ---

    def _joins(self) -> Iterable[str]:
        """The lanes of ANDs turned over, then each row of ORs joined to the parts."""
        layout = self.layout
        yield f"x ^= {self.constants.name(layout.complemented)}"
        if layout.extra:
            yield f"z = unpack((x >> {layout.first_extra}).to_bytes({layout.extra * BITS // 8}, 'little'))"
        yield f"a = x & {self.constants.name((1 << layout.width) - 1)}"
        for row in range(1, layout.rows + 1):
            yield f"a &= x >> {row * layout.width}"
        for number, join in enumerate(layout.joins):
            yield f"n{number} = z[{join.lane}]"
            for below in join.below:
                yield f"n{number} {'&' if join.is_and else '|'}= n{below}"
        for part, number in layout.ends:
            others = ((1 << layout.width) - 1) ^ (_ALL_BITS << part * BITS)
            yield f"a &= {self.constants.name(others)} | n{number} << {part * BITS}"
        yield "return a"


def _by_leaf(spots: Iterable[Spot]) -> dict[Leaf, list[Spot]]:
    found: dict[Leaf, list[Spot]] = {}
    for spot in spots:
        found.setdefault(spot.leaf, []).append(spot)
    return found
