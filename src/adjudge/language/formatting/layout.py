"""One condition on lines of limited width: operators lead their lines, spaces stand round them.

Not the printer of trees (`adjudge.language.expression.printer`): literals and brackets stay as the author wrote them,
only the white space between the words is ours.
"""

from dataclasses import dataclass

from adjudge.language.expression.parser import parse
from adjudge.language.expression.tokens import ExpressionError, Token, TokenKind, tokens_of

_DEEPER = "  "
_LOGIC = ("||", "&&")
"""From the loosest on: the text is parted where the least is bound together."""
_MACROS = ("exists", "all")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    spaced: bool
    """Whether a space parts it from what stands before it."""
    is_name: bool


@dataclass(frozen=True, slots=True)
class _Bracket:
    """What stands between two brackets. `flat` is its text on one line, brackets included."""

    opening: _Word
    parts: tuple["_Part", ...]
    closing: str
    flat: str

    @property
    def spaced(self) -> bool:
        """As of its opening bracket."""
        return self.opening.spaced


_Part = _Word | _Bracket
_Parts = tuple[_Part, ...]


def laid_out(text: str, width: int) -> list[str] | None:
    """The lines of a condition; a line is longer than `width` only where nothing in it can be parted.

    None for what is left as it is: text that cannot be read, holds a comment (`// …`), or a literal with a line break
    or another character that does not print.
    """
    try:
        parse(text)
        tokens = tokens_of(text)
    except ExpressionError:
        return None
    if not _is_movable(text, tokens):
        return None
    return _lines(_grouped(_words(text, tokens)), width)


def _is_movable(text: str, tokens: list[Token]) -> bool:
    end = 0
    for token in tokens:
        between, written = text[end : token.place.start], text[token.place.start : token.place.end]
        if between.strip() or not written.isprintable():
            return False
        end = token.place.end
    return True


def _words(text: str, tokens: list[Token]) -> list[_Word]:
    found: list[_Word] = []
    before: Token | None = None
    is_sign = False
    for token in tokens[:-1]:
        # `- 5` negates a literal and `-5` is one: two trees, so that the space behind a sign is the author's.
        gap = before is not None and before.place.end < token.place.start
        spaced = gap if is_sign else _is_spaced(before, token)
        is_sign = token.text == "-" and token.kind is TokenKind.MARK and not _is_operand(before)
        written = text[token.place.start : token.place.end]
        found.append(_Word(written, spaced, token.kind is TokenKind.NAME))
        before = token
    return found


def _is_operand(token: Token | None) -> bool:
    """Whether a value ends here, so that a minus behind it subtracts."""
    return token is not None and (token.kind is not TokenKind.MARK or token.text in {")", "]"})


def _is_spaced(before: Token | None, token: Token) -> bool:
    if before is None or (before.kind is TokenKind.MARK and before.text in {"(", "[", ".", "!"}):
        return False
    if token.kind is not TokenKind.MARK:
        return True
    return token.text not in {",", ")", "]", "."} and not (
        token.text == "(" and before.kind is TokenKind.NAME
    )


def _grouped(words: list[_Word]) -> _Parts:
    """Words with what stands in brackets as one part.

    INVARIANT: the parser has read the text, so that every bracket has its other half, and few enough of them nest for
    those who recurse.
    """
    openings: list[_Word] = []
    stack: list[list[_Part]] = [[]]
    for word in words:
        if word.text in {"(", "["}:
            openings.append(word)
            stack.append([])
        elif word.text in {")", "]"}:
            opening, parts = openings.pop(), stack.pop()
            flat = opening.text + _flat(parts) + word.text
            stack[-1].append(_Bracket(opening, tuple(parts), word.text, flat))
        else:
            stack[-1].append(word)
    return tuple(stack[0])


def _flat(parts: "list[_Part] | _Parts") -> str:
    pieces: list[str] = []
    for part in parts:
        space = " " if part.spaced and pieces else ""
        pieces.append(space + (part.text if isinstance(part, _Word) else part.flat))
    return "".join(pieces)


