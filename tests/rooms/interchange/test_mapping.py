"""A mapping says how every column is read, or is refused with what to write; cells become what it says, and no more."""

from collections.abc import Mapping

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.type import CodeType, RecordType, Simple, Type
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.interchange.incoming.day_format import day_format
from adjudge.interchange.incoming.filling import Filled, fill
from adjudge.interchange.incoming.mapping import RowMapping
from adjudge.interchange.incoming.mapping_reader import read_mapping
from adjudge.interchange.incoming.row import Row

HEAD = "mapping: adjudge-mapping/1\n"
CLAIM = """
kind: claims
fields:
  subject: who
  fact: {constant: ad.shown}
  value: VALUE
  stance: {constant: asserts}
  weight: {constant: 3}
  origin: {constant: o}
  document: {constant: d}
"""
SPEND = (
    "kind: spend\nfields: {id: i, subject: s, from: f, to: t, amount: AMOUNT, currency: {constant: EUR}}\n"
)


def mapping_of(text: str) -> tuple[RowMapping | None, list[str]]:
    log = ProblemLog()
    found = read_mapping(read_yaml(Source("mapping", HEAD + text), log), log)
    return found, [problem.code for problem in log.problems]


def filled(text: str, cells: Mapping[str, Plain], kind: Type = Simple.STRING) -> Filled:
    mapping, codes = mapping_of(text)
    assert codes == []
    assert mapping is not None
    fact = Fact(kind=Kind.AD, name="shown", type=kind)
    return fill(Row(number=2, cells=cells), mapping, {"ad.shown": fact})


def value_of(rule: str, cell: Plain, kind: Type = Simple.STRING) -> Plain:
    found = filled(CLAIM.replace("VALUE", rule), {"who": "a", "v": cell}, kind)
    assert not found.flaws
    return found.objects[0].get("value")


def flaw_of(rule: str, cell: Plain) -> tuple[str, tuple[str, ...]]:
    found = filled(CLAIM.replace("VALUE", rule), {"who": "a", "v": cell})
    assert len(found.flaws) == 1
    return found.flaws[0].code, found.flaws[0].columns


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kind: claim\nfields: {id: a}\n", "bad-word"),
        ("kind: subjects\nfields: {id: a}\n", "missing-key"),
        ("kind: subjects\nfields: {id: a, kind: b, idd: c}\n", "unknown-key"),
        ("kind: subjects\nfields: {id: a, kind: {column: b, constant: c}}\n", "wrong-shape"),
        ("kind: subjects\nfields: {id: a, kind: {collumn: b}}\n", "wrong-shape"),
        ("kind: subjects\nfields: {id: a, kind: {column: b, sep: x}}\n", "unknown-key"),
        ("kind: subjects\nfields: {id: a, kind: b}\nignore: [a]\n", "bad-value"),
        ("kind: subjects\nfields: {id: a, kind: b}\ndelimiter: ab\n", "bad-value"),
        ("kind: subjects\nfields: {id: a, kind: b}\nfacts: {ad.x: c}\n", "unknown-key"),
        (SPEND.replace("AMOUNT", "{column: a, decimal: x}"), "bad-word"),
        (SPEND.replace("AMOUNT", "{column: a, thousands: .}"), "bad-value"),
        (SPEND.replace("AMOUNT", "{column: a, decimal: ',', words: {x: y}}"), "wrong-shape"),
        (SPEND.replace("from: f", "from: {column: f, date: DD/MM}"), "bad-value"),
        (CLAIM.replace("  value: VALUE\n", ""), "missing-key"),
        (CLAIM.replace("VALUE", "v") + "facts: {ad.shown: w}\n", "wrong-shape"),
        (CLAIM.replace("VALUE", "v") + "documents: [{id: d}]\n", "missing-key"),
        ("- a\n", "wrong-shape"),
    ],
)
def test_a_mapping_that_could_mean_two_things_or_none_is_refused(text: str, code: str) -> None:
    head = "" if text.startswith("-") else HEAD
    log = ProblemLog()
    assert read_mapping(read_yaml(Source("mapping", head + text), log), log) is None
    assert code in {problem.code for problem in log.problems}


def test_a_text_becomes_what_the_type_of_the_fact_wants_and_nothing_else() -> None:
    assert value_of("v", "12") == "12"
    assert value_of("v", "12", Simple.INT) == 12
    assert value_of("v", "1e3", Simple.INT) == "1e3"
    assert value_of("v", "TRUE", Simple.BOOL) is True
    assert value_of("v", "TRUE") == "TRUE"
    assert value_of("v", "=1+1") == "=1+1"
    assert value_of("v", 7) == "7"
    assert value_of("v", "antivirus", CodeType("product")) == "antivirus"


def test_numbers_of_accounts_are_texts() -> None:
    found = filled(CLAIM.replace("VALUE", "v"), {"who": 4711, "v": "x"})
    assert found.objects[0]["subject"] == "4711"


def test_texts_are_normal_and_prefixed() -> None:
    assert value_of("{column: v, prefix: crm-}", "e\N{COMBINING ACUTE ACCENT}") == "crm-é"


