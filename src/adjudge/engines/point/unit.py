"""Rules compiled for one stretch of time: masks from generated code, outcomes from tables.

A rule's outcome depends on its masks only, and there are 36 masks: so outcomes are made once and looked up. What follows
from them (measures, referral) is worked out again only where some rule is met, contested or asks for a person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.mask import MASKS, NEGATED, pair_of_mask
from adjudge.basis.weight import Pair, outweighs
from adjudge.engines.point.prepare import Settled
from adjudge.engines.point.source import Occurrence, Writer
from adjudge.engines.point.weigh import Context, Report
from adjudge.facts.vocabulary import Fact
from adjudge.language.expression.syntax import Place
from adjudge.language.package import MeasureKind, OnUnproven, Rule, RuleKind
from adjudge.outcome import Failure, Outcome, RuleOutcome, Verdict

Failures = list[tuple[int, str, Place, str]]
Masks = int | tuple[int, ...]
Evaluate = Callable[[Mapping[str, object], Mapping[str, object], Instant, Failures], tuple[Masks, ...]]
Consequences = tuple[tuple[tuple[RuleId, MeasureKind], ...], bool]

_NOTHING: Consequences = ((), False)


@dataclass(frozen=True, slots=True)
class Unit:
    """The compiled rules of one kind of subject. `facts` are those that they read; `source` is shown for inspection."""

    rules: tuple[Rule, ...]
    facts: tuple[Fact, ...]
    source: str
    evaluate: Evaluate
    tables: tuple["_Table", ...]

    def outcome(self, subject: SubjectId, settled: Settled, now: Instant) -> Outcome:
        """The whole outcome of a subject."""
        failures: Failures = []
        masks = self.evaluate(settled.singles, settled.evidence, now, failures)  # type: ignore[arg-type]  # the keys are fact names
        found = [table[mask] for table, mask in zip(self.tables, masks, strict=True)]
        if failures:
            found = _with_failures(found, failures)
        measures, referred = self._consequences(found)
        return Outcome(subject=subject, rules=tuple(found), measures=measures, referred=referred)

    def met(self, settled: Settled, now: Instant) -> list[RuleId]:
        """The rules that are met, and nothing else: what a caller asks who only needs to know whether to look."""
        masks = self.evaluate(settled.singles, settled.evidence, now, [])  # type: ignore[arg-type]  # as above
        return [
            rule.id
            for rule, table, mask in zip(self.rules, self.tables, masks, strict=True)
            if table[mask].verdict is Verdict.MET
        ]

    def _consequences(self, found: Sequence[RuleOutcome]) -> Consequences:
        """Measures that apply and referral. LANGUAGE.md 5.2, 5.4."""
        stirring = [
            (rule, item.verdict)
            for rule, item in zip(self.rules, found, strict=True)
            if item.verdict in _STIRRING
        ]
        if not stirring:
            return _NOTHING
        met = {rule.id for rule, verdict in stirring if verdict is Verdict.MET}
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


class _Table(dict[Masks, RuleOutcome]):
    """The outcomes of one rule by its masks, made when first asked for (exceptions multiply them)."""

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self.rule = rule
        if not rule.unless:
            self.update({mask: self.__missing__(mask) for mask in MASKS})

    def __missing__(self, masks: Masks) -> RuleOutcome:
        when, *unless = (masks,) if isinstance(masks, int) else masks
        pairs = [pair_of_mask(mask) for mask in unless]
        pair = pair_of_mask(when)
        found = RuleOutcome(
            rule=self.rule.id,
            verdict=_verdict(self.rule, pair, pairs),
            pair=pair,
            unless=tuple((item.id, one) for item, one in zip(self.rule.unless, pairs, strict=True)),
        )
        # Two threads may both make one: the same value, so that either may stay.
        self[masks] = found
        return found


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


def _report_all(failures: Failures, occurrences: Sequence[Occurrence]) -> Report:
    def report(_place: Place, reason: str) -> None:
        failures.extend((number, part, place, reason) for number, part, place in occurrences)

    return report


def compile_unit(rules: Sequence[Rule], facts: Sequence[Fact], context: Context) -> Unit:
    """Compile rules of one kind of subject; `context` holds what is in force."""
    writer = Writer(context)
    for number, rule in enumerate(rules):
        writer.rule(number, rule)
    source = writer.finish()
    namespace: dict[str, object] = {
        "NEGATED": NEGATED,
        "NONE": MappingProxyType({}),
        "report": _report,
        "report_all": _report_all,
        **writer.constants.namespace,
    }
    exec(compile(source, "<adjudge.engines.point>", "exec"), namespace)  # noqa: S102 - the text is made by `source`, of the checked core only
    evaluate: Evaluate = namespace["evaluate"]  # type: ignore[assignment]  # what the source defines
    return Unit(tuple(rules), tuple(facts), source, evaluate, tuple(_Table(rule) for rule in rules))
