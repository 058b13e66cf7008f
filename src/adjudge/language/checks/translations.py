"""A text that the package has in one language it has in all of them. LANGUAGE.md 4.1, 6.5.

The languages of a package are those of its own texts. Definitions of the facts that it uses must have them
too, since notices quote them; further languages of the vocabulary bind nobody here.
"""

from collections.abc import Iterator, Mapping

from adjudge.basis.problem import Problem, quoted
from adjudge.facts.codes import canonical_language
from adjudge.language.analysis.finding import Spot, on_condition, on_rule, warning
from adjudge.language.core import facts_of
from adjudge.language.package import Package, Rule

Text = tuple[str, Mapping[str, str], Spot]
"""What the text is, the text by language, and where."""


def check_translations(package: Package) -> Iterator[Problem]:
    """Report texts that lack a language of the package; one that is absent altogether is not asked for."""
    texts = [text for rule in package.rules for text in _texts(rule)]
    languages = sorted({language for _, text, _ in texts for language in _languages(text)})
    for what, text, spot in [*texts, *_definitions(package)]:
        present = _languages(text)
        absent = [language for language in languages if language not in present]
        if present and absent:
            message = f"{what} is missing in " + " and ".join(quoted(language) for language in absent)
            yield warning(
                "missing-translation", message, spot, "add the text in every language of the package"
            )


def _languages(text: Mapping[str, str]) -> set[str]:
    return {canonical_language(tag) or tag for tag, words in text.items() if words.strip()}


def _texts(rule: Rule) -> Iterator[Text]:
    """The texts of a rule that readers see."""
    spot = on_rule(rule)
    yield f"the title of {quoted(rule.id)}", rule.title, spot
    yield f"the explanation of {quoted(rule.id)}", rule.explanation, spot
    for item in rule.unless:
        what = f"the title of the exception {quoted(item.id)} of {quoted(rule.id)}"
        yield what, item.title, on_condition(rule, item.when)
    label = rule.measure.details.get("text") if rule.measure else None
    if isinstance(label, Mapping):
        yield f"the label of {quoted(rule.id)}", label, spot


def _definitions(package: Package) -> Iterator[Text]:
    """The definitions of the facts that rules use, each once."""
    used = {name for rule in package.rules for written in rule.conditions for name in facts_of(written.core)}
    for name in sorted(used):
        fact = package.vocabulary.facts[name]
        yield f"the definition of {quoted(name)}", fact.definition, Spot(fact.span, f"fact {name}")
