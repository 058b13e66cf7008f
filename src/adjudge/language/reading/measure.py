"""What a rule would have done, from its node: exactly one kind, with that kind's own fields. LANGUAGE.md 5.3, 9."""

from collections.abc import Mapping
from types import MappingProxyType

from adjudge.basis.problem import quoted
from adjudge.basis.reading.node import Node
from adjudge.basis.reading.shape import Fields, Shape, nearest
from adjudge.language.package import Measure, MeasureKind, Territory
from adjudge.language.reading.territory import read_territory

LONGEST_SUSPENSION = 3650
GREATEST_AGE = 150
_ONE_KIND = "write one kind of measure, such as `measure: {exclude: {}}`"


def read_measure(shape: Shape, node: Node | None, territory: Territory) -> Measure | None:
    """A measure; its territory is the rule's where it names none. None where absent or with problems."""
    fields = shape.mapping(node, "`measure`", _ONE_KIND)
    if fields is None:
        return None
    kinds = [kind.value for kind in MeasureKind]
    for key, scalar in fields.node.keys.items():
        if key not in kinds:
            shape.problem("unknown-key", f"there is no measure {quoted(key)}", scalar, nearest(key, kinds))
    found = [key for key in fields.node.items if key in kinds]
    if len(found) != 1:
        shape.problem("wrong-shape", "a rule has exactly one kind of measure", node, _ONE_KIND)
        return None
    kind = MeasureKind(found[0])
    hint = f"write its details below it, or `{kind.value}: {{}}` where there are none"
    inner = shape.mapping(fields.node.items[kind.value], quoted(kind.value), hint)
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
    read = [shape.identifier(item, "a surface") for item in shape.sequence(node, "`surfaces`")]
    if not read:
        shape.problem("bad-value", "`surfaces` names none", node, "leave it out for all surfaces")
    return frozenset(item for item in read if item)


def _details(shape: Shape, fields: Fields, kind: MeasureKind) -> Mapping[str, str | int | Mapping[str, str]]:
    match kind:
        case MeasureKind.LABEL:
            return {"text": shape.texts(fields.required("text"), "the label's text")}
        case MeasureKind.REQUIRE:
            return _requirement(shape, fields)
        case MeasureKind.LIMIT:
            return _limit(shape, fields)
        case MeasureKind.SUSPEND:
            days = shape.integer(fields.required("days"), "`days`", 1, LONGEST_SUSPENSION)
            return {} if days is None else {"days": days}
        case MeasureKind.NOTIFY | MeasureKind.EXCLUDE:
            return MappingProxyType({})


def _requirement(shape: Shape, fields: Fields) -> Mapping[str, str]:
    found = {
        key: text
        for key in ("certificate", "verification")
        if (text := shape.identifier(fields.optional(key), f"`{key}`")) is not None
    }
    if len(found) != 1:
        message = "`require` asks for a `certificate` or a `verification`"
        shape.problem("missing-key", message, fields.node, "name one of them")
    return found


def _limit(shape: Shape, fields: Fields) -> Mapping[str, str | int]:
    found: dict[str, str | int] = {}
    age = shape.integer(fields.optional("min_age"), "`min_age`", 0, GREATEST_AGE)
    hours = shape.text(fields.optional("hours"), "`hours`")
    if age is not None:
        found["min_age"] = age
    if hours is not None:
        found["hours"] = hours
    return found
