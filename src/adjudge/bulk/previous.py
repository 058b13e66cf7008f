"""Outcomes of an earlier run, from which a later one takes what has not changed."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.digest import digest_of_stream
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said, say
from adjudge.bulk.evaluating import PART
from adjudge.bulk.evidence import FEWEST, FILE, MOST, hashed_by
from adjudge.bulk.manifest import MANIFEST, read_outcomes
from adjudge.bulk.model import EvidenceWritten, PartWritten, Written
from adjudge.bulk.parts import part_name
from adjudge.bulk.question import Question
from adjudge.engines.bulk.outcomes import FLAGS
from adjudge.engines.bulk.packing import words_for
from adjudge.interchange.tables.parquet import exactly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EVERYTHING = say("leave `--since`, and everything is evaluated")


@dataclass(frozen=True)
class Previous:
    """A folder of outcomes that are whole, and how its hashes of evidence are made."""

    folder: Path
    written: Written
    evidence: EvidenceWritten

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each rule stands in it."""
        return {str(rule.rule): place for place, rule in enumerate(self.written.rules)}

    @property
    def identity(self) -> str:
        """What tells it apart from any other: the digest of its evidence, and of all its parts."""
        return " ".join((self.evidence.digest, *(part.digest for part in self.written.parts)))

    def file(self, part: PartWritten) -> Path:
        """The file of a part."""
        return self.folder / part.file

    @property
    def files(self) -> list[str]:
        """All of its parts, in their order."""
        return [exactly(self.file(part)) for part in self.written.parts]

    def changed_rules(self, question: Question) -> set[str]:
        """The rules that are new in a question, or mean something else there."""
        meant = {str(rule.rule): rule.meaning for rule in self.written.rules}
        return {rule for rule, meaning in question.meanings.items() if meant.get(rule) != meaning}


def look_at_previous(folder: Path, log: ProblemLog) -> Previous | None:
    """Read it, and look whether its files are those of which it speaks; None with problems."""
    written = read_outcomes(folder, log)
    if written is None:
        return None
    if written.evidence is None:
        message = say("the folder does not say what was claimed of whom")
        hint = say(
            "it is of an earlier version of Adjudge: leave `--since`, and the new folder can be built on"
        )
        log.add("not-data", message, where=str(folder), hint=hint)
        return None
    if not _hangs_together(written, written.evidence):
        message = say("the manifest contradicts itself")
        log.add("altered-data", message, where=str(folder / MANIFEST), hint=_EVERYTHING)
        return None
    files = ((FILE, written.evidence.digest), *((part.file, part.digest) for part in written.parts))
    for file, digest in files:
        if not _is_whole(folder / file, digest):
            message = say("the file is missing, or not as it was written")
            log.add("altered-data", message, where=str(folder / file), hint=_EVERYTHING)
    return None if log.refuses else Previous(folder, written, written.evidence)


def _hangs_together(written: Written, evidence: EvidenceWritten) -> bool:
    """Whether files, rows, rules and buckets are as a run writes them. What the files hold, digests tell."""
    parts, buckets, rules = written.parts, evidence.buckets, [rule.rule for rule in written.rules]
    starts = range(0, written.subjects, PART) if written.subjects > 0 else (0,)
    return (
        len(parts) == len(starts)
        and all(part.file == part_name(number) for number, part in enumerate(parts))
        and [part.rows for part in parts] == [min(PART, written.subjects - start) for start in starts]
        and rules == sorted(set(rules))
        and evidence.file == FILE
        and FEWEST <= buckets <= MOST
        and not buckets & (buckets - 1)
    )


def _is_whole(path: Path, digest: str) -> bool:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as stream:
            return digest_of_stream(stream) == digest
    except OSError:
        return False


def has_columns(db: "DuckDBPyConnection", previous: Previous) -> bool:
    """Whether its files have the columns of which their manifest speaks."""
    import duckdb  # noqa: PLC0415 - loaded where tables are read or written, and nowhere else

    written = previous.written
    outcomes = dict(outcome_columns(len(written.rules), pairs=written.pairs))
    files = [
        (previous.folder / FILE, _EVIDENCE),
        *((previous.file(part), outcomes) for part in written.parts),
    ]
    try:
        return all(
            {str(row[0]): str(row[1]) for row in db.execute(_DESCRIBE, [exactly(path)]).fetchall()} == columns
            for path, columns in files
        )
    except duckdb.Error:
        return False


_DESCRIBE = "DESCRIBE SELECT * FROM read_parquet(?)"
_EVIDENCE = {"bucket": "UINTEGER", "said": "UBIGINT", "claims": "UINTEGER"}


def outcome_columns(rules: int, *, pairs: bool) -> Iterator[tuple[str, str]]:
    """The columns of a file of outcomes, with their types."""
    yield from ((name, "VARCHAR") for name in ("subject", "kind", "advertiser"))
    yield from ((f"verdicts_{number}", "UBIGINT") for number in range(words_for(rules)))
    yield from ((f"measures_{number}", "UBIGINT") for number in range(-(-rules // FLAGS)))
    yield from ((name, "BOOLEAN") for name in ("referred", "failed"))
    yield from ((f"pair_{number}", "UTINYINT") for number in range(rules if pairs else 0))


def why_all(previous: Previous, question: Question) -> Said | None:
    """Why nothing of it can be taken, before anything is looked at; None if something can."""
    if previous.evidence.hashed_by != hashed_by():
        return say("the earlier outcomes were made with another version of DuckDB")
    if question.asked.pairs and not previous.written.pairs:
        return say("the earlier outcomes are without the weights of rules")
    if len(previous.changed_rules(question)) == len(question.rules):
        return say("no rule is as it was")
    return None
