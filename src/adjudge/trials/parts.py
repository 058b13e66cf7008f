"""What several keys of a file of tests have in common: claims with defaults, texts with English, names of rules."""

from collections.abc import Iterable, Sequence

from adjudge.basis.ids import SubjectId
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar
from adjudge.basis.reading.shape import Shape, Texts
from adjudge.basis.said import Said, say, verbatim
from adjudge.facts.claim import Claim, Stance, Subject
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Kind, Vocabulary

MOST_CLAIMS = 1_000
KNOWN_SINCE = "1970-01-01"
"""When a claim was recorded that does not say so: before every case."""


def limited(shape: Shape, items: Sequence[Node], most: int, what: Said) -> Sequence[Node]:
    """No more items than a limit; a problem at the first that is too many."""
    if len(items) > most:
        message = say("{what}: a file of tests holds at most {most}", what=what, most=str(most))
        shape.problem("file-too-large", message, items[most], say("split the file"))
    return items[:most]


def read_claims(
    shape: Shape, node: Node | None, vocabulary: Vocabulary, subjects: Iterable[Subject]
) -> dict[str, Claim]:
    """A list of claims by id, each with the defaults of tests filled in."""
    items = limited(shape, shape.sequence(node, verbatim("`claims`")), MOST_CLAIMS, verbatim("`claims`"))
    read = ClaimReader(vocabulary, shape.log).read_all([_completed(item) for item in items])
    return {str(claim.id): claim for claim in read if is_known(shape, claim, subjects)}


def read_claim(shape: Shape, node: Node, vocabulary: Vocabulary, subjects: Iterable[Subject]) -> Claim | None:
    """One claim, with the defaults of tests filled in."""
    claim = ClaimReader(vocabulary, shape.log).read(_completed(node))
    return claim if claim is not None and is_known(shape, claim, subjects) else None


def is_known(shape: Shape, claim: Claim, subjects: Iterable[Subject]) -> bool:
    """Whether a claim is about a subject of the file, or the advertiser of one; in a test, another is a slip."""
    kinds: dict[SubjectId, Kind] = {}
    for subject in subjects:
        kinds[subject.id] = subject.kind
        if subject.advertiser is not None:
            kinds.setdefault(subject.advertiser, Kind.ADVERTISER)
    kind = kinds.get(claim.subject)
    if kind is None:
        _report_unknown_subject(shape, claim, sorted(kinds))
    elif not claim.fact.startswith(f"{kind.value}."):
        _report_other_kind(shape, claim, kind)
    return kind is not None and claim.fact.startswith(f"{kind.value}.")


def _report_unknown_subject(shape: Shape, claim: Claim, known: list[SubjectId]) -> None:
    message = say(
        "the claim {claim} is about {subject}, which is no subject of the file",
        claim=quoted(claim.id),
        subject=quoted(claim.subject),
    )
    hint = did_you_mean(claim.subject, [str(item) for item in known]) or say("add it to `subjects:`")
    shape.log.add("unknown-subject", message, claim.span, hint=hint)


def _report_other_kind(shape: Shape, claim: Claim, kind: Kind) -> None:
    message = say(
        "the claim {claim} is about {subject} of kind {kind}, but its fact is {fact}",
        claim=quoted(claim.id),
        subject=quoted(claim.subject),
        kind=quoted(kind.value),
        fact=quoted(claim.fact),
    )
    shape.log.add(
        "wrong-subject", message, claim.span, hint=say("name a fact of that kind, or its own subject")
    )


def _completed(node: Node) -> Node:
    """A claim's node with what a test may leave out: it is asserted, of its own origin, known from the beginning."""
    if not isinstance(node, Mapping):
        return node
    own = node.items.get("id")
    defaults = {
        "stance": Scalar(Stance.ASSERTS.value, plain=False, span=node.span, path=node.path),
        "origin": own,
        "recorded_at": Scalar(KNOWN_SINCE, plain=False, span=node.span, path=node.path),
    }
    added = {key: item for key, item in defaults.items() if item is not None and key not in node.items}
    return Mapping({**node.items, **added}, node.keys, node.span, node.path)


def texts_with_english(shape: Shape, node: Node | None, what: Said) -> Texts:
    """One text per language, English among them."""
    texts = shape.texts(node, what)
    if isinstance(node, Mapping) and "en" not in node.items:
        message = say("{what} has no {key}", what=what, key="`en`")
        shape.problem("missing-key", message, node, say("add {key}", key="`en:`"))
    return texts


def report_unknown_rule(
    shape: Shape, rule: str, known: Sequence[str], node: Node | None, version: str | None = None
) -> None:
    """A rule that is not there, with the nearest that is; `version` is None where it is in none of them."""
    message = say("the policy has no rule {rule}", rule=quoted(rule))
    if version is not None:
        message = say(
            "the policy has no rule {rule} in version {version}", rule=quoted(rule), version=quoted(version)
        )
    hint = did_you_mean(rule, list(known)) or say("name a rule of the version under test")
    shape.problem("unknown-rule", message, node, hint)
