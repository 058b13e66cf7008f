"""Who signed a decision: what its entry says of signatures, held to the entries by which they were given."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from adjudge.basis.said import Said, say
from adjudge.institution.record.audit.told import items, text
from adjudge.ledger.entry import Entry

Signed = tuple[str, str, str]
"""A role, a person, and when."""
_SIGNING = frozenset({"decision:confirmed", "decision:signed"})
_CHANGING = frozenset({"person:changed", "person:deactivated"})


@dataclass(slots=True)
class Signing:
    """The signatures of one decision up to an entry, and those of people whose roles were changed since."""

    people: dict[str, str] = field(default_factory=dict)
    given: list[Signed] = field(default_factory=list)
    shaken: set[Signed] = field(default_factory=set)

    def remember(self, entry: Entry, decision: str) -> None:
        """Take one entry in."""
        if entry.kind == "key:made":
            self.people[entry.subject] = self._person(entry)
        elif entry.kind in _SIGNING and entry.subject == decision:
            self.given.append((text(entry, "role"), self._person(entry), str(entry.at)))
        elif entry.kind in _CHANGING:
            self.shaken |= {item for item in self.given if item[1] == entry.subject}

    def flaws(self, issued: Entry) -> Iterator[Said]:
        """Signatures that the entry has and nobody gave, and those that were given and are not there."""
        recorded = [
            (str(item.get("role")), str(item.get("person")), str(item.get("at")))
            for item in items(issued.body.get("signatures"))
        ]
        for role, person, _ in sorted(set(recorded) - set(self.given)):
            yield say("the signature of {person} as {role} was never given", person=person, role=role)
        for role, person, _ in sorted(set(self.given) - self.shaken - set(recorded)):
            yield say("the signature of {person} as {role} is not in the entry", person=person, role=role)

    def _person(self, entry: Entry) -> str:
        kind, _, name = entry.actor.partition(":")
        return self.people.get(name, "") if kind == "key" else name
