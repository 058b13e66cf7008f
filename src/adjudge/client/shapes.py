"""Forms of requests and answers. Written by tools/genclient.py from the description of the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from adjudge.client.shape import Shape

Age = Literal["under_1_week", "1_to_4_weeks", "4_to_12_weeks", "over_12_weeks"]


AppealKind = Literal["appeal", "reasons"]


AppealState = Literal["filed", "acknowledged", "decided", "answered", "withdrawn", "granted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Shape):
    """One point of an appeal, in the appellant's words, and the answer to it."""

    id: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(Shape):
    """An appeal against a decision, or a request for its reasons."""

    id: str
    kind: AppealKind
    state: AppealState
    decision: str
    matter: str
    advertiser: str
    appellant: str
    """What whoever filed it was: `advertiser` or `staff`."""
    filed_by: str
    """The person; for advertisers it is empty where staff filed it."""
    filed_at: str
    language: str
    points: tuple[Point, ...]
    documents: tuple[str, ...]
    assignee: str
    """Whose it is; empty where nobody has it, and for advertisers."""
    acknowledged_at: str | None
    ended_at: str | None
    outcome: str
    """`upheld`, `varied` or `reversed`; empty until it is decided."""
    result: str
    """The decision that it led to, or whose reasons were stated; or empty."""
    answer: str
    """Of a request for reasons: the answer."""
    held_until: str | None
    """Not before then is it handled: handling is suspended."""
    rests: tuple[str, ...]
    """Kinds of measure that rest while it is open."""
    unfounded: bool
    """It was found manifestly unfounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached(Shape):
    """A document that came with an appeal, a message or an outcome."""

    id: str
    title: str
    received_at: str
    media_type: str
    file_name: str
    size: int
    expunged_at: str | None


ClockKind = Literal["acknowledge", "answer", "decide", "settle", "carry_out"]


ClockState = Literal["running", "stopped", "ran_out"]


Consequence = Literal["escalate", "suspend_measure", "reinstate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Shape):
    """More time for a clock, which was told."""

    due_at: str
    at: str
    by: str
    """Who gave it; empty for advertisers."""
    reason: str


Unit = Literal["days", "business_days", "months"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Shape):
    """A clock that binds the platform. Its term and its consequence stay as they were told."""

    id: str
    kind: ClockKind
    state: ClockState
    of: str
    """The appeal or dispute for which it runs."""
    decision: str
    advertiser: str
    started_at: str
    count: int
    unit: Unit
    consequence: Consequence
    """What is declared for its end."""
    due_at: str
    """The first instant at which it is too late."""
    ended_at: str | None
    latest_at: str | None
    """To when it can be extended; null of clocks that began before that was kept."""
    extensions: tuple[Extension, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Shape):
    """A message in an appeal."""

    id: str
    appeal: str
    side: str
    """Who wrote: `advertiser` or `platform`."""
    author: str
    """The person; for advertisers it is empty where the platform wrote."""
    at: str
    text: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealWhole(Shape):
    """An appeal, with what it is about, its clocks, and the last of what was written in it."""

    id: str
    kind: AppealKind
    state: AppealState
    decision: str
    matter: str
    advertiser: str
    appellant: str
    """What whoever filed it was: `advertiser` or `staff`."""
    filed_by: str
    """The person; for advertisers it is empty where staff filed it."""
    filed_at: str
    language: str
    points: tuple[Point, ...]
    documents: tuple[str, ...]
    assignee: str
    """Whose it is; empty where nobody has it, and for advertisers."""
    acknowledged_at: str | None
    ended_at: str | None
    outcome: str
    """`upheld`, `varied` or `reversed`; empty until it is decided."""
    result: str
    """The decision that it led to, or whose reasons were stated; or empty."""
    answer: str
    """Of a request for reasons: the answer."""
    held_until: str | None
    """Not before then is it handled: handling is suspended."""
    rests: tuple[str, ...]
    """Kinds of measure that rest while it is open."""
    unfounded: bool
    """It was found manifestly unfounded."""
    subject: str
    """What the decision is about."""
    clocks: tuple[Clock, ...]
    messages: tuple[Message, ...]
    """The last 20, in order."""
    message_count: int
    attached: tuple[Attached, ...]
    """The last 100 documents that came with it."""
    proposal: str
    """The proposal that waits, by which it would be decided; empty without, and for advertisers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealable(Shape):
    """Until when a decision can be appealed."""

    id: str
    """The decision."""
    until: str | None
    """The first instant at which it is too late; null while nothing proves that it was told."""


