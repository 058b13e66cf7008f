"""A vocabulary from its nodes, or problems.

Whether the facts are fit for policies (an observable definition, say) is lint, in `adjudge.language.checks`.
"""

import re
from collections.abc import Mapping as MappingOf
from types import MappingProxyType

from adjudge.basis.ids import FactName
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node, Scalar
from adjudge.basis.reading.shape import Fields, Shape, key_named, nearest
from adjudge.basis.said import say
from adjudge.basis.weight import WEIGHTS_HINT
from adjudge.facts.type import CodeType, RecordType, Simple, Type
from adjudge.facts.vocabulary import Changer, Fact, Kind, Proof, Taxonomy, Vocabulary

_CODE_TYPE = re.compile(r"code<([^<>]*)>")
MOST_EFFORT = 1_000_000
GREATEST_VERSION = 1_000_000_000


def read_vocabulary(node: Node | None, log: ProblemLog) -> Vocabulary | None:
    """Read a vocabulary; None where it is not even a mapping. What is wrong inside is left out and logged."""
    shape = Shape(log)
    fields = shape.mapping(node, say("a vocabulary"))
    if fields is None:
        return None
    name = shape.identifier(fields.required("vocabulary"), say("the vocabulary's name"))
    version = shape.integer(fields.required("version"), say("the version"), 1, GREATEST_VERSION)
    taxonomies = _read_taxonomies(shape, fields.optional("taxonomies"))
    facts = _read_facts(shape, fields.required("facts"), taxonomies)
    fields.done()
    return Vocabulary(
        name=name or "",
        version=version or 1,
        taxonomies=MappingProxyType(taxonomies),
        facts=MappingProxyType(facts),
    )


def _read_taxonomies(shape: Shape, node: Node | None) -> dict[str, Taxonomy]:
    fields = shape.mapping(node, key_named("taxonomies"))
    found: dict[str, Taxonomy] = {}
    for name, tree in (fields.node.items if fields else {}).items():
        if fields and shape.name(fields.node.keys[name], say("a taxonomy")):
            found[name] = Taxonomy(name, MappingProxyType(_read_tree(shape, name, tree)))
    return found


def _read_tree(shape: Shape, name: str, tree: Node) -> dict[str, str | None]:
    """Every code with its parent; an explicit stack, since input controls depth."""
    parents: dict[str, str | None] = {}
    stack: list[tuple[Node, str | None]] = [(tree, None)]
    while stack:
        node, parent = stack.pop()
        if isinstance(node, Scalar) and node.kind == "null":
            continue
        fields = shape.mapping(node, say("the taxonomy {name}", name=quoted(name)))
        for code, below in (fields.node.items if fields else {}).items():
            if fields is None:
                continue
            key = fields.node.keys[code]
            node_name = shape.identifier(
                Scalar(code, plain=False, span=key.span, path=key.path), say("a code")
            )
            if node_name in parents:
                message = say(
                    "the code {code} stands twice in {taxonomy}", code=quoted(code), taxonomy=quoted(name)
                )
                hint = say("rename one of them: names are unique in a tree")
                shape.problem("duplicate-id", message, key, hint)
            elif node_name is not None:
                parents[node_name] = parent
                stack.append((below, node_name))
    return parents


def _read_facts(shape: Shape, node: Node | None, taxonomies: dict[str, Taxonomy]) -> dict[FactName, Fact]:
    fields = shape.mapping(node, key_named("facts"))
    found: dict[FactName, Fact] = {}
    if fields is None:
        return found
    for kind in Kind:
        group = shape.mapping(
            fields.optional(kind.value), say("the facts of {kind}", kind=quoted(kind.value))
        )
        for name, item in (group.node.items if group else {}).items():
            if group is None or not shape.name(group.node.keys[name], say("a fact")):
                continue
            fact = _read_fact(shape, kind, group.node.keys[name], item, taxonomies)
            if fact:
                found[fact.full_name] = fact
    fields.done()
    return found


