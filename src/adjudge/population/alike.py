"""Like cases: subjects that a rule cannot tell apart, and how each of them was treated. LANGUAGE.md 6.4.

Two subjects are alike under a rule where every leaf of `when` and of each `unless` has the same pair for both. A
subject of whom no decision is known is counted apart: it was neither spared nor hit, as far as anybody here knows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.ids import RuleId, SubjectId
from adjudge.basis.weight import NOTHING_KNOWN, Pair
from adjudge.facts.claim import Subject
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import Condition, leaves
from adjudge.language.package import WORLDWIDE, Package, Rule, Written
from adjudge.outcome import RuleOutcome
from adjudge.population.batch import Batch, by_point
from adjudge.population.model import Decided
from adjudge.population.rates import Rates, rates_of
from adjudge.population.reason import with_only
from adjudge.population.view import PopulationView, Treatment, treatment_of

Signature = tuple[Pair, ...]
"""The pairs of all leaves of a rule for one subject."""


@dataclass(frozen=True, slots=True)
class Member:
    """A subject of a group, with what was decided for it."""

    subject: Subject
    decided: Decided | None

    @property
    def treatment(self) -> Treatment:
        """What is known to have been decided."""
        return treatment_of(self.decided)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeGroup:
    """Subjects that one rule cannot tell apart; `outcome` is the same for all of them but for the subject."""

    rule: Rule
    outcome: RuleOutcome
    signature: Signature
    members: tuple[Member, ...]
    rates: tuple[Rates, ...]

    @property
    def differs(self) -> bool:
        """Whether two members are known to have been treated differently."""
        return len({item.decided.measures for item in self.members if item.decided is not None}) > 1

    @property
    def is_silent(self) -> bool:
        """Whether they are alike only in that nothing is known of them under this rule."""
        return all(pair == NOTHING_KNOWN for pair in self.signature)

    def treated(self, treatment: Treatment) -> int:
        """How many members were treated so."""
        return sum(item.treatment is treatment for item in self.members)

    def holds(self, subject: SubjectId) -> bool:
        """Whether a subject is a member."""
        return any(item.subject.id == subject for item in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """The whole answer: the groups in which treatment differs, or all groups of one subject."""

    view: PopulationView
    rules: tuple[Rule, ...]
    groups: tuple[LikeGroup, ...]
    subject: Subject | None

    def treated(self, treatment: Treatment) -> int:
        """How many subjects of the population were treated so."""
        return sum(treatment_of(self.view.decisions.get(s.id)) is treatment for s in self.view.subjects)


def alike(
    package: Package,
    rules: Sequence[Rule],
    view: PopulationView,
    *,
    subject: Subject | None = None,
    evaluate: Batch = by_point,
) -> Alike:
    """Group the subjects by each rule; without a subject, keep the groups whose members were treated differently."""
    asked = tuple(sorted(rules, key=lambda rule: rule.id))
    outcomes = {
        item.subject: {found.rule: found for found in item.rules}
        for item in evaluate(with_only(package, *asked), view, None)
    }
    pairs = _leaf_pairs(package, asked, view, evaluate)
    found = [
        group
        for rule in asked
        for group in _groups(rule, view, outcomes, pairs)
        if (group.differs if subject is None else group.holds(subject.id))
    ]
    return Alike(view=view, rules=asked, groups=tuple(sorted(found, key=_order)), subject=subject)


def like_groups(
    package: Package, rule: Rule, view: PopulationView, *, evaluate: Batch = by_point
) -> tuple[LikeGroup, ...]:
    """All groups under one rule, whether or not their members were treated differently."""
    outcomes = {
        item.subject: {found.rule: found for found in item.rules}
        for item in evaluate(with_only(package, rule), view, None)
    }
    return tuple(_groups(rule, view, outcomes, _leaf_pairs(package, (rule,), view, evaluate)))


def _order(group: LikeGroup) -> tuple[bool, int, RuleId, SubjectId]:
    """Groups of which something is known first, the more heavily the earlier."""
    return group.is_silent, -group.outcome.pair.for_, group.rule.id, group.members[0].subject.id


def _groups(
    rule: Rule,
    view: PopulationView,
    outcomes: Mapping[SubjectId, Mapping[RuleId, RuleOutcome]],
    pairs: Mapping[SubjectId, Mapping[Condition, Pair]],
) -> Iterable[LikeGroup]:
    parts = _leaves(rule)
    by_signature: dict[Signature, list[Subject]] = {}
    for subject in view.of_kind(rule.subject):
        mine = pairs[subject.id]
        by_signature.setdefault(tuple(mine[leaf] for leaf in parts), []).append(subject)
    for signature, subjects in by_signature.items():
        yield LikeGroup(
            rule=rule,
            outcome=outcomes[subjects[0].id][rule.id],
            signature=signature,
            members=tuple(Member(subject, view.decisions.get(subject.id)) for subject in subjects),
            rates=rates_of(subjects, rule.subject, view),
        )


def _leaves(rule: Rule) -> list[Condition]:
    return [leaf for written in rule.conditions for leaf in leaves(written.core)]


def _leaf_pairs(
    package: Package, rules: Iterable[Rule], view: PopulationView, evaluate: Batch
) -> dict[SubjectId, dict[Condition, Pair]]:
    """The pair of every leaf for every subject: each leaf is put to the engine as a rule of its own, once."""
    known: dict[tuple[Kind, Condition], Rule] = {}
    for rule in rules:
        for written in rule.conditions:
            for leaf in leaves(written.core):
                known.setdefault((rule.subject, leaf), _as_rule(rule, written, leaf, len(known)))
    named = {rule.id: leaf for (_, leaf), rule in known.items()}
    outcomes = evaluate(with_only(package, *known.values()), view, None)
    return {item.subject: {named[one.rule]: one.pair for one in item.rules} for item in outcomes}


def _as_rule(rule: Rule, written: Written, leaf: Condition, number: int) -> Rule:
    return replace(
        rule,
        id=RuleId(f"leaf-{number}"),
        when=replace(written, core=leaf),
        unless=(),
        overrides=(),
        exempts=(),
        territory=WORLDWIDE,
    )
