"""Names of hosts as keys: an address or a host to what is looked up, by rules that the snapshot brings along.

UTS 46 (IDNA) as far as looking up asks for it: characters are mapped, normalised and written as punycode. What is no
name of a host has no keys. Public suffixes by publicsuffix.org: nobody answers for a whole suffix, so that a host is
looked up by itself and by each name above it down to the registrable one.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

LONGEST_ADDRESS = 8_192
LONGEST_HOST, LONGEST_LABEL = 253, 63
MOST_LABELS = 20
_REMEMBERED = 50_000
_PLAIN = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://", re.ASCII)
_IGNORED = "\u00ad\u200b\u2060\ufeff"


class Names:
    """The rules of a snapshot, read when they are first needed, and the hosts that were asked for lately."""

    __slots__ = ("_exceptions", "_idn", "_keys", "_read_idn", "_read_suffixes", "_rules", "_wild")

    def __init__(self, suffixes: Callable[[], str], idn: Callable[[], Any]) -> None:
        """Both are read once, on first use."""
        self._read_suffixes, self._read_idn = suffixes, idn
        self._rules: frozenset[str] | None = None
        self._wild: frozenset[str] = frozenset()
        self._exceptions: frozenset[str] = frozenset()
        self._idn: Mapping[str, str] | None = None
        self._keys: dict[str, tuple[bytes, ...]] = {}

    def keys_of(self, landing: str) -> tuple[bytes, ...]:
        """The keys of an address or a host: itself, and the names above it down to the registrable one."""
        found = self._keys.get(landing)
        if found is None:
            host = self.host_of(landing)
            found = tuple(f"d:{name}".encode() for name in self.above(host)) if host else ()
            if len(self._keys) >= _REMEMBERED:
                self._keys.clear()
            self._keys[landing] = found
        return found

    def host_of(self, landing: str) -> str:
        """The host of an address, or the host, as DNS has it; empty where it is none."""
        if len(landing) > LONGEST_ADDRESS:
            return ""
        text = landing.strip()
        scheme = _SCHEME.match(text)
        rest = text[scheme.end() :] if scheme else text.removeprefix("//")
        authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
        if authority.startswith("["):
            return ""
        return self.ascii_of(authority.partition(":")[0])

    def ascii_of(self, host: str) -> str:
        """A host in lower case and punycode; empty where it is none."""
        name = host.lower() if host.isascii() else self._mapped(host)
        name = name.removesuffix(".")
        labels = name.split(".")
        if len(labels) > MOST_LABELS:
            return ""
        try:
            written = ".".join(_label(label) for label in labels)
        except UnicodeError:
            return ""
        return written if len(written) <= LONGEST_HOST and _PLAIN.fullmatch(written) else ""

    def _mapped(self, host: str) -> str:
        if self._idn is None:
            told = self._read_idn()
            self._idn = {str(key): str(text) for key, text in told.items()} if isinstance(told, dict) else {}
        table = self._idn
        mapped = "".join(table.get(char, char) for char in host if char not in _IGNORED)
        return unicodedata.normalize("NFC", mapped)

    def above(self, host: str) -> tuple[str, ...]:
        """The host and the names above it down to the registrable one; the host alone where it is a suffix itself."""
        labels = host.split(".")
        if labels[-1].isdigit():  # a number, and not a name
            return (host,)
        least = self._suffix_length(labels) + 1
        return tuple(".".join(labels[start:]) for start in range(max(1, len(labels) - least + 1))) or (host,)

    def _suffix_length(self, labels: list[str]) -> int:
        """How many labels the public suffix has."""
        if self._rules is None:
            lines = self._read_suffixes().split()
            self._wild = frozenset(line[2:] for line in lines if line.startswith("*."))
            self._exceptions = frozenset(line[1:] for line in lines if line.startswith("!"))
            self._rules = frozenset(line for line in lines if line[0] not in "*!")
        for start in range(len(labels)):
            name = ".".join(labels[start:])
            if name in self._exceptions:
                return len(labels) - start - 1
            if name in self._rules:
                return len(labels) - start
            if ".".join(labels[start + 1 :]) in self._wild:
                return len(labels) - start
        return 1


def _label(label: str) -> str:
    """A label as DNS has it. Raises UnicodeError where it is none."""
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode("ascii")
