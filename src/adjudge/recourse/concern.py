"""The rules that a way can have to do with: those that read a fact in common with a rule to be lifted, and so on.

Not only the met rules: a fact that is changed for one rule can meet another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adjudge.basis.ids import FactName, RuleId
from adjudge.language.core import And, Atom, Condition, Has, Member, Not, Or, Quantified
from adjudge.language.package import Rule
from adjudge.reasons.roles import read_facts

Leaf = Atom | Has | Quantified | Member


def concerned(rules: Sequence[Rule], lifted: Iterable[RuleId]) -> tuple[Rule, ...]:
    """The rules that are joined to one to be lifted by facts, overrides and exemptions, in the order given."""
    found = set(lifted)
    facts = {rule.id: set(read_facts(rule.conditions)) for rule in rules}
    reach = set().union(*(facts[rule] for rule in found)) if found else set()
    growing = True
    while growing:
        joined = {
            rule.id
            for rule in rules
            if rule.id not in found and (facts[rule.id] & reach or _prevails(rule, found, rules))
        }
        found |= joined
        reach = reach.union(*(facts[rule] for rule in joined))
        growing = bool(joined)
    return tuple(rule for rule in rules if rule.id in found)


def _prevails(rule: Rule, found: set[RuleId], rules: Sequence[Rule]) -> bool:
    """Whether a rule prevails over one of those, or one of those over it."""
    below = {*rule.overrides, *rule.exempts}
    return bool(below & found) or any(
        rule.id in {*other.overrides, *other.exempts} for other in rules if other.id in found
    )


@dataclass(frozen=True, slots=True)
class Use:
    """What can help where a leaf stands: that it is shown more, that it is shown less, or either."""

    raised: bool = False
    lowered: bool = False

    def __or__(self, other: "Use") -> "Use":
        """Both uses together."""
        return Use(self.raised or other.raised, self.lowered or other.lowered)

    @property
    def turned(self) -> "Use":
        """Beneath a NOT, and for `all` as an `exists`."""
        return Use(self.lowered, self.raised)


def uses(rules: Sequence[Rule]) -> Mapping[Leaf, Use]:
    """Every leaf of some rules, each once however often it stands there, with what can help there."""
    found: dict[Leaf, Use] = {}
    prevailing = {rule.id for rule in rules if rule.overrides or rule.exempts}
    for rule in rules:
        lifts = Use(raised=rule.id in prevailing, lowered=rule.measure is not None)
        _note(rule.when.core, lifts, found)
        for item in rule.unless:
            _note(item.when.core, lifts.turned, found)
    return found


def _note(condition: Condition, use: Use, found: dict[Leaf, Use]) -> None:
    match condition:
        case And() | Or():
            for operand in condition.operands:
                _note(operand, use, found)
        case Not():
            _note(condition.operand, use.turned, found)
        case _:
            found[condition] = found.get(condition, Use()) | use


def facts_of_rules(rules: Iterable[Rule]) -> tuple[FactName, ...]:
    """The facts that rules read, sorted."""
    return read_facts(written for rule in rules for written in rule.conditions)