Outcome = Literal["upheld", "varied", "reversed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed(Shape):
    """How appeals ended against decisions that had applied a rule; an appeal counts for each such
    rule.
    """

    policy: str
    version: str
    rule: str
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Shape):
    """A decision in force that puts no measure on an ad, and the version of the ad about which it was
    decided.
    """

    decision: str
    version: str
    territory: str
    """Where it holds (ISO 3166-1); empty for everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignable(Shape):
    """Somebody to whom an appeal can be assigned."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy(Shape):
    """Something that is kept and is not what the log says."""

    where: str
    entry: int | None
    """The entry that speaks of it; null where none does."""
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit(Shape):
    """Everything that is kept, held to the log."""

    entries: int
    signed: int
    """Entries that a checkpoint covers."""
    rows: int
    silent_parts: int
    """Sealed parts that are gone, so that nothing could be compared."""
    findings: tuple[Discrepancy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf(Shape):
    """What is supposed of the claims, for this question alone."""

    claims: Sequence[Mapping[str, Any]] | None = None
    """As in a claims file; `id`, `document` and `recorded_at` may be left out. Not stored."""
    without: Sequence[str] | None = None
    """Ids of claims on record that do not count here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefQuestion(Shape):
    """What would be found: by which policy, of whom, when and where. Without times, now is meant.

    What is on record is taken from `matter` or `advertiser`; with neither, only what is sent
    counts.
    """

    policy: str | None = None
    """May be left out beside `matter` or `version`."""
    version: str | None = None
    """A version by its digest, the beginning of it, or `policy@version`: a draft too, for whoever may
    read it. Without it the one that applied at `known_at`.
    """
    matter: str | None = None
    advertiser: str | None = None
    about: Sequence[str] | None = None
    """Only these subjects; empty: all."""
    territory: str | None = None
    """ISO 3166-1, as FR; empty: that of the matter, else everywhere."""
    valid_at: str | None = None
    known_at: str | None = None
    subjects: Sequence[Mapping[str, Any]] | None = None
    """As under `subjects:` of a case file. Not stored."""
    what_if: WhatIf | None = None


Disposition = Literal["measure", "refer", "request_evidence", "no_measure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledFor(Shape):
    """The decision that an outcome calls for. Nobody has decided it."""

    subject: str
    disposition: Disposition
    measures: tuple[Mapping[str, Any], ...]
    """With their details, where and from when: as under `decision` of adjudge-answer/1."""
    by_person: tuple[Mapping[str, str], ...]
    """Why automation may not decide; empty where it may."""
    evidence_wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundShape(Shape):
    """One thing that stands in the way, and what would put it right."""

    code: str
    message: str
    hint: str | None = None
    where: str | None = None
    """The place in the request, as a path of names."""
    line: int | None = None
    """Of a text that was sent: the line, from 1."""
    column: int | None = None


MeasureKind = Literal["notify", "label", "require", "limit", "suspend", "exclude"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFound(Shape):
    """A measure that follows, by which rule."""

    rule: str
    kind: MeasureKind


Verdict = Literal["unknown", "refuted", "unproven", "contested", "excepted", "met"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Shape):
    """What one rule says: its verdict, and the weights for and against its condition."""

    rule: str
    verdict: Verdict
    for_: int
    against: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShape(Shape):
    """What the rules say of one subject: LANGUAGE.md 8."""

    subject: str
    rules: tuple[Rule, ...]
    measures: tuple[MeasureFound, ...]
    referred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Shape):
    """What was found, off the record."""

    policy: str
    version: str
    package: str
    """The digest of the version that was asked."""
    valid_at: str
    known_at: str
    territory: str | None
    outcomes: tuple[OutcomeShape, ...]
    decisions: tuple[CalledFor, ...]
    left_out: tuple[FoundShape, ...]
    """Claims on record that took no part, since the version that was asked cannot read them: why not."""
    answer: Mapping[str, Any] | None
    """The whole answer with its reasons, where they were asked for, in the form adjudge-answer/1
    (schemas/answer.schema.json).
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Shape):
    """Why one of several questions was not answered."""

    code: str
    detail: str
    hint: str
    findings: tuple[FoundShape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem(Shape):
    """The answer to one of several questions, or why there is none."""

    evaluation: Evaluation | None
    problem: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchShape(Shape):
    """The answers to several questions, in their order."""

    items: tuple[BatchItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Shape):
    """A year of the institution's calendar."""

    id: str
    """The year."""
    country: str
    zone: str
    closed: tuple[str, ...]
    """Days from Monday to Friday on which no business is done: holidays, and days that were closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came(Shape):
    """What came of a file: rows are taken or refused; objects are brought in now, or were known
    already.
    """

    rows: int
    taken: int
    refused: int
    brought: int
    known: int
    entries: tuple[int, ...]
    """Numbers of the entries that were written."""
    left_out: tuple[FoundShape, ...]
    """What is wrong with rows that did not come in, the first 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Shape):
    """An entry of the log that came since the caller looked."""

    seq: int
    at: str
    kind: str
    by: str


