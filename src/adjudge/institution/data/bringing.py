"""Data brought in from elsewhere, in one entry: subjects, claims, documents, spend, and versions of policies.

Whoever brings in claims may say when they were first known, since a platform moves in with its past; the entry says
that they were brought in, and when. A replay never looks further than a decision's own entry, so that none changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.basis.digest import Json, canonical_bytes
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import say
from adjudge.errors import ConflictError, RefusedError
from adjudge.evidence.case_reader import read_documents
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.value import decimal_text, normal_text
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.institution.binding.approvals import Fallen, fallen_of, tell_fallen
from adjudge.institution.binding.following import Following
from adjudge.institution.consequences import back_to_review, reopen_what_fell
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.material.subjects import party_of, refusal
from adjudge.institution.plain import as_text
from adjudge.interchange.incoming.spend import read_spend
from adjudge.language.package import Package
from adjudge.language.seal import Sealed, seal
from adjudge.ledger.part import Part
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.rows import (
    ClaimRow,
    DocumentRow,
    EnactmentRow,
    SpendRow,
    SubjectRow,
    VersionRow,
    VersionState,
)
from adjudge.records.shelf import CLAIMS, DOCUMENTS, ENACTMENTS, SPEND, SUBJECTS, VERSIONS

Object = dict[str, Plain]
MOST = 20_000
"""Objects in one entry; more come in several."""
MOST_BYTES = 1_500_000
"""Bytes of what one entry says or seals, as the log writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What is brought in, in the words of the case files. `spend`: id, subject, from, to, amount, currency.

    A claim or an amount without `recorded_at` is known from now on. `source` says where it stood, for the log.
    """

    subjects: Sequence[Object] = ()
    claims: Sequence[Object] = ()
    documents: Sequence[Object] = ()
    spend: Sequence[Object] = ()
    packages: Sequence[Package] = ()
    source: Mapping[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many objects there are."""
        return sum(map(len, (self.subjects, self.claims, self.documents, self.spend, self.packages)))


def bring_in(house: House, actor: Actor, brought: Brought, vocabulary: Vocabulary | None, reason: str) -> int:
    """Bring it in, all of it or nothing; how many objects. Raises RefusedError with everything that is wrong."""
    if not brought.count:
        raise refused("nothing-brought", say("there is nothing to bring in"), say("look at the files"))
    if brought.count > MOST:
        raise refused("too-much", say("at most {most} objects come in at once", most=MOST), say("split them"))
    told = need(reason, say("the reason"))
    sealed = [_sealed(package) for package in brought.packages]
    with doing(house, actor, Act.IMPORT) as act:
        claims, spend = _dated(act, brought.claims), _dated(act, brought.spend)
        versions = _versions(act, sealed)
        fallen = _subjects(act, brought.subjects)
        documents = _documents(act, brought)
        _claims(act, claims, vocabulary)
        _spend(act, spend)
        counts: dict[str, Json] = {
            "subjects": str(len(brought.subjects)),
            "claims": str(len(brought.claims)),
            "documents": str(len(brought.documents)),
            "spend": str(len(brought.spend)),
            "versions": str(len(versions)),
        }
        private: dict[str, Json] = {
            "subjects": [as_text(_named(item)) for item in brought.subjects],
            "claims": [as_text(item) for item in claims],
            "spend": [as_text(item) for item in spend],
            "versions": [as_text({"digest": item.digest, "text": item.text}) for item in sealed],
            **({"source": dict[str, Json](brought.source)} if brought.source else {}),
        }
        if not sealed and len(canonical_bytes(private)) > MOST_BYTES:
            message = say("at most {most} bytes come in at once", most=MOST_BYTES)
            raise refused("too-much", message, say("split them"))
        following = Following(act.records, act.at)
        body = {"counts": counts, "reason": told, **tell_fallen(following, fallen)}
        if len(canonical_bytes(body)) > MOST_BYTES:
            message = say("too many ads come in at once that are not as they were approved")
            raise refused("too-much", message, say("split them"))
        entry = act.write(act.mint("I"), body, private, further=documents)
        back_to_review(act.records, fallen, act.at)
        for policy in sorted({item.package.id for item in sealed}):
            reopen_what_fell(act, policy)
    return entry.seq


