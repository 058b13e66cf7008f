"""The words of a backtest: kinds of change, ways out, notices, sizes; counts and amounts."""

from collections.abc import Mapping
from decimal import Decimal

from adjudge.backtest.dimensions import CONTESTED, NOTHING, SEVERAL, UNKNOWN
from adjudge.backtest.model import NONE, Change, Owed, Spend, Way
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
    "top_tenth": say("the top tenth, but for its top tenth"),
    "top_hundredth": say("the top hundredth"),
    SEVERAL: say("spent in several currencies"),
    NOTHING: say("spent nothing that is known"),
}


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
    return tongue.listed(amount_texts(spend, tongue)) if spend else tongue("nothing")
