"""A text that the package has in one language it has in all of them. LANGUAGE.md 4.1, 6.5.

The languages of a package are those of its own texts. Definitions of the facts that it uses must have them
too, since notices quote them; further languages of the vocabulary bind nobody here.
"""

from collections.abc import Iterator, Mapping
from functools import reduce

from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import Said, say, verbatim
from adjudge.facts.codes import canonical_language
from adjudge.language.analysis.finding import Spot, on_condition, on_rule, warning
from adjudge.language.core import facts_of
from adjudge.language.package import Package, Rule

Text = tuple[Said, Mapping[str, str], Spot]
"""What the text is, the text by language, and where."""


def check_translations(package: Package) -> Iterator[Problem]:
    """Report texts that lack a language of the package; one that is absent altogether is not asked for."""
    texts = [text for rule in package.rules for text in rule_texts(rule)]
    languages = sorted({language for _, text, _ in texts for language in _languages(text)})
    for what, text, spot in [*texts, *used_definitions(package)]:
        present = _languages(text)
        absent = [language for language in languages if language not in present]
        if present and absent:
            missing = reduce(_both, (verbatim(quoted(language)) for language in absent))
            message = say("{what} is missing in {languages}", what=what, languages=missing)
            hint = say("add the text in every language of the package")
            yield warning("missing-translation", message, spot, hint)


def _both(one: Said, other: Said) -> Said:
    return say("{one} and {other}", one=one, other=other)


def _languages(text: Mapping[str, str]) -> set[str]:
    return {canonical_language(tag) or tag for tag, words in text.items() if words.strip()}


def rule_texts(rule: Rule) -> Iterator[Text]:
    """The texts of a rule that readers see."""
    spot, name = on_rule(rule), quoted(rule.id)
    yield say("the title of {rule}", rule=name), rule.title, spot
    yield say("the explanation of {rule}", rule=name), rule.explanation, spot
    for item in rule.unless:
        what = say("the title of the exception {exception} of {rule}", exception=quoted(item.id), rule=name)
        yield what, item.title, on_condition(rule, item.when)
    label = rule.measure.details.get("text") if rule.measure else None
    if isinstance(label, Mapping):
        yield say("the label of {rule}", rule=name), label, spot


def used_definitions(package: Package) -> Iterator[Text]:
    """The definitions of the facts that rules use, each once."""
    used = {name for rule in package.rules for written in rule.conditions for name in facts_of(written.core)}
    for name in sorted(used):
        fact = package.vocabulary.facts[name]
        what = say("the definition of {fact}", fact=quoted(name))
        yield what, fact.definition, Spot(fact.span, say("fact {fact}", fact=name))
