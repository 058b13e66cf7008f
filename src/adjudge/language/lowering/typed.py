"""Parts of an expression with their types, while they are being lowered."""

from dataclasses import dataclass

from adjudge.facts.type import Type
from adjudge.language.core import Expr


@dataclass(frozen=True, slots=True)
class Variable:
    """The variable of a quantifier."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Typed:
    """A part and its type. `type` is None for what fits everywhere."""

    expr: Expr
    type: Type | None
