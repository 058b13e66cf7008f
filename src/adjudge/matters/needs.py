"""Who must take part before a decision may be issued: a second person, roles that rules ask for, or nobody further."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.language.package import MeasureKind
from adjudge.matters.proposal import Departing, Proposal
from adjudge.people.role import Role
from adjudge.records.rows import Signature


@dataclass(frozen=True, slots=True)
class Needs:
    """The roles whose signature is needed; `second_reviewer` stands for the confirmation of a second person."""

    roles: tuple[str, ...]

    def open(self, signatures: Sequence[Signature], author: str) -> tuple[str, ...]:
        """The roles that have not signed yet. What the author signed does not count."""
        signed = {item.role for item in signatures if item.person != author}
        return tuple(role for role in self.roles if role not in signed)


def needs_of(kinds: Iterable[MeasureKind], review: Iterable[str], proposal: Proposal) -> Needs:
    """What a decision needs. `kinds` are its measures, `review` the roles that the applied rules ask for.

    An exclusion needs a second person in any case, and so does a decision that departs from the outcome.
    """
    second = MeasureKind.EXCLUDE in set(kinds) or proposal.departing is not Departing.NOT
    roles = [str(Role.SECOND_REVIEWER)] if second else []
    return Needs(tuple(dict.fromkeys([*roles, *review])))
