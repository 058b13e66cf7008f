"""Claims of the institution: recorded, withdrawn, discounted with reasons. None is deleted, and none is ever raised.

A discounted claim is withdrawn, and one of lower weight is recorded in its place, each with its own time, so that every
earlier view can be had again. SEMANTICS 1.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.facts.claim import Claim
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Vocabulary
from adjudge.institution.consequences import reopen_what_fell
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.material.subjects import refusal, subject_row
from adjudge.institution.plain import as_text
from adjudge.institution.versions import package_of, version_at
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import ClaimRow
from adjudge.records.shelf import CLAIMS, DOCUMENTS

_GIVEN = frozenset({"id", "recorded_at", "withdrawn_at"})
"""Keys that the institution sets itself: nobody says when the institution came to know something."""
MOST_REMEMBERED = 50_000
"""Claims that are remembered as they were read, since each decision is compared with all on record."""


def record_claim(
    house: House, actor: Actor, policy: str, content: dict[str, Plain], *, once: bool = False
) -> ClaimRow:
    """Record a claim, in the words of a claims file without `id` and `recorded_at`, read by the policy's vocabulary.

    `once`: not again what the document has in the same words, as a form that is sent twice would.
    """
    given = sorted(_GIVEN & set(content))
    if given:
        message = say("{keys} are set by the institution", keys=tuple(given))
        raise refused("unknown-key", message, say("leave them out"))
    with house.records.reading() as records:
        advertiser = subject_row(records, str(content.get("subject") or "")).advertiser
    with doing(house, actor, Act.RECORD_CLAIM, advertiser) as act:
        if once:
            _refuse_again(act.records, content)
        whole = {**content, "id": act.mint("C"), "recorded_at": str(act.at)}
        claim = read_claim(act.records, vocabulary_of(act, policy), whole)
        row = row_of(claim, whole, advertiser)
        act.records.put(CLAIMS, row)
        act.write(
            row.id,
            {"subject": row.subject, "advertiser": advertiser, "weight": str(row.weight)},
            {"claim": as_text(whole)},
        )
        reopen_what_fell(act)
    return row


def withdraw_claim(house: House, actor: Actor, claim_id: str, reason: str) -> ClaimRow:
    """Withdraw a claim from now on; decisions that rest on it are reopened."""
    row = _live(house, claim_id)
    with doing(house, actor, Act.WITHDRAW_CLAIM, row.advertiser) as act:
        withdrawn = _withdrawn(act, claim_id, need(reason, say("the reason")))
        act.write(
            row.id,
            {"subject": row.subject, "advertiser": row.advertiser, "reason": withdrawn.reason},
        )
        reopen_what_fell(act)
    return withdrawn


def discount(house: House, actor: Actor, claim_id: str, weight: int, reason: str) -> ClaimRow:
    """Lower the weight of a claim, with reasons; the claim that takes its place. Raising is refused."""
    row = _live(house, claim_id)
    with doing(house, actor, Act.DISCOUNT, row.advertiser) as act:
        told = need(reason, say("the reason"))
        if not 1 <= weight < row.weight:
            message = say("a claim of weight {weight} can only be lowered", weight=row.weight)
            hint = say("name a weight from 1 up to {most}, or withdraw the claim", most=row.weight - 1)
            raise refused("bad-weight", message, hint)
        old = _withdrawn(act, claim_id, told)
        content = {**old.content, "id": act.mint("C"), "recorded_at": str(act.at), "weight": weight}
        content.pop("weight_reason", None)
        new = replace(
            old,
            id=str(content["id"]),
            content=content,
            weight=weight,
            recorded_at=act.at,
            withdrawn_at=None,
            replaces=old.id,
            reason=told,
        )
        act.records.put(CLAIMS, new)
        act.write(
            old.id,
            {
                "subject": row.subject,
                "advertiser": row.advertiser,
                "by": new.id,
                "weight": str(weight),
                "reason": told,
            },
            {"claim": as_text(content)},
        )
        reopen_what_fell(act)
    return new


def _refuse_again(records: Reading, content: dict[str, Plain]) -> None:
    for row in records.find(CLAIMS, document=str(content.get("document") or "")):
        same = {name: text for name, text in row.content.items() if name not in _GIVEN} == content
        if same and row.withdrawn_at is None:
            raise ConflictError(say("this claim is recorded already"), hint=say("look at the claims again"))


def _withdrawn(act: Doing, claim_id: str, reason: str) -> ClaimRow:
    row = act.records.get(CLAIMS, claim_id)
    if row is None:
        raise not_found()
    if row.withdrawn_at is not None:
        raise ConflictError(
            say("the claim was withdrawn on {day}", day=row.withdrawn_at),
            hint=say("look at the claims again"),
        )
    withdrawn = replace(row, withdrawn_at=act.at, reason=reason)
    act.records.put(CLAIMS, withdrawn)
    return withdrawn


def _live(house: House, claim_id: str) -> ClaimRow:
    with house.records.reading() as records:
        row = records.get(CLAIMS, claim_id)
    if row is None:
        raise not_found()
    return row


# --- between rows and claims ---


def vocabulary_of(act: Doing, policy: str) -> Vocabulary:
    """The vocabulary of the version of a policy that applies now."""
    row = version_at(act.records, policy, act.at)
    if row is None:
        message = say("no version of {policy} is in force", policy=policy)
        raise refused("unknown-package", message, say("put a version in force first"))
    return package_of(row.text).vocabulary


def read_claim(records: Reading, vocabulary: Vocabulary, content: dict[str, Plain]) -> Claim:
    """A claim from its words. Raises RefusedError with what is wrong in it."""
    log = ProblemLog()
    document = str(content.get("document") or "")
    documents = frozenset({document}) if records.get(DOCUMENTS, document) is not None else frozenset()
    claim = ClaimReader(vocabulary, log, documents).read(node_of(content, "claim"))
    if claim is None or log.refuses:
        raise refusal(log)
    return claim


def row_of(claim: Claim, content: dict[str, Plain], advertiser: str) -> ClaimRow:
    """A claim that was read, as a row."""
    return ClaimRow(
        id=claim.id,
        subject=claim.subject,
        advertiser=advertiser,
        content=dict(content),
        weight=claim.weight,
        document=claim.document or "",
        recorded_at=claim.recorded_at,
        withdrawn_at=claim.withdrawn_at,
    )


def claims_of(rows: Iterable[ClaimRow], vocabulary: Vocabulary, log: ProblemLog) -> tuple[Claim, ...]:
    """Rows as claims, those left out whose fact the vocabulary does not know. Problems are said in the log."""
    speaker = _Speaker(vocabulary)
    known = (row for row in rows if str(row.content.get("fact")) in vocabulary.facts)
    found = (_claim_of(row, speaker, log) for row in known)
    return tuple(claim for claim in found if claim is not None)


@dataclass(frozen=True, slots=True, eq=False)
class _Speaker:
    """A vocabulary by which claims are remembered: the very one, which is kept as long as they are."""

    vocabulary: Vocabulary

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Speaker) and self.vocabulary is other.vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)


def _claim_of(row: ClaimRow, speaker: _Speaker, log: ProblemLog) -> Claim | None:
    """A row as a claim, remembered; one that cannot be read is read again, so that its problem is said."""
    content = _with_end(row)
    claim = _claim_once(json.dumps(content, ensure_ascii=False), speaker)
    return claim or ClaimReader(speaker.vocabulary, log, frozenset({row.document})).read(
        node_of(content, row.id)
    )


@lru_cache(maxsize=MOST_REMEMBERED)
def _claim_once(text: str, speaker: _Speaker) -> Claim | None:
    content = json.loads(text)
    documents = frozenset({str(content.get("document") or "")})
    return ClaimReader(speaker.vocabulary, ProblemLog(), documents).read(node_of(content, "claim"))


def _with_end(row: ClaimRow) -> dict[str, Plain]:
    """The words of a claim with the end of its known time."""
    content: dict[str, Plain] = dict(row.content)
    return content if row.withdrawn_at is None else {**content, "withdrawn_at": str(row.withdrawn_at)}
