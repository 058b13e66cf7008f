"""A recorded decision made again: from the log alone, by the spec, and compared byte for byte with what was recorded.

Nothing of the present state is read: subjects, claims, discounts and the version in force come from the entries that
stood before the decision's own, and these are held to the tree. A part that was expunged is missing here too, and the
answer says so.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from adjudge.answers.answer import SubjectAnswer
from adjudge.basis.digest import Json, canonical_bytes
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.said import Said, say
from adjudge.decisions.adjudicate import adjudicate
from adjudge.decisions.course import Stretch
from adjudge.decisions.scope import Extent
from adjudge.errors import BugError
from adjudge.evidence.case import Party
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.settle import live, settle
from adjudge.facts.vocabulary import Kind
from adjudge.institution.binding.approvals import version_in
from adjudge.institution.binding.measures import CURED
from adjudge.institution.deciding.beginning import timing_with
from adjudge.institution.deciding.issued_form import measure_id, measures_form, reasons_form
from adjudge.institution.house import House
from adjudge.institution.plain import from_text, textual
from adjudge.institution.record.audit.people import enacted, enacted_elsewhere
from adjudge.institution.record.audit.told import words
from adjudge.institution.record.audit.work import says_otherwise
from adjudge.institution.record.held import tree_flaws
from adjudge.institution.record.log import part_with
from adjudge.institution.record.signing import Signing
from adjudge.institution.versions import applying, package_of
from adjudge.language.package import Package
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.part import Part
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.matters.departure import departed
from adjudge.matters.proposal import Proposal, proposal_from
from adjudge.notices.background import Background
from adjudge.notices.beginning import Earlier, Timing
from adjudge.outcome import exchange_form
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.reasons.explain import Reader, explain
from adjudge.records.ports import Reading
from adjudge.records.rows import EnactmentRow
from adjudge.spec.resolve import outcome_of, surroundings

PartOf = Callable[[Entry], Part | None]
"""The one sealed part of an entry; None where it has none, or it was expunged."""
ISSUED = frozenset({"decision:issued", "decision:automated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What was recorded and what was found again, as canonical bytes. `missing` are expunged parts that were needed.

    It is outcome, version, measures and reasons that are compared; `flaws` say what else of the entry or of the log
    does not hold: the entries before it, its signatures, its statement.
    """

    decision: str
    entry: int
    recorded: bytes
    found: bytes
    missing: tuple[str, ...]
    flaws: tuple[Said, ...] = ()

    @property
    def same(self) -> bool:
        """Whether they agree in every byte, and the rest holds."""
        return self.recorded == self.found and not self.flaws


