"""A matter for the terminal and for programs: what is known of it, the answer, the decisions, its part of the log."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adjudge.cli.errors import finding_form, finding_lines
from adjudge.cli.log import entry_cells
from adjudge.cli.output import is_terminal, width
from adjudge.cli.session import form_of, table
from adjudge.institution.own_words import said_again
from adjudge.institution.reading.overview import MatterOverview
from adjudge.records.rows import ClaimRow, DecisionRow, MatterRow
from adjudge.tongues.tongue import Tongue


def overview_lines(found: MatterOverview, tongue: Tongue, *, full: bool) -> Iterator[str]:
    """Everything, in sections."""
    yield from _matter_lines(found.matter, tongue)
    yield from _section(tongue("Subjects"), [(row.id, row.kind) for row in found.subjects])
    yield from _section(tongue("Claims"), [_claim_cells(row) for row in found.claims])
    yield from _section(
        tongue("Documents"), [(row.id, str(row.content.get("title") or "")) for row in found.documents]
    )
    yield ""
    yield from _answer_text(found, tongue, full=full).splitlines()
    yield from _section(tongue("Decisions"), [_decision_cells(row) for row in found.decisions])
    for decision, findings in found.standing.items():
        if findings:
            yield tongue("What stands in the way of {decision}:", decision=decision)
        else:
            yield tongue("Nothing stands in the way of {decision}.", decision=decision)
        yield from finding_lines(findings, tongue)
    yield from _section(tongue("Entries of the log"), [entry_cells(entry) for entry in found.entries])


def _matter_lines(row: MatterRow, tongue: Tongue) -> Iterator[str]:
    yield tongue(
        "The matter {matter} ({state}): {advertiser}, by {policy}",
        matter=row.id,
        state=row.state.value,
        advertiser=row.advertiser,
        policy=row.policy,
    )
    yield tongue("Opened on {day}; state number {seen}.", day=row.opened_at, seen=row.seen)
    if row.reason:
        yield tongue("The last reason that was given: {reason}", reason=said_again(row.reason))
    if row.assignee:
        yield tongue("It is assigned to {person}.", person=row.assignee)


def _section(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in (table(rows) if rows else ["–"]))


def _claim_cells(row: ClaimRow) -> tuple[str, ...]:
    value = row.content.get("value")
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return row.id, row.subject, str(row.weight), row.document, f"{row.content.get('fact')}: {said}"


def _decision_cells(row: DecisionRow) -> tuple[str, ...]:
    return row.id, row.state.value, row.subject, row.author, ", ".join(row.rules)


def _answer_text(found: MatterOverview, tongue: Tongue, *, full: bool) -> str:
    from adjudge.answers.decision.text import render_text
    from adjudge.answers.decision.view import view_of

    view = view_of(found.answer, tongue)
    return render_text(view, tongue, width=width(), colour=is_terminal(), brief=not full)


def overview_form(found: MatterOverview, tongue: Tongue) -> dict[str, Any]:
    """The same for programs."""
    from adjudge.answers.decision.json_form import answer_form

    return {
        "matter": form_of(found.matter),
        "subjects": [form_of(row) for row in found.subjects],
        "claims": [form_of(row) for row in found.claims],
        "documents": [form_of(row) for row in found.documents],
        "answer": answer_form(found.answer, tongue),
        "decisions": [form_of(row, "answer", "statement", "notice", "outcome") for row in found.decisions],
        "standing_in_the_way": {
            decision: [finding_form(item, tongue) for item in findings]
            for decision, findings in found.standing.items()
        },
        "entries": [entry.form for entry in found.entries],
    }


def evaluation_lines(found: Mapping[str, Any], tongue: Tongue) -> Iterator[str]:
    """What was found, by the version that applies, and by those that run in the shadow where they differ."""
    yield tongue("It is evaluated, on record, by the version {version}:", version=found["package"])
    yield from _outcome_lines(found["outcomes"], tongue)
    for digest, outcomes in found["shadow"].items():
        if outcomes == found["outcomes"]:
            yield tongue("The version {version}, without effect, finds the same.", version=digest)
        else:
            yield tongue("The version {version}, without effect, finds:", version=digest)
            yield from _outcome_lines(outcomes, tongue)


def _outcome_lines(outcomes: Sequence[Mapping[str, Any]], tongue: Tongue) -> Iterator[str]:
    for outcome in outcomes:
        measures = [f"{item['kind']} ({item['rule']})" for item in outcome["measures"]]
        if outcome["referred"]:
            measures.append(tongue("a person must decide"))
        yield f"  {outcome['subject']}: {', '.join(measures) or tongue('no measure')}"
