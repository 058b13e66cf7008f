"""A leaf as it reads a fact: the truth of its atom, the single-valued facts in it, and what it ranges over."""

from dataclasses import dataclass

from adjudge.basis.ids import FactName
from adjudge.engines.point.closures import Function
from adjudge.language.core import Atom, Condition, Not, Quantified
from adjudge.language.operators import Concrete
from adjudge.recourse.concern import Leaf


@dataclass(frozen=True, slots=True)
class Reader:
    """`truth` is None of `has` and `in`; `compared` is the value whose membership `in` asks for."""

    leaf: Leaf
    truth: Function | None
    singles: tuple[FactName, ...]
    ranged: FactName | None
    variable: str = ""
    compared: Concrete | None = None


def atom_of(condition: Condition) -> Atom | None:
    """The atom of a leaf: itself, or that of its body; None of `has` and `in`."""
    if isinstance(condition, Quantified):
        return atom_of(condition.body)
    if isinstance(condition, Not):
        return atom_of(condition.operand)
    return condition if isinstance(condition, Atom) else None
