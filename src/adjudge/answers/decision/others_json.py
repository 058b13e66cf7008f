"""Who else, for programs: parts of the JSON form of an answer, of ids and counts; the same in every language."""

from collections.abc import Iterable

from adjudge.answers.answer import Answer
from adjudge.answers.populations.alike_json import member_form
from adjudge.answers.populations.json_form import JsonTree
from adjudge.answers.populations.reach_json import summary_form
from adjudge.population.alike import Member
from adjudge.population.others import Others, ReasonReach, RuleOthers
from adjudge.population.reach import Reach


def others_form(answer: Answer) -> list[JsonTree] | None:
    """One for each subject on whom a measure follows; null where no population is at hand."""
    if answer.population is None:
        return None
    return [
        {"subject": item.outcome.subject, **_others(item.others)}
        for item in answer.subjects
        if item.others is not None
    ]


def reason_form(found: ReasonReach | None) -> JsonTree | None:
    """Whom the stated reason reaches; null where none is stated as a condition, or no population is at hand."""
    if found is None:
        return None
    return {
        "population": found.population.id,
        "condition": found.text,
        "subject_kind": found.reach.rule.subject.value,
        "standard": found.reach.rule.standard.word,
        "summary": summary_form(found.reach),
        "reached": _reached(found.reach),
    }


def _others(found: Others) -> JsonTree:
    return {
        "population": found.population.id,
        "rules": [_rule(item) for item in found.by_rule],
        "lacking": list(found.lacking),
    }


def _rule(found: RuleOthers) -> JsonTree:
    return {
        "rule": found.rule.id,
        "in_population": found.in_population,
        "summary": summary_form(found.reach),
        "reached": _reached(found.reach),
        "like_cases": {
            "otherwise": _members(found.alike.otherwise),
            "alike": _members(found.alike.alike),
            "unknown": _members(found.alike.unknown),
        },
    }


def _reached(found: Reach) -> list[JsonTree]:
    """In the order in which people are told: those without a measure first."""
    return _members(Member(row.subject, row.decided) for row in found.reached)


def _members(members: Iterable[Member]) -> list[JsonTree]:
    return [member_form(item) for item in members]
