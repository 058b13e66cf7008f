"""The schemas that editors use say what the readers ask for, and every YAML file that ships keeps them.

Not a test of the readers: what they refuse is tested beside them. A schema cannot say everything that a
reader checks, so that a file may pass here and still be refused. What a reader takes passes here, but for two
scalars that an author is better off quoting: a condition written as a bare `true`, and a version written as a
bare word such as `null`.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.basis.reading.shape import Fields, whole_number
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.basis.weight import STANDARDS
from adjudge.evidence.case_reader import read_case_file, read_documents
from adjudge.evidence.document import Precision, Status
from adjudge.evidence.notice import Automation, Element, Prospect
from adjudge.evidence.notice import Source as NoticeSource
from adjudge.evidence.notice_reader import read_notice
from adjudge.facts.claim import Stance
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.codes import COUNTRIES
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import NO_VOCABULARY, Changer, Kind
from adjudge.facts.vocabulary_reader import GREATEST_VERSION, MOST_EFFORT, read_vocabulary
from adjudge.interchange.incoming.mapping import Brings, FileFormat
from adjudge.interchange.incoming.mapping_reader import read_mapping
from adjudge.language.expression.parser import LONGEST
from adjudge.language.package import LANGUAGE_VERSION, DecidedBy, MeasureKind, OnUnproven, RuleKind
from adjudge.language.reading.measure import GREATEST_AGE, LONGEST_SUSPENSION
from adjudge.language.reading.package import read_package
from adjudge.language.reading.rule import LONGEST_CURE
from adjudge.outcome import Verdict
from adjudge.population.reader import read_decisions, read_population_file
from adjudge.trials.model import INAPPLICABLE
from adjudge.trials.reader import Versions, read_trials

CHECKOUT = Path(__file__).resolve().parent.parent
SCHEMAS = CHECKOUT / "schemas"
NAMES = (
    "case",
    "claims",
    "decisions",
    "documents",
    "mapping",
    "notice",
    "package",
    "population",
    "tests",
    "vocabulary",
)
OUTPUTS = (
    "alike",
    "answer",
    "backtest",
    "diff",
    "examination",
    "explanation",
    "reach",
    "recourse",
    "results",
    "verification",
)
"""What commands write and nobody by hand; each is held against what they write, in the tests of its room."""
POLICY = CHECKOUT / "policies" / "ads-standard"
CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
SHIPPED = sorted(path for room in ("policies", "examples") for path in (CHECKOUT / room).rglob("*.yaml"))

Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | bool | None


def _schema(name: str) -> dict[str, Plain]:
    found: dict[str, Plain] = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return found


def _at(name: str, pointer: str) -> dict[str, Plain]:
    """The part of a schema at a path such as `$defs/rule`."""
    part: Plain = _schema(name)
    for step in filter(None, pointer.split("/")):
        assert isinstance(part, dict)
        part = part[step]
    assert isinstance(part, dict)
    return part


def _node(text: str, name: str = "test") -> Node:
    log = ProblemLog()
    node = read_yaml(Source(name, text), log)
    assert node is not None, [problem.message for problem in log.problems]
    return node


def _plain(node: Node) -> Plain:
    """A node as JSON has it: a scalar is what the YAML 1.2 core schema says, so that a date stays a text."""
    if isinstance(node, Mapping):
        return {key: _plain(item) for key, item in node.items.items()}
    if isinstance(node, Scalar):
        return _plain_scalar(node)
    return [_plain(item) for item in node.items]


def _plain_scalar(node: Scalar) -> Plain:
    match node.kind:
        case "null":
            return None
        case "bool":
            return node.text.lower() == "true"
        case "int":
            return whole_number(node.text)
        case "number":
            return float(node.text)
        case _:
            return node.text


def _errors(name: str, tree: Plain) -> list[str]:
    """What a schema has against a tree, with the path of each."""
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(_schema(name)).iter_errors(tree)
    ]


def _schema_of(path: Path) -> Path | None:
    """The schema that a file names in its first line, found from where the file stands."""
    match = SCHEMA_LINE.match(path.read_text("utf-8"))
    return (path.parent / match.group(1)).resolve() if match else None


def _kind_of(tree: Plain) -> str | None:
    """Which of the formats a document is, by the key that names it."""
    return next((name for name in _NAMED_BY if isinstance(tree, dict) and name in tree), None)


_NAMED_BY = (
    *("mapping", "tests", "package", "case", "population", "notice", "decisions"),
    *("claims", "documents", "vocabulary"),
)
"""In this order, since a mapping may hold documents, tests and a case claims, and a package names its vocabulary."""


# --- the schemas themselves ---


def test_there_is_one_schema_for_each_written_form() -> None:
    written = [f"{name}.schema.json" for name in (*NAMES, *OUTPUTS)]
    assert sorted(path.name for path in SCHEMAS.iterdir()) == sorted(written)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_valid_schema_with_its_own_address(name: str) -> None:
    schema = _schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://example.org/adjudge/schemas/{name}.schema.json"
    assert schema["title"]


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_a_schema_is_described_and_every_mapping_is_closed(name: str) -> None:
    schema = _schema(name)
    for path, part in _walk(schema):
        if isinstance(part.get("properties"), dict) and part.get("type") == "object":
            assert part["additionalProperties"] is False, path
            assert part["description"], path
            properties = part["properties"]
            assert isinstance(properties, dict)
            for key, item in properties.items():
                assert isinstance(item, dict)
                assert item.get("description") or "$ref" in item, f"{path}: {key} has no help"
    for key, item in _at(name, "$defs").items():
        assert isinstance(item, dict)
        assert item.get("description"), key


def _walk(part: Plain, path: str = "") -> Iterator[tuple[str, dict[str, Plain]]]:
    if isinstance(part, dict):
        yield path, part
        for key, item in part.items():
            yield from _walk(item, f"{path}/{key}")
    elif isinstance(part, list):
        for item in part:
            yield from _walk(item, path)


def test_what_two_schemas_define_under_one_name_is_the_same() -> None:
    seen: dict[str, Plain] = {}
    for name in NAMES:
        for key, part in _at(name, "$defs").items():
            assert isinstance(part, dict)
            meaning = {word: item for word, item in part.items() if word != "description"}
            assert seen.setdefault(key, meaning) == meaning, f"{name}: {key}"


# --- the files that ship ---


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_a_shipped_file_keeps_the_schema_that_it_names(path: Path) -> None:
    tree = _plain(_node(path.read_text("utf-8"), path.name))
    kind, named = _kind_of(tree), _schema_of(path)
    if kind is None:
        assert named is None, "the file names a schema, but is of none of the forms"
        return
    assert named == SCHEMAS / f"{kind}.schema.json"
    assert _errors(kind, tree) == []


def test_files_of_every_form_are_shipped() -> None:
    assert {_schema_of(path) for path in SHIPPED} - {None} == {
        SCHEMAS / f"{name}.schema.json" for name in NAMES
    }


# --- the readers ---


VOCABULARY = """
vocabulary: ads
version: 1
taxonomies: {product: {beer: {}}}
facts:
  advertiser:
    certificates:
      type: {record: {kind: string}}
      proof: [{document: register_extract, weight: 4}]
    spend: {type: money}
  ad: {product: {type: code<product>}}
