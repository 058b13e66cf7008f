"""Claims and subjects from nodes, or problems.

The exchange form (LANGUAGE.md 8) has no documents; a case folder's claims have (`documents` says which exist).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from adjudge.basis.ids import ClaimId, DocumentId, FactName, OriginId, SubjectId
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, key_named, unique
from adjudge.basis.said import say
from adjudge.basis.weight import WEIGHTS_HINT
from adjudge.facts.claim import NO_OTHER, Claim, NoOther, Stance, Subject
from adjudge.facts.value import Value
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Fact, Kind, Vocabulary


@dataclass(slots=True)
class ClaimReader:
    """Reads claims against a vocabulary. `documents` is None where claims need not name one."""

    vocabulary: Vocabulary
    log: ProblemLog
    documents: frozenset[str] | None = None
    shape: Shape = field(init=False)

    def __post_init__(self) -> None:
        """Share one log."""
        self.shape = Shape(self.log)

    def read_all(self, nodes: Iterable[Node]) -> list[Claim]:
        """Read claims; identical duplicates count once, different ones of one id are a problem. LANGUAGE.md 1.3."""
        read = [(claim, node) for node in nodes if (claim := self.read(node)) is not None]
        triples = ((str(claim.id), node, claim) for claim, node in read)
        return list(unique(self.shape, triples, say("claims"), same=lambda a, b: a == b).values())

    def read(self, node: Node) -> Claim | None:
        """Read one claim."""
        fields = self.shape.mapping(node, say("a claim"))
        if fields is None:
            return None
        shape = self.shape
        claim_id = shape.identifier(fields.required("id"), say("the claim's id"))
        subject = shape.identifier(fields.required("subject"), say("the subject"))
        fact = self._fact(fields.required("fact"))
        stance = shape.word(fields.required("stance"), key_named("stance"), Stance)
        weight = shape.integer(fields.required("weight"), key_named("weight"), 1, 5, WEIGHTS_HINT)
        origin = shape.identifier(fields.required("origin"), say("the origin"))
        recorded = shape.instant(fields.required("recorded_at"), key_named("recorded_at"))
        value = self._value(fields, fact, stance)
        holds = shape.interval(fields.optional("holds_from"), fields.optional("holds_to"), say("the claim"))
        withdrawn = shape.instant(fields.optional("withdrawn_at"), key_named("withdrawn_at"))
        source = self._source(fields)
        fields.done()
        if not (claim_id and subject and fact and stance and weight and origin and recorded) or value is None:
            return None
        return Claim(
            id=ClaimId(claim_id),
            subject=SubjectId(subject),
            fact=fact.full_name,
            value=value,
            stance=stance,
            weight=weight,
            origin=OriginId(origin),
            recorded_at=recorded,
            holds=holds,
            withdrawn_at=withdrawn,
            span=node.span,
            **source,  # type: ignore[arg-type]  # each entry has the type of its key
        )

    def _fact(self, node: Node | None) -> Fact | None:
        text = self.shape.text(node, key_named("fact"))
        if text is None:
            return None
        fact = self.vocabulary.facts.get(FactName(text))
        if fact is None:
            known = [str(name) for name in self.vocabulary.facts]
            hint = did_you_mean(text, known) or say("name a fact of the vocabulary, or declare it there")
            message = say("the vocabulary declares no fact {fact}", fact=quoted(text))
            self.shape.problem("unknown-fact", message, node, hint)
        return fact

    def _value(self, fields: Fields, fact: Fact | None, stance: Stance | None) -> Value | NoOther | None:
        value, none = fields.optional("value"), fields.optional("none")
        if none is not None:
            return self._none(fields, none, fact, stance)
        if value is None:
            message = say("a claim has neither `value` nor `none`")
            self.shape.problem("missing-key", message, fields.node, say("add {key}", key="`value:`"))
            return None
        if fact is None:
            return None
        return read_value(self.shape, value, fact.type, self.vocabulary.taxonomies)

    def _none(self, fields: Fields, none: Node, fact: Fact | None, stance: Stance | None) -> NoOther | None:
        problem = self.shape.problem
        if fields.optional("value") is not None:
            message = say("a claim has both `value` and `none`")
            problem("bad-value", message, none, say("remove one of them"))
            return None
        if not self.shape.truth(none, key_named("none")):
            if isinstance(none, Scalar) and none.kind == "bool":
                hint = say("remove it and give a `value`")
                problem("bad-value", say("`none` can only be `true`"), none, hint)
            return None
        if fact is not None and not fact.many:
            message = say("`none` is claimed of {fact}, which has one value", fact=quoted(fact.full_name))
            hint = say("`none` closes a many-valued fact; deny a value instead")
            problem("bad-value", message, none, hint)
            return None
        if stance is Stance.DENIES:
            hint = say("assert the value that there is")
            problem("bad-value", say("`none` can be asserted, not denied"), none, hint)
            return None
        return NO_OTHER

    def _source(self, fields: Fields) -> dict[str, object]:
        """The keys that a case folder's claims have beyond the exchange form."""
        if self.documents is None:
            return {}
        shape = self.shape
        node = fields.required("document")
        document = shape.identifier(node, key_named("document"))
        if document is not None and document not in self.documents:
            hint = did_you_mean(document, sorted(self.documents)) or say(
                "add it to the documents of the case"
            )
            message = say("the case holds no document {document}", document=quoted(document))
            shape.problem("unknown-document", message, node, hint)
        return {
            "document": DocumentId(document) if document else None,
            "place": shape.text(fields.optional("place"), key_named("place")) or "",
            "note": shape.texts(fields.optional("note"), key_named("note")),
            "weight_reason": shape.texts(fields.optional("weight_reason"), key_named("weight_reason")),
        }


