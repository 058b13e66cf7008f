"""A small institution for tests: a policy with one rule of each kind, people of every role, a clock that obeys.

Each rule turns on a fact of its own, so that a test says by its claims which of them are met.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adjudge.basis.instant import NANOS, Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.errors import RefusedError
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.house import House
from adjudge.institution.material import claims, subjects
from adjudge.institution.staff import keys, people, settling
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.matters.proposal import Proposal
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.role import OF_ADVERTISERS, Role
from adjudge.records.rows import ClaimRow, DecisionRow, MatterRow
from adjudge.records.shelf import MATTERS, SUBJECTS
from tests.databases import Place

POLICY = "town"
ACME, OTHER = "acme", "other"
_VOCABULARY = """
vocabulary: ads
version: 1
facts:
  ad:
    beer: {type: bool, definition: {en: Whether the ad offers beer.}}
    licensed: {type: bool, definition: {en: Whether a licence to sell beer is on record.}}
    loud: {type: bool, definition: {en: Whether the ad plays sound by itself.}}
    lottery: {type: bool, definition: {en: Whether the ad offers a lottery.}}
    shown: {type: int, definition: {en: How often the ad was shown on one day.}}
"""
_RULE = """
  - id: {id}
    title: {{en: Rule on {id}}}
    subject: ad
    kind: restriction
    ground: {{terms: Clause on {id}, url: "https://example.org/terms#{id}"}}
    territory: worldwide
    when: {when}
    standard: corroborated
    measure: {measure}
    {more}
    explanation: {{en: What stands behind the rule on {id} is told here.}}
