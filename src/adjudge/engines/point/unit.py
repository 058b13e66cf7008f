"""Rules compiled for one stretch of time: masks from generated code, outcomes from tables.

A rule's outcome depends on its masks only, and there are 36 masks: so outcomes are made once and looked up. What
follows from them (measures, referral) is worked out again only where some rule is met, contested or asks for a person.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import getitem
from struct import Struct

from adjudge.basis.ids import FactName, RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.mask import MASKS, pair_of_mask
from adjudge.basis.weight import Pair, outweighs
from adjudge.engines.point.lanes import BITS
from adjudge.engines.point.readings import NO_VARIABLES, Failures
from adjudge.engines.point.source import Writer
from adjudge.engines.point.weigh import Context
from adjudge.facts.settle import Evidence
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.language.core import facts_of, leaves
from adjudge.language.failure import Report
from adjudge.language.package import MeasureKind, OnUnproven, Rule, RuleKind
from adjudge.outcome import Failure, Outcome, RuleOutcome, Verdict

MOST_RULES = 64
MOST_LEAVES = 1_000
"""Rules, and leaves of their conditions, in one block. A row of masks is as long as all lanes of its block, and every
leaf has its rows: so the memory of a block grows with the square of its leaves, and many small ones are cheaper."""

MOST_OUTCOMES = 50_000
"""Outcomes that are kept of a rule with exceptions."""

Facts = Mapping[FactName, Evidence]
Evaluate = Callable[[Facts, Facts, Facts | None, Instant, Failures], int]
Consequences = tuple[tuple[tuple[RuleId, MeasureKind], ...], bool]

_NOTHING: Consequences = ((), False)
_MET = (
    Verdict.MET
)  # Python 3.11 takes long to find a member of an enumeration; here it is asked for once a rule


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of a subject: facts of its own, and of its advertiser (of an advertiser the same)."""

    subject: SubjectId
    own: Facts
    above: Facts


@dataclass(frozen=True, slots=True)
class Block:
    """Up to 64 rules in one function; `source` is shown for inspection.

    Lane n of what `evaluate` gives is the `when` of rule n; `unless` gives the lanes of the exceptions of some rules.
    `proven` has, in the lane of each rule, the bit of its standard; `unpack` makes the lanes masks.
    """

    rules: tuple[Rule, ...]
    source: str
    evaluate: Evaluate
    tables: tuple[dict[int, RuleOutcome], ...]
    unless: tuple[tuple[int, slice, "_Excepted"], ...]
    unpack: Callable[[bytes], tuple[int, ...]]
    size: int
    proven: int
    stirring: int

    def outcomes(self, lanes: int) -> list[RuleOutcome]:
        """The outcome of each rule, from its table."""
        masks = self.unpack(lanes.to_bytes(self.size, "little"))
        found = list(map(getitem, self.tables, masks))
        for number, exceptions, table in self.unless:
            found[number] = table[masks[number], *masks[exceptions]]
        return found


@dataclass(frozen=True, slots=True)
class Unit:
    """The compiled rules of one kind of subject. `general` are the facts that leaves without a quick way read."""

    rules: tuple[Rule, ...]
    blocks: tuple[Block, ...]
    general: tuple[Fact, ...]

    def outcome(self, settled: Settled, now: Instant) -> Outcome:
        """The whole outcome of a subject."""
        evidence = self._evidence(settled)
        found: list[RuleOutcome] = []
        stirring = False
        for block in self.blocks:
            failures: Failures = []
            lanes = block.evaluate(settled.own, settled.above, evidence, now, failures)
            outcomes = block.outcomes(lanes)
            found += _with_failures(outcomes, failures) if failures else outcomes
            # No rule with something for it: then none can stir anything, and none is looked at again.
            stirring = stirring or bool(lanes & block.stirring)
        measures, referred = self._consequences(found) if stirring else _NOTHING
        return Outcome(subject=settled.subject, rules=tuple(found), measures=measures, referred=referred)

    def met(self, settled: Settled, now: Instant) -> list[RuleId]:
        """The rules that are met, and nothing else."""
        evidence = self._evidence(settled)
        found: list[RuleId] = []
        for block in self.blocks:
            lanes = block.evaluate(settled.own, settled.above, evidence, now, [])
            if lanes & block.proven:
                found += [item.rule for item in block.outcomes(lanes) if item.verdict is _MET]
        return found

    def _evidence(self, settled: Settled) -> Facts | None:
        """All evidence by fact, where something takes the general way."""
        if not self.general:
            return None
        if settled.own is settled.above:
            return settled.own
        found = {}
        for fact in self.general:
            name = fact.full_name
            evidence = (settled.above if fact.kind is Kind.ADVERTISER else settled.own).get(name)
            if evidence is not None:
                found[name] = evidence
        return found

    def _consequences(self, found: Sequence[RuleOutcome]) -> Consequences:
        """Measures that apply and referral. LANGUAGE.md 5.2, 5.4."""
        stirring = [
            (rule, item.verdict)
            for rule, item in zip(self.rules, found, strict=True)
            if item.verdict in _STIRRING
        ]
        if not stirring:
            return _NOTHING
        met = {rule.id for rule, verdict in stirring if verdict is _MET}
        prevailed = {
            other for rule, _ in stirring if rule.id in met for other in (*rule.overrides, *rule.exempts)
        }
        measures = tuple(
            (rule.id, rule.measure.kind)
            for rule, _ in stirring
            if rule.id in met and rule.id not in prevailed and rule.measure is not None
        )
        return measures, any(_refers(rule, verdict, met) for rule, verdict in stirring)


