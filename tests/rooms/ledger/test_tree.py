"""The tree and its proofs: the vectors published with Certificate Transparency, and what must hold for every tree.

Leaves, roots, paths and proofs of the first tests are those of google/certificate-transparency and transparency-dev.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.ledger.proof import consistency_proof, inclusion_proof, root_at
from adjudge.ledger.prove import proves_growth, proves_inclusion
from adjudge.ledger.tree import EMPTY_ROOT, Frontier, added, frontier_at, leaf_hash
from tests.rooms.ledger.logs import KeptNodes

LEAVES = [
    bytes.fromhex(item)
    for item in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
ROOTS = """
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
    fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
    aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
    d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
    4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
    76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
    ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
    5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
""".split()
GROWTHS = {
    (1, 1): "",
    (1, 8): "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 "
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e "
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    (6, 8): "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a "
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 "
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    (2, 5): "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e "
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
}
PATHS = {
    (0, 1): "",
    (0, 8): GROWTHS[1, 8],
    (5, 8): "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b "
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 "
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    (2, 3): "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
}
MANY = 40


def grown(leaves: list[bytes]) -> tuple[KeptNodes, list[Frontier]]:
    nodes, frontiers = KeptNodes(), [Frontier()]
    for leaf in leaves:
        frontier, new = frontiers[-1].grown(leaf)
        frontiers.append(frontier)
        nodes.kept |= {(node.level, node.place): node.hash for node in new}
    return nodes, frontiers


NODES, FRONTIERS = grown([leaf_hash(leaf) for leaf in LEAVES])
MANY_LEAVES = [leaf_hash(str(number).encode()) for number in range(MANY)]
MANY_NODES, MANY_FRONTIERS = grown(MANY_LEAVES)
SIZES = st.integers(1, MANY)


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_are_ours(size: int) -> None:
    assert FRONTIERS[size].root.hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_published_proofs_of_inclusion_are_ours(index: int, size: int) -> None:
    proof = inclusion_proof(index, size, NODES)
    assert [step.hex() for step in proof] == PATHS[index, size].split()
    assert proves_inclusion(proof, leaf_hash(LEAVES[index]), index, size, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("first", "second"), GROWTHS)
def test_the_published_proofs_of_consistency_are_ours(first: int, second: int) -> None:
    proof = consistency_proof(first, second, NODES)
    assert [step.hex() for step in proof] == GROWTHS[first, second].split()
    assert proves_growth(proof, first, bytes.fromhex(ROOTS[first]), second, bytes.fromhex(ROOTS[second]))


@pytest.mark.parametrize("size", range(1, MANY + 1))
def test_the_root_from_kept_nodes_is_that_of_the_edge(size: int) -> None:
    assert root_at(size, MANY_NODES) == MANY_FRONTIERS[size].root
    assert frontier_at(size, MANY_NODES) == MANY_FRONTIERS[size]


def test_the_edge_of_nothing_is_empty() -> None:
    assert frontier_at(0, KeptNodes()) == Frontier()
    assert Frontier().root == EMPTY_ROOT


@pytest.mark.parametrize("size", range(1, MANY + 1))
def test_every_proof_of_inclusion_verifies_and_for_no_other_leaf_place_size_or_root(size: int) -> None:
    root = MANY_FRONTIERS[size].root
    for index in range(size):
        leaf, proof = MANY_LEAVES[index], inclusion_proof(index, size, MANY_NODES)
        assert proves_inclusion(proof, leaf, index, size, root)
        assert not proves_inclusion(proof, MANY_LEAVES[index - 1], index, size, root) or size == 1
        assert not any(
            proves_inclusion(proof, leaf, other, size, root) for other in range(size) if other != index
        )
        assert not proves_inclusion(proof, leaf, index, size, MANY_FRONTIERS[size - 1].root)
        assert not proves_inclusion((*proof, root), leaf, index, size, root)
        assert not proof or not proves_inclusion(proof[:-1], leaf, index, size, root)


def test_a_proof_does_not_serve_a_tree_of_another_size() -> None:
    """Of the right leaf to its own root, told for another size: the path has another shape, or ends elsewhere."""
    proof, root = inclusion_proof(3, 6, MANY_NODES), MANY_FRONTIERS[6].root
    fitting = [size for size in range(20) if proves_inclusion(proof, MANY_LEAVES[3], 3, size, root)]
    # Sizes 5 to 8 give leaf 3 the same path, so that only the signed checkpoint tells them apart. RFC 9162 2.1.3.2.
    assert fitting == [5, 6, 7, 8]


@given(size=SIZES, data=st.data())
def test_no_proof_of_inclusion_survives_a_changed_bit(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = list(inclusion_proof(index, size, MANY_NODES))
    if not proof:
        return
    step, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
    changed = int.from_bytes(proof[step]) ^ 1 << bit
    proof[step] = changed.to_bytes(32)
    assert not proves_inclusion(proof, MANY_LEAVES[index], index, size, MANY_FRONTIERS[size].root)


@pytest.mark.parametrize("second", range(1, MANY + 1))
def test_every_proof_of_consistency_verifies_and_for_no_other_root(second: int) -> None:
    for first in range(second + 1):
        roots = MANY_FRONTIERS[first].root, MANY_FRONTIERS[second].root
        proof = consistency_proof(first, second, MANY_NODES)
        assert proves_growth(proof, first, roots[0], second, roots[1])
        other = MANY_FRONTIERS[second - 1].root
        if first:
            assert not proves_growth(proof, first, roots[0], second, other)
        if 0 < first < second:
            assert not proves_growth(proof, first, roots[1], second, roots[1])
            assert not proves_growth((), first, roots[0], second, roots[1])
            assert not proves_growth((*proof, other), first, roots[0], second, roots[1])
        assert not proves_growth(proof, second, roots[1], first, roots[0]) or first == second


@given(size=st.integers(2, MANY), data=st.data())
def test_no_proof_of_consistency_survives_a_changed_leaf(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, first - 1))
    leaves = [leaf_hash(b"other") if at == changed else leaf for at, leaf in enumerate(MANY_LEAVES[:size])]
    nodes, frontiers = grown(leaves)
    proof = consistency_proof(first, size, nodes)
    assert not proves_growth(proof, first, MANY_FRONTIERS[first].root, size, frontiers[size].root)


def test_an_empty_tree_is_the_beginning_of_every_tree_and_of_no_invented_root() -> None:
    assert proves_growth((), 0, EMPTY_ROOT, 5, MANY_FRONTIERS[5].root)
    assert not proves_growth((), 0, MANY_FRONTIERS[1].root, 5, MANY_FRONTIERS[5].root)
    assert proves_growth((), 0, EMPTY_ROOT, 0, EMPTY_ROOT)


def test_proofs_that_cannot_be_are_refused() -> None:
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ValueError, match="not in a tree"):
            inclusion_proof(index, size, MANY_NODES)
        assert not proves_inclusion((), MANY_LEAVES[0], index, size, MANY_LEAVES[0])
    for first, second in ((6, 5), (-1, 5)):
        with pytest.raises(ValueError, match="cannot hold"):
            consistency_proof(first, second, MANY_NODES)
        assert not proves_growth((MANY_LEAVES[0],), first, MANY_LEAVES[0], second, MANY_LEAVES[0])


def test_a_proof_for_a_large_tree_reads_few_nodes() -> None:
    """No node is computed here: the nodes of a tree of a million leaves are made up as they are asked for."""

    class MadeUp:
        reads = 0

        def node(self, level: int, place: int) -> bytes:
            self.reads += 1
            return leaf_hash(f"{level} {place}".encode())

    nodes, size = MadeUp(), 1_000_000
    proof = inclusion_proof(654_321, size, nodes)
    root_at(size, nodes)
    assert len(proof) == 20
    assert nodes.reads < 60


def test_what_a_leaf_completes_is_what_the_edge_gives_and_little_is_read_for_it() -> None:
    kept, frontier = KeptNodes(), Frontier()
    for size in range(300):
        leaf = leaf_hash(str(size).encode())
        frontier, nodes = frontier.grown(leaf)
        assert added(size, leaf, kept) == nodes
        kept.kept.update({(node.level, node.place): node.hash for node in nodes})
    assert kept.reads < 300
