"""Forms of decisions and their measures, and of what is sent to propose, sign and return them."""

from typing import Any, Literal

from pydantic import Field

from adjudge.api.shapes.problem import FoundShape
from adjudge.api.shapes.shape import Body, Moment, Shape, Text
from adjudge.language.package import MeasureKind
from adjudge.records.rows import DecisionState

Digest = Field(pattern=r"^sha256:[0-9a-f]{64}$")
StaffRole = Literal[
    "policy_author",
    "publisher",
    "reviewer",
    "second_reviewer",
    "legal",
    "appeals",
    "auditor",
    "administrator",
]
MeasureState = Literal["in_effect", "waits_to_begin", "rests_now", "is_lifted", "is_over"]


class SignatureShape(Shape):
    """Somebody's signature for a role. Advertisers are told the role and the time alone."""

    role: str
    person: str
    at: Moment
    reason: str


class PauseShape(Shape):
    """A time in which a measure rests. `by` is the appeal or the clock for which it does, or `cure`."""

    start: Moment
    end: Moment | None
    by: str


class MeasureShape(Shape):
    """A measure that a decision applies: where, from when and until when."""

    id: str
    decision: str
    subject: str
    advertiser: str
    rule: str
    kind: MeasureKind
    territories: list[str] = Field(description="Countries (ISO 3166-1), or those left out where `all_but`.")
    all_but: bool
    surfaces: list[str] = Field(description="Surfaces, or those left out where `surfaces_all_but`.")
    surfaces_all_but: bool
    start: Moment
    end: Moment | None = Field(description="Null where it lasts until it is lifted.")
    lifted_at: Moment | None
    issued_at: Moment | None
    since: Moment | None = Field(description="When it began by an earlier decision from which it goes on.")
    pauses: list[PauseShape]
    state: MeasureState = Field(description="How it stands at the time of this answer.")


class DecisionShape(Shape):
    """A decision about one subject of a matter, from its proposal on."""

    id: str
    matter: str
    subject: str
    advertiser: str
    state: DecisionState
    author: str = Field(description="The person who proposed it; empty for advertisers.")
    proposed_at: Moment
    package: str = Field(description="The digest of the version of the policy.")
    digest: str = Field(description="What signatures are bound to: send it with `confirm` and `sign`.")
    issued_at: Moment | None
    valid_at: Moment | None
    known_at: Moment | None
    automated: bool
    rules: list[str]
    grounds: list[str] = Field(description="Claims on which it rests.")
    contrary: list[str] = Field(description="Claims that count against it, and that it answers.")
    supersedes: str
    appeal: str = Field(description="The appeal that it decides.")
    entry: int = Field(description="The entry of the log by which it was issued; -1 before that.")
    bound_to: str = Field(
        description="The version of the ad that it approves; empty where it approves none. Another one is not approved."
    )
    reason: str = Field(description="Why it was returned.")


class DecisionWhole(DecisionShape):
    """A decision with its words and measures, whose signature it needs, and what stands in its way."""

    signatures: list[SignatureShape]
    proposal: dict[str, Any] = Field(description="What its author wrote, with the keys of a proposal file.")
    outcome: dict[str, Any] = Field(description="`outcome`: what the engine found, in the exchange form.")
    answer: dict[str, Any] = Field(description="Recourse, reach and grounds, as computed when it was issued.")
    statement: dict[str, str] = Field(
        description="The statement of reasons by language: as issued; of a proposal as it would be if issued now."
    )
    notice: dict[str, Any] = Field(description="The statement of reasons as a notice file has it.")
    measures: list[MeasureShape]
    needs: list[str] = Field(description="Roles whose signature a proposal still waits for.")
    standing: list[FoundShape] | None = Field(
        description="What stands in the way of a proposal; of what was issued, what is not as it was issued. Null in "
        "the answer to an act, which drafts no statement: read the decision."
    )

    def tagged(self) -> Shape:
        """All but the draft of a proposal's statement, and what it was found to lack."""
        if self.state is not DecisionState.PROPOSED:
            return self
        return self.model_copy(update={"statement": {}, "standing": None})


class ContraryShape(Shape):
    """A claim that counts against what was found, and that a proposal has to answer."""

    claim: str
    fact: str
    parts: list[str]


class FollowingShape(Shape):
    """A measure that follows from what was found, and the milder kinds that a proposal may put in its place."""

    rule: str
    kind: MeasureKind
    milder_kinds: list[MeasureKind]


class OptionsShape(Shape):
    """What can be decided about a subject now."""

    matter: str
    subject: str
    measures: list[FollowingShape]
    contrary: list[ContraryShape]
    needs: list[str] = Field(description="Roles whose signature a proposal of exactly this will need.")
    automation: bool = Field(description="Whether the rules leave it to automation.")
    excludes: bool = Field(description="Whether `milder` and `rights` must be weighed, since it excludes.")
    ends_service: bool = Field(description="Whether `no_advance` may be named, since it ends a service.")


class MilderToTake(Body):
    """A milder measure in place of the one that follows."""

    kind: Literal["notify", "suspend"]
    days: int = Field(default=0, ge=0, le=3_650)


class ProposalToMake(Body):
    """A proposal, with the keys of a proposal file (docs/reference/formats.md)."""

    reason: Text
    instead: dict[str, MilderToTake | Literal["no_measure", "notify"]] = Field(
        default_factory=dict, max_length=1_000, description="By rule, what is done in place of its measure."
    )
    answers: dict[str, Text] = Field(
        default_factory=dict, max_length=10_000, description="By claim, the answer to it."
    )
    milder: Text = ""
    rights: Text = ""
    why_departing: Text = ""
    wording: Text = ""
    appeal: str = Field(default="", max_length=500)
    replies: dict[str, Text] = Field(
        default_factory=dict, max_length=1_000, description="By point of the appeal, the answer to it."
    )
    unfounded: bool = False
    no_advance: Literal["", "legal_duty", "imperative_reason", "repeated_infringement"] = ""
    why_no_advance: Text = ""


class Confirmation(Body):
    """What was read, by its digest, and why it is right."""

    digest: str = Digest
    reason: Text


class Signing(Confirmation):
    """The same for a role that one has."""

    role: StaffRole


class ReplayShape(Shape):
    """A decision made again from the log alone. What is compared: outcome, version, measures and reasons."""

    decision: str
    entry: int
    same: bool
    recorded: Any = Field(description="What the entry of the decision says.")
    found: Any = Field(description="What the spec finds from the entries before it.")
    missing: list[str] = Field(description="Sealed parts that were needed and were expunged.")
    flaws: list[str] = Field(description="What else of the entry or of the log does not hold.")
