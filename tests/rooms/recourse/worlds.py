"""Small worlds to ask for recourse in: a vocabulary and rules as YAML, claims as short tuples; and the shipped pack."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from adjudge.app.on_files import load_policy
from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import MeasureKind, Package
from adjudge.language.reading.package import read_package
from adjudge.recourse.action import Action, Addition, Proof, Removal, Replacement
from adjudge.recourse.question import Limits, Question
from adjudge.recourse.way import Way

ROOT = Path(__file__).resolve().parents[3]
ADVERTISER = Subject(id=SubjectId("acme"), kind=Kind.ADVERTISER)
AD = Subject(id=SubjectId("ad"), kind=Kind.AD, advertiser=SubjectId("acme"))
HEAD = """
package: made
version: '1'
language: 1
vocabulary: made
published_at: 2020-01-01
"""
RULE = """
  - id: {id}
    subject: advertiser
    kind: prohibition
    ground: {{terms: "1"}}
    territory: worldwide
    when: {when}
    standard: {standard}
"""


def moment(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None
    return found


def vocabulary(text: str) -> Vocabulary:
    log = ProblemLog()
    found = read_vocabulary(
        read_yaml(Source("vocabulary", "vocabulary: made\nversion: 1\n" + text), log), log
    )
    assert found is not None
    assert not log.problems, log.problems
    return found


def package(facts: str, rules: str) -> Package:
    log = ProblemLog()
    found = read_package(read_yaml(Source("package", HEAD + rules), log), vocabulary(facts), log)
    assert found is not None, log.problems
    assert not log.refuses, log.problems
    return found


def rule(
    name: str, when: str, *more: str, standard: str = "corroborated", measure: str = "exclude: {}"
) -> str:
    head = RULE.format(id=name, when=f'"{when}"', standard=standard)
    lines = [f"measure: {{{measure}}}"] if measure else []
    return head + "".join(f"    {line}\n" for line in (*lines, *more))


Said = tuple[str, Plain, int] | tuple[str, Plain, int, str]
"""A fact, a value (None: there is no other), a weight, and `denies` where it is a denial."""


def claims(made: Package, *said: Said) -> tuple[Claim, ...]:
    log = ProblemLog()
    trees: list[Plain] = []
    for number, (fact, value, weight, *stance) in enumerate(said):
        tree: dict[str, Plain] = {
            "id": f"c{number}",
            "subject": "ad" if fact.startswith("ad.") else "acme",
            "fact": fact,
            "stance": stance[0] if stance else "asserts",
            "weight": weight,
            "origin": f"o{number}",
            "recorded_at": "2020-01-01",
        }
        trees.append({**tree, **({"none": True} if value is None else {"value": value})})
    found = ClaimReader(made.vocabulary, log).read_all([node_of(tree, "claim") for tree in trees])
    assert not log.problems, log.problems
    return tuple(found)


def question(
    made: Package,
    *said: Said,
    subject: Subject = ADVERTISER,
    at: str = "2026-07-01",
    territory: str | None = None,
    target: MeasureKind | None = None,
    limits: Limits | None = None,
) -> Question:
    return Question(
        package=made,
        claims=claims(made, *said),
        subject=subject,
        valid_at=moment(at),
        known_at=moment(at),
        territory=territory,
        target=target,
        limits=limits or Limits(),
    )


@cache
def shipped(version: str) -> Package:
    log = ProblemLog()
    policy = load_policy(ROOT / "policies" / "ads-standard", log)
    assert policy is not None, log.problems
    return next(item for item in policy.packages if item.version == version)


def steps(way: Way) -> list[str]:
    """The steps of a way in short."""
    return [short(step.action) for step in way.steps]


def short(action: Action) -> str:
    match action:
        case Replacement():
            return f"{action.fact} := {action.to.value}"
        case Addition():
            return f"{action.fact} + {action.value.value}"
        case Removal():
            return f"{action.fact} - {action.value}"
        case Proof():
            sign = "is" if action.stance.value == "asserts" else "is not"
            return f"{action.fact} {sign} {action.value} @{action.weight}"


def all_steps(ways: Sequence[Way]) -> list[list[str]]:
    return [steps(way) for way in ways]
