"""The root of the first entries of an exported log, to be held against what names a size and a root.

Not whether the file is sound: `adjudge.ledger.verify_log` says that.
"""

from typing import BinaryIO

from adjudge.ledger.entry import Entry
from adjudge.ledger.log_file import read_lines
from adjudge.ledger.tree import Frontier, leaf_hash


def root_of_first(stream: BinaryIO, size: int) -> bytes | None:
    """The root of so many entries; None where the file has fewer."""
    frontier, count = Frontier(), 0
    for line in read_lines(stream):
        if count == size:
            break
        if isinstance(line.found, Entry):
            frontier, _ = frontier.grown(leaf_hash(line.content))
            count += 1
    return frontier.root if count == size else None