"""
RULE = """
    subject: ad
    kind: restriction
    ground: {terms: '6.1'}
    in_force: {from: 2015-01-01}
    territory: worldwide
    when: ad.product == 'beer'
    standard: reported
    unless: [{id: other, when: ad.product == 'beer', standard: official}]
    cure: {days: 7}
    codes: {dsa: {category: OTHER}}
"""
PACKAGE = """
package: ads-standard
version: '1'
language: 1
vocabulary: ads
published_at: 2019-08-19
lists: {banned: [{values: [SA]}]}
params: {age: [{value: 18}]}
rules:
""" + "".join(
    f"  - id: rule-{kind}{RULE}    measure: {{{kind}: {fields}}}\n"
    for kind, fields in {
        "notify": "{}",
        "label": "{text: {en: Beer}}",
        "require": "{certificate: licence}",
        "limit": "{min_age: 18}",
        "suspend": "{days: 3}",
        "exclude": "{}",
    }.items()
)
CLAIMS = """
claims:
  - id: c1
    subject: acme
    fact: advertiser.spend
    value: {amount: '5.00', currency: EUR}
    stance: asserts
    weight: 4
    origin: ledger
    document: d1
    recorded_at: 2019-08-19
"""
DOCUMENTS = """
documents:
  - id: d1
    kind: press_report
    title: A report
    publisher: A paper
    published: 2019-08-19
    precision: day
    language: en
    status: primary
    sources: [the paper]
    summary: {en: It says so.}
