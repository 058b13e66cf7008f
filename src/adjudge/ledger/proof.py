"""Proofs about a tree, made from a few kept nodes: that an entry is in it, and that it only grew. RFC 9162 2.1.

Not their verification (`adjudge.ledger.prove`), which needs no nodes. A proof for a million entries reads about forty.
"""

from adjudge.ledger.tree import Nodes, node_hash

Proof = tuple[bytes, ...]


def root_at(size: int, nodes: Nodes) -> bytes:
    """The root of the first `size` entries, of which there is at least one."""
    return _root(0, size, nodes)


def inclusion_proof(index: int, size: int, nodes: Nodes) -> Proof:
    """That entry `index` is in the tree of `size`. Raises ValueError where it cannot be. RFC 9162 2.1.3.1."""
    if not 0 <= index < size:
        msg = f"entry {index} is not in a tree of {size}"
        raise ValueError(msg)
    return _path(index, 0, size, nodes)


def consistency_proof(first: int, second: int, nodes: Nodes) -> Proof:
    """That the tree of `second` holds that of `first`, entry by entry. RFC 9162 2.1.4.1.

    Empty where the two sizes are one, and for the tree of no entries, with which every tree is consistent.
    """
    if not 0 <= first <= second:
        msg = f"a tree of {second} cannot hold one of {first}"
        raise ValueError(msg)
    return _grown(first, 0, second, nodes, is_known=True) if 0 < first < second else ()


def _root(start: int, end: int, nodes: Nodes) -> bytes:
    """The root over the leaves from `start` to `end`, excluded; `start` is a multiple of the width rounded up."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return nodes.node(level, start >> level)
    middle = start + _split(width)
    return node_hash(_root(start, middle, nodes), _root(middle, end, nodes))


def _split(width: int) -> int:
    """The largest power of two that is smaller than a width of two or more."""
    return 1 << (width - 1).bit_length() - 1


def _path(index: int, start: int, end: int, nodes: Nodes) -> Proof:
    """PATH of the RFC, from the leaf upwards."""
    if end - start == 1:
        return ()
    middle = start + _split(end - start)
    if index < middle:
        return (*_path(index, start, middle, nodes), _root(middle, end, nodes))
    return (*_path(index, middle, end, nodes), _root(start, middle, nodes))


def _grown(first: int, start: int, end: int, nodes: Nodes, *, is_known: bool) -> Proof:
    """SUBPROOF of the RFC; `first` is the end of the older tree, and `is_known` whether its root is this subtree's."""
    if first == end:
        return () if is_known else (_root(start, end, nodes),)
    middle = start + _split(end - start)
    if first <= middle:
        return (*_grown(first, start, middle, nodes, is_known=is_known), _root(middle, end, nodes))
    return (*_grown(first, middle, end, nodes, is_known=False), _root(start, middle, nodes))
