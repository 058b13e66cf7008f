"""Recourse found again by trying everything, with the spec as the only judge, and by answer sets over the clauses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from math import prod

import clingo

from adjudge.outcome import Outcome, Verdict
from adjudge.recourse.action import Action, Power, Proof, action_key, power_of
from adjudge.recourse.encode import Encoding
from adjudge.recourse.question import Question
from adjudge.recourse.spot import UNCHAINED
from adjudge.recourse.survey import Place, Survey
from adjudge.recourse.verify import Tried, Verifier

Actions = tuple[Action, ...]


def places(survey: Survey) -> list[Place]:
    """Every spot at which something can be done."""
    ranged = [place for found in survey.ranged.values() for place in (*found.places, found.closed)]
    return [place for place in (*survey.singles.values(), *ranged) if len(place.kept) > 1]


def combinations_of(survey: Survey) -> int:
    """How many sets of actions there are to try."""
    return prod(len(place.kept) for place in places(survey))


def every_way(survey: Survey, now: Tried) -> set[Actions]:
    """All ways by trying every set: minimal ones, and heavier claims where only these obtain a release."""
    where = places(survey)
    verifier = Verifier(survey.question)
    reached: dict[tuple[int, ...], bool] = {}
    for chosen in product(*(sorted(place.kept) for place in where)):
        tried = verifier.after(_actions(where, chosen))
        if verifier.reaches(tried) and reaches(survey.question, now, tried):
            reached[chosen] = _is_release(now.everywhere, tried.everywhere, survey)
    releases = [chosen for chosen, release in reached.items() if release]
    least = _minimal(list(reached), where)
    heavier = [
        chosen for chosen in _minimal(releases, where) if not any(p in reached for p in _parts(chosen))
    ]
    return {_actions(where, chosen) for chosen in (*least, *heavier)}


def reaches(question: Question, now: Tried, tried: Tried) -> bool:
    """Whether no measure is too severe where it is asked, and nowhere one that did not apply there before."""
    before = set(now.everywhere.measures)
    severe = [item for item in tried.everywhere.measures if question.is_too_severe(item[1])]
    here = [kind for _, kind in tried.here.measures if question.is_too_severe(kind)]
    return not here and set(severe) <= before


def _actions(where: Sequence[Place], chosen: Sequence[int]) -> Actions:
    actions = (place.kept[number] for place, number in zip(where, chosen, strict=True))
    return tuple(sorted((action for action in actions if action is not None), key=action_key))


def _is_release(now: Outcome, after: Outcome, survey: Survey) -> bool:
    exemptions = {rule.id for rule in survey.question.everywhere if rule.kind.value == "exemption"}
    old = {item.rule for item in now.rules if item.verdict is Verdict.CONTESTED}
    new = {item.rule for item in after.rules if item.verdict is Verdict.CONTESTED}
    return not (new - old - exemptions)


def _minimal(found: Sequence[tuple[int, ...]], where: Sequence[Place]) -> list[tuple[int, ...]]:
    return [
        one for one in found if not any(other != one and _is_within(other, one, where) for other in found)
    ]


def _is_within(one: Sequence[int], other: Sequence[int], where: Sequence[Place]) -> bool:
    """Whether everything in one is in the other, or is a lighter form of a claim in it."""
    return all(a in {0, b} or _is_lighter(place, a, b) for a, b, place in zip(one, other, where, strict=True))


def _is_lighter(place: Place, one: int, other: int) -> bool:
    first, second = place.kept[one], place.kept[other]
    if not isinstance(first, Proof) or not isinstance(second, Proof):
        return False
    same = place.chains[one] == place.chains[other] != UNCHAINED
    return same and first.weight < second.weight


def _parts(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """What is left if one or more actions are left out."""
    done = [place for place, number in enumerate(chosen) if number]
    for size in range(len(done)):
        for kept in combinations(done, size):
            yield tuple(number if place in kept else 0 for place, number in enumerate(chosen))


# --- clingo ---


def minimal_by_clingo(encoding: Encoding) -> set[frozenset[int]]:
    """The minimal sets of parts that satisfy the clauses without asking for a release, by clingo's domain heuristic."""
    control = clingo.Control(["0", "--heuristic=Domain", "--enum-mode=domRec"], logger=lambda *_: None)
    parts = [part.variable for part in encoding.parts]
    control.add("base", [], "\n".join(_program(encoding, parts)))
    control.ground([("base", [])])
    found: set[frozenset[int]] = set()
    with control.solve(yield_=True) as handle:
        for model in handle:
            true = {symbol.arguments[0].number for symbol in model.symbols(atoms=True) if symbol.name == "v"}
            parts_of_model = frozenset(true & set(parts))
            # Where the clauses fix every part, clingo has nothing to record and repeats the one set that there is.
            if parts_of_model in found:
                break
            found.add(parts_of_model)
    return found


def _program(encoding: Encoding, parts: Iterable[int]) -> Iterator[str]:
    if encoding.clauses.count:
        yield f"{{ v(1..{encoding.clauses.count}) }}."
    for clause in [*encoding.clauses.found, [-encoding.release]]:
        yield ":- " + ", ".join(f"not v({n})" if n > 0 else f"v({-n})" for n in clause) + "."
    for part in parts:
        yield f"#heuristic v({part}). [1,false]"


def own(actions: Actions) -> bool:
    """Whether nobody else has to do anything."""
    return all(power_of(action) is not Power.OTHERS for action in actions)