"""
CASE_FILE = """
case: c
title: {en: A case}
policy: ads-standard
subjects:
  - id: acme
    kind: advertiser
    names: [{text: Acme, script: Latn, language: en, status: verified}]
  - {id: ad-1, kind: ad, advertiser: acme}
questions: [{as_of: 2019-08-19, territory: FR}]
handling:
  platform: {en: A platform}
  source: article_16
  detection: not
  complaint: https://example.org/complaints
  settlement: https://example.org/settlement
  notified: [c1]
  advance: {days: 30}
"""
POPULATION = """
population: p
title: {en: A population}
policy: ads-standard
as_of: 2019-08-19
subjects:
  - id: acme
    kind: advertiser
    names: [{text: Acme, script: Latn, language: en, status: verified}]
  - {id: ad-1, kind: ad, advertiser: acme}
dimensions:
  product: ad.product
  spend: {fact: advertiser.spend, bands: [1000, "2000.50"]}
"""
DECISIONS = """
decisions:
  - {subject: acme, measures: [exclude], since: 2019-08-19, document: d1, status: verified, note: {en: So.}}
"""
NOTICE = """
notice: n
from: A platform
to: acme
sent: {earliest: 2019-08-19, latest: 2019-08-20}
language: en
text: {en: We stop your ads.}
signed: false
sources: [the letter]
about: ad-1
p2b: true
statement:
  - element: restriction
    passage: {en: We stop your ads}
    points_to:
      measure: exclude
      territory: [FR]
      from: 2019-08-19
      until: lifted
      days: 3
      claims: [c1]
      facts: [ad.product]
      source: own_initiative
      automated: not
      rule: r
      version: v
      law: l
      terms: t
      address: https://example.org
      last_day: 2020-02-19
"""
TESTS = """
tests: ads-standard
version: '1'
subjects: [{id: acme, kind: advertiser}, {id: ad-1, kind: ad, advertiser: acme}]
claims: [{id: c1, subject: ad-1, fact: ad.product, value: beer, weight: 2}]
cases:
  - case: beer
    title: {en: Beer}
    at: 2019-08-19
    known_at: 2019-08-20
    territory: FR
    claims: [{id: c2, subject: acme, fact: advertiser.spend, value: {amount: '5.00', currency: EUR}, weight: 4}]
    expect:
      ad-1:
        rules: {rule-label: met, rule-exclude: {verdict: met, for: 2, against: 0, unless: {other: [2, 0]}}}
        measures: [rule-exclude]
        referred: false
  - case: no-beer
    beside: beer
    without: c1
    expect: {ad-1: {rules: {rule-label: unknown}}}
