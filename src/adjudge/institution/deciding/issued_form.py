"""What an issued decision's entry says of its measures and reasons, from what was found; and a replay's."""

from collections.abc import Iterable

from adjudge.answers.answer import SubjectAnswer
from adjudge.basis.digest import Json
from adjudge.decisions.course import Stretch
from adjudge.matters.gate import applied_rules


def measure_id(decision: str, number: int) -> str:
    """The id of a measure of a decision, which has its number in the order of the entry, counted from 1."""
    return f"{decision}-{number:02d}"


def measures_form(stretches: Iterable[Stretch]) -> list[Json]:
    """Each measure where, from when and until when it applies."""
    return [_measure(stretch) for stretch in stretches]


def _measure(stretch: Stretch) -> dict[str, Json]:
    applied = stretch.applied
    going_on: dict[str, Json] = {"since": str(stretch.since)} if stretch.since is not None else {}
    return {
        **going_on,
        "rule": str(applied.rule),
        "kind": applied.measure.kind.value,
        "territories": list[Json](sorted(applied.territory.names)),
        "all_but": applied.territory.all_but,
        "surfaces": list[Json](sorted(applied.surfaces.names)),
        "surfaces_all_but": applied.surfaces.all_but,
        "start": str(stretch.start),
        "end": str(stretch.end) if stretch.end is not None else "",
    }


def reasons_form(left: SubjectAnswer) -> list[Json]:
    """One entry for each rule that is applied, with its clause and what it rests on; never one text for many."""
    return [
        {
            "rule": item.rule.id,
            "ground": {item.rule.ground.source: item.rule.ground.clause},
            "claims": [str(claim.id) for claim in item.grounds.claims] if item.grounds else [],
            "silent_facts": [str(fact) for fact in item.silent],
            "contrary": [str(contrary.claim.id) for contrary in item.contrary],
        }
        for item in applied_rules(left)
    ]
