"""Rows filled into the fields that a mapping names: plain objects in the words of the case files, not checked yet.

A text becomes a number or a truth value only where the field wants one; everything else stays the text that it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.problem import did_you_mean, quoted
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.reading.shape import known_here
from adjudge.basis.said import say
from adjudge.facts.type import RecordType, Simple, Type
from adjudge.facts.value import normal_text
from adjudge.facts.vocabulary import Fact
from adjudge.interchange.incoming.mapping import (
    Brings,
    Column,
    Constant,
    Fields,
    Items,
    RowMapping,
    Rule,
    columns_of,
)
from adjudge.interchange.incoming.mapping_reader import NEEDED
from adjudge.interchange.incoming.row import Flaw, Row
from adjudge.interchange.incoming.spend import canonical_spend
from adjudge.interchange.incoming.text_form import object_text

Object = dict[str, Plain]
Facts = Mapping[str, Fact]
"""The facts of a vocabulary, by name."""
_INTEGER = re.compile(r"[-+]?[0-9]{1,25}", re.ASCII)
_WHOLE: frozenset[str] = frozenset({"weight"})
_TRUTH: frozenset[str] = frozenset({"none", "hypothetical"})
_TEXTS: frozenset[str] = frozenset({"id", "subject", "advertiser", "origin", "document", "place"})
"""Fields in which a number of JSON is a text, such as the number of an account."""
_LISTS: frozenset[str] = frozenset({"domains"})
_BETWEEN = re.compile(r"[\s,;]+")
"""Fields in which a cell may hold several texts, and what stands between them."""
_ID_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a row says: objects, each with the columns of its fields; or the flaws for which it says nothing."""

    number: int
    objects: tuple[Object, ...] = ()
    columns: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    flaws: tuple[Flaw, ...] = ()
    cells: Mapping[str, Plain] = field(default_factory=dict)


def fill(row: Row, mapping: RowMapping, facts: Facts) -> Filled:
    """Fill a row into what the mapping makes of it."""
    if row.flaw is not None:
        return Filled(number=row.number, flaws=(row.flaw,), cells=row.cells)
    flaws = list(_unmapped(row, mapping))
    fields = _filled(mapping.fields, row, flaws)
    pairs: list[tuple[Object, Rule | None]] = [(fields, None)]
    if mapping.facts:
        made = [_of_fact(name, rule, row, fields, flaws) for name, rule in mapping.facts.items()]
        pairs = [(item, mapping.facts[str(item["fact"])]) for item in made if item is not None]
    objects = [_typed(item, mapping.brings, facts) for item, _ in pairs]
    flaws += [flaw for item in objects for flaw in _missing(item, mapping)]
    return Filled(
        number=row.number,
        objects=tuple(_with_id(item, mapping) for item in objects),
        columns=tuple(_places(mapping, value) for _, value in pairs),
        flaws=tuple(dict.fromkeys(flaws)),
        cells=row.cells,
    )


def _unmapped(row: Row, mapping: RowMapping) -> Iterator[Flaw]:
    """Columns of which the mapping says nothing; and, of a row of JSON, none that is absent."""
    for name in row.cells.keys() - mapping.columns - mapping.ignore:
        message = say("the mapping says nothing of the column {column}", column=quoted(name))
        hint = say("map it to a field, or list it under `ignore:`")
        yield Flaw(code="unknown-key", message=message, hint=hint, columns=(name,))


def _filled(rules: Mapping[str, Rule], row: Row, flaws: list[Flaw]) -> Object:
    """Fields with what stands in the row; those that say nothing are absent."""
    found = {name: _value(rule, row, flaws) for name, rule in rules.items()}
    return {name: value for name, value in found.items() if value is not None}


def _of_fact(name: str, rule: Rule, row: Row, fields: Object, flaws: list[Flaw]) -> Object | None:
    value = _value(rule, row, flaws)
    return None if value is None else {**fields, "fact": name, "value": value}


def _value(rule: Rule, row: Row, flaws: list[Flaw]) -> Plain:
    match rule:
        case Column():
            return _cell(rule, row, flaws)
        case Constant():
            return normal_text(rule.value) if isinstance(rule.value, str) else rule.value
        case Fields():
            found = _filled(rule.fields, row, flaws)
            # A record of constants alone says something only if every record does: it has no cell to be empty.
            return found if _says_something(rule, row) else None
        case Items():
            items = [_value(item, row, flaws) for item in rule.items]
            return [item for item in items if item is not None] or None
        case _:
            assert_never(rule)


def _says_something(rule: Rule, row: Row) -> bool:
    columns = list(columns_of(rule))
    return not columns or any(not _is_empty(row.cells.get(name)) for name in columns)


