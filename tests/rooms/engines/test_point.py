"""What is the point engine's own: tables, lanes, generated code, threads, size. Its meaning is compared elsewhere."""

import itertools
import json
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from adjudge.app.exchange import Question, read_question
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.mask import MASKS, NEGATED, mask_of, pair_of_mask
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Pair, conjunction, disjunction, negation, outweighs
from adjudge.engines.point import unit
from adjudge.engines.point.bands import Bands
from adjudge.engines.point.closures import Entries
from adjudge.engines.point.engine import PointEngine
from adjudge.engines.point.engine import outcomes as by_point
from adjudge.engines.point.lanes import AS_IS, BITS, COMPLEMENT, NEGATED_COMPLEMENT, Row
from adjudge.engines.point.quick import quick_test
from adjudge.engines.point.weigh import Context, weigher
from adjudge.facts.settle import Evidence
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import Atom
from adjudge.outcome import Outcome, Verdict, agree
from adjudge.spec.resolve import outcomes as by_spec
from tests.generators.cases import seeded_case

AT = "2026-06-01"
NOW = parse_instant(AT) or Instant(0)
THREADS = 64
HOSTILE = ["'", '"', "\\", "\n", "{0}", "__import__('os').system('false')", '"""', "K0", "é\u2028", "%s"]


def asked(question: Question, engine: PointEngine | None = None) -> list[Outcome]:
    ask = engine or PointEngine(question.package)
    return ask.outcomes(
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.territory,
    )


def read(line: str) -> Question:
    log = ProblemLog()
    question = read_question(line, log)
    assert question is not None, log.problems
    return question


def question_of(
    whens: list[str], facts: dict[str, dict[str, object]], values: dict[str, object], kind: str = "advertiser"
) -> Question:
    """A question with one rule for each condition, and one claim of weight 4 for each value."""
    rules = [
        {
            "id": f"r{number}",
            "title": {"en": f"Rule {number}"},
            "subject": kind,
            "kind": "prohibition",
            "ground": {"terms": "1"},
            "territory": "worldwide",
            "when": when,
            "standard": "official",
            "measure": {"exclude": {}},
        }
        for number, when in enumerate(whens)
    ]
    declared = {name: {**fact, "definition": {"en": "Seen."}} for name, fact in facts.items()}
    claims = [
        {
            "id": f"c{number}",
            "subject": "a",
            "fact": f"{kind}.{name}",
            "stance": "asserts",
            "weight": 4,
            "origin": "o",
            "recorded_at": "2026-01-01",
            "value": value,
        }
        for number, (name, value) in enumerate(values.items())
    ]
    vocabulary = {"vocabulary": "v", "version": 1, "facts": {kind: declared}}
    package = {"package": "p", "version": "1", "language": 1, "vocabulary": "v"}
    package |= {"published_at": "2020-01-01", "rules": rules}
    line = {
        "vocabulary": json.dumps(vocabulary, ensure_ascii=False),
        "package": json.dumps(package, ensure_ascii=False),
        "claims": claims,
        "subjects": [
            {"id": "a", "kind": "advertiser"}
            if kind == "advertiser"
            else {"id": "a", "kind": "ad", "advertiser": "b"}
        ],
        "valid_at": AT,
        "known_at": AT,
    }
    return read(json.dumps(line))


def spec_agrees(question: Question) -> bool:
    found = by_spec(
        question.package,
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.territory,
    )
    return all(agree(one, other) for one, other in zip(asked(question), found, strict=True))


# --- tables ---


def test_masks_join_as_pairs_do() -> None:
    for one, other in itertools.product(MASKS, repeat=2):
        pairs = [pair_of_mask(one), pair_of_mask(other)]
        assert pair_of_mask(one & other) == conjunction(pairs)
        assert pair_of_mask(one | other) == disjunction(pairs)
        assert pair_of_mask(NEGATED[one]) == negation(pairs[0])


def test_an_and_is_an_or_of_complements() -> None:
    for one, other in itertools.product(MASKS, repeat=2):
        assert (COMPLEMENT[one] | COMPLEMENT[other]) ^ 1023 == one & other
        assert (NEGATED_COMPLEMENT[one] | COMPLEMENT[other]) ^ 1023 == NEGATED[one] & other
        assert AS_IS[one] | NEGATED[other] == one | NEGATED[other]


def test_what_rises_only_gains_bits_where_more_speaks_for_it() -> None:
    rising, falling = Row(((AS_IS, 1), (NEGATED, 1 << 16), (COMPLEMENT, 1 << 32))).parted()
    less, more = mask_of(0, 4), mask_of(5, 0)
    assert rising.stored(less) & ~rising.stored(more) == 0
    assert falling.stored(more) & ~falling.stored(less) == 0
    assert rising.factors
    assert falling.factors


