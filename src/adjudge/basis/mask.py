"""A pair packed in one integer, so that and, or and not are bitwise.

The low five bits are the thermometer of `for` (bit k-1 is set iff for >= k), the high five the complement of that of
`against`. Of the 1,024 words 36 are pairs; AND and OR of pairs are pairs. An all-zero word is (0,5), *not* (0,0).
LANGUAGE.md 2.3.
"""

from adjudge.basis.weight import GREATEST, Pair

WORDS = 1 << (2 * GREATEST)
_LOW = (1 << GREATEST) - 1


def mask_of(for_: int, against: int) -> int:
    """The mask of a pair of weights, each 0 to 5."""
    return ((1 << for_) - 1) | ((_LOW ^ ((1 << against) - 1)) << GREATEST)


def pair_of_mask(mask: int) -> Pair:
    """The pair of a mask. A word that is no pair gives some pair all the same: check with `is_mask`."""
    return Pair((mask & _LOW).bit_count(), GREATEST - (mask >> GREATEST).bit_count())


def is_mask(word: int) -> bool:
    """Whether a word is one of the 36 pairs."""
    return 0 <= word < WORDS and mask_of(*pair_of_mask(word)) == word


def negated(mask: int) -> int:
    """NOT: the halves change places, then all bits turn."""
    return ((mask >> GREATEST) | ((mask & _LOW) << GREATEST)) ^ (WORDS - 1)


MASKS = tuple(mask_of(for_, against) for for_ in range(GREATEST + 1) for against in range(GREATEST + 1))
"""The 36 masks."""

NEGATED = tuple(negated(word) for word in range(WORDS))
"""NOT as a table, which is quicker than the operation."""

NOTHING_KNOWN = mask_of(0, 0)
CERTAIN = mask_of(GREATEST, 0)
IMPOSSIBLE = mask_of(0, GREATEST)
