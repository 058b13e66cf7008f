"""Values at, beside and between the constants of comparisons, each as the spec takes it, however they are read."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.bulk import ordered
from adjudge.bulk.model import Asked
from adjudge.bulk.ordered import ordered_facts
from adjudge.bulk.run import write_outcomes
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.engines.bulk.plan import plan_of
from adjudge.facts.claim import Claim, Stance
from adjudge.facts.value import Money, Value
from adjudge.facts.vocabulary import Kind
from adjudge.spec.resolve import outcomes as by_spec
from tests.rooms.bulk.small import KNOWN_AT, advertiser, claim, data, package
from tests.rooms.bulk.test_given import changed

VALUES: dict[str, tuple[Sequence[Value], tuple[str, ...]]] = {
    "staff": (
        [-(2**63), -1, 0, 1, 9, 10, 11, 12, 2**63 - 1],
        (
            "advertiser.staff >= 10",
            "advertiser.staff < 1",
            "advertiser.staff in [0, 11]",
            "12 == advertiser.staff",
        ),
    ),
    "rating": (
        [
            Decimal(text)
            for text in ("-2.5", "0", "0.000000000000000001", "2.4", "2.5", "2.51", "1e30", "99999999999")
        ],
        ("advertiser.rating <= 2.5", "advertiser.rating > 0.0", "advertiser.rating in [2.4, 2.51]"),
    ),
    "since": (
        [
            dt.date(1, 1, 1),
            dt.date(2017, 12, 31),
            dt.date(2018, 1, 1),
            dt.date(2018, 1, 2),
            dt.date(9999, 12, 31),
        ],
        (
            "advertiser.since > date('2018-01-01')",
            "advertiser.since >= date('2018-01-01')",
            "advertiser.since == date('2018-01-02')",
        ),
    ),
    "spend": (
        [
            *(Money(Decimal(text), "EUR") for text in ("-1", "0", "99.99", "100", "100.01", "1e25")),
            *(Money(Decimal(text), "USD") for text in ("0", "100", "500")),
        ],
        ("advertiser.spend > money('100', 'EUR')", "advertiser.spend == money('0', 'EUR')"),
    ),
}


LONGEST = 10**20
"""Decimals beyond this are in no column of their type, so that values of their fact are read one by one."""


def is_long(value: Value) -> bool:
    amount = value.amount if isinstance(value, Money) else value
    return isinstance(amount, Decimal) and abs(amount) >= LONGEST


def population(fact: str, *, long: bool = False) -> list[Claim]:
    """Each value claimed of an advertiser alone, and each pair of them together, one perhaps denied."""
    values = [value for value in VALUES[fact][0] if long or not is_long(value)]
    said = [
        claim(number, f"one-{number:03d}", f"advertiser.{fact}", value) for number, value in enumerate(values)
    ]
    for first, one in enumerate(values):
        for second, other in enumerate(values):
            name, number = f"two-{first:03d}-{second:03d}", len(said)
            stance = Stance.DENIES if (first + second) % 3 == 0 else Stance.ASSERTS
            said.append(claim(number, name, f"advertiser.{fact}", one, weight=2))
            said.append(
                claim(number + 1, name, f"advertiser.{fact}", other, weight=1 + (first % 5), stance=stance)
            )
    return said


def compared(fact: str, folder: Path, said: list[Claim], out: Path) -> None:
    rules = {f"r{number}": ("advertiser", when) for number, when in enumerate(VALUES[fact][1])}
    policy = package(rules)
    log = ProblemLog()
    written = write_outcomes(Asked(data=folder, package=policy, pairs=True), out, log)
    assert written is not None, log.problems
    rows = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [f"{out}/part-*.parquet"])
    names = [str(column[0]) for column in rows.description]
    found = {row[0]: dict(zip(names, row, strict=True)) for row in rows.fetchall()}
    subjects = [advertiser(str(name)) for name in found]
    for outcome in by_spec(policy, said, subjects, valid_at=KNOWN_AT, known_at=KNOWN_AT, territory=None):
        row = found[outcome.subject]
        for number, rule in enumerate(outcome.rules):
            assert VERDICTS[row["verdicts_0"] >> 3 * number & 7] is rule.verdict, (outcome.subject, rule.rule)
            assert row[f"pair_{number}"] == 10 * rule.pair.for_ + rule.pair.against
        assert row["failed"] == any(rule.failures for rule in outcome.rules)


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("fact", VALUES)
def test_values_beside_constants_are_as_the_spec_takes_them(fact: str, long: bool, tmp_path: Path) -> None:  # noqa: FBT001
    said = population(fact, long=long)
    subjects = [advertiser(name) for name in sorted({item.subject for item in said})]
    compared(fact, data(tmp_path / "data", subjects, said), said, tmp_path / "out")


@pytest.mark.parametrize("fact", VALUES)
def test_an_interval_that_has_its_constant_is_found(
    fact: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = vars(ordered)["_bucket"]

    def without_equality(read: str, constants: list[str]) -> str:
        return str(honest(read, constants)).replace(" >= ", " > ")

    monkeypatch.setattr(ordered, "_bucket", without_equality)
    with pytest.raises(AssertionError):
        test_values_beside_constants_are_as_the_spec_takes_them(fact, False, tmp_path)


@pytest.mark.parametrize(
    ("fact", "written", "otherwise"),
    [
        ("rating", "2.5", "2.50"),
        ("rating", "0", "-0"),
        ("spend", '"amount":"100"', '"amount":"100.0"'),
        ("staff", "10", " 10"),
    ],
)
def test_values_that_are_written_otherwise_are_the_same(
    fact: str, written: str, otherwise: str, tmp_path: Path
) -> None:
    """Half of the claims say it so, and half otherwise: they corroborate each other, and are one value."""
    said = population(fact)
    subjects = [advertiser(name) for name in sorted({item.subject for item in said})]
    folder = data(tmp_path / "data", subjects, said)
    quoted = written if fact in {"staff", "spend"} else f'"{written}"'
    other = otherwise if fact in {"staff", "spend"} else f'"{otherwise}"'
    where = f"value = '{quoted}'" if fact != "spend" else f"contains(value, '{quoted}')"
    query = (
        f"SELECT * REPLACE (CASE WHEN {where} AND hash(id) % 2 = 0 THEN replace(value, '{quoted}', '{other}') "  # noqa: S608
        "ELSE value END AS value) FROM '{path}'"
    )
    changed(folder, "claims", query.replace("{", "{{").replace("}", "}}").replace("{{path}}", "{path}"))
    compared(fact, folder, said, tmp_path / "out")


def test_the_facts_of_these_tests_are_those_that_are_read_by_intervals() -> None:
    rules = {fact: ("advertiser", " || ".join(conditions)) for fact, (_, conditions) in VALUES.items()}
    plan = plan_of(package(rules), Kind.ADVERTISER, KNOWN_AT, KNOWN_AT, None)
    assert {str(name).removeprefix("advertiser.") for name in ordered_facts([plan])} == set(VALUES)


def test_a_fact_that_is_more_than_compared_is_read_value_by_value() -> None:
    rules = {"r": ("advertiser", "advertiser.staff + 1 > 3 || advertiser.rating > 1.5")}
    plan = plan_of(package(rules), Kind.ADVERTISER, KNOWN_AT, KNOWN_AT, None)
    assert {str(name) for name in ordered_facts([plan])} == {"advertiser.rating"}
