"""All of which anything public could be told of some decisions, by one question of each kind for all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from adjudge.institution.versions import package_of
from adjudge.language.package import Package
from adjudge.matters.proposal import Departing, proposal_from
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealRow,
    ClockRow,
    ClockState,
    DecisionRow,
    MeasureRow,
    ProcedureRow,
)
from adjudge.records.shelf import (
    APPEALS,
    CLAIMS,
    CLOCKS,
    DECISIONS,
    DOCUMENTS,
    MATTERS,
    MEASURES,
    PROCEDURES,
    REPLIES,
    SUBJECTS,
    VERSIONS,
)
from adjudge.redaction.redact import PUBLIC, Material
from adjudge.redaction.terms import Terms, terms_of


def terms_now(records: Reading) -> Terms:
    """The terms of the register as they are settled."""
    return terms_of((records.get(PROCEDURES, "procedure") or ProcedureRow()).public)


def gathered(records: Reading, rows: Sequence[DecisionRow]) -> Sequence[Material]:
    """What there is of each of some decisions, in their order; those that were never issued are left out."""
    rows = [row for row in rows if row.state in PUBLIC and row.issued_at is not None]
    if not rows:
        return ()
    ids = [row.id for row in rows]
    measures, appeals, missed = _of_decisions(records, ids)
    subjects = records.get_many(SUBJECTS, _named(rows, lambda row: (row.subject, row.advertiser)))
    claims = records.get_many(CLAIMS, _named(rows, lambda row: (*row.grounds, *row.contrary)))
    documents = records.get_many(DOCUMENTS, sorted({row.document for row in claims.values() if row.document}))
    matters = records.get_many(MATTERS, _named(rows, lambda row: (row.matter,)))
    replies, later, packages = records.get_many(REPLIES, ids), _later(records, rows), _packages(records)
    return [
        Material(
            decision=row,
            package=packages(row.package),
            territory=matters[row.matter].territory if row.matter in matters else "",
            source=matters[row.matter].source if row.matter in matters else "",
            departs=_departs(row),
            subject=subjects.get(row.subject),
            advertiser=subjects.get(row.advertiser),
            measures=measures[row.id],
            appeals=appeals[row.id],
            missed=missed[row.id],
            claims=claims,
            documents=documents,
            superseded_by=later.get(row.id, ""),
            reply=replies.get(row.id),
        )
        for row in rows
    ]


def _of_decisions(
    records: Reading, ids: Sequence[str]
) -> tuple[
    Mapping[str, Sequence[MeasureRow]], Mapping[str, Sequence[AppealRow]], Mapping[str, Sequence[ClockRow]]
]:
    measures, appeals, missed = defaultdict(list), defaultdict(list), defaultdict(list)
    for measure in records.find_any(MEASURES, "decision", ids):
        measures[measure.decision].append(measure)
    for appeal in records.find_any(APPEALS, "decision", ids):
        appeals[appeal.decision].append(appeal)
    for clock in records.find_any(CLOCKS, "decision", ids):
        if clock.state is ClockState.RAN_OUT:
            missed[clock.decision].append(clock)
    return measures, appeals, missed


def _named(rows: Iterable[DecisionRow], names: Callable[[DecisionRow], Iterable[str]]) -> list[str]:
    return sorted({name for row in rows for name in names(row)})


def _later(records: Reading, rows: Iterable[DecisionRow]) -> Mapping[str, str]:
    """By decision the one that took its place."""
    same = records.find_any(DECISIONS, "subject", sorted({row.subject for row in rows}))
    return {item.supersedes: item.id for item in reversed(same) if item.supersedes and item.state in PUBLIC}


def _packages(records: Reading) -> Callable[[str], Package | None]:
    """The version of a policy by its digest, each read once."""

    @cache
    def found(digest: str) -> Package | None:
        row = records.get(VERSIONS, digest)
        return package_of(row.text) if row is not None else None

    return found


def _departs(row: DecisionRow) -> str:
    departing = proposal_from(row.proposal).departing
    return "" if departing is Departing.NOT else departing.value
