"""How a table of keys is asked about one ad: three names in, one answer out, and what was looked up is remembered.

Not the table itself (`adjudge.serve.check`), nor a base and its delta (`adjudge.serve.layers`): both are asked like
this. Few ads and few hosts are most of what is shown, so that nearly every question meets names that were looked up
before. What is remembered is bounded, and forgotten with the table. Many threads may ask at once: each step reads or
writes one entry of a dictionary.
"""

import re
import time
from abc import ABC, abstractmethod
from binascii import crc32
from collections.abc import Iterable

from adjudge.enforcement.key import AD, ADVERTISER, keys_of_version, written
from adjudge.enforcement.layout import FOR_EVER
from adjudge.enforcement.terms import DENY, Terms
from adjudge.serve.answer import FREE, NO_KINDS, UNKNOWN_LANDING, UNKNOWN_SURFACE, Answer

ORGANIC = "organic"
"""What is no advertising: asked for under this name wherever nobody says what other surfaces there are."""
_MOST = 1 << 15
_LONGEST = 300
"""Bytes of a name that is remembered. Advertisers choose where ads lead: some 15 MB are remembered of that at most."""
_SURELY_SHORT = _LONGEST // 4
# An address, or a host, of which only the beginning matters: whatever stands behind a slash leaves the host as it is.
# What browsers take away at both ends, or out of the middle, is not in it.
_COMMON = re.compile(
    r"(?:https?://[^\0-\x20\s/?#\\@:%]+(?::[0-9]{1,5})?|[^\0-\x20\s/?#\\@:%]+)(?=[/?#]|\Z)", re.IGNORECASE
).match
_SHORTEST = len("https://")
Handles = tuple[int, ...]
Led = tuple[Handles, bool]
"""The handles of the hosts to which an address leads, and whether it leads to one."""
_Name = str | tuple[str, str]
"""A name, or that of an ad and the version of it that is shown."""
_Learned = tuple[int, int, Answer]
"""From when and until when it is the answer."""


