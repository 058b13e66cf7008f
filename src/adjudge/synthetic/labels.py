"""By what invented rows say of themselves that they are invented: ids, kinds, titles and remarks.

A manifest can be lost, and rows be copied out of their folder; so every row says it again.
"""

from pathlib import Path

from adjudge.interchange.tables.layout import DOCUMENTS
from adjudge.interchange.tables.manifest import Manifest
from adjudge.interchange.tables.parquet import connected, exactly

MARK = "synthetic-"
"""Before every id and origin."""
KIND = "synthetic_"
"""Before every kind of document."""
NOTE = (
    '{"en":"Synthetic: invented by `adjudge synth`, about nobody.",'
    '"fr":"Synthétique : inventé par `adjudge synth`, ne vise personne."}'
)
DIGITS = 10


def identified(what: str, number: str) -> str:
    """The id of a thing by its number, as SQL: of one length each, so that their order is that of the numbers."""
    return f"'{MARK}{what}-' || substr(({10**DIGITS} + {number})::VARCHAR, 2)"


def is_synthetic(folder: Path, manifest: Manifest) -> bool:
    """Whether a sound export is invented, by its manifest or by one of its documents."""
    if manifest.synthetic is not None:
        return True
    with connected() as connection:
        query = "SELECT 1 FROM read_parquet($path) WHERE starts_with(kind, $kind) LIMIT 1"
        parts = {"path": exactly(folder / DOCUMENTS.file), "kind": KIND}
        return bool(connection.execute(query, parts).fetchall())
