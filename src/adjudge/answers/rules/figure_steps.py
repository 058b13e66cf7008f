"""The steps of a way out as people read them: what to change or to prove, to which values, and in whose power it lies.

Not the ways themselves: `adjudge.recourse` finds and verifies them.
"""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.answers.words import document_kind_text, weight_text
from adjudge.facts.claim import NoOther, Stance
from adjudge.facts.value import Record, Value, value_text
from adjudge.facts.vocabulary import Changer
from adjudge.recourse.action import Addition, Choice, Proof, Removal, Replacement
from adjudge.recourse.way import Step
from adjudge.tongues.tongue import Tongue

MOST_VALUES = 3
"""Values that come to the same and are named; there may be hundreds, as of a taxonomy."""


def step_text(step: Step, tongue: Tongue) -> str:
    """What is done, with its effort."""
    match step.action:
        case Replacement() as action:
            return _replacement_text(action, tongue)
        case Addition() as action:
            return tongue(
                "add to {fact}: {values} (effort {effort})",
                fact=action.fact,
                values=choice_text(action.value, tongue),
                effort=action.effort,
            )
        case Removal() as action:
            return tongue(
                "remove from {fact}: {value} (effort {effort})",
                fact=action.fact,
                value=value_text(action.value),
                effort=action.effort,
            )
        case Proof() as action:
            return _proof_text(action, tongue)


def _replacement_text(action: Replacement, tongue: Tongue) -> str:
    values = choice_text(action.to, tongue)
    if not action.before:
        return tongue(
            "give {fact} the value {values} (effort {effort})",
            fact=action.fact,
            values=values,
            effort=action.effort,
        )
    return tongue(
        "change {fact} from {before} to {values} (effort {effort})",
        fact=action.fact,
        before=tongue.listed(value_text(value) for value in action.before),
        values=values,
        effort=action.effort,
    )


def _proof_text(action: Proof, tongue: Tongue) -> str:
    """A proof with its weight. Values that do the same are named where they are asserted as well."""
    weight, effort = weight_text(action.weight, tongue), action.effort
    if isinstance(action.value, NoOther):
        return tongue(
            "prove at {weight} that {fact} has no other value than those asserted (effort {effort})",
            weight=weight,
            fact=action.fact,
            effort=effort,
        )
    if action.stance is Stance.DENIES:
        return tongue(
            "prove at {weight} that {fact} is not {value} (effort {effort})",
            weight=weight,
            fact=action.fact,
            value=value_text(action.value),
            effort=effort,
        )
    same = [item.value for item in action.others if item.stance is action.stance]
    others = tuple(value for value in same if not isinstance(value, NoOther))
    return tongue(
        "prove at {weight} that {fact} is {values} (effort {effort})",
        weight=weight,
        fact=action.fact,
        values=choice_text(Choice(action.value, others, action.unread), tongue),
        effort=effort,
    )


def choice_text(choice: Choice, tongue: Tongue) -> str:
    """Values that come to the same, the first few of them; what no rule reads of a record may be anything."""
    texts = list(dict.fromkeys(value_text(_read(value, choice.unread)) for value in choice.all))
    more = len(texts) - MOST_VALUES
    if more > 0:
        shown = tongue.plural(
            "{values} or another of {count} value with the same effect",
            "{values} or another of {count} values with the same effect",
            more,
            values=", ".join(texts[:MOST_VALUES]),
        )
    else:
        shown = tongue.either(texts)
    if not choice.unread:
        return shown
    return tongue("{values} ({fields}: anything)", values=shown, fields=tongue.listed(choice.unread))


def _read(value: Value, unread: Sequence[str]) -> Value:
    """A record without the fields that no rule reads."""
    if not isinstance(value, Record):
        return value
    return replace(value, fields=tuple(pair for pair in value.fields if pair[0] not in unread))


def proof_text(step: Step, tongue: Tongue) -> str:
    """Which kinds of document prove a step; empty where none is named."""
    if not step.documents:
        return ""
    kinds = tongue.either(document_kind_text(kind, tongue) for kind in step.documents)
    return tongue("proved by: {documents}", documents=kinds)


def power_text(step: Step, tongue: Tongue) -> str:
    """Who can do it."""
    if isinstance(step.action, Proof):
        return tongue("the advertiser can prove it")
    match step.action.by:
        case Changer.ADVERTISER:
            return tongue("the advertiser can change it")
        case Changer.PLATFORM:
            return tongue("only the platform can change it")
        case Changer.THIRD_PARTY:
            return tongue("only a third party can change it")
        case Changer.NOBODY:
            return tongue("nobody can change it")