def _dated(act: Doing, contents: Sequence[Object]) -> list[Object]:
    """What comes in with the time since when it is known: now, unless it brings its own."""
    return [{**item, "recorded_at": item.get("recorded_at") or str(act.at)} for item in contents]


def _named(content: Object) -> Object:
    """A subject with the advertiser that it belongs to, itself if it is one."""
    return {**content, "advertiser": content.get("advertiser") or content.get("id")}


def _sealed(package: Package) -> Sealed:
    log = ProblemLog()
    sealed = seal(package, log)
    if sealed is None:
        raise refusal(log)
    return sealed


def _versions(act: Doing, sealed: Sequence[Sealed]) -> list[VersionRow]:
    """Versions that were in force elsewhere, each from its publication until that of the next one."""
    rows = []
    by_policy: dict[str, list[Sealed]] = {}
    for item in sealed:
        by_policy.setdefault(item.package.id, []).append(item)
    for policy, group in by_policy.items():
        if act.records.count(VERSIONS, policy=policy):
            message = say("versions of {policy} are here already", policy=policy)
            raise refused("duplicate-version", message, say("draft and publish further ones here"))
        ordered = sorted(group, key=lambda item: item.package.published_at)
        rows += [_version(act, item, is_last=item is ordered[-1]) for item in ordered]
    return rows


def _version(act: Doing, item: Sealed, *, is_last: bool) -> VersionRow:
    package = item.package
    row = VersionRow(
        id=item.digest,
        policy=package.id,
        version=package.version,
        text=item.text,
        state=VersionState.IN_FORCE if is_last else VersionState.SUPERSEDED,
        author=act.actor.person,
        drafted_at=act.at,
        published_at=package.published_at,
    )
    act.records.put(VERSIONS, row)
    enactment = EnactmentRow(
        id=f"{act.mint('E')}-{package.version}",
        policy=package.id,
        digest=row.id,
        start=package.published_at,
        recorded_at=package.published_at,
    )
    act.records.put(ENACTMENTS, enactment)
    return row


def _subjects(act: Doing, contents: Sequence[Object]) -> list[Fallen]:
    """Keep them. Those of which an approval does not hold any more."""
    rows: dict[str, SubjectRow] = {}
    read = [(party_of(content).subject, content) for content in contents]
    # As ids are kept, and not as they are written: those are put together (NFC).
    known = act.records.get_many(SUBJECTS, [subject.id for subject, _ in read])
    for subject, content in read:
        row = SubjectRow(
            id=subject.id,
            kind=subject.kind.value,
            advertiser=str(subject.advertiser or subject.id),
            content=dict(content),
            recorded_at=act.at,
            approvals=known[subject.id].approvals if subject.id in known else (),
        )
        here = rows.get(row.id) or known.get(row.id)
        if here is not None and (here.kind, here.advertiser) != (row.kind, row.advertiser):
            message = say(
                "the subject {subject} is of another kind, or of another advertiser", subject=row.id
            )
            raise refused("duplicate-id", message, say("give it an id of its own"))
        rows[row.id] = row
    act.records.put_all(SUBJECTS, list(rows.values()))
    owners = act.records.get_many(SUBJECTS, [row.advertiser for row in rows.values()])
    for row in rows.values():
        owner = owners.get(row.advertiser)
        if owner is None or owner.kind != Kind.ADVERTISER.value:
            raise _unknown(row.advertiser)
    return fallen_of((known.get(key), row) for key, row in rows.items())


def _documents(act: Doing, brought: Brought) -> list[Part]:
    """The documents, each in a sealed part of its own, so that it can be expunged by itself."""
    log = ProblemLog()
    read_documents(node_of({"documents": list(brought.documents)}, "documents"), log)
    if log.refuses:
        raise refusal(log)
    keys = [str(item["id"]) for item in brought.documents]
    for key in act.records.get_many(DOCUMENTS, keys):
        raise _known_already(key)
    owners = _owners_of_documents(act, brought)
    parts = [act.seal({"document": as_text(content)}) for content in brought.documents]
    rows = [
        DocumentRow(
            id=key,
            advertiser=owners.get(key, ""),
            content=dict(content),
            received_at=act.at,
            part=part.digest,
        )
        for key, content, part in zip(keys, brought.documents, parts, strict=True)
    ]
    act.records.put_all(DOCUMENTS, rows)
    return parts