def test_the_table_of_a_rule_gives_every_pair_its_verdict() -> None:
    question = question_of(["advertiser.b"], {"b": {"type": "bool"}}, {})
    block = PointEngine(question.package).unit(Kind.ADVERTISER, NOW, NOW, None).blocks[0]
    assert set(block.tables[0]) == set(MASKS)
    for mask, found in block.tables[0].items():
        pair = pair_of_mask(mask)
        assert found.pair == pair
        assert (found.verdict is Verdict.MET) == outweighs(pair, 4)
        assert (found.verdict is Verdict.UNKNOWN) == (pair == Pair(0, 0))
        # What the engine reads from the bits before it looks at any table:
        assert not outweighs(pair, 4) or mask & block.proven
        assert (
            found.verdict not in {Verdict.MET, Verdict.CONTESTED, Verdict.UNPROVEN} or mask & block.stirring
        )


# --- quick tests and the general way ---

TYPES: dict[str, tuple[dict[str, object], list[str], list[object]]] = {
    "string": (
        {"type": "string"},
        ["'b'", "'ab'", "''", "'b\U0010ffff'"],
        ["", "a", "ab", "abc", "ac", "b", "bz", "c", "b\U0010ffff", "b\U0010ffffz"],
    ),
    "int": ({"type": "int"}, ["5", "0", "-3", "7"], [-4, -3, -2, 0, 1, 5, 6, 7, 8]),
    "decimal": ({"type": "decimal"}, ["5", "0.5", "-3.0"], ["-3", "-2.5", "0", "0.5", "0.50", "5", "5.1"]),
    "date": (
        {"type": "date"},
        ["date('2020-02-29')", "date('2021-01-01')"],
        [(date(2020, 2, 28) + timedelta(days=n)).isoformat() for n in (0, 1, 2, 306, 307, 308, 309)],
    ),
    "bool": ({"type": "bool"}, ["true", "false"], [True, False]),
}


def conditions(kind: str, constants: list[str]) -> list[str]:
    signs = ["==", "!="] if kind == "bool" else ["==", "!=", "<", "<=", ">", ">="]
    found = [f"advertiser.f {sign} {constant}" for sign in signs for constant in constants]
    found += [f"{constant} {sign} advertiser.f" for sign in signs for constant in constants]
    found.append(f"advertiser.f in [{', '.join(constants)}]")
    if kind == "string":
        calls = ("startsWith", "endsWith", "contains", "matches")
        found += [f"advertiser.f.{call}({constant})" for call in calls for constant in constants]
    return found


@pytest.mark.parametrize("kind", TYPES)
def test_a_row_says_what_the_general_way_says(kind: str) -> None:
    fact, constants, values = TYPES[kind]
    whens = conditions(kind, constants)
    question = question_of(whens, {"f": fact}, {})
    vocabulary = question.package.vocabulary
    context = Context(vocabulary.facts, Entries({}, {}, {}))
    atoms = [leaf for rule in question.package.rules if isinstance(leaf := rule.when.core, Atom)]
    quick = [
        (atom, test)
        for atom in atoms
        if (test := quick_test(atom, context.facts[atom.facts[0]], context.entries))
    ]
    assert len(quick) >= len(constants)
    bands = Bands([(test, Row(((AS_IS, 1 << n * BITS),))) for n, (_, test) in enumerate(quick)])
    for text, weight in itertools.product(values, (1, 5)):
        value = values_of(question_of(whens[:1], {"f": fact}, {"f": text}))
        row = bands.fill(weight, bands.band(value))
        for number, (atom, _) in enumerate(quick):
            evidence = {atom.facts[0]: Evidence(asserted={value: weight}, strongest=weight)}
            expected = weigher(atom, context)(evidence, {}, NOW, lambda *_: None)
            truth = bands.truths(value)[number]
            assert (mask_of(weight, 0) if truth else mask_of(0, weight)) == expected
            if number not in {n for n, (_, test) in enumerate(quick) if test in [c for c, _ in bands.called]}:
                assert (row >> number * BITS) & 1023 == expected, (atom, value)


def values_of(question: Question) -> Value:
    value = question.claims[0].value
    assert isinstance(value, bool | int | str | date) or hasattr(value, "as_tuple")
    return value  # type: ignore[return-value]  # the claims of these tests assert values


@pytest.mark.parametrize("kind", TYPES)
def test_outcomes_over_one_fact_are_the_specs(kind: str) -> None:
    fact, constants, values = TYPES[kind]
    for value in values:
        assert spec_agrees(question_of(conditions(kind, constants), {"f": fact}, {"f": value})), value


# --- generated code ---


