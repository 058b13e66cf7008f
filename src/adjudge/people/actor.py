"""Who acts: a person, a person's service key, or the institution itself where a consequence follows by rule."""

from dataclasses import dataclass
from typing import NewType

from adjudge.people.act import Act
from adjudge.people.role import Role

PersonId = NewType("PersonId", str)
KeyId = NewType("KeyId", str)

NOBODY = PersonId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, with the rights held at that moment.

    `person` is who answers for it: of a key, the one who made it, so that nobody confirms by a key what the same
    person proposed. `advertiser` is the one that a member belongs to. `acts` narrows a key to some acts; None is all
    that its roles may do. `link` is the notice by whose link somebody of an advertiser came who is not known by name.
    """

    person: PersonId
    roles: frozenset[Role]
    advertiser: str = ""
    key: KeyId | None = None
    acts: frozenset[Act] | None = None
    institution: bool = False
    link: str = ""

    @property
    def name(self) -> str:
        """As the log writes it: `person:ID`, `key:ID`, `link:NOTICE`, or `institution`."""
        if self.institution:
            return "institution"
        if self.link:
            return f"link:{self.link}"
        return f"key:{self.key}" if self.key else f"person:{self.person}"


INSTITUTION = Actor(person=NOBODY, roles=frozenset(), institution=True)
"""Consequences that follow by rule, such as reopening what rested on a withdrawn claim. It decides nothing."""
