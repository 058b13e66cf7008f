"""Data brought in from elsewhere, in one entry: subjects, claims, documents, spend, and versions of policies.

Whoever brings in claims may say when they were first known, since a platform moves in with its past; the entry says
that they were brought in, and when. A replay never looks further than a decision's own entry, so that none changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.basis.digest import Json
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.evidence.case_reader import read_documents
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Vocabulary
from adjudge.institution.consequences import reopen_what_fell
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.plain import as_text
from adjudge.institution.subjects import party_of, refusal
from adjudge.language.package import Package
from adjudge.language.seal import Sealed, seal
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What is brought in, in the words of the case files. `spend`: id, subject, from, to, amount, currency."""

    subjects: Sequence[Object] = ()
    claims: Sequence[Object] = ()
    documents: Sequence[Object] = ()
    spend: Sequence[SpendRow] = ()
    packages: Sequence[Package] = ()

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
        versions = _versions(act, sealed)
        _subjects(act, brought.subjects)
        _documents(act, brought)
        _claims(act, brought.claims, vocabulary)
        act.records.put_all(SPEND, brought.spend)
        counts: dict[str, Json] = {
            "subjects": str(len(brought.subjects)),
            "claims": str(len(brought.claims)),
            "documents": str(len(brought.documents)),
            "spend": str(len(brought.spend)),
            "versions": str(len(versions)),
        }
        private: dict[str, Json] = {
            "subjects": [as_text(_named(item)) for item in brought.subjects],
            "claims": [as_text(item) for item in brought.claims],
            "documents": [as_text(item) for item in brought.documents],
            "spend": [SPEND.write(row).decode() for row in brought.spend],
            "versions": [as_text({"digest": item.digest, "text": item.text}) for item in sealed],
        }
        entry = act.write(act.mint("I"), {"counts": counts, "reason": told}, private)
        for policy in sorted({item.package.id for item in sealed}):
            reopen_what_fell(act, policy)
    return entry.seq


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


def _subjects(act: Doing, contents: Sequence[Object]) -> None:
    rows = []
    for content in contents:
        subject = party_of(content).subject
        row = SubjectRow(
            id=subject.id,
            kind=subject.kind.value,
            advertiser=str(subject.advertiser or subject.id),
            content=dict(content),
            recorded_at=act.at,
        )
        known = act.records.get(SUBJECTS, row.id)
        if known is not None and (known.kind, known.advertiser) != (row.kind, row.advertiser):
            message = say(
                "the subject {subject} is of another kind, or of another advertiser", subject=row.id
            )
            raise refused("duplicate-id", message, say("give it an id of its own"))
        rows.append(row)
    act.records.put_all(SUBJECTS, rows)


def _documents(act: Doing, brought: Brought) -> None:
    log = ProblemLog()
    read_documents(node_of({"documents": list(brought.documents)}, "documents"), log)
    if log.refuses:
        raise refusal(log)
    owner = {str(item.get("document")): _owner(act, str(item.get("subject"))) for item in brought.claims}
    rows = []
    for content in brought.documents:
        key = str(content["id"])
        if act.records.get(DOCUMENTS, key) is not None:
            raise _known_already(key)
        rows.append(
            DocumentRow(id=key, advertiser=owner.get(key, ""), content=dict(content), received_at=act.at)
        )
    act.records.put_all(DOCUMENTS, rows)


def _claims(act: Doing, contents: Sequence[Object], vocabulary: Vocabulary | None) -> None:
    if not contents:
        return
    if vocabulary is None:
        message = say("claims are read by the vocabulary of a policy, and none was named")
        raise refused("unknown-package", message, say("name the policy"))
    log = ProblemLog()
    documents = frozenset(str(item.get("document")) for item in contents)
    for document in sorted(documents):
        if act.records.get(DOCUMENTS, document) is None:
            log.add(
                "unknown-document", say("there is no document {document}", document=document), where="claims"
            )
    reader = ClaimReader(vocabulary, log, documents)
    claims = reader.read_all(node_of(content, "claims") for content in contents)
    if log.refuses:
        raise refusal(log)
    rows = []
    for claim, content in zip(claims, contents, strict=True):
        if act.records.get(CLAIMS, claim.id) is not None:
            raise _known_already(claim.id)
        if claim.recorded_at > act.at:
            message = say("the claim {claim} was recorded later than now", claim=claim.id)
            raise refused("bad-value", message, say("correct `recorded_at`"))
        rows.append(
            ClaimRow(
                id=claim.id,
                subject=claim.subject,
                advertiser=_owner(act, claim.subject),
                content={key: value for key, value in content.items() if key != "withdrawn_at"},
                weight=claim.weight,
                document=str(claim.document or ""),
                recorded_at=claim.recorded_at,
                withdrawn_at=claim.withdrawn_at,
            )
        )
    act.records.put_all(CLAIMS, rows)


def _owner(act: Doing, subject: str) -> str:
    row = act.records.get(SUBJECTS, subject)
    if row is None:
        message = say("the subject {subject} is not on record", subject=subject)
        raise refused("unknown-subject", message, say("bring it in too"))
    return row.advertiser


def _known_already(key: str) -> ConflictError:
    message = say("{key} is here already", key=key)
    return ConflictError(
        message, hint=say("nothing was brought in; leave out what is here, or give it another id")
    )
