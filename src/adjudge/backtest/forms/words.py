"""The words of a backtest: kinds of change, ways out, notices, sizes; counts and amounts."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from adjudge.backtest.dimensions import CONTESTED, NOTHING, SEVERAL, UNKNOWN
from adjudge.backtest.model import NONE, Cell, Change, Owed, Spend, Way
from adjudge.basis.said import Said, say
from adjudge.decisions.words import MEASURES
from adjudge.facts.value import Money, decimal_text
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import MeasureKind
from adjudge.tongues.tongue import Tongue

KINDS: Mapping[Kind, Said] = {Kind.ADVERTISER: say("advertisers"), Kind.AD: say("ads")}
CHANGES: Mapping[Change, Said] = {
    Change.RESTRICTED: say("newly under a measure"),
    Change.SEVERER: say("under a severer measure"),
    Change.OTHERWISE: say("under other measures, as severe"),
    Change.MILDER: say("under a milder measure"),
    Change.RELEASED: say("released"),
    Change.SAME: say("as before"),
}
WAYS: Mapping[Way, Said] = {
    Way.OWN: say("can obtain a release by what they change or prove"),
    Way.PERSON: say("can bring it to a person's decision, and no further"),
    Way.OTHERS: say("depend on what others change"),
    Way.NONE: say("have no way out"),
    Way.UNSETTLED: say("not settled: the search hit its limit"),
    Way.UNSEARCHED: say("not searched"),
}
OWED: Mapping[Owed, Said] = {
    Owed.MEASURE: say("of a measure"),
    Owed.ALTERED: say("of a measure that changes"),
    Owed.LIFTING: say("of a measure that is lifted"),
}
SIZES: Mapping[str, Said] = {
    "lower_half": say("the half that spent least"),
    "upper_half": say("above the median, to nine tenths"),
    "top_tenth": say("above nine tenths, to ninety-nine hundredths"),
    "top_hundredth": say("the top hundredth"),
    SEVERAL: say("spent in several currencies"),
    NOTHING: say("spent nothing that is known"),
}

PAGE: Mapping[str, Said] = {
    "after": say("after"),
    "back": say("back to the number"),
    "before": say("before"),
    "brand": say("backtest of a policy"),
    "by_command": say("All of it:"),
    "both": say("before and after"),
    "contents": say("In this report"),
    "filter": say("rows where"),
    "lists": say("The lists behind the numbers"),
    "lists_hint": say(
        "Each number leads to the first rows of the list behind it, and each of those who change to its explanation."
    ),
    "nothing_speaks": say("Nothing speaks for these, before or after:"),
    "standing": say(
        "This page says what another version of the rules would come to on the claims that are known. Nothing is "
        "decided by it."
    ),
    "in_short": say("In short"),
}
"""Words of the page."""
_TRUTHS: Mapping[tuple[str, str], Said] = {
    ("old_referred", "true"): say("for a person before"),
    ("old_referred", "false"): say("not for a person before"),
    ("new_referred", "true"): say("for a person after"),
    ("new_referred", "false"): say("not for a person after"),
    ("newly_without", "true"): say("newly without recourse of their own"),
}


def cell_text(cell: Cell, tongue: Tongue) -> str:
    """The list of a cell, by its filter in words."""
    return tongue.parted(_column_text(column, value, tongue) for column, value in cell.where)


def _column_text(column: str, value: str, tongue: Tongue) -> str:
    said = _COLUMNS.get(column)
    return said(value, tongue) if said is not None else tongue.of(_TRUTHS[column, value])


def measure_text(kind: str, tongue: Tongue) -> str:
    """A kind of measure, or that there is none."""
    return tongue("no measure") if kind == NONE else tongue.of(MEASURES[MeasureKind(kind)])


def country_text(value: str, tongue: Tongue) -> str:
    """A country by its name; that it is not known, or that sources disagree."""
    if value == UNKNOWN:
        return tongue("not known")
    return tongue("sources disagree") if value == CONTESTED else tongue.country(value)


def category_text(value: str, tongue: Tongue) -> str:
    """A category of the Digital Services Act, as its own list writes it."""
    return tongue("the rule names no category") if value == NONE else value


def subjects_text(kind: Kind, count: int, tongue: Tongue) -> str:
    """So many subjects of a kind."""
    if kind is Kind.ADVERTISER:
        return tongue.plural("{count} advertiser", "{count} advertisers", count)
    return tongue.plural("{count} ad", "{count} ads", count)


def amount_texts(spend: Spend, tongue: Tongue) -> tuple[str, ...]:
    """Each amount with its currency, exactly."""
    return tuple(
        _amount(Money(Decimal(decimal_text(amount)), currency), tongue) for currency, amount in spend
    )


def _amount(money: Money, tongue: Tongue) -> str:
    return tongue("{amount} {currency}", amount=tongue.number(money.amount), currency=money.currency)


def spend_text(spend: Spend, tongue: Tongue) -> str:
    """All amounts side by side; two currencies are never added."""
    return tongue.listed(amount_texts(spend, tongue)) if spend else tongue("none on record")


_COLUMNS: Mapping[str, Callable[[str, Tongue], str]] = {
    "kind": lambda value, tongue: tongue.of(KINDS[Kind(value)]),
    "change": lambda value, tongue: tongue.of(CHANGES[Change(value)]),
    "old": lambda value, tongue: tongue("before: {text}", text=measure_text(value, tongue)),
    "new": lambda value, tongue: tongue("after: {text}", text=measure_text(value, tongue)),
    "country": country_text,
    "size": lambda value, tongue: tongue.of(SIZES[value]),
    "category": category_text,
    "recourse": lambda value, tongue: tongue.of(WAYS[Way(value)]),
    "notice": lambda value, tongue: tongue("notice {kind}", kind=OWED[Owed(value)]),
    "alone": lambda value, tongue: tongue("by {rule} alone", rule=value),
    "group": lambda value, tongue: tongue("group {number} of like cases", number=value),
}
