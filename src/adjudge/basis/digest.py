"""Canonical bytes and their digest; the one place that hashes.

Not a signature. The bytes are RFC 8785 (JSON Canonicalization Scheme). Numbers are written as texts before
they come here, since RFC 8785 knows only IEEE doubles and we decide and hash with exact numbers only.
"""

import hashlib
import json
import re
from typing import BinaryIO, NewType, NoReturn

import rfc8785

Digest = NewType("Digest", str)
"""`sha256:` and 64 hexadecimal digits."""

Json = dict[str, "Json"] | list["Json"] | str | bool | None
"""A tree fit for hashing: no numbers."""


_ORDERED_OTHERWISE = re.compile(rb"[\xf0-\xff]")
"""Beyond the Basic Multilingual Plane the order of UTF-16, which RFC 8785 asks for, is not that of code points."""


def _refuse(item: object) -> NoReturn:
    msg = f"{type(item).__name__} has no form in JSON"
    raise ValueError(msg)


_QUICK = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_refuse)


def canonical_bytes(tree: Json) -> bytes:
    """Write a tree as RFC 8785 bytes: one tree, one text. Raises ValueError for text that no encoding can hold.

    Without numbers Python's own encoder writes the same bytes and is ten times as quick, wherever keys are ordered
    alike; a test compares the two.
    """
    content = _QUICK.encode(tree).encode()
    return rfc8785.dumps(tree) if _ORDERED_OTHERWISE.search(content) else content


def is_canonical(content: bytes, tree: Json) -> bool:
    """Whether bytes are the canonical bytes of a tree. Raises ValueError for text that no encoding can hold."""
    return content == canonical_bytes(tree)


def digest_of(tree: Json) -> Digest:
    """SHA-256 over the canonical bytes."""
    return digest_of_bytes(canonical_bytes(tree))


def digest_of_bytes(content: bytes) -> Digest:
    """SHA-256 over bytes as they are."""
    return Digest("sha256:" + hashlib.sha256(content).hexdigest())


class Hashing:
    """SHA-256 over bytes that come piece by piece."""

    def __init__(self) -> None:
        """Of no bytes yet."""
        self._found = hashlib.sha256()

    def add(self, content: bytes) -> None:
        """Take some more in."""
        self._found.update(content)

    @property
    def digest(self) -> Digest:
        """Of what came so far."""
        return Digest("sha256:" + self._found.hexdigest())


def digest_of_stream(stream: BinaryIO) -> Digest:
    """SHA-256 over the bytes of a file of any size."""
    found = hashlib.sha256()
    while content := stream.read(1 << 20):
        found.update(content)
    return Digest("sha256:" + found.hexdigest())


def sha256(content: bytes) -> bytes:
    """The 32 bytes of SHA-256, for trees of hashes, where a digest's text would be in the way."""
    return hashlib.sha256(content).digest()
