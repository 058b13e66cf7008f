"""A population folder as tables of the layout `adjudge-data/1`, without any institution, for engines over columns.

Decisions stay behind, and the manifest counts them. A population knows kinds of measures and perhaps a month; the
layout wants the matter, the sealed version and the instant of each, which nobody told.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from adjudge.app.population_files import load_population
from adjudge.basis.digest import digest_of_stream
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import FIRST, Instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say
from adjudge.evidence.case import Party
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables.cells import Cells
from adjudge.interchange.tables.from_files import claim_row, document_row, subject_content
from adjudge.interchange.tables.layout import CLAIMS, DOCUMENTS, MANIFEST, SUBJECTS, TABLES, Table
from adjudge.interchange.tables.manifest import FromPopulation, Listed, Manifest, manifest_text
from adjudge.interchange.tables.parquet import TableWriter
from adjudge.interchange.tables.to_cells import claim_cells, document_cells, subject_cells
from adjudge.population.model import Population


def tables_of_population(
    folder: Path,
    out: Path,
    log: ProblemLog,
    *,
    known_at: Instant | None = None,
    policies: Path | None = None,
) -> Manifest | None:
    """Write the tables of a population folder into `out`, which is made if it is not there; None with problems.

    As known at a time; without one as of the last that its files know, so that any earlier one can be asked about.
    """
    population = population_for_tables(folder, log, policies)
    if population is None:
        return None
    out.mkdir(parents=True, exist_ok=True)
    return write_tables(population, out, known_at)


def population_for_tables(folder: Path, log: ProblemLog, policies: Path | None = None) -> Population | None:
    """A population that fits into the layout; None with problems."""
    population = load_population(folder, log, policies)
    if population is None or not _fits(population, folder, log):
        return None
    return population


def last_known(population: Population) -> Instant:
    """When the files know all that they say: the day of the population, or that of its last claim or withdrawal."""
    told = [claim.recorded_at for claim in population.claims]
    told += [claim.withdrawn_at for claim in population.claims if claim.withdrawn_at is not None]
    return max(population.file.as_of, *told, FIRST)


def write_tables(population: Population, out: Path, asked: Instant | None = None) -> Manifest:
    """Write the tables and their manifest into a folder that is nobody else's."""
    known_at = asked if asked is not None else last_known(population)
    claims = [claim for claim in population.claims if claim.recorded_at <= known_at]
    rows = {
        SUBJECTS.name: _subjects(population, claims),
        DOCUMENTS.name: _documents(population, claims),
        CLAIMS.name: (claim_cells(claim_row(claim), [population.vocabulary], known_at) for claim in claims),
    }
    manifest = Manifest(
        known_at=known_at,
        policy=population.file.policy,
        tables={table.name: _write(out, table, rows.get(table.name, ())) for table in TABLES},
        log_size=0,
        checkpoint="",
        population=FromPopulation(
            id=population.file.id,
            as_of=population.file.as_of,
            decisions_left_out=len(population.decisions),
        ),
    )
    (out / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return manifest


def _write(out: Path, table: Table, rows: Iterable[Cells]) -> Listed:
    with TableWriter(out, table) as writer:
        for cells in rows:
            writer.add(cells)
    with (out / table.file).open("rb") as stream:
        return Listed(rows=writer.rows, digest=digest_of_stream(stream))


def _subjects(population: Population, claims: Iterable[Claim]) -> Iterator[Cells]:
    """The subjects, and the advertisers that only an ad or a claim names: the layout has a row for all that are."""
    parties = {party.subject.id: party for party in population.file.parties}
    named = {claim.subject for claim in claims} | {_owner(party.subject) for party in parties.values()}
    for name in named - parties.keys():
        parties[name] = Party(subject=Subject(id=name, kind=Kind.ADVERTISER), title={})
    for name, party in parties.items():
        yield subject_cells(name, party.subject.kind.value, _owner(party.subject), subject_content(party))


def _owner(subject: Subject) -> SubjectId:
    """Whose it is: an advertiser is its own."""
    return subject.advertiser or subject.id


def _documents(population: Population, claims: Iterable[Claim]) -> Iterator[Cells]:
    """Those on which a claim rests."""
    named = {claim.document for claim in claims}
    return (document_cells(document_row(item)) for key, item in population.documents.items() if key in named)


def _fits(population: Population, folder: Path, log: ProblemLog) -> bool:
    """Whether the layout has room for all claims; a problem for each for which it has not."""
    known = {subject.id for subject in population.subjects}
    for claim in population.claims:
        if claim.subject not in known and claim.fact.startswith(f"{Kind.AD.value}."):
            # Of an advertiser its id is enough; of an ad nobody could say whose it is.
            message = say("the population holds no subject {subject}", subject=quoted(claim.subject))
            hint = say("add it to the subjects of the population")
            log.add("unknown-subject", message, claim.span, where=str(folder), hint=hint)
        if claim.withdrawn_at is not None and claim.withdrawn_at < claim.recorded_at:
            message = say("the claim was withdrawn before it was recorded")
            hint = say("correct one of the two, or remove the claim, which counts at no time")
            log.add("reversed-interval", message, claim.span, where=str(folder), hint=hint)
    return not log.refuses