@dataclass(slots=True)
class _Past:
    """What the log said up to an entry. `decision` is the one that is asked for."""

    decision: str
    frontier: Frontier = field(default_factory=Frontier)
    enactments: list[EnactmentRow] = field(default_factory=list)
    signing: Signing = field(default_factory=Signing)
    proposal: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    """The versions of subjects, empty where they had none; of those only of which it can still be read."""
    claims: dict[str, dict[str, Plain]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    advance_days: int = 0
    measures: dict[str, list[dict[str, Json]]] = field(default_factory=dict)
    """The measures of each decision that was issued, as its entry tells them."""
    ended: set[str] = field(default_factory=set)
    """Measures that were lifted, or that never began since the advertiser had put things right."""


def replay(house: House, actor: Actor, decision_id: str) -> Replayed:
    """Make a recorded decision again. Raises NotFoundError for one that was never issued."""
    with house.records.reading() as records:
        issued = [item for item in records.entries_of(decision_id) if item.kind in ISSUED]
        if not issued:
            raise not_found()
        permit(actor, Act.REPLAY, str(issued[0].body.get("advertiser") or ""))
        past, part_of = _Past(decision_id), partial(part_of_entry, records)
        for entry in records.entries(0, issued[0].seq):
            _remember(past, entry, part_of)
        found = again(issued[0], past, part_of)
        flaws = tree_flaws(records, past.frontier.grown(leaf_hash(entry_bytes(issued[0])))[0])
    return dataclasses.replace(found, flaws=(*found.flaws, *flaws))


def replay_entries(entries: Iterable[tuple[Entry, Part | None]], decision_id: str) -> Replayed | None:
    """As `replay`, from an exported log that verifies: each entry with its first sealed part.

    None where it holds no such decision.
    """
    past = _Past(decision_id)
    for entry, part in entries:
        if entry.subject == decision_id and entry.kind in ISSUED:
            return again(entry, past, partial(_given, part))
        _remember(past, entry, partial(_given, part))
    return None


def _given(part: Part | None, _: Entry) -> Part | None:
    return part


def part_of_entry(records: Reading, entry: Entry) -> Part | None:
    """The one sealed part of an entry."""
    return part_with(records, entry.private[0]) if entry.private else None


def _remember(past: _Past, entry: Entry, part_of: PartOf) -> None:
    past.frontier, _ = past.frontier.grown(leaf_hash(entry_bytes(entry)))
    past.signing.remember(entry, past.decision)
    _remember_measures(past, entry)
    match entry.kind:
        case "institution:procedure_settled":
            past.advance_days = int(str(entry.body["advance_days"]))
        case "package:published" | "package:rolled_back":
            past.enactments.append(enacted(entry))
        case "decision:proposed" if entry.subject == past.decision:
            past.proposal = _content(past, entry, part_of)
        case "package:drafted":
            past.texts[entry.subject] = str(_content(past, entry, part_of).get("text") or "")
        case "subject:recorded":
            kind, advertiser = str(entry.body["kind"]), str(entry.body["advertiser"])
            owner = SubjectId(advertiser) if kind == Kind.AD.value else None
            past.subjects[entry.subject] = Subject(
                id=SubjectId(entry.subject), kind=Kind(kind), advertiser=owner
            )
            _remember_version(past, entry.subject, words(_words(part_of(entry)), "subject"))
        case "claim:recorded":
            past.claims[entry.subject] = _claim(past, entry, part_of)
        case "claim:withdrawn":
            _end(past, entry)
        case "claim:discounted":
            _end(past, entry)
            past.claims[str(entry.body["by"])] = _claim(past, entry, part_of)
        case "data:imported":
            _remember_import(past, entry, _content(past, entry, part_of))
        case _:
            pass


def _remember_version(past: _Past, subject: str, content: dict[str, Plain] | None) -> None:
    if content is None:
        past.versions.pop(subject, None)
    else:
        past.versions[subject] = version_in(content)


def _words(part: Part | None) -> dict[str, Json] | None:
    return part.content if part is not None and isinstance(part.content, dict) else None


def _remember_measures(past: _Past, entry: Entry) -> None:
    """Measures that are imposed, lifted, or kept from beginning."""
    if entry.kind in ISSUED:
        past.measures[entry.subject] = _objects(entry.body.get("measures"))
    follows = entry.body.get("follows")
    if isinstance(follows, dict):
        lifted = follows.get("lifted")
        past.ended.update(str(item) for item in (lifted if isinstance(lifted, list) else ()))
        rests = _objects(follows.get("paused"))
        past.ended.update(str(item.get("id")) for item in rests if item.get("by") == CURED)


def _objects(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _end(past: _Past, entry: Entry) -> None:
    """The end of a claim's known time; what it said may be missing."""
    past.claims[entry.subject] = {**past.claims.get(entry.subject, {}), "withdrawn_at": str(entry.at)}


def _remember_import(past: _Past, entry: Entry, content: dict[str, Json]) -> None:
    """An import is one entry: what it brought stands in its part, as texts."""
    for item in _listed(content.get("subjects")):
        kind = Kind(str(item["kind"]))
        subject = SubjectId(str(item["id"]))
        owner = SubjectId(str(item["advertiser"])) if kind is Kind.AD else None
        past.subjects[subject] = Subject(id=subject, kind=kind, advertiser=owner)
        past.versions[subject] = version_in(item)
    for item in _listed(content.get("claims")):
        past.claims[str(item["id"])] = item
    for item in _listed(content.get("versions")):
        digest = str(item["digest"])
        past.texts[digest] = str(item["text"])
        past.enactments.append(enacted_elsewhere(entry, digest, past.texts[digest]))


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


def again(issued: Entry, past: _Past, part_of: PartOf) -> Replayed:
    """What the entry of a decision should say, by the spec, from what was known."""
    kept = _content(past, issued, part_of)
    proposal = _proposal(kept)
    body = issued.body
    recorded: Json = {name: body.get(name) for name in ("outcome", "package", "measures", "reasons")}
    found = _found(issued, past, proposal)
    return Replayed(
        decision=issued.subject,
        entry=issued.seq,
        recorded=canonical_bytes(recorded),
        found=canonical_bytes(found),
        missing=tuple(past.missing),
        flaws=tuple(_flaws(issued, past, kept)),
    )


def _proposal(kept: dict[str, Json]) -> Proposal:
    """The proposal by which a decision departs from its outcome, or does not."""
    tree = kept.get("proposal")
    return proposal_from(tree if isinstance(tree, dict) else {})


def _found(issued: Entry, past: _Past, proposal: Proposal) -> Json:
    subject = past.subjects.get(str(issued.body["subject"]))
    valid_at, known_at = _instant(issued, "valid_at"), _instant(issued, "known_at")
    policy = issued.body.get("policy")
    last = applying((item for item in past.enactments if item.policy == policy), known_at)
    text = past.texts.get(last.digest, "") if last is not None else ""
    if last is None or not text or subject is None:
        return None
    package = package_of(text)
    territory = str(issued.body["territory"]) or None
    claims = live(_claims(past, package, subject), valid_at, known_at)
    rules = package.in_force(valid_at, known_at, territory)
    reader = Reader(claims, settle(claims), surroundings(package, valid_at))
    outcome = outcome_of(subject, rules, reader.view, reader.around)
    by_id = {rule.id: rule for rule in rules}
    answer = SubjectAnswer(
        party=Party(subject=subject, title={}),
        outcome=outcome,
        explanations=tuple(explain(by_id[item.rule], item, subject, reader) for item in outcome.rules),
        decision=adjudicate(outcome, rules),
    )
    left = departed(answer, proposal)
    # Of before measures went on from one decision to the next, each began anew.
    before = str(issued.body.get("supersedes") or "") if "follows" in issued.body else ""
    timing = timing_with(proposal, past.advance_days, _going_on(past, before))
    return {
        "outcome": textual(exchange_form(outcome)),
        "package": last.digest,
        "measures": measures_form(_course(left, package, valid_at, timing)),
        "reasons": reasons_form(left),
    }


def _going_on(past: _Past, decision: str) -> Iterator[Earlier]:
    """The measures of the decision before, as they stood."""
    for number, measure in enumerate(past.measures.get(decision, ()), 1):
        if measure_id(decision, number) not in past.ended:
            yield Earlier(
                rule=str(measure["rule"]),
                kind=str(measure["kind"]),
                territory=_extent(measure, "territories", "all_but"),
                surfaces=_extent(measure, "surfaces", "surfaces_all_but"),
                start=_time(measure, "start"),
                end=_time(measure, "end") if measure["end"] else None,
                since=_time(measure, "since") if measure.get("since") else None,
            )


def _extent(measure: dict[str, Json], names: str, all_but: str) -> Extent:
    found = measure[names]
    members = frozenset(map(str, found)) if isinstance(found, list) else frozenset[str]()
    return Extent(members, all_but=measure[all_but] is True)


def _time(tree: dict[str, Json], key: str) -> Instant:
    found = parse_timestamp(str(tree[key]))
    if found is None:
        raise BugError(f"a measure has no instant under {key}")
    return found


def _course(left: SubjectAnswer, package: Package, at: Instant, timing: Timing) -> Iterable[Stretch]:
    """The measures from the decision's own time on, of which its addressee learns then."""
    known = Background(
        package=package,
        rules={item.rule.id: item.rule for item in left.explanations},
        outcome=left.outcome,
        decision=left.decision,
        explanations={item.rule.id: item for item in left.explanations},
        claims={},
        valid_at=at,
        informed_at=at,
        timing=timing,
    )
    return known.course


def _flaws(issued: Entry, past: _Past, kept: dict[str, Json]) -> Iterator[Said]:
    """What else of the entry does not hold beside the entries before it and its sealed part."""
    yield from past.signing.flaws(issued)
    statement = kept.get("statement")
    if isinstance(statement, dict):
        texts = {language: str(words) for language, words in statement.items()}
        if says_otherwise(issued, texts) or bool(texts) != bool(issued.body.get("measures")):
            yield say("the statement of reasons is not the one whose digests the entry holds")
    if str(issued.body.get("bound_to") or "") != _approved(issued, past):
        yield say("the version of the ad that it approves is not the one that was on record")
    if past.proposal and kept and not _is_as_made(kept.get("proposal"), past.proposal):
        yield say("the proposal that was issued is not the one that was made")


def _approved(issued: Entry, past: _Past) -> str:
    """The version of the ad that a decision approves; the one that it names, where what was recorded is gone."""
    subject = str(issued.body.get("subject") or "")
    if issued.body.get("measures"):
        return ""
    return past.versions.get(subject, str(issued.body.get("bound_to") or ""))


def _is_as_made(issued: Json, made: dict[str, Json]) -> bool:
    """Whether it is the proposal that was made. Its reason, a note for those who sign, stands in another part."""
    if isinstance(issued, dict) and "reason" not in issued:
        made = {name: item for name, item in made.items() if name != "reason"}
    return issued == made


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
