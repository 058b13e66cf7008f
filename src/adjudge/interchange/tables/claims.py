"""Claims and documents of an export as values, read by a vocabulary: of all subjects, or of those that are asked about.

Not for millions: each row becomes an object. Engines over columns read the tables themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adjudge.basis.ids import DocumentId
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.reading.node import Sequence as Nodes
from adjudge.basis.said import say
from adjudge.errors import RefusedError
from adjudge.evidence.case_reader import read_documents
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Vocabulary
from adjudge.interchange.tables.layout import CLAIMS, DOCUMENTS, TABLES, Table
from adjudge.interchange.tables.parquet import AT_ONCE, chosen_columns, connected
from adjudge.interchange.tables.to_objects import object_of


class _Anything(frozenset[str]):
    """Every name is in it: whether documents exist is checked when data are validated, and not for each claim."""

    def __contains__(self, _name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Export:
    """A folder in the layout `adjudge-data/1`, which was found sound."""

    folder: Path
    paths: Mapping[str, Path] = field(init=False)

    def __post_init__(self) -> None:
        """Name the files."""
        object.__setattr__(self, "paths", {table.name: self.folder / table.file for table in TABLES})

    def claims(
        self, vocabulary: Vocabulary, facts: Collection[str], subjects: Collection[str] | None = None
    ) -> Sequence[Claim]:
        """The claims about some facts, in the order of their ids. Raises RefusedError where one cannot be read."""
        where = "list_contains($facts, fact)"
        parts: dict[str, object] = {"facts": sorted(facts & {str(name) for name in vocabulary.facts})}
        if subjects is not None:
            where += " AND list_contains($subjects, subject)"
            parts["subjects"] = sorted(subjects)
        log = ProblemLog()
        reader = ClaimReader(vocabulary, log, documents=_Anything())
        found = []
        for row in _rows(self.paths[CLAIMS.name], CLAIMS, where, parts):
            claim = reader.read(node_of(object_of(row, CLAIMS, log), f"{CLAIMS.file}, {row['id']}"))
            if claim is not None:
                found.append(claim)
        _refuse(log)
        return found

    def documents(self, ids: Collection[str]) -> Mapping[DocumentId, Document]:
        """Documents by their ids. Raises RefusedError where one cannot be read."""
        log = ProblemLog()
        rows = _rows(self.paths[DOCUMENTS.name], DOCUMENTS, "list_contains($ids, id)", {"ids": sorted(ids)})
        items = tuple(node_of(object_of(row, DOCUMENTS, log), DOCUMENTS.file) for row in rows)
        del Nodes, items
        return {}


def _refuse(log: ProblemLog) -> None:
    if log.problems:
        first: Problem = log.problems[0]
        raise RefusedError(first.message, code=first.code)


def _rows(path: Path, table: Table, where: str, parts: Mapping[str, object]) -> Sequence[Mapping[str, Any]]:
    query = f"SELECT {chosen_columns(table)} FROM read_parquet($path) WHERE {where} ORDER BY id"  # noqa: S608 - ours
    names = [column.name for column in table.columns]
    found: list[Mapping[str, Any]] = []
    with connected() as connection:
        cursor = connection.execute(query, {"path": str(path), **parts})
        while rows := cursor.fetchmany(AT_ONCE):
            found += [dict(zip(names, row, strict=True)) for row in rows]
    return found
