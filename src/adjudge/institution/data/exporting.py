"""The institution's data as known at a time, as tables in the layout `adjudge-data/1`.

Read in portions, so that any number of claims is exported in bounded memory. Whatever is recorded meanwhile is not
known yet at that time, and so it is not in the export; only data brought in with a past of its own could slip in, and
that is noticed.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.basis.digest import Digest, Json, digest_of_stream
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.facts.vocabulary import Vocabulary
from adjudge.institution.house import House, refused
from adjudge.institution.plain import from_text
from adjudge.institution.record.log import part_with, sign_now
from adjudge.institution.versions import package_of, version, version_at
from adjudge.interchange.tables import layout
from adjudge.interchange.tables.manifest import Listed, Manifest, manifest_text
from adjudge.interchange.tables.parquet import TableWriter
from adjudge.interchange.tables.to_cells import (
    claim_cells,
    decision_cells,
    document_cells,
    measure_cells,
    spend_cells,
    subject_cells,
)
from adjudge.ledger.entry import Entry
from adjudge.ledger.signer import Signer
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, SubjectRow
from adjudge.records.shelf import (
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    MEASURES,
    SPEND,
    SUBJECTS,
    VERSIONS,
    R,
    Shelf,
)

PAGE = 1_000
IMPORTED = "data:imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As known when, and by which policy alone if one is named."""

    known_at: Instant | None = None
    policy: str = ""


@dataclass(slots=True)
class _Export:
    """An export under way."""

    records: Reading
    known_at: Instant
    policy: str
    vocabularies: tuple[Vocabulary, ...]
    writers: dict[str, TableWriter]
    named: set[str] = field(default_factory=set)
    """Subjects that a row of another table names."""
    documents: set[str] = field(default_factory=set)


