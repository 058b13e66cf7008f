"""The steps of a program run over blocks of subjects: only `&` and `|`, in registers that fit the processor's cache."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from adjudge.basis.mask import CERTAIN, IMPOSSIBLE
from adjudge.engines.bulk.plan import Plan
from adjudge.engines.bulk.program import Load, scheduled

BLOCK = 1 << 17
"""Subjects in a block: a column of masks then takes 256 kB. Smaller ones would fit a nearer cache, and cost more than
that saves: between two operations threads wait for each other."""

Masks = npt.NDArray[np.uint16]
Provide = Callable[[int, bool, Masks], Masks]
"""A leaf's number and whether its NOT is asked for, and room for a column: the column, there or elsewhere."""


class Kernel:
    """A plan's program with registers of its own: one for each thread."""

    def __init__(self, plan: Plan) -> None:
        """Registers are taken once."""
        self._runs, self._roots, count = scheduled(plan.program.steps, plan.roots)
        self._registers = np.empty((max(count, 1), BLOCK), np.uint16)

    def masks(self, size: int, provide: Provide) -> list[Masks]:
        """The column of masks of each part of the plan, for the `size` subjects of a block."""
        columns: list[Masks] = [register[:size] for register in self._registers]
        made = list(columns)
        for run in self._runs:
            out = columns[run.register]
            if isinstance(run.step, Load):
                made[run.register] = provide(run.step.leaf, run.step.negated, out)
                continue
            made[run.register] = out
            if not run.below:
                out.fill(CERTAIN if run.step.is_and else IMPOSSIBLE)
                continue
            join = np.bitwise_and if run.step.is_and else np.bitwise_or
            first = made[run.below[0]]
            for other in run.below[1:]:
                join(first, made[other], out=out)
                first = out
        return [made[root] for root in self._roots]