Channel = Literal["page", "email", "webhook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(Shape):
    """The log as it was signed at a size."""

    id: str
    """The size, as text."""
    origin: str
    size: int
    root: str
    note: str
    """The signed note (C2SP tlog-checkpoint), to be kept and held to the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Shape):
    """A claim. None is ever deleted: one that counts no more is withdrawn."""

    id: str
    subject: str
    advertiser: str
    content: Mapping[str, Any]
    """As in a claims file."""
    weight: int
    document: str
    recorded_at: str
    withdrawn_at: str | None
    replaces: str
    """The claim that this one discounts."""
    reason: str
    """Why it was withdrawn or discounted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockNow(Shape):
    """A clock, with what holds now."""

    id: str
    kind: ClockKind
    state: ClockState
    of: str
    """The appeal or dispute for which it runs."""
    decision: str
    advertiser: str
    started_at: str
    count: int
    unit: Unit
    consequence: Consequence
    """What is declared for its end."""
    due_at: str
    """The first instant at which it is too late."""
    ended_at: str | None
    latest_at: str | None
    """To when it can be extended; null of clocks that began before that was kept."""
    extensions: tuple[Extension, ...]
    overdue: bool
    """Its time is over, and what it is for was not done."""
    foreseen: Consequence
    """What can follow at its end as things stand now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermToSettle(Shape):
    """A clock: its term, and what follows at its end."""

    count: int
    unit: Unit | None = None
    consequence: Consequence


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksToSettle(Shape):
    """The clocks; one that is left out is as the program declares it."""

    acknowledge: TermToSettle | None = None
    answer: TermToSettle | None = None
    decide: TermToSettle | None = None
    settle: TermToSettle | None = None
    carry_out: TermToSettle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency(Shape):
    """That the log only grew (RFC 9162 2.1.4): the later tree begins with the earlier one."""

    first: int
    first_root: str
    second: int
    second_root: str
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Shape):
    """How an advertiser is reached beside its page."""

    id: str
    """The advertiser."""
    language: str
    emails: tuple[str, ...]
    webhook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSettled(Shape):
    """How an advertiser is reached from now on."""

    id: str
    """The advertiser."""
    language: str
    emails: tuple[str, ...]
    webhook: str
    webhook_secret: str
    """What signs the posts to the webhook, where it was just made: it is told this once. Else empty."""
    notices_taken_along: int
    """Notices that waited for an address that is gone, and go to those of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested(Shape):
    """A fact of which live claims say yes and others no, about the same subject."""

    fact: str
    subjects: int
    """Of how many subjects."""
    claims: int
    """How many claims about these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrary(Shape):
    """A claim that counts against what was found, and that a proposal has to answer."""

    claim: str
    fact: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine(Shape):
    """A line of a table of counts."""

    key: tuple[str, ...]
    """By what it counts."""
    counts: tuple[int | None, ...]
    """How many; null where the count is withheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Shape):
    """How many appeals there are in each part of the queue; advertisers have the last two parts alone."""

    mine: int | None
    unassigned: int | None
    overdue: int | None
    open: int
    ended: int


DecisionState = Literal["proposed", "returned", "issued", "superseded", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Shape):
    """A decision about one subject of a matter, from its proposal on."""

    id: str
    matter: str
    subject: str
    advertiser: str
    state: DecisionState
    author: str
    """The person who proposed it; empty for advertisers."""
    proposed_at: str
    package: str
    """The digest of the version of the policy."""
    digest: str
    """What signatures are bound to: send it with `confirm` and `sign`."""
    issued_at: str | None
    valid_at: str | None
    known_at: str | None
    automated: bool
    rules: tuple[str, ...]
    grounds: tuple[str, ...]
    """Claims on which it rests."""
    contrary: tuple[str, ...]
    """Claims that count against it, and that it answers."""
    supersedes: str
    appeal: str
    """The appeal that it decides."""
    entry: int
    """The entry of the log by which it was issued; -1 before that."""
    bound_to: str
    """The version of the ad that it approves; empty where it approves none. Another one is not
    approved.
    """
    reason: str
    """Why it was returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine(Shape):
    """A decision of a matter."""

    id: str
    subject: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Shape):
    """A time in which a measure rests. `by` is the appeal or the clock for which it does, or `cure`."""

    start: str
    end: str | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Shape):
    """A measure that a decision applies: where, from when and until when."""

    id: str
    decision: str
    subject: str
    advertiser: str
    rule: str
    kind: MeasureKind
    territories: tuple[str, ...]
    """Countries (ISO 3166-1), or those left out where `all_but`."""
    all_but: bool
    surfaces: tuple[str, ...]
    """Surfaces, or those left out where `surfaces_all_but`."""
    surfaces_all_but: bool
    start: str
    end: str | None
    """Null where it lasts until it is lifted."""
    lifted_at: str | None
    issued_at: str | None
    since: str | None
    """When it began by an earlier decision from which it goes on."""
    pauses: tuple[Pause, ...]
    state: Literal["in_effect", "waits_to_begin", "rests_now", "is_lifted", "is_over"]
    """How it stands at the time of this answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Shape):
    """Somebody's signature for a role. Advertisers are told the role and the time alone."""

    role: str
    person: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWhole(Shape):
    """A decision with its words and measures, whose signature it needs, and what stands in its way."""

    id: str
    matter: str
    subject: str
    advertiser: str
    state: DecisionState
    author: str
    """The person who proposed it; empty for advertisers."""
    proposed_at: str
    package: str
    """The digest of the version of the policy."""
    digest: str
    """What signatures are bound to: send it with `confirm` and `sign`."""
    issued_at: str | None
    valid_at: str | None
    known_at: str | None
    automated: bool
    rules: tuple[str, ...]
    grounds: tuple[str, ...]
    """Claims on which it rests."""
    contrary: tuple[str, ...]
    """Claims that count against it, and that it answers."""
    supersedes: str
    appeal: str
    """The appeal that it decides."""
    entry: int
    """The entry of the log by which it was issued; -1 before that."""
    bound_to: str
    """The version of the ad that it approves; empty where it approves none. Another one is not
    approved.
    """
    reason: str
    """Why it was returned."""
    signatures: tuple[Signature, ...]
    proposal: Mapping[str, Any]
    """What its author wrote, with the keys of a proposal file."""
    outcome: Mapping[str, Any]
    """`outcome`: what the engine found, in the exchange form."""
    answer: Mapping[str, Any]
    """Recourse, reach and grounds, as computed when it was issued."""
    statement: Mapping[str, str]
    """The statement of reasons by language: as issued; of a proposal as it would be if issued now."""
    notice: Mapping[str, Any]
    """The statement of reasons as a notice file has it."""
    measures: tuple[Measure, ...]
    needs: tuple[str, ...]
    """Roles whose signature a proposal still waits for."""
    standing: tuple[FoundShape, ...] | None
    """What stands in the way of a proposal; of what was issued, what is not as it was issued. Null in
    the answer to an act, which drafts no statement: read the decision.
    """


