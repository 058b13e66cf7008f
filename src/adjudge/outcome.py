"""What every evaluator returns: a verdict per rule, its pair, the measures that apply, whether a person must decide.

Not a decision: an institution decides. LANGUAGE.md 4.2, 5.4, 8.
"""

from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.basis.said import Said
from adjudge.basis.weight import Pair
from adjudge.language.expression.syntax import Place
from adjudge.language.package import MeasureKind


class Verdict(StrEnum):
    """LANGUAGE.md 4.2. Only `MET` yields a measure; `UNKNOWN` is no permission."""

    UNKNOWN = "unknown"
    REFUTED = "refuted"
    UNPROVEN = "unproven"
    CONTESTED = "contested"
    EXCEPTED = "excepted"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error inside an atom: shown with the decision, never a verdict. LANGUAGE.md 3.7."""

    part: str
    """`when`, or the id of an `unless`."""
    place: Place
    reason: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """One rule's verdict. `pair` is that of `when`; `unless` those of the exceptions, in their order."""

    rule: RuleId
    verdict: Verdict
    pair: Pair
    unless: tuple[tuple[str, Pair], ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the rules in force say of one subject. `measures` are those that apply by LANGUAGE.md 5.2."""

    subject: SubjectId
    rules: tuple[RuleOutcome, ...]
    measures: tuple[tuple[RuleId, MeasureKind], ...]
    referred: bool

    def of(self, rule: RuleId) -> RuleOutcome | None:
        """The outcome of one rule, or None where it does not apply."""
        return next((item for item in self.rules if item.rule == rule), None)


def agree(one: Outcome, other: Outcome) -> bool:
    """Whether two evaluators found the same: everything but where in a condition an error was met, and how often."""
    return _without_order(one) == _without_order(other)


def _without_order(outcome: Outcome) -> tuple[object, ...]:
    rules = tuple(
        (
            item.rule,
            item.verdict,
            item.pair,
            item.unless,
            frozenset((f.part, f.reason) for f in item.failures),
        )
        for item in outcome.rules
    )
    return outcome.subject, rules, outcome.measures, outcome.referred


def exchange_form(outcome: Outcome) -> dict[str, object]:
    """An outcome as LANGUAGE.md 8 writes it."""
    return {
        "subject": outcome.subject,
        "rules": [
            {
                "rule": item.rule,
                "verdict": item.verdict.value,
                "for": item.pair.for_,
                "against": item.pair.against,
            }
            for item in outcome.rules
        ],
        "measures": [{"rule": rule, "kind": kind.value} for rule, kind in outcome.measures],
        "referred": outcome.referred,
    }
