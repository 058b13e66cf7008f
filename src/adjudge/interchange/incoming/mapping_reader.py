"""A mapping file from its nodes, or problems: `mapping: adjudge-mapping/1`.

Every column of the files has to be named in it, be it to be ignored: nothing is skipped without a word.
"""

from collections.abc import Mapping as Entries

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.node import Mapping, Node, Scalar
from adjudge.basis.reading.plain import plain_of
from adjudge.basis.reading.shape import Fields as Keys
from adjudge.basis.reading.shape import Shape, key_named, nearest
from adjudge.basis.said import say
from adjudge.evidence.case_reader import read_documents
from adjudge.interchange.incoming.day_format import DayFormat, day_format
from adjudge.interchange.incoming.mapping import (
    Brings,
    Column,
    Constant,
    Fields,
    FileFormat,
    Items,
    RowMapping,
    Rule,
)

MAPPING = "adjudge-mapping/1"
FIELDS: Entries[Brings, tuple[str, ...]] = {
    Brings.SUBJECTS: (
        "id", "kind", "advertiser", "title", "names", "hypothetical", "note", "domains", "creative", "landing",
    ),
    Brings.CLAIMS: (
        "id", "subject", "fact", "value", "none", "stance", "weight", "weight_reason", "origin", "document", "place",
        "holds_from", "holds_to", "recorded_at", "withdrawn_at", "note",
    ),
    Brings.SPEND: ("id", "subject", "from", "to", "amount", "currency", "recorded_at"),
}  # fmt: skip
"""The fields of each kind, as in the files of a case."""
NEEDED: Entries[Brings, tuple[str, ...]] = {
    Brings.SUBJECTS: ("id", "kind"),
    Brings.CLAIMS: ("subject", "stance", "weight", "origin", "document"),
    Brings.SPEND: ("id", "subject", "from", "to", "amount", "currency"),
}
"""The fields without which no row says anything. A claim without an id is given one made of all that it says."""
_DEEPEST = 5
_MARKS = ",.' \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def read_mapping(node: Node | None, log: ProblemLog) -> RowMapping | None:
    """A mapping; None with the problems in the log."""
    shape = Shape(log)
    keys = shape.mapping(node, say("a mapping file"))
    if keys is None:
        return None
    shape.one_of(keys.required("mapping"), key_named("mapping"), [MAPPING])
    brings = shape.word(keys.required("kind"), key_named("kind"), Brings)
    found = RowMapping(
        brings=brings or Brings.SUBJECTS,
        file_format=shape.word(keys.optional("format"), key_named("format"), FileFormat),
        delimiter=_delimiter(shape, keys.optional("delimiter")),
        fields=_rules(shape, keys.required("fields"), FIELDS[brings] if brings else None),
        facts=_rules(shape, keys.optional("facts"), None),
        ignore=frozenset(_texts(shape, keys.optional("ignore"))),
        documents=_documents(shape, keys.optional("documents")),
    )
    keys.done()
    if brings is not None:
        _check(shape, found, keys)
    return None if log.refuses else found


def _texts(shape: Shape, node: Node | None) -> list[str]:
    items = (shape.text(item, say("a column")) for item in shape.sequence(node, key_named("ignore")))
    return [item for item in items if item is not None]


def _delimiter(shape: Shape, node: Node | None) -> str:
    text = shape.text(node, key_named("delimiter"))
    if text is not None and not is_delimiter(text):
        hint = say("write one character, such as {example}", example='`";"`')
        message = say("{text} is no delimiter", text=quoted(text))
        shape.problem("bad-value", message, node, hint)
        return ""
    return text or ""


def is_delimiter(text: str) -> bool:
    """Whether a text can part the fields of a row."""
    return len(text) == 1 and text.isascii() and text not in '"\r\n\0' and not text.isalnum()


def _documents(shape: Shape, node: Node | None) -> tuple[dict[str, Plain], ...]:
    """Documents in the words of a documents file, checked as there."""
    if node is None:
        return ()
    whole = Mapping({"documents": node}, {}, node.span, "documents")
    read_documents(whole, shape.log)
    items = (plain_of(item) for item in shape.sequence(node, key_named("documents")))
    return tuple(item for item in items if isinstance(item, dict))


def _rules(shape: Shape, node: Node | None, known: tuple[str, ...] | None) -> dict[str, Rule]:
    """Rules by field. `known` are the fields that there are; None where the vocabulary says so later."""
    keys = shape.mapping(node, key_named("fields") if known is not None else key_named("facts"))
    found: dict[str, Rule] = {}
    for name, item in (keys.node.items if keys else {}).items():
        if known is not None and name not in known and keys is not None:
            message = say("there is no field {field}", field=quoted(name))
            shape.problem("unknown-key", message, keys.node.keys[name], nearest(name, list(known)))
            continue
        rule = _rule(shape, item, 0)
        if rule is not None:
            found[name] = rule
    return found


