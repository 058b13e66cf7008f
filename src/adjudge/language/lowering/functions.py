"""Functions and methods inside an atom: what they take, and what is none of version 1. LANGUAGE.md 3.9."""

from functools import reduce
from typing import Protocol

from adjudge.basis.problem import quoted
from adjudge.basis.reading.shape import known_here, nearest
from adjudge.basis.said import NOTHING_SAID, Said, say, say_plural
from adjudge.facts.type import CodeType, ListType, Simple, Type, said_type
from adjudge.language.core import Operation, Operator
from adjudge.language.expression.syntax import Call, Place, Syntax
from adjudge.language.lowering.typed import Typed, Variable
from adjudge.language.lowering.typing import FUNCTIONS, ONLY_IN_CEL, Signature

_GRADED = {"has", "exists", "all"}
_UNDER = say("write `fact.under('code')`, with a fact of type `code<…>` and a code of its tree")


class Parts(Protocol):
    """What lowers the arguments of a call, and takes the problems."""

    def value(self, node: Syntax, variable: Variable | None) -> Typed | None:
        """A part with its type."""
        ...

    def as_coded(self, part: Typed, coded: Type | None) -> Typed | None:
        """A text literal beside a code, as that code."""
        ...

    def refuse(self, code: str, message: Said, place: Place, hint: Said = NOTHING_SAID) -> None:
        """Log a problem."""
        ...


def graded(parts: Parts, word: str, place: Place) -> None:
    """Refuse what is weighed inside what is not. LANGUAGE.md 3.1."""
    hint = say("join conditions with `&&`, `||` and `!` only")
    message = say("{word} weighs claims and cannot stand inside an atom", word=f"`{word}`")
    parts.refuse("graded-inside-atom", message, place, hint)


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
        message = say("{function} is not part of version 1", function=quoted(node.function))
        return parts.refuse("unsupported-feature", message, node.place, known_here(known))
    hint = nearest(node.function, known)
    message = say("there is no function {function}", function=quoted(node.function))
    return parts.refuse("unknown-name", message, node.place, hint)


def _fits(
    parts: Parts, node: Call, signature: Signature, arguments: tuple[Syntax, ...], typed: list[Typed]
) -> bool:
    expected = len(signature.parameters)
    if len(typed) != expected:
        message = say_plural(
            "{function} takes {count} value, not {found}",
            "{function} takes {count} values, not {found}",
            expected,
            function=quoted(node.function),
            found=len(typed),
        )
        hint = say("write {code}", code=_pattern(node.function, signature))
        parts.refuse("type-error", message, node.place, hint)
        return False
    for parameter, argument, part in zip(signature.parameters, arguments, typed, strict=True):
        is_sized_list = signature.operator is Operator.SIZE and isinstance(part.type, ListType)
        if part.type is not None and part.type not in parameter and not is_sized_list:
            message = say(
                "{function} takes {wanted}, not {found}",
                function=quoted(node.function),
                wanted=reduce(_either, map(said_type, parameter)),
                found=said_type(part.type),
            )
            hint = say("write {code}", code=_pattern(node.function, signature))
            parts.refuse("type-error", message, argument.place, hint)
            return False
    return True


def _under(parts: Parts, node: Call, target: Syntax, variable: Variable | None) -> Typed | None:
    code = parts.value(target, variable)
    above = parts.value(node.arguments[0], variable) if len(node.arguments) == 1 else None
    if code is None or above is None:
        if len(node.arguments) != 1:
            parts.refuse("type-error", say("`under` takes one code"), node.place, _UNDER)
        return None
    if not isinstance(code.type, CodeType):
        message = say("`under` asks of a code, not of {found}", found=said_type(code.type))
        return parts.refuse("type-error", message, target.place, _UNDER)
    coded = parts.as_coded(above, code.type)
    if coded is None:
        return None
    if coded.type not in {code.type, Simple.STRING}:
        message = say(
            "`under` takes a code of {taxonomy}, not {found}",
            taxonomy=quoted(code.type.taxonomy),
            found=said_type(coded.type),
        )
        return parts.refuse("type-error", message, node.arguments[0].place, _UNDER)
    operation = Operation(Operator.UNDER, (code.expr, coded.expr), code.type.taxonomy, node.place)
    return Typed(operation, Simple.BOOL)


def _either(one: Said, other: Said) -> Said:
    return say("{one} or {other}", one=one, other=other)


def _pattern(name: str, signature: Signature) -> str:
    """How a function is written, with the types of its values in their places."""
    values = [" or ".join(map(str, parameter)) for parameter in signature.parameters]
    if signature.as_function:
        return f"`{name}({', '.join(values)})`"
    return f"`{values[0]}.{name}({', '.join(values[1:])})`"
