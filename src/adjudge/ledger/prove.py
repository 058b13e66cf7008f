"""Proofs about a tree, verified with nothing but hashes, step by step as RFC 9162 2.1.3.2 and 2.1.4.2 number them.

Not their making (`adjudge.ledger.proof`). A proof that is too long, too short or of another shape proves nothing.
"""

from collections.abc import Sequence

from adjudge.ledger.tree import EMPTY_ROOT, node_hash


def proves_inclusion(proof: Sequence[bytes], leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether the leaf of that hash is entry `index` of the tree with that size and root. RFC 9162 2.1.3.2."""
    if not 0 <= index < size:  # step 1
        return False
    place, last, found = index, size - 1, leaf  # steps 2 and 3
    for step in proof:
        if last == 0:  # step 4.1
            return False
        if place & 1 or place == last:  # step 4.2
            found = node_hash(step, found)
            place, last = _up_to_a_right_child(place, last)
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1  # step 4.3
    return last == 0 and found == root  # step 5


def proves_growth(
    proof: Sequence[bytes], first: int, first_root: bytes, second: int, second_root: bytes
) -> bool:
    """Whether the larger tree begins with the smaller one. RFC 9162 2.1.4.2; that leaves out equal and empty trees."""
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and second > 0 and first_root == EMPTY_ROOT
    if not 0 < first < second or not proof:  # step 1
        return False
    steps = list(proof)
    if first & (first - 1) == 0:  # step 2
        steps.insert(0, first_root)
    place, last = first - 1, second - 1  # step 3
    while place & 1:  # step 4
        place, last = place >> 1, last >> 1
    older = newer = steps[0]  # step 5
    for step in steps[1:]:
        if last == 0:  # step 6.1
            return False
        if place & 1 or place == last:  # step 6.2
            older, newer = node_hash(step, older), node_hash(step, newer)
            place, last = _up_to_a_right_child(place, last)
        else:  # step 6.3
            newer = node_hash(newer, step)
        place, last = place >> 1, last >> 1  # step 6.4
    return last == 0 and older == first_root and newer == second_root  # step 7


def _up_to_a_right_child(place: int, last: int) -> tuple[int, int]:
    """Up, past levels at which the right edge has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
