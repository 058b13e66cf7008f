"""Claims and subjects, and everything that can be wrong with them. LANGUAGE.md 1.1, 1.3, 1.6."""

import pytest

from adjudge.basis.instant import Instant, Interval, parse_instant
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.claim import NO_OTHER, Claim, Stance, is_live
from adjudge.facts.claim_reader import ClaimReader, check_kinds, read_subjects
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary

VOCABULARY = """
vocabulary: v
version: 1
taxonomies: {product: {software: {antivirus: {}}}}
facts:
  advertiser: {country: {type: country}, owners: {type: country, many: true}, spend: {type: money}}
  ad: {product: {type: code<product>}}
"""
CLAIM: dict[str, Plain] = {
    "id": "c1",
    "subject": "acme",
    "fact": "advertiser.country",
    "value": "FR",
    "stance": "asserts",
    "weight": 4,
    "origin": "register",
    "recorded_at": "2019-01-01",
}


def vocabulary() -> Vocabulary:
    log = ProblemLog()
    found = read_vocabulary(read_yaml(Source("v", VOCABULARY), log), log)
    assert found is not None
    return found


def read(
    *claims: dict[str, Plain], documents: frozenset[str] | None = None
) -> tuple[list[Claim], list[Problem]]:
    log = ProblemLog()
    nodes = [node_of(claim, f"claims[{number}]") for number, claim in enumerate(claims)]
    return ClaimReader(vocabulary(), log, documents).read_all(nodes), log.problems


def test_a_claim_is_read_with_all_its_times() -> None:
    times: dict[str, Plain] = {
        "holds_from": "2019-01-01",
        "holds_to": "2020-01-01",
        "withdrawn_at": "2019-06-01",
    }
    found, problems = read(CLAIM | times)
    assert problems == []
    claim = found[0]
    assert claim.value == "FR"
    assert claim.stance is Stance.ASSERTS
    assert claim.holds == Interval(parse_instant("2019-01-01"), parse_instant("2020-01-01"))
    assert claim.withdrawn_at == parse_instant("2019-06-01")


def without(key: str) -> dict[str, Plain]:
    return {name: value for name, value in CLAIM.items() if name != key}


@pytest.mark.parametrize("key", list(CLAIM))
def test_every_key_of_the_exchange_form_is_required(key: str) -> None:
    found, problems = read(without(key))
    assert found == []
    assert [problem.code for problem in problems] == ["missing-key"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fact": "advertiser.colour"}, "unknown-fact"),
        ({"fact": "advertiser.contry"}, "unknown-fact"),
        ({"fact": 5}, "wrong-shape"),
        ({"value": "XX"}, "bad-value"),
        ({"value": 5}, "bad-value"),
        ({"value": None}, "bad-value"),
        ({"fact": "ad.product", "value": "hardware"}, "unknown-code"),
        ({"fact": "advertiser.spend", "value": {"amount": "1", "currency": "ABC"}}, "unknown-code"),
        ({"stance": "doubts"}, "bad-word"),
        ({"weight": 6}, "bad-value"),
        ({"weight": 0}, "bad-value"),
        ({"weight": "4"}, "wrong-shape"),
        ({"origin": ""}, "bad-identifier"),
        ({"id": " c1"}, "bad-identifier"),
        ({"recorded_at": "soon"}, "bad-value"),
        ({"holds_from": "2020-01-01", "holds_to": "2019-01-01"}, "reversed-interval"),
        ({"holds_form": "2020-01-01"}, "unknown-key"),
        ({"none": True}, "bad-value"),
        ({"document": "d"}, "unknown-key"),
    ],
)
def test_what_is_wrong_with_a_claim_is_a_problem(change: dict[str, Plain], code: str) -> None:
    _, problems = read(CLAIM | change)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].where.startswith("claims[0]")


def test_a_misspelt_fact_is_answered_with_the_nearest() -> None:
    _, problems = read(CLAIM | {"fact": "advertiser.contry"})
    assert problems[0].hint == "did you mean `advertiser.country`?"


def none_of(fact: str, **change: Plain) -> dict[str, Plain]:
    return without("value") | {"fact": fact, "none": True} | change


def test_none_is_claimed_of_a_many_valued_fact() -> None:
    found, problems = read(none_of("advertiser.owners"))
    assert problems == []
    assert found[0].value is NO_OTHER


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (none_of("advertiser.country"), "bad-value"),
        (none_of("advertiser.owners", stance="denies"), "bad-value"),
        (none_of("advertiser.owners", none=False), "bad-value"),
        (none_of("advertiser.owners", none="yes"), "wrong-shape"),
        (none_of("advertiser.owners", value="FR"), "bad-value"),
    ],
)
def test_none_is_claimed_in_no_other_way(claim: dict[str, Plain], code: str) -> None:
    found, problems = read(claim)
    assert found == []
    assert [problem.code for problem in problems] == [code]


