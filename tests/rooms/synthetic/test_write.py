"""Invented populations: the same bytes, sound, told as invented in every row, and as skewed as they say."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.interchange.tables import parquet
from adjudge.interchange.tables.claims import Export
from adjudge.interchange.tables.layout import MANIFEST, TABLES
from adjudge.interchange.tables.validate import validate
from adjudge.synthetic.check import check
from adjudge.synthetic.labels import is_synthetic
from adjudge.synthetic.model import Wanted
from tests.rooms.synthetic.invented import KNOWN_AT, asked, files, package, vocabulary, wanted, written

END = f"make_timestamptz({KNOWN_AT.nanos // 1_000})"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("synthetic") / "data")


# --- the same bytes ---


def test_the_same_request_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert files(written(tmp_path / "again")) == files(folder)


def test_how_much_memory_there_is_changes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "MEMORY", "2GB")
    assert files(written(tmp_path / "again")) == files(folder)


def test_rows_are_those_of_their_numbers_and_not_of_those_before_them(folder: Path, tmp_path: Path) -> None:
    """An affair is whole or cut off at the end; whatever comes after a claim does not change who spends or owns."""
    longer = written(tmp_path / "longer", claims=30_000)
    for table in ("subjects", "spend"):
        assert (longer / f"{table}.parquet").read_bytes() == (folder / f"{table}.parquet").read_bytes()
    drawn = "SELECT subject, fact, value, stance FROM {claims} WHERE id < 'synthetic-claim-0000019999'"
    assert asked(longer, drawn) == asked(folder, drawn)


def test_another_seed_gives_another_population(folder: Path, tmp_path: Path) -> None:
    others = files(written(tmp_path / "other", seed="2"))
    same = {name for name, content in files(folder).items() if others[name] == content}
    assert same == set()


def test_claims_of_more_than_one_group_of_rows_stay_in_their_order(tmp_path: Path) -> None:
    data = written(tmp_path / "data", claims=210_000, subjects=500)
    assert sound(data)
    assert asked(data, "SELECT min(id), max(id), count(*) FROM {claims}") == [
        ("synthetic-claim-0000000000", "synthetic-claim-0000209999", 210_000)
    ]


# --- sound ---


def sound(data: Path) -> bool:
    log = ProblemLog()
    found = validate(data, log)
    assert log.problems == []
    return found is not None


def test_it_is_sound(folder: Path) -> None:
    assert sound(folder)


@pytest.mark.parametrize(
    ("subjects", "claims", "ads"),
    [(1, 0, 4), (1, 1, 4), (2, 1, 1), (5, 31, 4), (5, 33, 0), (7, 300, 1_000), (300, 5, 4), (1, 200, 0)],
)
def test_small_ones_are_sound_and_have_as_many_rows_as_asked_for(
    subjects: int, claims: int, ads: int, tmp_path: Path
) -> None:
    data = written(tmp_path / "data", subjects=subjects, claims=claims, ads_per_advertiser=ads)
    assert sound(data)
    assert asked(data, "SELECT count(*) FROM {subjects}") == [(subjects,)]
    assert asked(data, "SELECT count(*) FROM {claims}") == [(claims,)]


def test_every_claim_can_be_read_by_the_vocabulary(folder: Path) -> None:
    facts = vocabulary().facts
    claims = Export(folder).claims(vocabulary(), [str(name) for name in facts])
    assert len(claims) == 20_000
    assert {claim.fact for claim in claims} == set(facts)


def test_nobody_has_claims_about_facts_of_another_kind(folder: Path) -> None:
    strays = (
        "SELECT count(*) FROM {claims} c JOIN {subjects} s ON s.id = c.subject "
        "WHERE split_part(fact, '.', 1) <> kind"
    )
    assert asked(folder, strays) == [(0,)]


def test_without_ads_no_claim_is_about_one(tmp_path: Path) -> None:
    data = written(tmp_path / "data", subjects=50, claims=500, ads_per_advertiser=0)
    assert asked(data, "SELECT count(*) FROM {claims} WHERE fact LIKE 'ad.%'") == [(0,)]


def test_values_stand_in_the_columns_of_their_types(folder: Path) -> None:
    typed = (
        "SELECT DISTINCT type, value_bool IS NOT NULL, value_int IS NOT NULL, value_decimal IS NOT NULL, "
        'value_text IS NOT NULL, value_date IS NOT NULL, value_time IS NOT NULL FROM {claims} WHERE NOT "none"'
    )
    found = {
        row[0].split("<")[0].split(" ")[0]: "".join("01"[cell] for cell in row[1:])
        for row in asked(folder, typed)
    }
    assert found == {
        "bool": "100000", "int": "010000", "decimal": "001000", "string": "000100", "country": "000100",
        "language": "000100", "code": "000100", "date": "000010", "timestamp": "000001", "duration": "010000",
        "money": "001100", "record": "000000",
    }  # fmt: skip


# --- told as invented ---


def test_the_manifest_says_how_it_was_asked_for(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    assert manifest["synthetic"] == {
        "seed": "1", "subjects": 3_000, "claims": 20_000, "ads_per_advertiser": 4, "vocabulary": "everything@3",
    }  # fmt: skip
    read = validate(folder, ProblemLog())
    assert read is not None
    assert read.synthetic is not None
    assert read.synthetic.seed == "1"


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_every_row_says_it(table: str, folder: Path) -> None:
    query = "SELECT count(*) > 0, bool_and(starts_with(id, 'synthetic-')) FROM {{table}}"
    assert asked(folder, query, table=table) == [(True, True)]


def test_titles_kinds_origins_and_remarks_say_it(folder: Path) -> None:
    unsaid = {
        "subjects": "NOT hypothetical OR title NOT LIKE '%Synthetic%' OR note NOT LIKE '%invented%'",
        "documents": "NOT (starts_with(kind, 'synthetic_') AND starts_with(title, 'Synthetic') "
        "AND starts_with(publisher, 'Synthetic'))",
        "claims": "origin NOT LIKE 'synthetic-%' OR note NOT LIKE '%invented%'",
    }
    for table, condition in unsaid.items():
        query = "SELECT count(*) FROM {{table}} WHERE {condition}"
        assert asked(folder, query, table=table, condition=condition) == [(0,)]


def test_it_is_known_as_invented_by_its_documents_where_the_manifest_lost_the_mark(folder: Path) -> None:
    read = validate(folder, ProblemLog())
    assert read is not None
    assert is_synthetic(folder, read)
    assert is_synthetic(folder, replace(read, synthetic=None))


# --- as skewed as it says ---


def share(folder: Path, what: str, first: int) -> Decimal:
    """Of a table with a number `n` for somebody each: what part of all the first so many have."""
    ranked = "SELECT n, row_number() OVER (ORDER BY n DESC) AS place FROM ({what})"
    query = "SELECT sum(n) FILTER (place <= {first}), sum(n) FROM ({ranked})"
    of_first, of_all = asked(folder, query, ranked=ranked, what=what, first=first)[0]
    return Decimal(of_first) / Decimal(of_all)


def test_a_fifth_of_the_subjects_has_most_claims(folder: Path) -> None:
    assert share(folder, "SELECT count(*) AS n FROM {claims} GROUP BY subject", 600) > Decimal("0.65")


def test_a_few_advertisers_spend_most(folder: Path) -> None:
    spend = "SELECT sum(amount) AS n FROM {spend} WHERE subject LIKE '%advertiser%' GROUP BY subject"
    assert share(folder, spend, 60) > Decimal("0.5")
    amounts = asked(
        folder, "SELECT min(amount), median(amount), max(amount), max(amount % 0.01) FROM {spend}"
    )[0]
    assert 0 < amounts[0] < amounts[1] < amounts[2] / 100
    assert amounts[3] == 0


def test_most_ads_belong_to_few_advertisers(folder: Path) -> None:
    ads = "SELECT count(*) AS n FROM {subjects} WHERE kind = 'ad' GROUP BY advertiser"
    assert share(folder, ads, 120) > Decimal("0.6")


def test_documents_and_origins_are_shared_so_that_some_corroborate_and_some_repeat(folder: Path) -> None:
    said = (
        "SELECT count(DISTINCT origin) AS origins, count(DISTINCT document) AS documents FROM {claims} "
        "WHERE stance = 'asserts' AND weight >= 2 AND NOT \"none\" GROUP BY subject, fact, value"
    )
    query = (
        "SELECT count(*) FILTER (origins > 1), count(*) FILTER (documents > 1 AND origins = 1) FROM ({said})"
    )
    corroborated, repeated = asked(folder, query, said=said)[0]
    assert corroborated > 300
    assert repeated > 100
    assert (
        asked(
            folder, "SELECT max(n) FROM (SELECT count(DISTINCT subject) n FROM {claims} GROUP BY document)"
        )[0][0]
        > 20
    )


def test_an_origin_is_that_of_two_documents_and_a_document_has_one(folder: Path) -> None:
    assert asked(
        folder, "SELECT max(n) FROM (SELECT count(DISTINCT origin) n FROM {claims} GROUP BY document)"
    ) == [(1,)]
    assert asked(
        folder, "SELECT max(n) FROM (SELECT count(DISTINCT document) n FROM {claims} GROUP BY origin)"
    ) == [(2,)]


def test_claims_contradict_one_another(folder: Path) -> None:
    grouped = (
        "SELECT count(DISTINCT value) FILTER (stance = 'asserts') > 1 AS several, "
        "bool_or(stance = 'denies') AND bool_or(stance = 'asserts') AS denied FROM {claims} "
        "WHERE fact IN ('advertiser.spend', 'advertiser.staff', 'ad.product', 'ad.slogan') GROUP BY subject, fact"
    )
    several, denied = asked(
        folder, "SELECT sum(several::INT), sum(denied::INT) FROM ({grouped})", grouped=grouped
    )[0]
    assert several > 200
    assert denied > 100


def test_only_many_valued_facts_are_closed_and_never_by_a_denial(folder: Path) -> None:
    closed = dict(
        asked(
            folder, "SELECT fact, count(*) FROM {claims} WHERE \"none\" AND stance = 'asserts' GROUP BY fact"
        )
    )
    assert set(closed) == {"advertiser.speaks", "advertiser.licences"}
    assert asked(folder, "SELECT count(*) FROM {claims} WHERE \"none\" AND stance = 'denies'") == [(0,)]


def test_claims_come_late_and_end_and_are_withdrawn(folder: Path) -> None:
    query = (
        "SELECT count(*) FILTER (recorded_at > holds_from), count(*) FILTER (recorded_at < holds_from), "
        "count(*) FILTER (holds_to < {END}), count(withdrawn_at), "
        "count(*) FILTER (recorded_at > {END} - INTERVAL 400 DAY), max(recorded_at) < {END}, "
        "max(withdrawn_at) <= {END}, bool_and(coalesce(withdrawn_at > recorded_at, true)), "
        "count(*) FILTER (recorded_at_ns > 0) FROM {claims}"
    )
    late, early, ended, withdrawn, lately, *whole, finer = asked(folder, query, END=END)[0]
    assert late > 10_000
    assert min(early, ended, withdrawn, lately, finer) > 500
    assert whole == [True, True, True]


def test_a_claim_is_recorded_after_its_document_appeared(folder: Path) -> None:
    early = "SELECT count(*) FROM {claims} c JOIN {documents} d ON d.id = c.document WHERE recorded_at < published"
    assert asked(folder, early) == [(0,)]


def test_a_discounted_claim_says_the_same_from_the_instant_of_its_withdrawal_with_less_weight(
    folder: Path,
) -> None:
    same = " AND ".join(
        f"a.{name} IS NOT DISTINCT FROM b.{name}"
        for name in ("subject", "fact", "value", "stance", "origin", "document", "holds_from", "holds_to")
    )
    query = (
        "SELECT count(*), count(*) FILTER (b.weight < a.weight), count(*) FILTER (b.weight > a.weight) "
        "FROM {claims} a JOIN {claims} b ON right(b.id, 10)::BIGINT = right(a.id, 10)::BIGINT + 1 "
        "WHERE b.recorded_at = a.withdrawn_at AND b.recorded_at_ns = a.withdrawn_at_ns AND {same}"
    )
    pairs, lowered, raised = asked(folder, query, same=same)[0]
    assert pairs > 300
    assert lowered > pairs // 2
    assert raised == 0


def test_no_claim_weighs_more_than_its_document_carries(folder: Path) -> None:
    found = asked(
        folder,
        "SELECT kind, max(weight) FROM {claims} c JOIN {documents} d ON d.id = c.document GROUP BY kind ORDER BY 2",
    )
    assert found == [
        ("synthetic_accusation", 1),
        ("synthetic_press_report", 2),
        ("synthetic_examination", 3),
        ("synthetic_register_extract", 4),
        ("synthetic_court_ruling", 5),
    ]


# --- decisions ---


def test_decisions_rest_on_a_claim_about_their_subject_that_was_known(folder: Path) -> None:
    query = (
        "SELECT count(*), bool_and(c.subject = d.subject), bool_and(c.recorded_at < d.issued_at) FROM {decisions} d "
        "JOIN {claims} c ON c.id = json_extract_string(d.grounds, '$[0]')"
    )
    count, same, known = asked(folder, query)[0]
    assert count > 20
    assert (same, known) == (True, True)


def test_measures_are_those_of_rules_about_such_subjects(folder: Path) -> None:
    query = "SELECT DISTINCT split_part(subject, '-', 2), rule, kind, territories, all_but FROM {measures} ORDER BY 1"
    assert asked(folder, query) == [
        ("ad", "beer", "suspend", '["BE","FR"]', False),
        ("advertiser", "rich", "label", "[]", True),
    ]
    free = "SELECT count(*) FROM {decisions} d LEFT JOIN {measures} m ON m.decision = d.id WHERE m.id IS NULL"
    assert asked(folder, free)[0][0] > 0


def test_a_package_of_which_no_rule_is_in_force_decides_nobody(tmp_path: Path) -> None:
    idle = replace(package(), rules=())
    data = written(tmp_path / "data", package=idle, subjects=100, claims=1_000)
    assert sound(data)
    assert asked(data, "SELECT count(*) FROM {decisions}") == [(0,)]


def test_decisions_lie_between_publication_and_what_is_known(folder: Path) -> None:
    query = (
        "SELECT bool_and(issued_at > '2018-01-01'), bool_and(issued_at <= {END}), "
        "bool_and(coalesce(m.lifted_at >= m.start AND m.lifted_at <= {END}, true)), count(m.lifted_at) > 0, "
        "bool_and(m.start = issued_at) FROM {decisions} d JOIN {measures} m ON m.decision = d.id"
    )
    assert asked(folder, query, END=END) == [(True,) * 5]


def test_without_a_package_there_are_no_decisions(tmp_path: Path) -> None:
    data = written(tmp_path / "data", package=None, subjects=20, claims=100)
    assert sound(data)
    assert asked(data, "SELECT count(*) FROM {decisions}") == [(0,)]
    assert asked(data, "SELECT count(*) FROM {measures}") == [(0,)]


# --- what cannot be invented ---


def codes(asked_for: Wanted) -> list[str]:
    log = ProblemLog()
    check(asked_for, log)
    return [problem.code for problem in log.problems]


def test_what_can_be_invented_has_no_problem() -> None:
    assert codes(wanted()) == []


def test_claims_need_a_fact_of_somebody_who_is_there() -> None:
    only_ads = vocabulary("vocabulary: v\nversion: 1\nfacts:\n  ad: {a: {type: bool, definition: {en: A}}}\n")
    assert codes(wanted(vocabulary=only_ads, package=None, subjects=1)) == ["unknown-fact"]
    assert codes(wanted(vocabulary=only_ads, package=None, subjects=1, claims=0)) == []
    assert codes(wanted(vocabulary=only_ads, package=None, subjects=2)) == []


def test_facts_of_ads_alone_are_claimed_of_ads_alone(tmp_path: Path) -> None:
    only_ads = vocabulary("vocabulary: v\nversion: 1\nfacts:\n  ad: {a: {type: bool, definition: {en: A}}}\n")
    data = written(tmp_path / "data", vocabulary=only_ads, package=None, subjects=10, claims=100)
    assert sound(data)
    assert asked(data, "SELECT DISTINCT split_part(subject, '-', 2) FROM {claims}") == [("ad",)]


@pytest.mark.parametrize("at", ["1800-01-01", "2300-01-01", "2017-06-01"])
def test_a_known_time_outside_the_calendar_or_before_the_package_is_refused(at: str) -> None:
    instant = parse_instant(at)
    assert instant is not None
    assert codes(wanted(known_at=instant)) == ["bad-value"]


@pytest.mark.parametrize("at", ["1900-01-01", "1969-06-01", "2200-01-01"])
def test_populations_of_other_centuries_are_sound(at: str, tmp_path: Path) -> None:
    assert sound(
        written(tmp_path / "data", known_at=parse_instant(at), package=None, subjects=50, claims=500)
    )
