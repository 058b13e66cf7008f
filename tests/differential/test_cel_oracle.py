"""Google's CEL (cel-cpp) as a second oracle: plain expressions, and conditions where nothing is in doubt.

LANGUAGE.md 3.9: with every weight 5, one asserted value for every single-valued fact and every many-valued fact closed,
the language is CEL. That is the second half of this file.
"""

import datetime as dt
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pytest
from cel_expr_python import cel

from adjudge.app.plain_cel import answer_expression
from adjudge.basis.ids import SubjectId
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import CERTAIN, IMPOSSIBLE, Pair
from adjudge.facts.settle import settle
from adjudge.language.core import Atom, Condition
from adjudge.spec.concrete import Surroundings
from adjudge.spec.evaluate import Situation, pair_of
from tests.differential.cel_expressions import KINDS, UNARY, Grammar, Text
from tests.generators.claims import AD, ADVERTISER, Claim
from tests.generators.plan import FactPlan, Json, World
from tests.generators.reading import read_claims, read_condition, read_world
from tests.laws.asking import moment

PARTS = range(4)
"""The cases are dealt to four tests, so that two processes share them."""

_TYPES = {
    "int": cel.Type.INT,
    "string": cel.Type.STRING,
    "bool": cel.Type.BOOL,
    "decimal": cel.Type.DOUBLE,
    "timestamp": cel.Type.TIMESTAMP,
    "duration": cel.Type.DURATION,
}
_RECORD = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)


class ErrsError(Exception):
    """An expression has no value."""


def by_cel(env: cel.Env, text: str, data: Mapping[str, object]) -> object:
    """The value of an expression by cel-cpp. One that its checker refuses is a bug of the generator."""
    found = env.compile(text).eval(data=data)
    if found.type() == cel.Type.ERROR:
        raise ErrsError(str(found.value()))
    return found.plain_value()


# --- plain expressions ---

_PLAIN = {
    "int": ("i", "j"),
    "string": ("s", "t"),
    "bool": ("p", "q"),
    "decimal": ("d", "a.b"),
}
_LISTS = {"int": ("xs",), "string": ("a.texts",), "decimal": ("ds",)}
_FIELDS = {"there": "int", "text": "string", "gone": "int"}
_POOLS: Mapping[str, tuple[object, ...]] = {
    "int": (0, 1, 2, 3, 5, -1, -2, -7, 7, 18, -25, 2**63 - 1, -(2**63)),
    "string": ("", "a", "ab", "abc", "é", "e\u0301", "日本🍺", "a\nb"),
    "bool": (True, False),
    "decimal": (0.5, 1.25, 2.0, -3.75, 0.0),
}


@cache
def plain_environment() -> cel.Env:
    variables = {name: _TYPES[kind] for kind, names in _PLAIN.items() for name in names}
    variables |= {name: cel.Type.List(_TYPES[kind]) for kind, names in _LISTS.items() for name in names}
    return cel.NewEnv(variables={**variables, "m": _RECORD})


def plain_case(seed: str) -> tuple[str, str, dict[str, object]]:
    """A kind, an expression of that kind, and bindings."""
    chance = random.Random(seed)  # noqa: S311 - reproducible cases, not secrets
    data: dict[str, object] = {
        name: chance.choice(_POOLS[kind]) for kind, names in _PLAIN.items() for name in names
    }
    for kind, names in _LISTS.items():
        for name in names:
            data[name] = [chance.choice(_POOLS[kind]) for _ in range(chance.randrange(4))]
    data["m"] = {"there": chance.choice(_POOLS["int"]), "text": chance.choice(_POOLS["string"])}
    # A field may be missing: selecting it errs, and `has` says so.
    names_of = {
        **_PLAIN,
        "int": (*_PLAIN["int"], "m.there", "m.gone"),
        "string": (*_PLAIN["string"], "m.text"),
    }
    grammar = Grammar(chance, names_of, lists=_LISTS, maps={"m": _FIELDS})
    kind = chance.choice(("bool", "bool", "bool", "int", "int", *KINDS))
    return kind, grammar.value(kind, 2 + chance.randrange(3)).text, data


def by_us(text: str, data: Mapping[str, object]) -> object:
    """The value by the line protocol of `adjudge expr`."""
    line = answer_expression(json.dumps({"expr": text, "bindings": data}))
    answer = json.loads(line, parse_float=Decimal)
    if "error" in answer:
        raise ErrsError(answer["error"])
    return answer["value"]


