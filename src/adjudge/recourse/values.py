"""The values that a fact could take on: one for each effect, with those that come to the same.

Not invented: they come from the conditions that read the fact, from its type, and from what is claimed. Two values are
alike where no atom that reads the fact tells them apart, whatever else is changed with it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from adjudge.basis.ids import FactName
from adjudge.candidates.mentions import named_in
from adjudge.candidates.records import Body, fields_read, records_of
from adjudge.candidates.values import values_of
from adjudge.engines.point.closures import Entries, Function, Known, function_of
from adjudge.facts.claim import Claim, NoOther, Stance
from adjudge.facts.codes import COUNTRIES
from adjudge.facts.type import CodeType, RecordType, Simple
from adjudge.facts.value import Value, value_key
from adjudge.facts.vocabulary import Taxonomy
from adjudge.language.analysis.fold import Moment
from adjudge.language.core import Atom, Bound, FactValue, Has, Member, Quantified, facts_of
from adjudge.language.failure import EvaluationError
from adjudge.language.operators import Concrete, equal
from adjudge.recourse.action import Choice
from adjudge.recourse.concern import Leaf, Use
from adjudge.recourse.cuts import Around
from adjudge.recourse.question import Question
from adjudge.recourse.reader import Reader, atom_of
from adjudge.recourse.spread import Spreads, alone
from adjudge.recourse.vague import containing

MOST_PROBED = 400
"""Combinations of values of other facts with which two values of one fact are told apart."""
_FEW = 2
_NO_VARIABLES: Mapping[str, Concrete] = {}
Probes = Callable[[FactName], Sequence[Value]]
"""The values with which a fact beside the one in question is tried."""


class Values:
    """What each fact could be, for the leaves of the rules concerned."""

    def __init__(
        self, question: Question, leaves: Mapping[Leaf, Use], claims: Mapping[FactName, Sequence[Claim]]
    ) -> None:
        """`leaves` say what can help at each; `claims` are the live ones on each fact of its holder."""
        self.question = question
        around = question.around
        self.entries = Entries(around.lists, around.params, question.package.vocabulary.taxonomies)
        self.moment = Moment(question.valid_at, around.lists, around.params, self.entries.taxonomies)
        self.leaves = leaves
        self.readers: dict[FactName, list[Reader]] = {}
        for leaf in self.leaves:
            reader = self._reader(leaf)
            for name in facts_of(leaf):
                self.readers.setdefault(name, []).append(reader)
        self.claimed = {name: _claimed(found) for name, found in claims.items()}
        self.whole = True
        self._raw: dict[FactName, list[Value]] = {}
        self.fresh: dict[FactName, list[Choice]] = {}
        self.known: dict[FactName, list[Choice]] = {}

    def find(self) -> None:
        """Find the values of all facts: first of many-valued ones, over which the others are told apart."""
        facts = self.question.facts
        ordered = sorted(self.readers, key=lambda name: (not facts[name].many, name))
        for name in ordered:
            self._raw[name] = self._candidates(name)
        for name in ordered:
            self.fresh[name] = self._told_apart(name)
        for name in ordered:
            self.fresh[name] = [self._alike(name, choice) for choice in self.fresh[name]]
        around = Around(self._found, self.entries, self.question.valid_at)
        spreads = Spreads(facts, self.readers, self.claimed, around)
        for name in ordered:
            self.fresh[name] = [spreads.spread(name, choice) for choice in self.fresh[name]]
            self.known[name] = [alone(Choice(value)) for value in self.claimed.get(name, ())]

    # --- candidates ---

    def _candidates(self, name: FactName) -> list[Value]:
        kind = self.question.facts[name].type
        if isinstance(kind, CodeType):
            return self._codes(name, self.entries.taxonomies[kind.taxonomy])
        mentions = self._mentions(name)
        if kind is Simple.COUNTRY:
            named = [item for item in mentions if isinstance(item, str) and item in COUNTRIES]
            return list(dict.fromkeys([*named, *sorted(COUNTRIES)]))
        taxonomies, now = self.entries.taxonomies, self.question.valid_at
        if isinstance(kind, RecordType):
            bodies = list(self._bodies(name))
            return records_of(kind, bodies, mentions, taxonomies, now, claimed=self.claimed)
        return values_of(kind, mentions, taxonomies, now)

    def _codes(self, name: FactName, tree: Taxonomy) -> list[Value]:
        """The codes of a tree but those that only say less than what is claimed, unless a condition asks for them.

        Whoever sells antivirus programs sells software, and no prohibition is escaped by saying so.
        """
        leaves = [reader.leaf for reader in self.readers[name] if self.leaves[reader.leaf].raised]
        asked_for = {
            value for leaf in leaves for value in named_in(leaf, self.moment) if isinstance(value, str)
        }
        claimed = [value for value in self.claimed.get(name, ()) if isinstance(value, str)]
        vague = {above for code in claimed for above in containing(code, tree)} - asked_for
        return [code for code in sorted(tree.parents) if code not in vague]

    def _mentions(self, name: FactName) -> list[Concrete]:
        """What the leaves that read the fact name, then what is claimed of the facts that they read with it."""
        leaves = [reader.leaf for reader in self.readers[name]]
        named = [value for leaf in leaves for value in named_in(leaf, self.moment)]
        beside = {other for leaf in leaves for other in facts_of(leaf)}
        return [*named, *(value for other in sorted(beside) for value in self.claimed.get(other, ()))]

    def _bodies(self, name: FactName) -> Iterator[Body]:
        around = self.question.around
        for reader in self.readers[name]:
            atom = atom_of(reader.leaf)
            if atom is not None and reader.ranged == name:
                yield Body(Bound(reader.variable), atom.expr, around)
            if atom is not None and name in atom.facts:
                yield Body(FactValue(name), atom.expr, around)

    def unread(self, name: FactName) -> tuple[str, ...]:
        """The fields of a record that no rule concerned reads: what stands there may be anything."""
        kind = self.question.facts[name].type
        whole = any(isinstance(reader.leaf, Member) for reader in self.readers[name])
        if not isinstance(kind, RecordType) or whole:
            return ()
        read = fields_read(list(self._bodies(name)))
        return tuple(field for field, _ in kind.fields if field not in read)

    # --- telling apart ---

    def _told_apart(self, name: FactName) -> list[Choice]:
        """One value for each row of truths, with those that share its row; claimed values stand for themselves."""
        rows: dict[tuple[object, ...], list[Value]] = {}
        claimed = {value_key(value) for value in self.claimed.get(name, ())}
        for value in self._raw[name]:
            if value_key(value) not in claimed:
                rows.setdefault(self._row(name, value, self._probes), []).append(value)
        kept = list(rows.values())[: self.question.limits.values]
        self.whole = self.whole and len(kept) == len(rows)
        unread = self.unread(name)
        return [Choice(found[0], tuple(found[1:]), unread) for found in kept]

    def _alike(self, name: FactName, choice: Choice) -> Choice:
        """A choice with those others only that are like it for every value found for the facts beside it."""
        row = self._row(name, choice.value, self._found)
        others = (other for other in choice.others if self._row(name, other, self._found) == row)
        return Choice(choice.value, tuple(others), choice.unread)

    def _probes(self, name: FactName) -> Sequence[Value]:
        """Values with which a fact beside the one in question is tried."""
        claimed = self.claimed.get(name, ())
        if self.question.facts[name].many:
            return [*claimed, *(choice.value for choice in self.fresh.get(name, ()))]
        return claimed or self._raw[name][:_FEW]

    def _found(self, name: FactName) -> Sequence[Value]:
        return [*self.claimed.get(name, ()), *(choice.value for choice in self.fresh[name])]

    def _row(self, name: FactName, value: Value, probes: Probes) -> tuple[object, ...]:
        return tuple(
            item for reader in self.readers[name] for item in self._truths(reader, name, value, probes)
        )

    def _truths(self, reader: Reader, name: FactName, value: Value, probes: Probes) -> Iterator[object]:
        if reader.truth is None:
            yield None if reader.compared is None else _is_same(value, reader.compared)
            return
        others = [other for other in reader.singles if other != name]
        ranged = [reader.ranged] if reader.ranged is not None and reader.ranged != name else []
        columns = [probes(other) for other in (*others, *ranged)]
        for number, values in enumerate(product(*columns)):
            if number >= MOST_PROBED:
                self.whole = False
                return
            facts = dict(zip(others, values, strict=False))
            if reader.ranged == name:
                variables: Mapping[str, Concrete] = {reader.variable: value}
            else:
                facts[name] = value
                variables = {reader.variable: values[-1]} if ranged else _NO_VARIABLES
            yield self.truth(reader.truth, facts, variables)

    def truth(
        self, function: Function, facts: Mapping[FactName, Value], variables: Mapping[str, Concrete]
    ) -> bool | None:
        """Whether an atom holds; None where it errs."""
        try:
            return function(Known(facts, variables, self.question.valid_at)) is True
        except EvaluationError:
            return None

    def _reader(self, leaf: Leaf) -> Reader:
        atom = atom_of(leaf)
        truth = function_of(atom.expr, self.entries) if atom is not None else None
        match leaf:
            case Atom():
                return Reader(leaf, truth, leaf.facts, None)
            case Quantified():
                assert atom is not None  # noqa: S101 - LANGUAGE.md 3.6
                return Reader(leaf, truth, atom.facts, leaf.fact, leaf.variable)
            case Member():
                return Reader(leaf, None, (), leaf.fact, compared=self.constant(leaf))
            case Has():
                return Reader(leaf, None, (leaf.fact,), None)

    def constant(self, leaf: Member) -> Concrete | None:
        """The value whose membership is asked; None where it errs."""
        try:
            return function_of(leaf.value, self.entries)(Known({}, _NO_VARIABLES, self.question.valid_at))
        except EvaluationError:
            return None


def _claimed(claims: Sequence[Claim]) -> list[Value]:
    """The values that live claims speak of, each once, in one order; denying a truth value speaks of both."""
    found: dict[tuple[str, str], Value] = {}
    for claim in claims:
        if not isinstance(claim.value, NoOther):
            value = claim.value
            if isinstance(value, bool) and claim.stance is Stance.DENIES:
                value = not value
            found.setdefault(value_key(value), value)
    return [found[key] for key in sorted(found)]


def _is_same(value: Value, other: Concrete) -> bool | None:
    try:
        return equal(value, other)
    except EvaluationError:
        return None
