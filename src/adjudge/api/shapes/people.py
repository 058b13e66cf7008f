"""Forms of people and of keys. Secrets are told once, in the answer to the act by which they were made."""

from typing import Annotated, Literal

from pydantic import Field

from adjudge.api.shapes.shape import Body, Moment, Shape, Text, When

PersonRole = Literal[
    "policy_author",
    "publisher",
    "reviewer",
    "second_reviewer",
    "legal",
    "appeals",
    "auditor",
    "administrator",
    "owner",
    "member",
    "reader",
]
Roles = Annotated[list[PersonRole], Field(min_length=1, max_length=11)]
Called = Annotated[str, Field(min_length=1, max_length=200)]
WEEK = 604_800


class PersonShape(Shape):
    """Somebody who was invited."""

    id: str
    email: str
    name: str
    roles: list[str]
    advertiser: str = Field(description="Of an advertiser's people: the advertiser that they belong to.")
    active: bool = Field(description="False for somebody who was shut out.")
    joined_at: Moment | None
    invited_until: Moment | None = Field(description="Until when the link of an invitation works.")


class InvitedShape(PersonShape):
    """Somebody who was just invited."""

    secret: str = Field(
        description="The secret by which the person joins, once, within a week; empty where it was mailed."
    )

    def tagged(self) -> Shape:
        """As the person is read again."""
        return PersonShape(**self.model_dump(exclude={"secret"}))


class PersonToInvite(Body):
    """Whom to invite, and with which roles."""

    email: Annotated[str, Field(min_length=3, max_length=300)]
    name: Called
    roles: Roles
    advertiser: Annotated[str, Field(max_length=500)] = ""


class RolesToGive(Body):
    """Roles in place of those before, and why."""

    roles: Roles
    advertiser: Annotated[str, Field(max_length=500)] = ""
    reason: Text


class KeyShape(Shape):
    """A key. Of its secret the digest alone is kept, and not told."""

    id: str
    name: str
    person: str = Field(description="Who answers for what it does.")
    own: bool = Field(description="It may do what its person may; any other what `acts` names.")
    acts: list[str]
    made_at: Moment
    expires_at: Moment | None
    revoked_at: Moment | None
    replaces: str = Field(description="The key in whose place it came.")
    used_on: Moment | None = Field(description="The day on which it was last used.")


class MadeKeyShape(KeyShape):
    """A key that was just made."""

    secret: str


class RevokedShape(KeyShape):
    """A key that was just revoked."""

    also: list[str] = Field(description="Keys that went with it, since they had come in its place.")


class KeyToRotate(Body):
    """How long the key before goes on, and until when the new one works."""

    overlap_seconds: Annotated[int, Field(ge=0, le=WEEK)] = 86_400
    expires_at: When | None = Field(
        default=None,
        description="Left out: as long as the one before was made for; by the key itself no longer.",
    )
