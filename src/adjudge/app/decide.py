"""Settle, evaluate, explain, adjudicate: from a case and an instant to everything an answer says.

Pure: the case, the instants and the place are handed in; nothing is read or written.
"""

from adjudge.answers.answer import Answer, Asked, SubjectAnswer
from adjudge.app.on_files import LoadedCase
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.decisions.adjudicate import adjudicate
from adjudge.evidence.case import Party
from adjudge.facts.settle import live, settle
from adjudge.language.package import Package, latest
from adjudge.language.seal import digest_of_package
from adjudge.reasons.explain import Reader, explain
from adjudge.spec.resolve import outcome_of, surroundings


def decide(loaded: LoadedCase, asked: Asked, log: ProblemLog) -> Answer | None:
    """Answer a case; None with a problem where no version of the policy was published by then."""
    package = latest(list(loaded.policy.packages), asked.known_at)
    if package is None:
        first = min(item.published_at for item in loaded.policy.packages)
        message = f"no version of {quoted(loaded.case.file.policy)} was published by {asked.known_at}"
        log.add("unknown-package", message, where="--known-at", hint=f"the first was published at {first}")
        return None
    claims = live(loaded.case.claims, asked.valid_at, asked.known_at)
    reader = Reader(claims, settle(claims), surroundings(package, asked.valid_at))
    parties = sorted(loaded.case.file.parties, key=lambda party: party.subject.id)
    return Answer(
        case=loaded.case,
        asked=asked,
        package=package,
        digest=digest_of_package(package),
        subjects=tuple(_subject(party, package, asked, reader) for party in parties),
        recorded=sum(claim.recorded_at <= asked.known_at for claim in loaded.case.claims),
        live=len(claims),
    )


def _subject(party: Party, package: Package, asked: Asked, reader: Reader) -> SubjectAnswer:
    rules = package.in_force(asked.valid_at, asked.known_at, asked.territory)
    outcome = outcome_of(party.subject, rules, reader.view, reader.around)
    by_id = {rule.id: rule for rule in rules}
    return SubjectAnswer(
        party=party,
        outcome=outcome,
        explanations=tuple(explain(by_id[item.rule], item, party.subject, reader) for item in outcome.rules),
        decision=adjudicate(outcome, rules),
    )