def test_generated_code_holds_no_text_of_the_policy() -> None:
    whens = [f"advertiser.s == {json.dumps(text)} || {json.dumps(text)} in advertiser.m" for text in HOSTILE]
    whens += [f"!advertiser.s.startsWith({json.dumps(text)}) && has(advertiser.m)" for text in HOSTILE]
    whens += [f"advertiser.m.exists(x, x == {json.dumps(text)})" for text in HOSTILE]
    facts: dict[str, dict[str, object]] = {"s": {"type": "string"}, "m": {"type": "string", "many": True}}
    for text in HOSTILE:
        question = question_of(whens, facts, {"s": text, "m": text})
        assert spec_agrees(question)
    compiled = PointEngine(question.package).unit(Kind.ADVERTISER, NOW, NOW, None)
    words = {w for block in compiled.blocks for w in block.source.replace("(", " ").replace(")", " ").split()}
    for block in compiled.blocks:
        assert "'" not in block.source.replace("'little'", "")
        assert '"' not in block.source
        assert "\\" not in block.source
        assert block.source.isascii()
        assert "import" not in block.source
        assert "advertiser" not in block.source
    assert words.isdisjoint({"import", "lambda", "global", "class"})


# --- threads ---


def test_sixty_four_threads_find_what_one_finds() -> None:
    questions = [read(seeded_case(f"threads {seed}").line()) for seed in range(24)]
    alone = [asked(question) for question in questions]
    shared = [PointEngine(question.package) for question in questions]

    def work(thread: int) -> bool:
        order = list(range(len(questions)))
        random.Random(thread).shuffle(order)  # noqa: S311 - an order, no secret
        return all(asked(questions[n], shared[n]) == alone[n] for n in order for _ in range(3))

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(work, range(THREADS)))


# --- size ---


def test_a_thousand_rules() -> None:
    facts: dict[str, dict[str, object]] = {f"i{n}": {"type": "int"} for n in range(20)}
    whens = [
        f"advertiser.i{n % 20} >= {n % 97} && (advertiser.i{n % 7} < {n} || advertiser.i3 == {n})"
        for n in range(1000)
    ]
    question = question_of(whens, facts, {f"i{n}": n * 13 for n in range(20)})
    compiled = PointEngine(question.package).unit(Kind.ADVERTISER, NOW, NOW, None)
    assert len(compiled.blocks) == -(-len(whens) // unit.MOST_RULES)
    assert spec_agrees(question)


def test_five_thousand_alternatives() -> None:
    facts: dict[str, dict[str, object]] = {"i": {"type": "int"}, "b": {"type": "bool"}}
    flat = "||".join(f"ad.i=={n}" for n in range(5000))
    deep = "||".join(f"ad.i=={n}&&ad.b" for n in range(3000))
    for value in (4999, 2999, 7000):
        assert spec_agrees(question_of([flat, deep], facts, {"i": value, "b": True}, "ad"))


def test_the_greatest_height() -> None:
    """As high as the parser allows: `a && (b || (a && (b || ...)))`."""
    facts: dict[str, dict[str, object]] = {"a": {"type": "bool"}, "b": {"type": "bool"}}
    height, last = 1, None
    while last is None or height < 500:
        text = "advertiser.a"
        for level in range(height):
            text = f"advertiser.{'ab'[level % 2]} {('||', '&&')[level % 2]} ({text})"
        try:
            last = question_of([text, f"!({text})"], facts, {"a": True, "b": False})
        except AssertionError:
            break
        height += 1 if height > 40 else 10
    assert last is not None
    assert height > 40
    assert spec_agrees(last)


def test_many_ors_and_ands_in_one_condition() -> None:
    """More ORs than there are rows for them, and nodes below them."""
    facts: dict[str, dict[str, object]] = {name: {"type": "int"} for name in "abc"}
    chance = random.Random(5)  # noqa: S311 - a seeded workload

    def leaf() -> str:
        return f"advertiser.{chance.choice('abc')} {chance.choice(('<', '>=', '=='))} {chance.randrange(6)}"

    def some(sign: str, size: int) -> str:
        return f"({sign.join(leaf() for _ in range(size))})"

    whens = []
    for _ in range(60):
        groups = [some(" || ", 2) for _ in range(chance.randint(1, 10))]
        groups += [f"!({some(' && ', 2)} || !{some(' || ', 3)})" for _ in range(chance.randint(0, 3))]
        whens.append(chance.choice((" && ", " || ")).join(groups))
    for values in itertools.product(range(0, 6, 2), repeat=3):
        assert spec_agrees(question_of(whens, facts, dict(zip("abc", values, strict=True))))


def test_outcomes_of_an_engine_and_of_a_single_question_are_one() -> None:
    question = read(seeded_case("one").line())
    alone = by_point(
        question.package,
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.territory,
    )
    assert alone == asked(question)
