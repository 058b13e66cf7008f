"""What would change a decision, as a list to tick: each way with its points, and what a file for each would prove."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adjudge.answers.answer import Answer
from adjudge.notices.prospects import facts_of, own_ways, ways_to_a_person
from adjudge.notices.remedies import told_ways
from adjudge.notices.steps import changer_said, documents_said, step_said
from adjudge.recourse.action import Power, power_of
from adjudge.recourse.way import Recourse, Step, Way
from adjudge.tongues.tongue import Tongue

MOST_WAYS = 6
"""Ways to tick; a person picks among few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One point of a way: whether to change or to prove something, about what, exactly what, and what shows it.

    `about` is empty where the point before it is about the same.
    """

    number: int
    is_change: bool
    about: str
    text: str
    shown_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToTick:
    """One way. `lifts` says whether it ends the measure by itself, or has a person decide anew."""

    ticks: tuple[Tick, ...]
    lifts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What can be ticked, and what lies with others. Both empty where nothing is to change any more."""

    ways: tuple[WayToTick, ...]
    others: tuple[str, ...]
    is_needed: bool


def proofs(answer: Answer, tongue: Tongue) -> Proofs:
    """The ways of the one subject of an answer, cheapest first."""
    (item,) = answer.subjects
    found = item.recourse
    if found is None or not found.is_needed:
        return Proofs(ways=(), others=(), is_needed=False)
    chosen = [(told.way, True) for told in told_ways(found)] if own_ways(found) else []
    chosen += [(way, False) for way in ways_to_a_person(found)]
    ways, number = [], 0
    for way, lifts in chosen[:MOST_WAYS]:
        ticks = tuple(_ticks(way, number, answer, tongue))
        number += len(ticks)
        ways.append(WayToTick(ticks=ticks, lifts=lifts))
    return Proofs(ways=tuple(ways), others=tuple(_others(found, answer, tongue)), is_needed=True)


def _ticks(way: Way, before: int, answer: Answer, tongue: Tongue) -> Iterator[Tick]:
    told = ""
    for number, step in enumerate(way.steps, start=before + 1):
        about = _meaning(step, answer, tongue)
        told, shown = about, "" if about == told else about
        yield Tick(
            number=number,
            is_change=power_of(step.action) is not Power.PROVE,
            about=shown,
            text=tongue.of(step_said(step.action, answer.package.vocabulary)),
            shown_by=tongue.of(documents_said(step.documents)),
        )


def _meaning(step: Step, answer: Answer, tongue: Tongue) -> str:
    return tongue.text(answer.package.vocabulary.facts[step.action.fact].definition)


def _others(found: Recourse, answer: Answer, tongue: Tongue) -> Sequence[str]:
    """What only others could change, a line for each first way of theirs."""
    lines = []
    for way in found.of(Power.OTHERS)[:MOST_WAYS]:
        steps = [tongue.of(step_said(step.action, answer.package.vocabulary)) for step in way.steps]
        who = [tongue.of(said) for step in way.steps if (said := changer_said(step.action, answer.case))]
        facts = sorted(facts_of(way))
        means = [tongue.text(answer.package.vocabulary.facts[name].definition) for name in facts]
        lines.append(" ".join(filter(None, (*means, tongue.parted(steps), *dict.fromkeys(who)))))
    return lines
