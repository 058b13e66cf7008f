"""CEL-subset text to an expression tree, or problems with spans.

Not recursive: an operator-precedence parser with an explicit stack, since the input controls the depth. The height
of the tree is limited, so that those who read trees may recurse.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import Said, say
from adjudge.basis.span import Span
from adjudge.facts.value import INT_GREATEST
from adjudge.language.expression.syntax import (
    Binary,
    Call,
    Listing,
    Literal,
    Logic,
    Name,
    Place,
    Select,
    Syntax,
    Unary,
    children,
)
from adjudge.language.expression.tokens import (
    INT_HINT,
    RESERVED,
    TOO_WIDE,
    ExpressionError,
    Token,
    TokenKind,
    tokens_of,
)

LONGEST = 65_536
HIGHEST = 100
"""Levels of a tree. CEL asks for at least 32 repetitions of an operator and 12 of nesting (cel-spec, "Syntax")."""

_PRECEDENCE = {
    "||": 1, "&&": 2,
    "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "%": 5,
}  # fmt: skip
_PREFIX = 6
_LOGIC = {"&&", "||"}
_SPLIT = say("split the rule")
_VALUE, _OPERATOR, _NAME = say("a value"), say("an operator"), say("a name")
_WANTED = {
    _VALUE: say("write a fact, a literal or a condition there, or remove the operator before it"),
    _OPERATOR: say("join the two with `&&`, `||` or a comparison, or remove one of them"),
    _NAME: say("write the name of a fact or field behind the point"),
}
"""What to do, by what is expected."""


SpanOf = Callable[[Place], Span | None]
"""From a place in an expression to a place in the file that holds it."""


def parse(text: str) -> Syntax:
    """Read an expression; raises ExpressionError where it cannot be read."""
    if len(text) > LONGEST:
        message = say("an expression has at most {count} characters", count=LONGEST)
        raise ExpressionError("expression-too-large", message, Place(0, 1), _SPLIT)
    return _Parser(tokens_of(text)).parse()


@dataclass(slots=True)
class _Operator:
    text: str
    precedence: int
    is_prefix: bool
    place: Place


@dataclass(slots=True)
class _Operand:
    """A tree that waits, with the brackets around it: what is made of it begins and ends with them."""

    node: Syntax
    around: Place


@dataclass(slots=True)
class _Frame:
    """An open bracket (or the whole text): operands and operators that wait for each other."""

    opening: Token | None
    closing: str
    callee: Name | Select | None = None
    operands: list[_Operand] = field(default_factory=list)
    operators: list[_Operator] = field(default_factory=list)
    items: list[Syntax] = field(default_factory=list)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.frames = [_Frame(None, "")]
        self.heights: dict[int, int] = {}

    def parse(self) -> Syntax:
        while True:
            self._operand()
            done = self._after_operand()
            if done is not None:
                return done

    # reading

    def _next(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _peek(self, text: str) -> bool:
        token = self.tokens[self.at]
        return token.kind is TokenKind.MARK and token.text == text

    def _operand(self) -> None:
        """Prefix operators and brackets up to and with one operand."""
        while True:
            token = self._next()
            frame = self.frames[-1]
            if token.kind is TokenKind.LITERAL:
                return self._push(self._literal(token))
            if token.kind is TokenKind.NAME:
                if self._name(token):
                    return None
            elif token.text in {"!", "-"}:
                self._prefix(frame, token)
            elif token.text in {"(", "["}:
                self._open(_Frame(token, ")" if token.text == "(" else "]"))
                if token.text == "[" and self._close_empty():
                    return None
            else:
                self._unexpected(token, _VALUE)

    def _prefix(self, frame: _Frame, token: Token) -> None:
        if len(frame.operators) > 2 * HIGHEST + len(_PRECEDENCE):
            self._too_deep(token.place)
        frame.operators.append(_Operator(token.text, _PREFIX, True, token.place))  # noqa: FBT003 - is_prefix

    def _literal(self, token: Token) -> Literal:
        value = token.value
        if value is None:
            self._unexpected(token, _VALUE)
        if type(value) is int and value > INT_GREATEST and not self._folds_minus(token.place):
            raise ExpressionError("bad-value", TOO_WIDE, token.place, INT_HINT)
        return Literal(value, token.place)

    def _folds_minus(self, place: Place) -> bool:
        """Whether a minus directly before makes a negative literal of what stands at a place."""
        last = self.frames[-1].operators[-1:]
        return any(
            o.is_prefix and o.text == "-" and o.place.end == place.start for o in last
        ) and not self._peek(".")

    def _name(self, token: Token) -> bool:
        """A name, or a call that opens (then False, since its first argument follows)."""
        if token.text in RESERVED:
            message = say("{word} is a reserved word", word=quoted(token.text))
            raise ExpressionError("expression-syntax", message, token.place, say("choose another name"))
        name = Name(token.text, token.place)
        if not self._peek("("):
            self._push(name)
            return True
        return self._open_call(name)

    def _open_call(self, callee: Name | Select) -> bool:
        self._open(_Frame(self._next(), ")", callee))
        return self._close_empty()

    def _open(self, frame: _Frame) -> None:
        self.frames.append(frame)
        if len(self.frames) > HIGHEST and frame.opening:
            self._too_deep(frame.opening.place)

    def _close_empty(self) -> bool:
        """Close a bracket that holds nothing; whether it did."""
        if not self._peek(self.frames[-1].closing):
            return False
        self._close(self._next())
        return True

    def _after_operand(self) -> Syntax | None:
        """Selections, calls, closings; returns the tree at the end, None where an operand must follow."""
        while True:
            token = self._next()
            frame = self.frames[-1]
            if token.kind is TokenKind.END and frame.opening is None:
                return self._reduced(frame)
            if token.text == "." and token.kind is TokenKind.MARK:
                if not self._select():
                    return None
            elif token.kind is TokenKind.MARK and token.text in _PRECEDENCE:
                self._binary(frame, token)
                return None
            elif (
                token.kind is TokenKind.MARK and token.text == "," and (frame.callee or frame.closing == "]")
            ):
                frame.items.append(self._reduced(frame))
                if not (frame.closing == "]" and self._peek("]")):  # CEL allows a comma behind the last item
                    return None
                self._finish_list(self._next())
            elif token.kind is TokenKind.MARK and token.text == frame.closing:
                self._close(token)
            else:
                self._refuse_after(token, frame)

    def _refuse_after(self, token: Token, frame: _Frame) -> None:
        if token.text == "[" and token.kind is TokenKind.MARK:
            message = say("indexing is not part of version 1")
            hint = say("write `x in list`, or `fact.exists(x, …)`")
            raise ExpressionError("unsupported-feature", message, token.place, hint)
        if token.kind is TokenKind.END and frame.opening is not None:
            place = frame.opening.place
            message = say("{bracket} is never closed", bracket=quoted(frame.opening.text))
            hint = say("add {bracket}", bracket=quoted(frame.closing))
            raise ExpressionError("expression-syntax", message, place, hint)
        self._unexpected(token, _OPERATOR)

    def _select(self) -> bool:
        """`.name` on the operand before; False where it opens a call with arguments."""
        token = self._next()
        if token.kind is not TokenKind.NAME:
            self._unexpected(token, _NAME)
        operand = self.frames[-1].operands.pop()
        select = Select(operand.node, token.text, Place(operand.around.start, token.place.end))
        if self._peek("("):
            return self._open_call(select)
        self._push(select)
        return True

    def _binary(self, frame: _Frame, token: Token) -> None:
        precedence = _PRECEDENCE[token.text]
        # A chain of `&&` waits until it is whole: building it pair by pair would copy it each time.
        self._reduce(frame, precedence + 1 if token.text in _LOGIC else precedence)
        frame.operators.append(_Operator(token.text, precedence, False, token.place))  # noqa: FBT003 - is_prefix

    # building

    def _push(self, node: Syntax) -> None:
        below = max((self.heights.get(id(child), 1) for child in children(node)), default=0)
        if below + 1 > HIGHEST:
            self._too_deep(node.place)
        self.heights[id(node)] = below + 1
        self.frames[-1].operands.append(_Operand(node, node.place))

    def _close(self, token: Token) -> None:
        frame = self.frames[-1]
        if frame.operands:
            frame.items.append(self._reduced(frame))
        if frame.closing == "]":
            return self._finish_list(token)
        self.frames.pop()
        if frame.callee is None:
            start = frame.opening.place.start if frame.opening else 0
            around = Place(start, token.place.end)
            return self.frames[-1].operands.append(_Operand(frame.items[0], around))
        callee, arguments = frame.callee, tuple(frame.items)
        place = Place(callee.place.start, token.place.end)
        if isinstance(callee, Name):
            return self._push(Call(None, callee.text, arguments, place))
        return self._push(Call(callee.operand, callee.field, arguments, place))

    def _finish_list(self, token: Token) -> None:
        frame = self.frames.pop()
        start = frame.opening.place.start if frame.opening else 0
        self._push(Listing(tuple(frame.items), Place(start, token.place.end)))

    def _reduced(self, frame: _Frame) -> Syntax:
        self._reduce(frame, 0)
        return frame.operands.pop().node

    def _reduce(self, frame: _Frame, precedence: int) -> None:
        """Apply waiting operators that bind at least as tightly; binary ones associate to the left."""
        while frame.operators and frame.operators[-1].precedence >= precedence:
            operator = frame.operators.pop()
            if operator.is_prefix:
                self._push(_unary(operator, frame.operands.pop()))
            elif operator.text in _LOGIC:
                self._push(_chain(operator.text, self._pop_chain(frame, operator.text)))
            else:
                right, left = frame.operands.pop(), frame.operands.pop()
                self._push(_binary(operator.text, left, right))

    def _pop_chain(self, frame: _Frame, text: str) -> list[_Operand]:
        count = 2
        while frame.operators and frame.operators[-1].text == text:
            frame.operators.pop()
            count += 1
        operands = frame.operands[-count:]
        del frame.operands[-count:]
        return operands

    # refusing

    def _unexpected(self, token: Token, wanted: Said) -> NoReturn:
        if token.kind is TokenKind.END:
            message = say("the expression ends where {wanted} is expected", wanted=wanted)
        else:
            found = quoted(token.text)
            message = say("{found} stands where {wanted} is expected", found=found, wanted=wanted)
        raise ExpressionError("expression-syntax", message, token.place, _WANTED[wanted])

    def _too_deep(self, place: Place) -> NoReturn:
        message = say("the expression is nested more than {levels} levels deep", levels=HIGHEST)
        raise ExpressionError("expression-too-large", message, place, _SPLIT)


def _unary(operator: _Operator, waiting: _Operand) -> Syntax:
    operand, place = waiting.node, Place(operator.place.start, waiting.around.end)
    if operator.text == "-" and isinstance(operand, Literal) and operand.place.start == operator.place.end:
        value = operand.value
        if not isinstance(value, bool | str) and _is_unsigned(operand):
            return Literal(-value, place)
    return Unary(operator.text, operand, place)


def _is_unsigned(literal: Literal) -> bool:
    return not isinstance(literal.value, bool | str) and literal.value >= 0


def _binary(operator: str, left: _Operand, right: _Operand) -> Syntax:
    return Binary(operator, left.node, right.node, Place(left.around.start, right.around.end))


def _chain(operator: str, operands: list[_Operand]) -> Syntax:
    """One node for `a && b && c` and for `a && (b && c)`: the operator is associative."""
    place = Place(operands[0].around.start, operands[-1].around.end)
    flat: list[Syntax] = []
    for operand in (waiting.node for waiting in operands):
        flat.extend(
            operand.operands if isinstance(operand, Logic) and operand.operator == operator else (operand,)
        )
    return Logic(operator, tuple(flat), place)


def read_expression(text: str, log: ProblemLog, span_of: SpanOf) -> Syntax | None:
    """Read an expression; None with a problem whose place is `span_of(start, end)`."""
    try:
        return parse(text)
    except ExpressionError as error:
        log.add(error.code, error.message, span_of(error.place), hint=error.hint)
        return None
