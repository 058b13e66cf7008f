"""Why one subject changes, as people read it: what applied before and after, and the rules that make it so.

A rule that both versions have in the same words is taken apart once, since both were asked on the same claims.
"""

from dataclasses import dataclass

from adjudge.answers.rules.trees import ConditionView, rule_views
from adjudge.backtest.explaining import Explained, RuleBothWays, Sided
from adjudge.decisions.words import MEASURES, VERDICT_WORDS
from adjudge.outcome import Outcome
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeView:
    """The conditions of a rule, under a heading that says of which version where they differ."""

    heading: str
    conditions: tuple[ConditionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChangeView:
    """One rule before and after."""

    id: str
    title: str
    before: str
    after: str
    is_same: bool
    trees: tuple[TreeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedView:
    """One subject."""

    subject: str
    before: str
    after: str
    rules: tuple[RuleChangeView, ...]
    silent: tuple[str, ...]
    """Rules of which nothing is known, or that are refuted, in both versions."""


def explained_view(found: Explained, tongue: Tongue) -> ExplainedView:
    """What to show: the rules that differ first."""
    shown = sorted((item for item in found.rules if item.matters), key=lambda item: (item.is_same, item.id))
    return ExplainedView(
        subject=str(found.subject.id),
        before=_outcome_text(found.old, tongue),
        after=_outcome_text(found.new, tongue),
        rules=tuple(_rule(item, found, tongue) for item in shown),
        silent=tuple(str(item.id) for item in found.rules if not item.matters),
    )


def _outcome_text(outcome: Outcome, tongue: Tongue) -> str:
    measures = [
        tongue("{kind} by {rule}", kind=tongue.of(MEASURES[kind]), rule=f"`{rule}`")
        for rule, kind in outcome.measures
    ]
    text = tongue.listed(measures) if measures else tongue("no measure")
    return tongue("{measures}; a person must decide", measures=text) if outcome.referred else text


def _rule(item: RuleBothWays, found: Explained, tongue: Tongue) -> RuleChangeView:
    newest = item.new or item.old
    return RuleChangeView(
        id=str(item.id),
        title=tongue.text(newest.rule.title) if newest is not None else "",
        before=_side_text(item.old, tongue),
        after=_side_text(item.new, tongue),
        is_same=item.is_same,
        trees=tuple(_trees(item, found, tongue)),
    )


def _side_text(side: Sided | None, tongue: Tongue) -> str:
    if side is None:
        return tongue("no such rule in force")
    if side.verdict is None:
        return tongue("does not apply")
    verdict = tongue.of(VERDICT_WORDS[side.verdict])
    if side.rule.measure is None:
        return verdict
    if side.applies:
        return tongue("{verdict}; its measure applies", verdict=verdict)
    return tongue("{verdict}; its measure does not apply", verdict=verdict)


def _trees(item: RuleBothWays, found: Explained, tongue: Tongue) -> list[TreeView]:
    old, new = item.old, item.new
    if old is not None and new is not None and _conditions(old) != _conditions(new):
        return [_tree(old, tongue("before"), found, tongue), _tree(new, tongue("after"), found, tongue)]
    side = new or old
    return [_tree(side, "", found, tongue)] if side is not None else []


def _conditions(side: Sided) -> tuple[object, ...]:
    rule = side.rule
    return (
        rule.standard,
        rule.when.core,
        tuple((u.id, u.standard, u.when.core) for u in rule.unless),
        side.verdict,
    )


def _tree(side: Sided, heading: str, found: Explained, tongue: Tongue) -> TreeView:
    return TreeView(heading=heading, conditions=rule_views(side.tree, tongue, found.documents))
