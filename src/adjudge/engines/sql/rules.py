"""Masks of leaves to verdicts, measures and referral, as SQL. LANGUAGE.md 2.2, 4.2, 5.2, 5.4.

AND and OR of pairs are `&` and `|` of their masks, and every distinct condition is one column. NOT stands at the leaves
alone, where a pair changes its halves. Weights are read from a mask by counting bits: of the low five those for, of the
high five those not against.
"""

from collections.abc import Iterator, Sequence

from adjudge.basis.mask import CERTAIN, IMPOSSIBLE
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.engines.bulk.plan import Plan
from adjudge.engines.bulk.program import Join, Load, Step
from adjudge.language.package import OnUnproven, Rule, RuleKind
from adjudge.outcome import Verdict

UNKNOWN, REFUTED, UNPROVEN, CONTESTED, EXCEPTED, MET = range(len(VERDICTS))
_LOW, _HIGH = 31, 992
assert VERDICTS[MET] is Verdict.MET  # noqa: S101 - the numbers are those of `packing`


def load_column(step: Load) -> str:
    """The column of a leaf, or of its NOT."""
    return f"{'q' if step.negated else 'p'}{step.leaf}"


def steps_query(plan: Plan) -> str:
    """A query over `cell`, which has the columns of leaves: each part's mask as `m0`, `m1`, …"""
    levels = _levels(plan.program.steps)
    query, have = "SELECT * FROM cell", list[str]()
    for level in levels:
        made = [f"{_column(plan.program.steps[number])} AS c{number}" for number in level]
        query = f"SELECT *, {', '.join(made)} FROM ({query}) AS below{len(have)}"
        have.append("")
    parts = ", ".join(f"c{part.step} AS m{number}" for number, part in enumerate(plan.parts))
    return (
        f"SELECT subject, {parts} FROM ({query}) AS steps"
        if parts
        else f"SELECT subject FROM ({query}) AS steps"
    )


def _levels(steps: Sequence[Step]) -> list[list[int]]:
    """Steps by how deep what they join lies: a query names only columns of the one below."""
    depth: list[int] = []
    for step in steps:
        depth.append(
            1 + max((depth[other] for other in step.below), default=-1) if isinstance(step, Join) else 0
        )
    return [
        [number for number, at in enumerate(depth) if at == level]
        for level in range(max(depth, default=-1) + 1)
    ]


def _column(step: Step) -> str:
    if isinstance(step, Load):
        return load_column(step)
    if not step.below:
        return str(CERTAIN if step.is_and else IMPOSSIBLE)
    return (" & " if step.is_and else " | ").join(f"c{number}" for number in step.below)


def verdicts_query(plan: Plan, query: str) -> str:
    """The same with each rule's verdict as a number, `v0`, `v1`, …"""
    found = [
        f"{_verdict(rule, *plan.part_numbers[number])} AS v{number}" for number, rule in enumerate(plan.rules)
    ]
    return f"SELECT *, {', '.join(found)} FROM ({query}) AS parts" if found else query


def _pro(part: int) -> str:
    return f"bit_count(m{part} & {_LOW})"


def _contra(part: int) -> str:
    return f"(5 - bit_count(m{part} & {_HIGH}))"


def _verdict(rule: Rule, when: int, unless: Sequence[int]) -> str:
    pro, contra, standard = _pro(when), _contra(when), rule.standard
    met = after_exceptions(rule, unless)
    return (
        f"CASE WHEN {pro} = 0 AND {contra} = 0 THEN {UNKNOWN} "
        f"WHEN {pro} < {standard} THEN CASE WHEN {pro} > {contra} THEN {UNPROVEN} ELSE {REFUTED} END "
        f"WHEN {contra} >= {pro} THEN {CONTESTED} ELSE {met} END"
    )


def after_exceptions(rule: Rule, unless: Sequence[int]) -> str:
    """What is met, unless an exception lifts it, or one that is in dispute disputes it."""
    if not unless:
        return str(MET)
    pairs = list(zip(rule.unless, unless, strict=True))
    lifts = [f"({_pro(part)} >= {item.standard} AND {_pro(part)} > {_contra(part)})" for item, part in pairs]
    disputes = [f"{_pro(part)} >= {item.standard}" for item, part in pairs]
    return (
        f"CASE WHEN {' OR '.join(lifts)} THEN {EXCEPTED} "
        f"WHEN {' OR '.join(disputes)} THEN {CONTESTED} ELSE {MET} END"
    )


def outcomes_query(plan: Plan, query: str) -> str:
    """The same with whether each rule's measure applies, `a0`, `a1`, …, and whether a person must decide."""
    applies = [f"{_flag(condition)} AS a{number}" for number, condition in _measures(plan)]
    columns = [*applies, f"{_flag(' OR '.join(_referring(plan)))} AS referred"]
    return f"SELECT *, {', '.join(columns)} FROM ({query}) AS judged"


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END" if condition else "0"


def _measures(plan: Plan) -> Iterator[tuple[int, str]]:
    """Of each rule that has a measure: it is met, and no rule that is met overrides or exempts it."""
    for number, rule in enumerate(plan.rules):
        if rule.measure is not None:
            others = [
                other
                for other, item in enumerate(plan.rules)
                if rule.id in item.overrides or rule.id in item.exempts
            ]
            yield number, " AND ".join((f"v{number} = {MET}", *(f"v{other} <> {MET}" for other in others)))


def _referring(plan: Plan) -> Iterator[str]:
    numbers = {rule.id: number for number, rule in enumerate(plan.rules)}
    for number, rule in enumerate(plan.rules):
        if rule.kind is RuleKind.EXEMPTION:
            for other in rule.exempts:
                if other in numbers:
                    yield f"(v{number} = {CONTESTED} AND v{numbers[other]} = {MET})"
            continue
        yield f"v{number} = {CONTESTED}"
        if rule.on_unproven is OnUnproven.REFER:
            yield f"v{number} = {UNPROVEN}"
