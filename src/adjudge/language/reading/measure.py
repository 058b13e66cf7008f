"""What a rule would have done, from its node: exactly one kind, with that kind's own fields. LANGUAGE.md 5.3, 9."""

from collections.abc import Mapping
from types import MappingProxyType

from adjudge.basis.problem import quoted
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Fields, Shape, key_named, nearest
from adjudge.basis.said import say, verbatim
from adjudge.language.package import Measure, MeasureKind, Territory
from adjudge.language.reading.territory import read_territory

LONGEST_SUSPENSION = 3650
GREATEST_AGE = 150
_ONE_KIND = say("write one kind of measure, such as {example}", example="`measure: {exclude: {}}`")


def read_measure(shape: Shape, node: Node | None, territory: Territory) -> Measure | None:
    """A measure; its territory is the rule's where it names none. None where absent or with problems."""
    fields = shape.mapping(node, key_named("measure"), _ONE_KIND)
    if fields is None:
        return None
    kinds = [kind.value for kind in MeasureKind]
    for key, scalar in fields.node.keys.items():
        if key not in kinds:
            message = say("there is no measure {name}", name=quoted(key))
            shape.problem("unknown-key", message, scalar, nearest(key, kinds))
    found = [key for key in fields.node.items if key in kinds]
    if len(found) != 1:
        shape.problem("wrong-shape", say("a rule has exactly one kind of measure"), node, _ONE_KIND)
        return None
    kind = MeasureKind(found[0])
    code = f"`{kind.value}: {{}}`"
    hint = say("write its details below it, or {code} where there are none", code=code)
    inner = shape.mapping(fields.node.items[kind.value], verbatim(quoted(kind.value)), hint)
    if inner is None:
        return None
    details = _details(shape, inner, kind)
    surfaces = _surfaces(shape, inner.optional("surfaces"))
    own = inner.optional("territory")
    inner.done()
    return Measure(kind=kind, details=details, surfaces=surfaces, territory=_territory(shape, own, territory))


def _territory(shape: Shape, node: Node | None, territory: Territory) -> Territory:
    found = territory if node is None else read_territory(shape, node)
    return None if found is False else found


def _surfaces(shape: Shape, node: Node | None) -> frozenset[str] | None:
    if node is None:
        return None
    read = [shape.identifier(item, say("a surface")) for item in shape.sequence(node, key_named("surfaces"))]
    if not read:
        shape.problem("bad-value", say("`surfaces` names none"), node, say("leave it out for all surfaces"))
    return frozenset(item for item in read if item)


def _details(shape: Shape, fields: Fields, kind: MeasureKind) -> Mapping[str, str | int | Mapping[str, str]]:
    match kind:
        case MeasureKind.LABEL:
            return {"text": shape.texts(fields.required("text"), say("the label's text"))}
        case MeasureKind.REQUIRE:
            return _requirement(shape, fields)
        case MeasureKind.LIMIT:
            return _limit(shape, fields)
        case MeasureKind.SUSPEND:
            days = shape.integer(fields.required("days"), key_named("days"), 1, LONGEST_SUSPENSION)
            return {} if days is None else {"days": days}
        case MeasureKind.NOTIFY | MeasureKind.EXCLUDE:
            return MappingProxyType({})


def _requirement(shape: Shape, fields: Fields) -> Mapping[str, str]:
    found = {
        key: text
        for key in ("certificate", "verification")
        if (text := shape.identifier(fields.optional(key), key_named(key))) is not None
    }
    if len(found) != 1:
        message = say("`require` asks for a `certificate` or a `verification`")
        shape.problem("missing-key", message, fields.node, say("name one of them"))
    return found


def _limit(shape: Shape, fields: Fields) -> Mapping[str, str | int]:
    found: dict[str, str | int] = {}
    age = shape.integer(fields.optional("min_age"), key_named("min_age"), 0, GREATEST_AGE)
    hours = shape.text(fields.optional("hours"), key_named("hours"))
    if age is not None:
        found["min_age"] = age
    if hours is not None:
        found["hours"] = hours
    return found
