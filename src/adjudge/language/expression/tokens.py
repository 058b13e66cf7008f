"""CEL text to tokens, in one pass; what can be recognised but is not of version 1 says so.

Follows the lexis of the CEL specification (cel-spec, "Syntax"), less unsigned integers, bytes and null.
"""

import re
import sys
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from adjudge.basis.problem import quoted
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.facts.value import INT_GREATEST, MOST_FRACTION_DIGITS, MOST_WHOLE_DIGITS, parse_decimal
from adjudge.language.expression.syntax import Place


class TokenKind(StrEnum):
    """What a token is."""

    LITERAL = "literal"
    NAME = "name"
    MARK = "mark"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its place. `value` is that of a literal; `text` the mark or name."""

    kind: TokenKind
    text: str
    place: Place
    value: bool | int | Decimal | str | None = None


class ExpressionError(Exception):
    """Reading stopped here. Caught by `adjudge.language.expression.parser`, which makes a problem of it."""

    def __init__(self, code: str, message: Said, place: Place, hint: Said = NOTHING_SAID) -> None:
        """Keep what the problem will say."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.hint = hint


_SPACE = re.compile(r"(?:[ \t\n\r\f]|//[^\n]*)+")
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_NUMBER = re.compile(
    r"(?P<hex>0[xX][0-9a-fA-F]+)|(?P<decimal>\d+\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\.\d+(?:[eE][-+]?\d+)?)|(?P<int>\d+)",
    re.ASCII,
)
_STRING = re.compile(r"(?P<prefix>[rRbB]{0,2})(?P<quote>\"\"\"|'''|\"|')")
_MARKS = (
    "&&",
    "||",
    "==",
    "!=",
    "<=",
    ">=",
    "<",
    ">",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "+",
    "-",
    "*",
    "/",
    "%",
    "!",
)
_ONLY_IN_CEL = {
    "?": (
        say("the conditional `? :` is not part of version 1"),
        say("write `c && x || !c && y` for `c ? x : y`, or two rules"),
    ),
    "{": (
        say("maps and messages are not part of version 1"),
        say("name a fact, or write a list such as `['a', 'b']`"),
    ),
}
_HINTS = {
    "=": say("write `==` to compare"),
    "&": say("write `&&`"),
    "|": say("write `||`"),
    "`": say("write a plain name"),
}
"""What to do, by a character that is not expected."""
_ESCAPES = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", "?": "?", '"': '"', "'": "'", "`": "`",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:([abfnrtv\\?\"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))"
)
_SURROGATES = range(0xD800, 0xE000)
TOO_WIDE = say("the whole number does not fit in 64 bits")
INT_HINT = say("write one between -9223372036854775808 and 9223372036854775807, or a decimal such as `1.0`")
RESERVED = frozenset(
    """as break const continue else for function if import let loop package namespace return var void while
    null in true false""".split()
)
"""Words that CEL reserves; `null` among them, since there is no null here."""


def tokens_of(text: str) -> list[Token]:
    """Split an expression; raises ExpressionError where it cannot be split."""
    found: list[Token] = []
    position = 0
    while True:
        space = _SPACE.match(text, position)
        position = space.end() if space else position
        if position >= len(text):
            found.append(Token(TokenKind.END, "", Place(len(text), len(text))))
            return found
        token = _token_at(text, position)
        found.append(token)
        position = token.place.end


def _token_at(text: str, position: int) -> Token:
    string = _STRING.match(text, position)
    if string:
        return _string(text, string)
    name = _NAME.match(text, position)
    if name:
        return _name(name)
    number = _NUMBER.match(text, position)
    if number and (text[position] != "." or not _follows_operand(text, position)):
        return _number(text, number)
    for mark in _MARKS:
        if text.startswith(mark, position):
            return Token(TokenKind.MARK, mark, Place(position, position + len(mark)))
    return _refuse(text, position)


def _follows_operand(text: str, position: int) -> bool:
    """Whether a point here selects a field, so that `.5` behind it is no number."""
    before = text[position - 1 : position]
    return before.isalnum() or before in {"_", ")", "]", '"', "'"}


def _refuse(text: str, position: int) -> Token:
    char = text[position]
    place = Place(position, position + 1)
    if char in _ONLY_IN_CEL:
        message, hint = _ONLY_IN_CEL[char]
        raise ExpressionError("unsupported-feature", message, place, hint)
    hint = _HINTS.get(char, say("remove it, or write it inside a text in quotes"))
    message = say("{character} is not expected here", character=quoted(char))
    raise ExpressionError("expression-syntax", message, place, hint)


