"""The roles that a person or a service key can have.

Not rights: which role may do what is one table, in `adjudge.people.act`.
"""

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


STAFF = frozenset(Role) - {Role.MEMBER, Role.SERVICE}
"""The roles of the platform's own people."""