"""
RULES: Mapping[str, Mapping[str, str]] = {
    "beer": {
        "when": "ad.beer",
        "measure": "{exclude: {}}",
        "more": "unless: [{id: licensed, when: ad.licensed, standard: corroborated}]",
    },
    "lottery": {"when": "ad.lottery", "measure": "{suspend: {days: 30}}", "more": "review: [legal]"},
    "loud": {"when": "ad.loud", "measure": "{notify: {}}", "more": "decided_by: automation"},
    "shown": {
        "when": "ad.shown + 9223372036854775807 > 0",
        "measure": "{suspend: {days: 3}}",
        "more": "decided_by: automation",
    },
}
EXCLUDING = Proposal(
    reason="The ad offers beer, and no licence is on record.",
    milder="A label would not replace the licence.",
    rights="The brewer may trade; what is asked of it is a licence.",
)
PLAIN = Proposal(reason="The facts are as the rule describes them.")
_DOCUMENT: dict[str, Plain] = {
    "kind": "question",
    "title": "What was seen",
    "publisher": "The platform",
    "precision": "unknown",
    "language": "en",
    "status": "primary",
    "sources": ["seen"],
    "summary": {"en": "An ad."},
}


class Clock:
    """Goes on by a second whenever it is asked, and is set where a test wants it."""

    def __init__(self, start: str = "2026-11-22T00:00:00Z") -> None:
        self.set(start)

    def set(self, text: str) -> None:
        found = parse_instant(text)
        assert found is not None
        self.nanos = found.nanos

    def __call__(self) -> Instant:
        self.nanos += NANOS
        return Instant(self.nanos)

    @property
    def last(self) -> Instant:
        return Instant(self.nanos)


@dataclass(slots=True)
class World:
    """An institution with its people, by the names of their roles."""

    place: Place
    clock: Clock
    house: House
    people: dict[str, Actor] = field(default_factory=dict)

    def who(self, role: Role | str) -> Actor:
        return self.people[str(role)]

    def join(self, name: str, *roles: Role, advertiser: str = "", by: Actor | None = None) -> Actor:
        """Somebody more."""
        inviter = by or self.who(Role.ADMINISTRATOR)
        invited = people.invite(
            self.house, inviter, f"{name}@example.org", name, roles, advertiser=advertiser
        )
        self.people[name] = people.actor_of(people.join(self.house, invited.secret))
        return self.people[name]

    def ad(self, ad: str, advertiser: str = ACME, /, **facts: Plain) -> dict[str, ClaimRow]:
        """An ad of which these facts are claimed; the claims."""
        subjects.record_subject(self.house, self.who("reviewer"), subject(ad, advertiser))
        return {fact: self.claim(ad, fact, value) for fact, value in facts.items()}

    def claim(self, ad: str, fact: str, value: Plain = True, **more: Plain) -> ClaimRow:  # noqa: FBT002 - a value
        content = claim(ad, fact, value, **more)
        return claims.record_claim(self.house, self.who("reviewer"), POLICY, content)

    def matter(self, advertiser: str = ACME) -> MatterRow:
        """The matter of an advertiser, opened if there is none."""
        with self.house.records.reading() as records:
            found = records.find(MATTERS, advertiser=advertiser)
        if found:
            return found[0]
        return matters.open_matter(
            self.house, self.who("reviewer"), advertiser, POLICY, reason="seen on a round"
        )

    def proposed(self, ad: str, proposal: Proposal = EXCLUDING) -> DecisionRow:
        """A proposal by somebody who has no other part in it."""
        with self.house.records.reading() as records:
            found = records.get(SUBJECTS, ad)
        assert found is not None
        matter = self.matter(found.advertiser)
        return decisions.propose(self.house, self.who("proposer"), matter.id, ad, proposal)

    def issued(self, ad: str, proposal: Proposal = EXCLUDING) -> DecisionRow:
        """A decision with whatever signatures it needs."""
        row = self.proposed(ad, proposal)
        for role in decisions.open_needs(self.house, self.who("reviewer"), row.id):
            if role == str(Role.SECOND_REVIEWER):
                decisions.confirm(self.house, self.who(role), row.id, row.digest, "read and agreed")
            else:
                decisions.sign(self.house, self.who(role), row.id, role, row.digest, reason="lawful")
        return decisions.issue(self.house, self.who("reviewer"), row.id)

    def kinds(self) -> list[str]:
        """What the log says was done, in order."""
        with self.house.records.reading() as records:
            return [entry.kind for entry in records.entries()]

    def reopened(self) -> "World":
        """After the program was started again."""
        place = self.place.reopened()
        return replace(self, place=place, house=replace(self.house, records=place.records, blobs=place.blobs))


def world_in(place: Place) -> World:
    """An institution with people of every role, two advertisers and the policy in force."""
    clock = Clock()
    world = World(place, clock, place.house(clock))
    world.join("administrator", Role.ADMINISTRATOR, by=people.FOUNDER)
    for role in Role:
        if role not in {Role.ADMINISTRATOR, Role.SERVICE, *OF_ADVERTISERS}:
            world.join(role.value, role)
    world.join("proposer", Role.REVIEWER)
    world.join("member", Role.MEMBER, advertiser=ACME)
    world.join("stranger", Role.MEMBER, advertiser=OTHER)
    for name in ("owner", "reader"):
        world.join(name, Role(name), advertiser=ACME)
    world.join("colleague", Role.READER, advertiser=ACME)
    world.join("strange-owner", Role.OWNER, advertiser=OTHER)
    settle(world)
    acts = [act for act, right in ACTS.items() if Role.SERVICE in right.roles and act is not Act.JOIN]
    key = keys.make_key(world.house, world.who("administrator"), "a program", acts)
    world.people["service"] = keys.key_actor(world.house, key.secret)
    vocabulary, package = policy()
    parties = [subject(ACME), subject(OTHER)]
    brought = Brought(subjects=parties, documents=[document("seen")], packages=[package])
    bring_in(world.house, world.who("administrator"), brought, vocabulary, "brought from elsewhere")
    return world


def settle(world: World, reason: str = "set-up") -> None:
    settling.settle_institution(
        world.house,
        world.who("administrator"),
        platform={"en": "Platform", "fr": "Plateforme"},
        complaint="https://example.org/complain",
        settlement="https://example.org/settle",
        review={},
        languages=("en", "fr"),
        reason=reason,
    )


def subject(subject_id: str, advertiser: str = "") -> dict[str, Plain]:
    if not advertiser:
        return {"id": subject_id, "kind": "advertiser", "title": {"en": subject_id.title()}}
    return {"id": subject_id, "kind": "ad", "advertiser": advertiser, "title": {"en": f"The ad {subject_id}"}}


def document(document_id: str = "") -> dict[str, Plain]:
    return {**_DOCUMENT, "id": document_id} if document_id else dict(_DOCUMENT)


def claim(ad: str, fact: str, value: Plain = True, **more: Plain) -> dict[str, Plain]:  # noqa: FBT002 - a value
    return {
        "subject": ad,
        "fact": f"ad.{fact}",
        "value": value,
        "stance": "asserts",
        "weight": 4,
        "weight_reason": {"en": "Seen by ourselves."},
        "origin": f"round-{ad}-{fact}-{more.get('stance', '')}",
        "document": "seen",
        **more,
    }


def policy(
    version: str = "1", published_at: str = "2026-01-01", rules: Mapping[str, Mapping[str, str]] = RULES
) -> tuple[Vocabulary, Package]:
    """A version of the policy, with rules as they are given."""
    log = ProblemLog()
    text = f"package: {POLICY}\nversion: '{version}'\nlanguage: 1\nvocabulary: ads\n"
    text += f"published_at: {published_at}\nrules:"
    text += "".join(_RULE.format(id=name, **rule) for name, rule in rules.items())
    vocabulary = read_vocabulary(_node(_VOCABULARY, log), log)
    package = read_package(_node(text, log), vocabulary, log) if vocabulary is not None else None
    if vocabulary is None or package is None or log.refuses:
        raise AssertionError([(item.code, str(item.message)) for item in log.problems])
    return vocabulary, package


def _node(text: str, log: ProblemLog) -> Any:  # noqa: ANN401 - a node, or None
    return read_yaml(Source("text.yaml", text), log)


def codes(error: RefusedError) -> list[str]:
    """What stands in the way, by its codes."""
    return [item.code for item in error.findings]
