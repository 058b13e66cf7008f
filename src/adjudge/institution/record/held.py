"""Entries held to the tree: whether an entry that was read is the one that was written, by the hash kept of it."""

from collections.abc import Iterator

from adjudge.basis.said import Said, say
from adjudge.errors import RefusedError
from adjudge.institution.house import refused
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.proof import root_at
from adjudge.ledger.tree import Frontier, frontier_at, leaf_hash
from adjudge.records.ports import Reading


def is_held(records: Reading, entry: Entry) -> bool:
    """Whether the tree holds the entry in its place."""
    try:
        return records.node(0, entry.seq) == leaf_hash(entry_bytes(entry))
    except KeyError:
        return False


def held(records: Reading, entry: Entry) -> Entry:
    """The entry. Raises RefusedError where it is another one than was written: nothing is made of a log like that."""
    if is_held(records, entry):
        return entry
    raise altered(entry)


def altered(entry: Entry) -> RefusedError:
    """What is said of an entry that is not the one that was written."""
    message = say(
        "entry {entry} of the log is not the one over which its tree was built", entry=str(entry.seq)
    )
    return refused(
        "log-altered",
        message,
        say("ask `adjudge log check` for all that does not fit, and go back to a copy"),
    )


def tree_flaws(records: Reading, frontier: Frontier) -> Iterator[Said]:
    """Whether the entries up to a size, by the edge that they grew, are those of the tree and of its last checkpoint.

    Of the tree a few nodes are read, however long the log.
    """
    try:
        if frontier_at(frontier.size, records) != frontier:
            yield say("the entries up to this one are not those over which the tree was built")
        notes = records.checkpoints()
        signed = read_checkpoint(notes[-1]) if notes else None
        if isinstance(signed, SignedCheckpoint):
            tree = signed.checkpoint
            if root_at(tree.size, records) != tree.root:
                yield say("the log is not the one that was signed")
    except KeyError:
        yield say("the tree over the entries is not whole")
