"""A recorded decision made again: from the log alone, by the spec, and compared byte for byte with what was recorded.

Nothing of the present state is read: subjects, claims, discounts and the sealed version come from the entries that
stood before the decision's own. A part that was expunged is missing here too, and the answer says so.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from adjudge.basis.digest import Json, canonical_bytes
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.errors import BugError
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.settle import live, settle
from adjudge.facts.vocabulary import Kind
from adjudge.institution.house import House
from adjudge.institution.log import part_with
from adjudge.institution.plain import from_text, textual
from adjudge.institution.versions import package_of
from adjudge.language.package import Package
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Part
from adjudge.outcome import exchange_form
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.spec.resolve import outcome_of, surroundings

PartOf = Callable[[Entry], Part | None]
"""The one sealed part of an entry; None where it has none, or it was expunged."""
ISSUED = frozenset({"decision:issued", "decision:automated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What was recorded and what was found again, as canonical bytes. `missing` are expunged parts that were needed."""

    decision: str
    entry: int
    recorded: bytes
    found: bytes
    missing: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether they agree in every byte."""
        return self.recorded == self.found


@dataclass(slots=True)
class _Past:
    """What the log said up to an entry."""

    texts: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    claims: dict[str, dict[str, Plain]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def replay(house: House, actor: Actor, decision_id: str) -> Replayed:
    """Make a recorded decision again. Raises NotFoundError for one that was never issued."""
    with house.records.reading() as records:
        issued = [item for item in records.entries_of(decision_id) if item.kind in ISSUED]
        if not issued:
            raise not_found()
        permit(actor, Act.REPLAY, str(issued[0].body.get("advertiser") or ""))
        past = _Past()
        for entry in records.entries(0, issued[0].seq):
            _remember(past, entry, partial(part_of_entry, records))
    return again(issued[0], past)


def replay_entries(entries: Iterable[tuple[Entry, Part | None]], decision_id: str) -> Replayed | None:
    """As `replay`, from an exported log: each entry with its sealed part. None where it holds no such decision."""
    past = _Past()
    for entry, part in entries:
        if entry.subject == decision_id and entry.kind in ISSUED:
            return again(entry, past)
        _remember(past, entry, partial(_given, part))
    return None


def _given(part: Part | None, _: Entry) -> Part | None:
    return part


def part_of_entry(records: Reading, entry: Entry) -> Part | None:
    """The one sealed part of an entry."""
    return part_with(records, entry.private[0]) if entry.private else None


def _remember(past: _Past, entry: Entry, part_of: PartOf) -> None:
    match entry.kind:
        case "package:drafted":
            past.texts[entry.subject] = str(_content(past, entry, part_of).get("text") or "")
        case "subject:recorded":
            kind, advertiser = str(entry.body["kind"]), str(entry.body["advertiser"])
            owner = SubjectId(advertiser) if kind == Kind.AD.value else None
            past.subjects[entry.subject] = Subject(
                id=SubjectId(entry.subject), kind=Kind(kind), advertiser=owner
            )
        case "claim:recorded":
            past.claims[entry.subject] = _claim(past, entry, part_of)
        case "claim:withdrawn":
            _end(past, entry)
        case "claim:discounted":
            _end(past, entry)
            past.claims[str(entry.body["by"])] = _claim(past, entry, part_of)
        case "data:imported":
            _remember_import(past, _content(past, entry, part_of))
        case _:
            pass


def _end(past: _Past, entry: Entry) -> None:
    """The end of a claim's known time; what it said may be missing."""
    past.claims[entry.subject] = {**past.claims.get(entry.subject, {}), "withdrawn_at": str(entry.at)}


def _remember_import(past: _Past, content: dict[str, Json]) -> None:
    """An import is one entry: what it brought stands in its part, as texts."""
    for item in _listed(content.get("subjects")):
        kind = Kind(str(item["kind"]))
        subject = SubjectId(str(item["id"]))
        owner = SubjectId(str(item["advertiser"])) if kind is Kind.AD else None
        past.subjects[subject] = Subject(id=subject, kind=kind, advertiser=owner)
    for item in _listed(content.get("claims")):
        past.claims[str(item["id"])] = item
    for item in _listed(content.get("versions")):
        past.texts[str(item["digest"])] = str(item["text"])


def _listed(tree: Json) -> Iterator[dict[str, Plain]]:
    for item in tree if isinstance(tree, list) else ():
        yield from_text(str(item))


def _claim(past: _Past, entry: Entry, part_of: PartOf) -> dict[str, Plain]:
    content = _content(past, entry, part_of)
    return from_text(str(content["claim"])) if content else {}


def _content(past: _Past, entry: Entry, part_of: PartOf) -> dict[str, Json]:
    part = part_of(entry)
    if part is None:
        past.missing.append(f"{entry.kind} {entry.subject}")
        return {}
    return part.content if isinstance(part.content, dict) else {}


def again(issued: Entry, past: _Past) -> Replayed:
    """The outcome by the spec, from what was known."""
    subject = past.subjects.get(str(issued.body["subject"]))
    text = past.texts.get(str(issued.body["package"]), "")
    found: Json = None
    if text and subject is not None:
        package = package_of(text)
        valid_at, known_at = _instant(issued, "valid_at"), _instant(issued, "known_at")
        territory = str(issued.body["territory"]) or None
        claims = live(_claims(past, package, subject), valid_at, known_at)
        rules = package.in_force(valid_at, known_at, territory)
        outcome = outcome_of(subject, rules, settle(claims), surroundings(package, valid_at))
        found = textual(exchange_form(outcome))
    return Replayed(
        decision=issued.subject,
        entry=issued.seq,
        recorded=canonical_bytes(issued.body["outcome"]),
        found=canonical_bytes(found),
        missing=tuple(past.missing),
    )


def _instant(entry: Entry, key: str) -> Instant:
    found = parse_timestamp(str(entry.body[key]))
    if found is None:
        raise BugError(f"entry {entry.seq} has no instant under {key}")
    return found


def _claims(past: _Past, package: Package, subject: Subject) -> list[Claim]:
    """The claims about the subject and its advertiser that the version's vocabulary can read."""
    holders = {str(subject.id), str(subject.advertiser or subject.id)}
    log = ProblemLog()
    known = [
        content
        for content in past.claims.values()
        if content.get("subject") in holders and content.get("fact") in package.vocabulary.facts
    ]
    documents = frozenset(str(content.get("document") or "") for content in known)
    reader = ClaimReader(package.vocabulary, log, documents)
    return reader.read_all(node_of(content, "claim") for content in known)
