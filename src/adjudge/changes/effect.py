"""In what two outcomes for one case differ, as far as one rule is concerned.

Not a comparison of packages. Each change of a rule has effects of its own kind by which a case can show it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.ids import RuleId
from adjudge.changes.change import Aspect, Change
from adjudge.language.package import MeasureKind
from adjudge.outcome import Outcome, Verdict


class EffectKind(StrEnum):
    """How a case fares differently."""

    REACHED = "reached"
    """The rule is met now and was not."""
    RELEASED = "released"
    """The rule was met and is not now."""
    VERDICT = "verdict"
    """Another verdict, neither of the two `met`."""
    MEASURE = "measure"
    """The rule is met on both sides, with another measure."""
    OTHER_LIFTED = "other_lifted"
    """The measure of another rule no longer applies."""
    OTHER_APPLIES = "other_applies"
    """The measure of another rule applies now."""
    REFERRED = "referred"
    """The same verdict now sends the case to a person."""
    NOT_REFERRED = "not_referred"
    """The same verdict no longer sends the case to a person."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A kind, and for the measure of another rule that rule's id."""

    kind: EffectKind
    other: RuleId | None = None


_MET_OR_NOT = frozenset({EffectKind.REACHED, EffectKind.RELEASED})
_OF_VERDICT = frozenset({*_MET_OR_NOT, EffectKind.VERDICT})
_OF_OTHERS = frozenset({EffectKind.OTHER_LIFTED, EffectKind.OTHER_APPLIES})
_OF_REFERRAL = frozenset({EffectKind.REFERRED, EffectKind.NOT_REFERRED})
_SHOWN_BY = {
    Aspect.OVERRIDES: _OF_OTHERS,
    Aspect.EXEMPTS: _OF_OTHERS | _OF_REFERRAL,
    Aspect.MEASURE_KIND: frozenset({EffectKind.MEASURE}),
    Aspect.ON_UNPROVEN: _OF_REFERRAL,
    Aspect.KIND: frozenset({EffectKind.MEASURE}) | _OF_OTHERS | _OF_REFERRAL,
}


def shown_by(change: Change) -> frozenset[EffectKind]:
    """The kinds of effect by which a case can show a change."""
    return _SHOWN_BY.get(change.aspect, _OF_VERDICT)


def effects(rule: RuleId, others: frozenset[RuleId], old: Outcome, new: Outcome) -> frozenset[Effect]:
    """How a rule makes two outcomes differ; `others` are the rules over which it prevails on either side."""
    return frozenset(_effects(rule, others, old, new))


def _effects(rule: RuleId, others: frozenset[RuleId], old: Outcome, new: Outcome) -> Iterator[Effect]:
    before, after = _verdict(old, rule), _verdict(new, rule)
    if before is not after:
        yield from (Effect(kind) for kind in _of_verdicts(before, after))
    elif before is Verdict.MET and _measure(old, rule) is not _measure(new, rule):
        yield Effect(EffectKind.MEASURE)
    elif old.referred != new.referred and before is not None:
        yield Effect(EffectKind.REFERRED if new.referred else EffectKind.NOT_REFERRED)
    if Verdict.MET in {before, after}:
        yield from _of_others(others, old, new)


def _verdict(outcome: Outcome, rule: RuleId) -> Verdict | None:
    found = outcome.of(rule)
    return None if found is None else found.verdict


def _measure(outcome: Outcome, rule: RuleId) -> MeasureKind | None:
    return dict(outcome.measures).get(rule)


def _of_verdicts(before: Verdict | None, after: Verdict | None) -> Iterator[EffectKind]:
    """A rule that does not apply and one that is not met come to the same."""
    if after is Verdict.MET:
        yield EffectKind.REACHED
    elif before is Verdict.MET:
        yield EffectKind.RELEASED
    elif before is not None and after is not None:
        yield EffectKind.VERDICT


def _of_others(others: frozenset[RuleId], old: Outcome, new: Outcome) -> Iterator[Effect]:
    for other in sorted(others):
        if _verdict(old, other) is Verdict.MET is _verdict(new, other):
            before, after = _measure(old, other), _measure(new, other)
            if before is not None and after is None:
                yield Effect(EffectKind.OTHER_LIFTED, other)
            elif before is None and after is not None:
                yield Effect(EffectKind.OTHER_APPLIES, other)
