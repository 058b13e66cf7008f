"""The institution's data as one archive, handed on while it is read from the tables that were written first."""

from collections.abc import Iterator
from pathlib import Path

from adjudge.basis.instant import day_of
from adjudge.institution.data.exporting import Asked, export_data
from adjudge.institution.data.own.zipped import Zipped
from adjudge.institution.house import House
from adjudge.interchange.tables import layout
from adjudge.ledger.signer import Signer
from adjudge.people.actor import Actor

MEDIA_TYPE = "application/zip"
NAME = "adjudge-data.zip"
PIECE = 1_000_000
MANY = 2_000_000_000
"""Bytes above which a file of an archive has a form of its own."""


def exported(house: House, actor: Actor, signer: Signer, folder: Path, asked: Asked) -> Iterator[bytes]:
    """Write the tables into an empty folder at once; then the archive of them, in pieces."""
    manifest = export_data(house, actor, signer, folder, asked)
    archive = Zipped(day_of(manifest.known_at))
    names = [layout.MANIFEST, *(table.file for table in layout.TABLES)]
    return _archived(archive, [folder / name for name in names])


def _archived(archive: Zipped, paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        large = path.stat().st_size > MANY
        yield from (piece for piece in archive.add(path.name, _read(path), is_large=large) if piece)
    yield from archive.end()


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece
