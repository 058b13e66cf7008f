"""Writes an invented population into a folder: its tables one after another, then the manifest that says what it is."""

from pathlib import Path

from adjudge.basis.digest import digest_of_stream
from adjudge.interchange.tables import layout
from adjudge.interchange.tables.manifest import Invented, Listed, Manifest, manifest_text
from adjudge.interchange.tables.parquet import connected, exactly
from adjudge.synthetic.evidence import write_claims, write_documents
from adjudge.synthetic.model import Wanted
from adjudge.synthetic.outcomes import write_decisions
from adjudge.synthetic.people import write_spend, write_subjects
from adjudge.synthetic.pool import make_pool


def write_population(wanted: Wanted, folder: Path) -> Manifest:
    """Write a population into an empty folder that is nobody else's yet."""
    with connected(folder) as db:
        # Rows are streamed in the order of their numbers: the values are what is looked up, however few the claims.
        db.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        facts = make_pool(db, wanted)
        write_subjects(db, folder, wanted)
        write_documents(db, folder, wanted)
        write_claims(db, folder, wanted, facts)
        write_spend(db, folder, wanted)
        write_decisions(db, folder, wanted)
        listed = {
            table.name: Listed(rows=_rows(folder / table.file), digest=_digest(folder / table.file))
            for table in layout.TABLES
        }
    manifest = Manifest(
        known_at=wanted.known_at,
        policy=wanted.package.id if wanted.package is not None else "",
        tables=listed,
        log_size=0,
        checkpoint="",
        synthetic=Invented(
            seed=wanted.seed,
            subjects=wanted.subjects,
            claims=wanted.claims,
            ads_per_advertiser=wanted.ads_per_advertiser,
            vocabulary=f"{wanted.vocabulary.name}@{wanted.vocabulary.version}",
        ),
    )
    (folder / layout.MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return manifest


def _rows(path: Path) -> int:
    with connected() as db:
        found = db.execute("SELECT count(*) FROM read_parquet($path)", {"path": exactly(path)}).fetchall()
    return int(found[0][0])


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return digest_of_stream(stream)
