"""An entry compared with a country, language or code is one. LANGUAGE.md 1.2, 3.8, 6.5.

A literal beside a code is checked when it is read; what a list or parameter holds has the type of a text, so
that a wrong entry would be silently unequal to everything.
"""

from collections.abc import Iterator, Mapping

from adjudge.basis.problem import Problem, did_you_mean, quoted
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.basis.span import Span
from adjudge.facts.codes import COUNTRIES, canonical_language
from adjudge.facts.type import CodeType, ListType, Simple, Type, said_type
from adjudge.facts.vocabulary import Taxonomy, Vocabulary
from adjudge.language.analysis.finding import Spot, warning
from adjudge.language.analysis.occurrence import all_parts, expressions, nodes, type_of
from adjudge.language.core import (
    Condition,
    Expr,
    ListEntry,
    ListOf,
    Member,
    Operation,
    Operator,
    ParamEntry,
    Quantified,
)
from adjudge.language.package import Dated, Entry, Package

Use = tuple[str, str, Type]
"""`lists` or `params`, the name, and the type that it is compared with."""


def check_entries(package: Package) -> Iterator[Problem]:
    """Report each entry that is no code of a type with which some rule compares it."""
    used: dict[Use, None] = {}
    for rule in package.rules:
        for written in rule.conditions:
            used.update(dict.fromkeys(_uses(written.core, package.vocabulary)))
    for root, name, kind in used:
        table: Dated = package.lists if root == "lists" else package.params
        for entry in table.get(name, ()):
            yield from _of_entry(f"{root}.{name}", entry, kind, package.vocabulary.taxonomies)


def _uses(condition: Condition, vocabulary: Vocabulary) -> Iterator[Use]:
    for node in nodes(condition):
        if isinstance(node, Member):
            yield from _use(node.value, vocabulary.facts[node.fact].type)
    for expr, around in expressions(condition):
        for part in all_parts(expr):
            if isinstance(part, Operation) and part.operator in {
                Operator.EQUAL,
                Operator.UNEQUAL,
                Operator.IN,
            }:
                yield from _compared(part, vocabulary, around)


def _compared(part: Operation, vocabulary: Vocabulary, around: Quantified | None) -> Iterator[Use]:
    """What stands beside a list or parameter; `under` is not here, since a wrong node there is an error."""
    left, right = part.arguments
    for one, other in ((left, right), (right, left)):
        kind = type_of(other, vocabulary, around)
        yield from _use(one, kind.element if isinstance(kind, ListType) else kind)


def _use(expr: Expr, kind: Type | None) -> Iterator[Use]:
    if not (kind in {Simple.COUNTRY, Simple.LANGUAGE} or isinstance(kind, CodeType)):
        return
    for part in expr.items if isinstance(expr, ListOf) else (expr,):
        if isinstance(part, ListEntry):
            yield "lists", part.name, kind
        elif isinstance(part, ParamEntry):
            yield "params", part.name, kind


def _of_entry(name: str, entry: Entry, kind: Type, taxonomies: Mapping[str, Taxonomy]) -> Iterator[Problem]:
    values = entry.value if isinstance(entry.value, tuple) else (entry.value,)
    for position, value in enumerate(values):
        text = str(value)
        known = _known(text, kind, taxonomies)
        if text not in known:
            message = say(
                "{code} in {name} is not of type {type}, with which it is compared",
                code=quoted(text),
                name=quoted(name),
                type=said_type(kind),
            )
            spot = Spot(_place(entry.span, values, position), name)
            hint = did_you_mean(text, known) or _HINTS.get(kind, NOTHING_SAID)
            yield warning("unknown-list-code", message, spot, hint)


_HINTS: dict[Type, Said] = {
    Simple.COUNTRY: say("write an ISO 3166-1 code in capitals, such as `FR`"),
    Simple.LANGUAGE: say("write a BCP 47 tag in its usual case, such as `zh-Hant`"),
}


def _known(text: str, kind: Type, taxonomies: Mapping[str, Taxonomy]) -> list[str]:
    """The codes of a type; of languages the text's own canonical form, in which tags are compared."""
    if isinstance(kind, CodeType):
        return list(taxonomies[kind.taxonomy].parents)
    if kind is Simple.COUNTRY:
        return sorted(COUNTRIES)
    canonical = canonical_language(text)
    return [canonical] if canonical else []


def _place(span: Span | None, values: tuple[object, ...], position: int) -> Span | None:
    """The place of one value. An entry knows that of its first, and the others follow it in order."""
    if span is None:
        return None
    text, at = span.source.text, span.start
    for value in values[: position + 1]:
        found = _find(text, str(value), at)
        if found < 0:
            return span
        start, at = found, found + len(str(value))
    return Span(span.source, start, at)


def _find(text: str, word: str, at: int) -> int:
    """Where a word stands next, outside comments; -1 where it does not stand as it is."""
    while at < len(text):
        if text[at] == "#" and text[at - 1 : at].isspace():
            end = text.find("\n", at)
            at = end if end >= 0 else len(text)
        elif text.startswith(word, at):
            return at
        else:
            at += 1
    return -1
