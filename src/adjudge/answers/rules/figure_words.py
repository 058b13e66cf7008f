"""The figure in words: what its drawing names, and the whole of it as sentences for who does not see it.

Not another explanation: it holds every part with its two weights, every line and every step that is drawn.
"""

from collections.abc import Iterator, Mapping

from adjudge.answers.rules.explained import ExplainedView
from adjudge.answers.rules.figures import FigureView, NodeView, StepView, TreeView
from adjudge.basis.said import Said, say
from adjudge.reasons.tree import Operator
from adjudge.tongues.tongue import Tongue

FIGURE: Mapping[str, Said] = {
    "against": say("against"),
    "brand": say("figure of a decision"),
    "facts": say("What the facts mean"),
    "figure": say("The figure"),
    "for": say("for"),
    "in_words": say("The figure in words, part by part"),
    "key_after": say("dashed: what the way out changes, and the weights after it"),
    "key_against": say("weight against"),
    "key_for": say("weight for"),
    "key_idle": say("claims without effect"),
    "key_silence": say("a complete record, silent"),
    "key_standard": say("the standard to be reached"),
    "not_shown": say("not shown"),
    "shown": say("shown"),
    "way": say("Way out"),
    "weighing": say("Two independent sources of weight 2 or more count together as 3."),
}
"""Words without parts."""
WEIGHED: Mapping[Operator, Said] = {
    Operator.AND: say("the least for, the greatest against"),
    Operator.OR: say("the greatest for, the least against"),
    Operator.NOT: say("for and against exchanged"),
}
"""How the weights of a part come from those below it."""


def title_text(view: FigureView, tongue: Tongue) -> str:
    """What the figure shows, in one line."""
    explained = view.explained
    return tongue(
        "{rule}, for {subject}: {verdict}",
        rule=explained.title,
        subject=explained.subject,
        verdict=explained.verdict_word,
    )


def node_text(node: NodeView, tongue: Tongue) -> str:
    """A part with its weights."""
    return tongue(
        "{part}: for {for_}, against {against}, shown: {shown}",
        part=node.part.text,
        for_=node.now.pair.for_,
        against=node.now.pair.against,
        shown=node.part.shown,
    )


def weights_text(node: NodeView, tongue: Tongue) -> str:
    """The weights of a part alone."""
    return tongue(
        "for {for_}, against {against}, shown: {shown}",
        for_=node.now.pair.for_,
        against=node.now.pair.against,
        shown=node.part.shown,
    )


def after_text(node: NodeView, tongue: Tongue) -> str:
    """What a part comes to after the way; empty where it stays as it is."""
    if node.after is None:
        return ""
    return tongue(
        "after the way out: for {for_}, against {against}, shown: {shown}",
        for_=node.after.pair.for_,
        against=node.after.pair.against,
        shown=tongue("yes") if node.after.reaches else tongue("no"),
    )


def marks_text(node: NodeView, tongue: Tongue) -> str:
    """Which steps change a leaf; empty where none does."""
    if not node.marks:
        return ""
    return tongue.plural(
        "changed by step {steps}",
        "changed by steps {steps}",
        len(node.marks),
        steps=tongue.listed(tongue.number(mark) for mark in node.marks),
    )


def question_text(explained: ExplainedView, tongue: Tongue) -> str:
    """What was asked."""
    return tongue(
        "{rule} for {subject}, {question}",
        rule=explained.rule,
        subject=explained.subject,
        question=explained.asked,
    )


def step_details(step: StepView, tongue: Tongue) -> str:
    """Who can go a step, what proves it, and whether it is about something else than this rule."""
    elsewhere = tongue("it changes no part of this rule") if step.elsewhere else ""
    return tongue.parted(text for text in (*step.details, elsewhere) if text)


def step_line(step: StepView, tongue: Tongue) -> str:
    """One step with its number and all that is known of it."""
    return tongue(
        "{number}: {text}", number=step.number, text=tongue.parted((step.text, step_details(step, tongue)))
    )


def whole_text(view: FigureView, tongue: Tongue) -> str:
    """Everything that is drawn, a line for each part; parts are numbered as in a table of contents."""
    return "\n".join(_lines(view, tongue))


def _lines(view: FigureView, tongue: Tongue) -> Iterator[str]:
    explained = view.explained
    yield tongue(
        "{verdict} ({pair}): {reason}",
        verdict=explained.verdict_word,
        pair=explained.pair,
        reason=explained.row,
    )
    yield question_text(explained, tongue)
    for tree in view.trees:
        yield heading_text(tree, tongue)
        yield from _node_lines(tree.root, tongue.number(1), tongue)
    yield view.way.said
    yield from (step_line(step, tongue) for step in view.way.steps)
    yield from view.way.then


def heading_text(tree: TreeView, tongue: Tongue) -> str:
    """The heading of a tree with its state, if it has one."""
    if not tree.state:
        return tree.heading
    return tongue("{heading}: {state}", heading=tree.heading, state=tree.state)


def _node_lines(node: NodeView, place: str, tongue: Tongue) -> Iterator[str]:
    texts = [node_text(node, tongue), *(line.text for line in node.lines)]
    texts += [text for text in (marks_text(node, tongue), after_text(node, tongue)) if text]
    yield f"{place} " + tongue.parted(texts)
    for number, below in enumerate(node.below, 1):
        yield from _node_lines(below, f"{place}.{number}", tongue)
