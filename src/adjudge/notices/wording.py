"""Values and claims as a statement words them: in sentences for people, not in the notation of policies."""

import datetime as dt
from decimal import Decimal

from adjudge.basis.instant import Instant, start_of_day
from adjudge.basis.problem import quoted
from adjudge.basis.said import Country, Row, Said, say
from adjudge.evidence.document import Document, Precision
from adjudge.facts.claim import Claim, NoOther, Stance
from adjudge.facts.type import CodeType, RecordType, Simple, Type
from adjudge.facts.value import Money, Record, Value, value_text
from adjudge.facts.vocabulary import Fact
from adjudge.tongues.tongue import Tongue

YES, NO = say("yes"), say("no")


def value_words(value: Value, type_: Type | None, tongue: Tongue) -> str:
    """A value for people: countries by name, days and amounts as the language writes them."""
    match value:
        case bool():
            return tongue.of(YES if value else NO)
        case int() | Decimal():
            return tongue.number(value)
        case Money():
            return f"{tongue.number(value.amount)}\N{NO-BREAK SPACE}{value.currency}"
        case dt.date():
            return tongue.day(start_of_day(value))
        case Instant():
            return tongue.day(value)
        case Record():
            return tongue.parted(_field_words(name, field, type_, tongue) for name, field in value.fields)
        case str():
            return tongue.country(value) if type_ is Simple.COUNTRY else _as_code(value, type_)
        case _:
            return str(value)


def value_part(value: Value, type_: Type | None) -> object:
    """A value as a part of something said: a country, a day, a number, yes or no; others as policies have them."""
    match value:
        case bool():
            return YES if value else NO
        case dt.date():
            return start_of_day(value)
        case int() | Decimal() | Instant():
            return value
        case Money():
            return say("{amount}\N{NO-BREAK SPACE}{currency}", amount=value.amount, currency=value.currency)
        case Record():
            return Row(_field_part(name, field, type_) for name, field in value.fields)
        case str() if type_ is Simple.COUNTRY:
            return Country(value)
        case _:
            return value_text(value)


def _field_part(name: str, value: Value, type_: Type | None) -> Said:
    inner = type_.field(name) if isinstance(type_, RecordType) else None
    return say("{name}: {value}", name=name, value=value_part(value, inner))


def _field_words(name: str, value: Value, type_: Type | None, tongue: Tongue) -> str:
    inner = type_.field(name) if isinstance(type_, RecordType) else None
    return tongue("{name}: {value}", name=quoted(name), value=value_words(value, inner, tongue))


def _as_code(text: str, type_: Type | None) -> str:
    """A code in backticks, the same in every language; any other text as it is."""
    return quoted(text) if isinstance(type_, CodeType) else text


def claim_words(claim: Claim, fact: Fact, tongue: Tongue) -> str:
    """What a claim says of its fact."""
    if isinstance(claim.value, NoOther):
        return tongue("no other value than those stated")
    words = value_words(claim.value, fact.type, tongue)
    return words if claim.stance is Stance.ASSERTS else tongue("not: {value}", value=words)


def document_words(document: Document | None, place: str, tongue: Tongue) -> str:
    """Where a claim was read, and when that was published, no more exactly than is known."""
    if document is None:
        return tongue("our own record")
    published = _published(document, tongue)
    source = tongue(
        "{title} ({publisher}, {published})",
        title=document.title,
        publisher=document.publisher,
        published=published,
    )
    return f"{source}, {place}" if place else source


def withheld_words(document: Document | None, tongue: Tongue) -> str:
    """A third party's notice by its day alone. DSA Art. 17(3)(b): who gave it is told only where strictly necessary."""
    if document is None or document.published is None or document.precision is Precision.UNKNOWN:
        return tongue("a notice of a third party")
    return tongue("a notice of a third party, of {day}", day=_published(document, tongue))


def _published(document: Document, tongue: Tongue) -> str:
    if document.published is None or document.precision is Precision.UNKNOWN:
        return tongue("undated")
    if document.precision is Precision.DAY:
        return tongue.day(document.published)
    month = tongue.month(document.published)
    return month if document.precision is Precision.MONTH else month.rsplit(" ", 1)[-1]
