"""Recourse for one subject: surveyed, searched, verified, told in one order. LANGUAGE.md 6.3.

Pure: what is asked is handed in, and the same question has the same answer.
"""

from collections.abc import Iterator

from adjudge.basis.ids import RuleId
from adjudge.language.core import facts_of
from adjudge.language.package import RuleKind
from adjudge.outcome import Outcome, Verdict
from adjudge.recourse.action import CHANGED_WEIGHT, Action, Power, Proof, action_key, exactly, spread_of
from adjudge.recourse.encode import Encoding
from adjudge.recourse.merge import marked, merged
from adjudge.recourse.question import Question
from adjudge.recourse.search import Found, Search
from adjudge.recourse.survey import Survey, survey
from adjudge.recourse.turning import turning_points
from adjudge.recourse.vague import plain_spoken
from adjudge.recourse.verify import Tried, Verifier
from adjudge.recourse.way import Purpose, Recourse, Step, Way


def recourse(question: Question) -> Recourse:
    """All minimal ways to the target, cheapest first."""
    verifier = Verifier(question)
    now = verifier.after(())
    measures = now.here.measures
    lifted = tuple(rule for rule, kind in measures if question.is_too_severe(kind))
    if not lifted:
        return Recourse(
            target=question.target, measures=measures, lifted=(), ways=(), turning=(), complete=True
        )
    surveyed = survey(question, lifted)
    sets, whole = searched(surveyed, now, verifier)
    found = [_way(question, now, actions, verifier.verified(actions)) for actions in sets]
    ways = [_specific(way, question, verifier) for way in merged(sorted(found, key=_order))]
    return Recourse(
        target=question.target,
        measures=measures,
        lifted=lifted,
        ways=tuple(marked(sorted(ways, key=_order))),
        turning=turning_points(question, lifted),
        complete=surveyed.whole and whole,
    )


Actions = tuple[Action, ...]


def searched(surveyed: Survey, now: Tried, verifier: Verifier) -> tuple[list[Actions], bool]:
    """The minimal sets of actions, and whether no limit was hit."""
    encoding = encoded(surveyed, now)
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


def encoded(surveyed: Survey, now: Tried) -> Encoding:
    """The clauses of the target, from how things stand."""
    encoding = Encoding(surveyed)
    encoding.reach({rule for rule, _ in now.everywhere.measures})
    encoding.release_from(item.rule for item in now.everywhere.rules if item.verdict is Verdict.CONTESTED)
    return encoding


def _actions(encoding: Encoding, found: Found) -> Actions:
    return tuple(sorted((encoding.action_of[v] for v in encoding.exact(found.parts)), key=action_key))


def _block(search: Search, encoding: Encoding, found: Found, verifier: Verifier, actions: Actions) -> None:
    """No set that contains this one. Where it ends in `contested`, heavier claims may still obtain a release."""
    all_of_it = [-variable for variable in sorted(found.parts)]
    if found.of_release or not _contested(verifier.question, verifier.after(()), verifier.after(actions)):
        search.block(all_of_it)
        return
    search.block([encoding.release, *all_of_it])
    search.block([-encoding.release, *(-variable for variable in encoding.exact(found.parts))])


def _contested(question: Question, now: Tried, after: Tried) -> tuple[RuleId, ...]:
    """The rules that are contested and were not, in whatever territory."""
    exemptions = {rule.id for rule in question.everywhere if rule.kind is RuleKind.EXEMPTION}
    before = {item.rule for item in now.everywhere.rules if item.verdict is Verdict.CONTESTED}
    return tuple(
        item.rule
        for item in after.everywhere.rules
        if item.verdict is Verdict.CONTESTED and item.rule not in before | exemptions
    )


# --- what there is to say of a way ---


def _way(question: Question, now: Tried, actions: Actions, after: Tried) -> Way:
    here = {rule.id for rule in question.rules}
    met = {item.rule for item in now.here.rules if item.verdict is Verdict.MET}
    applies = {rule for rule, _ in now.here.measures}
    still = {rule for rule, _ in after.here.measures}
    cures = tuple(
        (item.rule, item.verdict)
        for item in after.here.rules
        if item.rule in met and item.verdict is not Verdict.MET
    )
    return Way(
        steps=tuple(_step(question, action, now.here, after.here) for action in apart(actions)),
        cures=cures,
        lifts=tuple(sorted(applies - still - {rule for rule, _ in cures})),
        remains=after.here.measures,
        elsewhere=tuple(item for item in after.everywhere.measures if item[0] not in here),
        referred=after.here.referred,
        contested=_contested(question, now, after),
    )


def _specific(way: Way, question: Question, verifier: Verifier) -> Way:
    """A way without codes that only say less; tried again, since another code may now speak for the rest."""
    plain = plain_spoken(way, question.package.vocabulary)
    if plain != way:
        verifier.verified([step.action for step in plain.steps])
    return plain


def apart(actions: Actions) -> Actions:
    """The actions, those as they were tried whose ranges end where another of them puts a fact."""
    facts = {action.fact for action in actions}
    return tuple(exactly(action) if facts & {*spread_of(action).beside} else action for action in actions)


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
    """Releases first; the cheapest; of these what needs nobody else, then what leaves the business as it is."""
    keys = tuple(action_key(step.action) for step in way.steps)
    needs = way.power is Power.OTHERS
    return way.ends_contested, way.cost, needs, way.alters, len(way.steps), way.power.rank, keys
