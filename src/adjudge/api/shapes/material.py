"""Forms of subjects, claims and documents. What people wrote of them stands under `content`, as in the files."""

from typing import Any

from pydantic import Field

from adjudge.api.shapes.shape import Body, Moment, Name, Shape, Text

Content = dict[str, Any]


class ApprovalShape(Shape):
    """A decision in force that puts no measure on an ad, and the version of the ad about which it was decided."""

    decision: str
    version: str
    territory: str = Field(description="Where it holds (ISO 3166-1); empty for everywhere.")


class SubjectShape(Shape):
    """An advertiser, or an ad of one."""

    id: str
    kind: str
    advertiser: str = Field(description="Whose it is; of an advertiser its own id.")
    content: Content = Field(description="As under `subjects:` of a case file.")
    recorded_at: Moment
    version: str = Field(
        description="Of an ad its version now, by its digests of creative and landing page; empty where none are told."
    )
    approvals: list[ApprovalShape] = Field(
        description="Where one is for another version than the one now, the ad is not as it was approved."
    )


class SubjectToRecord(Body):
    """A subject. One that is on record already is recorded anew, with other names."""

    subject: Content = Field(description="As under `subjects:` of a case file.")


class ClaimShape(Shape):
    """A claim. None is ever deleted: one that counts no more is withdrawn."""

    id: str
    subject: str
    advertiser: str
    content: Content = Field(description="As in a claims file.")
    weight: int
    document: str
    recorded_at: Moment
    withdrawn_at: Moment | None
    replaces: str = Field(description="The claim that this one discounts.")
    reason: str = Field(description="Why it was withdrawn or discounted.")


class ClaimToRecord(Body):
    """A claim, and the policy whose vocabulary it speaks."""

    policy: Name
    claim: Content = Field(
        description="As in a claims file, without `id` and `recorded_at`, which the institution sets."
    )


class Discount(Body):
    """The new weight of a claim, below the present one, and why."""

    weight: int = Field(ge=1, le=5)
    reason: Text


class DocumentShape(Shape):
    """What is said of a document. Its bytes have an address of their own."""

    id: str
    advertiser: str = Field(description="Whom it is about; empty where it is about several.")
    content: Content = Field(description="As in a documents file.")
    received_at: Moment
    media_type: str
    size: int
    blob: str = Field(description="The digest of the bytes; empty where it is only described.")
    file_name: str
    expunged_at: Moment | None


class DocumentToReceive(Body):
    """What comes with the bytes of a document, as fields of a form."""

    about: Name = Field(description="The advertiser, or an ad of it.")
    description: Text = Field(
        description="JSON, as one item of a documents file, without `id`, which the institution gives."
    )
