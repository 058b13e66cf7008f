"""Figures for whoever runs the institution: true counts, in few questions, about nobody."""

import time
from dataclasses import replace

import pytest

from adjudge.appeals.owed import clock_name
from adjudge.basis.instant import Instant
from adjudge.clocks.term import ClockKind
from adjudge.institution.reading import figures
from adjudge.institution.reading.figures import counts, standing
from adjudge.records.rows import (
    AppealKind,
    AppealState,
    ClockState,
    DeliveryState,
    MatterState,
    Pause,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DELIVERIES, MATTERS, MEASURES
from adjudge.storage.memory import MemoryRecords
from tests.databases import Place
from tests.rooms.storage.rows import row_of

AT = Instant(1_800_000_000_000_000_000)
HOUR = 3_600_000_000_000


def later(hours: int) -> Instant:
    return Instant(AT.nanos + hours * HOUR)


def test_each_kind_and_state_is_counted(place: Place) -> None:
    matter, delivery = row_of(MATTERS, "M", "text"), row_of(DELIVERIES, "D", "text")
    with place.records.writing() as writing:
        for number in range(3):
            writing.put(MATTERS, replace(matter, id=f"M-{number}", state=MatterState.OPEN))
        writing.put(MATTERS, replace(matter, id="M-3", state=MatterState.CLOSED))
        writing.put(DELIVERIES, replace(delivery, state=DeliveryState.FAILED))
    with place.records.reading() as records:
        found = counts(records)
    assert found.matters == {("open",): 3, ("closed",): 1}
    assert found.deliveries == {(delivery.channel.value, "failed"): 1}
    assert found.appeals == found.clocks == found.decisions == {}
    assert found.entries == 0


def test_what_is_due_and_what_is_overdue_are_told_by_the_clock_and_not_by_a_sweep() -> None:
    appeal = replace(row_of(APPEALS, "A-1", "text"), state=AppealState.FILED, kind=AppealKind.APPEAL)
    clock = replace(row_of(CLOCKS, "", "text"), of="A-1", state=ClockState.RUNNING)
    records = MemoryRecords()
    with records.writing() as writing:
        writing.put(APPEALS, appeal)
        for kind, due in ((ClockKind.ACKNOWLEDGE, later(-1)), (ClockKind.DECIDE, later(5))):
            writing.put(CLOCKS, replace(clock, id=clock_name("A-1", kind), kind=kind.value, due_at=due))
        stopped = replace(clock, id="other", state=ClockState.STOPPED, due_at=later(1))
        writing.put(CLOCKS, stopped)
    with records.reading() as reading:
        found = standing(reading, AT)
    assert found.next_due == later(5)
    assert found.overdue == {"acknowledge": 1}


def test_appeals_that_ended_are_counted_by_how() -> None:
    row, records = row_of(APPEALS, "", "text"), MemoryRecords()
    ended = [
        (AppealKind.APPEAL, AppealState.DECIDED, "reversed"),
        (AppealKind.APPEAL, AppealState.DECIDED, "upheld"),
        (AppealKind.APPEAL, AppealState.GRANTED, "reversed"),
        (AppealKind.APPEAL, AppealState.WITHDRAWN, ""),
        (AppealKind.REASONS, AppealState.DECIDED, "upheld"),
    ]
    with records.writing() as writing:
        for number, (kind, state, outcome) in enumerate(ended):
            writing.put(APPEALS, replace(row, id=f"A-{number}", kind=kind, state=state, outcome=outcome))
    with records.reading() as reading:
        found = standing(reading, AT)
    assert found.outcomes == {"reversed": 2, "upheld": 1}
    assert found.next_due is None


def test_measures_in_force_are_those_that_have_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "PORTION", 2)  # so that they are read in portions
    row = replace(
        row_of(MEASURES, "", "text"), kind="exclude", start=later(-1), end=None, lifted_at=None, pauses=()
    )
    others = [
        row,
        replace(row, kind="label"),
        replace(row, start=later(1)),
        replace(row, end=AT),
        replace(row, lifted_at=later(-1)),
        replace(row, pauses=(Pause(later(-1), None, "text"),)),
        row,
    ]
    records = MemoryRecords()
    with records.writing() as writing:
        for number, item in enumerate(others):
            writing.put(MEASURES, replace(item, id=f"E-{number}"))
    with records.reading() as reading:
        assert standing(reading, AT).in_force == {"exclude": 2, "label": 1}


@pytest.mark.slow
def test_a_hundred_thousand_matters_are_counted_at_once(database: Place) -> None:
    _counted_quickly(database, 100_000, most=1.0)


def test_many_matters_are_counted_at_once(database: Place) -> None:
    _counted_quickly(database, 5_000, most=0.5)


def _counted_quickly(place: Place, size: int, *, most: float) -> None:
    matter = replace(row_of(MATTERS, "", "text " * 50), state=MatterState.OPEN)
    with place.records.writing() as writing:
        writing.put_all(MATTERS, [replace(matter, id=f"M-{number:06d}") for number in range(size)])
    with place.records.reading() as records:
        began = time.perf_counter()
        assert counts(records).matters == {("open",): size}
    assert time.perf_counter() - began < most
