"""Names of hosts as keys: an address or a host to what is looked up, by rules that the snapshot brings along.

Read as browsers read addresses (WHATWG URL), since what a browser opens must be found: UTS 46 without transitional
processing, percent signs, numbers that are IPv4 addresses, users before an `@`. Explicitly not whether a name may be
registered (bidirectional text, joiners, hyphens, ASCII that pretends to be punycode): whoever holds no such name has
no key. IPv6 addresses have no keys. What is no host has none either, and counts as an unknown landing page. However
long an address is, all of it that matters is read, in a time that grows with its length and no faster.

Public suffixes by publicsuffix.org: nobody answers for a whole suffix, so that a host is looked up by itself and by
each name above it down to the registrable one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

LONGEST_HOST, LONGEST_LABEL = 253, 63
MOST_CHARACTERS = 4 * LONGEST_HOST
"""Of a host before characters are put together, by up to four (NFC). One of more of them is no name that DNS has."""
MOST_KINDS = 2_048
"""Of characters in a host: those, and some 300 that are ignored."""
MOST_LABELS = 20
"""So many names above a host are looked up, from the registrable one on; deeper ones only by themselves."""
# What WHATWG URL lets stand in a name: names in front of a registered one are anybody's, and resolve where DNS has `*`.
_HOST = re.compile(r"[!\"$&'()*+,;=_`{}~a-z0-9-]{1,63}(?:\.[!\"$&'()*+,;=_`{}~a-z0-9-]{1,63})*", re.ASCII)
_SCHEME = re.compile(r"(?:https?|wss?|ftp):[/\\]*|[a-z][a-z0-9+.-]*://|[/\\]{2,}", re.ASCII | re.IGNORECASE)
_END = re.compile(r"[/?#\\]")
_PORT = re.compile(r"[0-9]{1,5}", re.ASCII)
# Browsers take all C0 controls and spaces away at both ends; programs that trim texts, all white space.
_AROUND = "".join(map(chr, range(0x21))) + "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_AROUND += "".join(map(chr, range(0x2000, 0x200B)))
_NO_TEXT = str.maketrans("", "", "\t\r\n")
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_BYTES = 4
KEPT, REFUSED = 0, 1
"""What the table of UTS 46 says of a character, where it is not replaced by a text."""


class _Characters:
    """What UTS 46 makes of characters: from each start up to the next one the same."""

    __slots__ = ("_made", "_starts")

    def __init__(self, told: Any) -> None:  # noqa: ANN401 - JSON from a snapshot
        """Take the table as it stands in a snapshot; from what is no table, every character is refused."""
        table: dict[str, Any] = told if isinstance(told, dict) else {}
        starts, made = table.get("starts"), table.get("made")
        self._starts: list[int] = [0]
        self._made: list[object] = [REFUSED]
        if (
            isinstance(starts, list)
            and isinstance(made, list)
            and len(starts) == len(made)
            and all(type(start) is int for start in starts)
            and starts[:1] == [0]
        ):
            self._starts, self._made = starts, made

    def mapped(self, text: str) -> str | None:
        """A text with each character replaced; None where one may not stand in a name, or it is too long for one."""
        kinds = set(text)
        if len(kinds) > MOST_KINDS:
            return None
        fates: dict[int, str] = {}
        for number in map(ord, kinds):
            made = self._made[bisect_right(self._starts, number) - 1]
            if isinstance(made, str):
                fates[number] = made
            elif made != KEPT:
                return None
        written = text.translate(fates)
        # Putting characters together takes a time that grows with the square of how many there are.
        return unicodedata.normalize("NFC", written) if len(written) <= MOST_CHARACTERS else None


class Names:
    """The rules of a snapshot, read when they are first needed."""

    __slots__ = ("_characters", "_exceptions", "_read_idn", "_read_suffixes", "_rules", "_wild")

    def __init__(self, suffixes: Callable[[], str], idn: Callable[[], Any]) -> None:
        """Both are read once, on first use."""
        self._read_suffixes, self._read_idn = suffixes, idn
        self._rules: frozenset[str] | None = None
        self._wild: frozenset[str] = frozenset()
        self._exceptions: frozenset[str] = frozenset()
        self._characters: _Characters | None = None

    def keys_of(self, landing: str) -> tuple[bytes, ...]:
        """The keys of an address or a host: itself, and the names above it down to the registrable one."""
        host = self.host_of(landing)
        return tuple(f"d:{name}".encode() for name in self.above(host)) if host else ()

    def host_of(self, landing: str) -> str:
        """The host of an address, or the host, as DNS has it; empty where it is none."""
        text = landing.strip(_AROUND).translate(_NO_TEXT)
        scheme = _SCHEME.match(text)
        start = scheme.end() if scheme else 0
        end = _END.search(text, start)
        authority = text[start : end.start() if end else len(text)].rpartition("@")[2]
        host, colon, port = authority.partition(":")
        if colon and scheme is None and not _PORT.fullmatch(port):
            return ""  # `data:` and the like: what stands before the colon is no host
        return self.ascii_of(_unescaped(host))

    def ascii_of(self, host: str) -> str:
        """A host in lower case and punycode; empty where it is none."""
        name = host.lower() if host.isascii() else self.mapped(host)
        name = name.strip(".")  # DNS knows no such names; whoever opens them all the same opens this
        if len(name) > LONGEST_HOST:
            return ""
        try:
            written = ".".join(_label(label) for label in name.split("."))
        except UnicodeError:
            return ""
        return _canonical(written) if len(written) <= LONGEST_HOST and _HOST.fullmatch(written) else ""

    def mapped(self, host: str) -> str:
        """A host as UTS 46 maps it; empty where a character may not stand in one."""
        if self._characters is None:
            self._characters = _Characters(self._read_idn())
        return self._characters.mapped(host) or ""

    def above(self, host: str) -> tuple[str, ...]:
        """The host and the names above it down to the registrable one; the host alone where it is a suffix itself."""
        labels = host.split(".")
        if labels[-1].isdigit():  # a number, and not a name
            return (host,)
        least = self._suffix_length(labels[-MOST_LABELS:]) + 1
        first = max(1, len(labels) - MOST_LABELS)
        return (host, *(".".join(labels[start:]) for start in range(first, len(labels) - least + 1)))

    def _suffix_length(self, labels: list[str]) -> int:
        """How many labels the public suffix has."""
        if self._rules is None:
            lines = self._read_suffixes().split()
            self._wild = frozenset(line[2:] for line in lines if line.startswith("*."))
            self._exceptions = frozenset(line[1:] for line in lines if line.startswith("!"))
            # Last, since other threads take it for the sign that all three are there.
            self._rules = frozenset(line for line in lines if line[0] not in "*!")
        for start in range(len(labels)):
            name = ".".join(labels[start:])
            if name in self._exceptions:
                return len(labels) - start - 1
            if name in self._rules or ".".join(labels[start + 1 :]) in self._wild:
                return len(labels) - start
        return 1


def _label(label: str) -> str:
    """A label as DNS has it. Raises UnicodeError where it is none."""
    if label.isascii():
        return label
    if len(label) > LONGEST_LABEL:  # punycode is never shorter, and slow on long texts
        raise UnicodeError("the label is too long")
    return "xn--" + label.encode("punycode").decode("ascii")


def _unescaped(host: str) -> str:
    """A host without percent signs; browsers open what they stand for."""
    if "%" not in host:
        return host
    escaped = host.encode("utf-8", "replace")
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), escaped).decode("utf-8", "replace")


def _canonical(host: str) -> str:
    """A number as an IPv4 address of four decimal parts; empty where it is too large for one. Names as they are."""
    parts = host.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return host
    if len(parts) > _BYTES or not all(map(_NUMBER.fullmatch, parts)):
        return ""
    try:
        *firsts, last = (_number(part) for part in parts)
    except ValueError:  # 8 or 9 where eight is the base
        return ""
    if any(part > 0xFF for part in firsts) or last >= 256 ** (_BYTES - len(firsts)):  # noqa: PLR2004 - bytes
        return ""
    whole = last + sum(part << 8 * (_BYTES - 1 - place) for place, part in enumerate(firsts))
    return ".".join(map(str, whole.to_bytes(_BYTES, "big")))


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)
