"""Forms of the overview: how the institution stands, in numbers."""

import datetime as dt

from pydantic import Field

from adjudge.api.shapes.shape import Moment, Shape
from adjudge.clocks.term import ClockKind
from adjudge.institution.counting.glance import Age
from adjudge.records.rows import MatterState, Outcome


class LoadShape(Shape):
    """Matters by state; and those in which somebody has something to do, by who took them and by age."""

    states: dict[MatterState, int]
    live: int = Field(description="Matters in which somebody has something to do.")
    mine: int = Field(description="Of these, taken by whoever asks.")
    others: int = Field(description="Of these, taken by others.")
    unassigned: int = Field(description="Of these, taken by nobody.")
    ages: dict[Age, int] = Field(description="The same by how long ago they were opened.")


class WeekShape(Shape):
    """What came and went in a week."""

    start: dt.date = Field(description="Its Monday, in UTC. The last week of the list is not over.")
    counts: dict[str, int] = Field(
        description="Matters `opened`, `closed` and `reopened`, decisions `issued`, appeals `filed` and `ended`."
    )


class RiskShape(Shape):
    """Clocks of one kind, of what still waits for somebody."""

    kind: ClockKind
    overdue: int
    soon: int = Field(description="Over within three days.")
    later: int


class AppealedShape(Shape):
    """How appeals ended against decisions that had applied a rule; an appeal counts for each such rule."""

    policy: str
    version: str
    rule: str
    outcomes: dict[Outcome, int]


class ContestedShape(Shape):
    """A fact of which live claims say yes and others no, about the same subject."""

    fact: str
    subjects: int = Field(description="Of how many subjects.")
    claims: int = Field(description="How many claims about these.")


class DiscountedShape(Shape):
    """A fact of which claims were discounted."""

    fact: str
    claims: int


class IdleShape(Shape):
    """A rule in force that no decision has applied since it is."""

    policy: str
    version: str
    rule: str
    since: Moment
    days: int
    last: Moment | None = Field(
        description="When a decision by an earlier version applied a rule of this name last."
    )


class HealthShape(Shape):
    """Whether the house itself is well. Null where something was not done yet."""

    entries: int = Field(description="Of the log.")
    signed: int = Field(description="How many of these the last checkpoint covers.")
    swept_at: Moment | None = Field(description="When the sweeper has counted last: once a minute.")
    audited_at: Moment | None = Field(description="When all that is kept was held to the log last.")
    findings: int = Field(description="What was found then.")
    failed: int = Field(description="Deliveries that a person must look at; no more than 10,000 are counted.")
    owed: int = Field(description="Notices that are not made yet; no more than 10,000 are counted.")


class OverviewShape(Shape):
    """How the institution stands. Nobody is counted by name. Lists of rules and facts have 50 at most."""

    at: Moment
    weeks: int
    counted_to: Moment | None = Field(
        description="The time up to which the log was counted; null where it was not yet."
    )
    is_behind: bool = Field(description="There are entries after it.")
    load: LoadShape
    comings: list[WeekShape]
    clocks: list[RiskShape]
    appealed: list[AppealedShape]
    contested: list[ContestedShape]
    contested_at: Moment | None = Field(
        description="When contested facts were looked for: now, or at most a day ago where there are many claims."
    )
    discounted: list[DiscountedShape]
    idle: list[IdleShape]
    health: HealthShape

    def tagged(self) -> Shape:
        """All but the time of asking, which is also that of looking for contested facts where these are few."""
        return self.model_copy(update={"at": "", "contested_at": None})
