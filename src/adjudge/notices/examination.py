"""What an examination found: element by element, and item by item of the law.

Values only; `adjudge.notices.examine` makes them, faces show them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.said import NOTHING_SAID, Said
from adjudge.evidence.notice import Element
from adjudge.notices.requirements import Requirement


class Status(StrEnum):
    """Whether something is stated. `too_vague`: words are there, and they point to nothing that could be tested."""

    PRESENT = "present"
    MISSING = "missing"
    TOO_VAGUE = "too_vague"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_defect(self) -> bool:
        """Whether a statement with it is incomplete."""
        return self in {Status.MISSING, Status.TOO_VAGUE}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one language version states of an element, and why that does not suffice."""

    status: Status
    words: str = ""
    why: Said = NOTHING_SAID
    by_pattern: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of one element. `passages` are the words that state it, by the language of the text.

    `languages` are those of the texts that have this status: each reader reads one, so the worst of them counts.
    `by_pattern` marks what no author pointed to; `why` says what is wrong, `cure` what words would put it right.
    """

    element: Element
    status: Status
    passages: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    by_pattern: bool = False
    why: Said = NOTHING_SAID
    cure: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What was found of one item of the law. `as_law` is False where it is kept as a standard only."""

    requirement: Requirement
    status: Status
    findings: tuple[Finding, ...]
    cures: tuple[Said, ...] = ()
    as_law: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A notice examined. `by_pattern` says that it came without annotations and was searched."""

    notice: str
    items: tuple[Item, ...]
    by_pattern: bool
    with_case: bool
    findings: tuple[Finding, ...] = field(default=())
    """Each element once, in the order of `Element`."""

    @property
    def defects(self) -> tuple[Item, ...]:
        """The items that are not stated, or too vaguely."""
        return tuple(item for item in self.items if item.status.is_defect)

    @property
    def complete(self) -> bool:
        """Whether nothing was found missing; how far that can be relied on is for `proven` to say."""
        return not self.defects

    @property
    def proven(self) -> bool:
        """Whether it is complete by marked passages that were compared with a case, and so may be sent."""
        return self.complete and self.with_case and not self.by_pattern
