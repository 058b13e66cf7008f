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
    OWNER = "owner"
    """Somebody of an advertiser who may do all that its members may, and says who else acts for it."""
    MEMBER = "member"
    """Somebody of an advertiser: sees what concerns that advertiser, and nothing else; appeals, writes, sends proof."""
    READER = "reader"
    """Somebody of an advertiser who may read what concerns it, and do nothing about it."""
    SERVICE = "service"
    """A program with a key. It acts for the person who made the key."""


def known_roles(names: Iterable[str]) -> frozenset[Role]:
    """The roles among names of a record. One that a newer program gave, and this one does not know, grants nothing."""
    return frozenset(Role(name) for name in names if name in _NAMES)


_NAMES = frozenset(role.value for role in Role)
OF_ADVERTISERS = frozenset({Role.OWNER, Role.MEMBER, Role.READER})
"""The roles of an advertiser's people. Each of them has one, and belongs to one advertiser."""
STAFF = frozenset(Role) - OF_ADVERTISERS - {Role.SERVICE}
"""The roles of the platform's own people."""
