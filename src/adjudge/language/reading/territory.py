"""Where a rule or a measure applies: `worldwide`, or a list of countries."""

from typing import Literal

from adjudge.basis.problem import quoted
from adjudge.basis.reading.node import Node, Scalar, Sequence
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import say
from adjudge.facts.codes import COUNTRIES
from adjudge.language.package import WORLDWIDE, Territory


def read_territory(shape: Shape, node: Node | None) -> Territory | Literal[False]:
    """`worldwide` (None) or a list of countries; False, with a problem, where it is neither."""
    if node is None:
        return False
    if isinstance(node, Scalar) and node.text == "worldwide":
        return WORLDWIDE
    hint = say("write `worldwide` or a list of ISO 3166-1 codes such as `[FR, BE]`")
    if not isinstance(node, Sequence) or not node.items:
        message = say("the territory is neither `worldwide` nor a list of countries")
        shape.problem("bad-value", message, node, hint)
        return False
    found = set()
    for item in node.items:
        text = shape.text(item, say("a country"))
        if text is not None and text not in COUNTRIES:
            shape.problem("unknown-code", say("{code} is not a country", code=quoted(text)), item, hint)
        elif text is not None:
            found.add(text)
    return frozenset(found) if found else False