def _is_empty(cell: Plain) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _cell(rule: Column, row: Row, flaws: list[Flaw]) -> Plain:
    cell = row.cells.get(rule.name)
    if _is_empty(cell):
        return rule.empty
    if rule.words is not None:
        return _by_words(rule, cell, rule.words, flaws)
    if isinstance(cell, Decimal):  # a number of JSON, of which every digit is kept
        return str(cell)
    if isinstance(cell, dict | list):
        return _without_decimals(cell)
    if not isinstance(cell, str):
        return f"{rule.prefix}{cell}" if rule.prefix else cell
    text = normal_text(cell)
    if rule.date is not None:
        found = rule.date.read(text)
        if found is None:
            form = quoted(rule.date.written)
            message = say("{text} is not written as {form}", text=quoted(text), form=form)
            flaws.append(
                Flaw(code="bad-value", message=message, hint=say("correct the cell"), columns=(rule.name,))
            )
        return found
    if rule.decimal or rule.thousands:
        return _decimal(rule, text, flaws)
    return rule.prefix + text


def _without_decimals(tree: Plain) -> Plain:
    """What a cell of JSON holds, its numbers with a fraction as texts of the same digits."""
    match tree:
        case dict():
            return {key: _without_decimals(item) for key, item in tree.items()}
        case list():
            return [_without_decimals(item) for item in tree]
        case Decimal():
            return str(tree)
        case _:
            return tree


def _by_words(rule: Column, cell: Plain, words: Mapping[str, Plain], flaws: list[Flaw]) -> Plain:
    text = ("true" if cell else "false") if isinstance(cell, bool) else str(cell)
    if text in words:
        return words[text]
    hint = did_you_mean(text, list(words)) or known_here(list(words))
    message = say("{text} is not among the words of the mapping", text=quoted(text))
    flaws.append(Flaw(code="bad-word", message=message, hint=hint, columns=(rule.name,)))
    return None


def _decimal(rule: Column, text: str, flaws: list[Flaw]) -> Plain:
    """A number with other marks than ours. One that mixes the two is refused: it could mean two things."""
    mark, group = re.escape(rule.decimal or "."), re.escape(rule.thousands)
    whole = f"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+" if group else "[0-9]+"
    match = re.fullmatch(f"([-+]?)({whole})(?:{mark}([0-9]+))?", text.strip(), re.ASCII)
    if match is None:
        message = say("{text} is no number as the mapping writes them", text=quoted(text))
        hint = say("correct the cell, or `decimal` and `thousands` in the mapping")
        flaws.append(Flaw(code="bad-value", message=message, hint=hint, columns=(rule.name,)))
        return None
    sign, digits, fraction = match.groups()
    digits = digits.replace(rule.thousands, "") if rule.thousands else digits
    return f"{sign}{digits}.{fraction}" if fraction else f"{sign}{digits}"


# --- types ---


def _typed(item: Object, brings: Brings, facts: Facts) -> Object:
    """Texts as whole numbers and truth values where the field wants one; what is none is left to its reader."""
    found = {key: _as_type(value, Simple.STRING) if key in _TEXTS else value for key, value in item.items()}
    if brings is Brings.SPEND:
        return canonical_spend(found)
    for name, value in item.items():
        if name in _WHOLE:
            found[name] = _as_type(value, Simple.INT)
        elif name in _TRUTH:
            found[name] = _as_type(value, Simple.BOOL)
        elif name in _LISTS and isinstance(value, str):
            found[name] = list(filter(None, _BETWEEN.split(value)))
    fact = facts.get(str(item.get("fact")))
    if fact is not None and "value" in item:
        found["value"] = _as_type(item["value"], fact.type)
    return found


def _as_type(value: Plain, kind: Type) -> Plain:
    match kind:
        case Simple.INT if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
            return int(value)
        case Simple.BOOL if isinstance(value, str) and value.strip().lower() in {"true", "false"}:
            return value.strip().lower() == "true"
        case RecordType() if isinstance(value, dict):
            types = dict(kind.fields)
            return {key: _as_type(item, types[key]) if key in types else item for key, item in value.items()}
        case Simple.STRING if isinstance(value, int) and not isinstance(value, bool):
            return str(value)  # a number of JSON where a text is wanted
        case _:
            return value


def _missing(item: Object, mapping: RowMapping) -> Iterator[Flaw]:
    """Fields that are needed and empty, by the column in which they would stand."""
    needed = list(NEEDED[mapping.brings])
    if mapping.brings is Brings.CLAIMS and not mapping.facts:
        needed.append("fact")
    for name in needed:
        if name not in item:
            columns = tuple(columns_of(mapping.fields[name]))
            message = say("{field} is empty", field=quoted(name))
            hint = say("fill the cell, or say with `empty:` in the mapping what it means")
            yield Flaw(code="missing-key", message=message, hint=hint, columns=columns)


def _with_id(item: Object, mapping: RowMapping) -> Object:
    """A claim without an id is given one made of all that it says: said again, it is the same claim."""
    if mapping.brings is not Brings.CLAIMS or "id" in item:
        return item
    digest = digest_of_bytes(object_text(item).encode()).removeprefix("sha256:")
    return {"id": f"claim-{digest[:_ID_DIGITS]}", **item}


def _places(mapping: RowMapping, value: Rule | None) -> dict[str, tuple[str, ...]]:
    found = {name: tuple(columns_of(rule)) for name, rule in mapping.fields.items()}
    if value is not None:
        found["value"] = found["fact"] = tuple(columns_of(value))
    return found
