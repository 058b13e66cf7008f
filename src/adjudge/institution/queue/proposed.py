"""What a proposal that waits is about to do and still needs, by its own row: nothing is evaluated anew for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from adjudge.basis.ids import RuleId
from adjudge.institution.held_roles import standing_signatures
from adjudge.institution.versions import package_of
from adjudge.language.package import MeasureKind, Rule
from adjudge.matters.departure import measures_left
from adjudge.matters.needs import needs_of
from adjudge.matters.proposal import proposal_from
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow
from adjudge.records.shelf import VERSIONS

NONE = "0"
"""The severity of no measure."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal that waits: how severe it is, whose signatures it still needs, and the appeal that it decides."""

    severity: str
    needs: tuple[str, ...]
    appeal: str


def proposed(records: Reading, row: DecisionRow) -> Proposed:
    """What is known of a proposal."""
    proposal = proposal_from(row.proposal)
    rules = _rules(records, row.package)
    measures = measures_left(rules, _applying(row.outcome.get("outcome")), proposal)
    kinds = [item.measure.kind for item in measures]
    review = [role for rule in dict.fromkeys(item.rule for item in measures) for role in rules[rule].review]
    needs = needs_of(kinds, review, proposal)
    return Proposed(
        severity=severity_of(kinds),
        needs=needs.open(standing_signatures(records, row), row.author),
        appeal=row.appeal,
    )


def _rules(records: Reading, digest: str) -> Mapping[RuleId, Rule]:
    version = records.get(VERSIONS, digest)
    return {rule.id: rule for rule in package_of(version.text).rules} if version is not None else {}


def _applying(outcome: Any) -> Iterable[RuleId]:  # noqa: ANN401 - as it was recorded
    return [RuleId(str(item["rule"])) for item in _measures(outcome)]


def found_severity(outcomes: Any) -> str:  # noqa: ANN401 - as it was recorded
    """The severity of the severest measure among outcomes in their exchange form."""
    listed = outcomes if isinstance(outcomes, list) else []
    return severity_of(MeasureKind(item["kind"]) for outcome in listed for item in _measures(outcome))


def _measures(outcome: Any) -> list[dict[str, str]]:  # noqa: ANN401 - as it was recorded
    found = outcome.get("measures") if isinstance(outcome, dict) else None
    return found if isinstance(found, list) else []


def severity_of(kinds: Iterable[MeasureKind]) -> str:
    """One digit that sorts: `0` for no measure."""
    return str(max((kind.severity + 1 for kind in kinds), default=0))