def read_subjects(nodes: Iterable[Node], log: ProblemLog) -> list[Subject]:
    """Read subjects of the exchange form; one id is one subject."""
    shape = Shape(log)
    read = [(subject, node) for node in nodes if (subject := _read_subject(shape, node)) is not None]
    triples = ((str(subject.id), node, subject) for subject, node in read)
    return list(unique(shape, triples, say("subjects"), same=lambda a, b: a == b).values())


def _read_subject(shape: Shape, node: Node) -> Subject | None:
    fields = shape.mapping(node, say("a subject"))
    if fields is None:
        return None
    subject = subject_of(shape, fields)
    fields.done()
    return subject


def subject_of(shape: Shape, fields: Fields) -> Subject | None:
    """The id, kind and advertiser of a subject; an ad without an advertiser is a problem. LANGUAGE.md 1.1."""
    subject_id = shape.identifier(fields.required("id"), say("the subject's id"))
    kind = shape.word(fields.required("kind"), key_named("kind"), Kind)
    owner_node = fields.optional("advertiser")
    owner = shape.identifier(owner_node, key_named("advertiser"))
    if kind is Kind.AD and owner_node is None:
        hint = say("add {key}", key="`advertiser:`")
        shape.problem("missing-key", say("an ad names no advertiser"), fields.node, hint)
        return None
    if kind is Kind.ADVERTISER and owner_node is not None:
        message = say("an advertiser has no `advertiser`")
        shape.problem("unknown-key", message, owner_node, say("remove it"))
        return None
    if not subject_id or not kind:
        return None
    return Subject(id=SubjectId(subject_id), kind=kind, advertiser=SubjectId(owner) if owner else None)


def check_kinds(subjects: Iterable[Subject], claims: Iterable[Claim], log: ProblemLog) -> None:
    """A claim's subject has the kind of its fact, and one id is one kind. LANGUAGE.md 1.1, 1.3."""
    kinds: dict[SubjectId, str] = {subject.id: subject.kind.value for subject in subjects}
    for subject in subjects:
        if (
            subject.advertiser is not None
            and kinds.setdefault(subject.advertiser, "advertiser") != "advertiser"
        ):
            message = say(
                "the advertiser {advertiser} of {subject} is an ad",
                advertiser=quoted(subject.advertiser),
                subject=quoted(subject.id),
            )
            where = say("subject {subject}", subject=subject.id)
            log.add("wrong-subject", message, where=where, hint=say("name an advertiser"))
    for claim in claims:
        kind = claim.fact.partition(".")[0]
        known = kinds.setdefault(claim.subject, kind)
        if known != kind:
            message = say(
                "{subject} is of kind {kind}, but {fact} is not",
                subject=quoted(claim.subject),
                kind=quoted(known),
                fact=quoted(claim.fact),
            )
            where = say("claim {claim}", claim=claim.id)
            log.add("wrong-subject", message, claim.span, where=where, hint=say("name its own fact"))
