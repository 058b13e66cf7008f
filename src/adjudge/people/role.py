"""The roles that a person or a service key can have.

Not rights: which role may do what is one table, in `adjudge.people.act`.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the institution. One person may have several."""

    POLICY_AUTHOR = "policy_author"
    PUBLISHER = "publisher"
    REVIEWER = "reviewer"
    SECOND_REVIEWER = "second_reviewer"
    LEGAL = "legal"
    APPEALS = "appeals"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    """Somebody of an advertiser: sees what concerns that advertiser, and nothing else."""
    SERVICE = "service"
    """A program with a key. It acts for the person who made the key."""


def known_roles(names: Iterable[str]) -> frozenset[Role]:
    """The roles among names of a record. One that a newer program gave, and this one does not know, grants nothing."""
    return frozenset(Role(name) for name in names if name in _NAMES)


_NAMES = frozenset(role.value for role in Role)
STAFF = frozenset(Role) - {Role.MEMBER, Role.SERVICE}
"""The roles of the platform's own people."""
