"""Outcomes of an earlier run, from which a later one takes what has not changed."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from adjudge.basis.digest import digest_of_stream
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import Said, say
from adjudge.bulk.evidence import hashed_by
from adjudge.bulk.manifest import read_outcomes
from adjudge.bulk.model import EvidenceWritten, PartWritten, Written
from adjudge.bulk.question import Question


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
        return [str(self.file(part)) for part in self.written.parts]

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
    for file, digest in (
        (written.evidence.file, written.evidence.digest),
        *((part.file, part.digest) for part in written.parts),
    ):
        if Path(file).name != file or not _is_whole(folder / file, digest):
            message = say("the file is missing, or not as it was written")
            hint = say("leave `--since`, and everything is evaluated")
            log.add("altered-data", message, where=str(folder / file), hint=hint)
    return None if log.refuses else Previous(folder, written, written.evidence)


def _is_whole(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as stream:
            return digest_of_stream(stream) == digest
    except OSError:
        return False


def why_all(previous: Previous, question: Question) -> Said | None:
    """Why nothing of it can be taken, before anything is looked at; None if something can."""
    if previous.evidence.hashed_by != hashed_by():
        return say("the earlier outcomes were made with another version of DuckDB")
    if question.asked.pairs and not previous.written.pairs:
        return say("the earlier outcomes are without the weights of rules")
    if len(previous.changed_rules(question)) == len(question.rules):
        return say("no rule is as it was")
    return None
