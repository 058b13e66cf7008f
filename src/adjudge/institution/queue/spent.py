"""What an advertiser spent last, as one text that sorts: the currency, then the amount.

Amounts are never converted: those in one currency stand together, by the amount. Behind the point four digits count.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, localcontext

from adjudge.facts.value import parse_decimal
from adjudge.records.rows import SpendRow

WHOLE, BEHIND = 26, 4
"""Digits before the point, so that a sum of many of the longest amounts fits, and behind it."""
CURRENCY = 3


def spend_key(rows: Iterable[SpendRow], advertiser: str) -> str:
    """Of the last time of which anything is known: what was spent by the advertiser itself, else by all that is its.

    Of several currencies it is the one with the greatest number; what was paid back counts as nothing. Empty where
    nothing is known.
    """
    of_all = list(rows)
    counted = [row for row in of_all if row.subject == advertiser] or of_all
    if not counted:
        return ""
    last = max(row.end for row in counted)
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    with localcontext(prec=WHOLE + 18):
        for row in counted:
            if row.end == last:
                sums[row.currency] += parse_decimal(row.amount) or Decimal(0)
    currency, amount = max(sums.items(), key=lambda item: (item[1], item[0]))
    return f"{currency}{_digits(amount)}"


def _digits(amount: Decimal) -> str:
    units = int(max(amount, Decimal(0)).scaleb(BEHIND))
    return str(units).zfill(WHOLE + BEHIND)


def spent_of(key: str) -> tuple[Decimal, str] | None:
    """The amount and the currency of such a text; None where it is empty."""
    if not key:
        return None
    return Decimal(key[CURRENCY:]).scaleb(-BEHIND).quantize(Decimal("0.01")), key[:CURRENCY]