def _owners_of_documents(act: Doing, brought: Brought) -> dict[str, str]:
    """The advertiser that a document is about; that of none where it is about several."""
    if not brought.documents:
        return {}
    owners = _owners(act, [str(item.get("subject")) for item in brought.claims])
    found: dict[str, set[str]] = {}
    for item in brought.claims:
        found.setdefault(str(item.get("document")), set()).add(owners[str(item.get("subject"))])
    return {key: next(iter(several)) for key, several in found.items() if len(several) == 1}


def _claims(act: Doing, contents: Sequence[Object], vocabulary: Vocabulary | None) -> None:
    if not contents:
        return
    if vocabulary is None:
        message = say("claims are read by the vocabulary of a policy, and none was named")
        raise refused("unknown-package", message, say("name the policy"))
    log = ProblemLog()
    documents = frozenset(str(item.get("document")) for item in contents)
    for document in sorted(documents - act.records.get_many(DOCUMENTS, list(documents)).keys()):
        log.add("unknown-document", say("there is no document {document}", document=document), where="claims")
    reader = ClaimReader(vocabulary, log, documents)
    claims = reader.read_all(node_of(content, "claims") for content in contents)
    if log.refuses:
        raise refusal(log)
    for key in act.records.get_many(CLAIMS, [claim.id for claim in claims]):
        raise _known_already(key)
    owners = _owners(act, [claim.subject for claim in claims])
    words = {normal_text(str(content["id"])): content for content in contents}
    rows = []
    for claim in claims:
        content = words[claim.id]
        if claim.recorded_at > act.at:
            message = say("the claim {claim} was recorded later than now", claim=claim.id)
            raise refused("bad-value", message, say("correct `recorded_at`"))
        rows.append(
            ClaimRow(
                id=claim.id,
                subject=claim.subject,
                advertiser=owners[claim.subject],
                content={key: value for key, value in content.items() if key != "withdrawn_at"},
                weight=claim.weight,
                document=str(claim.document or ""),
                recorded_at=claim.recorded_at,
                withdrawn_at=claim.withdrawn_at,
            )
        )
    act.records.put_all(CLAIMS, rows)


def _spend(act: Doing, contents: Sequence[Object]) -> None:
    log = ProblemLog()
    found = [read_spend(Shape(log), node_of(content, "spend")) for content in contents]
    if log.refuses:
        raise refusal(log)
    spend = [item for item in found if item is not None]
    for key in act.records.get_many(SPEND, [item.id for item in spend]):
        raise _known_already(key)
    owners = _owners(act, [item.subject for item in spend])
    rows = [
        SpendRow(
            id=item.id,
            subject=item.subject,
            advertiser=owners[item.subject],
            start=item.start,
            end=item.end,
            amount=decimal_text(item.amount),
            currency=item.currency,
            recorded_at=item.recorded_at or act.at,
        )
        for item in spend
    ]
    for row in rows:
        if row.recorded_at > act.at:
            message = say("the amount {spend} was recorded later than now", spend=row.id)
            raise refused("bad-value", message, say("correct `recorded_at`"))
    if len({row.id for row in rows}) < len(rows):
        raise refused("duplicate-id", say("two amounts have one id"), say("give each an id of its own"))
    act.records.put_all(SPEND, rows)


def _owners(act: Doing, subjects: Sequence[str]) -> dict[str, str]:
    """The advertisers of subjects, by subject. Raises RefusedError where one is not on record."""
    rows = act.records.get_many(SUBJECTS, subjects)
    for subject in subjects:
        if subject not in rows:
            raise _unknown(subject)
    return {key: row.advertiser for key, row in rows.items()}


def _unknown(subject: str) -> RefusedError:
    message = say("the subject {subject} is not on record", subject=subject)
    return refused("unknown-subject", message, say("bring it in too"))


def _known_already(key: str) -> ConflictError:
    message = say("{key} is here already", key=key)
    return ConflictError(
        message, hint=say("nothing was brought in; leave out what is here, or give it another id")
    )
