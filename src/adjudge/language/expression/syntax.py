"""The tree of an expression as the author wrote it, a place on every node.

Not yet names or types, and not what evaluators read: that is `adjudge.language.core`. Trees are equal when they say
the same, wherever they stand.
"""

import dataclasses
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """From start, included, to end, excluded, in code points of the expression."""

    start: int
    end: int


NOWHERE = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Literal:
    """A truth value, integer, decimal or text."""

    value: bool | int | Decimal | str
    place: Place = dataclasses.field(default=NOWHERE, compare=False)

    def __eq__(self, other: object) -> bool:
        """Equal by type too: `1`, `1.0` and `true` are three literals."""
        if not isinstance(other, Literal):
            return NotImplemented
        return type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        """Consistent with equality."""
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier."""

    text: str
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Select:
    """`operand.field`."""

    operand: "Syntax"
    field: str
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`, or `target.function(arguments)`."""

    target: "Syntax | None"
    function: str
    arguments: tuple["Syntax", ...]
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """`!operand` or `-operand`."""

    operator: str
    operand: "Syntax"
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """A comparison, `in`, or arithmetic."""

    operator: str
    left: "Syntax"
    right: "Syntax"
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """`&&` or `||` over two or more operands; nested ones of one operator are one, since it is associative."""

    operator: str
    operands: tuple["Syntax", ...]
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """`[item, item]`."""

    items: tuple["Syntax", ...]
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


Syntax = Literal | Name | Select | Call | Unary | Binary | Logic | Listing


def children(node: Syntax) -> tuple[Syntax, ...]:
    """The nodes directly below a node, in the order of the text."""
    match node:
        case Literal() | Name():
            return ()
        case Select():
            return (node.operand,)
        case Call():
            return node.arguments if node.target is None else (node.target, *node.arguments)
        case Unary():
            return (node.operand,)
        case Binary():
            return node.left, node.right
        case Logic():
            return node.operands
        case Listing():
            return node.items
