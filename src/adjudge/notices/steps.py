"""One step of a way as a sentence: what to change from what to what, or what to prove, and with which documents.

Values are in the notation of policies unless another way to write them is handed in; everything round them is said.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from adjudge.basis.said import Either, Row, Said, say, say_plural
from adjudge.evidence.words import document_kind, weight_said
from adjudge.facts.claim import NoOther, Stance
from adjudge.facts.type import CodeType, RecordType, Type
from adjudge.facts.value import Record, Value, value_text
from adjudge.facts.vocabulary import Changer, Fact, Taxonomy, Vocabulary
from adjudge.language.package import Package
from adjudge.recourse.action import Action, Addition, Alternative, Choice, Proof, Removal, Replacement
from adjudge.recourse.kinds import Extent, told
from adjudge.recourse.way import Step, Turning
from adjudge.tongues.tongue import Tongue

MOST_NAMED = 5
"""Values with the same effect that are named one by one."""
Writer = Callable[[Value, Type | None], object]
"""How a value is written: a text, or whatever else can be a part of something said."""


def as_notation(value: Value, _: Type | None) -> str:
    """A value as policies have it."""
    return value_text(value)


def step_said(action: Action, vocabulary: Vocabulary, write: Writer = as_notation) -> Said:
    """What to do about a fact, without who and with which documents."""
    return _Pen(vocabulary.facts[action.fact], vocabulary, write).step(action)


def documents_said(documents: tuple[str, ...]) -> Said:
    """The kinds of document of which any one proves it."""
    if not documents:
        return say("no kind of document is named for it")
    return say("proof: {documents}", documents=Either(document_kind(kind) for kind in documents))


def changer_said(action: Action) -> Said | None:
    """Who else would have to do it; None where it is the advertiser."""
    if isinstance(action, Proof) or action.by is Changer.ADVERTISER:
        return None
    return say("the platform") if action.by is Changer.PLATFORM else say("a third party")


def exceptions_texts(step: Step, package: Package, tongue: Tongue) -> tuple[str, ...]:
    """The titles of the exceptions that a proof serves."""
    rules = {rule.id: rule for rule in package.rules}
    named = []
    for rule_id, exception in step.exceptions:
        rule = rules[rule_id]
        texts = next((item.title for item in rule.unless if item.id == exception), rule.title)
        named.append(tongue.text(texts) or exception or str(rule_id))
    return tuple(named)


def turning_text(item: Turning, package: Package, tongue: Tongue) -> str:
    """A fact on which a decision turns, and who could change it."""
    fact = package.vocabulary.facts[item.fact]
    rule = next(rule for rule in package.rules if rule.id == item.rule)
    parts = {
        "rule": tongue.text(rule.title) or str(rule.id),
        "fact": f"`{item.fact}`",
        "definition": tongue.text(fact.definition),
    }
    if item.protected:
        return tongue("the rule {rule} turns on {fact}, a protected characteristic: {definition}", **parts)
    match fact.changeable_by:
        case Changer.PLATFORM:
            return tongue(
                "the rule {rule} turns on {fact}, which only the platform can change: {definition}", **parts
            )
        case Changer.THIRD_PARTY:
            return tongue(
                "the rule {rule} turns on {fact}, which only a third party can change: {definition}", **parts
            )
        case _:
            return tongue("the rule {rule} turns on {fact}, which nobody can change: {definition}", **parts)


class _Pen:
    """Writes the actions on one fact."""

    def __init__(self, fact: Fact, vocabulary: Vocabulary, write: Writer) -> None:
        """The tree of codes is that of the fact, where it has codes."""
        self._fact, self._write, self._name = fact, write, f"`{fact.full_name}`"
        self._tree = _tree(fact, vocabulary)

    def step(self, action: Action) -> Said:
        """What to do."""
        match action:
            case Replacement():
                return self._replacement(action)
            case Addition():
                return say("add to {fact}: {value}", fact=self._name, value=self._choice(action.value))
            case Removal():
                return say("remove from {fact}: {value}", fact=self._name, value=self._value(action.value))
            case Proof():
                return self._proof(action)
        assert_never(action)

    def _value(self, value: Value) -> object:
        return self._write(value, self._fact.type)

    def _replacement(self, action: Replacement) -> Said:
        to = self._values(action.to)
        if not action.before:
            return say("make {fact} {value}", fact=self._name, value=to)
        before = Either(self._value(value) for value in action.before)
        return say("change {fact} from {before} to {value}", fact=self._name, before=before, value=to)

    def _values(self, choice: Choice) -> object:
        """One value, or all that come to the same."""
        found = told(choice.all, self._tree)
        match found.extent:
            case Extent.ONE:
                return self._choice(choice)
            case Extent.LISTED:
                return self._listed(choice.all)
            case Extent.WITHIN:
                return say("anything within {codes}", codes=Either(found.branches))
            case Extent.OUTSIDE if found.excepted:
                return say(
                    "anything outside {codes}, or within {excepted}",
                    codes=found.branches,
                    excepted=Either(found.excepted),
                )
            case Extent.OUTSIDE:
                return say("anything outside {codes}", codes=found.branches)

    def _listed(self, values: Iterable[Value]) -> object:
        texts = [self._value(value) for value in values]
        if len(texts) <= MOST_NAMED:
            return Either(texts)
        return say_plural(
            "{values} or another of {count} values with the same effect",
            "{values} or another of {count} values with the same effect",
            len(texts) - MOST_NAMED,
            values=Row(texts[:MOST_NAMED]),
        )

    def _choice(self, choice: Choice) -> object:
        """A value; of a record the fields that some rule reads, the others being anything."""
        value, unread = choice.value, choice.unread
        if not isinstance(value, Record) or not unread:
            return self._value(value)
        return Row(
            say("{field}: any", field=name) if name in unread else self._field(name, item)
            for name, item in value.fields
        )

    def _field(self, name: str, value: Value) -> Said:
        kind = self._fact.type
        inner = kind.field(name) if isinstance(kind, RecordType) else None
        return say("{name}: {value}", name=name, value=self._write(value, inner))

    def _proof(self, proof: Proof) -> Said:
        claims = tuple(self._claims(proof))
        said = say(
            "prove, to weight {weight}, that {claim}", weight=weight_said(proof.weight), claim=claims[0]
        )
        if len(claims) == 1:
            return said
        return say("{claim}; as good: that {other}", claim=said, other=claims[1])

    def _claims(self, proof: Proof) -> Iterator[Said]:
        """What there is to claim: that the fact is one of some values, or that it is not one of them."""
        said = (Alternative(proof.value, proof.stance), *proof.others)
        for stance in dict.fromkeys(item.stance for item in said):
            values = [item.value for item in said if item.stance is stance]
            known = tuple(value for value in values if not isinstance(value, NoOther))
            if not known:
                yield say("{fact} has no other values than those known", fact=self._name)
            elif stance is Stance.ASSERTS:
                yield self._is(self._values(Choice(known[0], known[1:], proof.unread)))
            else:
                yield self._is_not(self._listed(known))

    def _is(self, value: object) -> Said:
        if self._fact.many:
            return say("{fact} holds {value}", fact=self._name, value=value)
        return say("{fact} is {value}", fact=self._name, value=value)

    def _is_not(self, value: object) -> Said:
        if self._fact.many:
            return say("{fact} does not hold {value}", fact=self._name, value=value)
        return say("{fact} is not {value}", fact=self._name, value=value)


def _tree(fact: Fact, vocabulary: Vocabulary) -> Taxonomy | None:
    kind = fact.type
    return vocabulary.taxonomies[kind.taxonomy] if isinstance(kind, CodeType) else None
