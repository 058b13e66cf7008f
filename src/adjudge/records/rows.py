"""The rows that an institution keeps: the present state of what its log tells, so that it can be read quickly.

The log is the record; rows follow from it. Rows hold what came from outside in the form of the case files (JSON of the
same keys), so that one reader checks both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from adjudge.basis.instant import Instant

Plain = dict[str, Any]
"""A JSON object. Its values are read by the readers of case files, which take nothing on trust."""


class VersionState(StrEnum):
    """Where a version of a policy stands. The table of moves is `adjudge.matters.states.VERSIONS`."""

    DRAFT = "draft"
    SHADOW = "shadow"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ROLLED_BACK = "rolled_back"


class MatterState(StrEnum):
    """Where a matter stands."""

    OPEN = "open"
    CLOSED = "closed"
    REOPENED = "reopened"


class DecisionState(StrEnum):
    """Where a decision stands: proposed until it is issued, or returned; issued until another one supersedes it."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    ISSUED = "issued"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody who works here or for an advertiser. `invitation` is the digest of the link that lets them join."""

    id: str
    email: str
    name: str
    roles: tuple[str, ...]
    advertiser: str = ""
    active: bool = True
    joined_at: Instant | None = None
    invitation: str = ""
    invited_until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A key. Only the digest of its secret is kept. `person` answers for what it does.

    One of a person's own (`own`) may do what the person may; any other is a service key, for the acts that it names.
    """

    id: str
    name: str
    person: str
    digest: str
    acts: tuple[str, ...]
    made_at: Instant
    own: bool = False
    expires_at: Instant | None = None
    revoked_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRow:
    """What statements of reasons say of the platform, and in which languages it writes."""

    id: str = "institution"
    platform: dict[str, str] = field(default_factory=dict)
    complaint: str = ""
    settlement: str = ""
    review: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version of a policy, sealed. Its id is the digest, so that an approval is bound to every byte of it."""

    id: str
    policy: str
    version: str
    text: str
    state: VersionState
    author: str
    drafted_at: Instant
    published_at: Instant
    approved_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnactmentRow:
    """That a version applies from an instant on, until the policy's next enactment; known since `recorded_at`.

    `rolls_back` is the digest of the version that was rolled back by it, empty otherwise.
    """

    id: str
    policy: str
    digest: str
    start: Instant
    recorded_at: Instant
    rolls_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """A subject, with what people need to recognise it (`content`: as under `subjects:` of a case file)."""

    id: str
    kind: str
    advertiser: str
    content: Plain
    recorded_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim (`content`: as in a claims file). `replaces` is the claim that this one discounts."""

    id: str
    subject: str
    advertiser: str
    content: Plain
    weight: int
    document: str
    recorded_at: Instant
    withdrawn_at: Instant | None = None
    replaces: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document (`content`: as in a documents file). `blob` is the digest of its bytes, empty where only described."""

    id: str
    advertiser: str
    content: Plain
    received_at: Instant
    blob: str = ""
    media_type: str = ""
    size: int = 0
    file_name: str = ""
    part: str = ""
    """The digest of the sealed part that holds what was said of it."""
    expunged_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter: an advertiser and its ads under one policy. `seen` grows with every act on it."""

    id: str
    advertiser: str
    policy: str
    territory: str
    state: MatterState
    opened_at: Instant
    source: str
    detection: str
    notified: tuple[str, ...] = ()
    assignee: str = ""
    reason: str = ""
    title: dict[str, str] = field(default_factory=dict)
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Somebody's signature for a role, or the confirmation of a second person (`role` is then `second_reviewer`)."""

    role: str
    person: str
    at: Instant
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision about one subject of a matter, from its proposal on.

    `proposal` is what the author wrote, `outcome` the exchange form of what the engine found, `statement` the words in
    each language, `answer` what recourse, reach and grounds were computed. `digest` binds signatures to the proposal.
    """

    id: str
    matter: str
    subject: str
    advertiser: str
    state: DecisionState
    author: str
    proposed_at: Instant
    package: str
    proposal: Plain
    digest: str
    outcome: Plain
    answer: Plain
    signatures: tuple[Signature, ...] = ()
    valid_at: Instant | None = None
    known_at: Instant | None = None
    issued_at: Instant | None = None
    automated: bool = False
    statement: dict[str, str] = field(default_factory=dict)
    notice: Plain = field(default_factory=dict)
    grounds: tuple[str, ...] = ()
    """Claims on which it rests."""
    contrary: tuple[str, ...] = ()
    """Claims that count against it, and that it has answered."""
    rules: tuple[str, ...] = ()
    """Rules whose measures it applies."""
    supersedes: str = ""
    entry: int = -1
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure in force by a decision: where, from when and until when (None: until lifted)."""

    id: str
    decision: str
    subject: str
    advertiser: str
    rule: str
    kind: str
    territories: tuple[str, ...]
    all_but: bool
    surfaces: tuple[str, ...]
    surfaces_all_but: bool
    start: Instant
    end: Instant | None = None
    lifted_at: Instant | None = None
    issued_at: Instant | None = None
    """When its decision was issued; None where that was before this was noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendRow:
    """What a subject spent in a time: a decimal amount as text, and its currency (ISO 4217)."""

    id: str
    subject: str
    advertiser: str
    start: Instant
    end: Instant
    amount: str
    currency: str
    recorded_at: Instant


Row = (
    PersonRow
    | KeyRow
    | InstitutionRow
    | VersionRow
    | EnactmentRow
    | SubjectRow
    | ClaimRow
    | DocumentRow
    | MatterRow
    | DecisionRow
    | MeasureRow
    | SpendRow
)
Texts = Mapping[str, str]
