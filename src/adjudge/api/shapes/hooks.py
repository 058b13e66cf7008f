"""Forms of hooks: programs that are told of entries of the log."""

from typing import Annotated, Literal

from pydantic import Field

from adjudge.api.shapes.shape import Body, Moment, Shape, Text

LARGEST = 10**15
Kinds = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)]
Url = Annotated[str, Field(min_length=1, max_length=2_000)]
Called = Annotated[str, Field(min_length=1, max_length=200)]
Number = Annotated[int, Field(ge=0, le=LARGEST)]


class HookShape(Shape):
    """A program of the platform's own that is told of entries of the log, in order."""

    id: str
    name: str
    url: str
    kinds: list[str] = Field(description="Of which kinds, as `decision:issued` or `decision:*`; empty: all.")
    made_by: str
    made_at: Moment
    ended_at: Moment | None
    gone: bool = Field(description="Ended since nobody answered there any more.")
    former_until: Moment | None = Field(description="Until then the secret before signs too.")
    next_seq: int = Field(description="The first entry that it has not come to.")
    behind: int = Field(description="Entries that it has not come to.")
    attempts: int
    due_at: Moment | None
    last_error: str
    failing_since: Moment | None
    taken_at: Moment | None

    def tagged(self) -> Shape:
        """What is settled: how far it has come changes with every entry, and by nobody's decision."""
        moving = {"next_seq": 0, "behind": 0, "attempts": 0, "last_error": ""}
        return self.model_copy(update={**moving, "due_at": None, "failing_since": None, "taken_at": None})


class MadeHookShape(HookShape):
    """A hook that was just settled."""

    secret: str = Field(description="What signs its messages, told here alone; empty where it is as before.")

    def tagged(self) -> Shape:
        """As the hook is read again."""
        return HookShape(**self.model_dump(exclude={"secret"})).tagged()


class HookToSettle(Body):
    """Which program is told, of what, and from which entry on."""

    name: Called
    url: Url
    kinds: Kinds = Field(default_factory=list)
    since: Number | None = Field(default=None, description="The first entry; left out: the next one.")
    reason: Text


class HookToSettleAnew(Body):
    """The same anew; it goes on where it was."""

    name: Called
    url: Url
    kinds: Kinds = Field(default_factory=list)
    new_secret: bool = False
    reason: Text


class HookToReplay(Body):
    """From which entry on it is told again, and why."""

    since: Number
    reason: Text


class TriedShape(Shape):
    """How a message of trial ended."""

    outcome: Literal["delivered", "not_now", "refused"]
    said: str = Field(description="What the receiver answered, or why nothing came of it.")
