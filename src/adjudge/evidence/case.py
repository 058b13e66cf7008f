"""A case: whom it concerns, what is claimed, on which documents, and what was told to the person concerned.

Not an answer. Everything here is as somebody recorded it; `adjudge.app.decide` asks the policy about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.ids import DocumentId
from adjudge.evidence.document import Document
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Notice
from adjudge.facts.claim import Claim, Subject


class PersonKind(StrEnum):
    """Whose name it is. That of a natural person is personal data, and so is one of which nobody has said."""

    LEGAL = "legal"
    NATURAL = "natural"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameVariant:
    """One form of a name. `script` is ISO 15924; `verified` is False for what is only known usage."""

    text: str
    script: str
    language: str
    verified: bool
    note: Mapping[str, str] = field(default_factory=dict)
    person: PersonKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A subject with what people need to recognise it. `hypothetical` marks one that is only supposed.

    `domains` are the hosts to which its ads lead and that are its own, as they were written. `creative` and `landing`
    are the digests of what an ad shows and of the page to which it leads; empty where nobody told.
    """

    subject: Subject
    title: Mapping[str, str]
    names: tuple[NameVariant, ...] = ()
    hypothetical: bool = False
    note: Mapping[str, str] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    creative: str = ""
    landing: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An instant and a place for which the case is worth asking; the demonstration asks them."""

    as_of: str
    territory: str | None
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What `case.yaml` itself says: the names of the policy and of the other files of the folder."""

    id: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    policy: str
    parties: tuple[Party, ...]
    documents: str
    claims: str
    notice: str | None
    questions: tuple[Question, ...]
    handling: Handling | None = None
    population: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case folder, read whole."""

    file: CaseFile
    documents: Mapping[DocumentId, Document]
    claims: tuple[Claim, ...]
    notice: Notice | None

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Whom the case asks about."""
        return tuple(party.subject for party in self.file.parties)
