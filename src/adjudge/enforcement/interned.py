"""What many keys share, told once: scopes, patterns in time, lists of measures, names of decisions.

Numbered as it comes, and written in an order of its own, so that it does not matter in which order keys came.
"""

import json
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from struct import Struct
from typing import TypeVar

from adjudge.enforcement.layout import LISTED, NAMED, PATTERN
from adjudge.enforcement.measure import Scope, Served

_PATTERN = Struct(PATTERN)
_NUMBERED = re.compile(r"X-(\d{6,9})", re.ASCII)
PREFIX, DIGITS = "X-", 6
"""How decisions are named: the prefix, and a number of at least so many digits."""
MOST = 0x7FFF_FFFF


_Told = TypeVar("_Told")
_Pattern = tuple[int, int, int, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """What became of the numbers of patterns and names, and of the places of lists."""

    patterns: "array[int]"
    names: "array[int]"
    lists: "array[int]"

    def decision(self, number: int) -> int:
        """What became of a decision."""
        return NAMED | self.names[number & ~NAMED] if number & NAMED else number


@dataclass(slots=True)
class Interned:
    """Numbers for what was told already."""

    scopes: dict[Scope, int] = field(default_factory=dict)
    patterns: dict[_Pattern, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    lists: "array[int]" = field(default_factory=lambda: array("I"))
    _lists: dict[tuple[tuple[int, int], ...], int] = field(default_factory=dict)

    def marked(self, measures: Sequence[Served]) -> tuple[int, int]:
        """The mark and the decision of a key with these measures; without any, an empty list: a key that is free."""
        told = tuple((self._pattern(item), self._decision(item.decision)) for item in measures)
        if len(told) == 1:
            return told[0]
        return LISTED | self._listed(told), 0

    def _listed(self, told: tuple[tuple[int, int], ...]) -> int:
        place = self._lists.get(told)
        if place is None:
            place = self._lists[told] = len(self.lists)
            self.lists.append(len(told))
            for pattern, decision in told:
                self.lists.extend((pattern, decision))
        return place

    def _pattern(self, item: Served) -> int:
        scope = self.scopes.setdefault(item.scope, len(self.scopes))
        return self.patterns.setdefault((scope, item.start, item.end, item.pauses), len(self.patterns))

    def _decision(self, name: str) -> int:
        found = _NUMBERED.fullmatch(name)
        if found is not None and f"{PREFIX}{int(found.group(1)):0{DIGITS}d}" == name:
            return int(found.group(1))
        return NAMED | self.names.setdefault(name, len(self.names))

    def in_order(self) -> tuple["Interned", "Renumbered"]:
        """The same in the order in which it is written, and what became of each number."""
        found = Interned(
            scopes=_numbered(sorted(self.scopes, key=astuple)), names=_numbered(sorted(self.names))
        )
        scopes = [found.scopes[scope] for scope in self.scopes]
        patterns = [(scopes[scope], start, end, rests) for scope, start, end, rests in self.patterns]
        found.patterns = _numbered(sorted(patterns))
        new = Renumbered(
            patterns=array("I", [found.patterns[pattern] for pattern in patterns]),
            names=array("I", [found.names[name] for name in self.names]),
            lists=array("I", bytes(self.lists.itemsize * len(self.lists))),
        )
        lists = {
            tuple((new.patterns[each], new.decision(by)) for each, by in old): old for old in self._lists
        }
        for told in sorted(lists):
            new.lists[self._lists[lists[told]]] = found._listed(told)
        return found, new

    def sections(self) -> dict[str, bytes]:
        """The sections that hold it."""
        pauses: list[tuple[int, int]] = []
        patterns = bytearray()
        for scope, start, end, rests in self.patterns:
            patterns += _PATTERN.pack(scope, 0, start, end, len(pauses), len(rests))
            pauses += rests
        scopes = [
            [
                item.kind,
                item.reason,
                sorted(item.territories),
                item.all_but,
                sorted(item.surfaces),
                item.surfaces_all_but,
            ]
            for item in self.scopes
        ]
        return {
            "lists": self.lists.tobytes(),
            "patterns": bytes(patterns),
            "pauses": array("q", [bound for pause in pauses for bound in pause]).tobytes(),
            "scopes": json.dumps(scopes, ensure_ascii=False, separators=(",", ":")).encode(),
            "names": json.dumps(list(self.names), ensure_ascii=False, separators=(",", ":")).encode(),
        }


def _numbered(told: Iterable[_Told]) -> dict[_Told, int]:
    """Each with its number, in their order."""
    return {each: number for number, each in enumerate(told)}