@pytest.mark.parametrize(
    ("rule", "cell", "value"),
    [
        ("{column: v, decimal: ','}", "12,50", "12.50"),
        ("{column: v, decimal: ',', thousands: .}", "-1.234.567,8", "-1234567.8"),
        ("{column: v, decimal: ',', thousands: .}", "1234,5", "1234.5"),
        ("{column: v, thousands: ','}", "1,234.5", "1234.5"),
        ("{column: v, thousands: ','}", "12", "12"),
    ],
)
def test_numbers_are_read_as_the_mapping_writes_them(rule: str, cell: str, value: str) -> None:
    assert value_of(rule, cell) == value


@pytest.mark.parametrize("cell", ["1.5", "1,2,3", "1.23,5", "12.3456,7", "1 000", "1e3", "NaN", "", "٣"])
def test_a_number_that_could_mean_two_things_is_refused(cell: str) -> None:
    rule = "{column: v, decimal: ',', thousands: .}"
    if not cell:
        assert value_of(rule, cell) is None
        return
    assert flaw_of(rule, cell) == ("bad-value", ("v",))


@pytest.mark.parametrize(
    ("written", "cell", "found"),
    [
        ("DD.MM.YYYY", "31.01.2018", "2018-01-31"),
        ("YYYYMMDD", "20180131", "2018-01-31"),
        ("MM/DD/YYYY hh:mm", "01/31/2018 23:59", "2018-01-31T23:59:00Z"),
        ("YYYY-MM-DD hh:mm:ss", "2018-01-31 23:59:58", "2018-01-31T23:59:58Z"),
        ("DD.MM.YYYY", "31.02.2018", None),
        ("DD.MM.YYYY", "1.2.2018", None),
        ("DD.MM.YYYY", "31.01.18", None),
        ("YYYY-MM-DD hh:mm", "2018-01-31 24:00", None),
    ],
)
def test_dates_are_read_by_their_format(written: str, cell: str, found: str | None) -> None:
    form = day_format(written)
    assert form is not None
    assert form.read(cell) == found


@pytest.mark.parametrize("written", ["", "DD.MM.YY", "MM.YYYY", "DD.MM.YYYY DD", "DD.MM.YYYY hh", "x" * 50])
def test_a_format_that_leaves_the_day_open_is_none(written: str) -> None:
    assert day_format(written) is None


def test_words_are_those_of_the_mapping_and_no_others() -> None:
    rule = "{column: v, words: {yes: true, no: false}}"
    assert value_of(rule, "yes") is True
    assert flaw_of(rule, "Yes") == ("bad-word", ("v",))


def test_an_empty_cell_says_nothing_or_what_the_mapping_says() -> None:
    assert value_of("v", "  ") is None
    assert value_of("{column: v, empty: none}", "") == "none"
    assert value_of("{record: {a: v, b: {constant: x}}}", "") is None
    assert value_of("{list: [v]}", "") is None


def test_records_and_lists_are_made_of_cells() -> None:
    kind = RecordType((("n", Simple.INT), ("t", Simple.STRING)))
    assert value_of("{record: {n: v, t: {constant: x}}}", "3", kind) == {"n": 3, "t": "x"}
    assert value_of("{list: [v, {constant: x}]}", "a") == ["a", "x"]
    assert value_of("v", {"n": 3, "t": "x"}, kind) == {"n": 3, "t": "x"}


def test_a_row_of_facts_makes_a_claim_for_each_cell_that_is_not_empty() -> None:
    text = (
        CLAIM.replace("  fact: {constant: ad.shown}\n  value: VALUE\n", "")
        + "facts: {ad.shown: v, ad.loud: w}\n"
    )
    found = filled(text, {"who": "a", "v": "x", "w": ""})
    assert [(item["fact"], item["value"]) for item in found.objects] == [("ad.shown", "x")]


def test_a_claim_without_an_id_has_one_that_its_words_give_it() -> None:
    one, same, other = (
        filled(CLAIM.replace("VALUE", "v"), {"who": "a", "v": text}).objects[0]["id"]
        for text in ("x", "x", "y")
    )
    assert one == same
    assert one != other


def test_a_column_of_which_the_mapping_says_nothing_is_told() -> None:
    found = filled(CLAIM.replace("VALUE", "v"), {"who": "a", "v": "x", "more": "y"})
    assert [(flaw.code, flaw.columns) for flaw in found.flaws] == [("unknown-key", ("more",))]


def test_a_field_that_is_needed_and_empty_is_told_by_its_column() -> None:
    found = filled(CLAIM.replace("VALUE", "v"), {"who": "", "v": "x"})
    assert [(flaw.code, flaw.columns) for flaw in found.flaws] == [("missing-key", ("who",))]


def test_amounts_are_kept_in_one_form() -> None:
    text = SPEND.replace("AMOUNT", "{column: a, decimal: ','}")
    cells = {"i": "1", "s": "x", "f": "2018-01-01", "t": "2018-02-01T00:00:00+01:00", "a": "1,500"}
    assert filled(text, cells).objects[0] == {
        "id": "1",
        "subject": "x",
        "from": "2018-01-01T00:00:00Z",
        "to": "2018-01-31T23:00:00Z",
        "amount": "1.5",
        "currency": "EUR",
    }
