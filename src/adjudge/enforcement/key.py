"""Keys of the table: what is asked for, as a short text with its kind, and its hash. Shared by builder and checker.

The hash has 128 bits (BLAKE2b), of which the table keeps or uses some 120: with ten million keys, an ad is taken for
another one about once in 10^28 questions. The filter's hash (CRC-32) is quick, and whoever makes two keys meet in it
makes a question slower and no answer wrong.
"""

import re
from binascii import crc32
from hashlib import blake2b, sha256
from unicodedata import is_normalized, normalize

ADVERTISER, AD, DOMAIN = "a:", "c:", "d:"
"""Kinds of keys: who advertises, what is shown, and where it leads (a host in lower case, as DNS has it)."""
BOUND, VERSION = "v:", "w:"
"""What holds for an ad of which a version was approved: whatever version is shown, and a version that was approved."""

LONGEST_COMPOSED = 1_000
"""Characters of a key that are put together (NFC), in a time that grows with the square of how many there are. Ids have
200, which are at most three times as many where they are taken apart."""
_VERSION = re.compile("sha256:[0-9a-f]{64}")


def written(key: str) -> bytes:
    """A key in UTF-8 and in NFC, as the institution keeps ids, whichever form whoever asks has of it.

    What holds half of a character is in no table, and looked up all the same.
    """
    if not key.isascii() and len(key) <= LONGEST_COMPOSED and not is_normalized("NFC", key):
        key = normalize("NFC", key)
    return key.encode("utf-8", "replace")


def digest_of(key: bytes) -> bytes:
    """The hash of a key in UTF-8, 16 bytes."""
    return blake2b(key, digest_size=16).digest()


def hash_of(key: bytes) -> tuple[int, int]:
    """The two halves of the hash of a key in UTF-8, as unsigned numbers of 64 bits."""
    digest = digest_of(key)
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def filter_of(key: bytes) -> int:
    """The hash of a key in the filter, 32 bits."""
    return crc32(key)


def version_of(creative: str, landing: str) -> str:
    """The version of an ad, by the digests of what it shows and of the page to which it leads; empty without either."""
    if not creative and not landing:
        return ""
    told = f"adjudge ad v1\n{creative}\n{landing}\n"
    return f"sha256:{sha256(told.encode()).hexdigest()}"


def bound_key(ad: str) -> str:
    """The key of an ad of which a version was approved."""
    return BOUND + ad


def version_key(ad: str, version: str) -> str:
    """The key of a version of an ad that was approved. The version comes first: all of them are of one length."""
    return f"{VERSION}{version}:{ad}"


def keys_of_version(ad: str, version: str) -> tuple[str, str]:
    """What is asked for a version of an ad: its own key, and where that one is not in the table, the ad's.

    What has not the form of a version has no key of its own: ids may hold what parts a version from its ad.
    """
    bound = bound_key(ad)
    return version_key(ad, version) if _VERSION.fullmatch(version) else bound, bound
