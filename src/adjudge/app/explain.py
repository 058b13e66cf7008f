"""One rule for one subject of a case, taken apart: the answer, and the tree of the rule behind it.

Not another evaluation: the case is decided as ever (`adjudge.app.decide`), with the engine held against the spec.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from adjudge.answers.answer import Answer, Asked, SubjectAnswer
from adjudge.answers.rules.absences import absence_said
from adjudge.app.decide import decide
from adjudge.app.on_files import LoadedCase
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.said import Said, say
from adjudge.facts.settle import live, settle
from adjudge.language.package import Package, Rule
from adjudge.outcome import RuleOutcome
from adjudge.reasons.absence import absence_of
from adjudge.reasons.explain import Reader
from adjudge.reasons.tree import RuleTree, rule_tree
from adjudge.spec.resolve import surroundings


@dataclass(frozen=True, slots=True)
class RuleExplained:
    """What there is to say of one rule for one subject."""

    answer: Answer
    subject: SubjectAnswer
    outcome: RuleOutcome
    tree: RuleTree


def explain_rule(
    loaded: LoadedCase, asked: Asked, names: tuple[str, str], log: ProblemLog
) -> RuleExplained | None:
    """Explain the rule `names[1]` for the subject `names[0]`; None with a problem where there is nothing to explain."""
    subject_id, rule_id = names
    answer = decide(loaded, asked, log)
    if answer is None:
        return None
    subject = next((item for item in answer.subjects if item.party.subject.id == subject_id), None)
    if subject is None:
        known = [str(item.party.subject.id) for item in answer.subjects]
        message = say("the case names no subject {subject}", subject=quoted(subject_id))
        log.add("unknown-subject", message, where="--subject", hint=did_you_mean(subject_id, known))
    rule = _rule(rule_id, answer.package, loaded, log)
    if subject is None or rule is None or not _applies(rule, subject, answer, log):
        return None
    outcome = subject.outcome.of(rule.id)
    return (
        RuleExplained(answer, subject, outcome, _tree(rule, subject, answer)) if outcome is not None else None
    )


def _tree(rule: Rule, subject: SubjectAnswer, answer: Answer) -> RuleTree:
    (tree,) = trees_of([rule], subject, answer)
    return tree


def trees_of(rules: Iterable[Rule], subject: SubjectAnswer, answer: Answer) -> tuple[RuleTree, ...]:
    """The trees of some rules for one subject of an answer, by the claims that counted there."""
    asked = answer.asked
    claims = live(answer.case.claims, asked.valid_at, asked.known_at)
    reader = Reader(claims, settle(claims), surroundings(answer.package, asked.valid_at))
    return tuple(rule_tree(rule, subject.party.subject, reader) for rule in rules)


def _rule(rule_id: str, package: Package, loaded: LoadedCase, log: ProblemLog) -> Rule | None:
    """The rule of a name in the version that answers."""
    found = next((rule for rule in package.rules if rule.id == rule_id), None)
    if found is None:
        message = say(
            "version {version} of the policy has no rule {rule}",
            version=package.version,
            rule=quoted(rule_id),
        )
        hint = _elsewhere(rule_id, loaded) or did_you_mean(rule_id, [str(rule.id) for rule in package.rules])
        log.add("unknown-rule", message, where="--rule", hint=hint)
    return found


def _elsewhere(rule_id: str, loaded: LoadedCase) -> Said | None:
    """The first version that has a rule, where the one that answers has not."""
    having = [p for p in loaded.policy.packages if any(rule.id == rule_id for rule in p.rules)]
    if not having:
        return None
    first = min(having, key=lambda package: package.published_at)
    return say("version {version}, published on {day}, has it", version=first.version, day=first.published_at)


def _applies(rule: Rule, subject: SubjectAnswer, answer: Answer, log: ProblemLog) -> bool:
    """Whether there is a verdict to explain; a problem that says why not."""
    if rule.subject is not subject.party.subject.kind:
        message = say(
            "the rule {rule} is about subjects of kind {kind}, and {subject} is of kind {other}",
            rule=quoted(rule.id),
            kind=quoted(rule.subject.value),
            subject=quoted(subject.party.subject.id),
            other=quoted(subject.party.subject.kind.value),
        )
        log.add("wrong-subject", message, where="--subject", hint=_of_kind(rule, answer))
        return False
    asked = answer.asked
    absence = absence_of(
        answer.package, rule, valid_at=asked.valid_at, known_at=asked.known_at, territory=asked.territory
    )
    if absence is None:
        return True
    reason = absence_said(absence, answer.package, rule)
    message = say("the rule {rule} does not apply: {reason}", rule=quoted(rule.id), reason=reason)
    hint = say("ask with another {one} or {two}", one="`--as-of`", two="`--territory`")
    log.add("not-in-force", message, where="--rule", hint=hint)
    return False


def _of_kind(rule: Rule, answer: Answer) -> Said:
    """The subjects of the case that the rule is about."""
    fitting = [item.party.subject.id for item in answer.subjects if item.party.subject.kind is rule.subject]
    if not fitting:
        return say("the case names no subject of that kind")
    return say("of that kind: {subjects}", subjects=", ".join(quoted(item) for item in fitting))
