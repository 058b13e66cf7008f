"""The figure of a rule for a subject, with the way out that it marks: what is found, and the tree after it.

Not the drawing: that is in `adjudge.answers.forms`. Pure, as the answer is.
"""

from adjudge.answers.rules.figures import Cure, FigureView, cheapest, figure_view
from adjudge.app.explain import RuleExplained
from adjudge.app.recourse import question_of, recourse_of
from adjudge.facts.settle import settle
from adjudge.reasons.explain import Reader
from adjudge.reasons.tree import RuleTree, rule_tree
from adjudge.recourse.apply import Recorder, applied
from adjudge.recourse.way import Way
from adjudge.tongues.tongue import Tongue


def figure_of(found: RuleExplained, tongue: Tongue) -> FigureView:
    """What to draw of an explained rule."""
    return figure_view(found.answer, found.subject, found.outcome, found.tree, tongue, cure=cure_of(found))


def cure_of(found: RuleExplained) -> Cure:
    """The way to mark, and what the rule comes to after it."""
    ways = recourse_of(found.answer, found.subject.party.subject.id)
    way = cheapest(ways)
    return Cure(ways, way, _after(found, way) if way is not None else None)


def _after(found: RuleExplained, way: Way) -> RuleTree:
    """The tree of the rule, asked of the claims as they would be."""
    question = question_of(found.answer, found.subject.party.subject)
    recorder = Recorder(question.claims, question.known_at)
    claims = applied([step.action for step in way.steps], question.live, recorder)
    return rule_tree(found.tree.rule, question.subject, Reader(claims, settle(claims), question.around))
