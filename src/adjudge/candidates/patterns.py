"""Texts made from a pattern: one that it should match, and others that differ from it in one part of the pattern.

Not an engine: whether a text matches is asked of the evaluator. What is not understood is taken for plain letters, so
that a pattern in any state gives some texts and never an error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

MOST_SAMPLES = 16
LONGEST_READ = 1_000
LONGEST_SAMPLE = 200
_DEEPEST = 20
_MOST_COPIES = 60
_SHORT = {"d": "09", "w": "aZ9_", "s": " \t", "D": "x-", "W": "-.", "S": "x1"}
"""Letters within what these stand for behind a backslash, the first an ordinary one."""
_OUTSIDE = "-x0A é"
"""Letters of which one lies outside of most classes."""
_EMPTY = frozenset("bBAzZ")
"""What stands behind a backslash for a place between letters."""
_WRITTEN = {"t": "\t", "n": "\n"}
_MARKS = frozenset("\\[](){}*+?|.^$")


@dataclass(frozen=True, slots=True)
class _Letters:
    """One letter: those to try, the ordinary one first."""

    tried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One part behind another."""

    items: tuple["_Part", ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """One part or another."""

    branches: tuple["_Part", ...]


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A part several times; `most` is None where there is no limit."""

    part: "_Part"
    least: int
    most: int | None


_Part = _Letters | _Row | _Choice | _Repeated


def samples(pattern: str) -> Iterator[str]:
    """At most `MOST_SAMPLES` texts, none of a text that holds no sign of a pattern or is too long to be read."""
    if len(pattern) > LONGEST_READ or not _MARKS & set(pattern):
        return
    part = _Reader(pattern).choice(0)
    plain = _usual(part)
    # What stands before and behind it tells an anchored pattern from another.
    made = chain((plain,), islice(_variants(part), MOST_SAMPLES), ("x" + plain, plain + "x"))
    seen = dict.fromkeys(text for text in made if len(text) <= LONGEST_SAMPLE)
    yield from islice(seen, MOST_SAMPLES)


# texts


def _usual(part: _Part) -> str:
    """The ordinary text of a part."""
    match part:
        case _Letters():
            return part.tried[0]
        case _Row():
            return "".join(_usual(item) for item in part.items)[: LONGEST_SAMPLE + 1]
        case _Choice():
            return _usual(part.branches[0])
        case _Repeated():
            return _copies(part, _ordinary(part))


def _ordinary(part: _Repeated) -> int:
    return min(max(part.least, 1), _MOST_COPIES) if part.most != 0 else 0


def _copies(part: _Repeated, count: int) -> str:
    return (_usual(part.part) * count)[: LONGEST_SAMPLE + 1]


def _variants(part: _Part) -> Iterator[str]:
    """Texts that differ from the ordinary one in one place, within the pattern or just outside of it."""
    match part:
        case _Letters():
            yield from part.tried[1:]
        case _Row():
            usual = [_usual(item) for item in part.items]
            yield from _in_turn([_placed(usual, at, item) for at, item in enumerate(part.items)])
        case _Choice():
            yield from (_usual(branch) for branch in part.branches[1:])
            yield from _in_turn([_variants(branch) for branch in part.branches])
        case _Repeated():
            ordinary = _ordinary(part)
            yield from (_copies(part, count) for count in _counts(part) if count != ordinary)
            rest = _copies(part, max(0, ordinary - 1))
            yield from (text + rest for text in _variants(part.part))


def _placed(usual: Sequence[str], at: int, item: _Part) -> Iterator[str]:
    before, behind = "".join(usual[:at]), "".join(usual[at + 1 :])
    return (before + text + behind for text in _variants(item))


def _in_turn(columns: Sequence[Iterator[str]]) -> Iterator[str]:
    """The first of each, then the second of each: no part of a long pattern is left out for another."""
    for row in zip_longest(*columns):
        yield from (text for text in row if text is not None)


def _counts(part: _Repeated) -> Iterator[int]:
    """The bounds and what lies beside them."""
    ends = [part.least, *([] if part.most is None else [part.most])]
    found = dict.fromkeys(
        [*(count for end in ends for count in (end, end - 1, end + 1)), _ordinary(part) + 1]
    )
    return (count for count in found if 0 <= count <= _MOST_COPIES)


# reading


class _Reader:
    """Reads a pattern from the left; every step goes on by at least one letter, or ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self, sign: str) -> bool:
        """Whether the text goes on with a sign."""
        return self.text.startswith(sign, self.at)

    def took(self, sign: str) -> bool:
        """Whether the text goes on with a sign, which is then passed."""
        found = self.peek(sign)
        self.at += len(sign) if found else 0
        return found

    def next(self) -> str:
        """The next letter; nothing at the end."""
        found = self.text[self.at : self.at + 1]
        self.at += 1
        return found

    def choice(self, depth: int) -> _Part:
        """Branches up to the end or to the bracket that closes them."""
        branches = [self.row(depth)]
        while self.took("|"):
            branches.append(self.row(depth))
        return branches[0] if len(branches) == 1 else _Choice(tuple(branches))

    def row(self, depth: int) -> _Part:
        """Parts up to the end of the branch."""
        items: list[_Part] = []
        while self.at < len(self.text) and not self.peek("|") and not (depth and self.peek(")")):
            part = self.part(depth)
            if part is not None:
                items.append(self.repeated(part))
        return _Row(tuple(items))

    def part(self, depth: int) -> _Part | None:
        """One part; None for what stands between letters."""
        letter = self.next()
        if letter == "(" and depth < _DEEPEST:
            return self.group(depth)
        if letter == "[":
            return self.letters()
        if letter == "\\":
            return self.escaped()
        if letter == ".":
            return _Letters(("x", "0", " "))
        return None if letter in {"^", "$"} else _Letters((letter,))

    def group(self, depth: int) -> _Part | None:
        """What stands in brackets, without its name and flags."""
        if self.took("?"):
            while self.at < len(self.text):
                sign = self.next()
                if sign == ")":
                    return None
                if sign in {":", ">"}:
                    break
        found = self.choice(depth + 1)
        self.took(")")
        return found

    def escaped(self) -> _Part | None:
        """What stands behind a backslash."""
        letter = self.next()
        if letter in {"p", "P"}:
            self.property_name()
            return _Letters(("a", "0")) if letter == "p" else _Letters(("0", "a"))
        if letter in _SHORT:
            return _Letters((*_SHORT[letter], *_SHORT[letter.swapcase()][:1]))
        if not letter or letter in _EMPTY:
            return None
        return _Letters((_WRITTEN.get(letter, letter),))

    def property_name(self) -> None:
        """Pass the name of a property: `L` or `{Greek}`."""
        if not self.took("{"):
            self.next()
            return
        while self.at < len(self.text) and self.next() != "}":
            pass

    def letters(self) -> _Part:
        """A class: the ends of its ranges, then a letter that is outside."""
        is_outside = self.took("^")
        ranges: list[tuple[str, str]] = []
        while self.at < len(self.text) and not (ranges and self.took("]")):
            ranges += self.range()
        inside = tuple(dict.fromkeys(letter for ends in ranges for letter in ends))
        outside = tuple(
            letter for letter in _OUTSIDE if not any(start <= letter <= end for start, end in ranges)
        )[:1]
        found = (*outside, *inside) if is_outside else (*inside, *outside)
        return _Letters(found or ("x",))

    def range(self) -> list[tuple[str, str]]:
        """One entry of a class: a letter, a range, or a named class."""
        if self.took("[:"):
            end = self.text.find(":]", self.at)
            self.at = end + 2 if end >= 0 else len(self.text)
            return [("a", "z"), ("0", "9")]
        start = self.next()
        if start == "\\":
            start = self.next()
            if start in _SHORT:
                return [(letter, letter) for letter in _SHORT[start]]
            start = _WRITTEN.get(start, start)
        if self.peek("-") and not self.peek("-]") and self.took("-"):
            end_letter = self.next()
            return [(start, self.next() if end_letter == "\\" else end_letter)]
        return [(start, start)]

    def repeated(self, part: _Part) -> _Part:
        """The part with what is said of how often it stands."""
        bounds = self.bounds()
        if bounds is None:
            return part
        self.took("?")  # the shortest first, which changes nothing here
        return _Repeated(part, *bounds)

    def bounds(self) -> tuple[int, int | None] | None:
        """The least and the most times; None where nothing is said."""
        for sign, bounds in {"*": (0, None), "+": (1, None), "?": (0, 1)}.items():
            if self.took(sign):
                return bounds
        end = self.text.find("}", self.at)
        if not self.peek("{") or end < 0:
            return None
        least, comma, most = self.text[self.at + 1 : end].partition(",")
        if not _is_count(least) or not (most == "" or _is_count(most)):
            return None
        self.at = end + 1
        return int(least), int(most) if most else (None if comma else int(least))


def _is_count(text: str) -> bool:
    longest = 4
    return text.isascii() and text.isdigit() and len(text) <= longest
