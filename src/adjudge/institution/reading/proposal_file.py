"""A proposal as a file: read with problems where it does not fit, and begun from what there is to decide."""

import json
from collections.abc import Iterable, Iterator

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.ids import ClaimId, RuleId
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Mapping, Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, key_named
from adjudge.basis.said import Said, say
from adjudge.institution.reading.overview import Options
from adjudge.language.package import MeasureKind
from adjudge.matters.proposal import MILDER_KINDS, Milder, Proposal
from adjudge.notices.beginning import NoAdvance, is_termination
from adjudge.records.rows import AppealRow
from adjudge.tongues.tongue import Tongue

LONGEST_SUSPENSION = 3_650


def read_proposal(node: Node | None, log: ProblemLog) -> Proposal | None:
    """A proposal from its nodes; None with problems."""
    shape = Shape(log)
    fields = shape.mapping(node, say("the proposal"))
    if fields is None:
        return None
    proposal = Proposal(
        reason=shape.text(fields.required("reason"), key_named("reason")) or "",
        instead=_instead(shape, fields.optional("instead")),
        answers={ClaimId(claim): text for claim, text in _answers(shape, fields)},
        milder=_text(shape, fields.optional("milder"), key_named("milder")),
        rights=_text(shape, fields.optional("rights"), key_named("rights")),
        why_departing=_text(shape, fields.optional("why_departing"), key_named("why_departing")),
        wording=_text(shape, fields.optional("wording"), key_named("wording")),
        appeal=_text(shape, fields.optional("appeal"), key_named("appeal")),
        replies=_replies(shape, fields),
        unfounded=shape.truth(fields.optional("unfounded"), key_named("unfounded")),
        no_advance=shape.word(fields.optional("no_advance"), key_named("no_advance"), NoAdvance),
        why_no_advance=_text(shape, fields.optional("why_no_advance"), key_named("why_no_advance")),
    )
    fields.done()
    return None if log.refuses else proposal


def _text(shape: Shape, node: Node | None, what: Said) -> str:
    """A text; a key with nothing behind it is one that was left open."""
    if isinstance(node, Scalar) and node.kind == "null":
        return ""
    return shape.text(node, what) or ""


def _answers(shape: Shape, fields: Fields) -> Iterator[tuple[str, str]]:
    for claim, text in _entries(shape, fields.optional("answers"), key_named("answers")):
        yield claim, _text(shape, text, say("the answer to {claim}", claim=claim))


def _replies(shape: Shape, fields: Fields) -> dict[str, str]:
    """The answers to the points of an appeal, of which the points are that it names."""
    node = fields.optional("replies")
    found = {
        point: _text(shape, text, say("the answer to the point {point}", point=point))
        for point, text in _entries(shape, node, key_named("replies"))
    }
    if found and fields.node.items.get("appeal") is None:
        message = say("{key} answers the points of an appeal, and none is named", key="`replies`")
        shape.problem("missing-key", message, node, say("add {key}", key="`appeal:`"))
    return found


def _instead(shape: Shape, node: Node | None) -> dict[RuleId, Milder | None]:
    """For each rule the milder measure, or `no_measure`."""
    found: dict[RuleId, Milder | None] = {}
    for rule, given in _entries(shape, node, key_named("instead")):
        if isinstance(given, Mapping):
            found[RuleId(rule)] = _suspension(shape, given)
            continue
        word = shape.one_of(given, say("the measure instead of {rule}", rule=rule), ["no_measure", "notify"])
        found[RuleId(rule)] = Milder(MeasureKind.NOTIFY) if word == "notify" else None
    return found


def _suspension(shape: Shape, node: Mapping) -> Milder | None:
    """`{kind: suspend, days: 14}`, or another kind without days."""
    fields = shape.mapping(node, say("the measure instead"))
    if fields is None:
        return None
    kinds = sorted(kind.value for kind in MILDER_KINDS)
    kind = shape.one_of(fields.required("kind"), key_named("kind"), kinds)
    days = shape.integer(fields.optional("days"), key_named("days"), 1, LONGEST_SUSPENSION)
    fields.done()
    return Milder(MeasureKind(kind), days or 0) if kind in kinds else None


