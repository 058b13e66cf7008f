"""What statements say of the platform, as a file: the keys are those of `handling:` in a case."""

from dataclasses import dataclass

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Shape, key_named
from adjudge.basis.said import say
from adjudge.evidence.address import read_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What `settle_institution` is told."""

    platform: dict[str, str]
    complaint: str
    settlement: str
    review: dict[str, str]
    languages: tuple[str, ...]


def read_settled(node: Node | None, log: ProblemLog) -> Settled | None:
    """From its nodes; None with problems."""
    shape = Shape(log)
    fields = shape.mapping(node, say("the file"))
    if fields is None:
        return None
    languages = shape.sequence(fields.required("languages"), key_named("languages"))
    settled = Settled(
        platform=shape.texts(fields.required("platform"), say("the platform's name")),
        complaint=read_address(shape, fields.required("complaint"), say("the address for complaints")) or "",
        settlement=read_address(shape, fields.required("settlement"), say("the address for settlement"))
        or "",
        review=shape.texts(fields.optional("review"), key_named("review")),
        languages=tuple(shape.text(item, say("a language")) or "" for item in languages),
    )
    fields.done()
    return None if log.refuses else settled
