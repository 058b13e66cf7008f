"""Matters of a large platform: rows as the queue and its pages read them, without what led to them."""

import random
from dataclasses import dataclass, field, replace

from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.house import House
from adjudge.institution.queue.keeping import queued
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    AppealState,
    ClockRow,
    ClockState,
    DecisionRow,
    DecisionState,
    MatterRow,
    MatterState,
    SpendRow,
    SubjectRow,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, MATTERS, SPEND, SUBJECTS, VERSIONS

PORTION = 2_000
DAY = 86_400 * NANOS


@dataclass(slots=True)
class _Made:
    """Rows of one portion; `package` is the version by which all was decided, `reviewer` who has some of them."""

    package: str
    reviewer: str
    subjects: list[SubjectRow] = field(default_factory=list)
    matters: list[MatterRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    appeals: list[AppealRow] = field(default_factory=list)
    clocks: list[ClockRow] = field(default_factory=list)
    spend: list[SpendRow] = field(default_factory=list)


def fill_matters(house: House, reviewer: str, count: int, *, appealed: int = 50) -> None:
    """Matters of many kinds, one in so many with an appeal and its clock, or a proposal that waits.

    The queue is to be made of them afterwards.
    """
    luck = random.Random(1)  # noqa: S311 - an order, not a secret
    records = queued(house.records).kept
    with records.reading() as reading:
        model = reading.find(MATTERS, most=1)[0]
        package = reading.listed(VERSIONS, most=1)[0]["id"]
    for start in range(0, count, PORTION):
        made = _Made(package, reviewer)
        _portion(made, luck, model, range(start, min(start + PORTION, count)), appealed)
        with records.writing() as writing:
            writing.put_all(SUBJECTS, made.subjects)
            writing.put_all(MATTERS, made.matters)
            writing.put_all(DECISIONS, made.decisions)
            writing.put_all(APPEALS, made.appeals)
            writing.put_all(CLOCKS, made.clocks)
            writing.put_all(SPEND, made.spend)


def _portion(made: _Made, luck: random.Random, model: MatterRow, numbers: range, appealed: int) -> None:
    for number in numbers:
        advertiser, at = (
            f"advertiser-{number // 2:06d}",
            Instant(model.opened_at.nanos + luck.randrange(900) * DAY),
        )
        matter = replace(
            model,
            id=f"M-9{number:06d}",
            advertiser=advertiser,
            policy=f"town-{number % 20}",
            territory=luck.choice(("", "FR", "DE", "US")),
            state=luck.choice(
                (MatterState.OPEN, MatterState.REOPENED, MatterState.CLOSED, MatterState.CLOSED)
            ),
            assignee=made.reviewer if number % 1_000 == 0 else "" if number % 3 else "P-000099",
            opened_at=at,
            title={"en": f"Matter {number}"},
        )
        made.matters.append(matter)
        if number % 2 == 0:
            content = {"id": advertiser, "kind": "advertiser", "title": {"en": f"Advertiser {number}"}}
            made.subjects.append(
                SubjectRow(
                    id=advertiser, kind="advertiser", advertiser=advertiser, content=content, recorded_at=at
                )
            )
            made.spend.append(_spend(advertiser, luck, at))
        if number % appealed == 0:
            _appealed(made, matter, luck)


def _spend(advertiser: str, luck: random.Random, at: Instant) -> SpendRow:
    return SpendRow(
        id=f"spend-{advertiser}",
        subject=advertiser,
        advertiser=advertiser,
        start=at,
        end=Instant(at.nanos + 30 * DAY),
        amount=f"{luck.randrange(10**9)}.{luck.randrange(100):02d}",
        currency=luck.choice(("EUR", "EUR", "USD")),
        recorded_at=at,
    )


def _appealed(made: _Made, matter: MatterRow, luck: random.Random) -> None:
    decision, appeal = f"X-{matter.id}", f"A-{matter.id}"
    waits = luck.random() < 0.5
    made.decisions.append(
        DecisionRow(
            id=decision,
            matter=matter.id,
            subject=f"ad-{matter.id}",
            advertiser=matter.advertiser,
            state=DecisionState.PROPOSED if waits else DecisionState.ISSUED,
            author="P-000099",
            proposed_at=matter.opened_at,
            package=made.package,
            proposal={"reason": "so", "instead": {"a-rule": None}},
            digest="",
            outcome={},
            answer={},
        )
    )
    if waits:
        return
    made.appeals.append(
        AppealRow(
            id=appeal,
            kind=AppealKind.APPEAL,
            state=AppealState.ACKNOWLEDGED,
            decision=decision,
            matter=matter.id,
            advertiser=matter.advertiser,
            filed_by="",
            filed_at=matter.opened_at,
            appellant="advertiser",
            language="en",
            points=(),
        )
    )
    made.clocks.append(
        ClockRow(
            id=f"{appeal}-decide",
            kind="decide",
            state=ClockState.RUNNING,
            of=appeal,
            decision=decision,
            advertiser=matter.advertiser,
            started_at=matter.opened_at,
            count=1,
            unit="months",
            consequence="escalate",
            due_at=Instant(matter.opened_at.nanos + luck.randrange(-400, 30) * DAY),
        )
    )
