"""What evaluation reports besides its pair, and what bounds it. LANGUAGE.md 3.3, 3.7, 3.8."""

import json
import time

from adjudge.outcome import Failure, Outcome, Verdict
from tests.generators.plan import Json
from tests.laws.asking import answers, question_of

VOCABULARY = """{vocabulary: v, version: 1, taxonomies: {t: {a: {}}}, facts: {advertiser: {
  n: {type: int}, m: {type: int}, k: {type: int}, full: {type: int, complete: true},
  sum: {type: money}, code: {type: code<t>}, many: {type: int, many: true}}}}"""


def outcome(when: str, claims: list[tuple[str, Json]], more: str = "") -> Outcome:
    package = (
        f"{{package: p, version: '1', language: 1, vocabulary: v, published_at: 2019-01-01, {more} rules: ["
        "{id: r, subject: advertiser, kind: prohibition, territory: worldwide, standard: reported,"
        f" measure: {{exclude: {{}}}}, when: {json.dumps(when)}}}]}}"
    )
    line: dict[str, Json] = {
        "vocabulary": VOCABULARY,
        "package": package,
        "claims": [
            {
                "id": f"c{number}",
                "subject": "a",
                "fact": f"advertiser.{fact}",
                "value": value,
                "stance": "asserts",
                "weight": 4,
                "origin": "o",
                "recorded_at": "2019-01-01",
            }
            for number, (fact, value) in enumerate(claims)
        ],
        "subjects": [{"id": "a", "kind": "advertiser"}],
        "valid_at": "2019-06-01",
        "known_at": "2019-06-01",
    }
    [found] = answers(question_of(json.dumps(line)))
    return found


def failures(when: str, claims: list[tuple[str, Json]], more: str = "") -> tuple[Failure, ...]:
    return outcome(when, claims, more).rules[0].failures


def test_every_kind_of_error_is_reported_with_its_place_and_reason() -> None:
    euro: Json = {"amount": "1", "currency": "EUR"}
    cases: list[tuple[str, list[tuple[str, Json]], str, str]] = [
        ("10 / advertiser.n == 1", [("n", 0)], "", "division by zero"),
        ("advertiser.n + 1 > 0", [("n", 2**63 - 1)], "", "64 bits"),
        ("advertiser.sum > money('1', 'USD')", [("sum", euro)], "", "EUR and USD"),
        ("advertiser.code.under(params.c)", [("code", "a")], "params: {c: [{value: b}]},", "`b`"),
        ("advertiser.n > params.c", [], "params: {c: [{to: 2019-01-01, value: 1}]},", "`params.c`"),
        ("advertiser.n in lists.c", [], "lists: {c: [{to: 2019-01-01, values: [1]}]},", "`lists.c`"),
        ("advertiser.many.exists(x, 1 / x == 1)", [("many", 0)], "", "division by zero"),
        ("1 / 0 in advertiser.many", [], "", "division by zero"),
        ("1 / 0 == 1", [], "", "division by zero"),
    ]
    for when, claims, more, reason in cases:
        found = outcome(when, claims, more)
        assert found.rules[0].pair == (0, 0), when
        assert found.rules[0].verdict is Verdict.UNKNOWN
        assert found.measures == ()
        [failure] = found.rules[0].failures
        assert failure.part == "when"
        assert reason in failure.reason, (when, failure)
        assert when[failure.place.start : failure.place.end], when


def test_an_atom_that_errs_whatever_its_facts_are_is_nothing_even_where_a_record_is_silent() -> None:
    """Else the silence of a complete record would turn an error into a verdict."""
    for when in ("advertiser.full == 1 / 0", "!(advertiser.full == 1 / 0)"):
        assert outcome(when, []).rules[0].pair == (0, 0)
        assert failures(when, [])


def test_an_error_is_reported_once_however_many_values_err() -> None:
    assert len(failures("advertiser.n + advertiser.m > 9", [("n", 2**63 - 1), ("m", 1), ("m", 2)])) == 1


def test_what_is_absorbed_inside_an_atom_is_no_error() -> None:
    assert failures("advertiser.many.exists(x, x == 0 || 1 / x == 1)", [("many", 0)]) == ()


def test_too_many_combinations_are_an_error_and_quick() -> None:
    claims: list[tuple[str, Json]] = [(fact, number) for fact in ("n", "m", "k") for number in range(100)]
    started = time.process_time()
    found = outcome("advertiser.n + advertiser.m == advertiser.k", claims)
    assert time.process_time() - started < 5
    assert found.rules[0].pair == (0, 0)
    assert "too many combinations" in found.rules[0].failures[0].reason
