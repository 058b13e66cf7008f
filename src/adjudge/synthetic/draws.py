"""Numbers that look drawn, and are worked out from a seed, a purpose and a place: the same in SQL and in Python.

Not the hash of a database, which may be another one in its next version, and no floats. Each draw stands alone, so
that no row needs the rows before it: memory does not grow, and a row is the same wherever a block begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from adjudge.basis.digest import sha256

BITS = 32
_MASK = (1 << BITS) - 1
_FACTORS = (2_654_435_761, 2_246_822_519, 3_266_489_917)
"""Odd numbers of 32 bits without a pattern; those of xxHash, which are well tried."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of 32 bits, by the seed."""

    seed: str

    def _keys(self, purpose: str) -> tuple[int, ...]:
        content = sha256(f"adjudge-synth/1\n{self.seed}\n{purpose}".encode())
        return tuple(int.from_bytes(content[i * 4 : i * 4 + 4]) for i in range(len(_FACTORS)))

    def number(self, purpose: str, place: int) -> int:
        """A draw of 32 bits at a place, itself of 32 bits."""
        found = place & _MASK
        for factor, key in zip(_FACTORS, self._keys(purpose), strict=True):
            product = (found ^ key) * factor
            found = (product >> BITS) ^ (product & _MASK)
        return found

    def sql(self, purpose: str, place: str) -> str:
        """The same as an expression over a column of type UBIGINT."""
        found = place
        for factor, key in zip(_FACTORS, self._keys(purpose), strict=True):
            product = f"(xor({found}, {key}::UBIGINT) * {factor}::UBIGINT)"
            found = f"xor({product} >> {BITS}, {product} & {_MASK}::UBIGINT)"
        return found


def skewed(column: str, count: int | str) -> str:
    """A number below `count` from a draw, the lower the likelier: the product of its halves as a share of it."""
    return f"(({column} >> 16) * ({column} & 65535) * ({count})::UBIGINT >> {BITS})"


def chance(column: str, of: int, out_of: int) -> str:
    """Whether a draw falls into a share of all."""
    return f"({column} % {out_of} < {of})"


LEVELS = 3


def ranked(level: str, place: str, count: int) -> str:
    """A rank below `count`: two of three draws fall on the first fifth, two of three of those on its first fifth…"""
    whens = []
    for depth in range(LEVELS, 0, -1):
        # A share of 2^32, in whole numbers.
        bound, size = (2**depth << BITS) // 3**depth, max(1, count // 5**depth)
        whens.append(f"WHEN {level} < {bound} THEN {place} % {size}")
    return f"(CASE {' '.join(whens)} ELSE {place} % {count} END)"


def scattered(rank: str, count: int) -> str:
    """Another number for each rank, so that the first are not the foremost: multiplied by one prime to the count."""
    factor = _prime_to(count)
    return f"(({rank} * {factor}::UBIGINT + {count // 3}) % {count})"


def _prime_to(count: int) -> int:
    return next(n for n in range(max(1, count * 618 // 1000), 2 * count + 2) if gcd(n, count) == 1)


def listed(items: Sequence[int], place: str) -> str:
    """The item of a short list at a place that counts from 0."""
    return f"list_extract([{', '.join(map(str, items))}]::UTINYINT[], ({place} + 1)::BIGINT)"
