"""One step of a way as a sentence: what to change from what to what, or what to prove, and with which documents.

Not the values that were tried but what they stand for: `18 or more`, `anything outside gambling`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import assert_never

from adjudge.basis.problem import quoted
from adjudge.basis.said import Either, Row, Said, say, say_plural
from adjudge.evidence.case import Case
from adjudge.evidence.words import SUPPOSED, document_kind, weight_said
from adjudge.facts.claim import Claim
from adjudge.facts.codes import COUNTRIES
from adjudge.facts.type import CodeType, RecordType, Simple
from adjudge.facts.value import Record, Value
from adjudge.facts.vocabulary import Changer, Fact, Taxonomy, Vocabulary
from adjudge.language.package import Package
from adjudge.notices.ranges import range_said, ranges_said
from adjudge.notices.wording import value_part
from adjudge.reasons.roles import asserted
from adjudge.recourse.action import Action, Addition, Choice, Proof, Removal, Replacement
from adjudge.recourse.kinds import Extent, Values, told
from adjudge.recourse.ranges import ORDERED, Range
from adjudge.recourse.way import Step, Turning
from adjudge.tongues.tongue import Tongue

MOST_NAMED = 5
"""Values with the same effect that are named one by one."""


def step_said(action: Action, vocabulary: Vocabulary) -> Said:
    """What to do about a fact, without who and with which documents."""
    return _Pen(vocabulary.facts[action.fact], vocabulary).step(action)


def documents_said(documents: tuple[str, ...]) -> Said:
    """The kinds of document of which any one proves it, as far as they can be handed in."""
    kinds = tuple(document_kind(kind) for kind in documents if kind != SUPPOSED)
    if not kinds:
        return say("no kind of document is named for it")
    return say("proof: {documents}", documents=Either(kinds))


def changer_said(
    action: Action, case: Case, withheld: Callable[[Claim], bool] = lambda _: False
) -> Said | None:
    """Who else would have to do it; None where it is the advertiser.

    Of a third party the authority that the record names, else who published what is claimed; not so for claims that
    are `withheld`, since who gave a notice may not be told.
    """
    if isinstance(action, Proof) or action.by is Changer.ADVERTISER:
        return None
    if action.by is Changer.PLATFORM:
        return say("the platform")
    about = _claims_about(action, case)
    named = dict.fromkeys(name for claim in about if (name := _authority(claim)) is not None)
    if named:
        return say("a third party: {authorities}", authorities=Either(quoted(name) for name in named))
    documents = [
        case.documents.get(claim.document) for claim in about if claim.document and not withheld(claim)
    ]
    published = sorted({document.publisher for document in documents if document is not None})
    if published:
        return say(
            "a third party; what is claimed was published by: {publishers}", publishers=tuple(published)
        )
    return say("a third party")


def _claims_about(action: Replacement | Addition | Removal, case: Case) -> list[Claim]:
    """The claims that assert what would be changed."""
    match action:
        case Replacement():
            values: tuple[Value, ...] = action.before
        case Removal():
            values = (action.value,)
        case Addition():
            values = ()
    found = [claim for claim in case.claims if (claim.fact, claim.subject) == (action.fact, action.holder)]
    return [claim for claim in found if asserted(claim) in values]


def _authority(claim: Claim) -> str | None:
    """What stands in the field `authority` of a record."""
    found = claim.value.get("authority") if isinstance(claim.value, Record) else None
    return found if isinstance(found, str) else None


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

    def __init__(self, fact: Fact, vocabulary: Vocabulary) -> None:
        """The tree of codes is that of the fact, where it has codes."""
        self._fact, self._name = fact, f"`{fact.full_name}`"
        self._tree = _tree(fact, vocabulary)
        self._closed = COUNTRIES if fact.type is Simple.COUNTRY else ()

    def step(self, action: Action) -> Said:
        """What to do."""
        match action:
            case Replacement():
                return self._replacement(action)
            case Addition():
                return say("add to {fact}: {value}", fact=self._name, value=self._values(action.value))
            case Removal():
                return say("remove from {fact}: {value}", fact=self._name, value=self._value(action.value))
            case Proof():
                return self._proof(action)
        assert_never(action)

    def _value(self, value: Value) -> object:
        return value_part(value, self._fact.type)

    def _replacement(self, action: Replacement) -> Said:
        """Where claims of one value contradict those of another there is nothing to change it from."""
        to = self._values(action.to)
        if len(action.before) != 1:
            return say("make {fact} {value}", fact=self._name, value=to)
        before = self._value(action.before[0])
        return say("change {fact} from {before} to {value}", fact=self._name, before=before, value=to)

    # --- values that come to the same ---

    def _values(self, choice: Choice) -> object:
        """One value, or all that come to the same."""
        if choice.spread.ranges:
            return ranges_said(choice.spread.ranges, self._value)
        if isinstance(choice.value, Record):
            return self._listed([self._record(value, choice) for value in choice.all])
        found = self._told(choice.all)
        match found.extent:
            case Extent.ONE:
                return self._value(choice.value)
            case Extent.LISTED if self._fact.type in ORDERED:
                return say(
                    "a value such as {values}", values=Either(map(self._value, choice.all[:MOST_NAMED]))
                )
            case Extent.LISTED:
                return self._listed([self._value(value) for value in choice.all])
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
            case Extent.OTHER_THAN:
                return say("any other than {values}", values=tuple(map(self._value, found.excepted)))

    def _told(self, values: tuple[Value, ...]) -> Values:
        return told(values, self._tree, self._closed)

    def _listed(self, parts: Sequence[object]) -> object:
        """The first few, each once: records that differ in what is told as a range are told alike."""
        once = list({str(part): part for part in parts}.values())
        if len(once) <= MOST_NAMED:
            return once[0] if len(once) == 1 else Either(once)
        return say_plural(
            "{values} or {count} other value with the same effect",
            "{values} or one of {count} other values with the same effect",
            len(once) - MOST_NAMED,
            values=Row(once[:MOST_NAMED]),
        )

    def _record(self, value: Value, choice: Choice) -> object:
        """A record: what no rule reads is anything, and a field that is ordered the range in which it does the same."""
        if not isinstance(value, Record):
            return self._value(value)
        ranges = next((dict(fields) for record, fields in choice.spread.records if record == value), {})
        return Row(self._field(name, item, choice, ranges) for name, item in value.fields)

    def _field(self, name: str, value: Value, choice: Choice, ranges: Mapping[str, Range]) -> Said:
        if name in choice.unread:
            return say("{field}: any", field=name)
        kind = self._fact.type
        inner = kind.field(name) if isinstance(kind, RecordType) else None

        def write(item: Value) -> object:
            return value_part(item, inner)

        written = range_said(ranges[name], write) if name in ranges else write(value)
        return say("{name}: {value}", name=name, value=written)

    # --- proofs ---

    def _proof(self, proof: Proof) -> Said:
        claims = tuple(self._claims(proof))
        said = say(
            "prove, to weight {weight}, that {claim}", weight=weight_said(proof.weight), claim=claims[0]
        )
        if len(claims) == 1:
            return said
        return say("{claim}; as good: that {other}", claim=said, other=claims[1])

    def _claims(self, proof: Proof) -> Iterator[Said]:
        """What there is to claim: that the fact is one of some values, or that it is not one of them.

        Where nearly every value would do, the denial alone says it.
        """
        if not proof.asserted and not proof.denied:
            yield say("{fact} has no other values than those known", fact=self._name)
        if proof.asserted and not (proof.denied and self._is_nearly_all(proof)):
            values = proof.asserted
            yield self._is(self._values(Choice(values[0], values[1:], proof.unread, proof.spread)))
        if proof.denied:
            yield self._is_not(self._listed([self._value(value) for value in proof.denied]))

    def _is_nearly_all(self, proof: Proof) -> bool:
        """Whether the values could only be told by those that are missing, or by a few of many."""
        extent = self._told(proof.asserted).extent
        long = extent is Extent.LISTED and len(proof.asserted) > MOST_NAMED
        return not proof.spread.ranges and (long or extent is Extent.OTHER_THAN)

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