def differ(seed: str) -> tuple[str | None, bool]:
    """How the two differ on a case, if they do; and whether the case errs."""
    kind, text, data = plain_case(seed)
    ours, theirs = (
        _outcome(lambda: by_us(text, data)),
        _outcome(lambda: by_cel(plain_environment(), text, data)),
    )
    errs = isinstance(theirs, ErrsError)
    if isinstance(ours, ErrsError) and errs:
        return None, True
    if kind in {"timestamp", "duration"} and isinstance(ours, str) and not errs:
        # Python's times have no nanoseconds, so that CEL itself is asked whether it is the same.
        same = by_cel(plain_environment(), f"({text}) == {kind}('{ours}')", data) is True
    else:
        is_kind = isinstance(ours, Decimal) if kind == "decimal" else type(ours) is type(theirs)
        same = is_kind and ours == theirs
    return (None if same else f"{seed}: {text}\n  with {data}\n  here {ours!r}, in CEL {theirs!r}"), errs


def _outcome(evaluate: Callable[[], object]) -> object:
    try:
        return evaluate()
    except ErrsError as error:
        return error


def compare_plain(numbers: Iterable[int]) -> tuple[list[str], int, int]:
    """The differences, how many cases have a value, and how many err."""
    differences, values, errors = [], 0, 0
    for number in numbers:
        difference, errs = differ(f"plain {number}")
        if difference:
            differences.append(difference)
        values, errors = values + (not errs), errors + errs
    return differences, values, errors


@pytest.mark.parametrize("part", PARTS)
def test_a_plain_expression_has_the_value_that_cel_gives_or_errs_with_it(part: int) -> None:
    differences, values, errors = compare_plain(range(part, 2_000, len(PARTS)))
    assert differences == []
    assert min(values, errors) > 25


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_fifty_thousand_plain_expressions_have_the_values_that_cel_gives(part: int) -> None:
    differences, _, _ = compare_plain(range(2_000 + part, 52_000, len(PARTS)))
    assert differences == []


# --- conditions ---

_SINGLE = tuple(FactPlan(kind, f"one_{type_}", type_) for type_ in KINDS for kind in ("ad", "advertiser"))
_MANY = tuple(FactPlan("ad", f"many_{type_}", type_, many=True) for type_ in KINDS)
_RECORDS = FactPlan("advertiser", "papers", (("kind", "string"), ("level", "int"), ("ok", "bool")), many=True)
WORLD = World((*_SINGLE, *_MANY, _RECORDS))
_VALUES: Mapping[str, tuple[Json, ...]] = {
    "int": (0, 1, 2, 3, -7, 18, 2**63 - 1, -(2**63)),
    "string": ("", "a", "ab", "abc", "é", "日本🍺", "a\nb"),
    "bool": (True, False),
    "decimal": ("0.5", "1.25", "2.0", "-3.75", "0"),
    "timestamp": ("2019-01-01T00:00:00Z", "2019-06-01T00:00:00.000001Z", "9999-12-31T23:59:59Z"),
    "duration": ("0s", "3600s", "-1.5s", "0.000001s"),
}
"""As claims write them. Python's times, in which CEL is given them, stop at microseconds."""


@dataclass(frozen=True)
class Certain:
    """A condition, and a world in which nothing is in doubt: claims of weight 5, and CEL's variables."""

    text: str
    claims: tuple[Claim, ...]
    data: dict[str, object]