class Asking(ABC):
    """What is asked about ads."""

    __slots__ = ("_ads", "_advertisers", "_answers", "_hosts", "declared", "strict", "surfaces")

    def __init__(self, terms: Terms, others: Iterable[str]) -> None:
        """Nothing is remembered yet. Where it is strict, ads do not run of which nobody knows where they lead.

        `surfaces` are those that the institution `declared` as advertising, and the `others` of whoever asks.
        """
        self.strict = terms.unknown_landing == DENY
        self.declared = frozenset(terms.surfaces)
        self.surfaces = self.declared.union(others)
        self._advertisers: dict[_Name, Handles] = {}
        self._ads: dict[_Name, Handles] = {}
        self._hosts: dict[str, Led] = {}
        self._answers: dict[tuple[Handles, str, str], _Learned] = {}

    def check(  # noqa: C901 - nearly every question ends here, and a function more is a tenth of its time
        self,
        advertiser: str = "",
        ad: str = "",
        landing: str = "",
        *,
        version: str = "",
        territory: str = "",
        surface: str = "ads",
        at: int | None = None,
        lifted: frozenset[str] = NO_KINDS,
    ) -> Answer:
        """May this ad of this advertiser, which leads there, run in a territory on a surface at an instant (now)?

        Parts that are not known are left out. `landing` is a host or an address; where it is no host, or an ad is
        asked for without one, it is unknown where it leads, and what was declared for that holds on the surfaces that
        were declared. A territory that is not known counts as one that no measure names; what is no code of a country,
        as one that all do. On a surface that nobody declared, nothing runs. `version` is that of the ad which is
        shown: where another one was approved, what was declared for that holds (`changed`). The severest measure that
        takes effect answers; those of `lifted` kinds have no effect. Raises nothing on odd input: what is no name is
        in no table.
        """
        if surface not in self.surfaces:
            return UNKNOWN_SURFACE
        found: Handles = ()
        seen = True
        # What is remembered is asked here and not by a function: nearly every question ends with it.
        if advertiser:
            handles = self._advertisers.get(advertiser)
            if handles is None:
                handles, seen = self._looked_up(ADVERTISER, advertiser, self._advertisers), False
            found = handles
        if ad:
            handles = self._ads.get((ad, version) if version else ad)
            if handles is None:
                looked_up = self._of_ad(ad, version) if version else self._looked_up(AD, ad, self._ads)
                handles, seen = looked_up, False
            found += handles
        known = not ad
        if landing:
            end = landing.find("/", _SHORTEST)
            led = self._hosts.get(landing if end < 0 else landing[:end])
            if led is None:
                led = self.led_to(landing)
            handles, known = led
            found += handles
        unknown = self.strict and not known and surface in self.declared
        if not found:
            return UNKNOWN_LANDING if unknown else FREE
        now = time.time_ns() if at is None else at
        if seen and not lifted:
            learned = self._answers.get((found, territory, surface))
            if learned is None or not learned[0] <= now < learned[1]:
                learned = self._learned(found, territory, surface, now)
            answer = learned[2]
        else:
            answer = self.answer_of(found, territory, surface, now, lifted)
        return UNKNOWN_LANDING if unknown and answer.allow else answer

    @abstractmethod
    def answer_of(
        self, found: Handles, territory: str, surface: str, at: int, lifted: frozenset[str] = NO_KINDS
    ) -> Answer:
        """The answer for handles of keys that are in the table."""

    @abstractmethod
    def slot_of(self, key: bytes, hashed: int) -> int:
        """The handle of a key with its hash in filters; -1 where it is not in the table."""

    @abstractmethod
    def hosts_of(self, landing: str) -> tuple[bytes, ...]:
        """The keys of a landing page; none where it is no host."""

    def slot(self, key: str) -> int:
        """The handle of a key (`a:ID`, `c:ID`, `d:HOST`); -1 where it is not in the table."""
        told = written(key)
        return self.slot_of(told, crc32(told))

    def led_to(self, landing: str) -> Led:
        """Where an address leads; remembered by its beginning."""
        common = _COMMON(landing)
        beginning = common[0] if common else ""
        led = self._hosts.get(beginning)
        if led is None:
            keys = self.hosts_of(landing)
            slots = (self.slot_of(key, crc32(key)) for key in keys)
            led = tuple(slot for slot in slots if slot >= 0), bool(keys)
            if beginning and _is_short(beginning):
                if len(self._hosts) >= _MOST:
                    self._hosts.clear()
                self._hosts[beginning] = led
        return led

    def slot_of_version(self, ad: str, version: str) -> int:
        """The handle of a version of an ad, of any where this one was never approved; -1 where none ever was."""
        own, bound = keys_of_version(ad, version)
        handle = self.slot(own)
        return handle if handle >= 0 else self.slot(bound)

    def _of_ad(self, ad: str, version: str) -> Handles:
        """The handles of an ad, and of the version of it that is shown, which is told."""
        found = (self.slot(AD + ad), self.slot_of_version(ad, version))
        handles = tuple(handle for handle in found if handle >= 0)
        if _is_short(ad) and _is_short(version):
            if len(self._ads) >= _MOST:
                self._ads.clear()
            self._ads[ad, version] = handles
        return handles

    def _looked_up(self, kind: str, name: str, remembered: dict[_Name, Handles]) -> Handles:
        """The handle of a name."""
        key = written(kind + name)
        handle = self.slot_of(key, crc32(key))
        handles = (handle,) if handle >= 0 else ()
        if len(key) <= _SURELY_SHORT or _is_short(name):
            if len(remembered) >= _MOST:
                remembered.clear()
            remembered[name] = handles
        return handles

    def _learned(self, found: Handles, territory: str, surface: str, at: int) -> _Learned:
        """The answer for handles, which is remembered until it changes."""
        answer = self.answer_of(found, territory, surface, at)
        known = at, FOR_EVER if answer.until is None else answer.until, answer
        if _is_short(territory):
            if len(self._answers) >= _MOST:
                self._answers.clear()
            self._answers[found, territory, surface] = known
        return known


def _is_short(name: str) -> bool:
    """Whether it is remembered: by the bytes that it takes, which are up to four for a character."""
    return len(name) <= (_LONGEST if name.isascii() else _SURELY_SHORT)
