"""Recourse for one subject: surveyed, searched, verified, told in one order. LANGUAGE.md 6.3.

Pure: what is asked is handed in, and the same question has the same answer.
"""

from collections.abc import Iterable, Iterator

from adjudge.basis.ids import RuleId
from adjudge.language.core import facts_of
from adjudge.language.package import Rule, RuleKind
from adjudge.outcome import Outcome, Verdict
from adjudge.recourse.action import CHANGED_WEIGHT, Action, Proof, action_key
from adjudge.recourse.encode import Encoding
from adjudge.recourse.merge import marked, merged
from adjudge.recourse.question import Question
from adjudge.recourse.search import Found, Search
from adjudge.recourse.survey import Survey, survey
from adjudge.recourse.turning import turning_points
from adjudge.recourse.verify import Verifier
from adjudge.recourse.way import Purpose, Recourse, Step, Way


def recourse(question: Question) -> Recourse:
    """All minimal ways to the target, cheapest first."""
    verifier = Verifier(question)
    now = verifier.after(())
    lifted = tuple(rule for rule, kind in now.measures if question.is_too_severe(kind))
    if not lifted:
        return Recourse(
            target=question.target, measures=now.measures, lifted=(), ways=(), turning=(), complete=True
        )
    surveyed = survey(question, lifted)
    sets, whole = searched(surveyed, now, verifier)
    ways = [_way(question, now, actions, verifier.verified(actions)) for actions in sets]
    return Recourse(
        target=question.target,
        measures=now.measures,
        lifted=lifted,
        ways=tuple(marked(sorted(merged(sorted(ways, key=_order)), key=_order))),
        turning=turning_points(question, lifted),
        complete=surveyed.whole and whole,
    )


Actions = tuple[Action, ...]


def searched(surveyed: Survey, now: Outcome, verifier: Verifier) -> tuple[list[Actions], bool]:
    """The minimal sets of actions, and whether no limit was hit."""
    encoding = Encoding(surveyed)
    encoding.reach()
    encoding.release_from(item.rule for item in now.rules if item.verdict is Verdict.CONTESTED)
    found: list[Actions] = []
    with Search(encoding, surveyed.question.limits) as search:
        for with_others in (False, True):
            for release in (False, True):
                for item in search.minimal(with_others=with_others, release=release):
                    actions = _actions(encoding, item)
                    _block(search, encoding, item, verifier, actions)
                    if not release or verifier.smaller(actions) is None:
                        found.append(actions)
        return found, not search.hit


def _actions(encoding: Encoding, found: Found) -> Actions:
    return tuple(sorted((encoding.action_of[v] for v in encoding.exact(found.parts)), key=action_key))


def _block(search: Search, encoding: Encoding, found: Found, verifier: Verifier, actions: Actions) -> None:
    """No set that contains this one. Where it ends in `contested`, heavier claims may still obtain a release."""
    all_of_it = [-variable for variable in sorted(found.parts)]
    if found.of_release or not _contested(
        verifier.after(()), verifier.after(actions), verifier.question.rules
    ):
        search.block(all_of_it)
        return
    search.block([encoding.release, *all_of_it])
    search.block([-encoding.release, *(-variable for variable in encoding.exact(found.parts))])


def _contested(now: Outcome, after: Outcome, rules: Iterable[Rule]) -> tuple[RuleId, ...]:
    """The rules that are contested and were not."""
    exemptions = {rule.id for rule in rules if rule.kind is RuleKind.EXEMPTION}
    before = {item.rule for item in now.rules if item.verdict is Verdict.CONTESTED}
    return tuple(
        item.rule
        for item in after.rules
        if item.verdict is Verdict.CONTESTED and item.rule not in before | exemptions
    )


# --- what there is to say of a way ---


def _way(question: Question, now: Outcome, actions: Actions, after: Outcome) -> Way:
    met = {item.rule for item in now.rules if item.verdict is Verdict.MET}
    applies = {rule for rule, _ in now.measures}
    still = {rule for rule, _ in after.measures}
    cures = tuple(
        (item.rule, item.verdict)
        for item in after.rules
        if item.rule in met and item.verdict is not Verdict.MET
    )
    return Way(
        steps=tuple(_step(question, action, now, after) for action in actions),
        cures=cures,
        lifts=tuple(sorted(applies - still - {rule for rule, _ in cures})),
        remains=after.measures,
        referred=after.referred,
        contested=_contested(now, after, question.rules),
    )


def _step(question: Question, action: Action, now: Outcome, after: Outcome) -> Step:
    served = tuple(_served(question, action, now, after)) if isinstance(action, Proof) else ()
    proof = Purpose.EXCEPTION if served else Purpose.CONTRARY
    return Step(
        action=action,
        documents=documents_for(question, action),
        purpose=proof if isinstance(action, Proof) else Purpose.CHANGE,
        exceptions=served,
    )


def documents_for(question: Question, action: Action) -> tuple[str, ...]:
    """Kinds of document that carry the weight of a proof; for a change its weight, else the greatest there is."""
    proofs = question.facts[action.fact].proof
    greatest = max((proof.weight for proof in proofs), default=0)
    wanted = action.weight if isinstance(action, Proof) else min(CHANGED_WEIGHT, greatest)
    return tuple(sorted({proof.document for proof in proofs if proof.weight >= wanted}))


def _served(question: Question, proof: Proof, now: Outcome, after: Outcome) -> Iterator[tuple[RuleId, str]]:
    """The exceptions that reach their standard and read the fact of a proof; and exemptions that are then met."""
    for rule in question.rules:
        before, then = now.of(rule.id), after.of(rule.id)
        if before is None or then is None:
            continue
        if rule.kind is RuleKind.EXEMPTION and proof.fact in facts_of(rule.when.core):
            if then.verdict is Verdict.MET is not before.verdict:
                yield rule.id, ""
            continue
        old, new = dict(before.unless), dict(then.unless)
        for item in rule.unless:
            reached = new[item.id].for_ >= item.standard > old[item.id].for_
            if before.verdict is Verdict.MET and reached and proof.fact in facts_of(item.when.core):
                yield rule.id, item.id


def _order(way: Way) -> tuple[object, ...]:
    """Releases first; the cheapest, then the fewest steps, then what is nearest to the advertiser's reach."""
    keys = tuple(action_key(step.action) for step in way.steps)
    return way.ends_contested, way.cost, len(way.steps), way.power.rank, keys