def condition_case(seed: str) -> Certain:
    """A case of a seed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible cases, not secrets
    values: dict[str, list[Json]] = {}
    for fact in _SINGLE:
        values[fact.full] = [chance.choice(_VALUES[str(fact.type)])]
    for fact in _MANY:
        pool = _VALUES[str(fact.type)]
        values[fact.full] = chance.sample(pool, chance.randrange(min(4, len(pool) + 1)))
    values[_RECORDS.full] = _papers(chance)
    claims = [
        claim(fact, {"value": value}, f"{fact.full}-{number}")
        for fact in WORLD.facts
        for number, value in enumerate(values[fact.full])
    ]
    claims += [claim(fact, {"none": True}, f"{fact.full}-none") for fact in WORLD.facts if fact.many]
    data: dict[str, object] = {}
    for fact in WORLD.facts:
        known = [for_cel(fact.type, value) for value in values[fact.full]]
        data[fact.full] = known if fact.many else known[0]
    return Certain(graded(grammar_of(chance), chance, 3).text, tuple(claims), data)


def _papers(chance: random.Random) -> list[Json]:
    made: dict[str, Json] = {}
    for _ in range(chance.randrange(4)):
        paper: dict[str, Json] = {
            "kind": chance.choice(_VALUES["string"]),
            "level": chance.choice(_VALUES["int"]),
            "ok": chance.choice(_VALUES["bool"]),
        }
        made[json.dumps(paper)] = paper
    return list(made.values())


def claim(fact: FactPlan, content: dict[str, Json], claim_id: str) -> Claim:
    """A claim of weight 5."""
    return {
        "id": claim_id,
        "subject": AD if fact.kind == "ad" else ADVERTISER,
        "fact": fact.full,
        "stance": "asserts",
        "weight": 5,
        "origin": "court",
        "recorded_at": "2019-01-01",
        **content,
    }


def for_cel(type_: object, value: Json) -> object:
    """A claimed value as cel-cpp takes it."""
    match type_:
        case "decimal":
            return float(str(value))
        case "timestamp":
            return dt.datetime.fromisoformat(str(value))
        case "duration":
            return dt.timedelta(seconds=float(str(value).removesuffix("s")))
        case _:
            return value


@cache
def condition_environment() -> cel.Env:
    variables = {}
    for fact in WORLD.facts:
        type_ = _TYPES[fact.type] if isinstance(fact.type, str) else _RECORD
        variables[fact.full] = cel.Type.List(type_) if fact.many else type_
    return cel.NewEnv(variables=variables)


def grammar_of(chance: random.Random) -> Grammar:
    """What an atom may name: the facts with one value."""
    names: dict[str, list[str]] = {}
    for fact in _SINGLE:
        names.setdefault(str(fact.type), []).append(fact.full)
    return Grammar(chance, names, may_quantify=False)


def graded(grammar: Grammar, chance: random.Random, depth: int) -> Text:
    """A condition: `&&`, `||` and `!` between atoms, quantifiers, `in` and `has`."""
    roll = chance.randrange(10)
    if depth > 0 and roll < 4:
        return grammar.joined([graded(grammar, chance, depth - 1) for _ in range(chance.choice((2, 2, 3)))])
    if depth > 0 and roll == 4:
        return Text("!" + graded(grammar, chance, depth - 1).within(UNARY), UNARY)
    if roll == 5:
        return Text(f"has({chance.choice(_SINGLE).full})")
    if roll == 6:
        fact = chance.choice(_MANY)
        value = Grammar(chance, {}, may_quantify=False).value(str(fact.type), 1)
        return Text(f"({value.text}) in {fact.full}", 3)
    if roll > 6:
        return quantified(grammar, chance)
    return grammar.truth(1 + chance.randrange(2))


def quantified(grammar: Grammar, chance: random.Random) -> Text:
    """`exists` or `all` over a many-valued fact; the body may bring in facts with one value."""
    macro = chance.choice(("exists", "all"))
    within = grammar if chance.random() < 0.5 else Grammar(chance, {}, may_quantify=False)
    if chance.random() < 0.3 and not isinstance(_RECORDS.type, str):
        body = within.with_fields("c", dict(_RECORDS.type)).truth(2)
        return Text(f"{_RECORDS.full}.{macro}(c, {body.text})")
    fact = chance.choice(_MANY)
    body = within.with_variable("e", str(fact.type)).truth(2)
    return Text(f"{fact.full}.{macro}(e, {body.text})")


def weighed(case: Certain) -> tuple[Condition, Pair, list[str]]:
    """A condition, its pair by the spec, and the errors that were reported on the way."""
    log = ProblemLog()
    condition = read_condition(WORLD, case.text, "ad", log)
    assert condition is not None, (case.text, [problem.message for problem in log.problems])
    errors: list[str] = []
    situation = Situation(
        settle(read_claims(WORLD, case.claims)),
        Surroundings(moment("2020-01-01"), {}, {}, read_world(WORLD)),
        SubjectId(AD),
        SubjectId(ADVERTISER),
        lambda _place, reason: errors.append(reason),
    )
    return condition, pair_of(condition, situation), errors


def compare_conditions(numbers: Iterable[int]) -> dict[str, int]:
    """How many conditions are true, false, and not compared since an atom errs."""
    counts = {"true": 0, "false": 0, "err": 0}
    for number in numbers:
        case = condition_case(f"condition {number}")
        condition, pair, errors = weighed(case)
        # CEL asks `has` of the field of a map; each fact with one value is there.
        asked = re.sub(r"has\([\w.]+\)", "true", case.text)
        theirs = _outcome(lambda: by_cel(condition_environment(), asked, case.data))  # noqa: B023 - called in its turn
        if errors:
            # An atom alone errs exactly where CEL does; between atoms 3.7 says more than CEL.
            assert isinstance(theirs, ErrsError) or not isinstance(condition, Atom), (
                number,
                theirs,
                case.text,
            )
            counts["err"] += 1
            continue
        assert isinstance(theirs, bool), (number, theirs, case.text, case.data)
        assert pair == (CERTAIN if theirs else IMPOSSIBLE), (number, case.text, case.data)
        counts["true" if theirs else "false"] += 1
    return counts


@pytest.mark.parametrize("part", PARTS)
def test_with_nothing_but_certainty_a_condition_is_what_cel_says(part: int) -> None:
    counts = compare_conditions(range(part, 1_000, len(PARTS)))
    assert min(counts["true"], counts["false"]) > 25


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_with_nothing_but_certainty_twenty_thousand_conditions_are_what_cel_says(part: int) -> None:
    compare_conditions(range(1_000 + part, 21_000, len(PARTS)))
