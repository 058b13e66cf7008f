"""The rules about names of hosts that a snapshot brings along, made from packages when it is built.

Explicitly not used by whoever asks: builder and checker read hosts by the same rules because the rules travel with the
table (`adjudge.enforcement.name`). The same releases of `idna` (UTS 46) and `publicsuffixlist` give the same bytes.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from idna import uts46data

from adjudge.enforcement.name import KEPT, REFUSED, Names

_LIST = "public_suffix_list.dat"


@cache
def name_rules() -> Mapping[str, bytes]:
    """The sections `suffixes` and `idn` of every snapshot that is built here."""
    idn = _characters()
    return MappingProxyType({"suffixes": _suffixes(idn), "idn": idn})


@cache
def names() -> Names:
    """The names of hosts by these rules, for whoever writes keys."""
    told = name_rules()
    return Names(told["suffixes"].decode, lambda: json.loads(told["idn"]))


def _characters() -> bytes:
    """What UTS 46 makes of characters: kept, refused, or replaced by a text; neighbours with one fate are told once."""
    starts: list[int] = []
    made: list[int | str] = []
    fates = zip(uts46data.uts46_starts, uts46data.uts46_statuses, uts46data.uts46_replacements, strict=True)
    for start, status, replacement in fates:
        fate = _fate(chr(status), replacement)
        if not made or made[-1] != fate:
            starts.append(start)
            made.append(fate)
    told = {"unicode": uts46data.__version__, "starts": starts, "made": made}
    return json.dumps(told, separators=(",", ":")).encode()


def _fate(status: str, replacement: str | None) -> int | str:
    """Deviating characters are kept: transitional processing is over, and browsers do none."""
    if status == "I":
        return ""
    if status == "X":
        return REFUSED
    return KEPT if status == "D" or replacement is None else replacement


def _suffixes(idn: bytes) -> bytes:
    """The rules in punycode, each on a line, in their order as texts."""
    known = Names(str, lambda: json.loads(idn))
    text = resources.files("publicsuffixlist").joinpath(_LIST).read_text("utf-8")
    rules = {line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("//")}
    return "".join(f"{rule}\n" for rule in sorted(_in_ascii(rule, known) for rule in rules)).encode()


def _in_ascii(rule: str, known: Names) -> str:
    mark = "!" if rule.startswith("!") else "*." if rule.startswith("*.") else ""
    return mark + known.ascii_of(rule.removeprefix(mark))
