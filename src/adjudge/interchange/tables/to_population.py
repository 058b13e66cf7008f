"""Tables of the layout `adjudge-data/1` as a population, so that reach and like cases are asked of them as of a folder.

Each claim becomes an object: fit for as many as memory holds. What is too large is refused with where to ask instead.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.evidence.case import Party
from adjudge.facts.claim import Subject
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.interchange.incoming.filling import Object
from adjudge.interchange.tables.claims import Export
from adjudge.interchange.tables.layout import CLAIMS, DECISIONS, MANIFEST, MEASURES, SUBJECTS, TABLES, Table
from adjudge.interchange.tables.manifest import Manifest
from adjudge.interchange.tables.parquet import read_rows
from adjudge.interchange.tables.to_objects import object_of
from adjudge.interchange.tables.validate import look_at_files
from adjudge.language.package import MeasureKind
from adjudge.population.model import Decided, DecisionStatus, Population, PopulationFile

MOST_CLAIMS = 2_000_000


def is_data(folder: Path) -> bool:
    """Whether a folder holds tables, by its manifest."""
    return (folder / MANIFEST).is_file()


def population_of_tables(folder: Path, vocabulary: Vocabulary, log: ProblemLog) -> Population | None:
    """The population of a folder of tables, its claims read by a vocabulary; None with problems.

    Raises RefusedError where a claim cannot be read.
    """
    manifest = look_at_files(folder, TABLES, log)
    if manifest is None or log.refuses or _is_too_large(folder, manifest, log):
        return None
    export = Export(folder)
    claims = tuple(export.claims(vocabulary, {str(name) for name in vocabulary.facts}))
    documents = export.documents({str(claim.document) for claim in claims if claim.document})
    return Population(
        file=_file(folder, manifest),
        vocabulary=vocabulary,
        documents=documents,
        claims=claims,
        decisions=_decisions(folder, manifest.known_at),
    )


def _is_too_large(folder: Path, manifest: Manifest, log: ProblemLog) -> bool:
    rows = manifest.tables[CLAIMS.name].rows
    if rows <= MOST_CLAIMS:
        return False
    message = say(
        "the data hold {rows} claims, more than the {most} that are read here", rows=rows, most=MOST_CLAIMS
    )
    hint = say(
        "ask `adjudge bulk` for the verdicts of everybody, or `adjudge backtest` for what a version would do"
    )
    log.add("too-many-claims", message, where=str(folder), hint=hint)
    return True


def _file(folder: Path, manifest: Manifest) -> PopulationFile:
    """What a population file would say of itself. Nobody has written a title for an export."""
    made = manifest.population
    return PopulationFile(
        id=made.id if made is not None else folder.resolve().name,
        title={},
        summary={},
        policy=manifest.policy,
        as_of=made.as_of if made is not None else manifest.known_at,
        parties=tuple(_parties(folder)),
        dimensions=(),
        documents="documents.parquet",
        claims=CLAIMS.file,
        decisions=DECISIONS.file,
    )


def _objects(folder: Path, table: Table) -> Iterator[Object]:
    for row in read_rows(folder / table.file, table):
        yield object_of(row, table, ProblemLog())


def _parties(folder: Path) -> Iterator[Party]:
    for item in _objects(folder, SUBJECTS):
        kind, owner = Kind(str(item["kind"])), item.get("advertiser")
        title = item.get("title")
        yield Party(
            subject=Subject(
                id=SubjectId(str(item["id"])),
                kind=kind,
                advertiser=SubjectId(str(owner)) if kind is Kind.AD and owner else None,
            ),
            title={key: str(text) for key, text in title.items()} if isinstance(title, dict) else {},
            hypothetical=bool(item.get("hypothetical")),
        )


# --- decisions ---


def _decisions(folder: Path, known_at: Instant) -> Mapping[SubjectId, Decided]:
    """By subject the last decision that nothing has superseded, with those of its measures that were not lifted."""
    measures: dict[str, list[Object]] = defaultdict(list)
    for item in _objects(folder, MEASURES):
        measures[str(item["decision"])].append(item)
    found: dict[SubjectId, Decided] = {}
    rows = [item for item in _objects(folder, DECISIONS) if item.get("in_force")]
    for item in sorted(rows, key=lambda item: _at(item, "issued_at") or known_at):
        subject = SubjectId(str(item["subject"]))
        found[subject] = _decided(subject, item, measures[str(item["id"])])
    return found


def _decided(subject: SubjectId, decision: Object, measures: list[Object]) -> Decided:
    kinds = {MeasureKind(str(item["kind"])) for item in measures}
    ends = [_earlier(_at(item, "lifted_at"), _at(item, "end")) for item in measures]
    over = [end for end in ends if end is not None]
    return Decided(
        subject=subject,
        measures=tuple(sorted(kinds, key=lambda kind: kind.severity)),
        status=DecisionStatus.VERIFIED,
        since=_at(decision, "issued_at"),
        until=max(over) if measures and len(over) == len(ends) else None,
    )


def _at(item: Object, name: str) -> Instant | None:
    text = item.get(name)
    return parse_timestamp(text) if isinstance(text, str) else None


def _earlier(one: Instant | None, other: Instant | None) -> Instant | None:
    known = [at for at in (one, other) if at is not None]
    return min(known) if known else None
