"""A tree written as YAML by a careless author: comments, blank lines, keys in any order, conditions in any style."""

import json

from tests.generators.chooser import Chooser
from tests.generators.plan import Json

COMMENTS = ("# why", "#", "# a: b, [c]", "#!x", "# « é » 条件", '# it\'s "so"')


def untidy(chooser: Chooser, tree: dict[str, Json]) -> str:
    """The text of a mapping. Reading it gives the tree."""
    lines = [*_remark(chooser, 0), *_mapping(chooser, tree, 0), *_remark(chooser, 0)]
    end = "\r\n" if chooser.chance(15) else "\n"
    return end.join(lines) + chooser.pick((end, end, end * 3, ""))


def _remark(chooser: Chooser, indent: int) -> list[str]:
    """Perhaps blank lines and comments."""
    found: list[str] = []
    while chooser.chance(20):
        found.append(
            " " * indent + chooser.pick(COMMENTS) if chooser.chance(60) else chooser.pick(("", "  "))
        )
    return found


def _behind(chooser: Chooser) -> str:
    """Perhaps a comment or spaces at the end of a line."""
    return chooser.pick(("", "", "", "", " ", f"  {chooser.pick(COMMENTS)}"))


def _mapping(chooser: Chooser, tree: dict[str, Json], indent: int) -> list[str]:
    keys = list(tree)
    if chooser.chance(30):
        keys = [keys.pop(chooser.below(len(keys))) for _ in tree]
    found: list[str] = []
    for number, key in enumerate(keys):
        if number:
            found += _remark(chooser, indent)
        found += _entry(chooser, key, tree[key], indent)
    return found


def _entry(chooser: Chooser, key: str, value: Json, indent: int) -> list[str]:
    lead = " " * indent + key + ":"
    if key == "when" and isinstance(value, str):
        return _condition(chooser, lead, value, indent)
    if isinstance(value, dict) and value and chooser.chance(70):
        return [lead + _behind(chooser), *_remark(chooser, indent + 2), *_mapping(chooser, value, indent + 2)]
    if isinstance(value, list) and value and (key in {"rules", "unless"} or chooser.chance(50)):
        return [lead + _behind(chooser), *_items(chooser, value, indent + chooser.pick((0, 2)))]
    return [f"{lead} {json.dumps(value, ensure_ascii=False)}{_behind(chooser)}"]


def _items(chooser: Chooser, items: list[Json], indent: int) -> list[str]:
    found: list[str] = []
    for item in items:
        found += _remark(chooser, indent)
        if isinstance(item, dict) and item and chooser.chance(85):
            first, *rest = _mapping(chooser, item, indent + 2)
            found += [" " * indent + "- " + first.lstrip(), *rest]
        else:
            found.append(" " * indent + "- " + json.dumps(item, ensure_ascii=False) + _behind(chooser))
    return found


def _condition(chooser: Chooser, lead: str, text: str, indent: int) -> list[str]:
    """In quotes, or below the key, one word or all on a line."""
    style = chooser.below(5)
    # Where a text of the condition holds a break or the like, only JSON's escapes can write it.
    if style == 0 or not text.isprintable() or text != text.strip():
        return [f"{lead} {json.dumps(text, ensure_ascii=False)}{_behind(chooser)}"]
    if style == 1:
        quoted = text.replace("'", "''")
        return [f"{lead} '{quoted}'{_behind(chooser)}"]
    header = chooser.pick((">-", ">", "|", "|-", ">+", "|+", ">2-", ">-  # below"))
    pad = " " * (indent + 2)
    parts = text.split(" && ") if header[0] == "|" and chooser.chance(50) and "'" not in text else [text]
    return [f"{lead} {header}", *(pad + part for part in [*parts[:1], *(f"&& {part}" for part in parts[1:])])]
