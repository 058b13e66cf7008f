"""Subjects and claims written as a folder in the layout `adjudge-data/1`, without an institution that exports them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from adjudge.basis.digest import digest_of_stream
from adjudge.basis.instant import Instant
from adjudge.facts.claim import Claim, NoOther, Subject
from adjudge.facts.value import exchange_value
from adjudge.facts.vocabulary import Vocabulary
from adjudge.interchange.tables.cells import Cells, time_cells, truth
from adjudge.interchange.tables.layout import MANIFEST, TABLES
from adjudge.interchange.tables.manifest import Listed, Manifest, manifest_text
from adjudge.interchange.tables.parquet import TableWriter
from adjudge.interchange.tables.to_cells import subject_cells
from adjudge.interchange.tables.values import value_cells


def claim_row(claim: Claim, vocabulary: Vocabulary) -> Cells:
    """A claim as an export has it; its document does not matter here."""
    value = claim.value
    content = None if isinstance(value, NoOther) else exchange_value(value)
    return {
        "id": claim.id,
        "subject": claim.subject,
        "fact": claim.fact,
        "stance": claim.stance.value,
        "weight": str(claim.weight),
        "origin": claim.origin,
        "document": "d",
        "none": truth(isinstance(value, NoOther)),
        **value_cells(content, vocabulary.facts.get(claim.fact), vocabulary),  # type: ignore[arg-type]  # as JSON
        **time_cells("holds_from", claim.holds.start),
        **time_cells("holds_to", claim.holds.end),
        **time_cells("recorded_at", claim.recorded_at),
        **time_cells("withdrawn_at", claim.withdrawn_at),
        "place": None,
        "note": None,
        "weight_reason": None,
    }


def subject_row(subject: Subject) -> Cells:
    """A subject as an export has it."""
    return subject_cells(subject.id, subject.kind.value, subject.advertiser or subject.id, {})


def write_tables(folder: Path, rows: Mapping[str, Iterable[Cells]], known_at: Instant) -> Path:
    """The tables, those that are not named without rows, and their manifest."""
    folder.mkdir(parents=True)
    for table in TABLES:
        with TableWriter(folder, table) as writer:
            for row in rows.get(table.name, ()):
                writer.add(row)
    return list_tables(folder, {name: sum(1 for _ in cells) for name, cells in rows.items()}, known_at)


def list_tables(folder: Path, counts: Mapping[str, int], known_at: Instant) -> Path:
    """Write the manifest of tables that are there, with their digests as they are."""
    listed = {}
    for table in TABLES:
        with (folder / table.file).open("rb") as stream:
            listed[table.name] = Listed(rows=counts.get(table.name, 0), digest=digest_of_stream(stream))
    manifest = Manifest(known_at=known_at, policy="", tables=listed, log_size=0, checkpoint="")
    (folder / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return folder


def write_data(
    folder: Path,
    subjects: Iterable[Subject],
    claims: Iterable[Claim],
    vocabulary: Vocabulary,
    known_at: Instant,
) -> Path:
    """Subjects and claims as a folder of data."""
    rows = {
        "subjects": [subject_row(subject) for subject in subjects],
        "claims": [claim_row(claim, vocabulary) for claim in claims],
    }
    return write_tables(folder, rows, known_at)
