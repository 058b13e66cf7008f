"""Forms of the public register. What is not declared here is withheld: see `adjudge.institution.reading.register`."""

from typing import Literal

from pydantic import Field

from adjudge.api.shapes.decisions import MeasureState
from adjudge.api.shapes.shape import Moment, Shape
from adjudge.language.package import MeasureKind


class RegisteredMeasure(Shape):
    """A measure that a decision applies."""

    rule: str
    kind: MeasureKind
    territories: list[str] = Field(description="Countries (ISO 3166-1), or those left out where `all_but`.")
    all_but: bool
    start: Moment
    end: Moment | None = Field(description="Null where it lasts until it is lifted.")
    lifted_at: Moment | None
    state: MeasureState = Field(description="How it stands at the time of this answer.")


class RegisteredAppeal(Shape):
    """How an appeal against the decision ended; `granted` by silence, since nobody answered in time."""

    outcome: Literal["upheld", "varied", "reversed", "granted"]
    ended_at: Moment | None
    decision: str = Field(
        description="The decision by which it ended; empty where it was granted by silence."
    )


class RegisteredShape(Shape):
    """A decision that was issued, and what became of it, without whom or what it is about."""

    id: str
    policy: str
    version: str
    package: str = Field(description="The digest of the version, which names every byte of it.")
    issued_at: Moment | None
    automated: bool
    state: Literal["issued", "superseded", "lapsed"]
    rules: list[str]
    measures: list[RegisteredMeasure]
    supersedes: str
    superseded_by: str
    appeals: list[RegisteredAppeal]