_STIRRING = frozenset({Verdict.MET, Verdict.CONTESTED, Verdict.UNPROVEN})


def _refers(rule: Rule, verdict: Verdict, met: set[RuleId]) -> bool:
    if rule.kind is RuleKind.EXEMPTION:
        return verdict is Verdict.CONTESTED and not met.isdisjoint(rule.exempts)
    unproven = verdict is Verdict.UNPROVEN and rule.on_unproven is OnUnproven.REFER
    return unproven or verdict is Verdict.CONTESTED


def _with_failures(found: Sequence[RuleOutcome], failures: Failures) -> list[RuleOutcome]:
    """Each failure once, with its rule. LANGUAGE.md 3.7."""
    result = list(found)
    by_rule: dict[int, dict[Failure, None]] = {}
    for number, part, place, reason in failures:
        by_rule.setdefault(number, {})[Failure(part, place, reason)] = None
    for number, mine in by_rule.items():
        result[number] = replace(result[number], failures=tuple(mine))
    return result


def _table(rule: Rule) -> dict[int, RuleOutcome]:
    """The outcomes of a rule by its mask, its exceptions left aside."""
    bare = replace(rule, unless=())
    return {mask: _outcome(bare, (mask,)) for mask in MASKS}


class _Excepted(dict[tuple[int, ...], RuleOutcome]):
    """The outcomes of one rule by its masks, made when first asked for, since exceptions multiply them."""

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self.rule = rule

    def __missing__(self, masks: tuple[int, ...]) -> RuleOutcome:
        found = _outcome(self.rule, masks)
        if len(self) < MOST_OUTCOMES:
            # Two threads may both make one: the same value, so that either may stay.
            self[masks] = found
        return found


def _outcome(rule: Rule, masks: Sequence[int]) -> RuleOutcome:
    pair, *unless = map(pair_of_mask, masks)
    return RuleOutcome(
        rule=rule.id,
        verdict=_verdict(rule, pair, unless),
        pair=pair,
        unless=tuple((item.id, one) for item, one in zip(rule.unless, unless, strict=True)),
    )


def _verdict(rule: Rule, pair: Pair, unless: Sequence[Pair]) -> Verdict:
    """The table of LANGUAGE.md 4.2."""
    if not pair.for_ and not pair.against:
        return Verdict.UNKNOWN
    if pair.for_ < rule.standard:
        return Verdict.UNPROVEN if pair.for_ > pair.against else Verdict.REFUTED
    if pair.against >= pair.for_:
        return Verdict.CONTESTED
    shown = [one for item, one in zip(rule.unless, unless, strict=True) if one.for_ >= item.standard]
    if not shown:
        return Verdict.MET
    return Verdict.EXCEPTED if any(outweighs(one, 1) for one in shown) else Verdict.CONTESTED


def _report(failures: Failures, number: int, part: str) -> Report:
    return lambda place, reason: failures.append((number, part, place, reason))


def compile_unit(rules: Sequence[Rule], context: Context) -> Unit:
    """Compile rules of one kind of subject; `context` holds what is in force."""
    blocks, general = [], set()
    for some in _grouped(rules):
        block, names = _compile_block(some, context)
        blocks.append(block)
        general |= names
    return Unit(tuple(rules), tuple(blocks), tuple(context.facts[name] for name in sorted(general)))


def _grouped(rules: Sequence[Rule]) -> Iterable[Sequence[Rule]]:
    """Rules in their order, as many together as a block may hold; a rule over the limit stands alone."""
    start, held = 0, 0
    for end, rule in enumerate(rules):
        size = sum(len(leaves(part.core)) for part in rule.conditions)
        if end > start and (held + size > MOST_LEAVES or end - start >= MOST_RULES):
            yield rules[start:end]
            start, held = end, 0
        held += size
    if start < len(rules):
        yield rules[start:]


def _compile_block(rules: Sequence[Rule], context: Context) -> tuple[Block, set[FactName]]:
    parts = [(number, "when", rule.when.core) for number, rule in enumerate(rules)]
    unless = []
    for number, rule in enumerate(rules):
        if rule.unless:
            unless.append((number, slice(len(parts), len(parts) + len(rule.unless)), _Excepted(rule)))
            parts += [(number, item.id, item.when.core) for item in rule.unless]
    writer = Writer(parts, context)
    source = writer.finish()
    namespace: dict[str, object] = {
        "NONE": NO_VARIABLES,
        "bisect": bisect_left,
        "report": _report,
        "unpack": Struct(f"<{writer.layout.extra}H").unpack,
        **writer.constants.namespace,
    }
    exec(compile(source, "<adjudge.engines.point>", "exec"), namespace)  # noqa: S102 - the text is made by `source`, of the checked core only
    block = Block(
        rules=tuple(rules),
        source=source,
        evaluate=namespace["evaluate"],  # type: ignore[arg-type]  # what the source defines
        tables=tuple(map(_table, rules)),
        unless=tuple(unless),
        unpack=Struct(f"<{len(parts)}H").unpack,
        size=len(parts) * BITS // 8,
        proven=sum(1 << (n * BITS + rule.standard - 1) for n, rule in enumerate(rules)),
        stirring=sum(1 << (n * BITS) for n in range(len(rules))),
    )
    return block, {name for spot in writer.general for name in facts_of(spot.leaf)}
