"""What becomes of appeals, in dictionaries: written from the sentences of the requirement, and from nothing in `src`.

Instants are datetimes in Paris. A measure has effect while its decision is in force and nothing lets it rest: an open
appeal with relief, or a clock that ran out with that consequence and whose thing was not done.
"""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
OK, REFUSED, CONFLICT = "ok", "RefusedError", "ConflictError"
OPEN = ("filed", "acknowledged")
OF_KIND = {"appeal": ("acknowledge", "decide"), "reasons": ("acknowledge", "answer")}


def easter(year: int) -> dt.date:
    """By the table of Gauss in the form of Spencer."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def works(day: dt.date) -> bool:
    """Whether one works in France on a day."""
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    moved = {easter(day.year) + dt.timedelta(days=days) for days in (1, 39, 50)}
    return day.weekday() < 5 and (day.month, day.day) not in fixed and day not in moved


def midnight_after(day: dt.date) -> dt.datetime:
    """When a day is over in Paris."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), PARIS)


def over(start: dt.datetime, count: int, unit: str) -> dt.datetime:
    """When a term is over: its first day is not counted, its last one counts whole."""
    day = start.astimezone(PARIS).date()
    if unit == "days":
        return midnight_after(day + dt.timedelta(days=count))
    if unit == "months":
        return midnight_after(months_on(day, count))
    while count:
        day += dt.timedelta(days=1)
        count -= works(day)
    return midnight_after(day)


