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
    REJECTED = "rejected"


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
    LAPSED = "lapsed"
    """A clock of the platform ran out, and its measures are lifted: nobody answered in time."""


class NoticeState(StrEnum):
    """Where a notice stands: owed by what was decided, made from what is committed, or not to be sent any more."""

    OWED = "owed"
    MADE = "made"


class Purpose(StrEnum):
    """What a notice tells."""

    DECISION = "decision"
    """A decision, with its statement of reasons."""
    CORRECTION = "correction"
    """The same anew, in place of a notice that had a mistake."""
    REMINDER = "reminder"
    """That a measure begins soon, or that the time for complaining ends soon."""
    RECEIVED = "received"
    """An appeal or a request for reasons was received, with the days by which somebody must act."""
    ACKNOWLEDGED = "acknowledged"
    """Somebody has looked at it, and says what happens next."""
    EXTENDED = "extended"
    """A clock was given more time, and why."""
    REASONS = "reasons"
    """The answer to a request for reasons."""
    OUTCOME = "outcome"
    """An appeal is decided, point by point."""
    RAN_OUT = "ran_out"
    """A clock of the platform ran out, and what followed by itself."""
    PAUSED = "paused"
    """A measure has no effect for a time, or has effect again."""
    MESSAGE = "message"
    """The platform has written in an appeal."""
    MISUSE = "misuse"
    """A warning, or a suspension for misuse, or its end. DSA Art. 23."""
    SETTLEMENT = "settlement"
    """What was done after a settlement out of court."""
    CHANGED = "changed"
    """An ad is not as it was approved, and what holds meanwhile."""
    REPLY = "reply"
    """A reply in the public register was refused, and how to answer; or is shown again."""


class DeliveryState(StrEnum):
    """Where the delivery of a notice by one channel stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Refused for good, or tried for longer than is of use: a person must look at it."""


class Channel(StrEnum):
    """How a notice reaches its addressee."""

    PAGE = "page"
    """The advertiser's page, where it stands as soon as it is made."""
    EMAIL = "email"
    WEBHOOK = "webhook"


class AppealKind(StrEnum):
    """What is asked of the platform."""

    APPEAL = "appeal"
    """That a decision be reversed or changed. DSA Art. 20, P2B Art. 11."""
    REASONS = "reasons"
    """That its reasons be stated, or stated better."""


class AppealState(StrEnum):
    """Where an appeal or a request for reasons stands. The table of moves is `adjudge.appeals.states`."""

    FILED = "filed"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    GRANTED = "granted"
    """By silence: the clock ran out, and the declared consequence lifted the measure."""


class Outcome(StrEnum):
    """How an appeal ended, told by the measures before and after it and by nobody's word."""

    UPHELD = "upheld"
    VARIED = "varied"
    REVERSED = "reversed"


