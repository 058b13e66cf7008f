"""Where values of a type are cut by a number that is none of them."""

from decimal import Decimal

import pytest

from adjudge.facts.type import Simple
from adjudge.recourse.ranges import Cut, cut_of


@pytest.mark.parametrize(
    ("at", "above", "cut"),
    [
        ("0.5", False, Cut(0, above=True)),
        ("0.5", True, Cut(0, above=True)),
        ("-0.5", False, Cut(-1, above=True)),
        ("-0.5", True, Cut(-1, above=True)),
        ("-2", False, Cut(-2, above=False)),
        ("-2", True, Cut(-2, above=True)),
        ("-9223372036854775808.5", False, None),
        ("9223372036854775808", False, None),
    ],
)
def test_whole_numbers_are_cut_between_the_two_beside_it(at: str, above: bool, cut: Cut | None) -> None:  # noqa: FBT001 - a column
    assert cut_of(Simple.INT, Decimal(at), above=above, like=0) == cut
