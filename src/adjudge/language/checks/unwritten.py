"""A text that a scaffold left to be written is written before anyone is told of it. LANGUAGE.md 6.5.

Not a judgement on texts: only those are found that still begin with the words of `adjudge new`.
"""

from collections.abc import Iterator

from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import say
from adjudge.language.analysis.finding import on_rule, warning
from adjudge.language.checks.translations import rule_texts, used_definitions
from adjudge.language.package import Package

TO_WRITE = "TO WRITE"
_HINT = say("write it in its place")


def check_unwritten(package: Package) -> Iterator[Problem]:
    """Report texts that begin with `TO WRITE`, each with the languages in which it does."""
    texts = [text for rule in package.rules for text in rule_texts(rule)]
    for what, by_language, spot in [*texts, *used_definitions(package)]:
        languages = sorted(language for language, text in by_language.items() if _is_unwritten(text))
        if languages:
            listed = ", ".join(quoted(language) for language in languages)
            message = say("{what} is still to be written ({languages})", what=what, languages=listed)
            yield warning("text-to-write", message, spot, _HINT)
    for rule in package.rules:
        if _is_unwritten(rule.ground.clause):
            message = say("the clause on which {rule} rests is still to be written", rule=quoted(rule.id))
            yield warning("text-to-write", message, on_rule(rule), _HINT)


def _is_unwritten(text: str) -> bool:
    return text.lstrip().startswith(TO_WRITE)
