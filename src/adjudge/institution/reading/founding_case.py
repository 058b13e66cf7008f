"""The founding case as it stands here: the matter in which it was brought in, and how far its decision has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.institution.house import House
from adjudge.institution.own_words import case_was_brought_in
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may
from adjudge.people.role import Role
from adjudge.records.rows import DecisionRow, MatterRow
from adjudge.records.shelf import DECISIONS, MATTERS

CASE, ADVERTISER, AD = "kaspersky-2018", "kaspersky-lab", "ad-antivirus"
"""The case that comes with the program, by its name, and what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """The matter, and the decisions about its ad, the last one first."""

    matter: MatterRow
    decisions: Sequence[DecisionRow]

    @property
    def is_assigned(self) -> bool:
        """Whether somebody looks after it."""
        return bool(self.matter.assignee)

    @property
    def is_proposed(self) -> bool:
        """Whether somebody has proposed a decision."""
        return bool(self.decisions)

    @property
    def is_signed(self) -> bool:
        """Whether a second person has confirmed a proposal and somebody else has signed it, or it was issued."""
        return self.is_issued or any(
            {Role.SECOND_REVIEWER.value, Role.LEGAL.value} <= {item.role for item in row.signatures}
            for row in self.decisions
        )

    @property
    def is_issued(self) -> bool:
        """Whether a decision has been issued."""
        return any(row.issued_at is not None for row in self.decisions)

    @property
    def latest(self) -> DecisionRow | None:
        """The last decision that was proposed or issued."""
        return self.decisions[0] if self.decisions else None


def founding_case(house: House, actor: Actor) -> Founding | None:
    """The founding case; None where it is not on record, and for whoever may not read its matter."""
    if actor.advertiser or not may(actor, Act.READ_MATTER, ADVERTISER):
        return None
    why = str(case_was_brought_in(CASE))
    with house.records.reading() as records:
        matters = [row for row in records.find(MATTERS, advertiser=ADVERTISER) if row.reason == why]
        if not matters:
            return None
        (matter, *_) = matters
        decisions = records.find(DECISIONS, matter=matter.id, subject=AD)
    ordered = sorted(decisions, key=lambda row: (row.proposed_at, row.id), reverse=True)
    return Founding(matter=matter, decisions=ordered)