def _lines(parts: _Parts, width: int) -> list[str]:
    flat = _flat(parts)
    if len(flat) <= width:
        return [flat]
    for operator in _LOGIC:
        operands = _split(parts, operator)
        if len(operands) > 1:
            return _chain(operator, operands, width)
    return _opened(parts, width) or [flat]


def _split(parts: _Parts, mark: str) -> list[_Parts]:
    found: list[list[_Part]] = [[]]
    for part in parts:
        if isinstance(part, _Word) and part.text == mark:
            found.append([])
        else:
            found[-1].append(part)
    return [tuple(item) for item in found]


def _chain(operator: str, operands: list[_Parts], width: int) -> list[str]:
    """One operand on each line, its operator before it; what an operand needs more is set in."""
    found: list[str] = []
    for operand in operands:
        lead = f"{operator} " if found else ""
        first, *rest = _lines(operand, width - len(operator) - 1)
        found += [lead + first, *(_DEEPER + line for line in rest)]
    return found


def _opened(parts: _Parts, width: int) -> list[str] | None:
    """The longest bracket's content on lines of its own; None where there is none that can be parted."""
    found = [
        (len(part.flat), -at)
        for at, part in enumerate(parts)
        if isinstance(part, _Bracket) and _can_open(part, parts[at - 1 : at])
    ]
    at = -max(found, default=(0, 1))[1]
    bracket = parts[at]
    if not found or not isinstance(bracket, _Bracket):
        return None
    before, after = _flat(parts[:at]), _flat(parts[at + 1 :])
    before += (" " if bracket.spaced and before else "") + bracket.opening.text
    after = bracket.closing + (" " if after and parts[at + 1].spaced else "") + after
    called = at > 0 and not bracket.spaced and _is_name(parts[at - 1])
    inner = _inner(bracket, width - len(_DEEPER), called=called)
    first = before + inner[0]
    return [first, *(_DEEPER + line for line in inner[1:-1]), _DEEPER + inner[-1] + after]


def _can_open(part: _Part, before: "list[_Part] | _Parts") -> bool:
    """A list of several, a macro, or what holds `&&` or `||`: a call of two short arguments gains nothing by it."""
    if isinstance(part, _Word) or not part.parts:
        return False
    if part.opening.text == "[":
        return any(isinstance(item, _Word) and item.text == "," for item in part.parts)
    if any(isinstance(word, _Word) and word.text in _MACROS for word in before):
        return True
    return any(
        item.text in _LOGIC if isinstance(item, _Word) else _can_open(item, part.parts[at - 1 : at])
        for at, item in enumerate(part.parts)
    )


def _is_name(part: _Part) -> bool:
    return isinstance(part, _Word) and part.is_name


def _inner(bracket: _Bracket, width: int, *, called: bool) -> list[str]:
    """At least two lines; the first stands behind the opening bracket."""
    if bracket.opening.text == "[":
        return ["", *_filled([_flat(item) for item in _split(bracket.parts, ",")], width)]
    if not called:
        lines = _lines(bracket.parts, width - 1)  # the closing bracket stands behind the last
        return lines if len(lines) > 1 else ["", *lines]
    arguments = _split(bracket.parts, ",")
    head = f"{_flat(arguments[0])}," if len(arguments) > 1 else ""
    rest = arguments[1:] if head else arguments
    found = [head]
    for number, argument in enumerate(rest, start=1):
        lines = _lines(argument, width - 1)  # behind it stands a comma or the closing bracket
        found += [*lines[:-1], lines[-1] + ("," if number < len(rest) else "")]
    return found


def _filled(items: list[str], width: int) -> list[str]:
    """Items of a list, as many on a line as fit; a comma behind the last stays there."""
    if not items[-1]:
        lines = _filled(items[:-1], width)
        return [*lines[:-1], f"{lines[-1]},"]
    found = [items[0]]
    for item in items[1:]:
        longer = f"{found[-1]}, {item}"
        if len(longer) < width:
            found[-1] = longer
        else:
            found[-1] += ","
            found.append(item)
    return found
