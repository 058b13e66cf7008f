"""A document as nested nodes that know their place; what YAML and JSON texts are read into.

Not yet typed: a plain scalar keeps its text, and the reader of a key decides what it is (a date is read from its
text by the type of the key, LANGUAGE.md 9). Quoted scalars are always texts.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from adjudge.basis.span import Source, Span

_NULL = re.compile(r"|~|null|Null|NULL")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NON_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """One value. `plain` is whether it was written without quotes, so that it may be other than a text."""

    text: str
    plain: bool
    span: Span | None
    path: str

    @property
    def kind(self) -> str:
        """`null`, `bool`, `int`, `number` or `text` by the YAML 1.2 core schema."""
        if not self.plain:
            return "text"
        for kind, pattern in _KINDS:
            if pattern.fullmatch(self.text):
                return kind
        return "text"


_KINDS = (
    ("null", _NULL),
    ("bool", _BOOL),
    ("int", _INT),
    ("number", _FLOAT),
    ("number", _NON_FINITE),
)


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    span: Span | None
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Keys in the order of the text; `keys` holds the scalar of each key, for its place."""

    items: dict[str, "Node"]
    keys: dict[str, Scalar]
    span: Span | None
    path: str


Node = Scalar | Sequence | Mapping


def span_within(scalar: Scalar, start: int, end: int) -> Span | None:
    """The place, in the scalar's own file, of a part of its value.

    A value folded over lines or written with escapes is not a copy of its text, so characters other than white
    space are matched in order; where that fails, the whole scalar is the place.
    """
    if scalar.span is None:
        return None
    offsets = _offsets_of(scalar)
    if offsets is None or not offsets:
        return scalar.span
    first = offsets[min(start, len(offsets) - 1)] + (1 if start >= len(offsets) else 0)
    last = offsets[min(max(end - 1, start), len(offsets) - 1)] + 1
    return Span(scalar.span.source, first, max(first, last))


@lru_cache(maxsize=8)
def _offsets_of(scalar: Scalar) -> list[int] | None:
    """Kept for the scalars last asked of: a long condition may have a problem in every word."""
    return _offsets(scalar.span, scalar.text) if scalar.span is not None else None


def _offsets(span: Span, value: str) -> list[int] | None:
    raw = span.source.text
    position = span.start
    found: list[int] = []
    for char in value:
        if char.isspace():
            found.append(position)
            continue
        position = raw.find(char, position, span.end)
        if position < 0:
            return None
        found.append(position)
        position += 1
    return _spaces_filled(found, value)


def _spaces_filled(offsets: list[int], value: str) -> list[int]:
    """White space lies just behind the character before it."""
    return [
        offsets[i - 1] + 1 if char.isspace() and i and not value[i - 1].isspace() else offset
        for i, (char, offset) in enumerate(zip(value, offsets, strict=True))
    ]


def whole(source: Source) -> Span:
    """The beginning of a source, as the place of a problem with all of it."""
    return Span(source, 0, 0)
