"""The workload in the words of each engine: ours as texts that our own readers read, the peers' as expressions."""

import datetime as dt
import json
import random
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from adjudge.app.exchange import read_question
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.claim_reader import ClaimReader
from adjudge.language.package import Package
from benchmarks.workload import Leaf, Request, Rule, Scalar

Json = object
SINGLE, DOUBLE = "'", '"'
AT = "2026-06-01"
EPOCH = dt.date(1970, 1, 1)
TYPES = {"s": "string", "i": "int", "d": "date", "b": "bool", "l": "string"}
UNKNOWN = 0.05
"""The share of values that nobody claims, in the mixed workload."""
BESIDES = (6, 1, 1, 1)
"""How often a value stands alone, beside another value, claimed twice, beside its denial."""
STANDARDS = ("reported", "corroborated", "official")
MEASURES: tuple[Mapping[str, Json], ...] = ({"notify": {}}, {"exclude": {}}, {"limit": {"min_age": 18}})


class Signs(NamedTuple):
    """How a language joins conditions."""

    both: str
    either: str
    opposite: str


def _condition(rule: Rule, leaf: Callable[[Leaf], str], signs: Signs) -> str:
    groups = []
    for group in rule:
        joined = (signs.both if group.negated else signs.either).join(map(leaf, group.leaves))
        groups.append(f"{signs.opposite}({joined})" if group.negated else f"({joined})")
    return signs.both.join(groups)


def _quoted(value: Scalar, mark: str) -> str:
    return f"{mark}{value}{mark}" if isinstance(value, str) else str(value)


def _list(words: Iterable[str], mark: str) -> str:
    return f"[{', '.join(_quoted(word, mark) for word in words)}]"


# --- zen and Cedar ---


def zen_text(rules: Iterable[Rule]) -> str:
    """One expression that gives a list of 50 truth values: the quickest way to ask zen."""
    signs = Signs(" and ", " or ", "not ")
    return f"[{', '.join(_condition(rule, _zen_leaf, signs) for rule in rules)}]"


def _zen_leaf(leaf: Leaf) -> str:
    if leaf.sign == "in":
        return f"{leaf.attribute} in {_list(leaf.many, SINGLE)}"
    if leaf.sign == "contains":
        return f"'{leaf.value}' in {leaf.attribute}"
    if leaf.sign == "startsWith":
        return f"startsWith({leaf.attribute}, '{leaf.value}')"
    if isinstance(leaf.value, bool):
        return leaf.attribute if leaf.value else f"not {leaf.attribute}"
    return f"{leaf.attribute} {leaf.sign} {_quoted(leaf.value, SINGLE)}"


def cedar_text(rules: Iterable[Rule]) -> str:
    """A permit for everybody, which Cedar calls `policy0`, and 50 forbids from `policy1` on."""
    signs = Signs(" && ", " || ", "!")
    forbids = (
        f"forbid(principal, action, resource) when {{ {_condition(rule, _cedar_leaf, signs)} }};\n"
        for rule in rules
    )
    return "permit(principal, action, resource);\n" + "".join(forbids)


def _cedar_leaf(leaf: Leaf) -> str:
    attribute = f"context.{leaf.attribute}"
    if leaf.sign == "in":
        return f"{_list(leaf.many, DOUBLE)}.contains({attribute})"
    if leaf.sign == "contains":
        return f"{attribute}.contains({_quoted(leaf.value, DOUBLE)})"
    if leaf.sign == "startsWith":
        return f'{attribute} like "{leaf.value}*"'
    if isinstance(leaf.value, bool):
        return attribute if leaf.value else f"!{attribute}"
    return f"{attribute} {leaf.sign} {_quoted(leaf.value, DOUBLE)}"


# --- Adjudge ---


def _fact(attribute: str) -> str:
    return f"advertiser.{attribute}"


def _adjudge_leaf(leaf: Leaf) -> str:
    if leaf.sign == "in":
        return f"{_fact(leaf.attribute)} in {_list(leaf.many, SINGLE)}"
    if leaf.sign == "contains":
        return f"'{leaf.value}' in {_fact(leaf.attribute)}"
    if leaf.sign == "startsWith":
        return f"{_fact(leaf.attribute)}.startsWith('{leaf.value}')"
    if isinstance(leaf.value, bool):
        return _fact(leaf.attribute) if leaf.value else f"!{_fact(leaf.attribute)}"
    if leaf.attribute.startswith("d"):
        return f"{_fact(leaf.attribute)} {leaf.sign} date('{_date(int(leaf.value))}')"
    return f"{_fact(leaf.attribute)} {leaf.sign} {_quoted(leaf.value, SINGLE)}"


