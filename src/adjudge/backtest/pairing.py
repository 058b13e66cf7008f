"""What it means for a subject to be of one class before and of another after. Few pairs; each is looked at once.

Not the counting, which is SQL over the numbers of the pairs.
"""

from dataclasses import dataclass

from adjudge.backtest.model import NONE, Change, Owed
from adjudge.backtest.outcomes import OutcomeClass
from adjudge.basis.ids import RuleId
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind, OnUnproven, Rule, RuleKind
from adjudge.outcome import Verdict

CATEGORY = ("dsa", "category")
UNCATEGORISED = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """One pair of classes."""

    kind: Kind
    old: str
    new: str
    change: Change
    owed: Owed | None
    old_rules: tuple[RuleId, ...]
    new_rules: tuple[RuleId, ...]
    old_referred: bool
    new_referred: bool
    alone: RuleId | None
    referring: tuple[RuleId, ...]
    """The rules for which a person must now decide."""
    categories: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is otherwise than before."""
        return self.change is not Change.SAME or self.old_referred != self.new_referred

    @property
    def newly_referred(self) -> bool:
        """Whether a person must now decide, and need not before."""
        return self.new_referred and not self.old_referred


def pairing(
    before: OutcomeClass,
    after: OutcomeClass,
    old_rules: dict[RuleId, Rule],
    new_rules: dict[RuleId, Rule],
) -> Pairing:
    """What the pair means."""
    change = change_of(before, after)
    applied = tuple(rule for rule, _ in after.measures)
    caused = (
        _brought(before, after) if change is not Change.RELEASED else tuple(r for r, _ in before.measures)
    )
    return Pairing(
        kind=after.kind,
        old=_word(before.severest),
        new=_word(after.severest),
        change=change,
        owed=_OWED.get(change),
        old_rules=tuple(rule for rule, _ in before.measures),
        new_rules=applied,
        old_referred=before.referred,
        new_referred=after.referred,
        alone=applied[0] if change is Change.RESTRICTED and len(applied) == 1 else None,
        referring=referring(after, new_rules),
        categories=_categories(caused, {**old_rules, **new_rules}),
    )


_OWED = {
    Change.RESTRICTED: Owed.MEASURE,
    Change.SEVERER: Owed.ALTERED,
    Change.MILDER: Owed.ALTERED,
    Change.OTHERWISE: Owed.ALTERED,
    Change.RELEASED: Owed.LIFTING,
}


def change_of(before: OutcomeClass, after: OutcomeClass) -> Change:
    """What becomes of the measures."""
    old, new = before.severest, after.severest
    if old is new:
        return Change.SAME if set(before.measures) == set(after.measures) else Change.OTHERWISE
    if old is None:
        return Change.RESTRICTED
    if new is None:
        return Change.RELEASED
    return Change.SEVERER if new.severity > old.severity else Change.MILDER


def _brought(before: OutcomeClass, after: OutcomeClass) -> tuple[RuleId, ...]:
    """The rules behind a change: those whose measure is new; where measures only went, those that went."""
    brought = tuple(rule for rule, kind in after.measures if (rule, kind) not in before.measures)
    return brought or tuple(rule for rule, kind in before.measures if (rule, kind) not in after.measures)


def referring(found: OutcomeClass, rules: dict[RuleId, Rule]) -> tuple[RuleId, ...]:
    """The rules that send a subject to a person. LANGUAGE.md 5.4."""
    if not found.referred:
        return ()
    met = {rule for rule, verdict in found.rules if verdict is Verdict.MET}
    return tuple(rule for rule, verdict in found.rules if _refers(rules[rule], verdict, met))


def _refers(rule: Rule, verdict: Verdict, met: set[RuleId]) -> bool:
    if rule.kind is RuleKind.EXEMPTION:
        return verdict is Verdict.CONTESTED and not met.isdisjoint(rule.exempts)
    unproven = verdict is Verdict.UNPROVEN and rule.on_unproven is OnUnproven.REFER
    return verdict is Verdict.CONTESTED or unproven


def _categories(rules: tuple[RuleId, ...], known: dict[RuleId, Rule]) -> tuple[str, ...]:
    """The categories of rules, as the statements of reasons will name them."""
    table, key = CATEGORY
    found = {known[rule].codes.get(table, {}).get(key, UNCATEGORISED) for rule in rules}
    return tuple(sorted(found))


def _word(kind: MeasureKind | None) -> str:
    return NONE if kind is None else kind.value