DeliveryState = Literal["waiting", "delivered", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Shape):
    """The delivery of a notice by one channel to one address."""

    id: str
    notice: str
    advertiser: str
    channel: Channel
    address: str
    state: DeliveryState
    message: str
    """The name under which it is sent, the same at each attempt."""
    due_at: str
    first_due_at: str
    attempts: int
    last_error: str
    """What failed last; empty for advertisers."""
    delivered_at: str | None
    proof: str
    """What the receiving server answered; empty for advertisers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discounted(Shape):
    """A fact of which claims were discounted."""

    fact: str
    claims: int


DisputeState = Literal["referred", "decided", "carried_out", "not_followed", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Shape):
    """A dispute about a decision, before a body of out-of-court settlement."""

    id: str
    state: DisputeState
    decision: str
    appeal: str
    """The appeal before it, or empty."""
    advertiser: str
    body: str
    """What the body is called."""
    reference: str
    referred_at: str
    due_at: str
    outcome: str
    """For whom the body found: `for_advertiser`, `partly`, `for_platform`; empty before."""
    recommended: str
    """What it found, in its own words."""
    decided_at: str | None
    recorded_by: str
    """Which side recorded the outcome: `advertiser` or `platform`."""
    documents: tuple[str, ...]
    ended_at: str | None
    result: str
    """The decision by which the outcome was carried out, or empty."""
    reason: str
    """The last reason that was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeWhole(Shape):
    """A dispute, with its clocks and documents, and the decisions that could carry its outcome out."""

    id: str
    state: DisputeState
    decision: str
    appeal: str
    """The appeal before it, or empty."""
    advertiser: str
    body: str
    """What the body is called."""
    reference: str
    referred_at: str
    due_at: str
    outcome: str
    """For whom the body found: `for_advertiser`, `partly`, `for_platform`; empty before."""
    recommended: str
    """What it found, in its own words."""
    decided_at: str | None
    recorded_by: str
    """Which side recorded the outcome: `advertiser` or `platform`."""
    documents: tuple[str, ...]
    ended_at: str | None
    result: str
    """The decision by which the outcome was carried out, or empty."""
    reason: str
    """The last reason that was given."""
    subject: str
    clocks: tuple[Clock, ...]
    attached: tuple[Attached, ...]
    later: tuple[str, ...]
    """Decisions in force on the same subject; for advertisers it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Shape):
    """What is said of a document. Its bytes have an address of their own."""

    id: str
    advertiser: str
    """Whom it is about; empty where it is about several."""
    content: Mapping[str, Any]
    """As in a documents file."""
    received_at: str
    media_type: str
    size: int
    blob: str
    """The digest of the bytes; empty where it is only described."""
    file_name: str
    expunged_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Shape):
    """Something whose days are over."""

    rule: str
    id: str
    advertiser: str
    """Whose it is; empty for people of the platform."""
    since: str
    standing: tuple[str, ...]
    """What stands in the way; empty where it would go now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList(Shape):
    """What is due."""

    items: tuple[Due, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enactment(Shape):
    """That a version applies from a time on."""

    id: str
    policy: str
    digest: str
    start: str
    recorded_at: str
    rolls_back: str
    """The digest of the version that was rolled back by it; empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Shape):
    """An entry of the log."""

    id: str
    """Its number, as text."""
    seq: int
    at: str
    actor: str
    kind: str
    subject: str
    body: Mapping[str, Any]
    private: tuple[str, ...]
    """The digests of its sealed parts."""
    canonical: str
    """What is hashed: the entry in canonical JSON, to be encoded in UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures(Shape):
    """What the record says of an advertiser's appeals in the year up to now."""

    id: str
    """The advertiser."""
    filed: int
    decided: int
    unfounded: int
    """Of those decided, how many were manifestly unfounded."""
    share: int
    """Of a hundred that were decided, so many were manifestly unfounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Following(Shape):
    """A measure that follows from what was found, and the milder kinds that a proposal may put in its
    place.
    """

    rule: str
    kind: MeasureKind
    milder_kinds: tuple[MeasureKind, ...]


Found = Literal["for_advertiser", "partly", "for_platform"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health(Shape):
    """Whether the house itself is well. Null where something was not done yet."""

    entries: int
    """Of the log."""
    signed: int
    """How many of these the last checkpoint covers."""
    swept_at: str | None
    """When the sweeper has counted last: once a minute."""
    audited_at: str | None
    """When all that is kept was held to the log last."""
    findings: int
    """What was found then."""
    failed: int
    """Deliveries that a person must look at; no more than 10,000 are counted."""
    owed: int
    """Notices that are not made yet; no more than 10,000 are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Shape):
    """Whether a matter or an advertiser is held, and the entry that says so."""

    id: str
    held: bool
    entry: int
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook(Shape):
    """A program of the platform's own that is told of entries of the log, in order."""

    id: str
    name: str
    url: str
    kinds: tuple[str, ...]
    """Of which kinds, as `decision:issued` or `decision:*`; empty: all."""
    made_by: str
    made_at: str
    ended_at: str | None
    gone: bool
    """Ended since nobody answered there any more."""
    former_until: str | None
    """Until then the secret before signs too."""
    next_seq: int
    """The first entry that it has not come to."""
    behind: int
    """Entries that it has not come to."""
    attempts: int
    due_at: str | None
    last_error: str
    failing_since: str | None
    taken_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle(Shape):
    """A rule in force that no decision has applied since it is."""

    policy: str
    version: str
    rule: str
    since: str
    days: int
    last: str | None
    """When a decision by an earlier version applied a rule of this name last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce(Shape):
    """The decision in force on a subject."""

    subject: str
    decision: str
    departs: bool
    """What is found of the subject now is not what was decided."""
    is_changed: bool
    """It approved another version of the ad than is on record now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion(Shape):
    """That the entry is in the tree (RFC 9162 2.1.3): the proof leads from its leaf to the root."""

    entry: int
    leaf: str
    size: int
    root: str
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution(Shape):
    """What every statement of reasons says of the platform."""

    id: str
    platform: Mapping[str, str]
    """Its name, by language."""
    complaint: str
    settlement: str
    review: Mapping[str, str]
    """How complaints are decided, by language."""
    languages: tuple[str, ...]
    """In which statements are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Shape):
    """Somebody who was just invited."""

    id: str
    email: str
    name: str
    roles: tuple[str, ...]
    advertiser: str
    """Of an advertiser's people: the advertiser that they belong to."""
    active: bool
    """False for somebody who was shut out."""
    joined_at: str | None
    invited_until: str | None
    """Until when the link of an invitation works."""
    secret: str
    """The secret by which the person joins, once, within a week; empty where it was mailed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Shape):
    """A key. Of its secret the digest alone is kept, and not told."""

    id: str
    name: str
    person: str
    """Who answers for what it does."""
    own: bool
    """It may do what its person may; any other what `acts` names."""
    acts: tuple[str, ...]
    made_at: str
    expires_at: str | None
    revoked_at: str | None
    replaces: str
    """The key in whose place it came."""
    used_on: str | None
    """The day on which it was last used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Shape):
    """A letter that was not sent."""

    id: str
    language: str
    sender: str
    addressee: tuple[str, ...]
    references: tuple[str, ...]
    day: str
    title: str
    text: str


