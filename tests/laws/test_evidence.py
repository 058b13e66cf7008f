"""More evidence of one kind never makes less of it; order and repetition make nothing of it. LANGUAGE.md 7."""

import dataclasses
from collections.abc import Iterator
from functools import cache

from adjudge.app.exchange import Question, answer_line
from adjudge.basis.ids import ClaimId, OriginId, SubjectId
from adjudge.basis.weight import Pair
from adjudge.facts.claim import Claim, Stance, Subject
from adjudge.facts.type import Simple
from adjudge.language.core import Atom, Has, Member, Quantified, facts_of, leaves
from adjudge.spec.resolve import outcomes
from tests.generators.chooser import Seeded
from tests.generators.claims import claim as claim_tree
from tests.generators.reading import read_claims
from tests.laws.asking import CASES, asked, live_claims, question_of, rules_with_subjects, weigh

Leaf = Atom | Has | Quantified | Member


def simple_leaves(question: Question) -> Iterator[tuple[Leaf, Subject]]:
    """Leaves that turn on one fact, where it is plain what supports them."""
    for rule, subject in rules_with_subjects(question):
        for written in rule.conditions:
            for leaf in leaves(written.core):
                if len(facts_of(leaf)) == 1:
                    yield leaf, subject


@cache
def with_new_claims() -> list[tuple[Question, Leaf, Subject, Claim]]:
    """Leaves, each with a live claim on its fact that the case does not hold."""
    return list(_with_new_claims())


def _with_new_claims() -> Iterator[tuple[Question, Leaf, Subject, Claim]]:
    for number in CASES:
        case, question = asked(number)
        chooser = Seeded(f"new claim {number}")
        plans = {plan.full: plan for plan in case.world.facts}
        for leaf, subject in simple_leaves(question):
            tree = claim_tree(chooser, plans[str(facts_of(leaf)[0])], case.times, "new")
            for key in ("holds_from", "holds_to", "withdrawn_at"):
                tree.pop(key, None)
            tree["recorded_at"] = "2019-01-01"
            [claim] = read_claims(case.world, [tree])
            about = subject.advertiser if leaf_is_of_owner(leaf, subject) else subject.id
            assert about is not None
            yield question, leaf, subject, dataclasses.replace(claim, subject=about)


def leaf_is_of_owner(leaf: Leaf, subject: Subject) -> bool:
    return subject.advertiser is not None and facts_of(leaf)[0].startswith("advertiser.")


def alone(leaf: Leaf, question: Question, subject: Subject, claim: Claim) -> Pair:
    """What a claim says of a leaf when nothing else is said, at full weight."""
    return weigh(leaf, question, subject, [dataclasses.replace(claim, weight=5)])


def is_assertion(question: Question, claim: Claim) -> bool:
    is_bool = question.package.vocabulary.facts[claim.fact].type is Simple.BOOL
    return claim.stance is Stance.ASSERTS or is_bool


def test_more_support_never_lowers_for() -> None:
    seen = 0
    for question, leaf, subject, claim in with_new_claims():
        supports = is_assertion(question, claim) and alone(leaf, question, subject, claim).for_ == 5
        if supports:
            seen += 1
            before = weigh(leaf, question, subject, live_claims(question))
            after = weigh(leaf, question, subject, [*live_claims(question), claim])
            assert after.for_ >= before.for_, (leaf, claim)
    assert seen > 300


def test_more_opposition_never_lowers_against_but_for_the_last_support_of_an_open_quantifier() -> None:
    seen = 0
    for question, leaf, subject, claim in with_new_claims():
        pair = alone(leaf, question, subject, claim)
        opposes = is_assertion(question, claim) and pair.for_ == 0 and pair.against > 0
        if opposes:
            seen += 1
            before = weigh(leaf, question, subject, live_claims(question))
            after = weigh(leaf, question, subject, [*live_claims(question), claim])
            lost_support = after.for_ < before.for_ and not isinstance(leaf, Atom)
            assert after.against >= before.against or lost_support, (leaf, claim)
    assert seen > 300


def test_a_denial_never_lowers_against_and_never_for_of_an_all() -> None:
    seen = 0
    for question, leaf, subject, claim in with_new_claims():
        if not is_assertion(question, claim):
            seen += 1
            before = weigh(leaf, question, subject, live_claims(question))
            after = weigh(leaf, question, subject, [*live_claims(question), claim])
            if isinstance(leaf, Quantified) and leaf.every:
                assert (after.for_, -after.against) >= (before.for_, -before.against)
            else:
                assert after.against >= before.against
                assert after.for_ == before.for_
    assert seen > 300


def test_the_same_thing_said_again_by_the_same_origin_changes_nothing() -> None:
    for number in CASES:
        _, question = asked(number)
        found = live_claims(question)
        for index, claim in enumerate(found[:2]):
            again = dataclasses.replace(claim, id=ClaimId(f"again-{index}"))
            for leaf, subject in simple_leaves(question):
                if facts_of(leaf)[0] == claim.fact:
                    pair = weigh(leaf, question, subject, found)
                    assert weigh(leaf, question, subject, [*found, again]) == pair


def test_different_values_never_corroborate_each_other() -> None:
    """2.1: a value has the weight that it has when nothing else is said of the fact."""
    for number in CASES:
        _, question = asked(number)
        for leaf, subject in simple_leaves(question):
            if not isinstance(leaf, Has):
                continue
            claims = [claim for claim in live_claims(question) if claim.fact == leaf.fact]
            pair = weigh(leaf, question, subject, claims)
            values = {claim.value for claim in claims}
            alone_each = [
                weigh(leaf, question, subject, [c for c in claims if c.value == value]).for_
                for value in values
            ]
            is_bool = question.package.vocabulary.facts[leaf.fact].type is Simple.BOOL
            assert is_bool or pair.for_ <= max(alone_each, default=0)


def test_order_and_duplication_of_claims_change_nothing() -> None:
    for number in CASES[:1000]:
        case, question = asked(number)
        claims = list(case.claims)
        shuffled = dataclasses.replace(case, claims=(*reversed(claims), *claims[:2], *claims[-1:]))
        assert answer_line(shuffled.line(), outcomes) == answer_line(case.line(), outcomes)
        assert len(question_of(shuffled.line()).claims) == len(question.claims)


def test_order_of_rules_and_of_exceptions_changes_nothing() -> None:
    for number in CASES[:1000]:
        case, _ = asked(number)
        rules = [
            {**rule, "unless": list(reversed(unless))}
            if isinstance(unless := rule.get("unless"), list)
            else rule
            for rule in reversed(case.rules)
        ]
        turned = dataclasses.replace(case, package={**case.package, "rules": list(rules)})
        assert answer_line(turned.line(), outcomes) == answer_line(case.line(), outcomes)


def test_what_is_said_of_others_changes_nothing() -> None:
    for number in CASES:
        _, question = asked(number)
        other = [
            dataclasses.replace(
                claim,
                id=ClaimId(f"o-{claim.id}"),
                subject=SubjectId("somebody"),
                origin=OriginId("elsewhere"),
            )
            for claim in question.claims
        ]
        for rule, subject in rules_with_subjects(question):
            found = live_claims(question)
            assert weigh(rule.when.core, question, subject, found) == weigh(
                rule.when.core, question, subject, [*other, *found]
            )
