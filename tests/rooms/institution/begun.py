"""A policy whose measures begin later, for tests: cures, the end of a whole service, suspensions for some days."""

from dataclasses import dataclass, replace

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import assign
from adjudge.institution.material import claims
from adjudge.institution.record.replay import replay
from adjudge.language.reading.package import read_package
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.records.rows import AppealRow, ClaimRow, DecisionRow, MatterRow, MeasureRow
from adjudge.records.shelf import DECISIONS, MEASURES
from tests.rooms.institution.heard import somebody
from tests.rooms.institution.world import ACME, EXCLUDING, World, claim

POLICY = "service"
_VOCABULARY = """
vocabulary: services
version: 1
facts:
  advertiser:
    fraud: {type: bool, definition: {en: Whether an authority has found fraud.}}
    unpaid: {type: bool, definition: {en: Whether invoices are unpaid.}}
  ad:
    beer: {type: bool, definition: {en: Whether the ad offers beer.}}
    lottery: {type: bool, definition: {en: Whether the ad offers a lottery.}}
"""
_RULE = """
  - id: {id}
    title: {{en: Rule on {id}}}
    subject: {subject}
    kind: restriction
    ground: {{terms: Clause on {id}, url: "https://example.org/terms#{id}"}}
    territory: {territory}
    when: {subject}.{id}
    standard: corroborated
    measure: {measure}
    {more}
    explanation: {{en: What stands behind the rule on {id} is told here.}}
"""
_RULES = {
    "fraud": ("advertiser", "worldwide", "{exclude: {}}", ""),
    "unpaid": ("advertiser", "worldwide", "{exclude: {}}", "cure: {days: 40}"),
    "beer": ("ad", "[FR, BE]", "{exclude: {}}", "cure: {days: 7}"),
    "lottery": ("ad", "worldwide", "{suspend: {days: 30}}", "cure: {days: 3}"),
}


@dataclass(slots=True)
class Service:
    """An institution with this policy, and the matter of one advertiser under it."""

    world: World
    matter: MatterRow

    def claim(self, subject: str, fact: str, value: Plain = True) -> ClaimRow:  # noqa: FBT002 - a value
        kind = "advertiser" if subject == ACME else "ad"
        content = {**claim(subject, fact, value), "fact": f"{kind}.{fact}"}
        return claims.record_claim(self.world.house, self.world.who("reviewer"), POLICY, content)

    def proposed(self, subject: str, proposal: Proposal = EXCLUDING) -> DecisionRow:
        author = self.world.who("proposer")
        return decisions.propose(self.world.house, author, self.matter.id, subject, proposal)

    def issued(self, subject: str, proposal: Proposal = EXCLUDING) -> DecisionRow:
        return self.confirmed(self.proposed(subject, proposal))

    def confirmed(self, row: DecisionRow) -> DecisionRow:
        world = self.world
        if decisions.open_needs(world.house, world.who("reviewer"), row.id):
            second = world.who(Role.SECOND_REVIEWER)
            decisions.confirm(world.house, second, row.id, row.digest, "read and agreed")
        return decisions.issue(world.house, world.who("reviewer"), row.id)

    def filed(self, decision: DecisionRow) -> AppealRow:
        return file_appeal(self.world.house, self.world.who("member"), decision.id, ["This is not so."])

    def upheld(self, decision: DecisionRow) -> DecisionRow:
        """An appeal against it, decided by others with the same measures."""
        world, appeal = self.world, self.filed(decision)
        judge = somebody(world, "judge", Role.APPEALS)
        other = somebody(world, "other", Role.SECOND_REVIEWER)
        assign(world.house, world.who(Role.APPEALS), appeal.id, judge.person, "took no part")
        replies = {point.id: "It is so, as the document shows." for point in appeal.points}
        excludes = any(item.kind == "exclude" for item in self.measures(decision))
        proposal = EXCLUDING if excludes else Proposal(reason="It was right.")
        proposal = replace(proposal, appeal=appeal.id, replies=replies)
        row = decisions.propose(world.house, judge, self.matter.id, decision.subject, proposal)
        if excludes:
            decisions.confirm(world.house, other, row.id, row.digest, "read and agreed")
        return decisions.issue(world.house, judge, row.id)

    def measures(self, decision: DecisionRow) -> list[MeasureRow]:
        with self.world.house.records.reading() as records:
            return list(records.find(MEASURES, decision=decision.id))

    def all_measures(self) -> list[MeasureRow]:
        with self.world.house.records.reading() as records:
            return list(records.find(MEASURES))

    def row(self, decision: DecisionRow) -> DecisionRow:
        with self.world.house.records.reading() as records:
            found = records.get(DECISIONS, decision.id)
        assert found is not None
        return found

    def is_replayed(self, decision: DecisionRow) -> bool:
        return replay(self.world.house, self.world.who("auditor"), decision.id).same


def service_in(world: World) -> Service:
    """Bring the policy in, with two ads, and open the matter."""
    log = ProblemLog()
    vocabulary = read_vocabulary(read_yaml(Source("vocabulary.yaml", _VOCABULARY), log), log)
    text = f"package: {POLICY}\nversion: '1'\nlanguage: 1\nvocabulary: services\npublished_at: 2026-01-01\nrules:"
    for name, (subject, territory, measure, more) in _RULES.items():
        text += _RULE.format(id=name, subject=subject, territory=territory, measure=measure, more=more)
    assert vocabulary is not None, log.problems
    package = read_package(read_yaml(Source("1.yaml", text), log), vocabulary, log)
    assert package is not None, log.problems
    bring_in(world.house, world.who("administrator"), Brought(packages=[package]), vocabulary, "brought too")
    for ad in ("ad", "second"):
        world.ad(ad)
    matter = matters.open_matter(world.house, world.who("reviewer"), ACME, POLICY, reason="seen on a round")
    return Service(world, matter)


def told_in_advance(
    world: World, days: int = 30, *, relief: tuple[str, ...] = (), reminder_days: int = 7
) -> None:
    """Settle an advance notice, and what else a test asks for."""
    procedure = ProcedureSettled(advance_days=days, relief=relief, reminder_days=reminder_days)
    settle_procedure(world.house, world.who(Role.ADMINISTRATOR), procedure, reason="to try it")