def _rule(shape: Shape, node: Node, depth: int) -> Rule | None:
    """A column's name, or a mapping with `column`, `constant`, `record` or `list`."""
    if isinstance(node, Scalar):
        name = shape.text(node, say("the name of a column"))
        return Column(name=name) if name is not None else None
    hint = say("write the name of a column, or `column:`, `constant:`, `record:` or `list:` below it")
    keys = shape.mapping(node, say("a field of the mapping"), hint)
    if keys is None:
        return None
    if depth > _DEEPEST:
        shape.problem("too-deep", say("more than {levels} levels of nesting", levels=_DEEPEST), node)
        return None
    given = [key for key in ("column", "constant", "record", "list") if key in keys.node.items]
    if len(given) != 1:
        message = say("a field has exactly one of `column`, `constant`, `record` and `list`")
        shape.problem("wrong-shape", message, node, hint)
        return None
    rule = _of(shape, keys, given[0], depth)
    keys.done()
    return rule


def _of(shape: Shape, keys: Keys, given: str, depth: int) -> Rule | None:
    inner = keys.optional(given)
    if inner is None:
        return None
    match given:
        case "constant":
            return Constant(plain_of(inner))
        case "record":
            entries = shape.mapping(inner, key_named("record"))
            rules = {
                name: _rule(shape, item, depth + 1)
                for name, item in (entries.node.items if entries else {}).items()
            }
            return Fields({name: rule for name, rule in rules.items() if rule is not None})
        case "list":
            items = (_rule(shape, item, depth + 1) for item in shape.sequence(inner, key_named("list")))
            return Items(tuple(item for item in items if item is not None))
        case _:
            return _column(shape, keys, inner)


def _column(shape: Shape, keys: Keys, node: Node) -> Column | None:
    name = shape.text(node, say("the name of a column"))
    words = shape.mapping(keys.optional("words"), key_named("words"))
    empty = keys.optional("empty")
    found = Column(
        name=name or "",
        words={key: plain_of(item) for key, item in words.node.items.items()} if words else None,
        decimal=_mark(shape, keys.optional("decimal"), ",."),
        thousands=_mark(shape, keys.optional("thousands"), _MARKS),
        date=_date(shape, keys.optional("date")),
        prefix=shape.text(keys.optional("prefix"), key_named("prefix")) or "",
        empty=plain_of(empty) if empty is not None else None,
    )
    if found.thousands and found.thousands == (found.decimal or "."):
        message = say("one mark cannot stand before the fraction and between thousands")
        shape.problem("bad-value", message, keys.node, say("correct `decimal` or `thousands`"))
    if sum(map(bool, (found.words is not None, found.decimal or found.thousands, found.date))) > 1:
        message = say("a column is read in one way only: by `words`, as a decimal, or as a date")
        shape.problem("wrong-shape", message, keys.node, say("leave one of them"))
    return found if name is not None else None


def _mark(shape: Shape, node: Node | None, known: str) -> str:
    text = shape.text(node, say("the mark"))
    if text is not None and (len(text) != 1 or text not in known):
        message = say("{text} is no mark within numbers", text=quoted(text))
        shape.problem("bad-word", message, node, say("write {example}", example='`","`'))
        return ""
    return text or ""


def _date(shape: Shape, node: Node | None) -> DayFormat | None:
    text = shape.text(node, key_named("date"))
    found = day_format(text) if text is not None else None
    if text is not None and found is None:
        hint = say("write one such as `DD.MM.YYYY` or `YYYY-MM-DD hh:mm:ss`; times are in UTC")
        shape.problem("bad-value", say("{text} is no format of dates", text=quoted(text)), node, hint)
    return found


def _check(shape: Shape, found: RowMapping, keys: Keys) -> None:
    """What belongs together, and what is needed."""
    fields = keys.node.items.get("fields")
    for name in NEEDED[found.brings]:
        if name not in found.fields:
            message = say("the mapping says nothing of {field}", field=quoted(name))
            hint = say("name the column that holds it, or give a `constant`")
            shape.problem("missing-key", message, fields, hint)
    if found.brings is Brings.CLAIMS:
        _check_facts(shape, found, fields)
    elif found.facts or found.documents:
        message = say("`facts` and `documents` belong to claims")
        shape.problem("unknown-key", message, keys.node, say("remove them"))
    both = sorted(found.columns & found.ignore)
    if both:
        message = say("the column {column} is read and ignored", column=quoted(both[0]))
        shape.problem(
            "bad-value", message, keys.node.items.get("ignore"), say("remove it from one of the two")
        )


def _check_facts(shape: Shape, found: RowMapping, fields: Node | None) -> None:
    told = {"fact", "value", "none"} & set(found.fields)
    if found.facts and (told or "id" in found.fields):
        message = say("with `facts`, the fields `id`, `fact`, `value` and `none` follow from it")
        shape.problem("wrong-shape", message, fields, say("remove them, or `facts`"))
    elif not found.facts and ("fact" not in told or not told & {"value", "none"}):
        message = say("the mapping says nothing of {field}", field="`fact` or `value`")
        hint = say("map both, or write `facts:` with a column for each fact")
        shape.problem("missing-key", message, fields, hint)