never: [{rule: rule-label, verdict: unproven, why: {en: Beer is beer.}}]
"""


MAPPED = """
mapping: adjudge-mapping/1
kind: claims
format: csv
delimiter: ";"
fields:
  subject: who
  stance: {constant: asserts}
  weight: {column: w, words: {much: 4}, empty: 3, prefix: x}
  origin: {column: o}
  document: {constant: d1}
facts:
  advertiser.spend: {record: {amount: {column: a, decimal: ",", thousands: .}, currency: {constant: EUR}}}
  advertiser.certificates: {list: [{column: c, date: DD.MM.YYYY}]}
ignore: [remark]
"""


SPOKEN = read_vocabulary(_node(VOCABULARY), ProblemLog()) or NO_VOCABULARY
"""What the package and the claims speak; read here, so that no test takes it for what it asks about."""
TESTED = read_package(_node(PACKAGE), SPOKEN, ProblemLog())
"""Likewise, for the tests of a policy."""


def _read_package(node: Node, log: ProblemLog) -> object:
    return read_package(node, SPOKEN, log)


def _read_tests(node: Node, log: ProblemLog) -> object:
    assert TESTED is not None
    return read_trials(node, Versions(SPOKEN, (TESTED,)), log)


def _read_claims(node: Node, log: ProblemLog) -> object:
    assert isinstance(node, Mapping)
    claims = node.items["claims"]
    assert isinstance(claims, Sequence)
    return ClaimReader(SPOKEN, log, frozenset({"d1"})).read_all(claims.items)


def _read_decisions(node: Node, log: ProblemLog) -> object:
    return read_decisions(node, {"acme"}, {"d1"}, log)


FORMS: dict[str, tuple[str, Callable[[Node, ProblemLog], object]]] = {
    "vocabulary": (VOCABULARY, read_vocabulary),
    "package": (PACKAGE, _read_package),
    "claims": (CLAIMS, _read_claims),
    "documents": (DOCUMENTS, read_documents),
    "case": (CASE_FILE, read_case_file),
    "notice": (NOTICE, read_notice),
    "population": (POPULATION, read_population_file),
    "decisions": (DECISIONS, _read_decisions),
    "tests": (TESTS, _read_tests),
    "mapping": (MAPPED, read_mapping),
}
"""A text of each form that makes its reader ask for every mapping, and the reader."""

PLACES: dict[str, dict[str, str]] = {
    "vocabulary": {
        "a vocabulary": "",
        "`facts`": "properties/facts",
        "the fact": "$defs/fact",
        "a kind of proof": "$defs/proof",
        "a type": "$defs/recordType",
    },
    "package": {
        "a package": "",
        "an entry": "$defs/listEntry",
        "a rule": "$defs/rule",
        "`ground`": "$defs/ground",
        "`in_force`": "$defs/interval",
        "an exception": "$defs/unless",
        "`cure`": "$defs/rule/properties/cure",
        **{f"`{kind.value}`": f"$defs/measure/properties/{kind.value}" for kind in MeasureKind},
    },
    "claims": {"a claim": "$defs/claim"},
    "documents": {"the documents": "", "a document": "$defs/document"},
    "case": {
        "a case": "",
        "a subject": "$defs/subject",
        "a name": "$defs/naming",
        "a question": "$defs/question",
        "`handling`": "$defs/handling",
        "`advance`": "$defs/advance",
    },
    "population": {
        "a population": "",
        "a subject": "$defs/subject",
        "a name": "$defs/naming",
        "a dimension": "$defs/dimension",
    },
    "mapping": {"a mapping file": "", "a field of the mapping": "$defs/cellRule"},
    "decisions": {"the decisions": "", "a decision": "$defs/decision"},
    "notice": {
        "the notice": "",
        "`sent`": "properties/sent",
        "a passage": "$defs/passage",
        "`points_to`": "$defs/pointer",
    },
}
"""What a reader calls a mapping, and where the schema describes it."""
PLACES["tests"] = {
    "a file of tests": "",
    "a subject": "$defs/asked",
    "a claim": "$defs/given",
    "a case": "$defs/case",
    "what is expected of a subject": "$defs/expected",
    "what is expected of a rule": "$defs/weighed",
    "an entry of `never`": "$defs/never",
}
COMPLETED = {
    ("tests", "a claim"): {"stance", "origin", "recorded_at"},
    ("tests", "a case"): {"at"},
}
"""What a reader requires once it has filled in what a file may leave out, or of some of its mappings only."""

ELSEWHERE = {"money"}
"""Mappings whose keys follow from the type of a fact, which no schema knows."""


class Asked:
    """Which keys the readers ask for, and which of them they require, by what they call the mapping."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.keys: dict[str, set[str]] = {}
        self.required: dict[str, set[str]] = {}
        done, required = Fields.done, Fields.required

        def spy_on_done(fields: Fields) -> None:
            self.keys.setdefault(_called(fields), set()).update(fields.asked)
            done(fields)

        def spy_on_required(fields: Fields, key: str) -> Node | None:
            self.required.setdefault(_called(fields), set()).add(key)
            return required(fields, key)

        patch.setattr(Fields, "done", spy_on_done)
        patch.setattr(Fields, "required", spy_on_required)


