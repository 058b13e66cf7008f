"""The interval beside a count: Clopper and Pearson's, 95 %, which holds for small counts too.

For display only: nothing is decided by it, and no digest covers it. It is the one place with floating-point numbers,
which the library gives; they are rounded outwards, so that what is shown is never narrower than what was found.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_CONFIDENCE = 0.95
_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Proportions:
    """From `low` to `high`, as shares of 1 with three places."""

    low: Decimal
    high: Decimal


def interval_of(under: int, total: int) -> Proportions:
    """The exact interval of `under` in `total`; the library is loaded only here, since it is large."""
    from scipy.stats import binomtest  # noqa: PLC0415 - it takes long to load

    found = binomtest(under, total).proportion_ci(confidence_level=_CONFIDENCE, method="exact")
    low = Decimal(repr(float(found.low))).quantize(_PLACES, ROUND_FLOOR)
    high = Decimal(repr(float(found.high))).quantize(_PLACES, ROUND_CEILING)
    return Proportions(low, min(high, Decimal(1).quantize(_PLACES)))