def _name(match: re.Match[str]) -> Token:
    word, place = match.group(), Place(match.start(), match.end())
    if word in {"true", "false"}:
        return Token(TokenKind.LITERAL, word, place, word == "true")
    if word == "in":
        return Token(TokenKind.MARK, word, place)
    if word == "null":
        hint = say("ask `has(fact)` whether anything is known")
        raise ExpressionError("unsupported-feature", say("there is no null"), place, hint)
    return Token(TokenKind.NAME, word, place)


def _number(text: str, match: re.Match[str]) -> Token:
    place = Place(match.start(), match.end())
    digits = match.group()
    follower = text[match.end() : match.end() + 1]
    if follower in {"u", "U"}:
        message = say("unsigned integers are not part of version 1")
        raise ExpressionError("unsupported-feature", message, place, say("leave out the {mark}", mark="`u`"))
    if follower.isalnum() or follower == "_":
        hint = say("put a space or an operator behind the number, or write a text in quotes")
        message = say("{text} is not a number", text=quoted(digits + follower))
        raise ExpressionError("expression-syntax", message, place, hint)
    if match.group("decimal"):
        value = parse_decimal(digits)
        if value is None:
            limit = say(
                "a decimal has at most {behind} digits behind the point and {before} before it",
                behind=MOST_FRACTION_DIGITS,
                before=MOST_WHOLE_DIGITS,
            )
            raise ExpressionError("bad-value", limit, place, say("write fewer digits"))
        return Token(TokenKind.LITERAL, digits, place, value)
    return Token(TokenKind.LITERAL, digits, place, _integer(match, place))


def _integer(match: re.Match[str], place: Place) -> int:
    """One more than the greatest is let through, for `-9223372036854775808`; the parser checks the sign."""
    digits = match.group()
    longest = 400
    value = None
    if len(digits) <= longest:
        value = int(digits, 16) if match.group("hex") else int(digits)
    if value is None or value > INT_GREATEST + 1:
        raise ExpressionError("bad-value", TOO_WIDE, place, INT_HINT)
    return value


def _string(text: str, match: re.Match[str]) -> Token:
    prefix, quote = match.group("prefix").lower(), match.group("quote")
    start = Place(match.start(), match.end())
    if "b" in prefix:
        message = say("bytes are not part of version 1")
        raise ExpressionError("unsupported-feature", message, start, say("leave out the {mark}", mark="`b`"))
    end = _end_of_string(text, match.end(), quote, raw="r" in prefix)
    if end is None:
        hint = say("close it with {quote}", quote=f"`{quote}`")
        raise ExpressionError("expression-syntax", say("this text has no end"), start, hint)
    inner = text[match.end() : end]
    place = Place(match.start(), end + len(quote))
    value = inner if prefix else _unescaped(inner, match.end())
    return Token(TokenKind.LITERAL, text[match.start() : place.end], place, value)


def _end_of_string(text: str, position: int, quote: str, *, raw: bool) -> int | None:
    """Where the closing quote stands. A raw text has no escapes, so that its first quote ends it (cel-spec)."""
    while position < len(text):
        if text.startswith(quote, position):
            return position
        if text[position] in "\r\n" and len(quote) == 1:
            return None
        position += 2 if text[position] == "\\" and not raw else 1
    return None


def _unescaped(inner: str, offset: int) -> str:
    pieces, position = [], 0
    while (slash := inner.find("\\", position)) >= 0:
        match = _ESCAPE.match(inner, slash)
        if not match:
            place = Place(offset + slash, offset + slash + 2)
            hint = say("write {escape} for a backslash", escape="`\\\\`")
            raise ExpressionError("expression-syntax", say("this escape is not known"), place, hint)
        pieces += [inner[position:slash], _escaped(match, offset + slash)]
        position = match.end()
    return "".join([*pieces, inner[position:]])


def _escaped(match: re.Match[str], offset: int) -> str:
    simple, byte, short, long, octal = match.groups()
    if simple:
        return _ESCAPES[simple]
    point = int(octal, 8) if octal else int(byte or short or long, 16)
    if point > sys.maxunicode or point in _SURROGATES:
        place = Place(offset, offset + len(match.group()))
        hint = say("write the character itself, or the escape of one")
        raise ExpressionError("expression-syntax", say("this escape is no character"), place, hint)
    return chr(point)