class ClockState(StrEnum):
    """Where a clock stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    """What was owed was done, or is no longer owed."""
    RAN_OUT = "ran_out"


class DisputeState(StrEnum):
    """Where a dispute before a body of out-of-court settlement stands. DSA Art. 21."""

    REFERRED = "referred"
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"
    NOT_FOLLOWED = "not_followed"
    """With reasons: the outcome does not bind. DSA Art. 21(2)."""
    ENDED = "ended"
    """Without an outcome: withdrawn, or the body did not take it."""


class MisuseState(StrEnum):
    """Where a procedure for misuse stands. DSA Art. 23."""

    WARNED = "warned"
    SUSPENDED = "suspended"
    ENDED = "ended"


class ReplyState(StrEnum):
    """Where an advertiser's reply in the public register stands."""

    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    """By the advertiser, whose choice it is."""
    REFUSED = "refused"
    """By a person here, on a declared ground and with reasons."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a measure has no effect: an appeal is open, or a clock of the platform ran out. `by` says which.

    `end` is None until it ends.
    """

    start: Instant
    end: Instant | None
    by: str


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
    replaces: str = ""
    """The key in whose place it came, which ends soon after."""
    used_on: Instant | None = None
    """The day (00:00 UTC) on which it was last used; in no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookRow:
    """A program of the platform's own that is told of what happens: entries of the log, in order, none left out.

    `kinds` narrows what it is told (`decision:issued`, or `decision:*`; empty: all). `next_seq` is the first entry that
    it has not taken; the log is the outbox, so that nothing that was committed is ever missing. `secret` signs what is
    sent (Standard Webhooks, HMAC-SHA256). How far it has come follows from no entry, and is not in the log.
    """

    id: str
    name: str
    url: str
    secret: str
    made_by: str
    made_at: Instant
    kinds: tuple[str, ...] = ()
    next_seq: int = 0
    attempts: int = 0
    due_at: Instant | None = None
    """When it is tried next: after an attempt that failed, or while somebody is sending."""
    last_error: str = ""
    failing_since: Instant | None = None
    """When the first of the attempts failed since which none went well."""
    taken_at: Instant | None = None
    """When it last took an entry."""
    ended_at: Instant | None = None
    gone: bool = False
    """Ended because the receiver said that it is there no more, or answered nothing for a month."""
    turn: int = 0
    """Grows with each settlement, replay and end: whoever sends meanwhile then leaves off."""
    former_secret: str = ""
    former_until: Instant | None = None
    """Until then the secret before signs too, so that a receiver can take the new one over without a gap."""


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
    reason: str = ""
    """Why it was rejected."""


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


@dataclass(frozen=True, slots=True)
class Approval:
    """A decision in force that puts no measure on an ad, and the version of the ad about which it was decided.

    It holds where its matter does: `territory` is empty for everywhere.
    """

    decision: str
    version: str
    territory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """A subject, with what people need to recognise it (`content`: as under `subjects:` of a case file)."""

    id: str
    kind: str
    advertiser: str
    content: Plain
    recorded_at: Instant
    approvals: tuple[Approval, ...] = ()
    """Of an ad with digests: the decisions in force that approved a version of it, at most one under each policy."""


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
class QueueRow:
    """A matter as the queue sorts and finds it. It follows from other rows, and no entry of the log tells of it.

    Times and numbers are digits of one width, so that they sort as texts. `on_…` is `1` where the matter waits for
    whoever the field names, else empty. `adjudge.institution.queue` keeps it true.
    """

    id: str
    advertiser: str
    policy: str
    territory: str
    state: str
    assignee: str
    live: str
    """`1` while somebody has something to do in it, else empty."""
    due: str
    """When the clock that is due first is over, in nanoseconds; nines where none runs."""
    severity: str
    """Of the severest measure that is proposed, or was found when it was evaluated on record; `0` for none."""
    spend: str
    """What was spent in the last time of which that is known: the currency, then the amount; empty where unknown."""
    opened: str
    on_reviewer: str = ""
    on_second_reviewer: str = ""
    on_legal: str = ""
    on_appeals: str = ""
    on_advertiser: str = ""
    found: str = "0"
    """The severity of what was found alone, which no other row keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Somebody's signature for a role, or the confirmation of a second person (`role` is then `second_reviewer`)."""

    role: str
    person: str
    at: Instant
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A decision as the public register has it: what may be shown, and how it is found. It follows from other rows.

    `shown` is the redacted form, of which every public face is made; nothing else of a decision reaches one. `place`
    (the number of the entry by which it was issued) and `issued` are digits of one width, so that they sort as texts.
    `words` are those by which it is found, each once, between spaces; `cell` is what it counts as in the statistics,
    and `terms` the digest of the terms under which it was redacted.
    """

    id: str
    place: str
    issued: str
    advertiser: str
    """The id, so that what follows from the advertiser is made anew with it. It is never shown."""
    matter: str
    cell: str
    words: str
    shown: Plain
    terms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """The advertiser's own words beside its decision in the public register. The id is the decision's.

    `part` is the sealed part that holds the words. `ground`, `reason` and `refused_by` are of a refusal, `answer` is
    what the advertiser answered to it.
    """

    id: str
    advertiser: str
    state: ReplyState
    text: str
    language: str
    given_by: str
    given_at: Instant
    ended_at: Instant | None = None
    ground: str = ""
    reason: str = ""
    refused_by: str = ""
    answer: str = ""
    answered_at: Instant | None = None
    part: str = ""


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
    appeal: str = ""
    """The appeal that it decides."""
    issued_by: str = ""
    """Who issued it; empty where automation did, and where that was before this was noted."""
    bound_to: str = ""
    """The version of the ad that it approves; empty where it approves none, or the ad had no digests."""


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
    pauses: tuple[Pause, ...] = ()
    """Times in which it has no effect; they do not overlap."""
    since: Instant | None = None
    """When it began by an earlier decision, where it goes on from that; None where it begins anew."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRow:
    """How the institution answers: its calendar, its clocks, when measures rest, and how misuse is met.

    `clocks` has, by kind, `count`, `unit` and `consequence`; what is not there is as declared by the program. A clock
    that runs keeps the term that was told. `relief` names the kinds of measure that rest while an appeal is open.
    `advance_days` is how long before its time an advertiser is told that all of its advertising ends. P2B Art. 4(2).
    """

    id: str = "procedure"
    country: str = ""
    zone: str = "UTC"
    closed: tuple[str, ...] = ()
    clocks: dict[str, dict[str, str]] = field(default_factory=dict)
    relief: tuple[str, ...] = ()
    advance_days: int = 0
    reminder_days: int = 7
    link_days: int = 30
    """For how many days the link that goes out with a notice lets its reader in; 0 sends none."""
    mediators: tuple[str, ...] = ()
    misuse: dict[str, str] = field(default_factory=dict)
    retention: dict[str, str] = field(default_factory=dict)
    """By rule, after how many days what is no longer needed goes; what is not there is kept."""
    surfaces: tuple[str, ...] = ("ads",)
    """What counts as advertising, by the names under which servers ask: where a measure holds that names none."""
    when_stale: dict[str, str] = field(default_factory=dict)
    """By kind of measure, what holds where a server was not told for too long; kinds that are not there go on."""
    stale_after: int = 60
    """Seconds after which that is too long."""
    unknown_landing: str = "allow"
    """What holds for an ad of which nobody can tell where it leads: `allow` or `deny`."""
    changed: str = "review"
    """What becomes of an ad that is not as it was approved: `review`, `hold` or `run`."""
    public: dict[str, str] = field(default_factory=dict)
    """What is public of decisions: see `adjudge.redaction.terms`. What is not there is as declared by the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """How an advertiser is reached beside its page: addresses, a webhook, and the language that it reads.

    The id is the advertiser's. `webhook_secret` signs what is sent to the webhook (Standard Webhooks, HMAC-SHA256).
    """

    id: str
    language: str = "en"
    emails: tuple[str, ...] = ()
    webhook: str = ""
    webhook_secret: str = ""
    part: str = ""
    """The digest of the sealed part that holds the addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice: what is told to an advertiser. Owed with what it tells of, made from what is committed then.

    `about` is the decision that it tells of, `of` the appeal, clock, misuse or dispute (else empty). `forms` has the
    digests of the bytes as sent, by media type; `facts` what its making needs beside the records.
    """

    id: str
    purpose: Purpose
    state: NoticeState
    advertiser: str
    about: str
    of: str
    owed_at: Instant
    facts: Plain = field(default_factory=dict)
    language: str = ""
    title: str = ""
    made_at: Instant | None = None
    forms: dict[str, str] = field(default_factory=dict)
    replaces: str = ""
    opened_at: Instant | None = None
    """When somebody of the advertiser first opened it on the page."""
    part: str = ""
    """The digest of the sealed part that holds its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that went out with a notice, by which its reader is let in once. Only the digest of its secret is kept."""

    digest: str
    until: Instant
    opened_at: Instant | None = None
    """When it let somebody in; in no entry of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """The delivery of a notice by one channel to one address: once, however often it is tried.

    `message` is the name under which it is sent, the same at each attempt, so that a receiver knows it again.
    """

    id: str
    notice: str
    advertiser: str
    channel: Channel
    address: str
    state: DeliveryState
    message: str
    due_at: Instant
    """When it is tried next."""
    first_due_at: Instant
    attempts: int = 0
    last_error: str = ""
    delivered_at: Instant | None = None
    proof: str = ""
    """What the receiving server answered."""
    links: tuple[Link, ...] = ()
    """One for each attempt by mail: nobody knows which of them arrived. In no entry."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an appeal, in the appellant's words, and the answer to it."""

    id: str
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """An appeal against a decision, or a request for its reasons.

    `appellant` is what whoever filed it was at filing (`advertiser`, or `staff` who wrote down what came by another
    way): the wording follows it. `part` is the sealed part that holds its words. `outcome` is empty until it is
    decided, `result` is the decision by which it was.
    """

    id: str
    kind: AppealKind
    state: AppealState
    decision: str
    matter: str
    advertiser: str
    filed_by: str
    filed_at: Instant
    appellant: str
    language: str
    points: tuple[Point, ...]
    documents: tuple[str, ...] = ()
    assignee: str = ""
    acknowledged_at: Instant | None = None
    ended_at: Instant | None = None
    outcome: str = ""
    result: str = ""
    answer: str = ""
    """Of a request for reasons: the answer. What is answered in an appeal stands with its points."""
    held_until: Instant | None = None
    """Not before then is it handled: the handling of this advertiser's appeals is suspended. DSA Art. 23(2)."""
    rests: tuple[str, ...] = ()
    """The kinds of measure of its decision that rest while it is open: by what is declared, or by a person's word."""
    unfounded: bool = False
    """Found manifestly unfounded by whoever decided it, the decision having been upheld. DSA Art. 23(2)."""
    part: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """A message in an appeal: who wrote (`advertiser` or `platform`), what, and with which documents."""

    id: str
    appeal: str
    advertiser: str
    side: str
    author: str
    at: Instant
    text: str
    documents: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time for a clock: until when, when that was decided, by whom and why. It was told."""

    due_at: Instant
    at: Instant
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """A clock that binds the platform. Its term and consequence stay as they were told when it began.

    `of` is the appeal or dispute for which it runs. `due_at` is the first instant at which it is too late, `latest_at`
    that to which it can be extended; None of clocks that began before that was kept.
    """

    id: str
    kind: str
    state: ClockState
    of: str
    decision: str
    advertiser: str
    started_at: Instant
    count: int
    unit: str
    consequence: str
    due_at: Instant
    ended_at: Instant | None = None
    extensions: tuple[Extension, ...] = ()
    latest_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    """A dispute before a body of out-of-court settlement. `recommended` is its outcome in its own words.

    `recorded_by` is the side that recorded the outcome (`advertiser` or `platform`), `documents` what shows it.
    """

    id: str
    state: DisputeState
    decision: str
    appeal: str
    advertiser: str
    body: str
    reference: str
    referred_at: Instant
    due_at: Instant
    outcome: str = ""
    recommended: str = ""
    decided_at: Instant | None = None
    recorded_by: str = ""
    """Empty where there is no outcome, and where it was recorded before this was noted."""
    documents: tuple[str, ...] = ()
    ended_at: Instant | None = None
    result: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisuseRow:
    """A procedure for misuse of appeals: a warning, then perhaps a suspension of handling them until a day.

    `criteria` has what was weighed (DSA Art. 23(3)): `number`, `share`, `gravity`, `intention`.
    """

    id: str
    state: MisuseState
    advertiser: str
    author: str
    warned_at: Instant
    criteria: dict[str, str]
    reason: str
    suspended_at: Instant | None = None
    until: Instant | None = None
    confirmed_by: str = ""
    ended_at: Instant | None = None


Row = (
    PersonRow
    | KeyRow
    | HookRow
    | InstitutionRow
    | VersionRow
    | EnactmentRow
    | SubjectRow
    | ClaimRow
    | DocumentRow
    | MatterRow
    | QueueRow
    | RegisterRow
    | ReplyRow
    | DecisionRow
    | MeasureRow
    | SpendRow
    | ProcedureRow
    | ContactRow
    | NoticeRow
    | DeliveryRow
    | AppealRow
    | MessageRow
    | ClockRow
    | DisputeRow
    | MisuseRow
)
Texts = Mapping[str, str]
