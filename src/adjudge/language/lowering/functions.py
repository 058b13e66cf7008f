"""Functions and methods inside an atom: what they take, and what is none of version 1. LANGUAGE.md 3.9."""

from typing import Protocol

from adjudge.basis.problem import quoted
from adjudge.basis.reading.shape import known_here, nearest
from adjudge.facts.type import CodeType, ListType, Simple, Type
from adjudge.language.core import Operation, Operator
from adjudge.language.expression.syntax import Call, Place, Syntax
from adjudge.language.lowering.typed import Typed, Variable
from adjudge.language.lowering.typing import FUNCTIONS, ONLY_IN_CEL, Signature

_GRADED = {"has", "exists", "all"}
_UNDER = "write `fact.under('code')`, with a fact of type `code<…>` and a code of its tree"


class Parts(Protocol):
    """What lowers the arguments of a call, and takes the problems."""

    def value(self, node: Syntax, variable: Variable | None) -> Typed | None:
        """A part with its type."""
        ...

    def as_coded(self, part: Typed, coded: Type | None) -> Typed | None:
        """A text literal beside a code, as that code."""
        ...

    def refuse(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Log a problem."""
        ...


def graded(parts: Parts, word: str, place: Place) -> None:
    """Refuse what is weighed inside what is not. LANGUAGE.md 3.1."""
    hint = "join conditions with `&&`, `||` and `!` only"
    parts.refuse("graded-inside-atom", f"`{word}` weighs claims and cannot stand inside an atom", place, hint)


def call(parts: Parts, node: Call, variable: Variable | None) -> Typed | None:
    """A function or method on concrete values; None where a problem was logged."""
    if node.function in _GRADED:
        return graded(parts, node.function, node.place)
    if node.function == "under" and node.target is not None:
        return _under(parts, node, node.target, variable)
    signature = FUNCTIONS.get(node.function)
    if signature is None or not (signature.as_method if node.target else signature.as_function):
        return _unknown_function(parts, node)
    arguments = node.arguments if node.target is None else (node.target, *node.arguments)
    typed = [parts.value(argument, variable) for argument in arguments]
    whole = [argument for argument in typed if argument is not None]
    if len(whole) < len(typed) or not _fits(parts, node, signature, arguments, whole):
        return None
    return Typed(
        Operation(signature.operator, tuple(part.expr for part in whole), "", node.place),
        signature.result,
    )


def _unknown_function(parts: Parts, node: Call) -> None:
    known = sorted([*FUNCTIONS, "under", *_GRADED])
    if node.function in ONLY_IN_CEL:
        message = f"{quoted(node.function)} is not part of version 1"
        return parts.refuse("unsupported-feature", message, node.place, known_here(known))
    hint = nearest(node.function, known)
    return parts.refuse("unknown-name", f"there is no function {quoted(node.function)}", node.place, hint)


def _fits(
    parts: Parts, node: Call, signature: Signature, arguments: tuple[Syntax, ...], typed: list[Typed]
) -> bool:
    expected = len(signature.parameters)
    if len(typed) != expected:
        message = (
            f"{quoted(node.function)} takes {expected} value{'s' if expected > 1 else ''}, not {len(typed)}"
        )
        hint = f"write {_pattern(node.function, signature)}"
        parts.refuse("type-error", message, node.place, hint)
        return False
    for parameter, argument, part in zip(signature.parameters, arguments, typed, strict=True):
        is_sized_list = signature.operator is Operator.SIZE and isinstance(part.type, ListType)
        if part.type is not None and part.type not in parameter and not is_sized_list:
            message = f"{quoted(node.function)} takes {_alternatives(parameter)}, not {part.type}"
            hint = f"write {_pattern(node.function, signature)}"
            parts.refuse("type-error", message, argument.place, hint)
            return False
    return True


def _under(parts: Parts, node: Call, target: Syntax, variable: Variable | None) -> Typed | None:
    code = parts.value(target, variable)
    above = parts.value(node.arguments[0], variable) if len(node.arguments) == 1 else None
    if code is None or above is None:
        if len(node.arguments) != 1:
            parts.refuse("type-error", "`under` takes one code", node.place, _UNDER)
        return None
    if not isinstance(code.type, CodeType):
        message = f"`under` asks of a code, not of {code.type}"
        return parts.refuse("type-error", message, target.place, _UNDER)
    coded = parts.as_coded(above, code.type)
    if coded is None:
        return None
    if coded.type not in {code.type, Simple.STRING}:
        message = f"`under` takes a code of {quoted(code.type.taxonomy)}, not {coded.type}"
        return parts.refuse("type-error", message, node.arguments[0].place, _UNDER)
    operation = Operation(Operator.UNDER, (code.expr, coded.expr), code.type.taxonomy, node.place)
    return Typed(operation, Simple.BOOL)


def _alternatives(types: tuple[Type, ...]) -> str:
    return " or ".join(str(kind) for kind in types)


def _pattern(name: str, signature: Signature) -> str:
    """How a function is written, with the types of its values in their places."""
    values = [_alternatives(parameter) for parameter in signature.parameters]
    if signature.as_function:
        return f"`{name}({', '.join(values)})`"
    return f"`{values[0]}.{name}({', '.join(values[1:])})`"
