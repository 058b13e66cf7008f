"""Canonical bytes and their digest; the one place that hashes.

Not a signature. The bytes are RFC 8785 (JSON Canonicalization Scheme). Numbers are written as texts before
they come here, since RFC 8785 knows only IEEE doubles and we decide and hash with exact numbers only.
"""

import hashlib
import json
import re
from typing import NewType

import rfc8785

Digest = NewType("Digest", str)
"""`sha256:` and 64 hexadecimal digits."""

Json = dict[str, "Json"] | list["Json"] | str | bool | None
"""A tree fit for hashing: no numbers."""


def canonical_bytes(tree: Json) -> bytes:
    """Write a tree as RFC 8785 bytes: one tree, one text."""
    return rfc8785.dumps(tree)


_ORDERED_OTHERWISE = re.compile(rb"[\xf0-\xff]")
"""Beyond the Basic Multilingual Plane the order of UTF-16, which RFC 8785 asks for, is not that of code points."""

_QUICK = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def is_canonical(content: bytes, tree: Json) -> bool:
    """Whether bytes are the canonical bytes of a tree. Raises ValueError for text that no encoding can hold.

    A log of a million lines asks this of each. Without numbers Python's own encoder writes the same bytes and is ten
    times as quick, wherever keys are ordered alike; a test compares the two.
    """
    if _ORDERED_OTHERWISE.search(content):
        return content == canonical_bytes(tree)
    return content == _QUICK.encode(tree).encode()


def digest_of(tree: Json) -> Digest:
    """SHA-256 over the canonical bytes."""
    return digest_of_bytes(canonical_bytes(tree))


def digest_of_bytes(content: bytes) -> Digest:
    """SHA-256 over bytes as they are."""
    return Digest("sha256:" + hashlib.sha256(content).hexdigest())


def sha256(content: bytes) -> bytes:
    """The 32 bytes of SHA-256, for trees of hashes, where a digest's text would be in the way."""
    return hashlib.sha256(content).digest()
