"""Like cases for programs. The form is versioned (`format`); `schemas/alike.schema.json` describes it.

Sentences for people are not in it. Counts are exact; `interval` is for display, as texts, so that no reader takes it
for more exact than it is.
"""

import json

from adjudge.answers.populations.answer import AlikeAnswer
from adjudge.answers.populations.interval import interval_of
from adjudge.answers.populations.json_form import (
    JsonTree,
    cell_form,
    decision_form,
    head_form,
    verdict_form,
)
from adjudge.population.alike import LikeGroup, Member
from adjudge.population.rates import Count, RateRow, Rates
from adjudge.population.view import Treatment

FORMAT = "adjudge-alike/1"


def alike_json(answer: AlikeAnswer) -> str:
    """The answer as indented JSON, keys in a fixed order: the same answer is the same text."""
    return json.dumps(alike_form(answer), ensure_ascii=False, indent=2) + "\n"


def alike_form(answer: AlikeAnswer) -> JsonTree:
    """The answer as a tree; the same in every language."""
    found = answer.alike
    return {
        "format": FORMAT,
        **head_form(answer.population, answer.package, answer.digest, answer.asked),
        "subject": found.subject.id if found.subject else None,
        "rules": [rule.id for rule in found.rules],
        "summary": {
            "subjects": len(found.view.subjects),
            "treated": {treatment.value: found.treated(treatment) for treatment in Treatment},
            "groups_treated_differently": sum(group.differs for group in found.groups),
        },
        "groups": [_group(group) for group in found.groups],
    }


def _group(group: LikeGroup) -> JsonTree:
    return {
        "rule": group.rule.id,
        **verdict_form(group.outcome),
        "differs": group.differs,
        "silent": group.is_silent,
        "treated": {treatment.value: group.treated(treatment) for treatment in Treatment},
        "subjects": [member_form(member) for member in group.members],
        "rates": [_rates(rates) for rates in group.rates],
    }


def member_form(member: Member) -> JsonTree:
    """A subject with what was decided for it."""
    return {
        "subject": member.subject.id,
        "treatment": member.treatment.value,
        "decision": decision_form(member.decided),
    }


def _rates(rates: Rates) -> JsonTree:
    return {
        "fact": rates.fact.full_name,
        "under_measure": rates.total.under,
        "of": rates.total.total,
        "values": [_row(row) for row in rates.rows],
    }


def _row(row: RateRow) -> JsonTree:
    if row.count is None:
        return {**cell_form(row.cell), "withheld": True}
    return {**cell_form(row.cell), "withheld": False, **_count(row.count)}


def _count(count: Count) -> JsonTree:
    interval = interval_of(count.under, count.total)
    return {
        "under_measure": count.under,
        "of": count.total,
        "interval": {"low": str(interval.low), "high": str(interval.high)},
    }
