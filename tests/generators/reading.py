"""A condition alone, read against a world, for tests that need no package."""

import json
from collections.abc import Iterable
from functools import lru_cache

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source, Span
from adjudge.facts import claim
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.type import ListType, Simple
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.core import Condition
from adjudge.language.expression.parser import read_expression
from adjudge.language.expression.syntax import Place
from adjudge.language.lowering.graded import Lowering
from adjudge.language.lowering.inside import Inside
from adjudge.language.lowering.scope import Scope
from tests.generators.claims import Claim
from tests.generators.plan import World, as_yaml, vocabulary_tree


def read_world(plan: World) -> Vocabulary:
    """The vocabulary of a world, by way of its text."""
    return _read_vocabulary(as_yaml(vocabulary_tree(plan)))


@lru_cache(maxsize=8)
def _read_vocabulary(text: str) -> Vocabulary:
    log = ProblemLog()
    found = read_vocabulary(read_yaml(Source("vocabulary", text), log), log)
    assert found is not None
    assert not log.problems
    return found


def read_claims(plan: World, trees: Iterable[Claim]) -> list[claim.Claim]:
    """Claims on a world, by way of their text."""
    log = ProblemLog()
    nodes = [node_of(json.loads(json.dumps(tree)), "") for tree in trees]
    found = ClaimReader(read_world(plan), log).read_all(nodes)
    assert not log.problems, [problem.message for problem in log.problems]
    return found


def read_condition(plan: World, text: str, kind: str, log: ProblemLog) -> Condition | None:
    """A condition over a world, or None with problems in the log."""
    source = Source("condition", text)

    def span_of(place: Place) -> Span:
        return Span(source, place.start, place.end)

    syntax = read_expression(text, log, span_of)
    if syntax is None:
        return None
    scope = Scope(
        read_world(plan),
        Kind(kind),
        {name: ListType(Simple(element)) for name, element in plan.lists.items()},
        {name: Simple(element) for name, element in plan.params.items()},
    )
    return Lowering(Inside(scope, log, span_of)).condition(syntax)
