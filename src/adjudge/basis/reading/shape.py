"""Nodes to typed values, key by key, with a problem for everything that does not fit.

Not a schema language: each reader says in plain code which keys it takes. What is shared here is the furniture:
unknown keys with the nearest known one, missing keys, words, identifiers, instants, intervals, texts by language.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import LiteralString, TypeVar

from adjudge.basis.instant import Instant, Interval, parse_instant
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.basis.said import NOTHING_SAID, Said, say, verbatim
from adjudge.basis.span import Span

T = TypeVar("T")
WordT = TypeVar("WordT", bound=StrEnum)
_LONGEST_IDENTIFIER = 200
_UNSPEAKABLE = {"in", "true", "false", "null"}
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]{0,63}")
_LANGUAGE_KEY = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_FRACTION = re.compile(r"[-+]?[0-9]*\.[0-9]*", re.ASCII)
_ENTRIES_BELOW = say("write its entries below it, each as `key: value` on a line of its own")
_TEXTS_BELOW = say("write one text for each language below it, such as `en: …`")
_MOST_SHOWN = 30
_KINDS = {
    "null": say("nothing"),
    "bool": say("a truth value"),
    "int": say("a number"),
    "number": say("a number"),
    "text": say("a text"),
}

Texts = dict[str, str]
"""One text per language, by BCP 47 tag."""


@cache
def key_named(key: LiteralString) -> Said:
    """What a key of a format is called in messages: itself, since it is the same in every language."""
    return verbatim(f"`{key}`")


def described(node: Node) -> Said:
    """What a node is, for a message."""
    match node:
        case Mapping():
            return say("a mapping")
        case Sequence():
            return say("a list")
        case Scalar():
            return _KINDS[node.kind]


@dataclass(slots=True)
class Shape:
    """Reads nodes and writes what does not fit into a log."""

    log: ProblemLog

    def problem(self, code: str, message: Said, node: Node | None, hint: Said = NOTHING_SAID) -> None:
        """Note a problem at a node."""
        span = node.span if node else None
        path = node.path if node else ""
        self.log.add(code, message, span, where=path, hint=hint)

    def mapping(self, node: Node | None, what: Said, hint: Said = _ENTRIES_BELOW) -> "Fields | None":
        """A mapping's fields, or None with a problem; nothing is said of an absent node."""
        if node is None:
            return None
        if isinstance(node, Mapping):
            return Fields(self, node, what, set())
        message = say("{what} must be a mapping, not {found}", what=what, found=described(node))
        self.problem("wrong-shape", message, node, hint)
        return None

    def sequence(self, node: Node | None, what: Said) -> tuple[Node, ...]:
        """A list's items; empty with a problem where it is no list."""
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        hint = say("write its items below it, each behind `- `, or `[]` where there are none")
        message = say("{what} must be a list, not {found}", what=what, found=described(node))
        self.problem("wrong-shape", message, node, hint)
        return ()

    def text(self, node: Node | None, what: Said) -> str | None:
        """A text in NFC; a plain scalar that is a number or a truth value must be quoted."""
        if node is None:
            return None
        if isinstance(node, Scalar) and node.kind == "text":
            return unicodedata.normalize("NFC", node.text)
        hint = say("write one text in its place, if need be in quotes")
        if isinstance(node, Scalar) and node.kind != "null":
            hint = say("write it in quotes")
        message = say("{what} must be a text, not {found}", what=what, found=described(node))
        self.problem("wrong-shape", message, node, hint)
        return None

    def identifier(self, node: Node | None, what: Said) -> str | None:
        """An identifier: 1 to 200 printable characters of any script, without space at either end."""
        text = self.text(node, what)
        if text is None or _is_identifier(text):
            return text
        hint = say("use 1 to 200 printable characters, without space at either end")
        message = say("{what} {text} is not an identifier", what=what, text=quoted(text))
        self.problem("bad-identifier", message, node, hint)
        return None

    def name(self, node: Node | None, what: Said) -> str | None:
        """A name that expressions can speak: a letter or `_`, then letters, digits and `_`; no literal, nor `in`."""
        text = self.text(node, what)
        if text is None or (_NAME.fullmatch(text) and text not in _UNSPEAKABLE):
            return text
        hint = say("use letters, digits and `_`, and none of `in`, `true`, `false`, `null`")
        message = say("{what} {text} is not a name", what=what, text=quoted(text))
        self.problem("bad-identifier", message, node, hint)
        return None

    def truth(self, node: Node | None, what: Said, *, default: bool = False) -> bool:
        """`true` or `false`."""
        if node is None:
            return default
        if isinstance(node, Scalar) and node.kind == "bool":
            return node.text.lower() == "true"
        hint = say("write `true` or `false`, without quotes")
        message = say("{what} must be `true` or `false`, not {found}", what=what, found=described(node))
        self.problem("wrong-shape", message, node, hint)
        return default

    def integer(
        self, node: Node | None, what: Said, least: int, greatest: int, hint: Said = NOTHING_SAID
    ) -> int | None:
        """A whole number between bounds, both included."""
        if node is None:
            return None
        value = whole_number(node.text) if isinstance(node, Scalar) and node.kind == "int" else None
        if value is not None and least <= value <= greatest:
            return value
        self._no_integer(node, what, (str(least), str(greatest)), hint)
        return None

    def _no_integer(self, node: Node, what: Said, bounds: tuple[str, str], hint: Said) -> None:
        """The bounds are in digits alone, as one would write them in the file."""
        least, greatest = bounds
        hint = hint or say(
            "write a whole number from {least} to {greatest}, in digits and without quotes",
            least=least,
            greatest=greatest,
        )
        if not isinstance(node, Scalar) or node.kind != "int":
            found = _described_number(node)
            message = say("{what} must be a whole number, not {found}", what=what, found=found)
            self.problem("wrong-shape", message, node, hint)
            return
        message = say(
            "{what} must be between {least} and {greatest}, not {found}",
            what=what,
            least=least,
            greatest=greatest,
            found=quoted(node.text, 30),
        )
        self.problem("bad-value", message, node, hint)

    def word(self, node: Node | None, what: Said, words: type[WordT]) -> WordT | None:
        """One of the words of an enumeration."""
        known = [word.value for word in words]
        text = self.one_of(node, what, known)
        return words(text) if text in known else None

    def one_of(self, node: Node | None, what: Said, known: list[str]) -> str | None:
        """One of a few words; what stands there instead is answered with those that are known."""
        if node is None:
            return None
        if not isinstance(node, Scalar) or node.kind == "null":
            hint = known_here(known)
            message = say("{what} must be a word, not {found}", what=what, found=described(node))
            self.problem("wrong-shape", message, node, hint)
            return None
        if node.kind == "text" and node.text in known:
            return node.text
        hint = nearest(node.text, known)
        message = say("{word} is not a word for {what}", word=quoted(node.text), what=what)
        self.problem("bad-word", message, node, hint)
        return None

    def instant(self, node: Node | None, what: Said) -> Instant | None:
        """A date (00:00 UTC) or an RFC 3339 timestamp."""
        if node is None:
            return None
        found = parse_instant(node.text) if isinstance(node, Scalar) else None
        if found is None:
            shown = quoted(node.text) if isinstance(node, Scalar) else described(node)
            hint = say("write `2019-08-19` or `2019-08-19T10:00:00Z`")
            message = say("{what} must be a date or a timestamp, not {found}", what=what, found=shown)
            self.problem("bad-value", message, node, hint)
        return found

    def interval(self, start: Node | None, end: Node | None, what: Said) -> Interval:
        """A half-open interval from two optional bounds."""
        interval = Interval(
            self.instant(start, say("the start of {what}", what=what)) if start else None,
            self.instant(end, say("the end of {what}", what=what)) if end else None,
        )
        if interval.is_reversed:
            hint = say(
                "correct one of the two bounds; the end is the first instant that is no longer part of it"
            )
            self.problem("reversed-interval", say("{what} ends before it starts", what=what), end, hint)
            return Interval()
        return interval

    def texts(self, node: Node | None, what: Said) -> Texts:
        """One text per language."""
        fields = self.mapping(node, what, _TEXTS_BELOW)
        found: Texts = {}
        for language, item in (fields.node.items if fields else {}).items():
            if not _LANGUAGE_KEY.fullmatch(language):
                message = say("{tag} is not a language tag", tag=quoted(language))
                self.problem("bad-word", message, item, say("write `en` or `fr`"))
            text = self.text(item, say("{what} in {language}", what=what, language=quoted(language)))
            if text is not None:
                found[language] = text.strip()
        return found


