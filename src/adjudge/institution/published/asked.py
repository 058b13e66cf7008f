"""What is asked of the register: words and values that narrow it. As an address says it, and as it is sought."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from adjudge.basis.instant import Instant, parse_date, start_of_day
from adjudge.language.package import MeasureKind
from adjudge.records.rows import Outcome
from adjudge.records.shelf import can_be_key
from adjudge.redaction.folding import ENDS, asked_words, token
from adjudge.redaction.public import PublicDecision, State, has_come

IN_FORCE = "in_force"
"""What stands, and whose measures have not come to their end."""
STATES: tuple[str, ...] = (
    IN_FORCE,
    State.OVER,
    State.LIFTED,
    State.SUPERSEDED,
    State.REVERSED,
    State.VARIED,
    State.LAPSED,
    State.EMPTY,
)
OUTCOMES: tuple[str, ...] = (*(item.value for item in Outcome), "granted")
LONGEST_ASKED = 200
_DAY = 86_400_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A part of the register. Whatever is empty does not narrow it. `since` and `until` are days, both included."""

    text: str = ""
    policy: str = ""
    rule: str = ""
    kind: str = ""
    territory: str = ""
    surface: str = ""
    state: str = ""
    outcome: str = ""
    advertiser: str = ""
    """A public name, whole."""
    since: str = ""
    until: str = ""

    @property
    def query(self) -> str:
        """As the part of an address after the question mark."""
        return urlencode([(item.name, text) for item in fields(self) if (text := getattr(self, item.name))])

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return self != Asked()

    @property
    def tokens(self) -> tuple[str, ...]:
        """The values as words of the index. What is in force, and what is over, is told by the day: see `fits`."""
        state = State.STANDS.value if self.state in {IN_FORCE, State.OVER} else self.state
        named = (
            ("s", state),
            ("p", self.policy),
            ("r", self.rule),
            ("m", self.kind),
            ("t", self.territory),
            ("f", self.surface),
            ("o", self.outcome),
            ("a", self.advertiser),
        )
        ending = (ENDS,) if self.state == State.OVER else ()  # what has no end is never over
        return (*ending, *(token(kind, text) for kind, text in named if text))

    @property
    def words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words that are too short to be a beginning, and those of which the beginning is enough."""
        return asked_words(self.text)

    @property
    def finds_nothing(self) -> bool:
        """Whether something was typed that holds no word at all."""
        return bool(self.text.strip()) and not any(asked_words(self.text))

    def fits(self, found: PublicDecision, at: Instant) -> bool:
        """Whether what was found by words is asked for at an instant."""
        if self.state not in {IN_FORCE, State.OVER}:
            return True
        return (found.state_at(str(at)) is State.OVER) == (self.state == State.OVER)

    def can_fit(self, form: Mapping[str, Any], at: Instant) -> bool:
        """Whether what a line shows can be asked for, told from its end alone: cheaper than to read all of it."""
        is_past = has_come(form.get("until") or "", str(at))
        return is_past if self.state == State.OVER else not is_past or self.state != IN_FORCE


def asked_from(told: Mapping[str, str]) -> Asked:
    """What an address asks for. What there is not is left out: old addresses go on leading somewhere."""
    texts = {name: text.strip()[:LONGEST_ASKED] for name, text in told.items() if can_be_key(text.strip())}
    found = Asked(**{item.name: texts[item.name] for item in fields(Asked) if item.name in texts})
    kinds = {kind.value for kind in MeasureKind}
    return replace(
        found,
        kind=found.kind if found.kind in kinds else "",
        state=found.state if found.state in STATES else "",
        outcome=found.outcome if found.outcome in OUTCOMES else "",
        territory=found.territory.upper(),
        since=found.since if parse_date(found.since) else "",
        until=found.until if parse_date(found.until) else "",
    )


def begins(text: str) -> Instant | None:
    """When a day begins; None of what is no day."""
    day = parse_date(text) if text else None
    return start_of_day(day) if day is not None else None


def ends(text: str) -> Instant | None:
    """The last instant of a day."""
    first = begins(text)
    return Instant(first.nanos + _DAY - 1) if first is not None else None
