"""The Merkle tree over entries: its hashes, and its right edge, by which it grows. RFC 9162 2.1.1 (as RFC 6962).

Not a store: who keeps the nodes hands them back through `Nodes`. Nothing here changes or removes what was added.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from adjudge.basis.digest import sha256

EMPTY_ROOT = sha256(b"")
"""The root of the tree of no entries."""
HASH_BYTES = 32


def leaf_hash(content: bytes) -> bytes:
    """The hash of an entry's canonical bytes; the first byte keeps a leaf from being taken for a node."""
    return sha256(b"\x00" + content)


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right)


class Node(NamedTuple):
    """The hash of a complete subtree: of 2^level leaves, the one at that place among those of its width, from 0."""

    level: int
    place: int
    hash: bytes


class Nodes(Protocol):
    """Whoever kept the nodes that `Frontier.grown` gave."""

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree; level 0 holds the hashes of leaves."""
        ...


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: the hashes of its complete subtrees, widest first; enough to grow and to give a root.

    INVARIANT: `hashes` has as many items as `size` has binary ones.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def grown(self, leaf: bytes) -> tuple["Frontier", tuple[Node, ...]]:
        """The edge with one more leaf (by its hash), and the nodes that this completes, the leaf first, to be kept."""
        edge, level = list(self.hashes), 0
        nodes = [Node(0, self.size, leaf)]
        while self.size >> level & 1:
            level += 1
            nodes.append(Node(level, self.size >> level, node_hash(edge.pop(), nodes[-1].hash)))
        edge.append(nodes[-1].hash)
        return Frontier(self.size + 1, tuple(edge)), tuple(nodes)

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        if not self.hashes:
            return EMPTY_ROOT
        *rest, root = self.hashes
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


def added(size: int, leaf: bytes, kept: Nodes) -> tuple[Node, ...]:
    """The nodes that one more leaf completes in a tree of that size, the leaf first: those that `Frontier.grown` gives.

    Of the kept nodes it reads those only that the leaf joins: one on average, however long the log.
    """
    level, nodes = 0, [Node(0, size, leaf)]
    while size >> level & 1:
        left = kept.node(level, (size >> level) - 1)
        level += 1
        nodes.append(Node(level, size >> level, node_hash(left, nodes[-1].hash)))
    return tuple(nodes)


def frontier_at(size: int, nodes: Nodes) -> Frontier:
    """The right edge of a tree of that size, from kept nodes."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return Frontier(size, tuple(nodes.node(level, (size >> level) - 1) for level in levels))
