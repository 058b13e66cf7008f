"""What is fed with damaged texts, and what must hold of it whatever it is fed."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from adjudge.answers.trials.junit import junit_text
from adjudge.answers.trials.text import coverage_text, trials_text
from adjudge.app.exchange import answer_line
from adjudge.app.plain_cel import answer_expression
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.node import Mapping, Sequence
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.engines.point.engine import outcomes as by_point
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.expression.parser import parse
from adjudge.language.expression.printer import print_expression
from adjudge.language.expression.tokens import ExpressionError
from adjudge.language.lint import lint
from adjudge.language.reading.package import read_package
from adjudge.spec.resolve import outcomes as by_spec
from adjudge.tongues.tongue import tongue_of
from adjudge.trials.coverage import coverage_of
from adjudge.trials.reader import Versions, read_trials
from adjudge.trials.run import run_files
from tests.generators.cases import seeded_case
from tests.generators.plan import World
from tests.generators.reading import read_condition

CHECKOUT = Path(__file__).resolve().parent.parent.parent
POLICIES = CHECKOUT / "policies" / "ads-standard"
CASE = CHECKOUT / "examples" / "cases" / "kaspersky-2018"

_PYTHON = re.compile(
    r"NoneType|<class|object at 0x|Traceback|\bstr\b|\bdict\b|Decimal\(|Error\(|datetime\.|None\b"
)


def texts(paths: Iterable[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(paths)]


@cache
def vocabulary() -> Vocabulary:
    log = ProblemLog()
    path = POLICIES / "vocabulary.yaml"
    found = read_vocabulary(read_yaml(Source(path.name, path.read_text(encoding="utf-8")), log), log)
    assert found is not None
    assert not log.problems
    return found


@cache
def packages() -> list[str]:
    return texts(path for path in POLICIES.glob("*.yaml") if path.name != "vocabulary.yaml")


@cache
def vocabularies() -> list[str]:
    return texts([POLICIES / "vocabulary.yaml"])


@cache
def claims_files() -> list[str]:
    """The claims of the founding case in pieces, so that there is room for damage in each."""
    lines = texts([CASE / "claims.yaml"])[0].split("\n  - id:")
    head = lines[0][lines[0].index("claims:") :]
    return ["\n  - id:".join([head, *lines[at : at + 12]]) for at in range(1, len(lines), 12)]


@cache
def lines() -> list[str]:
    return [seeded_case(f"fuzz {number}").line() for number in range(40)]


@cache
def expressions() -> list[str]:
    return [str(rule["when"]) for number in range(150) for rule in seeded_case(f"fuzz {number}").rules]


def feed_package(text: str) -> None:
    log = ProblemLog()
    package = read_package(read_yaml(Source("package.yaml", text), log), vocabulary(), log)
    if package is not None:
        lint(package, log)
    check_problems(log.problems)


def feed_vocabulary(text: str) -> None:
    log = ProblemLog()
    read_vocabulary(read_yaml(Source("vocabulary.yaml", text), log), log)
    check_problems(log.problems)


def feed_claims(text: str) -> None:
    log = ProblemLog()
    root = read_yaml(Source("claims.yaml", text), log)
    items = root.items.get("claims") if isinstance(root, Mapping) else root
    if isinstance(items, Sequence):
        ClaimReader(vocabulary(), log, frozenset({"question-as-put"})).read_all(items.items)
    check_problems(log.problems)


def feed_line(text: str) -> None:
    found = answer_line(text, by_spec)
    assert answer_line(text, by_point) == found
    assert set(found) in ({"problems"}, {"outcomes"})
    json.dumps(found).encode()
    problems = found.get("problems", [])
    assert isinstance(problems, list)
    for problem in problems:
        assert isinstance(problem, dict)
        check_message(str(problem["message"]))


def feed_expression(text: str) -> None:
    """As a condition, as plain CEL, and printed and read again."""
    log = ProblemLog()
    read_condition(World(()), text, "ad", log)
    check_problems(log.problems)
    json.loads(answer_expression(json.dumps({"expr": text, "bindings": {"ad": {"f1": 1}}})))
    json.loads(answer_expression(text))
    try:
        tree = parse(text)
    except ExpressionError as error:
        check_message(error.message)
    else:
        assert parse(print_expression(tree)) == tree


@cache
def tested() -> Versions:
    """The policy that ships, in all its versions."""
    log = ProblemLog()
    nodes = [read_yaml(Source("package.yaml", text), log) for text in packages()]
    read = [read_package(node, vocabulary(), log) for node in nodes]
    assert not log.problems
    return Versions(vocabulary(), tuple(package for package in read if package is not None))


@cache
def trial_files() -> list[str]:
    return texts((POLICIES / "tests").glob("*.yaml"))


def feed_tests(text: str) -> None:
    """Read, run and shown: what can be read can also fail, and its failure can be told."""
    log = ProblemLog()
    node = read_yaml(Source("tests.yaml", text), log)
    file = read_trials(node, tested(), log) if node is not None else None
    if file is not None:
        results = run_files([file])
        shown = trials_text(results, [], tongue_of("en"), 100)
        shown += coverage_text(coverage_of(results), tongue_of("en"), 100, whole=True)
        assert not any(unicodedata.category(char) in {"Cc", "Cf"} for char in shown.replace("\n", ""))
        ET.fromstring(junit_text(results, [], tongue_of("en")))  # noqa: S314 - our own text
    check_problems(log.problems)


def check_problems(problems: list[Problem]) -> None:
    """Each can be shown: a place inside its text, an excerpt that harms no terminal, a message in our style."""
    for problem in problems:
        check_message(problem.message)
        if problem.span is not None:
            assert 0 <= problem.span.start <= problem.span.end <= len(problem.span.source.text) + 1
            shown, carets = problem.span.excerpt()
            assert "^" in carets
            assert not any(unicodedata.category(char).startswith(("C", "Zl", "Zp")) for char in shown), shown
            assert len(shown) < 300


def check_message(message: str) -> None:
    """HOUSE.md 9.4: lower case, no final stop, one line, no type of Python."""
    assert message, "an empty message"
    assert not message[0].isupper(), message
    assert not message.endswith("."), message
    assert message.splitlines() == [message], message
    outside = re.sub(r"`[^`]*`", "", message)
    assert not _PYTHON.search(outside), message


TARGETS: dict[str, tuple[Callable[[str], None], Callable[[], list[str]]]] = {
    "packages": (feed_package, packages),
    "vocabularies": (feed_vocabulary, vocabularies),
    "claims": (feed_claims, claims_files),
    "tests": (feed_tests, trial_files),
    "lines": (feed_line, lines),
    "expressions": (feed_expression, expressions),
}
