"""The weight that is proposed: what the vocabulary says of a kind of document, less where nobody verified it."""

import pytest

from adjudge.evidence.proposed import proposed_weight
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Fact, Kind, Proof

FACT = Fact(kind=Kind.ADVERTISER, name="country", type=Simple.COUNTRY, proof=(Proof("register_extract", 4),))


@pytest.mark.parametrize(
    ("kind", "status", "weight"),
    [
        ("register_extract", "primary", 4),
        ("register_extract", "secondary", 4),
        ("register_extract", "unverified", 1),
        ("press_report", "secondary", 2),
        ("of_its_own", "primary", 2),
    ],
)
def test_a_weight_is_proposed_with_its_reason(kind: str, status: str, weight: int) -> None:
    found = proposed_weight(FACT, kind, status)
    assert found.weight == weight
    assert found.why
