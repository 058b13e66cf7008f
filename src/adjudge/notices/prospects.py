"""What a notice says that the addressee can do, against the recourse that was computed and verified.

A change that by itself lifts nothing must not be called a way out, nor may anybody be told that there is none where
there is one. LANGUAGE.md 6.3, DSA Art. 17(4).
"""

from collections.abc import Iterable, Sequence

from adjudge.basis.ids import FactName
from adjudge.basis.problem import quoted
from adjudge.basis.said import Said, say
from adjudge.evidence.notice import Element, Passage, Prospect
from adjudge.notices.background import Background
from adjudge.notices.pointers import NO_MEASURE
from adjudge.notices.stated import Doubts
from adjudge.reasons.roles import read_facts
from adjudge.recourse.action import Power
from adjudge.recourse.way import Recourse, Way

NOT_IN_VAIN = say("it does not say that nothing in the addressee's power lifts the measure")


def own_ways(found: Recourse, *, with_detours: bool = False) -> tuple[Way, ...]:
    """The ways to a release that the advertiser can go without others, cheapest first."""
    return tuple(way for way in _alone(found, with_detours=with_detours) if not way.ends_contested)


def ways_to_a_person(found: Recourse, *, with_detours: bool = False) -> tuple[Way, ...]:
    """The ways to a person's decision that the advertiser can go without others, cheapest first."""
    return tuple(way for way in _alone(found, with_detours=with_detours) if way.ends_contested)


def _alone(found: Recourse, *, with_detours: bool) -> Iterable[Way]:
    for way in found.ways:
        if way.power is not Power.OTHERS and (with_detours or not way.is_detour):
            yield way


def facts_of(way: Way) -> frozenset[FactName]:
    """The facts that a way changes or proves."""
    return frozenset(step.action.fact for step in way.steps)


def turning_facts(known: Background) -> tuple[FactName, ...]:
    """The facts on which the decision turns and which the advertiser cannot change; else all that the rules read."""
    found = known.recourse
    if found is None:
        return ()
    turning = dict.fromkeys(item.fact for item in found.turning)
    read = (name for rule in found.lifted for name in read_facts(known.rules[rule].conditions))
    return tuple(turning) or tuple(dict.fromkeys(read))


def doubts_of_recourse(passages: Sequence[Passage], known: Background) -> Doubts:
    """What of the recourse stated does not hold."""
    stated = [passage for passage in passages if passage.element is Element.RECOURSE]
    first = next(iter(_doubts(stated, known)), None) if stated else None
    return {Element.RECOURSE: first} if first is not None else {}


def _doubts(stated: Sequence[Passage], known: Background) -> Iterable[tuple[Passage, Said]]:
    found = known.recourse
    if found is None:
        yield stated[0], NO_MEASURE
        return
    for passage in stated:
        if passage.pointer.recourse is Prospect.NONE:
            yield from _in_vain(passage, found, known)
        else:
            yield from _on_a_way(passage, found)
    yield from _left_out(stated, found, known)


def _on_a_way(passage: Passage, found: Recourse) -> Iterable[tuple[Passage, Said]]:
    """The facts must be all that some ways take, and no others."""
    to_a_person = passage.pointer.recourse is Prospect.PERSON
    ways = (ways_to_a_person if to_a_person else own_ways)(found, with_detours=True)
    named = frozenset(passage.pointer.facts)
    gone = [facts_of(way) for way in ways if facts_of(way) <= named]
    for fact in sorted(named - frozenset().union(*gone)):
        wider = sorted(
            (facts_of(way) for way in ways if fact in facts_of(way)), key=lambda it: (len(it), sorted(it))
        )
        if wider:
            others = tuple(quoted(name) for name in sorted(wider[0] - named))
            yield (
                passage,
                say(
                    "changing or proving {fact} alone obtains nothing: it also takes {others}",
                    fact=quoted(fact),
                    others=others,
                ),
            )
        else:
            yield passage, say("no change and no proof of {fact} obtains that", fact=quoted(fact))


def _in_vain(passage: Passage, found: Recourse, known: Background) -> Iterable[tuple[Passage, Said]]:
    yield from ((passage, doubt) for doubt in _ways_out(found))
    turning = turning_facts(known)
    for fact in passage.pointer.facts:
        if fact not in turning:
            said = say(
                "{fact} is not what the decision turns on, or the addressee can change it", fact=quoted(fact)
            )
            yield passage, said


def _ways_out(found: Recourse) -> Iterable[Said]:
    """That there is a way out, with the facts that the cheapest one takes."""
    for way in own_ways(found)[:1]:
        facts = tuple(quoted(name) for name in sorted(facts_of(way)))
        yield say("by the case the measure is lifted by changing or proving {facts}", facts=facts)


def _left_out(
    stated: Sequence[Passage], found: Recourse, known: Background
) -> Iterable[tuple[Passage, Said]]:
    """A way to a person only, where there is a way out; or not saying that there is none, and why."""
    told = {passage.pointer.recourse for passage in stated}
    if own_ways(found):
        if Prospect.RELEASE not in told:
            yield from ((stated[0], doubt) for doubt in _ways_out(found))
        return
    vain = [passage for passage in stated if passage.pointer.recourse is Prospect.NONE]
    if not vain:
        yield stated[0], NOT_IN_VAIN
        return
    named = {name for passage in vain for name in passage.pointer.facts}
    for fact in turning_facts(known):
        if fact not in named:
            yield vain[0], say("it leaves out {fact}, on which the decision turns as well", fact=quoted(fact))
