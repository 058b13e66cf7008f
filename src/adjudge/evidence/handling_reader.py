"""`handling` in `case.yaml`, from its nodes, or problems."""

from adjudge.basis.ids import ClaimId
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Shape, key_named
from adjudge.basis.said import say
from adjudge.evidence.address import read_address
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Automation, Source

LONGEST_ADVANCE = 366
"""Days; what is told longer before is forgotten before it comes."""


def read_handling(shape: Shape, node: Node | None) -> Handling | None:
    """How the case was handled; None where it is absent, or with problems."""
    fields = shape.mapping(node, key_named("handling"))
    if fields is None:
        return None
    platform = shape.texts(fields.required("platform"), say("the platform's name"))
    source = shape.word(fields.required("source"), key_named("source"), Source)
    detection = shape.word(fields.required("detection"), key_named("detection"), Automation)
    decision = shape.word(fields.optional("decision"), key_named("decision"), Automation)
    complaint = read_address(shape, fields.required("complaint"), say("the address for complaints"))
    settlement = read_address(shape, fields.required("settlement"), say("the address for settlement"))
    review = shape.texts(fields.optional("review"), key_named("review"))
    advance = _advance(shape, fields.optional("advance"))
    notified = fields.optional("notified")
    claims = [
        shape.identifier(item, say("a claim")) for item in shape.sequence(notified, key_named("notified"))
    ]
    if source not in {None, Source.OWN_INITIATIVE} and not claims:
        hint = say("add `notified:` with the claims that were read in it")
        shape.problem("missing-key", say("a notice led to the case, and no claim of it is named"), node, hint)
    fields.done()
    if not (source and detection and complaint and settlement):
        return None
    return Handling(
        platform=platform,
        source=source,
        detection=detection,
        complaint=complaint,
        settlement=settlement,
        notified=tuple(ClaimId(claim) for claim in claims if claim),
        decision=decision,
        review=review,
        advance_days=advance,
    )


def _advance(shape: Shape, node: Node | None) -> int:
    """`advance: {days: 30}`; none where it is absent."""
    fields = shape.mapping(node, key_named("advance"))
    if fields is None:
        return 0
    days = shape.integer(fields.required("days"), key_named("days"), 1, LONGEST_ADVANCE)
    fields.done()
    return days or 0
