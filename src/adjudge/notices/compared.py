"""What a statement says of others: how many the rules reach besides, what was decided for those, how many are alike.

Counts and no names: what is on file of others is not for the addressee of a statement. LANGUAGE.md 6.4.
"""

from collections.abc import Iterable

from adjudge.basis.problem import quoted
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Rule
from adjudge.notices.material import Material
from adjudge.notices.statement import Clause
from adjudge.population.others import LikeCases, Others, RuleOthers
from adjudge.population.view import Treatment
from adjudge.tongues.tongue import Tongue


def compared(material: Material, tongue: Tongue) -> Iterable[Clause]:
    """The clauses: of each rule a measure rests on two; one where nobody was compared."""
    known, others = material.known, material.known.others
    if others is None:
        yield Clause(
            tongue("No population was named with which this could be compared, so that it was not compared.")
        )
        return
    grounds = {rule.id for rule in known.grounds}
    for found in others.by_rule:
        if found.rule.id in grounds:
            yield Clause(" ".join(_reached(found, others, tongue)))
            yield Clause(_alike(found.rule.id, found.alike, tongue))
    for name in others.lacking:
        if name in grounds:
            yield Clause(_untried(known.rules[name], others, tongue))


def _untried(rule: Rule, others: Others, tongue: Tongue) -> str:
    """That there is none of the kind that a rule speaks of: a sentence for each, since languages bend the word."""
    parts = {"population": _title(others, tongue), "rule": quoted(rule.id)}
    if rule.subject is Kind.ADVERTISER:
        return tongue(
            "The population “{population}” holds no advertisers, so that nothing can be said of others under the rule "
            "{rule}.",
            **parts,
        )
    return tongue(
        "The population “{population}” holds no ads, so that nothing can be said of others under the rule {rule}.",
        **parts,
    )


def _title(others: Others, tongue: Tongue) -> str:
    return tongue.text(others.population.title) or others.population.id


def _reached(found: RuleOthers, others: Others, tongue: Tongue) -> Iterable[str]:
    """How many others there are, how many of them are reached, and what was decided for these."""
    parts = {
        "population": _title(others, tongue),
        "day": others.valid_at,
        "rule": quoted(found.rule.id),
        "all": len(found.reach.rows) - found.in_population,
        "reached": len(found.reached),
    }
    if found.rule.subject is Kind.ADVERTISER:
        yield tongue(
            "Other advertisers in the population “{population}”, as of {day}: {all}; the rule {rule} reaches {reached} "
            "of them.",
            **parts,
        )
    else:
        yield tongue(
            "Other ads in the population “{population}”, as of {day}: {all}; the rule {rule} reaches {reached} of "
            "them.",
            **parts,
        )
    if found.reached:
        yield tongue(
            "Of those it reaches, a measure was decided for {measured}, none for {spared}, and of {unknown} no "
            "decision is known.",
            measured=_treated(found, Treatment.MEASURE),
            spared=_treated(found, Treatment.NONE),
            unknown=_treated(found, Treatment.UNKNOWN),
        )


def _treated(found: RuleOthers, treatment: Treatment) -> int:
    return sum(row.treatment is treatment for row in found.reached)


def _alike(rule: str, found: LikeCases, tongue: Tongue) -> str:
    """How many the rule cannot tell apart from this case, by what was decided for them."""
    if not found.count:
        return tongue("Under the rule {rule} none of the others is like this case.", rule=quoted(rule))
    return tongue.plural(
        "Under the rule {rule} {count} of the others is like this case; decided otherwise: {otherwise}, decided alike: "
        "{alike}, not known: {unknown}.",
        "Under the rule {rule} {count} of the others are like this case; decided otherwise: {otherwise}, decided "
        "alike: {alike}, not known: {unknown}.",
        found.count,
        rule=quoted(rule),
        otherwise=len(found.otherwise),
        alike=len(found.alike),
        unknown=len(found.unknown),
    )
