"""Files of outcomes, one for each part: written beside their place and moved there whole, with what was counted."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from adjudge.basis.digest import digest_of_stream
from adjudge.basis.ids import RuleId
from adjudge.bulk.evaluating import PART, FailureKey, PartOutcomes
from adjudge.bulk.model import PartWritten
from adjudge.outcome import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GROUP = 65_536
_COUNTED = ".counted.json"


def part_name(number: int) -> str:
    """The file of a part."""
    return f"part-{number:05d}.parquet"


class Part:
    """A part that is done: its file, and what was counted of it."""

    def __init__(
        self,
        written: PartWritten,
        referred: int,
        verdicts: dict[RuleId, dict[Verdict, int]],
        failures: dict[FailureKey, int],
    ) -> None:
        """Counted by whoever evaluated it."""
        self.written, self.referred = written, referred
        self.verdicts, self.failures = verdicts, failures


def write_part(
    db: "DuckDBPyConnection", folder: Path, number: int, found: PartOutcomes, kept: Path | None = None
) -> Part:
    """Write the outcomes of a part, and then what was counted, by which the part is known to be done.

    `kept` is a file that is known to hold just these.
    """
    size, name = len(found.failed), part_name(number)
    columns = found.named
    temporary = folder / f".{name}"
    if kept is not None:
        shutil.copyfile(kept, temporary)
    else:
        _copy(db, number, size, columns, temporary)
    with temporary.open("rb") as stream:
        digest = digest_of_stream(stream)
        os.fsync(stream.fileno())
    temporary.replace(folder / name)
    part = Part(
        PartWritten(file=name, rows=size, digest=digest),
        found.referred,
        found.verdicts,
        found.failures,
    )
    _write_counted(folder, part)
    return part


def _copy(
    db: "DuckDBPyConnection", number: int, size: int, columns: Mapping[str, npt.NDArray[np.generic]], to: Path
) -> None:
    chosen = ", ".join(f"o.{column}" for column in columns)
    view = f"outcomes_{number}"
    db.register(view, dict(columns))
    try:
        db.execute(
            "COPY (SELECT s.id AS subject, CASE WHEN s.is_ad THEN 'ad' ELSE 'advertiser' END AS kind, "  # noqa: S608
            f"s.advertiser, {chosen} FROM (SELECT id, is_ad, advertiser FROM s "
            f"WHERE row >= {number * PART} AND row < {number * PART + size} ORDER BY row) s "
            f"POSITIONAL JOIN {view} o) TO {_quoted(to)} "
            f"(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {_GROUP})"
        )
    finally:
        db.unregister(view)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _write_counted(folder: Path, part: Part) -> None:
    form = {
        "rows": part.written.rows,
        "digest": part.written.digest,
        "referred": part.referred,
        "verdicts": {rule: {v.value: n for v, n in counts.items()} for rule, counts in part.verdicts.items()},
        "failures": [[*key, count] for key, count in part.failures.items()],
    }
    place = folder / (part.written.file + _COUNTED)
    temporary = place.with_name(f".{place.name}")
    temporary.write_text(json.dumps(form), encoding="utf-8")
    temporary.replace(place)


def done_part(folder: Path, number: int) -> Part | None:
    """A part that an earlier run has finished: its file is there, and is that of which was counted."""
    name = part_name(number)
    try:
        form = json.loads((folder / (name + _COUNTED)).read_text(encoding="utf-8"))
        with (folder / name).open("rb") as stream:
            if digest_of_stream(stream) != form["digest"]:
                return None
        return Part(
            PartWritten(file=name, rows=form["rows"], digest=form["digest"]),
            form["referred"],
            {
                RuleId(rule): {Verdict(name): count for name, count in counts.items()}
                for rule, counts in form["verdicts"].items()
            },
            {
                (RuleId(rule), part, start, end, reason): count
                for rule, part, start, end, reason, count in form["failures"]
            },
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_counts(folder: Path) -> None:
    """Remove what was noted beside the parts: the manifest says it."""
    for path in folder.glob(f"*{_COUNTED}"):
        path.unlink()
