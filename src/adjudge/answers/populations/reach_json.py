"""Whom a rule or a reason reaches, for programs: every subject, with its verdict and what was decided.

The form is versioned (`format`); `schemas/reach.schema.json` describes it. Sentences for people are not in it.
"""

import json

from adjudge.answers.populations.answer import ReachAnswer, Reason
from adjudge.answers.populations.json_form import (
    JsonTree,
    cell_form,
    decision_form,
    head_form,
    verdict_form,
)
from adjudge.facts.value import decimal_text
from adjudge.outcome import Verdict
from adjudge.population.model import Dimension
from adjudge.population.place import Cell
from adjudge.population.reach import Reach, ReachRow, Spend, Tally
from adjudge.population.view import Treatment

FORMAT = "adjudge-reach/1"


def reach_json(answer: ReachAnswer) -> str:
    """The answer as indented JSON, keys in a fixed order: the same answer is the same text."""
    return json.dumps(reach_form(answer), ensure_ascii=False, indent=2) + "\n"


def reach_form(answer: ReachAnswer) -> JsonTree:
    """The answer as a tree; the same in every language."""
    found = answer.reach
    return {
        "format": FORMAT,
        **head_form(answer.population, answer.package, answer.digest, answer.asked),
        "rule": None if answer.reason else found.rule.id,
        "reason": _reason(answer.reason),
        "standard": found.rule.standard.word,
        "summary": summary_form(found),
        "subjects": [_row(row, found) for row in found.rows],
        "dimensions": [_dimension(dimension, tallies) for dimension, tallies in found.tallies],
        "spend": [_spend(item) for item in found.spend],
    }


def _reason(reason: Reason | None) -> JsonTree | None:
    return None if reason is None else {"condition": reason.text, "subject_kind": reason.kind.value}


def summary_form(found: Reach) -> JsonTree:
    """The counts, and who is treated otherwise."""
    return {
        "subjects": len(found.rows),
        "reached": len(found.reached),
        "verdicts": {verdict.value: found.count(verdict) for verdict in Verdict},
        "treated": {treatment.value: found.treated(treatment) for treatment in Treatment},
        "standing_unknown": found.standing_unknown,
        "treated_otherwise": [row.subject.id for row in found.treated_otherwise],
        "under_measure_not_reached": [row.subject.id for row in found.unreached_under_measure],
    }


def _row(row: ReachRow, found: Reach) -> JsonTree:
    return {
        "subject": row.subject.id,
        "reached": row.reached,
        **verdict_form(row.outcome),
        "errors": len(row.outcome.failures),
        "treatment": row.treatment.value,
        "decision": decision_form(row.decided),
        "dimensions": {
            dimension.name: cell_form(Cell(place.state, place.value))
            for dimension, place in zip(found.view.dimensions, row.places, strict=True)
        },
    }


def _dimension(dimension: Dimension, tallies: tuple[Tally, ...]) -> JsonTree:
    return {
        "name": dimension.name,
        "fact": dimension.fact,
        "classes": [_tally(tally) for tally in tallies],
    }


def _tally(tally: Tally) -> JsonTree:
    return {
        **cell_form(tally.cell),
        "subjects": tally.subjects,
        "reached": tally.reached,
        "treated": {treatment.value: tally.treated.get(treatment, 0) for treatment in Treatment},
    }


def _spend(item: Spend) -> JsonTree:
    return {
        "name": item.dimension.name,
        "fact": item.dimension.fact,
        "amounts": {currency: decimal_text(amount) for currency, amount in item.amounts.items()},
        "unknown": item.unknown,
    }
