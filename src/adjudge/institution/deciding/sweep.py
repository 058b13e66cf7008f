"""Grounds that fall away by themselves: a list's entry ends, a claim's time is over, a version begins, evidence turns.

Nobody acts at that instant, so that it is looked for: decisions in force are evaluated again as of now, and the matters
of those whose rules are no longer met are reopened, once for the same loss. It lifts nothing: a person decides anew.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from adjudge.basis.instant import Instant, day_of
from adjudge.errors import RefusedError
from adjudge.institution.consequences import reopen_by_rule
from adjudge.institution.deciding.cured import keep_from_beginning
from adjudge.institution.house import House, now
from adjudge.institution.material.view import evaluate
from adjudge.institution.own_words import NO_LONGER_MET
from adjudge.outcome import Verdict
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, DecisionState, MatterRow
from adjudge.records.shelf import DECISIONS, MATTERS

EVERYONE = ""
"""In the place of an advertiser: that all are concerned, as they are by a version of a policy."""


@dataclass(frozen=True, slots=True)
class Swept:
    """Up to where one has looked: so many entries, at that instant. Nothing yet, at first."""

    size: int = 0
    at: Instant | None = None


def sweep_grounds(house: House, before: Swept) -> tuple[Swept, tuple[str, ...]]:
    """Look at the decisions that something new concerns, all of them once a day; and those that were reopened.

    Before that, what was cured in time is kept from beginning.
    """
    keep_from_beginning(house, since=before.at)
    with house.records.reading() as records:
        size, at = records.size(), house.clock()
        concerned = _concerned(records, before, size, at)
        fallen = dict(_fallen(records, concerned, at))
    reopened = tuple(decision for decision, lost in fallen.items() if _reopened(house, decision, lost))
    return Swept(size, at), reopened


def _concerned(records: Reading, before: Swept, size: int, at: Instant) -> frozenset[str]:
    """The advertisers of whom the log says something new; everyone after a version, and with each day."""
    if before.at is None or day_of(before.at) != day_of(at):
        return frozenset({EVERYONE})
    new = list(records.entries(before.size, size))
    if any(entry.kind.startswith(("package:", "data:")) for entry in new):
        return frozenset({EVERYONE})
    return frozenset(str(entry.body["advertiser"]) for entry in new if entry.body.get("advertiser"))


def _fallen(
    records: Reading, concerned: frozenset[str], at: Instant
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The decisions in force whose rules are no longer all met, with those rules."""
    issued = DecisionState.ISSUED.value
    everyone = EVERYONE in concerned
    groups = (
        [records.find(DECISIONS, state=issued)]
        if everyone
        else [records.find(DECISIONS, advertiser=item, state=issued) for item in sorted(concerned)]
    )
    by_matter: dict[str, list[DecisionRow]] = {}
    for row in (item for group in groups for item in group if item.rules):
        by_matter.setdefault(row.matter, []).append(row)
    for matter_id, rows in by_matter.items():
        matter = records.get(MATTERS, matter_id)
        about = {row.subject for row in rows}
        met = _met(records, matter, at, about) if matter is not None else {}
        for row in rows:
            lost = tuple(rule for rule in row.rules if rule not in met.get(row.subject, frozenset()))
            if lost:
                yield row.id, lost


def _met(
    records: Reading, matter: MatterRow, at: Instant, about: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """The rules that each of some subjects of a matter meets now; none where no version applies any more."""
    try:
        answer = evaluate(records, matter, at, at, about=about)
    except RefusedError:
        return {}
    return {
        str(item.outcome.subject): frozenset(
            _rules_met((rule.rule, rule.verdict) for rule in item.outcome.rules)
        )
        for item in answer.subjects
    }


def _rules_met(rules: Iterable[tuple[str, Verdict]]) -> Iterator[str]:
    return (str(rule) for rule, verdict in rules if verdict is Verdict.MET)


def _reopened(house: House, decision_id: str, lost: tuple[str, ...]) -> bool:
    """Reopen under the lock, if the decision is still in force."""
    with house.records.writing() as records:
        row = records.get(DECISIONS, decision_id)
        if row is None or row.state is not DecisionState.ISSUED:
            return False
        return reopen_by_rule(records, row, lost, now(house, records), NO_LONGER_MET)
