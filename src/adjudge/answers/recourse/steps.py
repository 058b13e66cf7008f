"""One step of a way as a sentence: what to change from what to what, or what to prove, and with which documents.

Values stay as the language of policies has them; everything round them is said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from adjudge.answers.answer import Answer
from adjudge.answers.claims import value_text
from adjudge.answers.words import document_kind_text, weight_text
from adjudge.facts.claim import NoOther, Stance
from adjudge.facts.type import CodeType
from adjudge.facts.value import Record, Value
from adjudge.facts.vocabulary import Changer, Fact, Taxonomy
from adjudge.recourse.action import Action, Addition, Alternative, Choice, Proof, Removal, Replacement
from adjudge.recourse.kinds import Extent, told
from adjudge.recourse.way import Purpose, Step
from adjudge.tongues.tongue import Tongue

MOST_NAMED = 5
"""Values with the same effect that are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step. `who` is empty where it is the advertiser; `purpose` is empty for a change."""

    text: str
    who: str
    effort: str
    purpose: str
    documents: str


def step_view(step: Step, answer: Answer, tongue: Tongue) -> StepView:
    """What to show of a step."""
    fact = answer.package.vocabulary.facts[step.action.fact]
    documents = tongue.either(document_kind_text(kind, tongue) for kind in step.documents)
    return StepView(
        text=_text(step.action, fact, _tree(fact, answer), tongue),
        who=_who(step.action, tongue),
        effort=tongue("effort {count}", count=step.action.effort),
        purpose=_purpose(step, answer, tongue),
        documents=tongue("proof: {documents}", documents=documents)
        if documents
        else tongue("no kind of document is named for it"),
    )


def _tree(fact: Fact, answer: Answer) -> Taxonomy | None:
    kind = fact.type
    return answer.package.vocabulary.taxonomies[kind.taxonomy] if isinstance(kind, CodeType) else None


def _who(action: Action, tongue: Tongue) -> str:
    if isinstance(action, Proof) or action.by is Changer.ADVERTISER:
        return ""
    return tongue("the platform") if action.by is Changer.PLATFORM else tongue("a third party")


def _purpose(step: Step, answer: Answer, tongue: Tongue) -> str:
    if step.purpose is Purpose.CHANGE:
        return ""
    if step.purpose is Purpose.CONTRARY:
        return tongue("contrary proof")
    titles = {rule.id: rule for rule in answer.package.rules}
    named = []
    for rule_id, exception in step.exceptions:
        rule = titles[rule_id]
        texts = next((item.title for item in rule.unless if item.id == exception), rule.title)
        named.append(tongue.text(texts) or exception or str(rule_id))
    return tongue("proof of an exception: {exceptions}", exceptions=tongue.listed(named))


def _text(action: Action, fact: Fact, tree: Taxonomy | None, tongue: Tongue) -> str:
    name = f"`{fact.full_name}`"
    match action:
        case Replacement():
            return _replacement(action, name, tree, tongue)
        case Addition():
            return tongue("add to {fact}: {value}", fact=name, value=choice_text(action.value, tongue))
        case Removal():
            return tongue("remove from {fact}: {value}", fact=name, value=value_text(action.value))
        case Proof():
            return _proof(action, fact, tree, tongue)
    assert_never(action)


def _replacement(action: Replacement, name: str, tree: Taxonomy | None, tongue: Tongue) -> str:
    to = _values_text(action.to, tree, tongue)
    if not action.before:
        return tongue("make {fact} {value}", fact=name, value=to)
    before = tongue.either(value_text(value) for value in action.before)
    return tongue("change {fact} from {before} to {value}", fact=name, before=before, value=to)


def _values_text(choice: Choice, tree: Taxonomy | None, tongue: Tongue) -> str:
    """One value, or all that come to the same."""
    found = told(choice.all, tree)
    match found.extent:
        case Extent.ONE:
            return choice_text(choice, tongue)
        case Extent.LISTED:
            return _listed(choice.all, tongue)
        case Extent.WITHIN:
            return tongue("anything within {codes}", codes=tongue.either(found.branches))
        case Extent.OUTSIDE if found.excepted:
            return tongue(
                "anything outside {codes}, or within {excepted}",
                codes=tongue.listed(found.branches),
                excepted=tongue.either(found.excepted),
            )
        case Extent.OUTSIDE:
            return tongue("anything outside {codes}", codes=tongue.listed(found.branches))


def _listed(values: Iterable[Value], tongue: Tongue) -> str:
    texts = [value_text(value) for value in values]
    if len(texts) <= MOST_NAMED:
        return tongue.either(texts)
    return tongue.plural(
        "{values} or another of {count} values with the same effect",
        "{values} or another of {count} values with the same effect",
        len(texts) - MOST_NAMED,
        values=", ".join(texts[:MOST_NAMED]),
    )


def choice_text(choice: Choice, tongue: Tongue) -> str:
    """A value; of a record the fields that some rule reads, the others being anything."""
    return _with_any(choice.value, choice.unread, tongue)


def _with_any(value: Value, unread: tuple[str, ...], tongue: Tongue) -> str:
    if not isinstance(value, Record) or not unread:
        return value_text(value)
    fields = (
        tongue("{field}: any", field=name) if name in unread else f"{name}: {value_text(item)}"
        for name, item in value.fields
    )
    return ", ".join(fields)


def _proof(proof: Proof, fact: Fact, tree: Taxonomy | None, tongue: Tongue) -> str:
    weight = weight_text(proof.weight, tongue)
    claims = tuple(_claims(proof, fact, tree, tongue))
    said = tongue("prove, to weight {weight}, that {claim}", weight=weight, claim=claims[0])
    if len(claims) == 1:
        return said
    return tongue("{claim}; as good: that {other}", claim=said, other=claims[1])


def _claims(proof: Proof, fact: Fact, tree: Taxonomy | None, tongue: Tongue) -> Iterator[str]:
    """What there is to claim: that the fact is one of some values, or that it is not one of them."""
    said = (Alternative(proof.value, proof.stance), *proof.others)
    name = f"`{fact.full_name}`"
    for stance in dict.fromkeys(item.stance for item in said):
        values = [item.value for item in said if item.stance is stance]
        known = tuple(value for value in values if not isinstance(value, NoOther))
        if not known:
            yield tongue("{fact} has no other values than those known", fact=name)
        elif stance is Stance.ASSERTS:
            choice = Choice(known[0], known[1:], proof.unread)
            text = _values_text(choice, tree, tongue)
            yield (
                tongue("{fact} holds {value}", fact=name, value=text)
                if fact.many
                else tongue("{fact} is {value}", fact=name, value=text)
            )
        else:
            text = _listed(known, tongue)
            yield (
                tongue("{fact} does not hold {value}", fact=name, value=text)
                if fact.many
                else tongue("{fact} is not {value}", fact=name, value=text)
            )
