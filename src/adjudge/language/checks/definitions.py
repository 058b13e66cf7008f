"""A prohibition turns only on facts with an observable definition. LANGUAGE.md 6.5.

Not a judgement on the definition's quality: it is none only if it is blank, or says no word beyond the fact's
own name. Other kinds of rules are warned of, since their measures too must be testable by those whom they
hit.
"""

import re
from collections.abc import Iterator, Mapping

from adjudge.basis.ids import FactName
from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import Said, say
from adjudge.facts.vocabulary import Fact
from adjudge.language.analysis.finding import in_condition, refused, rule_named, warning
from adjudge.language.analysis.occurrence import fact_places
from adjudge.language.package import Package, Rule, RuleKind

_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> set[str]:
    """Words without regard to case and to a plural's ending."""
    return {word if len(word) == 1 else word.rstrip("s") for word in _WORD.findall(text.casefold())}


_EMPTY_WORDS = _words(
    """a an the of to in on for is are was be been has have had it its this that whether if when where or and
    not yes no true false s fact value ad advertiser un une le la les l de des du d est a ou et si oui non
    vrai faux dont que qui fait valeur annonceur annonce publicité"""
)
"""Words that say nothing of how one would
    observe a fact."""


def check_definitions(package: Package) -> Iterator[Problem]:
    """Report facts without an observable definition, once for each rule that uses them."""
    vague = {name: fact for name, fact in package.vocabulary.facts.items() if not has_definition(fact)}
    for rule in package.rules:
        yield from _of_rule(rule, vague)


def _of_rule(rule: Rule, vague: Mapping[FactName, Fact]) -> Iterator[Problem]:
    make = refused if rule.kind is RuleKind.PROHIBITION else warning
    reported = set()
    for written in rule.conditions:
        for name, place in fact_places(written).items():
            if name in vague and name not in reported:
                reported.add(name)
                spot = in_condition(rule, written, place)
                yield make("no-definition", _message(rule, vague[name]), spot, _hint(vague[name]))


def _message(rule: Rule, fact: Fact) -> Said:
    named, name = rule_named(rule), quoted(fact.full_name)
    if any(text.strip() for text in fact.definition.values()):
        return say(
            "{rule} turns on {fact}, whose definition says nothing beyond its name and filler words",
            rule=named,
            fact=name,
        )
    return say("{rule} turns on {fact}, which has no definition", rule=named, fact=name)


def _hint(fact: Fact) -> Said:
    if fact.span is None:
        return say("say in the vocabulary, under `definition:`, what one looks at to observe it")
    return say(
        "say in the vocabulary (line {line}), under `definition:`, what one looks at to observe it",
        line=str(fact.span.line),
    )


def has_definition(fact: Fact) -> bool:
    """Whether some language says more of a fact than its name does."""
    own = _words(fact.name) | _words(fact.kind.value) | _EMPTY_WORDS
    return any(_words(text) - own for text in fact.definition.values())