def _read_fact(
    shape: Shape, kind: Kind, key: Scalar, node: Node, taxonomies: dict[str, Taxonomy]
) -> Fact | None:
    name = key.text
    fields = shape.mapping(node, say("the fact {fact}", fact=quoted(name)))
    if fields is None:
        return None
    type_ = _read_type(shape, fields.required("type"), taxonomies)
    fact = None
    if type_ is not None:
        fact = Fact(kind=kind, name=name, type=type_, span=key.span, **_read_traits(shape, fields))  # type: ignore[arg-type]  # each trait has the type of its key
    else:
        _read_traits(shape, fields)
    fields.done()
    return fact


def _read_traits(shape: Shape, fields: Fields) -> dict[str, object]:
    changer = fields.optional("changeable_by")
    effort = fields.optional("effort")
    return {
        "many": shape.truth(fields.optional("many"), key_named("many")),
        "complete": shape.truth(fields.optional("complete"), key_named("complete")),
        "protected": shape.truth(fields.optional("protected"), key_named("protected")),
        "changeable_by": shape.word(changer, key_named("changeable_by"), Changer) or Changer.THIRD_PARTY,
        "effort": shape.integer(effort, key_named("effort"), 1, MOST_EFFORT) or 1,
        "proof": _read_proof(shape, fields.optional("proof")),
        "definition": MappingProxyType(shape.texts(fields.optional("definition"), say("the definition"))),
    }


def _read_proof(shape: Shape, node: Node | None) -> tuple[Proof, ...]:
    found = []
    for item in shape.sequence(node, key_named("proof")):
        fields = shape.mapping(item, say("a kind of proof"))
        if fields is None:
            continue
        document = shape.identifier(fields.required("document"), say("the kind of document"))
        weight = shape.integer(fields.required("weight"), key_named("weight"), 1, 5, WEIGHTS_HINT)
        fields.done()
        if document and weight:
            found.append(Proof(document, weight))
    return tuple(found)


def _read_type(shape: Shape, node: Node | None, taxonomies: MappingOf[str, Taxonomy]) -> Type | None:
    if node is None:
        return None
    if isinstance(node, Mapping):
        return _read_record_type(shape, node, taxonomies)
    text = shape.text(node, say("a type"))
    if text is None:
        return None
    code = _CODE_TYPE.fullmatch(text)
    if code:
        return _code_type(shape, node, code.group(1), taxonomies)
    if text in {word.value for word in Simple}:
        return Simple(text)
    hint = nearest(text, [*(word.value for word in Simple), "code<…>", "record"])
    shape.problem("bad-word", say("{word} is not a type", word=quoted(text)), node, hint)
    return None


def _code_type(shape: Shape, node: Node, name: str, taxonomies: MappingOf[str, Taxonomy]) -> CodeType | None:
    if name in taxonomies:
        return CodeType(name)
    hint = did_you_mean(name, list(taxonomies)) or say("declare it under `taxonomies:`")
    shape.problem("unknown-name", say("there is no taxonomy {name}", name=quoted(name)), node, hint)
    return None


def _read_record_type(shape: Shape, node: Mapping, taxonomies: MappingOf[str, Taxonomy]) -> RecordType | None:
    """Recursion is bounded by the depth that reading allows."""
    fields = shape.mapping(node, say("a type"))
    if fields is None:
        return None
    inner = shape.mapping(fields.required("record"), say("a record's fields"))
    fields.done()
    if inner is None:
        return None
    found: list[tuple[str, Type]] = []
    for name, item in inner.node.items.items():
        if shape.name(inner.node.keys[name], say("a field")):
            kind = _read_type(shape, item, taxonomies)
            if kind is not None:
                found.append((name, kind))
    if not inner.node.items:
        hint = say("name at least one field with its type")
        shape.problem("wrong-shape", say("a record must have a field"), node, hint)
    return RecordType(tuple(found)) if found and len(found) == len(inner.node.items) else None
