"""Appeals for the terminal and for programs: the points and their answers, what was said, the clocks, what rests."""

from collections.abc import Iterator, Sequence
from typing import Any

from adjudge.appeals.whose import ADVERTISER
from adjudge.cli.clock_text import Watch, clock_cells, clock_form
from adjudge.cli.session import form_of, table
from adjudge.institution.binding.measures import has_effect, is_live
from adjudge.institution.reading.hearing import AppealOverview
from adjudge.records.rows import AppealKind, AppealRow, ClockRow, DocumentRow, MeasureRow, MessageRow
from adjudge.tongues.tongue import Tongue


def appeal_cells(row: AppealRow) -> tuple[str, ...]:
    """An appeal as a line of a table."""
    return (
        row.id,
        str(row.kind),
        str(row.state),
        row.decision,
        row.advertiser,
        str(row.filed_at),
        row.assignee,
    )


def appeal_lines(
    found: AppealOverview, measures: Sequence[MeasureRow], watch: Watch, tongue: Tongue
) -> Iterator[str]:
    """Everything, in sections. `measures` are those of the decision, also those that were lifted."""
    row = found.appeal
    yield from _head_lines(row, tongue)
    for point in row.points:
        yield ""
        yield tongue("Point {point}: {text}", point=point.id, text=point.text)
        if point.answer:
            yield tongue("Answer: {text}", text=point.answer)
    if row.answer:
        yield ""
        yield tongue("Answer: {text}", text=row.answer)
    yield from _section(tongue("Conversation"), _message_lines(found, tongue))
    yield from _section(
        tongue("Documents"), [f"{item.id}  {_title(item)}" for item in found.documents.values()]
    )
    yield from _section(tongue("Clocks"), clock_lines(found.clocks, watch, tongue))
    yield from _section(tongue("Measures"), [_measure_line(item, watch, tongue) for item in measures])
    if found.waiting is not None:
        yield ""
        yield tongue("The proposal {decision} would decide it.", decision=found.waiting.id)


def _head_lines(row: AppealRow, tongue: Tongue) -> Iterator[str]:
    parts = {"appeal": row.id, "state": str(row.state), "decision": row.decision}
    if row.kind is AppealKind.REASONS:
        yield tongue("The request for reasons {appeal} ({state}), about the decision {decision}", **parts)
    else:
        yield tongue("The appeal {appeal} ({state}) against the decision {decision}", **parts)
    if row.appellant == ADVERTISER:
        yield tongue("Filed by {advertiser} on {day}.", advertiser=row.advertiser, day=row.filed_at)
    else:
        yield tongue(
            "Written down for {advertiser} on {day}, as it came another way.",
            advertiser=row.advertiser,
            day=row.filed_at,
        )
    if row.held_until is not None:
        yield tongue("Kept, and not handled before {day}.", day=row.held_until)
    if row.assignee:
        yield tongue("It is assigned to {person}.", person=row.assignee)
    if row.outcome:
        yield tongue("Outcome: {outcome}", outcome=row.outcome)
    if row.result:
        yield tongue("It ended with the decision {decision}.", decision=row.result)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines or ["–"])


def _message_lines(found: AppealOverview, tongue: Tongue) -> list[str]:
    return [line for item in found.messages for line in message_lines(item, tongue)]


def message_lines(row: MessageRow, tongue: Tongue) -> list[str]:
    """A message: who wrote and when, what, and what came with it."""
    if row.side == ADVERTISER:
        head = tongue("{message}, {day}, the advertiser:", message=row.id, day=row.at)
    else:
        head = tongue("{message}, {day}, the platform:", message=row.id, day=row.at)
    attached = [tongue("attached: {documents}", documents=", ".join(row.documents))] if row.documents else []
    return [head, *(f"  {line}" for line in (*row.text.splitlines(), *attached))]


def _title(row: DocumentRow) -> str:
    return str(row.content.get("title") or "")


def clock_lines(rows: Sequence[ClockRow], watch: Watch, tongue: Tongue) -> list[str]:
    """Clocks of an appeal: until when what is owed, and what happens at zero."""
    lines = table([clock_cells(item, watch, tongue) for item in rows]) if rows else []
    given = [
        tongue("{clock} was given more time: {reason}", clock=item.id, reason=more.reason)
        for item in rows
        for more in item.extensions
    ]
    return [*lines, *given]


def _measure_line(row: MeasureRow, watch: Watch, tongue: Tongue) -> str:
    parts = {"measure": row.id, "kind": row.kind}
    if row.lifted_at is not None:
        return tongue("{measure}, {kind}: lifted on {day}", **parts, day=row.lifted_at)
    if has_effect(row, watch.now):
        return tongue("{measure}, {kind}: has effect", **parts)
    if row.start > watch.now:
        return tongue("{measure}, {kind}: begins on {day}", **parts, day=row.start)
    if is_live(row, watch.now):
        return tongue("{measure}, {kind}: rests", **parts)
    return tongue("{measure}, {kind}: is over", **parts)


def appeal_form(found: AppealOverview, measures: Sequence[MeasureRow], watch: Watch) -> dict[str, Any]:
    """The same for programs."""
    return {
        "appeal": form_of(found.appeal, "part"),
        "messages": [form_of(item, "part") for item in found.messages],
        "documents": [form_of(item, "part") for item in found.documents.values()],
        "clocks": [clock_form(item, watch) for item in found.clocks],
        "measures": [{**form_of(item), "has_effect": has_effect(item, watch.now)} for item in measures],
        "notices": [item.id for item in found.notices],
        "proposal": found.waiting.id if found.waiting is not None else None,
    }