def months_on(day: dt.date, count: int) -> dt.date:
    years, month = divmod(day.month - 1 + count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


@dataclass
class Clock:
    kind: str
    due: dt.datetime
    consequence: str
    state: str = "running"


@dataclass
class Appeal:
    kind: str
    decision: str
    state: str = "filed"
    relief: bool = False
    assignee: str = ""
    messages: int = 0
    clocks: dict[str, Clock] = field(default_factory=dict)


@dataclass
class Decision:
    ad: str
    took_part: frozenset[str]
    measure: bool = True
    before: str = ""
    """In whose place it is."""
    on_appeal: bool = False
    relieved: bool = False
    """Whether its measure has rested by an appeal against it."""
    state: str = "issued"
    known: dt.datetime | None = None
    """When its advertiser first showed that it knew."""


@dataclass
class Model:
    """The appeals of one advertiser. `terms` has the term and consequence of each kind of clock."""

    terms: dict[str, tuple[int, str, str]]
    relief: bool
    appeals: dict[str, Appeal] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    """How many notices are owed, by what they tell."""

    def open_on(self, decision: str) -> list[Appeal]:
        return [item for item in self.appeals.values() if item.decision == decision and item.state in OPEN]

    def in_force(self, ad: str) -> str:
        return next(
            (name for name, item in self.decisions.items() if item.ad == ad and item.state == "issued"), ""
        )

    def passed_over(self, ad: str, deciding: str = "") -> bool:
        """Whether an appeal against what is in force is open, other than the one that is decided."""
        before = self.in_force(ad)
        return any(
            item.decision == before and item.kind == "appeal" and item.state in OPEN and name != deciding
            for name, item in self.appeals.items()
        )

    def line(self, decision: str) -> list[str]:
        """A decision and those in whose place it is, as long as they had the measure, and none has lapsed."""
        found = [decision]
        while (before := self.decisions[found[-1]].before) and self.decisions[before].state != "lapsed":
            if not self.decisions[before].measure:
                break
            found.append(before)
        return found

    def rests(self, decision: str) -> bool:
        """Whether anything lets the measure rest: what is about a decision before it too."""
        open_on = [item for name in self.line(decision) for item in self.open_on(name)]
        return any(
            item.relief
            or any(
                clock.state == "ran_out" and clock.consequence == "suspend_measure"
                for clock in item.clocks.values()
            )
            for item in open_on
        )

    def undone(self, ad: str) -> bool:
        """Whether silence or an appeal has taken the measure from an ad before, so that it is not imposed again."""
        return any(
            item.ad == ad
            and (
                item.state == "lapsed"
                or any(
                    later.before == name and later.on_appeal and item.measure and not later.measure
                    for later in self.decisions.values()
                )
            )
            for name, item in self.decisions.items()
        )

    def reached(self, decision: str) -> str:
        """The decision whose measure a clock of another one reaches; empty where there is none."""
        is_last = all(item.before != decision for item in self.decisions.values())
        if self.decisions[decision].state in {"issued", "lapsed"} and is_last:
            return decision if self.decisions[decision].measure else ""
        now = self.in_force(self.decisions[decision].ad)
        both = now and self.decisions[now].measure and self.decisions[decision].measure
        return now if both else ""

    def effective(self, decision: str) -> bool:
        found = self.decisions[decision]
        return found.state == "issued" and found.measure and not self.rests(decision)

    def tell(self, purpose: str) -> None:
        self.told[purpose] = self.told.get(purpose, 0) + 1

    # --- what is done ---

    def may_file(self, decision: str, kind: str) -> str:
        """Leaving out whether it is too late."""
        for item in self.appeals.values():
            if (item.decision, item.kind) == (decision, kind):
                if item.state in OPEN:
                    return CONFLICT
                if kind == "appeal" and item.state in {"decided", "granted"}:
                    return REFUSED
        return OK

    def late(self, decision: str, at: dt.datetime) -> bool | None:
        """Whether six months are over since it knew; None within two days of it, where one more is given."""
        known = self.decisions[decision].known
        if known is None:
            return False
        end = midnight_after(months_on(known.astimezone(PARIS).date(), 6))
        return None if end <= at < end + dt.timedelta(days=2) else at >= end

    def file(self, name: str, decision: str, kind: str, at: dt.datetime) -> None:
        had_effect = self.effective(decision)
        item = Appeal(kind, decision)
        for clock in OF_KIND[kind]:
            count, unit, consequence = self.terms[clock]
            item.clocks[clock] = Clock(clock, over(at, count, unit), consequence)
        found = self.decisions[decision]
        alive = found.state == "issued" and found.measure
        item.relief = self.relief and kind == "appeal" and alive and not found.relieved
        self.appeals[name] = item
        found.known = found.known or at
        self.tell("received")
        if had_effect and item.relief:
            found.relieved = True
            self.tell("paused")

    def now(self, decision: str) -> str:
        """What is in force in the place of a decision."""
        return self.in_force(self.decisions[decision].ad) or decision

    def handed_over(self, decision: str) -> None:
        """What goes on resting by an appeal alone has been relieved by it."""
        open_on = [item for name in self.line(self.now(decision)) for item in self.open_on(name)]
        bound = any(
            clock.state == "ran_out" and clock.consequence == "suspend_measure"
            for item in open_on
            for clock in item.clocks.values()
        )
        for item in open_on:
            if item.kind == "appeal" and item.relief and not bound:
                self.decisions[item.decision].relieved = True

    def end(self, name: str, state: str) -> None:
        """An appeal is over, whatever ended it."""
        item = self.appeals[name]
        had_effect = self.effective(self.now(item.decision))
        item.state, item.relief = state, False
        for clock in item.clocks.values():
            clock.state = "stopped" if clock.state == "running" else clock.state
        self.handed_over(item.decision)
        if state != "decided" and not had_effect and self.effective(self.now(item.decision)):
            self.tell("paused")

    def acknowledge(self, name: str) -> None:
        item = self.appeals[name]
        item.state = "acknowledged"
        item.messages += 1
        clock = item.clocks["acknowledge"]
        clock.state = "stopped" if clock.state == "running" else clock.state
        self.tell("acknowledged")

    def took_part(self, decision: str) -> frozenset[str]:
        """Who took part in a decision, or in another one on its ad."""
        ad = self.decisions[decision].ad
        return frozenset(who for item in self.decisions.values() if item.ad == ad for who in item.took_part)

    def may_assign(self, name: str, person: str, *, for_appeals: bool) -> str:
        item = self.appeals[name]
        if item.state not in OPEN:
            return REFUSED
        fit = item.kind == "reasons" or person not in self.took_part(item.decision)
        return OK if fit and for_appeals else REFUSED

    def supersede(
        self, name: str, ad: str, people: frozenset[str], *, measure: bool, on_appeal: bool = False
    ) -> None:
        """A new decision on an ad; who took part in the one before it is remembered."""
        last = [known for known, item in self.decisions.items() if item.ad == ad]
        before = last[-1] if last else ""
        known = self.decisions[before].took_part if before else frozenset()
        if before and self.decisions[before].state == "issued":
            self.decisions[before].state = "superseded"
        self.decisions[name] = Decision(ad, people | known, measure, before, on_appeal)

    def may_pause(self, name: str) -> str:
        item = self.appeals[name]
        return OK if item.state in OPEN and self.effective(item.decision) else REFUSED

    def may_resume(self, name: str) -> str:
        item = self.appeals[name]
        return OK if item.state in OPEN and item.relief else REFUSED

    def resume(self, name: str) -> None:
        item = self.appeals[name]
        item.relief = False
        self.handed_over(item.decision)
        if self.effective(self.now(item.decision)):
            self.tell("paused")

    def tick(self, at: dt.datetime) -> list[tuple[str, str]]:
        """Every clock that is due runs out, in order; those that did."""
        due = sorted(
            (clock.due, f"{name}-{clock.kind}", name, clock)
            for name, item in self.appeals.items()
            for clock in item.clocks.values()
            if clock.state == "running" and clock.due <= at
        )
        found = []
        for _, _, name, clock in due:
            if clock.state != "running":
                continue
            clock.state = "ran_out"
            found.append((name, clock.kind))
            self.tell("ran_out")
            item = self.appeals[name]
            reached = self.reached(item.decision)
            if clock.consequence == "reinstate" and reached:
                self.decisions[reached].state = "lapsed"
                self.end(name, "granted")
        return found
