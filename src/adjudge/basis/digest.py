"""Canonical bytes and their digest; the one place that hashes.

Not a signature. The bytes are RFC 8785 (JSON Canonicalization Scheme). Numbers are written as texts before
they come here, since RFC 8785 knows only IEEE doubles and we decide and hash with exact numbers only.
"""

import hashlib
from typing import NewType

import rfc8785

Digest = NewType("Digest", str)
"""`sha256:` and 64 hexadecimal digits."""

Json = dict[str, "Json"] | list["Json"] | str | bool | None
"""A tree fit for hashing: no numbers."""


def canonical_bytes(tree: Json) -> bytes:
    """Write a tree as RFC 8785 bytes: one tree, one text."""
    return rfc8785.dumps(tree)


def digest_of(tree: Json) -> Digest:
    """SHA-256 over the canonical bytes."""
    return digest_of_bytes(canonical_bytes(tree))


def digest_of_bytes(content: bytes) -> Digest:
    """SHA-256 over bytes as they are."""
    return Digest("sha256:" + hashlib.sha256(content).hexdigest())
