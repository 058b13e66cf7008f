"""The data that a backtest is given: tables, looked at before anything is counted, or a population made into tables."""

from dataclasses import dataclass
from pathlib import Path

from adjudge.app.folders import POPULATION
from adjudge.basis.digest import Json, digest_of
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.interchange.tables.claims import Export
from adjudge.interchange.tables.from_population import tables_of_population
from adjudge.interchange.tables.layout import LAYOUT, TABLES
from adjudge.interchange.tables.manifest import Manifest
from adjudge.interchange.tables.validate import look_at_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Sound tables. `digest` is that of all their digests, so that it is that of what they hold."""

    export: Export
    known_at: Instant
    digest: str


def open_data(folder: Path, spill: Path, log: ProblemLog) -> Data | None:
    """The data of a folder; None with problems. A population is made into tables in the folder `spill` first."""
    place = folder
    if (folder / POPULATION).is_file():
        place = spill / "tables"
        tables_of_population(folder, place, log)
        if log.refuses:
            return None
    manifest = look_at_files(place, TABLES, log)
    if manifest is None or log.refuses:
        return None
    return Data(export=Export(place), known_at=manifest.known_at, digest=_digest(manifest))


def _digest(manifest: Manifest) -> str:
    listed: dict[str, Json] = {name: item.digest for name, item in sorted(manifest.tables.items())}
    return str(digest_of({"layout": LAYOUT, "tables": listed}))


def check_known_at(data: Data, known_at: Instant | None, log: ProblemLog) -> None:
    """Data cannot say what came to be known after them."""
    if known_at is None or known_at <= data.known_at:
        return
    message = say(
        "the data are as known at {known}, and cannot say what was known at {asked}",
        known=str(data.known_at),
        asked=str(known_at),
    )
    hint = say("leave `--known-at`, or export the data anew")
    log.add("bad-value", message, where=str(data.export.folder), hint=hint)
