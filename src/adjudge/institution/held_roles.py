"""Who has a role now: by what is on record of people, whatever they had when they did something."""

from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, Signature
from adjudge.records.shelf import PEOPLE


def has_role(records: Reading, person_id: str, role: Role | str) -> bool:
    """Whether somebody works here and has a role now."""
    person = records.get(PEOPLE, person_id)
    return person is not None and person.active and str(role) in person.roles


def standing_signatures(records: Reading, row: DecisionRow) -> tuple[Signature, ...]:
    """The signatures that still count: of people who work here and have the role for which they signed."""
    return tuple(item for item in row.signatures if has_role(records, item.person, item.role))
