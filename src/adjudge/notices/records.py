"""Whether words give what a claim says, or where it was read: a value, a document, a day, the definition of a fact.

Not whether the claim counts; and not the words of a vague conclusion, since none of these is one.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant, day_of
from adjudge.evidence.document import Document, Precision
from adjudge.facts.claim import Claim
from adjudge.facts.value import Money, Record, decimal_text
from adjudge.notices.background import Background
from adjudge.notices.days import names_day, names_month
from adjudge.notices.places import names_country
from adjudge.notices.plain import holds
from adjudge.notices.sentences import sentences
from adjudge.recourse.action import Action, Addition, Proof, Removal, Replacement
from adjudge.recourse.way import Step
from adjudge.tongues.tongue import LANGUAGES, tongue_of


def gives_claim(text: str, claim: Claim, language: str, known: Background) -> bool:
    """Whether a text gives the value of a claim, its document, or what its fact means."""
    document = known.documents.get(claim.document) if claim.document else None
    return (
        any(_gives_leaf(text, leaf, language) for leaf in _leaves(claim.value))
        or (document is not None and _gives_document(text, document, language))
        or gives_record(text, claim.fact, known)
    )


def gives_record(text: str, name: FactName, known: Background) -> bool:
    """Whether a text gives a fact by the definition that the vocabulary has of it, or by its name."""
    fact = known.package.vocabulary.facts.get(name)
    definitions = fact.definition.values() if fact is not None else ()
    return any(holds(text, words) for words in (name, *definitions))


def gives_fact(text: str, name: FactName, language: str, known: Background) -> bool:
    """Whether a text gives a fact: by its name or what it means, by a value that it has, or that it would have to have.

    Of a definition its first sentence will do, and of a proof the title of the exception that it serves.
    """
    fact = known.package.vocabulary.facts.get(name)
    meanings = (sentences(words)[:1] for words in fact.definition.values()) if fact is not None else ()
    if gives_record(text, name, known) or any(holds(text, words) for first in meanings for words in first):
        return True
    claims = (claim for claim in known.claims.values() if claim.fact == name)
    return (
        any(gives_claim(text, claim, language, known) for claim in claims)
        or any(holds(text, title) for title in _titles(name, known))
        or any(_gives_leaf(text, leaf, language) for leaf in _wanted(name, known))
    )


def _steps(name: FactName, known: Background) -> Iterable[Step]:
    for way in known.recourse.ways if known.recourse is not None else ():
        yield from (step for step in way.steps if step.action.fact == name)


def _titles(name: FactName, known: Background) -> Iterable[str]:
    """The titles of the exceptions that a proof of a fact serves."""
    for step in _steps(name, known):
        for rule, exception in step.exceptions:
            served = (item for item in known.rules[rule].unless if item.id == exception)
            for titles in (item.title for item in served):
                yield from titles.values()


def _wanted(name: FactName, known: Background) -> Iterable[object]:
    """What the values say to which a fact is to be changed, or that are to be proven."""
    for step in _steps(name, known):
        for value in _values(step.action):
            yield from _leaves(value)


def _values(action: Action) -> tuple[object, ...]:
    match action:
        case Replacement():
            return (*action.before, *action.to.all)
        case Addition():
            return action.value.all
        case Removal() | Proof():
            return (action.value,)


def _leaves(value: object) -> Iterable[object]:
    """What of a value can be told in words: yes and no cannot, since they stand in any text."""
    match value:
        case Record():
            for _, field in value.fields:
                yield from _leaves(field)
        case bool():
            return
        case str() | int() | Decimal() | Money() | dt.date() | Instant():
            yield value
        case _:  # that there is no other value
            return


def _gives_leaf(text: str, leaf: object, language: str) -> bool:
    match leaf:
        case str():
            return any(holds(text, form) for form in (leaf, leaf.replace("_", " "))) or _is_country(
                text, leaf, language
            )
        case int() | Decimal():
            return _gives_number(text, leaf)
        case Money():
            return _gives_number(text, leaf.amount)
        case Instant():
            return names_day(text, day_of(leaf), language)
        case dt.date():
            return names_day(text, leaf, language)
        case _:
            return False


def _is_country(text: str, leaf: str, language: str) -> bool:
    return len(leaf) == _CODE and leaf.isupper() and names_country(text, leaf, language)


_CODE = 2


def _gives_number(text: str, number: int | Decimal) -> bool:
    plainly = str(number) if isinstance(number, int) else decimal_text(number)
    return any(
        holds(text, form) for form in (plainly, *(tongue_of(code).number(number) for code in LANGUAGES))
    )


def _gives_document(text: str, document: Document, language: str) -> bool:
    """By its title, its publisher, or its date as exactly as that is known."""
    if any(holds(text, name) for name in (document.title, document.publisher)):
        return True
    if document.published is None:
        return False
    day = day_of(document.published)
    match document.precision:
        case Precision.DAY:
            return names_day(text, day, language) or names_month(text, day, language)
        case Precision.MONTH:
            return names_month(text, day, language)
        case Precision.YEAR:
            return holds(text, str(day.year))
        case Precision.UNKNOWN:
            return False
