"""Outcome to decision: a pure function, the heart of the house.

Not yet the institution's act: nobody has signed. It says which measure the outcome calls for, that there is none, or
that a person must decide, and why. Only `met` yields a measure; nothing unproven turns into one. LANGUAGE.md 5.2-5.4.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.decisions.scope import Applied, combine
from adjudge.language.package import DecidedBy, OnUnproven, Rule, RuleKind
from adjudge.outcome import Outcome, Verdict


class Disposition(StrEnum):
    """What the outcome calls for."""

    MEASURE = "measure"
    REFER = "refer"
    REQUEST_EVIDENCE = "request_evidence"
    NO_MEASURE = "no_measure"


class Because(StrEnum):
    """Why a person must decide."""

    CONTESTED = "contested"
    UNPROVEN = "unproven"
    CONTESTED_EXEMPTION = "contested_exemption"
    RULE_ASKS_PERSON = "rule_asks_person"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class PersonReason:
    """One reason why automation may not decide; `role` is the signature that is needed, if one is."""

    because: Because
    rule: RuleId
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be decided for a subject. `by_person` is empty where automation may decide alone."""

    subject: SubjectId
    disposition: Disposition
    measures: tuple[Applied, ...]
    by_person: tuple[PersonReason, ...]
    evidence_wanted: tuple[RuleId, ...]


def adjudicate(outcome: Outcome, rules: Iterable[Rule]) -> Decision:
    """The decision that an outcome calls for. `rules` are those in force."""
    by_id = {rule.id: rule for rule in rules}
    measures = combine(
        (rule_id, measure)
        for rule_id, _ in outcome.measures
        if (measure := by_id[rule_id].measure) is not None
    )
    referring = tuple(_referring(outcome, by_id))
    wanted = tuple(item.rule for item in outcome.rules if _wants_evidence(item.verdict, by_id[item.rule]))
    return Decision(
        subject=outcome.subject,
        disposition=_disposition(bool(measures), bool(referring), bool(wanted)),
        measures=measures,
        by_person=(*referring, *_signing(outcome, by_id)),
        evidence_wanted=wanted,
    )


def _disposition(measure: bool, refer: bool, evidence: bool) -> Disposition:  # noqa: FBT001 - three questions in order
    if measure:
        return Disposition.MEASURE
    if refer:
        return Disposition.REFER
    return Disposition.REQUEST_EVIDENCE if evidence else Disposition.NO_MEASURE


def _wants_evidence(verdict: Verdict, rule: Rule) -> bool:
    return verdict is Verdict.UNPROVEN and rule.on_unproven is OnUnproven.REQUEST_EVIDENCE


def _referring(outcome: Outcome, rules: dict[RuleId, Rule]) -> Iterable[PersonReason]:
    """Why the outcome is referred (5.4), rule by rule."""
    met = {item.rule for item in outcome.rules if item.verdict is Verdict.MET}
    for item in outcome.rules:
        rule = rules[item.rule]
        if rule.kind is RuleKind.EXEMPTION:
            if item.verdict is Verdict.CONTESTED and met & set(rule.exempts):
                yield PersonReason(Because.CONTESTED_EXEMPTION, rule.id)
        elif item.verdict is Verdict.CONTESTED:
            yield PersonReason(Because.CONTESTED, rule.id)
        elif item.verdict is Verdict.UNPROVEN and rule.on_unproven is OnUnproven.REFER:
            yield PersonReason(Because.UNPROVEN, rule.id)


def _signing(outcome: Outcome, rules: dict[RuleId, Rule]) -> Iterable[PersonReason]:
    """Why the measures themselves need a person: the rule says so, or asks for a role's signature (4.1)."""
    for rule_id, _ in outcome.measures:
        rule = rules[rule_id]
        if rule.decided_by is DecidedBy.PERSON:
            yield PersonReason(Because.RULE_ASKS_PERSON, rule_id)
        for role in rule.review:
            yield PersonReason(Because.SIGNATURE, rule_id, role)
