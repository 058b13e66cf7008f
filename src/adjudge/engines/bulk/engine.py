"""The bulk engine for claims held in memory: what every other evaluator answers, by columns.

For whoever compares engines (`adjudge conform`) or asks about a population that fits in memory. Data on disk are
evaluated in portions by `adjudge bulk`, with the same parts.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from adjudge.basis.ids import FactName, RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.mask import pair_of_mask
from adjudge.basis.weight import Pair
from adjudge.engines.bulk.classes import Classes
from adjudge.engines.bulk.evaluation import Evaluation, Portion, Prepared
from adjudge.engines.bulk.kernel import Kernel, Masks
from adjudge.engines.bulk.outcomes import FLAGS, Columns, columns_for
from adjudge.engines.bulk.packing import VERDICTS, unpacked
from adjudge.engines.bulk.plan import Plan, plan_of
from adjudge.engines.bulk.settling import NO_OTHER, Entries, key_layout, settle
from adjudge.engines.bulk.signatures import FactEntries
from adjudge.facts.claim import Claim, NoOther, Stance, Subject
from adjudge.facts.settle import live
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact
from adjudge.language.package import MeasureKind, Package
from adjudge.outcome import Failure, Outcome, RuleOutcome

_Coded = tuple[int, int, int, int, int, int]
"""Fact, row, value, whether it denies, weight, origin."""


class HeldValues:
    """The values of claims in memory, numbered as they are met."""

    def __init__(self) -> None:
        """None yet."""
        self._numbers: dict[FactName, dict[Value, int]] = {}
        self._values: dict[FactName, list[Value | None]] = {}

    def number(self, fact: FactName, value: Value) -> int:
        """The number of a value."""
        numbers = self._numbers.setdefault(fact, {})
        values = self._values.setdefault(fact, [None])
        if value not in numbers:
            numbers[value] = len(values)
            values.append(value)
        return numbers[value]

    def value(self, fact: FactName, number: int) -> Value:
        """The value of a number."""
        found = self._values[fact][number]
        assert found is not None  # noqa: S101 - 0 is asked for by nobody
        return found

    def count(self, fact: FactName) -> int:
        """Above the greatest number."""
        return len(self._values.get(fact, (None,)))

    def classes(self, fact: FactName, classes: Classes) -> npt.NDArray[np.int64]:
        """The class of each number."""
        values = self._values.get(fact, [None])
        return np.array([0 if value is None else classes.of(value) for value in values], np.int64)


class _Held:
    """Claims in memory, coded: rows for everybody whom they or the question name."""

    def __init__(self, claims: Iterable[Claim], facts: Sequence[Fact]) -> None:
        self.values = HeldValues()
        self.rows: dict[SubjectId, int] = {}
        self._facts = facts
        self._fact_numbers = {fact.full_name: number for number, fact in enumerate(facts)}
        self._origins: dict[str, int] = {}
        self._coded = [code for claim in claims if (code := self._code(claim)) is not None]

    def row(self, subject: SubjectId) -> int:
        """The row of a subject."""
        return self.rows.setdefault(subject, len(self.rows))

    def _code(self, claim: Claim) -> _Coded | None:
        fact = self._fact_numbers.get(claim.fact)
        if fact is None:
            return None
        value, denies = claim.value, claim.stance is Stance.DENIES
        if isinstance(value, NoOther):
            number = NO_OTHER
        else:
            if denies and isinstance(value, bool):
                value, denies = not value, False  # LANGUAGE.md 2.1
            number = self.values.number(claim.fact, value)
        origin = self._origins.setdefault(claim.origin, len(self._origins))
        return fact, self.row(claim.subject), number, int(denies), claim.weight, origin

    def entries(self) -> Mapping[FactName, FactEntries]:
        """What is claimed, weighed, by fact."""
        if not self._coded:
            return {}
        codes = np.array(self._coded, np.uint64)
        most = max(self.values.count(fact.full_name) for fact in self._facts)
        layout = key_layout(len(self._facts), len(self.rows), most)
        keys = (codes[:, 3] << np.uint64(3)) | codes[:, 4]
        for column, shift in zip((0, 1, 2), layout.shifts, strict=True):
            keys |= codes[:, column] << np.uint64(shift)
        return by_fact(settle(keys, codes[:, 5].astype(np.uint32), layout), self._facts)


def by_fact(entries: Entries, facts: Sequence[Fact]) -> Mapping[FactName, FactEntries]:
    """Entries parted by fact; `facts` in the order of their numbers."""
    bounds = np.searchsorted(entries.fact, np.arange(len(facts) + 1))
    found = {}
    for number, fact in enumerate(facts):
        start, end = int(bounds[number]), int(bounds[number + 1])
        if start < end:
            part = slice(start, end)
            found[fact.full_name] = FactEntries(
                entries.row[part], entries.value[part], entries.for_[part], entries.against[part]
            )
    return found


def facts_of_plans(plans: Iterable[Plan]) -> tuple[Fact, ...]:
    """The facts that some of the plans read, sorted by name."""
    facts = {fact.full_name: fact for plan in plans for fact in plan.facts}
    return tuple(facts[name] for name in sorted(facts))


def outcomes(
    package: Package,
    claims: Iterable[Claim],
    subjects: Iterable[Subject],
    *,
    valid_at: Instant,
    known_at: Instant,
    territory: str | None,
) -> list[Outcome]:
    """The outcome for every subject, sorted by subject. LANGUAGE.md 5.4, 8."""
    asked = sorted(subjects, key=lambda s: s.id)
    kinds = sorted({subject.kind for subject in asked})
    plans = {kind: plan_of(package, kind, valid_at, known_at, territory) for kind in kinds}
    held = _Held(live(claims, valid_at, known_at), facts_of_plans(plans.values()))
    rows = {
        subject.id: (held.row(subject.id), held.row(subject.advertiser or subject.id)) for subject in asked
    }
    entries = held.entries()
    found: dict[SubjectId, Outcome] = {}
    for kind in kinds:
        mine = [subject for subject in asked if subject.kind is kind]
        places = np.array([rows[subject.id] for subject in mine], np.int64)
        portion = Portion(entries, len(held.rows), places[:, 0], places[:, 1])
        evaluation = Evaluation(plans[kind], held.values)
        found.update(_outcomes(evaluation, portion, [subject.id for subject in mine]))
    return [found[subject.id] for subject in asked]


def _outcomes(
    evaluation: Evaluation, portion: Portion, subjects: Sequence[SubjectId]
) -> dict[SubjectId, Outcome]:
    """One portion, evaluated by the columns that are written to disk, and read back from them."""
    prepared = evaluation.prepare(portion)
    columns = columns_for(len(evaluation.plan.rules), len(subjects))
    kernel = Kernel(evaluation.plan)
    masks: list[Masks] = [np.zeros(len(subjects), np.uint16) for _ in evaluation.plan.parts]
    for start, end in evaluation.blocks(prepared):
        made = evaluation.write(prepared, (start, end), kernel, columns)
        for column, found in zip(masks, made.masks, strict=True):
            column[start:end] = found
    unpacking = _Unpacking(evaluation, prepared, columns, masks)
    return {subject: unpacking.outcome(place, subject) for place, subject in enumerate(subjects)}


class _Unpacking:
    """Columns read back as outcomes, subject by subject."""

    def __init__(
        self, evaluation: Evaluation, prepared: Prepared, columns: Columns, masks: Sequence[Masks]
    ) -> None:
        self._plan, self._columns, self._masks = evaluation.plan, columns, masks
        self._verdicts = [unpacked(columns.verdicts, number) for number in range(len(self._plan.rules))]
        self._failing = {
            number: (failures, evaluation.numbers_of(number, prepared))
            for number, failures in prepared.failures.items()
        }

    def outcome(self, place: int, subject: SubjectId) -> Outcome:
        """The outcome of the subject at a place."""
        rules = tuple(self._rule(number, place) for number in range(len(self._plan.rules)))
        return Outcome(
            subject=subject,
            rules=rules,
            measures=tuple(self._measures(place)),
            referred=bool(self._columns.referred[place]),
        )

    def _rule(self, number: int, place: int) -> RuleOutcome:
        rule = self._plan.rules[number]
        when, unless = self._plan.part_numbers[number]
        return RuleOutcome(
            rule=rule.id,
            verdict=VERDICTS[int(self._verdicts[number][place])],
            pair=self._pair(when, place),
            unless=tuple(
                (item.id, self._pair(part, place)) for item, part in zip(rule.unless, unless, strict=True)
            ),
            failures=tuple(self._failures((when, *unless), place)) if self._failing else (),
        )

    def _pair(self, part: int, place: int) -> Pair:
        return pair_of_mask(int(self._masks[part][place]))

    def _failures(self, parts: Iterable[int], place: int) -> dict[Failure, None]:
        found: dict[Failure, None] = {}
        for number in parts:
            part = self._plan.parts[number]
            for spot in part.spots:
                failures, numbers = self._failing.get(spot.leaf, ({}, None))
                if numbers is not None:
                    for reason in failures.get(int(numbers[place]), ()):
                        found[Failure(part.name, spot.place, reason)] = None
        return found

    def _measures(self, place: int) -> Iterable[tuple[RuleId, MeasureKind]]:
        for number, rule in enumerate(self._plan.rules):
            word, bit = divmod(number, FLAGS)
            if rule.measure is not None and (int(self._columns.measures[word][place]) >> bit) & 1:
                yield rule.id, rule.measure.kind
