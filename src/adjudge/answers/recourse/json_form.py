"""What would change an answer, for programs: every way with its actions as values, ISO dates, words of machines.

The form is versioned (`format`); `schemas/recourse.schema.json` describes it. Detours are in it, marked.
"""

import json

from adjudge.answers.answer import Answer
from adjudge.basis.ids import SubjectId
from adjudge.facts.claim import NoOther, Stance
from adjudge.facts.value import Value, exchange_value
from adjudge.recourse.action import Action, Addition, Choice, Proof, Removal, Replacement, power_of
from adjudge.recourse.ranges import Cut, Range, Spread
from adjudge.recourse.way import Recourse, Step, Turning, Way
from adjudge.tongues.tongue import Tongue

FORMAT = "adjudge-recourse/1"
JsonTree = dict[str, object]


def recourse_json(found: Recourse, answer: Answer, subject: SubjectId, tongue: Tongue) -> str:
    """The whole as indented JSON, keys in a fixed order: the same answer is the same text."""
    form: JsonTree = {
        "format": FORMAT,
        "language": tongue.code,
        "case": answer.case.file.id,
        "policy": answer.package.id,
        "version": answer.package.version,
        "digest": str(answer.digest),
        "valid_at": str(answer.asked.valid_at),
        "known_at": str(answer.asked.known_at),
        "territory": answer.asked.territory,
        "subject": subject,
        **recourse_form(found),
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def recourse_form(found: Recourse) -> JsonTree:
    """The recourse alone, as a part of other forms."""
    return {
        "target": found.target.value if found.target is not None else "none",
        "measures": _measures(found.measures),
        "lifted": list(found.lifted),
        "complete": found.complete,
        "own_power": bool(found.own),
        "ways": [_way(way) for way in found.ways],
        "turning": [_turning(item) for item in found.turning],
    }


def _measures(measures: tuple[tuple[str, object], ...]) -> list[JsonTree]:
    return [{"rule": rule, "kind": str(kind)} for rule, kind in measures]


def _way(way: Way) -> JsonTree:
    return {
        "power": way.power.value,
        "cost": way.cost,
        "ends_contested": way.ends_contested,
        "detour": way.is_detour,
        "actions": [_step(step) for step in way.steps],
        "cures": [{"rule": rule, "verdict": verdict.value} for rule, verdict in way.cures],
        "lifts": list(way.lifts),
        "contested": list(way.contested),
        "remains": _measures(way.remains),
        "elsewhere": _measures(way.elsewhere),
        "referred": way.referred,
    }


def _step(step: Step) -> JsonTree:
    action = step.action
    return {
        "kind": _KINDS[type(action)],
        "power": power_of(action).value,
        "fact": action.fact,
        "holder": action.holder,
        "effort": action.effort,
        **_details(action),
        "documents": list(step.documents),
        "purpose": step.purpose.value,
        "exceptions": [{"rule": rule, "unless": name or None} for rule, name in step.exceptions],
    }


_KINDS: dict[type[Action], str] = {
    Replacement: "replace",
    Addition: "add",
    Removal: "remove",
    Proof: "prove",
}


def _details(action: Action) -> JsonTree:
    match action:
        case Replacement():
            before = [exchange_value(value) for value in action.before]
            return {"by": action.by.value, "before": before, **_choice(action.to)}
        case Addition():
            return {"by": action.by.value, **_choice(action.value)}
        case Removal():
            return {"by": action.by.value, "value": exchange_value(action.value)}
        case Proof():
            return {
                **_claim(action.value, action.stance),
                "weight": action.weight,
                "alike": [_claim(other.value, other.stance) for other in action.others],
                "unread": list(action.unread),
                **_spread(action.spread),
            }


def _choice(choice: Choice) -> JsonTree:
    return {
        "value": exchange_value(choice.value),
        "alike": [exchange_value(value) for value in choice.others],
        "unread": list(choice.unread),
        **_spread(choice.spread),
    }


def _spread(spread: Spread) -> JsonTree:
    """For what the values stand: between which ends any other does the same."""
    return {
        "ranges": [_range(item) for item in spread.ranges],
        "fields": [
            {"value": exchange_value(record), "field": name, **_range(found)}
            for record, fields in spread.records
            for name, found in fields
        ],
    }


def _range(found: Range) -> JsonTree:
    return {"from": _end(found.low, included=False), "to": _end(found.high, included=True)}


def _end(cut: Cut | None, *, included: bool) -> JsonTree | None:
    """An end; a cut above a value includes it in what ends there, and excludes it from what begins there."""
    if cut is None:
        return None
    return {"value": exchange_value(cut.value), "included": cut.above is included}


def _claim(value: Value | NoOther, stance: Stance) -> JsonTree:
    said: JsonTree = {"none": True} if isinstance(value, NoOther) else {"value": exchange_value(value)}
    return {**said, "stance": stance.value}


def _turning(item: Turning) -> JsonTree:
    return {"rule": item.rule, "fact": item.fact, "protected": item.protected}