def _is_identifier(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_IDENTIFIER and text.isprintable() and text == text.strip()


def _described_number(node: Node) -> str:
    """What stands where a whole number should."""
    if not isinstance(node, Scalar) or node.kind != "number":
        return described(node)
    return say("a number with a fraction") if _FRACTION.fullmatch(node.text) else quoted(node.text, 30)


def nearest(word: str, known: list[str]) -> Said:
    """A hint that names the nearest known word, or else the known ones, however many; empty if there are none."""
    return did_you_mean(word, known) or known_here(known)


def known_here(known: list[str]) -> Said:
    """A hint that names the known words, or the first of them and how many more there are."""
    if not known:
        return NOTHING_SAID
    shown = ", ".join(quoted(word) for word in known[:_MOST_SHOWN])
    more = len(known) - _MOST_SHOWN
    if more > 0:
        return say("known here: {words} and {count} more", words=shown, count=more)
    return say("known here: {words}", words=shown)


def whole_number(text: str) -> int | None:
    """An integer by the YAML core schema; None where it has more digits than any bound of ours."""
    longest = 25
    if len(text) > longest:
        return None
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text[2:], base) if base != 10 else int(text)  # noqa: PLR2004 - the usual base


@dataclass(slots=True)
class Fields:
    """The entries of one mapping; `done` reports the keys that nobody asked for."""

    shape: Shape
    node: Mapping
    what: Said
    asked: set[str]

    @property
    def span(self) -> Span | None:
        """Where the mapping stands."""
        return self.node.span

    def optional(self, key: str) -> Node | None:
        """The node of a key, or None."""
        self.asked.add(key)
        return self.node.items.get(key)

    def required(self, key: str) -> Node | None:
        """The node of a key; None with a problem where it is absent."""
        node = self.optional(key)
        if node is None:
            first = next(iter(self.node.keys.values()), None)
            place = first if first and first.span else self.node
            message = say("{what} has no {key}", what=self.what, key=quoted(key))
            self.shape.problem("missing-key", message, place, say("add {key}", key=f"`{key}:`"))
        return node

    def done(self) -> None:
        """Report unknown keys."""
        for key, scalar in self.node.keys.items():
            if key not in self.asked:
                hint = nearest(key, sorted(self.asked)) or say("remove it")
                message = say("{what} knows no key {key}", what=self.what, key=quoted(key))
                self.shape.problem("unknown-key", message, scalar, hint)


def unique(
    shape: Shape, items: Iterable[tuple[str, Node, T]], what: Said, same: Callable[[T, T], bool] | None = None
) -> dict[str, T]:
    """Items by id. A second one of an id is a problem unless `same` says that it repeats the first."""
    found: dict[str, T] = {}
    for key, node, item in items:
        if key not in found:
            found[key] = item
        elif same is None or not same(found[key], item):
            message = say("two {what} are called {name}", what=what, name=quoted(key))
            shape.problem("duplicate-id", message, node, say("rename one of them"))
    return found
