"""Forms of evaluations: what is asked off the record, what was found, and what a matter looks like as of a day."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from adjudge.api.shapes.matters import MatterShape
from adjudge.api.shapes.problem import ChangedShape, FoundShape
from adjudge.api.shapes.shape import Body, Moment, Name, Shape, When
from adjudge.decisions.adjudicate import Disposition
from adjudge.language.package import MeasureKind
from adjudge.outcome import Verdict

Content = dict[str, Any]
MOST_SUBJECTS = 1_000
MOST_CLAIMS = 5_000
MOST_NAMES = 1_000


class WhatIf(Body):
    """What is supposed of the claims, for this question alone."""

    claims: Annotated[list[Content], Field(max_length=MOST_CLAIMS)] = Field(
        default_factory=list,
        description="As in a claims file; `id`, `document` and `recorded_at` may be left out. Not stored.",
    )
    without: Annotated[list[Name], Field(max_length=MOST_CLAIMS)] = Field(
        default_factory=list, description="Ids of claims on record that do not count here."
    )


class BriefQuestion(Body):
    """What would be found: by which policy, of whom, when and where. Without times, now is meant.

    What is on record is taken from `matter` or `advertiser`; with neither, only what is sent counts.
    """

    policy: str = Field(
        default="", max_length=500, description="May be left out beside `matter` or `version`."
    )
    version: str = Field(
        default="",
        max_length=500,
        description="A version by its digest, the beginning of it, or `policy@version`: a draft too, for "
        "whoever may read it. Without it the one that applied at `known_at`.",
    )
    matter: str = Field(default="", max_length=500)
    advertiser: str = Field(default="", max_length=500)
    about: Annotated[list[Name], Field(max_length=MOST_NAMES)] = Field(
        default_factory=list, description="Only these subjects; empty: all."
    )
    territory: str = Field(
        default="",
        max_length=10,
        description="ISO 3166-1, as FR; empty: that of the matter, else everywhere.",
    )
    valid_at: When | None = None
    known_at: When | None = None
    subjects: Annotated[list[Content], Field(max_length=MOST_SUBJECTS)] = Field(
        default_factory=list, description="As under `subjects:` of a case file. Not stored."
    )
    what_if: WhatIf = Field(default_factory=WhatIf)


class QuestionAsked(BriefQuestion):
    """A question, and whether the reasons are told too."""

    explain: bool = Field(default=False, description="Tell the reasons too, by engine and spec.")
    recourse: bool = Field(default=False, description="Search, too, what would change the outcome.")


class Batch(Body):
    """Several questions, each of which is answered by itself."""

    questions: Annotated[list[BriefQuestion], Field(min_length=1, max_length=100)]


class RuleShape(Shape):
    """What one rule says: its verdict, and the weights for and against its condition."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    rule: str
    verdict: Verdict
    for_: int = Field(alias="for")
    against: int


class MeasureFoundShape(Shape):
    """A measure that follows, by which rule."""

    rule: str
    kind: MeasureKind


class OutcomeShape(Shape):
    """What the rules say of one subject: LANGUAGE.md 8."""

    subject: str
    rules: list[RuleShape]
    measures: list[MeasureFoundShape]
    referred: bool


class CalledForShape(Shape):
    """The decision that an outcome calls for. Nobody has decided it."""

    subject: str
    disposition: Disposition
    measures: list[Content] = Field(
        description="With their details, where and from when: as under `decision` of adjudge-answer/1."
    )
    by_person: list[dict[str, str]] = Field(description="Why automation may not decide; empty where it may.")
    evidence_wanted: list[str]


class EvaluationShape(Shape):
    """What was found, off the record."""

    policy: str
    version: str
    package: str = Field(description="The digest of the version that was asked.")
    valid_at: Moment
    known_at: Moment
    territory: str | None
    outcomes: list[OutcomeShape]
    decisions: list[CalledForShape]
    left_out: list[FoundShape] = Field(
        description="Claims on record that took no part, since the version that was asked cannot read them: why not."
    )
    answer: Content | None = Field(
        description="The whole answer with its reasons, where they were asked for, in the form adjudge-answer/1 "
        "(schemas/answer.schema.json)."
    )


class RefusalShape(Shape):
    """Why one of several questions was not answered."""

    code: str
    detail: str
    hint: str
    findings: list[FoundShape]


class BatchItemShape(Shape):
    """The answer to one of several questions, or why there is none."""

    evaluation: EvaluationShape | None
    problem: RefusalShape | None


class BatchShape(Shape):
    """The answers to several questions, in their order."""

    items: list[BatchItemShape]


class OnRecordShape(Shape):
    """What was found of a matter, as it is written into the log: numbers stand there as texts."""

    package: str
    outcomes: list[Content]
    shadow: dict[str, list[Content]] = Field(
        description="By digest: what versions in the shadow find, without effect."
    )


class StandingShape(Shape):
    """What stands in the way of a proposal that waits."""

    decision: str
    findings: list[FoundShape]


class InForceShape(Shape):
    """The decision in force on a subject."""

    subject: str
    decision: str
    departs: bool = Field(description="What is found of the subject now is not what was decided.")
    is_changed: bool = Field(description="It approved another version of the ad than is on record now.")


class DecisionLineShape(Shape):
    """A decision of a matter."""

    id: str
    subject: str
    state: str


class MaterialCountsShape(Shape):
    """How much there is; lists of their own hold it."""

    subjects: int
    claims: int
    documents: int
    decisions: int
    entries: int


class MatterViewShape(Shape):
    """A matter at a valid time, by what was known at another: what is found of it, and what was decided."""

    matter: MatterShape
    answer: Content = Field(
        description="What is found, with its reasons, in the form adjudge-answer/1 (schemas/answer.schema.json)."
    )
    counts: MaterialCountsShape
    decisions: list[DecisionLineShape] = Field(description="The last 50.")
    standing: list[StandingShape]
    in_force: list[InForceShape]
    entries: list[ChangedShape] = Field(description="Of the log, the last 50.")