MatterState = Literal["open", "closed", "reopened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load(Shape):
    """Matters by state; and those in which somebody has something to do, by who took them and by age."""

    states: Mapping[str, int]
    live: int
    """Matters in which somebody has something to do."""
    mine: int
    """Of these, taken by whoever asks."""
    others: int
    """Of these, taken by others."""
    unassigned: int
    """Of these, taken by nobody."""
    ages: Mapping[str, int]
    """The same by how long ago they were opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log(Shape):
    """The log as it is now."""

    size: int
    root: str
    key: str
    """The public key by which its checkpoints are signed."""
    checkpoint: Checkpoint | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeHook(Shape):
    """A hook that was just settled."""

    id: str
    name: str
    url: str
    kinds: tuple[str, ...]
    """Of which kinds, as `decision:issued` or `decision:*`; empty: all."""
    made_by: str
    made_at: str
    ended_at: str | None
    gone: bool
    """Ended since nobody answered there any more."""
    former_until: str | None
    """Until then the secret before signs too."""
    next_seq: int
    """The first entry that it has not come to."""
    behind: int
    """Entries that it has not come to."""
    attempts: int
    due_at: str | None
    last_error: str
    failing_since: str | None
    taken_at: str | None
    secret: str
    """What signs its messages, told here alone; empty where it is as before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeKey(Shape):
    """A key that was just made."""

    id: str
    name: str
    person: str
    """Who answers for what it does."""
    own: bool
    """It may do what its person may; any other what `acts` names."""
    acts: tuple[str, ...]
    made_at: str
    expires_at: str | None
    revoked_at: str | None
    replaces: str
    """The key in whose place it came."""
    used_on: str | None
    """The day on which it was last used."""
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialCounts(Shape):
    """How much there is; lists of their own hold it."""

    subjects: int
    claims: int
    documents: int
    decisions: int
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Shape):
    """A matter: an advertiser and its ads under one policy."""

    id: str
    advertiser: str
    policy: str
    territory: str
    state: str
    opened_at: str
    source: str
    detection: str
    notified: tuple[str, ...]
    assignee: str
    """The person who works on it; empty where nobody does, and for advertisers."""
    reason: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Shape):
    """What stands in the way of a proposal that waits."""

    decision: str
    findings: tuple[FoundShape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterView(Shape):
    """A matter at a valid time, by what was known at another: what is found of it, and what was
    decided.
    """

    matter: Matter
    answer: Mapping[str, Any]
    """What is found, with its reasons, in the form adjudge-answer/1 (schemas/answer.schema.json)."""
    counts: MaterialCounts
    decisions: tuple[DecisionLine, ...]
    """The last 50."""
    standing: tuple[Standing, ...]
    in_force: tuple[InForce, ...]
    entries: tuple[Changed, ...]
    """Of the log, the last 50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilderToTake(Shape):
    """A milder measure in place of the one that follows."""

    kind: Literal["notify", "suspend"]
    days: int | None = None


MisuseState = Literal["warned", "suspended", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misuse(Shape):
    """A procedure for misuse: a warning, then perhaps a suspension of handling appeals until a day."""

    id: str
    state: MisuseState
    advertiser: str
    author: str
    """Who warned; empty for advertisers."""
    warned_at: str
    criteria: Mapping[str, str]
    """What was weighed: `number`, `share`, `gravity`, `intention`."""
    reason: str
    suspended_at: str | None
    until: str | None
    """The first instant at which appeals are handled again."""
    confirmed_by: str
    """Who suspended; empty for advertisers."""
    ended_at: str | None
    """When a person ended it; a suspension ends by itself on its day, without this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisuseTerms(Shape):
    """From when on appeals count as misuse, and for how long their handling can be suspended."""

    least_number: int
    """Appeals in a year that were found manifestly unfounded."""
    least_share: int
    """Of a hundred that were decided."""
    longest_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MisuseToSettle(Shape):
    """The thresholds; one that is left out is as the program declares it."""

    least_number: int | None = None
    least_share: int | None = None
    longest_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Myself(Shape):
    """The key with which the request came."""

    key: str
    person: str
    roles: tuple[str, ...]
    advertiser: str
    acts: tuple[str, ...]
    expires_at: str | None


NoticeState = Literal["owed", "made"]


Purpose = Literal[
    "decision",
    "correction",
    "reminder",
    "received",
    "acknowledged",
    "extended",
    "reasons",
    "outcome",
    "ran_out",
    "paused",
    "message",
    "misuse",
    "settlement",
    "changed",
    "reply",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Shape):
    """A notice: what is told to an advertiser. Its words are had by `/notices/{notice_id}/content`."""

    id: str
    purpose: Purpose
    state: NoticeState
    advertiser: str
    about: str
    """The decision of which it tells; empty where it tells of none."""
    of: str
    """The appeal, clock, procedure for misuse or dispute of which it tells, or empty."""
    owed_at: str
    language: str
    title: str
    made_at: str | None
    opened_at: str | None
    """When somebody of the advertiser first opened it."""
    replaces: str
    """The notice that it corrects, or empty."""
    forms: Mapping[str, str]
    """By media type the digest of the bytes that were sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWhole(Shape):
    """A notice, with those that took its place."""

    id: str
    purpose: Purpose
    state: NoticeState
    advertiser: str
    about: str
    """The decision of which it tells; empty where it tells of none."""
    of: str
    """The appeal, clock, procedure for misuse or dispute of which it tells, or empty."""
    owed_at: str
    language: str
    title: str
    made_at: str | None
    opened_at: str | None
    """When somebody of the advertiser first opened it."""
    replaces: str
    """The notice that it corrects, or empty."""
    forms: Mapping[str, str]
    """By media type the digest of the bytes that were sent."""
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord(Shape):
    """What was found of a matter, as it is written into the log: numbers stand there as texts."""

    package: str
    outcomes: tuple[Mapping[str, Any], ...]
    shadow: Mapping[str, tuple[Mapping[str, Any], ...]]
    """By digest: what versions in the shadow find, without effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Shape):
    """What can be decided about a subject now."""

    matter: str
    subject: str
    measures: tuple[Following, ...]
    contrary: tuple[Contrary, ...]
    needs: tuple[str, ...]
    """Roles whose signature a proposal of exactly this will need."""
    automation: bool
    """Whether the rules leave it to automation."""
    excludes: bool
    """Whether `milder` and `rights` must be weighed, since it excludes."""
    ends_service: bool
    """Whether `no_advance` may be named, since it ends a service."""


