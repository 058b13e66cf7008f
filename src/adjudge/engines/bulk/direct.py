"""Leaves over one fact weighed for many subjects at once, several values each: LANGUAGE.md 3.2, 3.4-3.6 by columns.

Every entry (a value's class with its W+ and W-) has a mask, looked up; what a subject's entries come to is their OR or
AND, since the thermometers of a mask turn the greatest and the least into these. Written once more, so that it can be
compared: the meaning is `adjudge.spec`, the general way `adjudge.engines.point.weigh`.

Not for everything. Leaves that fail whatever the value, and truth values on complete record, go the general way, which
weighs each number of evidence once; their evidence has few forms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from adjudge.basis.mask import CERTAIN, IMPOSSIBLE, NEGATED, NOTHING_KNOWN, WORDS, mask_of, pair_of_mask
from adjudge.basis.said import Said
from adjudge.basis.weight import GREATEST
from adjudge.engines.bulk.classes import Classes
from adjudge.engines.bulk.plan import Plan, PlannedLeaf
from adjudge.engines.bulk.settling import Rows, Weights
from adjudge.engines.point.weigh import RECORD
from adjudge.facts.settle import SILENCE
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import Atom, Has, Member, Not, Operation, Operator, Quantified

Masks = npt.NDArray[np.uint16]
Codes = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

_ALL = WORDS - 1
_SPAN = 64
"""Codes of a class: W+ and W- of three bits each."""
_FOR = np.array([pair_of_mask(word)[0] for word in range(WORDS)], np.uint8)
_AGAINST = np.array([pair_of_mask(word)[1] for word in range(WORDS)], np.uint8)
_MASK = np.array(
    [[mask_of(min(for_, GREATEST), min(against, GREATEST)) for against in range(8)] for for_ in range(8)],
    np.uint16,
)
_NOT = np.array(NEGATED, np.uint16)
_NO_WEIGHT = 7


class Runs(NamedTuple):
    """The entries of one fact of subjects who have several: `codes` one after the other, `starts` of each subject."""

    codes: Codes
    starts: Rows

    @property
    def closing(self) -> Weights:
        """The weight of `none` of each; it stands as the class 0."""
        weights = np.where(self.codes < _SPAN, (self.codes >> 3) & 7, 0).astype(np.uint8)
        found: Weights = np.maximum.reduceat(weights, self.starts)
        return found

    @property
    def strongest(self) -> Weights:
        """The greatest W+ of each."""
        weights = np.where(self.codes < _SPAN, 0, (self.codes >> 3) & 7).astype(np.uint8)
        found: Weights = np.maximum.reduceat(weights, self.starts)
        return found


@dataclass(frozen=True, slots=True)
class _Entry:
    """All codes there can be, taken apart: what tables are made from."""

    class_: Codes
    for_: Codes
    against: Codes

    @property
    def is_asserted(self) -> Truths:
        found: Truths = (self.for_ > 0) & (self.class_ > 0)
        return found


def _entries(classes: int) -> _Entry:
    codes = np.arange((classes + 1) * _SPAN)
    return _Entry(codes // _SPAN, (codes >> 3) & 7, codes & 7)


class Direct:
    """A leaf over one fact, weighed by columns."""

    def __init__(self, leaf: PlannedLeaf, fact: Fact, classes: Classes) -> None:
        """Tables are made once, for every class that there is."""
        self._condition, self._fact = leaf.condition, fact
        seen = classes.seen_by(leaf.number)
        self._truth = np.array([False, *(item is True for item in seen)])
        errs = np.array([False, *(isinstance(item, Said) for item in seen)])
        self._reasons = {number: item for number, item in enumerate(seen, start=1) if isinstance(item, Said)}
        entry = _entries(len(seen))
        self._errs = errs[entry.class_] & entry.is_asserted
        self._class_of = entry.class_
        self._together = self._table(entry, errs)
        self._opposed = self._opposing(entry, errs)
        constants = classes.constants_of(leaf.number)
        self._constants = len(set(constants)) if constants and None not in constants else 0
        is_constant = np.isin(entry.class_, [item for item in constants if item is not None])
        self._denied = np.where(is_constant & (entry.against > 0), entry.against, _NO_WEIGHT).astype(np.uint8)

    def _table(self, entry: _Entry, errs: Truths) -> Masks:
        """What each entry adds by OR: of a quantifier its row, of an atom what satisfies it."""
        truth, failed = self._truth[entry.class_], errs[entry.class_]
        if isinstance(self._condition, Atom):
            return np.where(truth & entry.is_asserted, _MASK[entry.for_, entry.against], 0).astype(np.uint16)
        record = np.where(self._fact.complete & (entry.for_ < RECORD), RECORD, 0)
        row = _MASK[entry.for_, np.maximum(entry.against, record)]
        body = np.where(failed, NOTHING_KNOWN, np.where(truth, CERTAIN, IMPOSSIBLE)).astype(np.uint16)
        if isinstance(self._condition, Quantified) and _is_negated(self._condition):
            body = _NOT[body]
        return np.where(entry.is_asserted, row & body, 0).astype(np.uint16)

    def _opposing(self, entry: _Entry, errs: Truths) -> Masks:
        """What each entry takes away by AND: of an atom the W+ of what does not satisfy it."""
        opposes = entry.is_asserted & ~self._truth[entry.class_] & ~errs[entry.class_]
        return np.where(opposes, _MASK[GREATEST, entry.for_], _ALL).astype(np.uint16)

    # --- weighing ---

    def masks(self, runs: Runs) -> Masks:
        """The mask of each subject."""
        match self._condition:
            case Atom():
                return self._atom(runs)
            case Has():
                return self._has(runs)
            case Member():
                return self._member(runs)
            case Quantified():
                closed = self._closed(np.bitwise_or.reduceat(self._together[runs.codes], runs.starts), runs)
                return _NOT[closed] if self._condition.every else closed

    def _atom(self, runs: Runs) -> Masks:
        """LANGUAGE.md 3.2, 3.4."""
        together = np.bitwise_or.reduceat(self._together[runs.codes], runs.starts)
        against = _AGAINST[np.bitwise_and.reduceat(self._opposed[runs.codes], runs.starts)]
        for_ = _FOR[together]
        denial = np.where(for_ > 0, _AGAINST[together], self._denial(runs))
        if self._fact.complete and self._fact.type is not Simple.BOOL:
            against = np.maximum(against, np.where(runs.strongest < RECORD, RECORD, 0))
        found: Masks = _MASK[for_, np.maximum(against, denial)]
        return found

    def _denial(self, runs: Runs) -> Weights:
        """The least W- of the constants compared with: of any that nobody denies it is 0."""
        if not self._constants:
            return np.zeros(len(runs.starts), np.uint8)
        denied = self._denied[runs.codes]
        count = np.add.reduceat((denied != _NO_WEIGHT).astype(np.int64), runs.starts)
        least = np.minimum.reduceat(denied, runs.starts)
        return np.where(count == self._constants, least, 0).astype(np.uint8)

    def _has(self, runs: Runs) -> Masks:
        """LANGUAGE.md 3.5."""
        is_asserted = (runs.codes >= _SPAN) & (((runs.codes >> 3) & 7) > 0)
        against = np.where(is_asserted, runs.codes & 7, _NO_WEIGHT).astype(np.uint8)
        least, strongest = np.minimum.reduceat(against, runs.starts), runs.strongest
        if self._fact.complete:
            least = np.where(strongest < RECORD, np.maximum(least, RECORD), least)
        found: Masks = np.where(strongest > 0, _MASK[strongest, least], _MASK[0, self._closure(runs)])
        return found

    def _member(self, runs: Runs) -> Masks:
        """LANGUAGE.md 3.6: `v in f`."""
        is_same, is_asserted = self._same(runs)
        denied = np.maximum.reduceat(np.where(is_same, runs.codes & 7, 0), runs.starts)
        found = self._closed(np.bitwise_or.reduceat(self._together[runs.codes], runs.starts), runs)
        absent = _MASK[0, np.maximum(denied, self._closure(runs))]
        masks: Masks = np.where(is_asserted, found, absent)
        return masks

    def _same(self, runs: Runs) -> tuple[Truths, Truths]:
        """Of each entry whether it is the value asked for; of each subject whether somebody asserts it."""
        is_same = self._truth[self._class_of[runs.codes]]
        return is_same, np.logical_or.reduceat(is_same & (((runs.codes >> 3) & 7) > 0), runs.starts)

    def _closure(self, runs: Runs) -> Weights:
        return np.maximum(runs.closing, RECORD if self._fact.complete else 0).astype(np.uint8)

    def _closed(self, found: Masks, runs: Runs) -> Masks:
        for_ = _FOR[found]
        closed: Masks = _MASK[for_, np.minimum(_AGAINST[found], np.maximum(self._closure(runs), for_))]
        return closed

    # --- errors ---

    def failures(self, runs: Runs) -> Iterator[tuple[int, Said]]:
        """Which of the subjects err, and why; once for each reason."""
        if not self._reasons:
            return
        places = np.flatnonzero(self._errs[runs.codes])
        if len(places):
            whose = np.searchsorted(runs.starts, places, side="right") - 1
            if isinstance(self._condition, Member):
                # Where nobody asserts the value, the others are not compared with it.
                asked = self._same(runs)[1][whose]
                places, whose = places[asked], whose[asked]
            pairs = zip(whose.tolist(), self._class_of[runs.codes[places]].tolist(), strict=True)
            yield from dict.fromkeys((run, self._reasons[number]) for run, number in pairs)


def _is_negated(leaf: Quantified) -> bool:
    """Whether what counts of the body is its NOT: by `!`, and by `all`."""
    negated, body = leaf.every, leaf.body
    while isinstance(body, Not):
        negated, body = not negated, body.operand
    return negated


def is_direct(leaf: PlannedLeaf, fact: Fact, plan: Plan) -> bool:
    """Whether a leaf can be weighed by columns: nothing fails but by its values, and no value is the record's own."""
    reasons: list[Said] = []
    leaf.weigh({leaf.facts[0]: SILENCE}, {}, plan.now, lambda _place, reason: reasons.append(reason))
    if reasons:
        return False
    if fact.type is Simple.BOOL and fact.complete and not fact.many:
        return False
    return not _is_over_nothing(leaf, plan)


def _is_over_nothing(leaf: PlannedLeaf, plan: Plan) -> bool:
    """`f in [...]` over an empty list, which holds of nobody (3.2)."""
    match leaf.condition:
        case Atom(expr=Operation(operator=Operator.IN)):
            return leaf.weigh({leaf.facts[0]: SILENCE}, {}, plan.now, lambda *_: None) == IMPOSSIBLE
        case _:
            return False


def direct_leaves(
    leaves: "list[PlannedLeaf]", fact: Fact, plan: Plan, classes: Classes
) -> Mapping[int, Direct] | None:
    """The leaves of a fact by their numbers; None where one of them goes the general way."""
    if not all(is_direct(leaf, fact, plan) for leaf in leaves):
        return None
    return {leaf.number: Direct(leaf, fact, classes) for leaf in leaves}
