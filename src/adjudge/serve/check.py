"""May this run, here and now? A snapshot, a lookup, an answer that carries the decision.

Imports the standard library and the layout of the table. Not how questions are put together from names
(`adjudge.serve.asking`), nor the checking of signatures (`adjudge.serve.trust`), NumPy (`adjudge.serve.batch`), or what
follows a snapshot as it is replaced (`adjudge.serve.follow`). Many threads may ask one snapshot at once; what it says
never changes.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import Any

from adjudge.enforcement.layout import (
    EMPTY,
    FOR_EVER,
    FROM_EVER,
    LISTED,
    NAMED,
    PATTERN_SIZE,
    BadSnapshotError,
    Header,
)
from adjudge.enforcement.name import Names
from adjudge.enforcement.terms import number, terms_of
from adjudge.serve.answer import FREE, NO_KINDS, Answer
from adjudge.serve.asking import ORGANIC, Asking
from adjudge.serve.pattern import Pattern, Scope, read_countries, read_pattern, read_scope
from adjudge.serve.reading import Whole, json_of, list_of, mapped, section, verify

_LOG2 = 32
_HASHED = Struct("<IIQ").unpack
"""The halves of a hash: the lower and the upper part of the first one, and the second one."""
_MOST_REMEMBERED = 100_000
_LONGEST_REMEMBERED = 75
_MOST_DIGITS = 18
_new = tuple.__new__

_Known = tuple[int, int, Answer | None, bool, str, int | None, str]
"""From when and until when it is known; the answer where nothing takes effect; the parts of another one."""


class Snapshot(Asking):
    """A snapshot that is open. `digest` names it; `told` is its header, `terms` what the institution declared."""

    __slots__ = (
        "_bits",
        "_decisions",
        "_file",
        "_known",
        "_lists",
        "_marks",
        "_names",
        "_patterns",
        "_pauses",
        "_prints",
        "_remembered",
        "_scopes",
        "_shift",
        "_spread",
        "_tails",
        "_told_names",
        "digest",
        "header",
        "log_size",
        "naming",
        "terms",
        "told",
    )

    def __init__(self, file: Whole, header: Header, others: Collection[str] = (ORGANIC,)) -> None:
        """Take the sections; what is decoded is decoded when it is asked for. Raises BadSnapshotError.

        `others`: the surfaces of whoever asks that are no advertising; on those only what names them takes effect.
        """
        told = header.told
        self.header, self.told, self.digest = header, told, header.digest
        self.terms = terms_of(told)
        super().__init__(self.terms, others)
        self.log_size = self.terms.log_size
        self._file = file
        view = memoryview(file)
        self._bits = section(view, header, "filter", "B")
        self._prints = section(view, header, "prints", "Q")
        self._tails = section(view, header, "tails", "I")
        self._marks = section(view, header, "marks", "I")
        self._decisions = section(view, header, "decisions", "I")
        self._lists = section(view, header, "lists", "I")
        self._patterns = section(view, header, "patterns", "B")
        self._pauses = section(view, header, "pauses", "B")
        self._take_sizes(told)
        countries = read_countries(told.get("countries"))
        self._scopes = tuple(read_scope(scope, countries) for scope in list_of(view, header, "scopes"))
        self._told_names = tuple(map(str, list_of(view, header, "names")))
        self.naming = _format(told)
        self._remembered: dict[int, Pattern] = {}
        self._known: dict[tuple[int, str, str], _Known] = {}
        self._names = Names(
            lambda: bytes(section(view, header, "suffixes", "B")).decode("ascii", "replace"),
            lambda: _or_nothing(view, header, "idn"),
        )

    def _take_sizes(self, told: dict[str, Any]) -> None:
        slots, self._spread = number(told, "slots"), number(told, "spread")
        self._shift = _LOG2 - number(told, "filter_bits")
        sizes = {len(part) for part in (self._prints, self._tails, self._marks, self._decisions)}
        # The last slot is empty, which ends every search.
        if sizes != {slots} or not 0 < self._spread < slots or self._marks[slots - 1] != EMPTY:
            raise BadSnapshotError("the table does not have the size that its header says")
        if not 0 <= self._shift <= _LOG2 - 3 or len(self._bits) != 1 << (_LOG2 - 3 - self._shift):
            raise BadSnapshotError("the filter does not have the size that its header says")

    def hosts_of(self, landing: str) -> tuple[bytes, ...]:
        """The keys of a landing page by the rules of this snapshot; none where it is no host."""
        return self._names.keys_of(landing)

    def slot_of(self, key: bytes, hashed: int) -> int:
        """The handle of a key with its hash in filters; -1 where it is not in the table."""
        place = hashed >> self._shift
        if not self._bits[place >> 3] >> (place & 7) & 1:
            return -1
        tail, upper, second = _HASHED(blake2b(key, digest_size=16).digest())
        slot: int = upper * self._spread >> _LOG2
        prints, marks = self._prints, self._marks
        while True:
            if prints[slot] == second and self._tails[slot] == tail and marks[slot] != EMPTY:
                return slot
            if marks[slot] == EMPTY:
                return -1
            slot += 1

    def answer_of(
        self, found: Sequence[int], territory: str, surface: str, at: int, lifted: frozenset[str] = NO_KINDS
    ) -> Answer:
        """The answer for handles of this snapshot (those of keys that are in the table)."""
        if len(found) == 1 and not lifted and not (mark := self._marks[found[0]]) & LISTED:
            # What one pattern means at a place holds until it next begins or ends.
            key = mark, territory, surface
            known = self._known.get(key)
            if known is None or not known[0] <= at < known[1]:
                known = self._meant(key, at)
            _, _, free, allows, reason, until, kind = known
            if free is not None:
                return free
            decision = self._decisions[found[0]]
            name = self.name_of(decision) if decision & NAMED else self.naming % decision
            # As the class does it for itself, in half the time.
            return _new(Answer, (allows, reason, name, until, kind))
        return severest(((self, slot) for slot in found), territory, surface, at, lifted)

    def _meant(self, key: tuple[int, str, str], at: int) -> _Known:
        mark, territory, surface = key
        pattern = self.pattern(mark)
        scope = pattern.scope
        bound, takes_effect = pattern.now(at) if scope.covers(territory, surface) else (FOR_EVER, False)
        until = None if bound == FOR_EVER else bound
        free = None if takes_effect else Answer(allow=True, until=until)
        known = at, bound, free, scope.allows, scope.reason, until, scope.kind
        if len(territory) + len(surface) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = known
        return known

    def measures(self, slot: int) -> list[tuple[int, int]]:
        """The numbers of patterns and of decisions of a handle."""
        mark = self._marks[slot]
        if not mark & LISTED:
            return [(mark, self._decisions[slot])]
        place, lists = mark & ~LISTED, self._lists
        try:
            return [(lists[at], lists[at + 1]) for at in range(place + 1, place + 1 + 2 * lists[place], 2)]
        except IndexError:
            return [(EMPTY, EMPTY)]  # a pattern and a name that are not there

    def pattern(self, number: int) -> Pattern:
        """A pattern by its number."""
        found = self._remembered.get(number)
        if found is None:
            found = read_pattern(self._patterns, self._pauses, self._scopes, number)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[number] = found
        return found

    @property
    def patterns(self) -> int:
        """How many patterns there are; those of other numbers cannot be read."""
        return len(self._patterns) // PATTERN_SIZE

    @property
    def names(self) -> int:
        """How many decisions have names that are not made of numbers."""
        return len(self._told_names)

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return len(self._marks)

    def table(self) -> tuple[dict[str, memoryview], int]:
        """The sections of keys and lists, and over how many slots keys are spread; for batches."""
        sections = {
            "filter": self._bits,
            "prints": self._prints,
            "tails": self._tails,
            "marks": self._marks,
            "decisions": self._decisions,
            "lists": self._lists,
        }
        return sections, self._spread

    def name_of(self, decision: int) -> str:
        """The id of a decision from its number in the table."""
        if decision & NAMED:
            place = decision & ~NAMED
            return self._told_names[place] if place < len(self._told_names) else ""
        return self.naming % decision


def severest(
    found: Iterable[tuple[Snapshot, int]],
    territory: str,
    surface: str,
    at: int,
    lifted: frozenset[str] = NO_KINDS,
) -> Answer:
    """The answer of all measures of some handles, but for kinds that have no effect now."""
    first: tuple[Snapshot, Scope, int] | None = None
    bound = FOR_EVER
    for snapshot, slot in found:
        for place, decision in snapshot.measures(slot):
            pattern = snapshot.pattern(place)
            scope = pattern.scope
            if scope.kind in lifted or not scope.covers(territory, surface):
                continue
            ends, takes_effect = pattern.now(at)
            bound = min(bound, ends)
            if takes_effect and (first is None or scope.severity > first[1].severity):
                first = snapshot, scope, decision
    until = None if bound == FOR_EVER else bound
    if first is None:
        return FREE if until is None else Answer(allow=True, until=until)
    snapshot, scope, decision = first
    return Answer(scope.allows, scope.reason, snapshot.name_of(decision), until, scope.kind)


def _format(told: dict[str, Any]) -> str:
    """How ids are made of numbers. Raises BadSnapshotError."""
    prefix, digits = told.get("prefix"), number(told, "digits")
    if not isinstance(prefix, str) or digits > _MOST_DIGITS:
        raise BadSnapshotError("the header does not say how decisions are named")
    return f"{prefix.replace('%', '%%')}%0{digits}d"


def _or_nothing(view: memoryview, header: Header, name: str) -> Any:  # noqa: ANN401 - JSON
    """What a section says that is read when it is needed; an open snapshot raises nothing."""
    try:
        return json_of(view, header, name)
    except BadSnapshotError:
        return None


def open_snapshot(
    path: Path | str,
    judge: Callable[[Header], object] | None = None,
    others: Collection[str] = (ORGANIC,),
) -> Snapshot:
    """Open a snapshot. Raises BadSnapshotError, OSError, and what `judge` raises.

    By its header alone, in time that does not grow with it, which is for files that were verified before. With a
    judge of headers (whose seal is it?) every byte is held to the header that it accepts. `others` as for `Snapshot`.
    """
    file, header = mapped(path)
    if judge is not None:
        judge(header)
        verify(file, header)
    return Snapshot(file, header, others)


def verified_digest(path: Path | str) -> Header:
    """The header of a file every byte of which is what the header says. Raises BadSnapshotError, OSError."""
    file, header = mapped(path)
    verify(file, header)
    return header


__all__ = ["FREE", "FROM_EVER", "Answer", "BadSnapshotError", "Snapshot", "open_snapshot", "verified_digest"]
