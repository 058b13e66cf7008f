"""Values of every type that a vocabulary may declare, invented and legal: so many for each fact, repeated by millions.

A value is made in the words of a claims file and then read by the reader of claims, as one from outside would be.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from adjudge.basis.digest import sha256
from adjudge.basis.instant import Instant, day_of
from adjudge.basis.reading.json_text import Plain
from adjudge.facts.codes import COUNTRIES
from adjudge.facts.type import CodeType, ListType, RecordType, Simple, Type
from adjudge.facts.vocabulary import Fact, Vocabulary

SLOTS = 64
"""Values for each fact."""
_CLOSING = 5
_COUNTRIES = ("US", "GB", "DE", "FR", "NL", "IT", "ES", "PL", "SE", "BR", "IN", "JP", "AU", "CA", "RU", "CN")
_LANGUAGES = ("en", "fr", "de", "es", "nl", "pt-BR", "zh-Hant", "ar", "pl", "ja")
_TEXTS = ("synthetic text {}", "synthétique nº {}", "合成 {}", "συνθετικό {}", "synthetic 🫖 {}")
_DAYS = 3_000


@dataclass(slots=True)
class Chooser:
    """Choices one after another, by a seed."""

    seed: str
    _count: int = field(default=0, init=False)

    def below(self, most: int) -> int:
        """A number below another."""
        self._count += 1
        return int.from_bytes(sha256(f"{self.seed}\n{self._count}".encode())[:8]) % most

    def amount(self) -> str:
        """An amount of money: most are small, a few very large, all exact."""
        cents = 5_000 * (1 << 32) // (self.below(1 << 32) + 1)
        return f"{min(cents, 10**15) // 100}.{cents % 100:02d}"


def closes(fact: Fact, slot: int) -> bool:
    """Whether the claims of a slot say that there is no other value; LANGUAGE.md 1.3: only of many-valued facts."""
    return fact.many and slot % (SLOTS // 2) == _CLOSING


def content_of(fact: Fact, slot: int, vocabulary: Vocabulary, seed: str, known_at: Instant) -> Plain:
    """The value of a slot in the words of a claims file; None where the type has none."""
    chooser = Chooser(f"{seed}\n{fact.full_name}\n{slot}")
    return _value(fact.type, _Making(chooser, slot, vocabulary, day_of(known_at)))


@dataclass(frozen=True, slots=True)
class _Making:
    chooser: Chooser
    slot: int
    vocabulary: Vocabulary
    day: dt.date


def _value(kind: Type, making: _Making) -> Plain:
    match kind:
        case Simple():
            return _SIMPLE[kind](making)
        case CodeType(taxonomy):
            codes = sorted(making.vocabulary.taxonomies[taxonomy].parents)
            return codes[making.chooser.below(len(codes))] if codes else None
        case RecordType(fields):
            found = {name: _value(each, making) for name, each in fields}
            return None if None in found.values() else found
        case ListType():  # no fact has it
            return None


def _truth(making: _Making) -> Plain:
    """Mostly false: what is asked of advertisers is mostly something bad."""
    return making.slot % 7 == 3  # noqa: PLR2004 - one of seven


def _int(making: _Making) -> Plain:
    return making.chooser.below(10 ** (1 + making.slot % 6))


def _decimal(making: _Making) -> Plain:
    digits = (2, 1, 0, 18)[making.slot % 4]
    rest = f".{making.chooser.below(10**digits):0{digits}d}" if digits else ""
    return f"{making.chooser.below(10 ** (1 + making.slot % 5))}{rest}"


def _string(making: _Making) -> Plain:
    return _TEXTS[making.chooser.below(len(_TEXTS))].format(making.slot % 40)


def _day(making: _Making) -> dt.date:
    try:
        return making.day + dt.timedelta(days=making.chooser.below(2 * _DAYS) - _DAYS)
    except OverflowError:  # at an end of time
        return making.day


def _date(making: _Making) -> Plain:
    return _day(making).isoformat()


def _timestamp(making: _Making) -> Plain:
    rest = making.chooser.below(1_000_000_000)
    return f"{_day(making).isoformat()}T{making.chooser.below(24):02d}:30:00.{rest:09d}Z"


def _duration(making: _Making) -> Plain:
    return f"{1 + making.chooser.below(10_000)}h"


def _country(making: _Making) -> Plain:
    """Three of four are of few countries, as advertisers are."""
    known = _COUNTRIES if making.chooser.below(4) else sorted(COUNTRIES)
    return known[making.chooser.below(len(known))]


def _language(making: _Making) -> Plain:
    return _LANGUAGES[making.chooser.below(len(_LANGUAGES))]


def _money(making: _Making) -> Plain:
    """One of sixteen in another currency, so that a comparison can fail."""
    return {"amount": making.chooser.amount(), "currency": "USD" if making.slot % 16 == 9 else "EUR"}  # noqa: PLR2004


_SIMPLE: Mapping[Simple, Callable[[_Making], Plain]] = {
    Simple.BOOL: _truth,
    Simple.INT: _int,
    Simple.DECIMAL: _decimal,
    Simple.STRING: _string,
    Simple.DATE: _date,
    Simple.TIMESTAMP: _timestamp,
    Simple.DURATION: _duration,
    Simple.COUNTRY: _country,
    Simple.LANGUAGE: _language,
    Simple.MONEY: _money,
}