def _entries(shape: Shape, node: Node | None, what: Said) -> Iterable[tuple[str, Node]]:
    """The entries of a mapping that may be left empty."""
    if node is None or (isinstance(node, Scalar) and node.kind == "null"):
        return ()
    fields = shape.mapping(node, what)
    return fields.node.items.items() if fields is not None else ()


# --- begun ---


def proposal_template(options: Options, tongue: Tongue, appeal: AppealRow | None = None) -> str:
    """A proposal to be filled in: each claim that counts against it waits for an answer, an exclusion for reasons.

    One that decides an appeal answers each of its points.
    """
    return "\n".join(_lines(options, tongue, appeal)) + "\n"


def _lines(options: Options, tongue: Tongue, appeal: AppealRow | None) -> Iterator[str]:
    found = options.found
    subject = found.party.subject.id
    yield _comment(
        tongue(
            "A proposal about {subject} in the matter {matter}.", subject=subject, matter=options.matter.id
        )
    )
    yield _comment(tongue("Why it should be decided so, in your words:"))
    yield 'reason: ""'
    if appeal is not None:
        yield from _appeal_lines(appeal, tongue)
    yield from _instead_lines(options, tongue)
    if options.contrary:
        yield _comment(tongue("What you answer to each claim that counts against it:"))
        yield "answers:"
        for item in options.contrary:
            yield _comment(f"  {item.claim.fact}: {item.claim.value}")
            yield f'  {json.dumps(item.claim.id, ensure_ascii=False)}: ""'
    if any(item.measure.kind is MeasureKind.EXCLUDE for item in found.decision.measures):
        yield _comment(tongue("It excludes. Why no milder measure suffices:"))
        yield 'milder: ""'
        yield _comment(tongue("Which rights and interests are concerned, and how they weigh:"))
        yield 'rights: ""'
    applied = {item.rule for item in found.decision.measures}
    if any(item.rule.id in applied and is_termination(item.rule) for item in found.explanations):
        yield from _exception_lines(tongue)
    yield _comment(tongue("Your own statement of reasons; leave it out to have it written from the case:"))
    yield "# wording: |-"


def _appeal_lines(appeal: AppealRow, tongue: Tongue) -> Iterator[str]:
    """The appeal, and its points as they were written, each waiting for an answer."""
    yield _comment(tongue("It decides this appeal, of which every point is answered:"))
    yield f"appeal: {json.dumps(appeal.id, ensure_ascii=False)}"
    yield "replies:"
    for point in appeal.points:
        for line in point.text.splitlines():
            yield _comment(f"  {line}")
        yield f'  {json.dumps(point.id, ensure_ascii=False)}: ""'
    yield _comment(
        tongue("Only where the decision is upheld, and anybody sees at once that the appeal is unfounded:")
    )
    yield "# unfounded: true"


def _exception_lines(tongue: Tongue) -> Iterator[str]:
    """The exceptions to the advance notice, for whoever ends a service at once."""
    yield _comment(
        tongue(
            "It ends a service. To do so without advance notice, name the exception, and say why it holds:"
        )
    )
    yield f"# no_advance: {' | '.join(item.value for item in NoAdvance)}"
    yield '# why_no_advance: ""'


def _instead_lines(options: Options, tongue: Tongue) -> Iterator[str]:
    if not options.found.decision.measures:
        yield _comment(tongue("No measure follows, and so there is none to take another one in place of."))
        return
    yield _comment(
        tongue("To depart from the outcome, name a milder measure or none for a rule, and say why:")
    )
    yield "# instead:"
    for item in options.found.decision.measures:
        yield f"#   {json.dumps(item.rule, ensure_ascii=False)}: no_measure"
    yield '# why_departing: ""'


def _comment(text: str) -> str:
    """One line of comment, whatever stands in it."""
    bare = harmless(" ".join(text.split()))
    return f"  # {bare}" if text.startswith("  ") else f"# {bare}"
