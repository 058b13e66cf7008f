"""The data that are given, looked at before anything is made of them: files, columns, digests, and the known time."""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.bulk.model import Asked
from adjudge.bulk.scan import has_whole_times
from adjudge.interchange.tables.layout import CLAIMS, SUBJECTS
from adjudge.interchange.tables.validate import look_at_files


@dataclass(frozen=True, slots=True)
class Given:
    """Data whose files are those of which the manifest speaks. `digests` are those of the tables that are read.

    `has_whole_times` is as `adjudge.bulk.scan` says of the claims.
    """

    known_at: Instant
    digests: Mapping[str, str]
    has_whole_times: bool


def look_at(asked: Asked, log: ProblemLog) -> Given | None:
    """Look at the tables that are read; None with problems."""
    manifest = look_at_files(asked.data, (SUBJECTS, CLAIMS), log)
    if manifest is None or log.refuses:
        return None
    if asked.known_at is not None and asked.known_at > manifest.known_at:
        message = say(
            "the data are as known at {known}, and cannot say what was known at {asked}",
            known=str(manifest.known_at),
            asked=str(asked.known_at),
        )
        hint = say("leave `--known-at`, or export the data anew")
        log.add("bad-value", message, where=str(asked.data), hint=hint)
        return None
    digests = {table.name: manifest.tables[table.name].digest for table in (SUBJECTS, CLAIMS)}
    return Given(manifest.known_at, digests, has_whole_times(asked.data / CLAIMS.file))
