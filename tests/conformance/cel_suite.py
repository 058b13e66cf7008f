"""CEL's own cases, and which of them version 1 of the language can be asked.

Not our parser: what a case needs is read off its text by the rules below, so that a bug of ours cannot exclude the
case that would show it. `tools/cel_suite.py` obtains the file.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from tools.cel_suite import FILE, is_suite
from tools.cel_suite import cache as folder

FILES = (
    "comparisons",
    "parse",
    "conversions",
    "timestamps",
    "integer_math",
    "fields",
    "string",
    "macros",
    "basic",
    "lists",
    "logic",
    "fp_math",
    "plumbing",
)
"""The files of the suite that concern version 1; the others are of extensions and of protobuf."""

ABSENT = "the conformance suite of CEL is not here; obtain it with `python tools/cel_suite.py`"

REASONS = {
    "protobuf": "protobuf messages, enums, wrappers and containers: there are records instead",
    "uint": "unsigned integers",
    "bytes": "bytes",
    "null": "`null`: there is none, `has` asks whether anything is known",
    "map": "map literals, and maps with other keys than texts",
    "conditional": "the conditional `? :`",
    "index": "indexing",
    "conversion": "`int`, `double`, `string`, `bool`, `dyn`, `type` and the names of types",
    "macro": "`exists_one`, `map` and `filter`",
    "nested": "a macro inside a macro",
    "getter": "`getFullYear` and the like, of timestamps and durations",
    "moment-of-number": "a timestamp made of a number of seconds",
    "division": "division of numbers with a point: decimals are not divided",
    "float": "NaN, infinity and `-0.0`: a decimal is an exact number",
    "digits": "numbers beyond a decimal's 18 digits behind the point, or 100 before it",
}
"""Why a case is excluded. The first rule that applies gives the reason."""

INCLUDED = frozenset("size startsWith endsWith contains matches timestamp duration has exists all".split())
"""Functions and macros of CEL that version 1 has (LANGUAGE.md 3.9)."""

_MACROS = frozenset({"exists_one", "existsOne", "map", "filter"})
_CONVERSIONS = frozenset("int uint double string bytes bool dyn type".split())
_TYPES = _CONVERSIONS | {"list", "map", "null_type"}
_TEXT = re.compile(
    r"//[^\n]*|(?P<prefix>[rRbB]{0,2})(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')",
    re.DOTALL,
)
_NUMBER = re.compile(
    r"(?<![\w.])(?:0[xX][0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][-+]?\d+)?[uU]?)(?![\w.])"
)
_CALL = re.compile(r"([A-Za-z_]\w*)\s*\(")


@dataclass(frozen=True)
class Case:
    """One case. `skeleton` is its text without comments, each text literal as `""` (or `b""`)."""

    tree: dict[str, Any]
    skeleton: str
    json: str

    @property
    def file(self) -> str:
        return str(self.tree["file"])

    @property
    def name(self) -> str:
        return f"{self.file}-{self.tree['section']}-{self.tree.get('name', '')}"

    @property
    def text(self) -> str:
        return str(self.tree["expr"])

    @property
    def expects_error(self) -> bool:
        return "evalError" in self.tree

    @property
    def calls(self) -> list[str]:
        return _CALL.findall(self.skeleton)

    @property
    def numbers(self) -> list[str]:
        return _NUMBER.findall(self.skeleton)


def _emptied(match: re.Match[str]) -> str:
    if match.group().startswith("//"):
        return " "
    return 'b""' if "b" in match["prefix"].lower() else '""'


def case_of(tree: dict[str, Any]) -> Case:
    """A case from its record in the export."""
    about = {key: tree[key] for key in ("value", "typedResult", "bindings", "typeEnv") if key in tree}
    return Case(tree, _TEXT.sub(_emptied, tree["expr"]), json.dumps(about))


@cache
def cases() -> tuple[Case, ...]:
    """The cases of the files above, in the order of the suite; none where the suite is absent."""
    path = folder() / FILE
    if not is_suite(path):
        return ()
    trees = json.loads(path.read_text(encoding="utf-8"))
    return tuple(case_of(tree) for tree in trees if tree["file"] in FILES)


def _is_decimal(number: str) -> bool:
    return not number.lower().startswith("0x") and any(mark in number for mark in ".eE")


def _beyond_digits(number: str) -> bool:
    """Whether an exact decimal cannot hold a number that a double holds, more or less."""
    value = Decimal(number)
    exponent = value.normalize().as_tuple().exponent
    return bool(value) and (value.adjusted() >= 100 or (isinstance(exponent, int) and exponent < -18))


def _has_float(case: Case) -> bool:
    """NaN and infinity stand as texts in the suite; a negative zero shows only where it is the result."""
    return bool(re.search(r'"doubleValue": ("|-0\.0[},])', case.json))


def _divides(case: Case) -> bool:
    return "/" in case.skeleton and any(map(_is_decimal, case.numbers))


def _is_protobuf(case: Case) -> bool:
    return bool(
        re.search(r"TestAllTypes|GlobalEnum|google\.protobuf|NestedEnum|\b[A-Z]\w*\s*\{", case.skeleton)
        or re.search(r"objectValue|messageType|wellKnown|enumValue|wrapper", case.json)
        or case.tree.get("container")
    )


def _maps(case: Case) -> bool:
    keys = re.findall(r'"key": \{"(\w+)"', case.json)
    return "{" in case.skeleton or any(key != "stringValue" for key in keys)


def _names_type(case: Case) -> bool:
    return bool(_CONVERSIONS & set(case.calls)) or "typeValue" in case.json or case.skeleton in _TYPES


def _nests(case: Case) -> bool:
    return sum(name in {"exists", "all"} for name in case.calls) > 1


RULES: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("protobuf", _is_protobuf),
    ("uint", lambda case: "uint64Value" in case.json or any(n[-1] in "uU" for n in case.numbers)),
    ("uint", lambda case: "uint" in case.calls),
    ("bytes", lambda case: 'b""' in case.skeleton or "bytes" in case.calls or "bytesValue" in case.json),
    ("null", lambda case: bool(re.search(r"\bnull\b", case.skeleton)) or "nullValue" in case.json),
    ("map", _maps),
    ("conditional", lambda case: "?" in case.skeleton),
    ("index", lambda case: bool(re.search(r"[\w)\]\"]\s*\[", re.sub(r"\bin\b", "&", case.skeleton)))),
    ("conversion", _names_type),
    ("macro", lambda case: bool(_MACROS & set(case.calls))),
    ("nested", _nests),
    ("getter", lambda case: any(name.startswith("get") for name in case.calls)),
    ("moment-of-number", lambda case: bool(re.search(r"timestamp\(\s*-?\d", case.skeleton))),
    ("division", _divides),
    ("float", _has_float),
    ("digits", lambda case: any(_beyond_digits(n) for n in case.numbers if _is_decimal(n))),
)


def reason_against(case: Case) -> str | None:
    """Why version 1 is not asked a case, or None where it is."""
    return next((reason for reason, applies in RULES if applies(case)), None)


def value_of(tree: dict[str, Any]) -> Any:  # noqa: ANN401 - a value as the answers of `adjudge expr` read
    """An expected or bound value as JSON, whole numbers as int and doubles as the shortest decimal that names them."""
    ((kind, value),) = tree.items()
    match kind:
        case "boolValue" | "stringValue":
            return value
        case "int64Value":
            return int(value)
        case "doubleValue":
            return Decimal(repr(float(value)))
        case "listValue":
            return [value_of(item) for item in value.get("values", [])]
        case "mapValue":
            entries = value.get("entries", [])
            return {entry["key"]["stringValue"]: value_of(entry["value"]) for entry in entries}
        case _:
            msg = f"{kind} should have been excluded"
            raise ValueError(msg)


def bindings(case: Case) -> dict[str, Any]:
    """The variables of a case."""
    return {name: value_of(bound["value"]) for name, bound in case.tree.get("bindings", {}).items()}


def kept(file: str) -> list[Case]:
    """The cases of a file that version 1 is asked."""
    return [case for case in cases() if case.file == file and reason_against(case) is None]


def counts() -> str:
    """The table of `docs/reference/cel.md`."""
    rows = [_row(file, [case for case in cases() if case.file == file]) for file in FILES]
    rows.append(_row("**all**", list(cases())))
    return "\n".join(
        [
            "| section | cases | asked | of these, expect an error | excluded | by reason |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
        ]
    )


def _row(title: str, found: list[Case]) -> str:
    reasons = Counter(reason for case in found if (reason := reason_against(case)))
    errors = sum(case.expects_error for case in found if reason_against(case) is None)
    shown = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items(), key=_by_count))
    excluded = reasons.total()
    return f"| {title} | {len(found)} | {len(found) - excluded} | {errors} | {excluded} | {shown} |"


def _by_count(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]


if __name__ == "__main__":
    print(counts() if cases() else ABSENT)  # noqa: T201 - for the page