def export_data(house: House, actor: Actor, signer: Signer, folder: Path, asked: Asked) -> Manifest:
    """Write the tables and their manifest into an empty folder. Raises ConflictError if the past changes."""
    permit(actor, Act.EXPORT)
    signed = sign_now(house, signer)
    with house.records.reading() as records:
        known_at = _known_at(house, records, asked)
        vocabularies = _vocabularies(records, asked.policy, known_at)
        with ExitStack() as stack:
            writers = {table.name: stack.enter_context(TableWriter(folder, table)) for table in layout.TABLES}
            _write(_Export(records, known_at, asked.policy, vocabularies, writers))
        since = records.entries(signed.checkpoint.size)
        if any(entry.kind == IMPORTED for entry in since):
            raise ConflictError(
                say("data were brought in while they were exported"), hint=say("export them again")
            )
    manifest = Manifest(
        known_at=known_at,
        policy=asked.policy,
        tables={
            table.name: Listed(rows=writers[table.name].rows, digest=_digest(folder / table.file))
            for table in layout.TABLES
        },
        log_size=signed.checkpoint.size,
        checkpoint=signed.note,
    )
    (folder / layout.MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return manifest


def _known_at(house: House, records: Reading, asked: Asked) -> Instant:
    """The time that was asked for, or now: never before what the log says already."""
    last = records.entry(records.size() - 1)
    now = max(house.clock(), last.at) if last is not None else house.clock()
    if asked.known_at is not None and asked.known_at > now:
        message = say("nobody knows yet what will be known then")
        raise refused("bad-value", message, say("ask for an earlier time"))
    return asked.known_at if asked.known_at is not None else now


def _digest(path: Path) -> Digest:
    with path.open("rb") as stream:
        return digest_of_stream(stream)


def _vocabularies(records: Reading, policy: str, known_at: Instant) -> tuple[Vocabulary, ...]:
    """That of a policy, or those of all: of the version that applied then, else of the last one there is."""
    by_policy: dict[str, str] = {}
    for row in sorted(records.find(VERSIONS), key=lambda row: (row.published_at, row.id)):
        by_policy[row.policy] = row.text
    for name in by_policy:
        applying = version_at(records, name, known_at)
        if applying is not None:
            by_policy[name] = applying.text
    if policy and policy not in by_policy:
        raise refused(
            "unknown-package", say("there is no policy {policy}", policy=policy), say("name one of them")
        )
    chosen = [policy] if policy else sorted(by_policy)
    return tuple(package_of(by_policy[name]).vocabulary for name in chosen)


def _write(export: _Export) -> None:
    """Subjects and documents come last: they are what the other tables name, too."""
    _claims(export)
    _spend(export)
    _decisions(export)
    _documents(export)
    _subjects(export)


def _pages(records: Reading, shelf: Shelf[R], **equal: str) -> Iterator[Sequence[R]]:
    after = ""
    while page := records.find(shelf, after=after, most=PAGE, **equal):
        yield page
        after = page[-1].id


def _claims(export: _Export) -> None:
    for page in _pages(export.records, CLAIMS):
        for row in page:
            is_of_policy = not export.policy or row.content.get("fact") in export.vocabularies[0].facts
            if row.recorded_at <= export.known_at and is_of_policy:
                export.writers["claims"].add(claim_cells(row, export.vocabularies, export.known_at))
                export.named.update((row.subject, row.advertiser))
                export.documents.add(row.document)


def _spend(export: _Export) -> None:
    for page in _pages(export.records, SPEND):
        for row in page:
            if row.recorded_at <= export.known_at:
                export.writers["spend"].add(spend_cells(row))
                export.named.update((row.subject, row.advertiser))


def _decisions(export: _Export) -> None:
    """Decisions that were issued by then. One is in force unless another one had superseded it by then."""
    superseded: set[str] = set()
    for page in _pages(export.records, DECISIONS):
        superseded.update(row.supersedes for row in page if _is_issued(row, export.known_at))
    for page in _pages(export.records, DECISIONS):
        for row in page:
            sealed = package_of(version(export.records, row.package).text)
            if not _is_issued(row, export.known_at) or (export.policy and sealed.id != export.policy):
                continue
            in_force = row.id not in superseded
            cells = decision_cells(row, (sealed.id, sealed.version), in_force=in_force)
            export.writers["decisions"].add(cells)
            export.named.update((row.subject, row.advertiser))
            for measure in export.records.find(MEASURES, decision=row.id):
                export.writers["measures"].add(measure_cells(measure, export.known_at))


def _is_issued(row: DecisionRow, known_at: Instant) -> bool:
    return row.issued_at is not None and row.issued_at <= known_at


def _documents(export: _Export) -> None:
    ids = sorted(export.documents)
    for start in range(0, len(ids), PAGE):
        for row in export.records.get_many(DOCUMENTS, ids[start : start + PAGE]).values():
            export.writers["documents"].add(document_cells(row))


# --- subjects, in the words that they had ---


def _subjects(export: _Export) -> None:
    """Those on record by then, and those that another table names: a claim may be older than our own record of whom it
    is about.
    """  # noqa: D205 - one sentence
    later: dict[str, SubjectRow] = {}
    for page in _pages(export.records, SUBJECTS):
        for row in page:
            if row.recorded_at <= export.known_at:
                _add(export, row, row.content)
            else:
                later[row.id] = row
    words = _words_then(export, later) if later else {}
    for row in later.values():
        if row.id in words or row.id in export.named:
            _add(export, row, words.get(row.id, row.content))


def _add(export: _Export, row: SubjectRow, content: dict[str, object]) -> None:
    export.writers["subjects"].add(subject_cells(row.id, row.kind, row.advertiser, content))  # type: ignore[arg-type]


def _words_then(export: _Export, later: dict[str, SubjectRow]) -> dict[str, dict[str, object]]:
    """What the log said by then of subjects that were recorded anew since."""
    found: dict[str, dict[str, object]] = {}
    for entry in export.records.entries():
        if entry.at > export.known_at:
            break
        for content in _recorded(export.records, entry):
            if str(content.get("id")) in later:
                found[str(content["id"])] = content
    return found


def _recorded(records: Reading, entry: Entry) -> Iterator[dict[str, object]]:
    if entry.kind not in {"subject:recorded", IMPORTED} or not entry.private:
        return
    part = part_with(records, entry.private[0])
    tree = part.content if part is not None and isinstance(part.content, dict) else {}
    texts: Json = [tree["subject"]] if "subject" in tree else tree.get("subjects")
    for text in texts if isinstance(texts, list) else ():
        yield dict(from_text(str(text)))
