"""Keys of the table: what is asked for, as a short text with its kind, and its hash. Shared by builder and checker.

The hash has 128 bits (BLAKE2b), of which the table keeps or uses some 120: with ten million keys, an ad is taken for
another one about once in 10^28 questions. The filter's hash (CRC-32) is quick, and whoever makes two keys meet in it
makes a question slower and no answer wrong.
"""

from binascii import crc32
from hashlib import blake2b

ADVERTISER, AD, DOMAIN = "a:", "c:", "d:"
"""Kinds of keys: who advertises, what is shown, and where it leads (a host in lower case, as DNS has it)."""


def hash_of(key: bytes) -> tuple[int, int]:
    """The two halves of the hash of a key in UTF-8, as unsigned numbers of 64 bits."""
    digest = blake2b(key, digest_size=16).digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def filter_of(key: bytes) -> int:
    """The hash of a key in the filter, 32 bits."""
    return crc32(key)
