"""The exchange form: JSON lines with which anyone can test an engine. LANGUAGE.md 8.

Not a face: `adjudge.cli.conform` reads and writes the lines.
"""

from collections.abc import Callable
from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.basis.problem import Problem, ProblemLog, Severity
from adjudge.basis.reading.json_text import node_of, read_json
from adjudge.basis.reading.node import Mapping, Node
from adjudge.basis.reading.shape import Fields, Shape, key_named
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.engines.evaluator import Evaluator
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.claim_reader import ClaimReader, check_kinds, read_subjects
from adjudge.facts.codes import COUNTRIES
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.outcome import exchange_form

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes, or characters, of one line."""
JsonTree = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of the exchange form, read."""

    package: Package
    claims: tuple[Claim, ...]
    subjects: tuple[Subject, ...]
    valid_at: Instant
    known_at: Instant
    territory: str | None


def answer_line(line: str, evaluate: Evaluator) -> JsonTree:
    """Outcomes, or the problems of the line; never a crash. LANGUAGE.md 8."""
    log = ProblemLog()
    question = read_question(line, log)
    if question is None or log.refuses:
        return {"problems": [problem_form(problem) for problem in log.problems]}
    outcomes = evaluate(
        question.package,
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.territory,
    )
    return {"outcomes": [exchange_form(outcome) for outcome in outcomes]}


def problem_form(problem: Problem, spoken: Callable[[str], str] = str) -> JsonTree:
    """A problem as JSON: where it has a text, the place in it, counted from 1.

    `spoken` says its sentences in another language than English, which the exchange form speaks.
    """
    form: JsonTree = {
        "code": problem.code,
        "message": spoken(problem.message),
        "line": problem.line,
        "column": problem.column,
        "file": spoken(problem.file),
    }
    if problem.hint:
        form["hint"] = spoken(problem.hint)
    if problem.severity is Severity.WARNING:
        form["severity"] = problem.severity.value
    return form


def read_question(line: str, log: ProblemLog) -> Question | None:
    """Read one line; None, with problems in the log, where it is malformed."""
    if len(line) > LONGEST_LINE:
        hint = say("split the question, or leave out claims that it does not need")
        message = say("a line has at most {count} bytes", count=LONGEST_LINE)
        log.add("file-too-large", message, where=say("line"), hint=hint)
        return None
    tree = read_json(line, log, say("line"))
    if tree is None:
        return None
    shape = Shape(log)
    fields = shape.mapping(node_of(tree[0], ""), say("a line"))
    return None if fields is None else _question(shape, fields, log)


def _question(shape: Shape, fields: Fields, log: ProblemLog) -> Question | None:
    vocabulary_node = _embedded(shape, fields, "vocabulary")
    package_node = _embedded(shape, fields, "package")
    vocabulary = read_vocabulary(vocabulary_node, log)
    package = read_package(package_node, vocabulary, log) if vocabulary else None
    claims_node, subjects_node = fields.required("claims"), fields.required("subjects")
    valid_at = shape.instant(fields.required("valid_at"), key_named("valid_at"))
    known_at = shape.instant(fields.required("known_at"), key_named("known_at"))
    territory = _territory(shape, fields.optional("territory"))
    fields.done()
    subjects = read_subjects(shape.sequence(subjects_node, key_named("subjects")), log)
    claims = _claims(shape, claims_node, vocabulary, log)
    check_kinds(subjects, claims, log)
    if package is None or valid_at is None or known_at is None or log.refuses:
        return None
    return Question(
        package=package,
        claims=tuple(claims),
        subjects=tuple(subjects),
        valid_at=valid_at,
        known_at=known_at,
        territory=territory,
    )


def _claims(shape: Shape, node: Node | None, vocabulary: Vocabulary | None, log: ProblemLog) -> list[Claim]:
    items = shape.sequence(node, key_named("claims"))
    return ClaimReader(vocabulary, log).read_all(items) if vocabulary else []


def _embedded(shape: Shape, fields: Fields, key: str) -> Node | None:
    """A YAML text inside the JSON line, as nodes."""
    node = fields.required(key)
    if isinstance(node, Mapping):
        return node
    text = shape.text(node, key_named(key)) if node is not None else None
    return read_yaml(Source(key, text), shape.log) if text is not None else None


def _territory(shape: Shape, node: Node | None) -> str | None:
    text = shape.text(node, key_named("territory"))
    if text is not None and text not in COUNTRIES:
        message = say("the territory is not a country")
        shape.problem("unknown-code", message, node, say("write an ISO 3166-1 code such as `FR`"))
    return text