def _date(days: int) -> str:
    return (EPOCH + dt.timedelta(days=days)).isoformat()


def package_line(rules: Iterable[Rule], attributes: Iterable[str]) -> str:
    """Vocabulary and package as one line of the exchange form. The two lists are complete records."""
    signs = Signs(" && ", " || ", "!")
    facts = {
        name: {"type": TYPES[name[0]], "definition": {"en": f"How {name} is seen."}}
        | ({"many": True, "complete": True} if name[0] == "l" else {})
        for name in attributes
    }
    written = [
        {
            "id": rule_id(number),
            "title": {"en": f"Rule {number}"},
            "subject": "advertiser",
            "kind": "prohibition",
            "ground": {"terms": str(number)},
            "territory": "worldwide",
            "when": _condition(rule, _adjudge_leaf, signs),
            "standard": STANDARDS[number % len(STANDARDS)],
            "measure": MEASURES[number % len(MEASURES)],
        }
        for number, rule in enumerate(rules)
    ]
    vocabulary = {"vocabulary": "workload", "version": 1, "facts": {"advertiser": facts}}
    package = {
        "package": "workload",
        "version": "1",
        "language": 1,
        "vocabulary": "workload",
        "published_at": "2020-01-01",
        "rules": written,
    }
    line = {"vocabulary": json.dumps(vocabulary), "package": json.dumps(package), "claims": []}
    return json.dumps({**line, "subjects": [], "valid_at": AT, "known_at": AT})


def rule_id(number: int) -> str:
    """The id of a rule; sorted as the numbers are."""
    return f"r{number:02d}"


def read_line(line: str) -> Package:
    """The package of a line, by our own readers."""
    log = ProblemLog()
    question = read_question(line, log)
    if question is None or log.refuses:
        raise ValueError([problem.message for problem in log.problems])
    return question.package


def agreed_claims(request: Request, subject: Subject, chance: random.Random) -> list[Mapping[str, Json]]:
    """One claim of weight 4 or 5 per value: what makes a weighed answer the same as a plain true or false."""
    return [
        _claim(number, subject, name, value, weight=chance.choice((4, 5)))
        for number, (name, value) in enumerate(_values(request))
    ]


def mixed_claims(
    request: Request, other: Request, subject: Subject, chance: random.Random
) -> list[Mapping[str, Json]]:
    """Claims of every weight: a third of the facts has a second claim, a denial or another value besides."""
    claims: list[Mapping[str, Json]] = []
    others = dict(_values(other))
    for name, value in _values(request):
        if chance.random() < UNKNOWN:
            continue
        claims.append(_claim(len(claims), subject, name, value, weight=chance.randint(1, 5)))
        besides = chance.choices(("nothing", "other", "same", "denial"), BESIDES)[0]
        if besides != "nothing":
            said = others.get(name, value) if besides == "other" else value
            stance = "denies" if besides == "denial" else "asserts"
            weight = chance.randint(1, 5)
            claims.append(_claim(len(claims), subject, name, said, weight=weight, stance=stance))
    return claims


def _values(request: Request) -> Iterable[tuple[str, Json]]:
    for name, value in request.items():
        if isinstance(value, list):
            yield from ((name, item) for item in value)
        elif name.startswith("d"):
            yield name, _date(int(value))
        else:
            yield name, value


def _claim(
    number: int, subject: Subject, name: str, value: Json, *, weight: int, stance: str = "asserts"
) -> Mapping[str, Json]:
    return {
        "id": f"{subject.id}-{number}",
        "subject": subject.id,
        "fact": _fact(name),
        "stance": stance,
        "weight": weight,
        "origin": f"o{number % 7}",
        "recorded_at": "2026-01-01",
        "value": value,
    }


def read_claims(package: Package, claims: Iterable[Mapping[str, Json]]) -> list[Claim]:
    """Claims by our own reader."""
    log = ProblemLog()
    nodes = [node_of(json.loads(json.dumps(claim)), "") for claim in claims]
    found = ClaimReader(package.vocabulary, log).read_all(nodes)
    if log.refuses:
        raise ValueError([problem.message for problem in log.problems])
    return found
