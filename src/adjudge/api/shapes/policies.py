"""Forms of policies, their versions, and from when on each applies."""

from pydantic import Field

from adjudge.api.shapes.shape import Body, Moment, Shape, Text, When
from adjudge.records.rows import VersionState


class PolicyShape(Shape):
    """A policy, by the versions of it that its reader may see."""

    id: str
    versions: int = Field(description="How many.")
    applies: str | None = Field(
        description="The digest of the version that applies now; null where none does."
    )


class VersionShape(Shape):
    """A version of a policy without its words. Members see those that are or were published, and none of the people."""

    id: str = Field(description="The digest of its bytes, by which approvals are bound to them.")
    policy: str
    version: str
    state: VersionState
    author: str
    drafted_at: Moment
    published_at: Moment = Field(description="By its own words.")
    approved_by: list[str]
    reason: str = Field(description="Why it was rejected.")


class WholeVersionShape(VersionShape):
    """A version of a policy with its words."""

    text: str = Field(description="The sealed package, as `adjudge seal` writes it.")


class EnactmentShape(Shape):
    """That a version applies from a time on."""

    id: str
    policy: str
    digest: str
    start: Moment
    recorded_at: Moment
    rolls_back: str = Field(
        description="The digest of the version that was rolled back by it; empty otherwise."
    )


class Draft(Body):
    """A version that is handed in."""

    text: str = Field(
        min_length=1,
        max_length=2_000_000,
        description="The package: YAML as in the folder of a policy, or sealed JSON.",
    )
    vocabulary: str = Field(
        default="",
        max_length=2_000_000,
        description="The vocabulary that the YAML speaks, as in the folder of a policy; without it that of the "
        "version that applies now, or of the last one that was handed in.",
    )
    reason: Text


class Publication(Body):
    """From when on a version applies, and why."""

    start: When | None = Field(default=None, description="Not before now; null or left out: now.")
    reason: Text