def _called(fields: Fields) -> str:
    """The name of a mapping without that of the one thing it is about."""
    return "the fact" if fields.what.startswith("the fact `") else fields.what


def _asked(name: str, patch: pytest.MonkeyPatch) -> Asked:
    text, read = FORMS[name]
    node, log, asked = _node(text), ProblemLog(), Asked(patch)
    read(node, log)
    assert [problem.message for problem in log.problems] == []
    assert _errors(name, _plain(node)) == []
    return asked


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_has_exactly_the_keys_that_its_reader_asks_for(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _asked(name, monkeypatch)
    assert set(asked.keys) - ELSEWHERE == set(PLACES[name])
    for what, pointer in PLACES[name].items():
        part = _at(name, pointer)
        described, keys = part["properties"], set(asked.keys[what])
        assert isinstance(described, dict)
        if what == "an entry":  # of a list or of a parameter: one reader, two schemas
            parameter = _at("package", "$defs/paramEntry/properties")
            described = {**described, **parameter}
        assert set(described) == keys, what


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_requires_exactly_what_its_reader_requires(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _asked(name, monkeypatch)
    for what, pointer in PLACES[name].items():
        required = _at(name, pointer).get("required", [])
        assert isinstance(required, list)
        expected = asked.required.get(what, set())
        if what == "an entry":
            expected -= {"value"}
        expected = expected - COMPLETED.get((name, what), set())
        assert set(map(str, required)) == expected, what


def test_the_kinds_of_measures_and_the_roots_of_claims_are_those_of_the_readers() -> None:
    measures = _at("package", "$defs/measure")["properties"]
    assert isinstance(measures, dict)
    assert list(measures) == [kind.value for kind in MeasureKind]
    assert _at("package", "$defs/paramEntry")["required"] == ["value"]
    assert _at("claims", "")["required"] == ["claims"]


WORDS: dict[tuple[str, str], type[StrEnum]] = {
    ("notice", "$defs/passage/properties/element"): Element,
    ("notice", "$defs/pointer/properties/source"): NoticeSource,
    ("notice", "$defs/pointer/properties/automated"): Automation,
    ("notice", "$defs/pointer/properties/recourse"): Prospect,
    ("case", "$defs/handling/properties/source"): NoticeSource,
    ("case", "$defs/handling/properties/detection"): Automation,
    ("vocabulary", "$defs/fact/properties/changeable_by"): Changer,
    ("package", "$defs/rule/properties/subject"): Kind,
    ("package", "$defs/rule/properties/kind"): RuleKind,
    ("package", "$defs/rule/properties/on_unproven"): OnUnproven,
    ("package", "$defs/rule/properties/decided_by"): DecidedBy,
    ("claims", "$defs/claim/properties/stance"): Stance,
    ("documents", "$defs/document/properties/precision"): Precision,
    ("documents", "$defs/document/properties/status"): Status,
    ("mapping", "properties/kind"): Brings,
    ("mapping", "properties/format"): FileFormat,
    ("case", "$defs/subject/properties/kind"): Kind,
    ("tests", "$defs/asked/properties/kind"): Kind,
    ("tests", "$defs/given/properties/stance"): Stance,
    ("tests", "$defs/never/properties/verdict"): Verdict,
    ("tests", "$defs/measureKind"): MeasureKind,
}


@pytest.mark.parametrize(("place", "words"), WORDS.items(), ids=lambda item: getattr(item, "__name__", None))
def test_the_words_of_a_key_are_those_of_its_reader(place: tuple[str, str], words: type[StrEnum]) -> None:
    assert _at(*place)["enum"] == [word.value for word in words]


def test_types_standards_and_countries_are_those_of_the_readers() -> None:
    types = _at("vocabulary", "$defs/type")["anyOf"]
    assert isinstance(types, list)
    assert isinstance(types[0], dict)
    assert types[0]["enum"] == [kind.value for kind in Simple]
    assert _at("package", "$defs/standard")["enum"] == list(STANDARDS)
    assert _at("tests", "$defs/verdict")["enum"] == [*(verdict.value for verdict in Verdict), INAPPLICABLE]
    for name in ("package", "case", "tests"):
        assert _at(name, "$defs/country")["enum"] == sorted(COUNTRIES)


def test_the_bounds_are_those_of_the_readers() -> None:
    fact, measure = "$defs/fact/properties", "$defs/measure/properties"
    bounds = {
        ("vocabulary", "properties/version"): (1, GREATEST_VERSION),
        ("vocabulary", f"{fact}/effort"): (1, MOST_EFFORT),
        ("vocabulary", "$defs/weight"): (1, 5),
        ("claims", "$defs/weight"): (1, 5),
        ("tests", "$defs/weight"): (1, 5),
        ("tests", "$defs/weightOrNone"): (0, 5),
        ("package", "$defs/rule/properties/cure/properties/days"): (0, LONGEST_CURE),
        ("package", f"{measure}/suspend/properties/days"): (1, LONGEST_SUSPENSION),
        ("package", f"{measure}/limit/properties/min_age"): (0, GREATEST_AGE),
    }
    for place, (least, greatest) in bounds.items():
        part = _at(*place)
        assert (part["minimum"], part["maximum"]) == (least, greatest), place
    assert _at("package", "$defs/condition")["maxLength"] == LONGEST
    assert _at("package", "properties/language")["const"] == LANGUAGE_VERSION


# --- what is refused ---


def _changed(name: str, *steps: str | int, to: Plain) -> Plain:
    """The text of a form with one part replaced, or added."""
    tree = copy.deepcopy(_plain(_node(FORMS[name][0])))
    part = tree
    for step in steps[:-1]:
        part = _below(part, step)
    last = steps[-1]
    if isinstance(part, dict) and isinstance(last, str):
        part[last] = to
    return tree


def _below(part: Plain, step: str | int) -> Plain:
    if isinstance(part, dict) and isinstance(step, str):
        return part[step]
    assert isinstance(part, list)
    assert isinstance(step, int)
    return part[step]


BAD: dict[str, tuple[str, Plain]] = {
    "vocabulary-with-an-unknown-key": ("vocabulary", _changed("vocabulary", "fcts", to={})),
    "fact-of-no-type": (
        "vocabulary",
        _changed("vocabulary", "facts", "ad", "product", "type", to="cod<product>"),
    ),
    "fact-of-another-kind-of-subject": ("vocabulary", _changed("vocabulary", "facts", "agency", to={})),
    "fact-with-a-name-that-no-condition-can-speak": (
        "vocabulary",
        _changed("vocabulary", "facts", "ad", "a b", to={"type": "bool"}),
    ),
    "package-in-another-language-version": ("package", _changed("package", "language", to=2)),
    "rule-with-a-misspelt-key": ("package", _changed("package", "rules", 0, "standart", to="official")),
    "rule-with-a-number-as-standard": ("package", _changed("package", "rules", 0, "standard", to=4)),
    "rule-with-a-truth-value-as-condition": ("package", _changed("package", "rules", 0, "when", to=True)),
    "rule-in-no-country": ("package", _changed("package", "rules", 0, "territory", to=["XX"])),
    "rule-with-two-measures": ("package", _changed("package", "rules", 0, "measure", "exclude", to={})),
    "rule-with-law-and-terms": ("package", _changed("package", "rules", 0, "ground", "law", to="Law")),
    "exemption-with-a-measure": ("package", _changed("package", "rules", 0, "kind", to="exemption")),
    "prohibition-that-exempts": ("package", _changed("package", "rules", 0, "exempts", to=["rule-label"])),
    "package-published-on-no-date": ("package", _changed("package", "published_at", to="19 August 2019")),
    "claim-of-no-weight": ("claims", _changed("claims", "claims", 0, "weight", to=0)),
    "claim-with-value-and-none": ("claims", _changed("claims", "claims", 0, "none", to=True)),
    "claim-with-null": ("claims", _changed("claims", "claims", 0, "value", to=None)),
    "claim-of-a-fact-without-its-kind": ("claims", _changed("claims", "claims", 0, "fact", to="spend")),
    "document-with-an-unknown-status": (
        "documents",
        _changed("documents", "documents", 0, "status", to="good"),
    ),
    "document-with-one-text-for-all-languages": (
        "documents",
        _changed("documents", "documents", 0, "summary", to="It says so."),
    ),
    "case-that-names-a-file-elsewhere": ("case", _changed("case", "claims", to="../claims.yaml")),
    "advertiser-of-an-advertiser": ("case", _changed("case", "subjects", 0, "advertiser", to="other")),
    "ad-of-nobody": ("case", _changed("case", "subjects", to=[{"id": "ad-1", "kind": "ad"}])),
    "test-of-one-version-and-of-several": ("tests", _changed("tests", "versions", to=["1"])),
    "test-of-a-measure-of-no-kind": (
        "tests",
        _changed("tests", "cases", 0, "expect", "ad-1", "measures", to={"rule-exclude": "ban"}),
    ),
    "test-that-expects-nothing": ("tests", _changed("tests", "cases", 0, "expect", to={})),
    "test-of-no-verdict": (
        "tests",
        _changed("tests", "cases", 0, "expect", "ad-1", "rules", "rule-label", to="guilty"),
    ),
    "test-with-two-changes": ("tests", _changed("tests", "cases", 1, "at", to="2019-08-20")),
    "test-with-one-change-to-nothing": ("tests", _changed("tests", "cases", 0, "without", to="c1")),
    "test-with-a-title-without-english": (
        "tests",
        _changed("tests", "cases", 0, "title", to={"fr": "Bière"}),
    ),
    "notice-with-a-text-as-truth-value": ("notice", _changed("notice", "signed", to="no")),
}


@pytest.mark.parametrize(("name", "tree"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_fails(name: str, tree: Plain) -> None:
    assert _errors(name, tree)


@pytest.mark.parametrize(
    "path",
    [POLICY / "2019-08.yaml", POLICY / "vocabulary.yaml", CASE / "claims.yaml"],
    ids=lambda path: path.name,
)
def test_a_shipped_file_with_one_more_key_fails(path: Path) -> None:
    tree = _plain(_node(path.read_text("utf-8")))
    kind = _kind_of(tree)
    assert kind is not None
    assert isinstance(tree, dict)
    assert _errors(kind, {**tree, "comment": "none"})
