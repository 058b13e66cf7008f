"""What is to be computed for one kind of subject at V and K: rules, steps, leaves, and how each leaf is read.

The public surface for every engine that works on columns (the kernel beside this, SQL, backtests):

- `plan_of(package, kind, valid_at, known_at, territory)` gives a `Plan`; `plan_for(rules, context, valid_at)` one of
  any rules.
- `Plan.rules` are the rules in force, sorted by id; `Plan.parts` their conditions in order: the `when` of each rule,
  then its exceptions, each with the number of the step (`Plan.program.steps`) that gives its column of masks.
- `Plan.leaves` says of each leaf which facts it reads. `Reading.ALONE`: one fact, and nothing of the evidence matters
  but, for every value, its class (`adjudge.engines.bulk.classes`) and its weights. `Reading.JOINT`: several facts, so
  that the values themselves matter. `Reading.FIXED`: no fact; the mask is the same for all.
- `Leaf.weigh` is the exact general way from evidence to a mask, shared with the point engine.
- `Plan.facts` are the facts that are read at all: claims about others need not be looked at.

Not bound to numpy or SQL, and nothing here looks at a claim. Everything that the language can say can be planned; what
could not would be refused here with its reason, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.engines.bulk.program import Leaf as LeafCondition
from adjudge.engines.bulk.program import Program
from adjudge.engines.point.closures import Entries
from adjudge.engines.point.weigh import Context, Weigh, weigher
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.language.core import Atom, facts_of, leaves
from adjudge.language.expression.syntax import Place
from adjudge.language.operators import Concrete
from adjudge.language.package import Dated, Package, Rule, Written


class Reading(Enum):
    """How the mask of a leaf follows from evidence."""

    FIXED = auto()
    ALONE = auto()
    JOINT = auto()


@dataclass(frozen=True, slots=True)
class PlannedLeaf:
    """A distinct leaf of the conditions."""

    number: int
    condition: LeafCondition
    facts: tuple[FactName, ...]
    reading: Reading
    weigh: Weigh


class Spot(NamedTuple):
    """Where a leaf stands in a part, for errors: its number, and its place in the text of the condition."""

    leaf: int
    place: Place


@dataclass(frozen=True, slots=True)
class Part:
    """A condition of a rule: its `when`, or the exception of that id; `step` gives its column."""

    rule: int
    name: str
    step: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Plan:
    """The rules of one kind of subject, ready to be evaluated over columns as of `now`."""

    kind: Kind
    now: Instant
    rules: tuple[Rule, ...]
    parts: tuple[Part, ...]
    program: Program
    leaves: tuple[PlannedLeaf, ...]
    context: Context

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that leaves read, sorted by name."""
        names = sorted({name for leaf in self.leaves for name in leaf.facts})
        return tuple(self.context.facts[name] for name in names)

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """The step of each part."""
        return tuple(part.step for part in self.parts)

    @cached_property
    def part_numbers(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """For each rule the number of its `when` among the parts, and those of its exceptions."""
        found: list[tuple[int, list[int]]] = []
        for number, part in enumerate(self.parts):
            if part.rule == len(found):
                found.append((number, []))
            else:
                found[part.rule][1].append(number)
        return tuple((when, tuple(unless)) for when, unless in found)


def plan_of(
    package: Package, kind: Kind, valid_at: Instant, known_at: Instant, territory: str | None
) -> Plan:
    """The plan of a package's rules for a kind of subject that apply at an instant in a territory."""
    rules = [rule for rule in package.in_force(valid_at, known_at, territory) if rule.subject is kind]
    return plan_for(kind, rules, context_at(package, valid_at), valid_at)


def context_at(package: Package, valid_at: Instant) -> Context:
    """The facts, and the lists and parameters in force at an instant. LANGUAGE.md 3.8."""
    vocabulary = package.vocabulary
    entries = Entries(
        _in_force(package, package.lists, valid_at),
        _in_force(package, package.params, valid_at),
        vocabulary.taxonomies,
    )
    return Context(vocabulary.facts, entries)


def _in_force(package: Package, table: Dated, at: Instant) -> dict[str, Concrete]:
    entries = ((name, package.entry(table, name, at)) for name in table)
    return {name: entry.value for name, entry in entries if entry is not None}


def plan_for(kind: Kind, rules: Sequence[Rule], context: Context, now: Instant) -> Plan:
    """The plan of some rules of one kind of subject."""
    program = Program()
    parts = [
        part
        for number, rule in enumerate(rules)
        for part in (
            _part(number, "when", rule.when, program),
            *(_part(number, item.id, item.when, program) for item in rule.unless),
        )
    ]
    planned = tuple(_planned(number, leaf, context) for number, leaf in enumerate(program.leaves))
    return Plan(kind, now, tuple(rules), tuple(parts), program, planned, context)


def _part(rule: int, name: str, written: Written, program: Program) -> Part:
    spots = tuple(Spot(program.leaf(leaf), leaf.place) for leaf in leaves(written.core))
    return Part(rule, name, program.add(written.core), spots)


def _planned(number: int, leaf: LeafCondition, context: Context) -> PlannedLeaf:
    facts = leaf.facts if isinstance(leaf, Atom) else facts_of(leaf)
    reading = (Reading.FIXED, Reading.ALONE)[len(facts)] if len(facts) < 2 else Reading.JOINT  # noqa: PLR2004 - several
    return PlannedLeaf(number, leaf, facts, reading, weigher(leaf, context))
