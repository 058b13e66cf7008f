"""What is asked of the queue: a part of it, in an order, narrowed. As an address says it, and as records are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode

from adjudge.basis.instant import Instant
from adjudge.institution.queue.digits import NO, WAITERS, YES, digits_of
from adjudge.people.actor import Actor
from adjudge.records.rows import MatterState
from adjudge.records.shelf import can_be_key


class View(StrEnum):
    """Parts of the queue. In the first five somebody has something to do."""

    OPEN = "open"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    """On whom, is asked beside it."""
    OVERDUE = "overdue"
    ALL = "all"


class Order(StrEnum):
    """What stands first."""

    CLOCK = "clock"
    """What is due soonest; last that for which no clock runs."""
    SEVERITY = "severity"
    SPEND = "spend"
    """The greatest amount. Amounts are not converted: those in one currency stand together."""
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Ranking:
    """By which field, and whether the greatest stands first."""

    field: str
    descending: bool


RANKINGS: Mapping[Order, Ranking] = {
    Order.CLOCK: Ranking("due", descending=False),
    Order.SEVERITY: Ranking("severity", descending=True),
    Order.SPEND: Ranking("spend", descending=True),
    Order.OLDEST: Ranking("opened", descending=False),
    Order.NEWEST: Ranking("opened", descending=True),
}
VIEWS_OF_MEMBERS = (View.OPEN, View.ALL)
ORDERS_OF_MEMBERS = (Order.NEWEST, Order.OLDEST)
"""An advertiser is not told who here works on what, and what is looked at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A part of the queue. Whatever is empty does not narrow it; `on` is for whom it waits in the view `waiting`."""

    view: View = View.OPEN
    order: Order = Order.CLOCK
    on: str = ""
    state: str = ""
    policy: str = ""
    advertiser: str = ""
    territory: str = ""

    @property
    def query(self) -> str:
        """As the part of an address after the question mark; what is as usual is left out."""
        usual = Asked()
        named = ((name, str(getattr(self, name))) for name in NAMES)
        return urlencode([(name, text) for name, text in named if text != str(getattr(usual, name))])

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a view is asked for."""
        return self.is_sifted or bool(self.advertiser)

    @property
    def is_sifted(self) -> bool:
        """Whether it is narrowed by what many matters have in common."""
        return bool(self.state or self.policy or self.territory)


NAMES = ("view", "on", "order", "state", "policy", "advertiser", "territory")


@dataclass(frozen=True, slots=True)
class Where:
    """The same as records are asked: fields that are equal to something, and fields that are at most something."""

    equal: Mapping[str, str]
    until: Mapping[str, str] = field(default_factory=dict)


def asked_from(told: Mapping[str, str], actor: Actor) -> Asked:
    """What an address asks for. What it says that there is not is as usual: old addresses go on leading somewhere."""
    views, orders = (VIEWS_OF_MEMBERS, ORDERS_OF_MEMBERS) if actor.advertiser else (tuple(View), tuple(Order))
    texts = {name: text.strip() for name, text in told.items() if can_be_key(text.strip())}
    view = next((item for item in views if item == texts.get("view")), views[0])
    on = next((name for name in WAITERS if name == texts.get("on")), own_waiter(actor))
    return Asked(
        view=view,
        order=next((item for item in orders if item == texts.get("order")), orders[0]),
        on=on if view is View.WAITING else "",
        state=next((state.value for state in MatterState if state == texts.get("state")), ""),
        policy=texts.get("policy", ""),
        advertiser=actor.advertiser or texts.get("advertiser", ""),
        territory=texts.get("territory", ""),
    )


def own_waiter(actor: Actor) -> str:
    """What somebody is among those for whom matters wait."""
    return next((name for name in WAITERS if name in actor.roles), WAITERS[0])


def where(asked: Asked, actor: Actor, at: Instant) -> Where:
    """What to ask records for, at an instant."""
    narrowing = {name: getattr(asked, name) for name in ("state", "policy", "advertiser", "territory")}
    equal = {name: text for name, text in narrowing.items() if text}
    until = {"due": digits_of(at.nanos)} if asked.view is View.OVERDUE else {}
    return Where({**equal, **_of_view(asked, actor)}, until)


def _of_view(asked: Asked, actor: Actor) -> Mapping[str, str]:
    match asked.view:
        case View.OPEN:
            return {"live": YES}
        case View.MINE:
            return {"live": YES, "assignee": str(actor.person)}
        case View.UNASSIGNED:
            return {"live": YES, "assignee": NO}
        case View.WAITING:
            return {f"on_{asked.on}": YES}
        case View.OVERDUE | View.ALL:
            return {}
