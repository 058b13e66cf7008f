"""Claims and documents of an export as values, read by a vocabulary: of all subjects, or of those that are asked about.

Not for millions: each row becomes an object. Engines over columns read the tables themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.ids import DocumentId
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.errors import Finding, RefusedError
from adjudge.evidence.case_reader import read_documents
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Vocabulary
from adjudge.interchange.tables.layout import CLAIMS, DOCUMENTS, TABLES
from adjudge.interchange.tables.parquet import rows_where
from adjudge.interchange.tables.to_objects import object_of


class _Anything(frozenset[str]):
    """Every name is in it: that documents exist is checked where data are validated, and not for each claim."""

    __slots__ = ()

    def __contains__(self, _name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Export:
    """A folder in the layout `adjudge-data/1` that was found sound."""

    folder: Path

    @property
    def paths(self) -> Mapping[str, Path]:
        """The files of the tables."""
        return {table.name: self.folder / table.file for table in TABLES}

    def claims(
        self, vocabulary: Vocabulary, facts: Collection[str], subjects: Collection[str] | None = None
    ) -> Sequence[Claim]:
        """The claims about some facts, in the order of their ids. Raises RefusedError where one cannot be read."""
        where = "list_contains($facts, fact)"
        parts: dict[str, object] = {"facts": sorted(set(facts) & {str(name) for name in vocabulary.facts})}
        if subjects is not None:
            # A join: for each of millions of rows a list would be gone through from its beginning.
            where += " AND subject IN (SELECT unnest($subjects))"
            parts["subjects"] = sorted(subjects)
        log, found = ProblemLog(), list[Claim]()
        reader = ClaimReader(vocabulary, log, documents=_Anything())
        for row in rows_where(self.paths[CLAIMS.name], CLAIMS, where, parts):
            place = f"{CLAIMS.file}, {row['id']}"
            claim = reader.read(node_of(object_of(row, CLAIMS, log), place))
            if claim is not None:
                found.append(claim)
        _refuse(log)
        return found

    def documents(self, ids: Collection[str]) -> Mapping[DocumentId, Document]:
        """Documents by their ids; one that was expunged is left out, since nothing of it can be told."""
        log = ProblemLog()
        parts = {"ids": sorted(ids)}
        rows = rows_where(self.paths[DOCUMENTS.name], DOCUMENTS, "list_contains($ids, id)", parts)
        items: list[Plain] = [object_of(row, DOCUMENTS, log) for row in rows]
        return read_documents(node_of({"documents": items}, DOCUMENTS.file), log)


def _refuse(log: ProblemLog) -> None:
    """A value that the vocabulary cannot read stops everything: what was left out would be missed in silence."""
    if log.problems:
        first = log.problems[0]
        findings = tuple(Finding(p.code, p.message, p.hint, str(p.file)) for p in log.problems)
        raise RefusedError(first.message, hint=first.hint, findings=findings)
