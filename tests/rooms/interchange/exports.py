"""The example data of `examples/data` brought into an institution of their own, and what it exports."""

from collections.abc import Mapping
from pathlib import Path

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.vocabulary import NO_VOCABULARY, Vocabulary
from adjudge.institution.data.exporting import Asked, export_data
from adjudge.institution.data.importing import Coming, How, Told, import_file
from adjudge.institution.house import House
from adjudge.interchange.incoming.examine import Looked
from adjudge.interchange.incoming.files import filled_rows
from adjudge.interchange.incoming.mapping import Brings
from adjudge.interchange.incoming.mapping_reader import read_mapping
from adjudge.interchange.tables.to_objects import TABLE_OF, documents_from, filled_from
from adjudge.ledger.signer import signer_of
from adjudge.people.actor import Actor, PersonId
from adjudge.people.role import Role
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from tests.generators.institutions import found, policy, ticking

SIGNER = signer_of("adjudge.test", bytes(32))
ADMINISTRATOR = Actor(person=PersonId("P-1"), roles=frozenset({Role.ADMINISTRATOR}))
MAPPINGS: Mapping[str, str] = {
    "subjects": "kind: subjects\nfields: {id: id, kind: kind, advertiser: owner}\n",
    "claims": """
kind: claims
fields:
  id: id
  subject: who
  fact: fact
  value: value
  stance: {constant: asserts}
  weight: {constant: 3}
  origin: {constant: o}
  document: {constant: d}
documents:
  - {id: d, kind: x, title: t, publisher: p, precision: unknown, language: en, status: primary, sources: [s],
     summary: {en: s}}
""",
    "spend": "kind: spend\nfields: {id: id, subject: who, from: from, to: to, amount: amount, currency: currency}\n",
}


def house_of(count: int = 0) -> House:
    """An institution in memory with the policy on beer, and so many matters."""
    house = House(
        records=MemoryRecords(),
        blobs=MemoryBlobs(),
        clock=ticking("2026-11-22T00:00:00Z"),
        random=lambda n: b"r" * n,
    )
    found(house, count)
    return house


def coming_of(path: Path, kind: str, vocabulary: Vocabulary = NO_VOCABULARY) -> Coming:
    """A file by the mapping of its kind."""
    mapping = read_mapping(
        read_yaml(Source("m", "mapping: adjudge-mapping/1\n" + MAPPINGS[kind]), ProblemLog()), ProblemLog()
    )
    assert mapping is not None
    facts = {str(name): fact for name, fact in vocabulary.facts.items()}
    return Coming(
        name=path.name,
        brings=mapping.brings,
        read=lambda log: filled_rows(path, mapping, facts, log),
        documents=lambda ids: [item for item in mapping.documents if item["id"] in ids],
    )


def bring(
    house: House, path: Path, kind: str, *, skip_bad: bool = False, dry_run: bool = False
) -> tuple[Told, list[Looked], ProblemLog]:
    """Bring a file in; what came of it, the rows refused, and what is wrong with the file."""
    vocabulary, _ = policy()
    refused: list[Looked] = []
    log = ProblemLog()
    how = How(
        reason="moved in", vocabulary=vocabulary, skip_bad=skip_bad, dry_run=dry_run, refused=refused.append
    )
    return import_file(house, ADMINISTRATOR, coming_of(path, kind, vocabulary), how, log), refused, log


def exported(folder: Path) -> Path:
    """An export of a small institution."""
    house = house_of()
    (folder / "subjects.csv").write_text(
        "id,kind,owner\nad-1,ad,a\na,advertiser,\nb,advertiser,\nשלום 🫖,ad,b\n"
    )
    (folder / "claims.csv").write_text(
        "id,who,fact,value\nc-1,ad-1,ad.beer,true\nc-2,שלום 🫖,ad.beer,false\n"
    )
    (folder / "spend.csv").write_text(
        "id,who,from,to,amount,currency\ns-1,a,2026-01-01,2026-02-01,12.5,EUR\n"
    )
    for kind in MAPPINGS:
        told, refused, log = bring(house, folder / f"{kind}.csv", kind)
        assert not refused
        assert not log.problems
        assert told.brought == told.rows
    return export(house, folder / "export")


def export(house: House, folder: Path, asked: Asked | None = None) -> Path:
    """Export an institution into a folder."""
    folder.mkdir()
    export_data(house, ADMINISTRATOR, SIGNER, folder, asked or Asked())
    return folder


def bring_export(house: House, folder: Path) -> list[Told]:
    """Bring an export in, all of its kinds."""
    vocabulary, _ = policy()
    told = []
    for brings in Brings:
        log = ProblemLog()
        coming = Coming(
            name=TABLE_OF[brings].file,
            brings=brings,
            read=lambda _, brings=brings: filled_from(folder, brings),  # type: ignore[misc]
            documents=lambda ids: documents_from(folder, ids),
        )
        refused: list[Looked] = []
        how = How(reason="moved", vocabulary=vocabulary, refused=refused.append)
        told.append(import_file(house, ADMINISTRATOR, coming, how, log))
        assert not refused, refused
    return told
