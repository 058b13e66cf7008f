"""What an institution declares of its public register: whether there is one, whose names, from when, what is kept out.

Not what is personal: that is withheld whatever is declared. Terms can only withhold more, or publish later.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.basis.digest import digest_of
from adjudge.basis.instant import Instant

YES, NO = "yes", "no"
LEGAL, NONE = "legal", "none"
LATEST, GREATEST = 366, 1_000
"""Days for which a decision can be kept back, and the least count that can be asked for."""
LEAST = 5
MOST_NAMED, LONGEST_NAME = 100, 200
DEFAULTS: Mapping[str, str] = {
    "open": YES,
    "names": LEGAL,
    "after_days": "0",
    "least": str(LEAST),
    "facts": "",
    "rules": "",
}
"""What holds where nothing was settled: names of legal persons and of nobody else, and small counts withheld."""
WORDS: Mapping[str, tuple[str, ...]] = {"open": (YES, NO), "names": (LEGAL, NONE)}
NUMBERS: Mapping[str, tuple[int, int]] = {"after_days": (0, LATEST), "least": (2, GREATEST)}
LISTS = ("facts", "rules")
"""Names between spaces: facts whose values are not told, and rules of which no decision is shown."""
_FORM = "register/2"
"""To be counted up with each change of what lines hold: those before it are made anew when they are read."""
_DAY = 86_400_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms. `least` is the smallest count that statistics tell; `facts` and `rules` are kept out by name."""

    is_open: bool = True
    has_names: bool = True
    after_days: int = 0
    least: int = LEAST
    facts: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()

    @property
    def mark(self) -> str:
        """By which rows are known that were redacted under other terms, or by a program that kept them otherwise."""
        told = "\n".join([_FORM, str(self.has_names), *sorted(self.facts), "", *sorted(self.rules)])
        return digest_of(told).removeprefix("sha256:")[:16]

    def shown_until(self, at: Instant) -> Instant:
        """What was issued by then is public at an instant."""
        return Instant(at.nanos - self.after_days * _DAY)


def terms_of(settled: Mapping[str, str]) -> Terms:
    """As settled, and as the program declares what was not."""
    found = {**DEFAULTS, **settled}
    return Terms(
        is_open=found["open"] == YES,
        has_names=found["names"] == LEGAL,
        after_days=int(found["after_days"]),
        least=int(found["least"]),
        facts=frozenset(found["facts"].split()),
        rules=frozenset(found["rules"].split()),
    )
