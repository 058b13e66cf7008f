"""Nodes of YAML as plain trees of JSON, such as are kept with records: days and codes stay the texts that they were."""

from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.basis.reading.shape import whole_number


def plain_of(node: Node) -> Plain:
    """A node as JSON. A number with a fraction stays its text, and so does one with more digits than our bounds."""
    match node:
        case Mapping():
            return {key: plain_of(item) for key, item in node.items.items()}
        case Sequence():
            return [plain_of(item) for item in node.items]
        case Scalar():
            return _plain_scalar(node)


def _plain_scalar(node: Scalar) -> Plain:
    match node.kind:
        case "null":
            return None
        case "bool":
            return node.text.lower() == "true"
        case "int":
            number = whole_number(node.text)
            return node.text if number is None else number
        case _:
            return node.text
