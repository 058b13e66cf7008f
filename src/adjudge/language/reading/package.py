"""A package from its nodes: rules, dated lists and parameters, or problems; never raises on bad text.

What is refused here is what cannot be evaluated (LANGUAGE.md 8): names, types, shapes, circles. What can be evaluated
but should not be sealed is lint, in `adjudge.language.checks`.
"""

from types import MappingProxyType

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, key_named, unique
from adjudge.basis.said import say
from adjudge.facts.type import ListType, Type
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.language.checks.overrides import check_overrides
from adjudge.language.package import LANGUAGE_VERSION, Package, Rule
from adjudge.language.reading.dated import read_lists, read_params
from adjudge.language.reading.rule import RuleReader

EPOCH = Instant(0)


def read_package(node: Node | None, vocabulary: Vocabulary, log: ProblemLog) -> Package | None:
    """Read a package against its vocabulary; None where there is a problem."""
    shape = Shape(log)
    fields = shape.mapping(node, say("a package"))
    if fields is None:
        return None
    before = len(log.problems) + log.left_out
    package = _read(shape, fields, vocabulary)
    return package if len(log.problems) + log.left_out == before else None


def _read(shape: Shape, fields: Fields, vocabulary: Vocabulary) -> Package:
    identifier = shape.identifier(fields.required("package"), say("the package's name"))
    version = _version(shape, fields.required("version"))
    language = _language(shape, fields.required("language"))
    _check_vocabulary(shape, fields.required("vocabulary"), vocabulary)
    published = shape.instant(fields.required("published_at"), key_named("published_at"))
    lists, list_types = read_lists(shape, fields.optional("lists"))
    params, param_types = read_params(shape, fields.optional("params"))
    rules = _read_rules(shape, fields.required("rules"), vocabulary, (list_types, param_types))
    fields.done()
    return Package(
        id=identifier or "",
        version=version,
        language=language,
        published_at=published or EPOCH,
        vocabulary=vocabulary,
        rules=rules,
        lists=MappingProxyType(lists),
        params=MappingProxyType(params),
    )


def _version(shape: Shape, node: Node | None) -> str:
    """A version is compared as written, so that an unquoted `2019.10` is not 2019.1."""
    if isinstance(node, Scalar):
        return (
            shape.identifier(
                Scalar(node.text, plain=False, span=node.span, path=node.path), say("the version")
            )
            or ""
        )
    return shape.text(node, say("the version")) or ""


def _language(shape: Shape, node: Node | None) -> int:
    version = shape.integer(node, say("the language version"), 1, 1_000_000)
    if version not in {None, LANGUAGE_VERSION}:
        hint = say("this program evaluates language version {version}", version=str(LANGUAGE_VERSION))
        message = say("language version {version} is not known here", version=str(version))
        shape.problem("unsupported-language", message, node, hint)
    return LANGUAGE_VERSION


def _check_vocabulary(shape: Shape, node: Node | None, vocabulary: Vocabulary) -> None:
    name = shape.identifier(node, say("the vocabulary"))
    if name and vocabulary.name and name != vocabulary.name:
        message = say(
            "the package speaks the vocabulary {named}, but was read with {other}",
            named=quoted(name),
            other=quoted(vocabulary.name),
        )
        hint = say("name the vocabulary that lies beside it")
        shape.problem("vocabulary-mismatch", message, node, hint)


def _read_rules(
    shape: Shape,
    node: Node | None,
    vocabulary: Vocabulary,
    types: tuple[dict[str, ListType], dict[str, Type]],
) -> tuple[Rule, ...]:
    reader = RuleReader(shape, vocabulary, *types)
    read: list[tuple[str, Node, Rule | None]] = []
    ids: dict[RuleId, Kind] = {}
    for item in shape.sequence(node, key_named("rules")):
        rule, rule_id, kind = reader.read(item)
        if rule_id:
            read.append((rule_id, item, rule))
            if kind:
                ids.setdefault(rule_id, kind)
    found = unique(shape, read, say("rules"))
    rules = tuple(rule for rule in found.values() if rule is not None)
    check_overrides(shape, rules, ids)
    return rules
