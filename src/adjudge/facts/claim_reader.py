"""Claims and subjects from nodes, or problems.

The exchange form (LANGUAGE.md 8) has no documents; a case folder's claims have (`documents` says which exist).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from adjudge.basis.ids import ClaimId, DocumentId, FactName, OriginId, SubjectId
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, unique
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
        return list(unique(self.shape, triples, "claims", same=lambda a, b: a == b).values())

    def read(self, node: Node) -> Claim | None:
        """Read one claim."""
        fields = self.shape.mapping(node, "a claim")
        if fields is None:
            return None
        shape = self.shape
        claim_id = shape.identifier(fields.required("id"), "the claim's id")
        subject = shape.identifier(fields.required("subject"), "the subject")
        fact = self._fact(fields.required("fact"))
        stance = shape.word(fields.required("stance"), "`stance`", Stance)
        weight = shape.integer(fields.required("weight"), "`weight`", 1, 5, WEIGHTS_HINT)
        origin = shape.identifier(fields.required("origin"), "the origin")
        recorded = shape.instant(fields.required("recorded_at"), "`recorded_at`")
        value = self._value(fields, fact, stance)
        holds = shape.interval(fields.optional("holds_from"), fields.optional("holds_to"), "the claim")
        withdrawn = shape.instant(fields.optional("withdrawn_at"), "`withdrawn_at`")
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
        text = self.shape.text(node, "`fact`")
        if text is None:
            return None
        fact = self.vocabulary.facts.get(FactName(text))
        if fact is None:
            known = [str(name) for name in self.vocabulary.facts]
            hint = did_you_mean(text, known) or "name a fact of the vocabulary, or declare it there"
            message = f"the vocabulary declares no fact {quoted(text)}"
            self.shape.problem("unknown-fact", message, node, hint)
        return fact

    def _value(self, fields: Fields, fact: Fact | None, stance: Stance | None) -> Value | NoOther | None:
        value, none = fields.optional("value"), fields.optional("none")
        if none is not None:
            return self._none(fields, none, fact, stance)
        if value is None:
            self.shape.problem(
                "missing-key", "a claim has neither `value` nor `none`", fields.node, "add `value:`"
            )
            return None
        if fact is None:
            return None
        return read_value(self.shape, value, fact.type, self.vocabulary.taxonomies)

    def _none(self, fields: Fields, none: Node, fact: Fact | None, stance: Stance | None) -> NoOther | None:
        problem = self.shape.problem
        if fields.optional("value") is not None:
            problem("bad-value", "a claim has both `value` and `none`", none, "remove one of them")
            return None
        if not self.shape.truth(none, "`none`"):
            if isinstance(none, Scalar) and none.kind == "bool":
                problem("bad-value", "`none` can only be `true`", none, "remove it and give a `value`")
            return None
        if fact is not None and not fact.many:
            message = f"`none` is claimed of {quoted(fact.full_name)}, which has one value"
            problem("bad-value", message, none, "`none` closes a many-valued fact; deny a value instead")
            return None
        if stance is Stance.DENIES:
            problem("bad-value", "`none` can be asserted, not denied", none, "assert the value that there is")
            return None
        return NO_OTHER

    def _source(self, fields: Fields) -> dict[str, object]:
        """The keys that a case folder's claims have beyond the exchange form."""
        if self.documents is None:
            return {}
        shape = self.shape
        node = fields.required("document")
        document = shape.identifier(node, "`document`")
        if document is not None and document not in self.documents:
            hint = did_you_mean(document, sorted(self.documents)) or "add it to the documents of the case"
            shape.problem("unknown-document", f"the case holds no document {quoted(document)}", node, hint)
        return {
            "document": DocumentId(document) if document else None,
            "place": shape.text(fields.optional("place"), "`place`") or "",
            "note": shape.texts(fields.optional("note"), "`note`"),
            "weight_reason": shape.texts(fields.optional("weight_reason"), "`weight_reason`"),
        }


def read_subjects(nodes: Iterable[Node], log: ProblemLog) -> list[Subject]:
    """Read subjects of the exchange form; one id is one subject."""
    shape = Shape(log)
    read = [(subject, node) for node in nodes if (subject := _read_subject(shape, node)) is not None]
    triples = ((str(subject.id), node, subject) for subject, node in read)
    return list(unique(shape, triples, "subjects", same=lambda a, b: a == b).values())


def _read_subject(shape: Shape, node: Node) -> Subject | None:
    fields = shape.mapping(node, "a subject")
    if fields is None:
        return None
    subject = subject_of(shape, fields)
    fields.done()
    return subject


def subject_of(shape: Shape, fields: Fields) -> Subject | None:
    """The id, kind and advertiser of a subject; an ad without an advertiser is a problem. LANGUAGE.md 1.1."""
    subject_id = shape.identifier(fields.required("id"), "the subject's id")
    kind = shape.word(fields.required("kind"), "`kind`", Kind)
    owner_node = fields.optional("advertiser")
    owner = shape.identifier(owner_node, "`advertiser`")
    if kind is Kind.AD and owner_node is None:
        shape.problem("missing-key", "an ad names no advertiser", fields.node, "add `advertiser:`")
        return None
    if kind is Kind.ADVERTISER and owner_node is not None:
        shape.problem("unknown-key", "an advertiser has no `advertiser`", owner_node, "remove it")
        return None
    if not subject_id or not kind:
        return None
    return Subject(id=SubjectId(subject_id), kind=kind, advertiser=SubjectId(owner) if owner else None)


def check_kinds(subjects: Iterable[Subject], claims: Iterable[Claim], log: ProblemLog) -> None:
    """A claim's subject has the kind of its fact, and one id is one kind. LANGUAGE.md 1.1, 1.3."""
    shape = Shape(log)
    kinds: dict[SubjectId, str] = {subject.id: subject.kind.value for subject in subjects}
    for subject in subjects:
        if (
            subject.advertiser is not None
            and kinds.setdefault(subject.advertiser, "advertiser") != "advertiser"
        ):
            message = f"the advertiser {quoted(subject.advertiser)} of {quoted(subject.id)} is an ad"
            log.add("wrong-subject", message, where=f"subject {subject.id}", hint="name an advertiser")
    for claim in claims:
        kind = claim.fact.partition(".")[0]
        known = kinds.setdefault(claim.subject, kind)
        if known != kind:
            message = f"{quoted(claim.subject)} is of kind {quoted(known)}, but {quoted(claim.fact)} is not"
            shape.log.add(
                "wrong-subject", message, claim.span, where=f"claim {claim.id}", hint="name its own fact"
            )
