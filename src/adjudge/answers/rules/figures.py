"""The figure of a decision as values: each tree of a rule with both weights of every part, and a way out marked.

Not a drawing and not a list: the forms make both of the same values, so that they say the same.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.answers.rules.explained import ExplainedView, explained_view
from adjudge.answers.rules.figure_steps import power_text, proof_text, step_text
from adjudge.answers.rules.trees import Documents, PartView, part_view
from adjudge.answers.words import weight_text
from adjudge.basis.weight import Pair, Standard, outweighs
from adjudge.decisions.words import VERDICT_WORDS
from adjudge.outcome import RuleOutcome
from adjudge.reasons.roles import Role
from adjudge.reasons.tree import Operator, Part, RuleTree
from adjudge.recourse.action import Power
from adjudge.recourse.way import Recourse, Step, Way
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Cure:
    """What lifts the measures: all that was found, the way that is marked, and the tree of the rule after it."""

    found: Recourse
    way: Way | None = None
    after: RuleTree | None = None


class LineKind(StrEnum):
    """What a line at a leaf is about; each has a sign of its own."""

    FOR = "for"
    AGAINST = "against"
    IDLE = "idle"
    """Claims without effect there."""
    SILENCE = "silence"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One line at a leaf."""

    kind: LineKind
    text: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a part comes to, and whether that shows it to the standard."""

    pair: Pair
    reaches: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """A part of a condition. `part` holds its words, and all its claims; `lines` sum those up.

    `marks` are the numbers of the steps that change a leaf; `after` is None where the way leaves the pair as it is.
    """

    part: PartView
    written: str
    operator: Operator
    now: Weighing
    lines: tuple[Line, ...]
    marks: tuple[int, ...]
    after: Weighing | None
    below: tuple["NodeView", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeView:
    """One condition. `state` is empty for the rule's own, whose state is the verdict."""

    heading: str
    state: str
    standard: Standard
    root: NodeView


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step of the way, and whether it changes no leaf of this rule."""

    number: int
    text: str
    details: tuple[str, ...]
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class WayView:
    """The way that is marked: what it is, its steps, what follows. Without steps only the first is said."""

    said: str
    steps: tuple[StepView, ...] = ()
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureView:
    """Everything that is drawn."""

    explained: ExplainedView
    trees: tuple[TreeView, ...]
    way: WayView


def cheapest(found: Recourse) -> Way | None:
    """The way to mark: the cheapest of the advertiser's own, else of others, else one to a person's decision.

    What others can do may cost less, but nobody is helped by being told first what is in nobody's hands but theirs.
    """
    own = {id(way) for way in found.own}
    ways = [way for way in found.ways if not way.is_detour]
    return next((way for way in ways if id(way) in own), ways[0] if ways else None)


def figure_view(
    answer: Answer,
    subject: SubjectAnswer,
    outcome: RuleOutcome,
    tree: RuleTree,
    tongue: Tongue,
    *,
    cure: Cure,
) -> FigureView:
    """What to draw."""
    explained = explained_view(answer, subject, outcome, tree, tongue)
    is_lifted = tree.rule.id in cure.found.lifted
    way = cure.way if is_lifted else None
    after = cure.after if is_lifted else None
    build = _Build(tongue, answer.case.documents, way.steps if way else ())
    roots = [(tree.when, after.when if after else None, tree.rule.standard, "")]
    for number, item in enumerate(tree.unless):
        then = after.unless[number].root if after else None
        roots.append(
            (item.root, then, item.unless.standard, state_text(item.root.pair, item.unless.standard, tongue))
        )
    trees = tuple(
        TreeView(heading=view.heading, state=state, standard=standard, root=build.node(part, then))
        for view, (part, then, standard, state) in zip(explained.conditions, roots, strict=True)
    )
    changed = {mark for item in trees for node in nodes_of(item.root) for mark in node.marks}
    if not is_lifted:
        return FigureView(
            explained,
            trees,
            WayView(tongue("No measure of this rule applies, so that nothing has to change.")),
        )
    return FigureView(explained, trees, _way_view(cure, outcome, changed, (answer, tongue)))


def nodes_of(root: NodeView) -> Iterator[NodeView]:
    """A part and all below it, from left to right."""
    yield root
    for node in root.below:
        yield from nodes_of(node)


def state_text(pair: Pair, standard: Standard, tongue: Tongue) -> str:
    """What an exception comes to. LANGUAGE.md 4.2."""
    if outweighs(pair, standard):
        return tongue("established")
    return tongue("shown, but contested") if pair.for_ >= standard else tongue("not established")


@dataclass(frozen=True, slots=True)
class _Build:
    """Makes the values of parts, beside the same parts after the way."""

    tongue: Tongue
    documents: Documents
    steps: tuple[Step, ...]

    def node(self, part: Part, then: Part | None) -> NodeView:
        """A part with those below it; the two trees have one shape, since they are of one rule."""
        is_changed = then is not None and then.pair != part.pair
        after = Weighing(then.pair, then.reaches) if then is not None and is_changed else None
        below_then = then.below if then is not None else (None,) * len(part.below)
        return NodeView(
            part=part_view(part, self.tongue, self.documents),
            written=part.text,
            operator=part.operator,
            now=Weighing(part.pair, part.reaches),
            lines=() if part.below else tuple(self.lines(part)),
            marks=tuple(self.marks(part)) if is_changed and not part.below else (),
            after=after,
            below=tuple(self.node(item, later) for item, later in zip(part.below, below_then, strict=True)),
        )

    def marks(self, part: Part) -> Iterator[int]:
        """The numbers of the steps that change a fact which a leaf reads."""
        for number, step in enumerate(self.steps, 1):
            if step.action.fact in part.facts:
                yield number

    def lines(self, part: Part) -> Iterator[Line]:
        """Who speaks at a leaf, in few words."""
        tongue = self.tongue
        for_, against, idle = (_weights(part, has) for has in (_is_for, _is_against, _is_idle))
        if for_:
            text = tongue.plural(
                "{count} claim for, of weight {weight}",
                "{count} claims for, the heaviest of weight {weight}",
                len(for_),
                weight=weight_text(max(for_), tongue),
            )
            yield Line(LineKind.FOR, text)
        if against:
            text = tongue.plural(
                "{count} claim against, of weight {weight}",
                "{count} claims against, the heaviest of weight {weight}",
                len(against),
                weight=weight_text(max(against), tongue),
            )
            yield Line(LineKind.AGAINST, text)
        if idle:
            yield Line(
                LineKind.IDLE,
                tongue.plural("{count} claim without effect", "{count} claims without effect", len(idle)),
            )
        yield from self.unclaimed(part)

    def unclaimed(self, part: Part) -> Iterator[Line]:
        """What no claim says: the silence of records, of everybody, and what could not be worked out."""
        tongue, weight = self.tongue, weight_text(Standard.OFFICIAL, self.tongue)
        for name in part.silent:
            text = tongue(
                "the record of {fact} is complete: what is not in it counts at {weight}",
                fact=name,
                weight=weight,
            )
            yield Line(LineKind.SILENCE, text)
        if part.facts and not part.speaking and not part.silent:
            text = tongue("no claim that counts speaks of {facts}", facts=tongue.listed(part.facts))
            yield Line(LineKind.NOTE, text)
        for error in part.errors:
            yield Line(LineKind.NOTE, tongue("could not be worked out: {reason}", reason=error))


def _weights(part: Part, has: Callable[[frozenset[Role]], bool]) -> list[int]:
    """The weights of the claims at a leaf whose roles fit; one that speaks both ways is counted on both sides."""
    return [item.claim.weight for item in part.speaking if has(item.roles)]


def _is_for(roles: frozenset[Role]) -> bool:
    return Role.FOR in roles


def _is_against(roles: frozenset[Role]) -> bool:
    return Role.AGAINST in roles


def _is_idle(roles: frozenset[Role]) -> bool:
    return not roles


def _way_view(
    cure: Cure, outcome: RuleOutcome, changed: Collection[int], told: tuple[Answer, Tongue]
) -> WayView:
    answer, tongue = told
    if cure.way is None:
        return WayView(_nothing_found(cure.found, tongue))
    steps = tuple(
        StepView(
            number=number,
            text=step_text(step, answer, tongue),
            details=(power_text(step, answer, tongue), proof_text(step, tongue)),
            elsewhere=number not in changed,
        )
        for number, step in enumerate(cure.way.steps, 1)
    )
    return WayView(_said_of(cure.way, tongue), steps, tuple(_then(cure, cure.way, outcome, tongue)))


def _nothing_found(found: Recourse, tongue: Tongue) -> str:
    if found.complete:
        return tongue("No change and no proof lifts the measure.")
    return tongue(
        "No change and no proof was found that lifts the measure; a limit was reached, so that there may be one."
    )


def _said_of(way: Way, tongue: Tongue) -> str:
    if way.ends_contested:
        return tongue(
            "No way to a release: the cheapest one obtains a person's decision (effort {cost})", cost=way.cost
        )
    if way.power is Power.OTHERS:
        return tongue(
            "No way to a release is in the advertiser's power: the cheapest one needs others (effort {cost})",
            cost=way.cost,
        )
    return tongue(
        "The cheapest way to a release that is in the advertiser's power (effort {cost})", cost=way.cost
    )


def _then(cure: Cure, way: Way, outcome: RuleOutcome, tongue: Tongue) -> Iterator[str]:
    """What follows for this rule and beyond it."""
    verdict = dict(way.cures).get(outcome.rule)
    if verdict is not None:
        yield tongue("The rule would then be {verdict}.", verdict=VERDICT_WORDS[verdict])
    elif outcome.rule in way.lifts:
        yield tongue("The rule would still be met, but another would prevail over it.")
    if way.referred and not way.ends_contested:
        yield tongue("A person would still have to decide on another rule.")
    if not cure.found.complete:
        yield tongue("A limit was reached: there may be a cheaper way.")
