"""What a migration may do while the program before it still runs: docs/guides/migrations.md, as a function.

Nothing is proven by it of a step that goes over rows in portions, which is read by whoever takes it in. Of all else it
finds what is never allowed, and what is not understood.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Collection, Iterator
from typing import Any

from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    RemoveField,
    RunPython,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

CONTRACTS = "contracts"
"""What a migration says that takes away: the number of the landed state since which no program needs it."""
PORTION = "portion"
"""What a step over rows says among its hints: how many it changes in one transaction."""
_MOST = 5_000
_TABLE = re.compile(r"adjudge_(\w+)", re.IGNORECASE)
_ALTERS = re.compile(r'ALTER TABLE "?adjudge_(\w+)"? ')
_ADDS = re.compile(
    r"(?:CREATE VIRTUAL TABLE|CREATE INDEX \w+ ON|CREATE TRIGGER \w+ AFTER \w+ ON) adjudge_(\w+?)(?:_words)?\b"
)
"""An index of words, and the triggers that keep it: on a table that is made here, and in one of its name."""
_BODY = re.compile(r" BEGIN .* END$")


def faults(migration: Migration, before: ProjectState, landed: Collection[str]) -> Iterator[str]:
    """Everything that this migration may not do. `before` is what was there, `landed` the states of before."""
    made = {item.name_lower for item in migration.operations if isinstance(item, CreateModel)}
    state = before.clone()
    for item in migration.operations:
        yield from _faults(migration, item, state, made, landed)
        item.state_forwards("adjudge", state)


def _tables_made(migration: Migration) -> frozenset[str]:
    """The tables that a migration makes, without the name of the app before them."""
    made = (item for item in migration.operations if isinstance(item, CreateModel))
    return frozenset(_table_of(item).removeprefix("adjudge_") for item in made)


def _table_of(item: CreateModel) -> str:
    return str(item.options.get("db_table", f"adjudge_{item.name_lower}"))


def _table(found: ModelState) -> str:
    return str(found.options.get("db_table") or f"{found.app_label}_{found.name_lower}")


def _faults(
    migration: Migration, item: Operation, state: ProjectState, made: Collection[str], landed: Collection[str]
) -> Iterator[str]:
    model = str(getattr(item, "model_name_lower", ""))
    match item:
        case CreateModel():
            yield from _of_table(item, state)
        case AddField() if model not in made:
            yield from _of_new_field(item)
        case AlterField() if model not in made:
            yield from _of_altered(item, state.models["adjudge", model].fields[item.name])
        case AddField() | AlterField() | AddIndex():
            if model not in made:  # an index alone is left
                yield "an index on a table that is in use locks it: build it concurrently, outside of a transaction"
        case RemoveField() | DeleteModel():
            yield from _of_taken_away(migration, landed)
        case RunPython():
            yield from _of_python(migration, item, _tables_made(migration))
        case _ if type(item).__name__ == "AddIndexConcurrently":
            if migration.atomic:
                yield "an index is built concurrently outside of a transaction: `atomic = False`"
        case _:
            yield f"{type(item).__name__} is not among what a migration may do"


def _of_table(item: CreateModel, state: ProjectState) -> Iterator[str]:
    if _table_of(item) in {_table(found) for found in state.models.values()}:
        yield f"{item.name}: its table is there already"


def _of_new_field(item: AddField) -> Iterator[str]:
    field: Any = item.field
    if not field.null and not field.has_db_default():
        yield f"{item.name}: a program that does not know it writes rows without it: `null=True` or `db_default`"
    if field.unique or field.db_index:
        yield f"{item.name}: an index on a table that is in use locks it"


def _of_altered(item: AlterField, before: Any) -> Iterator[str]:  # noqa: ANN401 - a field of any kind
    field: Any = item.field
    old, new = before.deconstruct()[3], field.deconstruct()[3]
    narrower = (old.get("max_length") or 0) > (new.get("max_length") or 0)
    rest = {key for key in {*old, *new} - {"max_length", "null"} if old.get(key) != new.get(key)}
    if type(before) is not type(field) or narrower or rest or (old.get("null") and not new.get("null")):
        yield f"{item.name}: a field may become longer, or nullable, and nothing else"


def _of_taken_away(migration: Migration, landed: Collection[str]) -> Iterator[str]:
    since = getattr(migration, CONTRACTS, "")
    if since not in landed:
        yield (
            "what is taken away is still needed by the program before: name in `contracts` the landed state since "
            "which it is not"
        )


def _of_python(migration: Migration, item: RunPython, made: Collection[str]) -> Iterator[str]:
    """A step over rows goes in portions and can be cut off; any other alters tables of this migration alone."""
    portion = (item.hints or {}).get(PORTION, 0)
    if portion:
        if migration.atomic or item.atomic is not False:
            yield "a step in portions is kept portion by portion: `atomic = False` for it and for its migration"
        if not 0 < portion <= _MOST:
            yield f"a portion has 1 to {_MOST} rows"
        return
    statements = list(_statements(item.code))
    if not statements or None in statements:
        yield (
            "a step without portions says what it does by itself: `editor.execute` with literals, and nothing else; a "
            "step over rows goes in portions: say how many in `hints={'portion': …}`"
        )
    for text in filter(None, statements):
        altered = _ALTERS.match(text) or _ADDS.match(text)
        named = {name.removesuffix("_words").partition("_sought")[0] for name in _TABLE.findall(text)}
        is_several = ";" in _BODY.sub("", text)
        if altered is None or altered[1] not in made or named - {*made} or is_several:
            yield f"it alters no table that is made here, and a table that is altered is locked: {text}"


def _statements(code: object) -> Iterator[str | None]:
    """The statements that a function carries out; None for everything that is called and is none of them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(code)))  # type: ignore[arg-type]  # what Django calls
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="editor"), attr="execute"),
                args=[ast.Constant(value=str(text))],
                keywords=[],
            ):
                yield text
            case ast.Call() | ast.Import() | ast.ImportFrom() | ast.Lambda() | ast.Assign() | ast.With():
                yield None
            case _:
                pass
