"""Masks of all parts to verdicts, measures that apply and referral, for a block. LANGUAGE.md 4.2, 5.2, 5.4."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from adjudge.engines.bulk.packing import (
    A_WORD,
    CONTESTED,
    MET,
    UNPROVEN,
    Bytes,
    RuleVerdict,
    Words,
    pack,
    words_for,
)
from adjudge.engines.bulk.plan import Plan
from adjudge.language.package import OnUnproven, RuleKind

Truths = npt.NDArray[np.bool_]
Masks = npt.NDArray[np.uint16]
FLAGS = 64
"""Rules in one word of flags."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The outcomes of many subjects: packed verdicts, flags of the rules whose measures apply, referral."""

    verdicts: tuple[Words, ...]
    measures: tuple[Words, ...]
    referred: Truths

    def slice(self, start: int, end: int) -> "Columns":
        """Some of the subjects; what is written there is written here."""
        return Columns(
            tuple(word[start:end] for word in self.verdicts),
            tuple(word[start:end] for word in self.measures),
            self.referred[start:end],
        )


def columns_for(rules: int, subjects: int) -> Columns:
    """Room for the outcomes of so many subjects."""
    return Columns(
        tuple(np.zeros(subjects, np.uint64) for _ in range(words_for(rules))),
        tuple(np.zeros(subjects, np.uint64) for _ in range(-(-rules // FLAGS))),
        np.zeros(subjects, np.bool_),
    )


class Consequences:
    """What follows from verdicts under one plan's rules."""

    def __init__(self, plan: Plan, numbers: Sequence[int] | None = None, total: int | None = None) -> None:
        """Which rule gives way to which is settled once.

        `numbers` says where the plan's rules stand among `total` rules of several kinds of subjects.
        """
        self._plan = plan
        self._numbers = range(len(plan.rules)) if numbers is None else numbers
        self._total = len(plan.rules) if total is None else total
        self._verdicts = [RuleVerdict(rule) for rule in plan.rules]
        by_id = {rule.id: number for number, rule in enumerate(plan.rules)}
        self._giving_way: dict[int, list[int]] = {}
        for number, rule in enumerate(plan.rules):
            for other in (*rule.overrides, *rule.exempts):
                if other in by_id:
                    self._giving_way.setdefault(by_id[other], []).append(number)
        self._exempted = {
            number: [by_id[other] for other in rule.exempts if other in by_id]
            for number, rule in enumerate(plan.rules)
            if rule.kind is RuleKind.EXEMPTION
        }

    def verdicts(self, masks: Sequence[Masks]) -> list[Bytes]:
        """The number of the verdict of each rule."""
        size = len(masks[0]) if masks else 0
        return [
            table.of(masks[when], [masks[number] for number in unless], np.empty(size, np.uint8))
            for table, (when, unless) in zip(self._verdicts, self._plan.part_numbers, strict=True)
        ]

    def write(self, masks: Sequence[Masks], out: Columns) -> list[Bytes]:
        """The outcomes of a block; the verdicts once more, each rule's apart."""
        verdicts = self.verdicts(masks)
        self.conclude(verdicts, out)
        return verdicts

    def conclude(self, verdicts: Sequence[Bytes], out: Columns) -> None:
        """What follows from the verdicts of each rule, and they themselves."""
        spread: list[Bytes | None] = [None] * self._total
        for number, verdict in zip(self._numbers, verdicts, strict=True):
            spread[number] = verdict
        for number, word in enumerate(out.verdicts):
            pack(spread[number * A_WORD : (number + 1) * A_WORD], word)
        met = [verdict == MET for verdict in verdicts]
        for number, flags in zip(self._numbers, self.measures(met), strict=True):
            flag_word, place = divmod(number, FLAGS)
            if flags is not None and flags.any():
                column = out.measures[flag_word]
                np.bitwise_or(column, flags.astype(np.uint64) << np.uint64(place), out=column)
        self._refer(verdicts, met, out.referred)

    def measures(self, met: Sequence[Truths]) -> list[Truths | None]:
        """Of each rule whether its measure applies (5.2); None of a rule without one."""
        found: list[Truths | None] = []
        for number, rule in enumerate(self._plan.rules):
            applies = met[number]
            for other in self._giving_way.get(number, ()):
                applies = applies & ~met[other]
            found.append(applies if rule.measure is not None else None)
        return found

    def _refer(self, verdicts: Sequence[Bytes], met: Sequence[Truths], referred: Truths) -> None:
        """5.4. The room for it starts without referrals."""
        for number, rule in enumerate(self._plan.rules):
            contested = verdicts[number] == CONTESTED
            if number in self._exempted:
                for other in self._exempted[number]:
                    referred |= contested & met[other]
                continue
            referred |= contested
            if rule.on_unproven is OnUnproven.REFER:
                referred |= verdicts[number] == UNPROVEN
