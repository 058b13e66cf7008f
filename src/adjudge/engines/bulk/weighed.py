"""The mask of every leaf for every number of evidence: each weighed once, looked up ever after.

Errors are kept beside the masks (LANGUAGE.md 3.7): by leaf and number, with their reasons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from adjudge.basis.ids import FactName
from adjudge.basis.mask import NEGATED, NOTHING_KNOWN
from adjudge.basis.said import Said
from adjudge.engines.bulk.plan import Plan, PlannedLeaf
from adjudge.facts.settle import Evidence
from adjudge.language.expression.syntax import Place

Masks = npt.NDArray[np.uint16]
NOT = np.array(NEGATED, np.uint16)
"""NOT of every word."""


@dataclass(slots=True)
class LeafTable:
    """What a leaf makes of each number of evidence, and of which it errs."""

    leaf: PlannedLeaf
    masks: Masks = field(default_factory=lambda: np.zeros(0, np.uint16))
    failures: dict[int, tuple[Said, ...]] = field(default_factory=dict)
    _weighed: set[int] = field(default_factory=set)

    def fill(
        self,
        plan: Plan,
        numbers: Iterable[int],
        count: int,
        facts: "Mapping[int, Mapping[FactName, Evidence]]",
    ) -> None:
        """Weigh the numbers that are new; `count` is above the greatest, `facts` gives the evidence of each."""
        if len(self.masks) < count:
            grown = np.full(max(count, 2 * len(self.masks)), NOTHING_KNOWN, np.uint16)
            grown[: len(self.masks)] = self.masks
            self.masks = grown
        for number in numbers:
            if number not in self._weighed:
                self._weighed.add(number)
                self._weigh(plan, number, facts[number])

    def _weigh(self, plan: Plan, number: int, facts: Mapping[FactName, Evidence]) -> None:
        reasons: dict[Said, None] = {}

        def report(_place: Place, reason: Said) -> None:
            reasons[reason] = None

        self.masks[number] = self.leaf.weigh(facts, {}, plan.now, report)
        if reasons:
            self.failures[number] = tuple(reasons)