def test_identical_duplicates_count_once_even_where_values_are_written_differently() -> None:
    found, problems = read(CLAIM, CLAIM, CLAIM | {"recorded_at": "2019-01-01T00:00:00Z"})
    assert len(found) == 1
    assert problems == []


def test_different_claims_of_one_id_are_a_problem() -> None:
    found, problems = read(CLAIM, CLAIM | {"weight": 3})
    assert [problem.code for problem in problems] == ["duplicate-id"]
    assert found[0].weight == 4


def test_in_a_case_folder_a_claim_names_a_document_of_the_case() -> None:
    assert [p.code for p in read(CLAIM, documents=frozenset({"d"}))[1]] == ["missing-key"]
    assert [p.code for p in read(CLAIM | {"document": "e"}, documents=frozenset({"d"}))[1]] == [
        "unknown-document"
    ]
    found, problems = read(
        CLAIM | {"document": "d", "place": "p. 3", "note": {"en": "x"}}, documents=frozenset({"d"})
    )
    assert problems == []
    assert (found[0].document, found[0].place, found[0].note) == ("d", "p. 3", {"en": "x"})


def test_what_is_no_claim_at_all_is_a_problem() -> None:
    log = ProblemLog()
    assert ClaimReader(vocabulary(), log).read_all([node_of("x", ""), node_of([], "")]) == []
    assert [problem.code for problem in log.problems] == ["wrong-shape", "wrong-shape"]


def subjects_problems(*subjects: Plain) -> list[str]:
    log = ProblemLog()
    read_subjects([node_of(subject, "") for subject in subjects], log)
    return [problem.code for problem in log.problems]


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ({"id": "a", "kind": "ad"}, "missing-key"),
        ({"id": "a", "kind": "advertiser", "advertiser": "b"}, "unknown-key"),
        ({"id": "a", "kind": "campaign"}, "bad-word"),
        ({"kind": "advertiser"}, "missing-key"),
        ({"id": "a", "kind": "advertiser", "name": "b"}, "unknown-key"),
        ("a", "wrong-shape"),
    ],
)
def test_what_is_wrong_with_a_subject_is_a_problem(subject: Plain, code: str) -> None:
    assert subjects_problems(subject) == [code]


def test_one_id_is_one_subject() -> None:
    one: dict[str, Plain] = {"id": "a", "kind": "advertiser"}
    assert subjects_problems(one, one) == []
    assert subjects_problems(one, {"id": "a", "kind": "ad", "advertiser": "b"}) == ["duplicate-id"]


def test_one_id_is_of_one_kind_in_subjects_and_claims() -> None:
    log = ProblemLog()
    subjects = read_subjects([node_of({"id": "x", "kind": "ad", "advertiser": "acme"}, "")], log)
    claims, _ = read(CLAIM | {"subject": "x"})
    check_kinds(subjects, claims, log)
    assert [problem.code for problem in log.problems] == ["wrong-subject"]


def test_an_ad_is_not_the_advertiser_of_an_ad() -> None:
    log = ProblemLog()
    nodes = [{"id": "x", "kind": "ad", "advertiser": "y"}, {"id": "y", "kind": "ad", "advertiser": "acme"}]
    check_kinds(read_subjects([node_of(dict(node), "") for node in nodes], log), [], log)
    assert [problem.code for problem in log.problems] == ["wrong-subject"]


def test_a_claim_is_live_from_its_record_to_its_withdrawal_while_it_holds() -> None:
    times: dict[str, Plain] = {
        "holds_from": "2019-02-01",
        "holds_to": "2019-03-01",
        "withdrawn_at": "2019-06-01",
    }
    claim = read(CLAIM | times)[0][0]

    def at(valid: str, known: str, *, nanos: int = 0) -> bool:
        one, other = parse_instant(valid), parse_instant(known)
        assert one is not None
        assert other is not None
        return is_live(claim, one, Instant(other.nanos + nanos))

    assert at("2019-02-01", "2019-01-01")
    assert not at("2019-02-01", "2019-01-01", nanos=-1)
    assert not at("2019-01-31", "2019-01-01")
    assert not at("2019-03-01", "2019-01-01")
    assert at("2019-02-28", "2019-06-01", nanos=-1)
    assert not at("2019-02-28", "2019-06-01")
