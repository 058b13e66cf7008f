"""Values as people type them into fields: which fields a type has, what they accept, and what is wrong in each.

Not a second reader: what was typed becomes a tree, and the reader of values says what is wrong in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.node import Scalar
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import NOTHING_SAID, Said, say
from adjudge.errors import Finding
from adjudge.facts.codes import CURRENCIES
from adjudge.facts.type import CodeType, RecordType, Simple, Type
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Taxonomy

VALUE = "value"
MOST_OPTIONS = 500
_LONGEST_INT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One field: its name in a form, what it is called within its record, its type, and what it accepts.

    `options` are suggestions for a code, all values there are for a truth value.
    """

    name: str
    label: str
    kind: Simple | CodeType
    accepts: Said
    options: tuple[str, ...] = ()


def leaves(
    kind: Type, taxonomies: Mapping[str, Taxonomy], name: str = VALUE, label: str = ""
) -> Iterator[Leaf]:
    """The fields of a type, in its order."""
    match kind:
        case RecordType():
            for field, inner in kind.fields:
                yield from leaves(
                    inner, taxonomies, f"{name}:{field}", f"{label}.{field}" if label else field
                )
        case CodeType():
            codes = tuple(taxonomies[kind.taxonomy].parents)[:MOST_OPTIONS]
            accepts = say(
                "a code of {taxonomy}, such as {code}", taxonomy=kind.taxonomy, code=_example(codes)
            )
            yield Leaf(name=name, label=label, kind=kind, accepts=accepts, options=codes)
        case Simple.MONEY:
            for part, inner in (("amount", Simple.DECIMAL), ("currency", Simple.STRING)):
                yield Leaf(
                    name=f"{name}:{part}",
                    label=f"{label}.{part}" if label else part,
                    kind=inner,
                    accepts=_CURRENCY if part == "currency" else ACCEPTS[inner],
                )
        case Simple():
            options = ("true", "false") if kind is Simple.BOOL else ()
            yield Leaf(name=name, label=label, kind=kind, accepts=ACCEPTS[kind], options=options)
        case _:
            return


def _example(codes: Sequence[str]) -> str:
    """A code from the end of the tree, where codes are narrow."""
    return codes[-1] if codes else "–"


def plain_of(kind: Type, typed: Mapping[str, str], name: str = VALUE) -> Plain:
    """What was typed, as a tree for the reader."""
    match kind:
        case RecordType():
            return {field: plain_of(inner, typed, f"{name}:{field}") for field, inner in kind.fields}
        case Simple.MONEY:
            return {part: typed.get(f"{name}:{part}", "").strip() for part in ("amount", "currency")}
        case _:
            return _scalar(kind, typed.get(name, "").strip())


def _scalar(kind: Type, text: str) -> Plain:
    if kind is Simple.BOOL and text in {"true", "false"}:
        return text == "true"
    if kind is Simple.INT and _is_whole(text):
        return int(text)
    return text


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_INT


def wrong(kind: Type, typed: Mapping[str, str], taxonomies: Mapping[str, Taxonomy]) -> dict[str, Finding]:
    """By field what is wrong in it."""
    found: dict[str, Finding] = {}
    for leaf in leaves(kind, taxonomies):
        finding = _wrong(leaf, typed.get(leaf.name, "").strip(), taxonomies)
        if finding is not None:
            found[leaf.name] = finding
    return found


def _wrong(leaf: Leaf, text: str, taxonomies: Mapping[str, Taxonomy]) -> Finding | None:
    if not text:
        return Finding("missing-key", say("nothing is written here"), leaf.accepts)
    if leaf.accepts is _CURRENCY:
        return (
            None if text in CURRENCIES else Finding("unknown-code", say("this is not a currency"), _CURRENCY)
        )
    log = ProblemLog()
    node = node_of(_scalar(leaf.kind, text), leaf.name)
    assert isinstance(node, Scalar)  # noqa: S101 - a leaf is one word
    read_value(Shape(log), node, leaf.kind, taxonomies)
    first = log.problems[0] if log.problems else None
    if first is None:
        return None
    # Of a code the nearest is named; the other hints are for files, where texts stand in quotes.
    hint = first.hint if isinstance(leaf.kind, CodeType) else leaf.accepts
    return Finding(first.code, first.message, hint or NOTHING_SAID)


_CURRENCY = say("a currency, as EUR")
ACCEPTS: Mapping[Simple, Said] = {
    Simple.BOOL: say("yes or no"),
    Simple.INT: say("a whole number"),
    Simple.DECIMAL: say("a number such as 12.50"),
    Simple.STRING: say("words, as they are to be compared"),
    Simple.DATE: say("a day such as 2019-08-19"),
    Simple.TIMESTAMP: say("an instant such as 2019-08-19T10:00:00Z"),
    Simple.DURATION: say("a duration such as 720h or 1h30m"),
    Simple.COUNTRY: say("a country code in capitals, as FR"),
    Simple.LANGUAGE: say("a language tag, as fr or zh-Hant"),
    Simple.MONEY: say("an amount and its currency"),
}
"""What a field of a type takes."""