Order = Literal["clock", "severity", "spend", "oldest", "newest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Shape):
    """Clocks of one kind, of what still waits for somebody."""

    kind: ClockKind
    overdue: int
    soon: int
    """Over within three days."""
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week(Shape):
    """What came and went in a week."""

    start: str
    """Its Monday, in UTC. The last week of the list is not over."""
    counts: Mapping[str, int]
    """Matters `opened`, `closed` and `reopened`, decisions `issued`, appeals `filed` and `ended`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(Shape):
    """How the institution stands. Nobody is counted by name. Lists of rules and facts have 50 at most."""

    at: str
    weeks: int
    counted_to: str | None
    """The time up to which the log was counted; null where it was not yet."""
    is_behind: bool
    """There are entries after it."""
    load: Load
    comings: tuple[Week, ...]
    clocks: tuple[Risk, ...]
    appealed: tuple[Appealed, ...]
    contested: tuple[Contested, ...]
    contested_at: str | None
    """When contested facts were looked for: now, or at most a day ago where there are many claims."""
    discounted: tuple[Discounted, ...]
    idle: tuple[Idle, ...]
    health: Health


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack(Shape):
    """All of a dispute that both sides may see (`adjudge-dispute/1`); numbers and instants are texts
    in it.
    """

    format: str
    at: str
    dispute: Mapping[str, Any]
    decision: Mapping[str, Any]
    statement: Mapping[str, str]
    result: Mapping[str, Any] | None
    appeals: tuple[Mapping[str, Any], ...]
    documents: tuple[Mapping[str, Any], ...]
    clocks: tuple[Mapping[str, Any], ...]
    notices: tuple[Mapping[str, Any], ...]
    log: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Shape):
    """Somebody who was invited."""

    id: str
    email: str
    name: str
    roles: tuple[str, ...]
    advertiser: str
    """Of an advertiser's people: the advertiser that they belong to."""
    active: bool
    """False for somebody who was shut out."""
    joined_at: str | None
    invited_until: str | None
    """Until when the link of an invitation works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Shape):
    """A policy, by the versions of it that its reader may see."""

    id: str
    versions: int
    """How many."""
    applies: str | None
    """The digest of the version that applies now; null where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued(Shape):
    """An appeal in the queue, with the clock that is due next."""

    id: str
    kind: AppealKind
    state: AppealState
    decision: str
    matter: str
    advertiser: str
    appellant: str
    """What whoever filed it was: `advertiser` or `staff`."""
    filed_by: str
    """The person; for advertisers it is empty where staff filed it."""
    filed_at: str
    language: str
    points: tuple[Point, ...]
    documents: tuple[str, ...]
    assignee: str
    """Whose it is; empty where nobody has it, and for advertisers."""
    acknowledged_at: str | None
    ended_at: str | None
    outcome: str
    """`upheld`, `varied` or `reversed`; empty until it is decided."""
    result: str
    """The decision that it led to, or whose reasons were stated; or empty."""
    answer: str
    """Of a request for reasons: the answer."""
    held_until: str | None
    """Not before then is it handled: handling is suspended."""
    rests: tuple[str, ...]
    """Kinds of measure that rest while it is open."""
    unfounded: bool
    """It was found manifestly unfounded."""
    due: Clock | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredAppeal(Shape):
    """How an appeal against the decision ended; `granted` by silence, since nobody answered in time."""

    outcome: Literal["upheld", "varied", "reversed", "granted"]
    ended_at: str | None
    decision: str
    """The decision by which it ended; empty where it was granted by silence."""
    days: int
    """Whole days from its filing to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredFact(Shape):
    """A fact on which the decision rests, by its name in the vocabulary of the version."""

    name: str
    value: str
    """Empty where it is withheld."""
    withheld: Literal["personal_data", "not_said", "declared", "protected"] | None
    weight: int
    """The greatest weight among what was read, from 1 to 5."""
    against: bool
    """Whether it counts against the measure, and was answered."""
    sources: tuple[str, ...]
    """The kinds of documents in which it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredGround(Shape):
    """A rule that was applied, as it was published."""

    id: str
    title: Mapping[str, str]
    ground: str
    """`law` or `terms`; empty where the version is gone."""
    clause: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredMeasure(Shape):
    """A measure that a decision applies."""

    rule: str
    kind: MeasureKind
    territories: tuple[str, ...]
    """Countries (ISO 3166-1), or those left out where `all_but`."""
    all_but: bool
    surfaces: tuple[str, ...]
    """Surfaces, or those left out where `surfaces_all_but`."""
    surfaces_all_but: bool
    start: str
    end: str | None
    """Null where it lasts until it is lifted."""
    lifted_at: str | None
    state: Literal["in_effect", "waits_to_begin", "rests_now", "is_lifted", "is_over"]
    """How it stands at the time of this answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredName(Shape):
    """A form of a name that was verified."""

    text: str
    script: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredReply(Shape):
    """The advertiser's own words, or that they were refused, and on which declared ground."""

    state: Literal["shown", "refused"]
    text: str
    language: str
    at: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredWithheld(Shape):
    """What is withheld, and why."""

    what: Literal["advertiser", "subject", "statement", "people", "evidence", "value", "appeal"]
    why: Literal["personal_data", "not_said", "declared", "protected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Shape):
    """A decision that was issued, and what became of it, as far as it is public."""

    id: str
    entry: int
    """The entry of the log by which it was issued."""
    policy: str
    version: str
    package: str
    """The digest of the version, which names every byte of it."""
    issued_at: str | None
    automated: bool
    state: Literal["issued", "superseded", "lapsed"]
    standing: Literal["stands", "no_measure", "superseded", "reversed", "varied", "lapsed", "lifted", "over"]
    """Where it stands at the time of this answer."""
    until: str | None
    """When its last measure ends; null where one has no end."""
    territory: str
    subject_kind: str
    source: str
    """What led to it. DSA Art. 17(3)(b)."""
    departs: str
    """`milder` or `no_measure` where a person departed from the rules."""
    advertiser: tuple[RegisteredName, ...]
    """Empty where it is withheld."""
    rules: tuple[str, ...]
    grounds: tuple[RegisteredGround, ...]
    facts: tuple[RegisteredFact, ...]
    measures: tuple[RegisteredMeasure, ...]
    supersedes: str
    superseded_by: str
    appeals: tuple[RegisteredAppeal, ...]
    missed: tuple[str, ...]
    """The kinds of clocks of the platform that ran out."""
    reply: RegisteredReply | None
    withheld: tuple[RegisteredWithheld, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Shape):
    """An advertiser, or an ad of one."""

    id: str
    kind: str
    advertiser: str
    """Whose it is; of an advertiser its own id."""
    content: Mapping[str, Any]
    """As under `subjects:` of a case file."""
    recorded_at: str
    version: str
    """Of an ad its version now, by its digests of creative and landing page; empty where none are
    told.
    """
    approvals: tuple[Approval, ...]
    """Where one is for another version than the one now, the ad is not as it was approved."""


VersionState = Literal["draft", "shadow", "in_force", "superseded", "rolled_back", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Shape):
    """A version of a policy without its words. Members see those that are or were published, and none
    of the people.
    """

    id: str
    """The digest of its bytes, by which approvals are bound to them."""
    policy: str
    version: str
    state: VersionState
    author: str
    drafted_at: str
    published_at: str
    """By its own words."""
    approved_by: tuple[str, ...]
    reason: str
    """Why it was rejected."""


RegisterNames = Literal["legal", "none"]


RegisterOpen = Literal["yes", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTerms(Shape):
    """What is public of decisions. What is personal is withheld whatever is settled."""

    open: RegisterOpen
    names: RegisterNames
    after_days: int
    """Days after which a decision is shown."""
    least: int
    """The smallest count that statistics tell."""
    facts: tuple[str, ...]
    """Facts whose values are not told."""
    rules: tuple[str, ...]
    """Rules of which no decision is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionTerms(Shape):
    """After how many days what is no longer needed is expunged, by rule; 0 means kept."""

    documents: int
    contacts: int
    messages: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Shape):
    """A clock as it is declared: its term, and what follows at its end."""

    count: int
    unit: Unit
    consequence: Consequence


UnknownLanding = Literal["allow", "deny"]


WhenChanged = Literal["review", "hold", "run"]


WhenStale = Literal["keep", "allow", "deny"]


ReplyState = Literal["shown", "withdrawn", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Shape):
    """How the institution answers. What was not settled is as the program declares it."""

    id: str
    country: str
    """By whose holidays business days are counted (ISO 3166-1); empty for none."""
    zone: str
    closed: tuple[str, ...]
    """Further days on which nobody works."""
    clocks: Mapping[str, Term]
    relief: tuple[MeasureKind, ...]
    """Kinds of measure that rest while an appeal is open."""
    advance_days: int
    """Days before its time at which the end of all advertising is told."""
    reminder_days: int
    link_days: int
    """Days for which the link in a notice by mail lets its reader in; 0 sends none."""
    mediators: tuple[str, ...]
    misuse: MisuseTerms
    retention: RetentionTerms
    surfaces: tuple[str, ...]
    """What counts as advertising, as servers name it: a measure that names no surface holds there."""
    when_stale: Mapping[str, WhenStale]
    """What holds where a server of ads was not told for too long, by kind of measure."""
    stale_after: int
    """Seconds after which that is too long."""
    unknown_landing: UnknownLanding
    changed: WhenChanged
    """An ad that is not as it was approved goes back to review and does not run (`review`), does not
    run (`hold`), or goes back to review and runs (`run`).
    """
    public: RegisterTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTermsToSettle(Shape):
    """The terms; what is left out is as the program declares it."""

    open: RegisterOpen | None = None
    names: RegisterNames | None = None
    after_days: int | None = None
    least: int | None = None
    facts: Sequence[str] | None = None
    rules: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionToSettle(Shape):
    """The rules of retention; what one that is left out names is kept."""

    documents: int | None = None
    contacts: int | None = None
    messages: int | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenStaleToSettle(Shape):
    """What holds by kind of measure; measures of one that is left out go on."""

    notify: WhenStale | None = None
    label: WhenStale | None = None
    require: WhenStale | None = None
    limit: WhenStale | None = None
    suspend: WhenStale | None = None
    exclude: WhenStale | None = None


ReplyGround = Literal["others", "unlawful", "elsewhere"]


RegisterState = Literal[
    "in_force", "over", "lifted", "superseded", "reversed", "varied", "lapsed", "no_measure"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay(Shape):
    """A decision made again from the log alone. What is compared: outcome, version, measures and
    reasons.
    """

    decision: str
    entry: int
    same: bool
    recorded: Any
    """What the entry of the decision says."""
    found: Any
    """What the spec finds from the entries before it."""
    missing: tuple[str, ...]
    """Sealed parts that were needed and were expunged."""
    flaws: tuple[str, ...]
    """What else of the entry or of the log does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Shape):
    """The advertiser's own words beside its decision."""

    id: str
    """The decision."""
    advertiser: str
    state: ReplyState
    text: str
    """Empty where it was taken back."""
    language: str
    given_by: str
    given_at: str
    ended_at: str | None
    """When it was taken back or refused."""
    ground: str
    """Of a refusal: `others`, `unlawful` or `elsewhere`."""
    reason: str
    """Why it was refused, in words."""
    refused_by: str
    """Empty for advertisers."""
    answer: str
    """What the advertiser answered to the refusal."""
    answered_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked(Shape):
    """A key that was just revoked."""

    id: str
    name: str
    person: str
    """Who answers for what it does."""
    own: bool
    """It may do what its person may; any other what `acts` names."""
    acts: tuple[str, ...]
    made_at: str
    expires_at: str | None
    revoked_at: str | None
    replaces: str
    """The key in whose place it came."""
    used_on: str | None
    """The day on which it was last used."""
    also: tuple[str, ...]
    """Keys that went with it, since they had come in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Shape):
    """Counts of public decisions. Counts below `least` are withheld, and so much more that none
    follows from others.
    """

    total: int | None
    least: int
    months: tuple[CountedLine, ...]
    states: tuple[CountedLine, ...]
    rules: tuple[CountedLine, ...]
    """By policy and rule."""
    countries: tuple[CountedLine, ...]
    """`*` is everywhere, `many` more than are counted apart."""
    kinds: tuple[CountedLine, ...]
    by_rule_and_kind: tuple[CountedLine, ...]
    appeals: tuple[CountedLine, ...]
    """By rule: reversed, varied, upheld, granted by silence."""
    spans: tuple[CountedLine, ...]
    """How long appeals took."""
    missed: tuple[CountedLine, ...]
    """Clocks of the platform that ran out, by kind."""
    apart: tuple[CountedLine, ...]
    """By rule: as the rules say, and milder by a person's word."""
    automated: tuple[CountedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried(Shape):
    """How a message of trial ended."""

    outcome: Literal["delivered", "not_now", "refused"]
    said: str
    """What the receiver answered, or why nothing came of it."""


View = Literal["open", "mine", "unassigned", "waiting", "overdue", "all"]


Waiter = Literal["reviewer", "second_reviewer", "legal", "appeals", "advertiser"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeVersion(Shape):
    """A version of a policy with its words."""

    id: str
    """The digest of its bytes, by which approvals are bound to them."""
    policy: str
    version: str
    state: VersionState
    author: str
    drafted_at: str
    published_at: str
    """By its own words."""
    approved_by: tuple[str, ...]
    reason: str
    """Why it was rejected."""
    text: str
    """The sealed package, as `adjudge seal` writes it."""
